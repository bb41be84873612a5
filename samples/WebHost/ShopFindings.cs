using OrderKernel.Findings;

namespace WebHost;

/// <summary>What the shop itself has to say, beside the kernel's own findings.</summary>
public static class ShopFindings
{
    public static FindingKind NoCaller { get; } = new(
        "shop.no_caller", Severity.Refusal,
        "Nobody says who asks. Send one {header}; it stands in for the log-in that a real shop has.",
        "请求未说明由谁发出。请发送一个 {header} 标头；它只是示例，正式商城应使用自己的登录。");

    public static FindingKind BodyUnreadable { get; } = new(
        "shop.body_unreadable", Severity.Refusal,
        "The body cannot be read at {place}: it is no JSON, names a member twice, or holds a value of another type than "
        + "/openapi/v1.json says. Correct it.",
        "请求正文在 {place} 处无法读取：不是 JSON、成员重复，或值的类型与 /openapi/v1.json 不符。请更正。");

    public static FindingKind BodyTooLarge { get; } = new(
        "shop.body_too_large", Severity.Refusal,
        "The body has more than {limit} bytes. Send a smaller one.", "请求正文超过 {limit} 字节，请缩小后再发送。");

    public static FindingKind OrderHasNoAddress { get; } = new(
        "shop.order_has_no_address", Severity.Refusal,
        "In an address '.' and '..' are folders, so no order can be found under {order}. Choose another number.",
        "在网址中“.”和“..”表示目录，编号为 {order} 的订单无法被找到。请换一个编号。");

    public static FindingKind ReferenceTaken { get; } = new(
        "shop.reference_taken", Severity.Refusal,
        "Another order has the reference {reference}. Choose another one.", "参考号 {reference} 已用于另一张订单，请换一个。");

    public static FindingKind Moved { get; } = new(
        "shop.moved", Severity.Refusal,
        "Others changed the same order all the time. Repeat the request under its key.", "其他人一直在更改同一订单。请用相同的键重试。");
}
