using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using OrderKernel.Findings;
using OrderKernel.Measures;

namespace OrderKernel.Orders;

/// <summary>What an order type is composed of: one feature of the closed list, some with an argument.</summary>
/// <param name="Code">The feature's word; see <see cref="OrderTypes.Features"/>.</param>
/// <param name="Argument">Percent of a deposit, number of instalments, date of a pre-sale, most pieces of a sample or gift, node of a
/// source; empty for the others.</param>
public readonly record struct OrderFeature(string Code, string Argument)
{
    /// <summary>The feature as a definition writes it, such as <c>deposit 30</c>.</summary>
    public string Text => Argument.Length == 0 ? Code : Code + " " + Argument;

    internal static OrderFeature Of(string text)
    {
        int space = text.IndexOf(' ');
        return new OrderFeature(
            space < 0 ? text : text.Substring(0, space), space < 0 ? string.Empty : text.Substring(space + 1));
    }
}

/// <summary>A kind of order as data: its lifecycle, its numbers, and what it is composed of.</summary>
public sealed class OrderType
{
    internal OrderType(Term name, string lifecycle, string numbering, ImmutableArray<OrderFeature> features)
    {
        Name = name;
        Lifecycle = lifecycle;
        Numbering = numbering;
        Features = features;
    }

    /// <summary>The code and both names.</summary>
    public Term Name { get; }

    /// <summary>The code.</summary>
    public string Code => Name.Code;

    /// <summary>The id of the lifecycle that its orders go through.</summary>
    public string Lifecycle { get; }

    /// <summary>The pattern of its order numbers, such as <c>SO-{yyyy}-{00000}</c>; see <see cref="NumberOrder"/>.</summary>
    public string Numbering { get; }

    /// <summary>What it is composed of, in ordinal order; may be empty.</summary>
    public ImmutableArray<OrderFeature> Features { get; }

    /// <summary>The argument of a feature; empty for one without argument, null when the type does not have it.</summary>
    /// <param name="code">The feature's word.</param>
    public string? Feature(string code)
    {
        foreach (OrderFeature feature in Features)
        {
            if (string.Equals(feature.Code, code, StringComparison.Ordinal))
            {
                return feature.Argument;
            }
        }

        return null;
    }

    /// <summary>The canonical JSON.</summary>
    public string ToJson()
    {
        JsonText json = JsonText.Start().WriteTerm(Name, "id").Member("lifecycle", Lifecycle).Member("numbering", Numbering)
            .OpenArray("features");
        foreach (OrderFeature feature in Features)
        {
            json.Element(feature.Text);
        }

        return json.CloseArray().Finish();
    }
}

/// <summary>Reads order types, and names what they may be composed of.</summary>
public static class OrderTypes
{
    /// <summary>Every feature a type may be composed of.</summary>
    public static ImmutableArray<Term> Features { get; } = ImmutableArray.Create(
        new Term("feature.deposit", "Deposit, then balance", "定金预付"),
        new Term("feature.instalments", "Instalment deliveries", "分批交付"),
        new Term("feature.consignment", "Consignment stock", "寄售代管"),
        new Term("feature.trade_in", "Trade-in", "以旧换新"),
        new Term("feature.bonded", "Bonded direct shipment", "保税仓直发"),
        new Term("feature.rush", "Rush", "加急"),
        new Term("feature.presale", "Pre-sale", "预售"),
        new Term("feature.sample", "Sample", "样品"),
        new Term("feature.gift", "Gift", "赠品"),
        new Term("feature.dropship", "Drop shipment", "供应商代发"),
        new Term("feature.kit", "Kit", "套装"),
        new Term("feature.service", "Service, no stock", "服务"),
        new Term("feature.subscription", "Subscription release", "订阅释放"),
        new Term("feature.return_replace", "Return and replace", "退换"));

    /// <summary>A feature that is not in the list, or whose argument does not fit it.</summary>
    public static FindingKind FeatureUnfit { get; } = new(
        "order_type.feature_unfit", Severity.Refusal,
        "{place}: '{feature}' does not fit. Known: {known}; 'deposit' takes 1 to 100 %, 'instalments' 2 to 99, 'presale' a date, "
        + "'dropship' a node, 'bonded' a node if any, 'sample' and 'gift' the most pieces if any.",
        "{place}：“{feature}”不适用。可用：{known}；deposit 需 1 至 100 的百分比，instalments 需 2 至 99，presale 需日期，dropship 需节点，"
        + "bonded 可带节点，sample 与 gift 可带件数上限。");

    /// <summary>A pattern that gives no numbers.</summary>
    public static FindingKind NumberingUnfit { get; } = new(
        "order_type.numbering_unfit", Severity.Refusal,
        "{place}: '{pattern}' gives no numbers. Write letters, digits and - _ / . that end in no digit, "
        + "year, month and day in braces where wanted, and last a sequence of zeros in braces.",
        "{place}：“{pattern}”不能用于编号。请写字母、数字与 - _ / .（不以数字结尾），按需加花括号年月日，最后为花括号内的若干个零。");

    /// <summary>Reads types from JSON: <c>{"types": [{"id", "en", "zh", "lifecycle", "numbering", "features": ["deposit 30",
    /// …]}]}</c>.</summary>
    /// <param name="json">The text.</param>
    /// <returns>The types by code, or null with every finding.</returns>
    public static DefinitionReading<IReadOnlyList<OrderType>> Read(string json) =>
        DefinitionNode.Read<IReadOnlyList<OrderType>>(json, static root =>
        {
            var types = new SortedDictionary<string, OrderType>(StringComparer.Ordinal);
            foreach (DefinitionNode node in root.Only("types").Entries("types"))
            {
                if (ReadOne(node) is not { } type)
                {
                    continue;
                }

                if (types.ContainsKey(type.Code))
                {
                    node.Note(DefinitionFaults.Repeated, "id", type.Code);
                }

                types[type.Code] = type;
            }

            return new List<OrderType>(types.Values);
        });

    /// <summary>Reads one type from an entry of a definition.</summary>
    internal static OrderType? ReadOne(DefinitionNode node)
    {
        Term? name = node.Only("id", "en", "zh", "lifecycle", "numbering", "features").Term("id");
        node.NoteNames(name);
        var features = new SortedDictionary<string, OrderFeature>(StringComparer.Ordinal);
        foreach (DefinitionNode entry in node.Entries("features"))
        {
            string text = entry.AsText();
            OrderFeature feature = OrderFeature.Of(text);
            if (Fits(feature))
            {
                features[feature.Code] = feature;
            }
            else
            {
                entry.Note(FeatureUnfit, string.Empty, text, Known());
            }
        }

        string lifecycle = node.Text("lifecycle"), numbering = node.Text("numbering");
        if (numbering.Length > 0 && NumberPattern.Series(numbering) is null)
        {
            node.Note(NumberingUnfit, "numbering", numbering);
        }

        return name is null ? null : new OrderType(name, lifecycle, numbering, features.Values.ToImmutableArray());
    }

    private static bool Fits(OrderFeature feature)
    {
        bool known = false;
        foreach (Term term in Features)
        {
            known |= term.Code == "feature." + feature.Code;
        }

        return known && feature.Code switch
        {
            "deposit" => IsNumber(feature.Argument, 1, 100),
            "instalments" => IsNumber(feature.Argument, 2, 99),
            "presale" => NodaTime.Text.LocalDatePattern.Iso.Parse(feature.Argument).Success,
            "sample" or "gift" => feature.Argument.Length == 0 || IsNumber(feature.Argument, 1, 1_000_000),
            "dropship" => IsNode(feature.Argument),
            "bonded" => feature.Argument.Length == 0 || IsNode(feature.Argument),
            _ => feature.Argument.Length == 0,
        };
    }

    private static bool IsNode(string text) => !string.IsNullOrWhiteSpace(text) && TextRule.IdFault(text, NodeId.MaxLength) is null;

    private static bool IsNumber(string text, int least, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least && number <= most;

    private static string Known()
    {
        var words = new List<string>();
        foreach (Term term in Features)
        {
            words.Add(term.Code.Substring("feature.".Length));
        }

        return string.Join(", ", words);
    }
}
