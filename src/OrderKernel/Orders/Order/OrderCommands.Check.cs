using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using OrderKernel.Journal;
using OrderKernel.Stock;

namespace OrderKernel.Orders;

/// <summary>What makes a command malformed whatever the state of its order.</summary>
public abstract partial record OrderCommand
{
    private protected static void CheckLines(CommandCheck check, ImmutableArray<LineQuantity> lines)
    {
        var seen = new HashSet<int>();
        for (int i = 0; !lines.IsDefault && i < lines.Length; i++)
        {
            string number = lines[i].Line.ToString(CultureInfo.InvariantCulture);
            check.Positive(lines[i].Quantity.Units, "line:" + number, "quantity");
            Once(check, seen, lines[i].Line, "lines");
        }
    }

    private protected static void CheckNumbers(CommandCheck check, ImmutableArray<string> numbers)
    {
        for (int i = 0; !numbers.IsDefault && i < numbers.Length; i++)
        {
            check.Needed(numbers[i], "serials");
        }
    }

    private protected static void CheckNew(CommandCheck check, ImmutableArray<NewLine> lines, string field)
    {
        var seen = new HashSet<int>();
        for (int i = 0; !lines.IsDefault && i < lines.Length; i++)
        {
            string subject = "line:" + lines[i].Number.ToString(CultureInfo.InvariantCulture);
            check.Positive(lines[i].Number, subject, "line");
            check.Positive(lines[i].Quantity.Units, subject, "quantity");
            Once(check, seen, lines[i].Number, field);
        }
    }

    private protected static void Once(CommandCheck check, HashSet<int> seen, int line, string field)
    {
        if (!seen.Add(line))
        {
            string number = line.ToString(CultureInfo.InvariantCulture);
            check.Add(CommandFaults.LineRepeated.About("line:" + number, "line", number, field));
        }
    }
}

public sealed partial record CaptureOrder
{
    internal override void Size(CommandSize size)
    {
        size.Of(Lines, "lines");
        size.Of(Fields, "fields");
    }

    internal override void Check(CommandCheck check)
    {
        check.NotEmpty(Lines, "lines");
        CheckNew(check, Lines, "lines");
        check.Allowed(ExternalKey, "external_key");
        check.Allowed(Type, "order_type");
        for (int i = 0; !Fields.IsDefault && i < Fields.Length; i++)
        {
            check.Needed(Fields[i].Field, "field");
            check.Needed(Fields[i].Value, "value");
        }
    }
}

public sealed partial record AmendOrder
{
    internal override void Size(CommandSize size)
    {
        size.Of(Changes, "changes");
        size.Of(Added, "added");
    }

    internal override void Check(CommandCheck check)
    {
        check.Needed(Reason, "reason");
        check.Needed(Voucher, "voucher");
        CheckNew(check, Added, "added");
        if (Added.IsDefaultOrEmpty)
        {
            check.NotEmpty(Changes, "changes");
        }

        for (int i = 0; !Changes.IsDefault && i < Changes.Length; i++)
        {
            check.Needed(Changes[i].Field, "field");
            check.Allowed(Changes[i].Value, "value");
        }
    }
}

public sealed partial record PromiseOrder
{
    internal override void Check(CommandCheck check) => check.Allowed(Note, "note");
}

public sealed partial record HoldStock
{
    internal override void Size(CommandSize size)
    {
        size.Of(Nodes, "nodes");
        size.Of(Plan, "plan");
    }

    internal override void Check(CommandCheck check)
    {
        check.NotEmptyWhenGiven(Nodes, "nodes");
        check.NotEmptyWhenGiven(Plan, "plan");
        if (Plan.IsDefaultOrEmpty)
        {
            return;
        }

        if (!Nodes.IsDefaultOrEmpty || TakePart || Preempt)
        {
            check.Add(CommandFaults.PlanIsExact.About(string.Empty, "plan", Preempt ? "preempt" : TakePart ? "take_part" : "nodes"));
        }

        foreach (Take take in Plan)
        {
            check.Positive(take.Quantity.Units, "line:" + take.Line.ToString(CultureInfo.InvariantCulture), "quantity");
        }
    }
}

public sealed partial record ReleaseStock
{
    internal override void Size(CommandSize size) => size.Of(Lines, "lines");

    internal override void Check(CommandCheck check)
    {
        check.Needed(Reason, "reason");
        check.SomeOrAll(Lines, IsAll, "lines");
    }
}

public sealed partial record ShipOrder
{
    internal override void Size(CommandSize size)
    {
        size.Of(Lines, "lines");
        for (int i = 0; !Lines.IsDefault && i < Lines.Length && !size.IsTooLarge; i++)
        {
            size.Of(Lines[i].Serials, "serials");
        }
    }

    internal override void Check(CommandCheck check)
    {
        check.NotEmpty(Lines, "lines");
        check.Allowed(Carrier, "carrier");
        check.Allowed(Waybill, "waybill");
        var seen = new HashSet<int>();
        for (int i = 0; !Lines.IsDefault && i < Lines.Length; i++)
        {
            Once(check, seen, Lines[i].Line, "lines");
            CheckNumbers(check, Lines[i].Serials);
        }
    }
}

public sealed partial record CancelLines
{
    internal override void Size(CommandSize size) => size.Of(Lines, "lines");

    internal override void Check(CommandCheck check)
    {
        check.Needed(Reason, "reason");
        check.SomeOrAll(Lines, IsAll, "lines");
        CheckLines(check, Lines);
    }
}

public sealed partial record ReturnLines
{
    internal override void Size(CommandSize size)
    {
        size.Of(Lines, "lines");
        size.Of(Serials, "serials");
        for (int i = 0; !Serials.IsDefault && i < Serials.Length && !size.IsTooLarge; i++)
        {
            size.Of(Serials[i].Numbers, "serials");
        }
    }

    internal override void Check(CommandCheck check)
    {
        check.Needed(Reason, "reason");
        check.NotEmpty(Lines, "lines");
        CheckLines(check, Lines);
        var seen = new HashSet<int>();
        for (int i = 0; !Serials.IsDefault && i < Serials.Length; i++)
        {
            Once(check, seen, Serials[i].Line, "serials");
            CheckNumbers(check, Serials[i].Numbers);
        }
    }
}

public sealed partial record BlockOrder
{
    internal override void Check(CommandCheck check)
    {
        check.Needed(Reason, "reason");
        check.Needed(Role, "role");
        check.Allowed(Note, "note");
    }
}

public sealed partial record UnblockOrder
{
    internal override void Check(CommandCheck check)
    {
        check.Needed(Reason, "reason");
        check.Allowed(Note, "note");
    }
}

public sealed partial record CorrectFact
{
    internal override void Check(CommandCheck check)
    {
        check.Needed(Reason, "reason");
        check.Needed(Voucher, "voucher");
    }
}

public sealed partial record ArchiveOrder
{
    internal override void Check(CommandCheck check) => check.Needed(Reason, "reason");
}
