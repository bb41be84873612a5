using System.Collections.Immutable;
using System.Reflection;
using System.Threading;
using System.Threading.Tasks;
using OrderKernel.Storage;

namespace OrderKernel.Tests.Desk;

/// <summary>Stands before a store in memory: the first so many commits wait until all of them have decided on what they read, and
/// every later one lets others go before it.</summary>
public class Together : DispatchProxy
{
    private readonly TaskCompletionSource all = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private IOrderStore? inner;
    private int awaited;

    public static IOrderStore Commit(IOrderStore store, int parties)
    {
        IOrderStore proxy = Create<IOrderStore, Together>();
        var self = (Together)(object)proxy;
        (self.inner, self.awaited) = (store, parties);
        return proxy;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        targetMethod!.Name == nameof(IOrderStore.CommitAsync)
            ? CommitAsync((ImmutableArray<UnitOfWork>)args![0]!, (CancellationToken)args[1]!)
            : targetMethod.Invoke(inner, args);

    private async ValueTask<ImmutableArray<UnitResult>> CommitAsync(ImmutableArray<UnitOfWork> batch, CancellationToken cancellation)
    {
        int open = Interlocked.Decrement(ref awaited);
        if (open >= 0)
        {
            if (open == 0)
            {
                all.SetResult();
            }

            await all.Task;
        }

        await Task.Yield();
        return await inner!.CommitAsync(batch, cancellation);
    }
}
