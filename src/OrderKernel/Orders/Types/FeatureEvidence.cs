using System.Collections.Immutable;
using System.Linq;
using OrderKernel.Findings;

namespace OrderKernel.Orders;

/// <summary>The papers that features ask for before goods leave, with their names.</summary>
public static class FeatureEvidence
{
    /// <summary>Every kind of paper that a feature asks for; <see cref="AttachEvidence"/> names it by the part after the dot.</summary>
    public static ImmutableArray<Term> Kinds { get; } = ImmutableArray.Create(
        new Term("evidence.hs_code", "HS code", "HS 编码"),
        new Term("evidence.buyer_identity", "Buyer's identity", "订购人身份信息"),
        new Term("evidence.customs_declaration", "Customs declaration", "报关资料"),
        new Term("evidence.approval", "Approval", "审批单"),
        new Term("evidence.return_received", "Receipt of the returned goods", "退货入库单"));

    internal static ImmutableArray<string> Of(string feature) => feature switch
    {
        "bonded" => ImmutableArray.Create("hs_code", "buyer_identity", "customs_declaration"),
        "sample" or "gift" => ImmutableArray.Create("approval"),
        "return_replace" => ImmutableArray.Create("return_received"),
        _ => ImmutableArray<string>.Empty,
    };

    internal static string Text(string kind) => kind + " (" + Kinds.First(term => term.Code == "evidence." + kind).Chinese + ")";
}
