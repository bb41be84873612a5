using System.Threading;
using System.Threading.Tasks;
using OrderKernel.Access;
using OrderKernel.Journal;

namespace OrderKernel.Desk;

/// <summary>Who an actor is, from the host's own users and organisation. Log-in is the host's; so are delegates.</summary>
public interface IActorDirectory
{
    /// <summary>The standing of an actor at this moment; <see cref="ActorStanding.Unknown"/> for one the host does not know.</summary>
    /// <param name="actor">The actor.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <remarks><para>Errors: when it throws or answers null, the command is denied (<c>access.directory_failed</c>) and the denial is in
    /// the audit; sent again, it is decided anew. The desk keeps and tells nothing of what was thrown, so log it here.</para></remarks>
    ValueTask<ActorStanding> FindAsync(Actor actor, CancellationToken cancellation);
}
