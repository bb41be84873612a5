using System;
using System.Net;
using System.Net.Http;
using System.Text.Json;
using System.Threading.Tasks;
using Xunit;

namespace OrderKernel.Embedding.Tests;

/// <summary>Who calls, and under which key.</summary>
public sealed partial class WebHostTests
{
    [Theory]
    [InlineData("GET", "/orders/SO-1")]
    [InlineData("POST", "/orders")]
    [InlineData("POST", "/orders/SO-1/cancellation")]
    [InlineData("GET", "/openapi/v1.json")]
    [InlineData("GET", "/no-such-page")]
    public async Task WhoDoesNotSayWhoTheyAre_GetsNothingButHealth(string method, string path)
    {
        foreach (string? actor in new[] { null, " " })
        {
            Answer answer = await SendAsync(method, path, "{}", actor, key: "k");
            Assert.Equal(HttpStatusCode.Unauthorized, answer.Status);
            Assert.Equal(["shop.no_caller"], answer.Codes);
        }

        Assert.Equal("Healthy", (await SendAsync("GET", "/health", null, actor: null, key: null)).Body);
    }

    [Fact]
    public async Task AnActorThatNothingIsNamedWith_OrTwoOfThem_AreRefused()
    {
        Answer longer = await SendAsync("GET", "/orders/SO-1", null, new string('a', 65), key: null);
        Assert.Equal((HttpStatusCode.BadRequest, "command.text_unacceptable"), (longer.Status, Assert.Single(longer.Codes)));
        Answer control = await SendAsync("GET", "/orders/SO-1", null, "a\u0085b", key: null);
        Assert.Equal((HttpStatusCode.BadRequest, "command.id_unacceptable"), (control.Status, Assert.Single(control.Codes)));

        using var request = new HttpRequestMessage(HttpMethod.Get, "/orders/SO-1");
        request.Headers.Add("X-Actor", ["clerk-7", "chief"]);
        using HttpResponseMessage both = await host.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.Unauthorized, both.StatusCode);
    }

    [Theory]
    [InlineData(null, "command.text_missing")]
    [InlineData("", "command.text_missing")]
    [InlineData("  ", "command.text_missing")]
    [InlineData("201", "command.text_unacceptable")]
    public async Task ABlankOrEndlessKey_IsNoKey(string? key, string code)
    {
        key = key == "201" ? new string('k', 201) : key;
        string order = "K-" + (key?.Length.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "none");
        Answer taken = await SendAsync("POST", "/orders", Body(order), Clerk, key);
        Assert.Equal((HttpStatusCode.BadRequest, code), (taken.Status, Assert.Single(taken.Codes)));
        Assert.Contains("Idempotency-Key", taken.Body, StringComparison.Ordinal);
        Answer cancelled = await SendAsync("POST", $"/orders/{order}/cancellation", """{"reason":"customer"}""", Clerk, key);
        Assert.Equal((HttpStatusCode.BadRequest, code), (cancelled.Status, Assert.Single(cancelled.Codes)));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync("/orders/" + order));
    }

    [Fact]
    public async Task AKey_IsItsCallers_AndNeitherAnsweredNorTakenByAnother()
    {
        Answer first = await SendAsync("POST", "/orders", Body("C-1"), "anna", "1");
        Assert.Equal(HttpStatusCode.Created, first.Status);

        // The same letters of somebody else are another key: another order is taken, and the answer to the first is not theirs.
        Assert.Equal(HttpStatusCode.Created, (await SendAsync("POST", "/orders", Body("C-2"), "bert", "1")).Status);
        Answer same = await SendAsync("POST", "/orders", Body("C-1"), "bert", "2");
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "order.exists"), (same.Status, Assert.Single(same.Codes)));
        Assert.Equal(first, await SendAsync("POST", "/orders", Body("C-1"), "anna", "1"));
        Assert.Equal(HttpStatusCode.Conflict, (await SendAsync("POST", "/orders", Body("C-3"), "anna", "1")).Status);
    }

    [Fact]
    public async Task WhereANameEndsAndAKeyBegins_IsClear()
    {
        Assert.Equal(HttpStatusCode.Created, (await SendAsync("POST", "/orders", Body("C-10"), "a/b", "c")).Status);
        Assert.Equal(HttpStatusCode.Created, (await SendAsync("POST", "/orders", Body("C-11"), "a", "b/c")).Status);
        Assert.Equal(HttpStatusCode.Created, (await SendAsync("POST", "/orders", Body("C-12"), "ab", "c")).Status);
        Assert.Equal(HttpStatusCode.Created, (await SendAsync("POST", "/orders", Body("C-13"), "a", "bc")).Status);
    }

    /// <summary>An order as JSON, with a reference of its own.</summary>
    private static string Body(string order) => JsonSerializer.Serialize(Order(order, "P-" + order, Lines));

    private async Task<HttpStatusCode> StatusAsync(string path) => (await GetAsync(path)).Status;

    private Task<Answer> GetAsync(string path) => SendAsync("GET", path, null, Clerk, key: null);
}
