using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Text.Json;
using OrderKernel.Access;
using OrderKernel.Findings;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Packs;
using OrderKernel.Stock;

namespace OrderKernel.Desk;

/// <summary>Holds every command against the policy in force, before it is decided. Pure.</summary>
internal static class AccessGate
{
    /// <summary>What a decision will rest on: recorded whether or not the command is granted.</summary>
    public static DecisionBasis Basis(
        ActiveDefinitions definitions, ActorStanding standing, KernelCommand command, OrderState? state, StockDocument document)
    {
        if (definitions.Access is null)
        {
            return new DecisionBasis(definitions);
        }

        return command switch
        {
            CaptureOrder capture => new DecisionBasis(
                definitions, standing.Roles, standing.Customers.Contains(capture.Customer)
                    && (state is not { Exists: true } || standing.Customers.Contains(state.Customer)), OwnsNode: false),
            AmendOrder amend when state is not null => WithCustomers(Of(definitions, standing, state), standing, amend),
            OrderCommand when state is not null => Of(definitions, standing, state),
            StockCommand stock => new DecisionBasis(
                definitions, standing.Roles, OwnsCustomer: false, OwnsNode: OwnsAll(standing, Nodes(stock, document))),
            ReallocateStock or NumberOrder => new DecisionBasis(definitions, standing.Roles),
            _ => new DecisionBasis(definitions, standing.Roles, OwnsCustomer: true, OwnsNode: true),
        };
    }

    public static DecisionBasis Of(ActiveDefinitions definitions, ActorStanding standing, OrderState state) => new(
        definitions, standing.Roles, state.Exists && standing.Customers.Contains(state.Customer),
        Nodes(state).Any(standing.Nodes.Contains)) { Nodes = standing.Nodes };

    /// <summary>What rights say once it is known what a command takes: who reaches an order by own nodes alone takes from no others. Every
    /// right that is missing, and the basis that says so.</summary>
    public static (DecisionBasis Basis, ImmutableArray<Finding> Missing) CheckTaken(
        DecisionBasis basis, Submission submission, Decision decision)
    {
        if (!basis.OwnsNode || basis.Nodes is not { } own || submission.Command is not OrderCommand)
        {
            return (basis, ImmutableArray<Finding>.Empty);
        }

        bool isOwn = decision.Streams.SelectMany(static events => events.Events).OfType<OrderEvent>()
            .SelectMany(static happened => OrderEffects.Postings(happened)).All(moved =>
                (!IsInHouse(moved.From) || own.Contains(moved.FromCell.Node)) && (!IsInHouse(moved.To) || own.Contains(moved.ToCell.Node)));
        DecisionBasis taken = isOwn ? basis : basis with { OwnsNode = false };
        ImmutableArray<Finding> missing = isOwn ? ImmutableArray<Finding>.Empty : Check(taken, submission);
        return (missing.IsEmpty ? basis : taken, missing);
    }

    // What has left, and what lies at a customer's, is of no node's stock any more.
    private static bool IsInHouse(StockAccount account) =>
        account is StockAccount.Available or StockAccount.Reserved or StockAccount.Quarantine;

    // An order is not handed on to a customer who is somebody else's.
    private static DecisionBasis WithCustomers(DecisionBasis basis, ActorStanding standing, AmendOrder amend) => basis with
    {
        OwnsCustomer = basis.OwnsCustomer && (amend.Changes.IsDefault || amend.Changes.All(change =>
            change.Field != OrderFields.Customer.Code || standing.Customers.Any(own => own.Text == change.Value))),
    };

    /// <summary>Every right that is missing; empty when the command may be decided. What only the desk issues follows from a change that
    /// was granted, or from a timer that somebody wakes who has the right to.</summary>
    public static ImmutableArray<Finding> Check(DecisionBasis basis, Submission submission)
    {
        string right = RightOf(submission);
        if (CommandTypes.OfDesk.Contains(right))
        {
            return submission.Origin == CommandOrigin.FollowUp && submission.Command is not DeniedCommand
                ? ImmutableArray<Finding>.Empty
                : ImmutableArray.Create(AccessFindings.CommandDenied.About(
                    string.Empty, string.Empty, AccessPolicy.Named(basis.Roles), right));
        }

        if (basis.IsUnanswered && basis.Definitions.Access is not null)
        {
            return ImmutableArray.Create(AccessFindings.DirectoryFailed.About(string.Empty, string.Empty, submission.Actor.Id, right));
        }

        return basis.Definitions.Access is null ? ImmutableArray<Finding>.Empty : basis.Definitions.Access.Check(
            basis.Roles, new AccessRequest(right, Fields(submission.Command), basis.OwnsCustomer, basis.OwnsNode));
    }

    /// <summary>The command type that has to be granted.</summary>
    public static string RightOf(Submission submission) => submission.Command is DeniedCommand denied ? denied.Wanted
        : submission.Origin == CommandOrigin.WakeUp ? CommandTypes.WakeUp : submission.Command.CommandType;

    /// <summary>The refusal of whatever comes from a closed system.</summary>
    public static ImmutableArray<Finding> Closed(Submission submission) => ImmutableArray.Create(
        AccessFindings.SourceClosed.About(string.Empty, string.Empty, submission.Actor.SourceSystem));

    /// <summary>The recorded facts, with a closed source as their last member.</summary>
    public static string AddClosed(string facts, bool isClosed) =>
        isClosed ? facts.Remove(facts.Length - 1) + ",\"closed\":true}" : facts;

    /// <summary>Whether recorded facts say that the source was closed.</summary>
    public static bool WasClosed(string facts)
    {
        using JsonDocument document = JsonDocument.Parse(facts);
        return document.RootElement.TryGetProperty("closed", out _);
    }

    private static ImmutableArray<string> Fields(KernelCommand command) => command switch
    {
        AmendOrder amend => Changed(amend).Distinct().ToImmutableArray(),
        CaptureOrder { Fields.IsDefaultOrEmpty: false } capture =>
            capture.Fields.Select(static field => field.Field).Distinct().ToImmutableArray(),
        SetParameter set => ImmutableArray.Create(set.Parameter),
        DeniedCommand denied => denied.Fields,
        _ => ImmutableArray<string>.Empty,
    };

    // A line that is added states a quantity and perhaps a price, so adding one needs the rights of both.
    private static IEnumerable<string> Changed(AmendOrder amend)
    {
        foreach (FieldChange change in amend.Changes.IsDefault ? ImmutableArray<FieldChange>.Empty : amend.Changes)
        {
            yield return change.Field;
        }

        foreach (NewLine line in amend.Added.IsDefault ? ImmutableArray<NewLine>.Empty : amend.Added)
        {
            yield return OrderFields.LineQuantity.Code;
            if (line.Price is not null)
            {
                yield return OrderFields.LinePrice.Code;
            }
        }
    }

    private static IEnumerable<NodeId> Nodes(OrderState state) => state.Lines.SelectMany(static line => line.Holds)
        .Select(static hold => hold.Cell.Node)
        .Concat(state.Shipments.SelectMany(static shipment => shipment.Takes).Select(static take => take.Cell.Node));

    // A document that touches no node is nobody's own.
    private static bool OwnsAll(ActorStanding standing, IEnumerable<NodeId> nodes)
    {
        NodeId[] touched = nodes.ToArray();
        return touched.Length > 0 && touched.All(standing.Nodes.Contains);
    }

    private static IEnumerable<NodeId> Nodes(StockCommand command, StockDocument document) => command switch
    {
        ReceiveStock receive => receive.Lines.Select(static line => line.Cell.Node),
        AdjustStock adjust => new[] { adjust.Cell.Node },
        DispatchTransfer dispatch => dispatch.Lines.Select(static line => line.Cell.Node),
        InspectReturns inspect => new[] { inspect.Cell.Node },
        SetOverdraft set => new[] { set.Cell.Node },
        RequestTransfer request => new[] { request.To },
        ArriveTransfer => document.OnTheWay.Select(static line => line.Cell.Node),
        SendConsignment send => send.Lines.Select(static line => line.Cell.Node),
        ReportConsignment => document.Consigned.Select(static line => line.Cell.Node),
        _ => System.Array.Empty<NodeId>(),
    };
}
