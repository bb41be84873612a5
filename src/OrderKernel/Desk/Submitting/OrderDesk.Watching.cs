using System;
using System.Threading;
using System.Threading.Tasks;
using OrderKernel.Findings;

namespace OrderKernel.Desk;

/// <summary>Watches a desk at work, for traces and figures.</summary>
/// <remarks><para>It must not throw and must not wait. A command may hold what is not for logs: tell its type and its stream, never
/// its contents.</para></remarks>
public interface IDeskWatch
{
    /// <summary>A command has reached the desk.</summary>
    /// <param name="submission">The command.</param>
    /// <returns>Whatever the watch wants back at the end; may be null.</returns>
    object? Begin(Submission submission);

    /// <summary>The desk has answered.</summary>
    /// <param name="begun">What <see cref="Begin"/> returned.</param>
    /// <param name="submission">The command.</param>
    /// <param name="result">The answer; null when store or host failed and there is none.</param>
    void End(object? begun, Submission submission, DeskResult? result);
}

/// <summary>The way into the desk.</summary>
public sealed partial class OrderDesk
{
    /// <summary>Decides a command and stores what came of it.</summary>
    /// <param name="submission">The command, its id and who issues it.</param>
    /// <param name="cancellation">Gives up waiting; the command may still have been stored, so repeat it under its id.</param>
    /// <returns>The outcome; durable when this returns, unless malformed.</returns>
    /// <exception cref="OrderKernelException">The store failed, or the stream kept moving; a repeat is safe.</exception>
    public Task<DeskResult> SubmitAsync(Submission submission, CancellationToken cancellation = default)
    {
        if (submission is null)
        {
            throw new ArgumentNullException(nameof(submission));
        }

        return options.Watch is { } watch ? WatchedAsync(watch, submission, cancellation) : AnswerAsync(submission, cancellation);
    }

    private async Task<DeskResult> WatchedAsync(IDeskWatch watch, Submission submission, CancellationToken cancellation)
    {
        object? begun = watch.Begin(submission);
        DeskResult? result = null;
        try
        {
            return result = await AnswerAsync(submission, cancellation).ConfigureAwait(false);
        }
        finally
        {
            watch.End(begun, submission, result);
        }
    }
}
