using OrderKernel.Desk;
using OrderKernel.Findings;
using OrderKernel.Journal;
using OrderKernel.Measures;

namespace WebHost;

/// <summary>Who calls, and from where.</summary>
/// <remarks>
/// A stand-in: this shop believes whatever the header says. A real one puts its log-in here (app.UseAuthentication) and takes the
/// actor from HttpContext.User; everything else stays as it is.
/// </remarks>
public sealed record Caller(Actor Actor)
{
    private const string Header = "X-Actor";

    /// <summary>The command that this caller means by a key; another caller's key of the same letters is another.</summary>
    public CommandId Command(string key) => CommandId.FromName(Actor.Id + "\n" + key);

    /// <summary>Refuses whoever does not say who they are, but for health.</summary>
    public static void Demand(IApplicationBuilder app) => app.UseWhen(
        http => !http.Request.Path.StartsWithSegments("/health"),
        others => others.Use(async (http, next) =>
        {
            // Lines of one header may reach us joined by commas.
            string[] said = string.Join(',', http.Request.Headers[Header].ToArray()).Split(',', StringSplitOptions.TrimEntries);
            var check = new RequestCheck();
            string name = said is [{ Length: > 0 }] ? check.Name(said[0], limit: 64, Header) : string.Empty;
            if (said is not [{ Length: > 0 }])
            {
                await Refusals.NoCaller(ShopFindings.NoCaller.About(string.Empty, Header, Header), http).ExecuteAsync(http);
            }
            else if (check.Findings.Count > 0)
            {
                await Refusals.Unreadable(check.Findings, http).ExecuteAsync(http);
            }
            else
            {
                http.Features.Set(new Caller(new Actor(name, "web")));
                await next(http);
            }
        }));

    /// <summary>Gives a handler its caller.</summary>
    public static ValueTask<Caller?> BindAsync(HttpContext http) => ValueTask.FromResult(http.Features.Get<Caller>());
}
