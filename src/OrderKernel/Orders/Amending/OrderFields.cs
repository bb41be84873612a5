using System;
using System.Collections.Immutable;
using OrderKernel.Findings;

namespace OrderKernel.Orders;

/// <summary>A field of an order or a line, and whether an amendment may change it.</summary>
public sealed class OrderField
{
    internal OrderField(string code, string english, string chinese, bool ofLine, bool amendable)
    {
        Name = new Term("field." + code, english, chinese);
        Code = code;
        OfLine = ofLine;
        Amendable = amendable;
    }

    /// <summary>The code used in amendments.</summary>
    public string Code { get; }

    /// <summary>The business name.</summary>
    public Term Name { get; }

    /// <summary>Whether it belongs to a line rather than to the order.</summary>
    public bool OfLine { get; }

    /// <summary>Whether an amendment may change it; recorded facts may not be changed, only corrected beside the record.</summary>
    public bool Amendable { get; }
}

/// <summary>The fields that amendments know by name.</summary>
public static class OrderFields
{
    /// <summary>The latest moment the customer asked for (ISO 8601 instant, such as <c>2026-10-20T10:00:00Z</c>).</summary>
    public static OrderField RequestedAt { get; } = new("requested_at", "Requested by", "客户要求日期", false, true);

    /// <summary>The order's number in the source system.</summary>
    public static OrderField ExternalKey { get; } = new("external_key", "Source number", "来源单号", false, true);

    /// <summary>How much of a line is ordered, in smallest units.</summary>
    public static OrderField LineQuantity { get; } = new("quantity", "Quantity", "数量", true, true);

    /// <summary>The price of one piece of a line, in major units of the line's currency.</summary>
    public static OrderField LinePrice { get; } = new("unit_price", "Unit price", "单价", true, true);

    /// <summary>Who ordered, by the code of the system that keeps customers.</summary>
    public static OrderField Customer { get; } = new("customer", "Customer code", "客户编码", false, true);

    /// <summary>How much the order matters: 0 to 999, the higher the more.</summary>
    public static OrderField Priority { get; } = new("priority", "Priority", "优先级", false, true);

    /// <summary>The promise that holds now; a new promise changes it, no amendment does.</summary>
    public static OrderField PromisedAt { get; } = new("promised_at", "Current promise", "当前承诺时间", false, false);

    /// <summary>All fields, the recorded facts included.</summary>
    public static ImmutableArray<OrderField> All { get; } = ImmutableArray.Create(
        RequestedAt,
        ExternalKey,
        LineQuantity,
        LinePrice,
        Customer,
        Priority,
        new OrderField("placed_at", "Placed", "下单时间", false, false),
        new OrderField("captured_at", "Captured", "录入时间", false, false),
        new OrderField("first_promised_at", "First promise", "首次承诺时间", false, false),
        PromisedAt,
        new OrderField("shipped_at", "Shipped", "发货时间", false, false),
        new OrderField("delivered_at", "Signed for", "签收时间", false, false));

    /// <summary>The field with a code, or null.</summary>
    /// <param name="code">The code.</param>
    public static OrderField? Find(string code)
    {
        foreach (OrderField field in All)
        {
            if (string.Equals(field.Code, code, StringComparison.Ordinal))
            {
                return field;
            }
        }

        return null;
    }
}
