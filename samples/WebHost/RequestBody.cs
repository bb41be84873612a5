using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics;
using OrderKernel.Findings;

namespace WebHost;

/// <summary>What a body may be: so many bytes, and JSON that says everything once.</summary>
public sealed class RequestBody : IExceptionHandler
{
    private const int MaxBytes = 1 << 20;

    public static void Limit(WebApplicationBuilder builder)
    {
        builder.WebHost.ConfigureKestrel(server => server.Limits.MaxRequestBodySize = MaxBytes);
        builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.AllowDuplicateProperties = false);
        builder.Services.Configure<RouteHandlerOptions>(handlers => handlers.ThrowOnBadRequest = true);
        builder.Services.AddExceptionHandler<RequestBody>();
    }

    /// <summary>Says where a body cannot be read; nothing of what stands there is repeated.</summary>
    public async ValueTask<bool> TryHandleAsync(HttpContext http, Exception exception, CancellationToken cancellation)
    {
        if (exception is not BadHttpRequestException fault)
        {
            return false;
        }

        IResult answer = fault.StatusCode == StatusCodes.Status413PayloadTooLarge
            ? Refusals.TooLarge(TooLarge(), http)
            : Refusals.Unreadable([Unreadable((fault.InnerException as JsonException)?.Path)], http);
        await answer.ExecuteAsync(http);
        return true;
    }

    private static Finding TooLarge() => ShopFindings.BodyTooLarge.About(
        string.Empty, string.Empty, MaxBytes.ToString(CultureInfo.InvariantCulture));

    private static Finding Unreadable(string? path) =>
        ShopFindings.BodyUnreadable.About(string.Empty, path ?? string.Empty, path ?? "$");
}
