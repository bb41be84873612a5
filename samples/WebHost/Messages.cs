using Microsoft.AspNetCore.Mvc;

namespace WebHost;

/// <summary>An order as a customer of the shop sends it. Every member is needed; one that is missing or null is told by name.</summary>
public sealed record NewOrder(string? Order, string? Customer, string? Reference, string? Note, IReadOnlyList<NewOrderLine?>? Lines);

public sealed record NewOrderLine(int? Line, string? Sku, long? Quantity);

public sealed record Cancellation(string? Reason);

/// <summary>What was taken: the same on every repetition.</summary>
public sealed record OrderTaken(string Order, long Version);

/// <summary>Where an order is, in the language of the request, with what the shop itself noted.</summary>
public sealed record OrderView(string Order, string Stage, IReadOnlyList<string> Answer, string? Reference, string? Note);

/// <summary>One reason of a refusal: a stable code for programs, a sentence for people.</summary>
public sealed record Reason(string Code, string Subject, string Field, string Text);

/// <summary>A refusal with every reason at once (RFC 9457).</summary>
public sealed class Refusal : ProblemDetails
{
    public IReadOnlyList<Reason> Reasons { get; init; } = [];
}
