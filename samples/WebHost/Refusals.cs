using Microsoft.Extensions.Primitives;
using OrderKernel.Desk;
using OrderKernel.Findings;

namespace WebHost;

/// <summary>Says in HTTP what the kernel says in values: 422 for a refusal, 409 for what another request was first with.</summary>
public static class Refusals
{
    public static IResult Of(DeskResult result, Language language)
    {
        bool isConflict = result.Status == DeskStatus.KeyReused;
        return TypedResults.Problem(new Refusal
        {
            Type = isConflict ? "urn:orderkernel:key-reused" : "urn:orderkernel:refused",
            Title = language == Language.Chinese ? "未受理" : "Refused",
            Status = isConflict ? StatusCodes.Status409Conflict : StatusCodes.Status422UnprocessableEntity,
            Reasons = [.. result.Findings.Select(
                finding => new Reason(finding.Code, finding.Subject, finding.Field, finding.Text(language)))],
        });
    }

    public static IResult Unreadable(string what) => TypedResults.Problem(what, statusCode: StatusCodes.Status400BadRequest);

    public static IResult Moved() => TypedResults.Problem(
        "Others changed the same order all the time. Repeat the request under its key.", statusCode: StatusCodes.Status409Conflict);

    public static IResult ReferenceTaken(string? reference) => TypedResults.Problem(
        $"Another order has the reference {reference}.", type: "urn:shop:reference-taken", statusCode: StatusCodes.Status409Conflict);
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
