using System.Collections.Immutable;
using OrderKernel.Findings;
using OrderKernel.Measures;

namespace OrderKernel.Orders;

/// <summary>What a hold that took what there was could not hold of one line. It stands in the outcome of the command.</summary>
/// <param name="Line">The line number.</param>
/// <param name="Sku">What is short.</param>
/// <param name="Wanted">How much was open and not held before.</param>
/// <param name="Missing">How much of that still is; above zero, at most what was wanted.</param>
public sealed record LineShortage(int Line, Sku Sku, Quantity Wanted, Quantity Missing)
{
    /// <summary>A line is held in part.</summary>
    internal static FindingKind HeldInPart { get; } = new(
        "order.held_in_part", Severity.Note,
        "Line {line}: {missing} of {wanted} {sku} could not be held.", "第 {line} 行：{sku} 需锁 {wanted}，还缺 {missing}。");

    /// <summary>Says it in a sentence.</summary>
    /// <param name="language">The language.</param>
    public string Text(Language language) => HeldInPart.About(
        OrderDecider.Subject(Line), "quantity", OrderDecider.Digits(Line), Missing.ToString(), Wanted.ToString(), Sku.Text).Text(language);

    /// <summary>What a command left short; by line. Follows from the order before and after, so that whatever took part of it counts.
    /// Only a hold that names no plan asks for all that is open.</summary>
    internal static ImmutableArray<LineShortage> Of(OrderState before, OrderState after, Journal.KernelCommand command)
    {
        if (command is not HoldStock { Plan.IsDefaultOrEmpty: true })
        {
            return ImmutableArray<LineShortage>.Empty;
        }

        var shortages = ImmutableArray.CreateBuilder<LineShortage>();
        foreach (OrderLine line in before.Lines)
        {
            Quantity missing = OrderFeatures.MayHold(after, after.Line(line.Number)!);
            if (!missing.IsZero)
            {
                shortages.Add(new LineShortage(line.Number, line.Sku, OrderFeatures.MayHold(before, line), missing));
            }
        }

        return shortages.ToImmutable();
    }
}
