using Microsoft.AspNetCore.Http.Features;

namespace WebHost;

/// <summary>Where an order is found: its number is one segment of the path, whatever it holds.</summary>
public static class OrderAddress
{
    public static string Of(string order) => "/orders/" + Uri.EscapeDataString(order);

    /// <summary>Whether the number cannot be a segment: these are folders, however they are escaped.</summary>
    public static bool IsFolder(string order) => order is "." or "..";

    /// <summary>The number that a segment names.</summary>
    /// <remarks>The server decodes a segment but for %2F, so that %252F and %2F look the same; what was sent tells them apart.</remarks>
    public static string Read(string segment, HttpContext http)
    {
        string target = http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        string? sent = target.Split('?')[0].Split('/').LastOrDefault(one => AsTheServerDecodes(one) == segment);
        return sent is null ? segment : Uri.UnescapeDataString(sent);
    }

    private static string AsTheServerDecodes(string segment) =>
        Uri.UnescapeDataString(segment.Replace("%2F", "%252F", StringComparison.Ordinal).Replace("%2f", "%252f", StringComparison.Ordinal));
}
