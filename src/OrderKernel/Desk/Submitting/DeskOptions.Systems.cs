using System;
using System.Collections.Immutable;
using System.Linq;
using OrderKernel.Journal;
using OrderKernel.Orders;

namespace OrderKernel.Desk;

/// <summary>The systems that the desk works beside.</summary>
public sealed partial class DeskOptions
{
    private FieldOwners? recordedOwners;
    private bool? recordedClosed;

    internal ImmutableArray<OuterSystem> Systems { get; private set; } = ImmutableArray<OuterSystem>.Empty;

    /// <summary>Declares a system beside the kernel: its fields become read-only for everybody else, and it hears the changes it
    /// declared.</summary>
    /// <param name="system">The system.</param>
    /// <returns>The options, for chaining.</returns>
    /// <exception cref="InvalidOperationException">The name or one of its fields is taken by another system, or something is announced
    /// to it although it is only read.</exception>
    public DeskOptions Connect(OuterSystem system)
    {
        if (system is null)
        {
            throw new ArgumentNullException(nameof(system));
        }

        foreach (OuterSystem other in Systems)
        {
            string? both = other.Owns.Intersect(system.Owns).FirstOrDefault();
            if (other.Name == system.Name || both is not null)
            {
                throw new InvalidOperationException(other.Name == system.Name
                    ? $"'{system.Name}' is connected already. Declare a system once."
                    : $"'{both}' is owned by '{other.Name}' and by '{system.Name}'. A field has one owner.");
            }
        }

        Systems = Systems.Add(system);
        CheckReadOnly();
        return this;
    }

    internal FieldOwners OwnersFor(Submission submission) => recordedOwners
        ?? (submission.Command is AmendOrder && !Systems.IsEmpty
            ? FieldOwners.SeenFrom(submission.Actor.SourceSystem, Systems)
            : FieldOwners.None);

    /// <summary>Whether recorded facts are decided on again.</summary>
    internal bool IsReplaying => recordedClosed is not null;

    /// <summary>Whether a command comes from a system that nothing is taken from.</summary>
    internal bool IsClosedTo(Submission submission) => recordedClosed ?? Systems.Any(
        system => system.Access == SystemAccess.Closed && system.Name == submission.Actor.SourceSystem);

    /// <summary>Decides as recorded facts say, whatever is connected now.</summary>
    internal DeskOptions Replaying(FieldOwners owners, bool isClosed)
    {
        recordedOwners = owners;
        recordedClosed = isClosed;
        return this;
    }

    private void CheckReadOnly()
    {
        foreach (OuterSystem system in Systems)
        {
            if (system.Access != SystemAccess.ReadAndWrite && announcements.Values.Any(to => to.Contains(system.Name)))
            {
                string how = system.Access == SystemAccess.Closed ? "closed" : "only read";
                throw new InvalidOperationException(
                    $"Events are announced to '{system.Name}', which is {how}. Take the announcement back, or connect it writable.");
            }
        }
    }
}
