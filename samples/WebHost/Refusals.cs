using Microsoft.Extensions.Primitives;
using OrderKernel.Desk;
using OrderKernel.Findings;

namespace WebHost;

/// <summary>Says in HTTP what is refused: 400 for what cannot be read, 401 for whom nobody knows, 403 for what a caller may not read,
/// 422 for what the kernel refuses, 409 for what another request was first with.</summary>
public static class Refusals
{
    public static IResult Of(DeskResult result, HttpContext http) => result.Status == DeskStatus.KeyReused
        ? Problem("urn:orderkernel:key-reused", StatusCodes.Status409Conflict, result.Findings, http)
        : Problem("urn:orderkernel:refused", StatusCodes.Status422UnprocessableEntity, result.Findings, http);

    public static IResult Unreadable(IEnumerable<Finding> why, HttpContext http) =>
        Problem("urn:shop:unreadable", StatusCodes.Status400BadRequest, why, http);

    public static IResult NoCaller(Finding why, HttpContext http) =>
        Problem("urn:shop:no-caller", StatusCodes.Status401Unauthorized, [why], http);

    public static IResult Denied(IEnumerable<Finding> why, HttpContext http) =>
        Problem("urn:orderkernel:refused", StatusCodes.Status403Forbidden, why, http);

    public static IResult TooLarge(Finding why, HttpContext http) =>
        Problem("urn:shop:too-large", StatusCodes.Status413PayloadTooLarge, [why], http);

    public static IResult Moved(HttpContext http) => Problem(
        "urn:shop:moved", StatusCodes.Status409Conflict, [ShopFindings.Moved.About(string.Empty, string.Empty)], http);

    public static IResult ReferenceTaken(string reference, HttpContext http) => Problem(
        "urn:shop:reference-taken", StatusCodes.Status409Conflict,
        [ShopFindings.ReferenceTaken.About(string.Empty, "reference", reference)], http);

    private static IResult Problem(string type, int status, IEnumerable<Finding> why, HttpContext http)
    {
        Language language = RequestLanguage.Of(http);
        return TypedResults.Problem(new Refusal
        {
            Type = type,
            Title = language == Language.Chinese ? "未受理" : "Refused",
            Status = status,
            Reasons = [.. why.Select(
                finding => new Reason(finding.Code, finding.Subject, finding.Field, finding.Text(language)))],
        });
    }
}

/// <summary>The language of a request: Chinese or English, whichever its Accept-Language header prefers.</summary>
public static class RequestLanguage
{
    public static Language Of(HttpContext http)
    {
        StringSegment best = http.Request.GetTypedHeaders().AcceptLanguage
            .Where(language => language.Quality is null or > 0)
            .OrderByDescending(language => language.Quality ?? 1)
            .Select(language => language.Value)
            .FirstOrDefault(value => Is(value, "zh") || Is(value, "en"));
        bool isChinese = Is(best, "zh");
        http.Response.Headers.ContentLanguage = isChinese ? "zh-CN" : "en";
        http.Response.Headers.Vary = "Accept-Language";
        return isChinese ? Language.Chinese : Language.English;
    }

    private static bool Is(StringSegment value, string language) =>
        value.HasValue && value.StartsWith(language, StringComparison.OrdinalIgnoreCase);
}
