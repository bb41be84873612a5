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
    ValueTask<ActorStanding> FindAsync(Actor actor, CancellationToken cancellation);
}
