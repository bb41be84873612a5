using System;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.Http.Json;
using System.Text.Json;
using System.Threading.Tasks;
using Xunit;

namespace OrderKernel.Embedding.Tests;

/// <summary>The web sample on the packed packages, started as its own process and called over HTTP.</summary>
[Collection(nameof(PackedPackages))]
public sealed partial class WebHostTests(WebHostProcess host) : IClassFixture<WebHostProcess>
{
    private const string Clerk = "clerk-7";
    private static readonly object[] Lines = [new { line = 1, sku = "STENT-3.0", quantity = 5 }];

    [Fact]
    public async Task AnOrderAndTheHostsRow_AreThereTogether_AndARepetitionGetsTheSameAnswer()
    {
        (HttpStatusCode status, string first) = await TakeAsync("SO-1", "PO-1", key: "k1", Lines);
        Assert.Equal(HttpStatusCode.Created, status);
        (status, string again) = await TakeAsync("SO-1", "PO-1", key: "k1", Lines);
        Assert.Equal((HttpStatusCode.Created, first), (status, again));

        JsonElement view = await ReadAsync("SO-1", "zh-CN,zh;q=0.9,en;q=0.1");
        Assert.Equal("PO-1", view.GetProperty("reference").GetString());
        Assert.Equal("beside PO-1", view.GetProperty("note").GetString());
        Assert.Contains(view.GetProperty("answer").EnumerateArray(), line => line.GetString()!.Contains("状态", StringComparison.Ordinal));
        view = await ReadAsync("SO-1", "de, en;q=0.5");
        Assert.DoesNotContain(view.GetProperty("answer").EnumerateArray(), line => line.GetString()!.Any(c => c > 0x3000));
    }

    [Theory]
    [InlineData("en-GB", "Refused", "quantity must be above zero.")]
    [InlineData("fr;q=0.9, zh-CN;q=0.8, en;q=0.2", "未受理", "quantity 必须大于零。")]
    public async Task ARefusedOrder_Answers422_WithEveryReasonInTheLanguageAskedFor(string accept, string title, string sentence)
    {
        object[] lines = [new { line = 1, sku = "A", quantity = 0 }, new { line = 1, sku = "B", quantity = 2 }];
        (HttpStatusCode status, string body) = await TakeAsync("SO-2", "PO-2", "k2", lines, accept);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        JsonElement problem = JsonDocument.Parse(body).RootElement;
        Assert.Equal(title, problem.GetProperty("title").GetString());
        JsonElement[] reasons = [.. problem.GetProperty("reasons").EnumerateArray()];
        Assert.Equal(
            ["command.not_positive", "command.line_repeated"], reasons.Select(reason => reason.GetProperty("code").GetString()));
        Assert.Equal(sentence, reasons[0].GetProperty("text").GetString());
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync("/orders/SO-2"));
    }

    [Fact]
    public async Task ARefusalThatWasDecided_StaysRefused()
    {
        await TakeAsync("SO-3", "PO-3", "k3", Lines);
        (HttpStatusCode status, string first) = await TakeAsync("SO-3", "PO-3b", "k3b", Lines);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Contains("order.exists", first, StringComparison.Ordinal);
        (status, string again) = await TakeAsync("SO-3", "PO-3b", "k3b", Lines);
        Assert.Equal((HttpStatusCode.UnprocessableEntity, first), (status, again));
    }

    [Fact]
    public async Task AConflict_Answers409_AndNothingIsLeftOfIt()
    {
        await TakeAsync("SO-4", "PO-4", "k4", Lines);

        // The key was used for another command.
        (HttpStatusCode status, string body) = await TakeAsync("SO-5", "PO-5", "k4", Lines);
        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Contains("key-reused", body, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync("/orders/SO-5"));

        // The host's own row cannot be saved: the order, decided a moment before, is gone with it.
        (status, body) = await TakeAsync("SO-6", "PO-4", "k6", Lines);
        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Contains("reference-taken", body, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync("/orders/SO-6"));
        (status, _) = await TakeAsync("SO-6", "PO-6", "k6-corrected", Lines);
        Assert.Equal(HttpStatusCode.Created, status);
    }

    [Fact]
    public async Task ManyAtOnce_AreAllTaken_AndACancellationToo()
    {
        var taken = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => TakeAsync($"M-{i}", $"PM-{i}", $"m{i}", Lines)));
        Assert.All(taken, answer => Assert.Equal(HttpStatusCode.Created, answer.Status));
        using HttpRequestMessage cancel = Request("/orders/M-0/cancellation", "m0-cancel", new { reason = "customer" }, "en");
        using HttpResponseMessage cancelled = await host.Client.SendAsync(cancel);
        Assert.Equal(HttpStatusCode.OK, cancelled.StatusCode);
        Assert.Equal("stage.cancelled", (await ReadAsync("M-0", "en")).GetProperty("stage").GetString());
    }

    [Fact]
    public async Task WhatCannotBeRead_Answers400()
    {
        Assert.Equal(HttpStatusCode.BadRequest, (await TakeAsync("", "PO-7", "k7", Lines)).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await TakeAsync("SO-8", "PO-8", "k8", [new { line = "x" }])).Status);
        using HttpRequestMessage keyless = Request("/orders", key: null, Order("SO-9", "PO-9", Lines), "en");
        Assert.Equal(HttpStatusCode.BadRequest, (await host.Client.SendAsync(keyless)).StatusCode);
    }

    [Fact]
    public async Task Health_AndTheOpenApiDocument_AreServed()
    {
        Assert.Equal("Healthy", await host.Client.GetStringAsync("/health"));
        JsonElement document = JsonDocument.Parse((await GetAsync("/openapi/v1.json")).Body).RootElement;
        JsonElement take = document.GetProperty("paths").GetProperty("/orders").GetProperty("post");
        Assert.Equal(
            ["201", "400", "401", "409", "413", "422"],
            take.GetProperty("responses").EnumerateObject().Select(response => response.Name).Order(StringComparer.Ordinal));
        Assert.Contains("Idempotency-Key", take.GetProperty("parameters").ToString(), StringComparison.Ordinal);
        JsonElement schemas = document.GetProperty("components").GetProperty("schemas");
        Assert.Contains("reasons", schemas.GetProperty("Refusal").ToString(), StringComparison.Ordinal);
        Assert.Contains("quantity", schemas.GetProperty("NewOrderLine").ToString(), StringComparison.Ordinal);
    }

    private async Task<(HttpStatusCode Status, string Body)> TakeAsync(
        string order, string reference, string key, object[] lines, string accept = "en")
    {
        using HttpRequestMessage request = Request("/orders", key, Order(order, reference, lines), accept);
        using HttpResponseMessage response = await host.Client.SendAsync(request);
        if ((int)response.StatusCode >= 400)
        {
            Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        }

        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    private async Task<JsonElement> ReadAsync(string order, string accept)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/orders/" + order);
        request.Headers.Add("Accept-Language", accept);
        request.Headers.Add("X-Actor", Clerk);
        using HttpResponseMessage response = await host.Client.SendAsync(request);
        response.EnsureSuccessStatusCode();
        return JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
    }

    private static object Order(string order, string reference, object[] lines) =>
        new { order, customer = "HOSPITAL-7", reference, note = "beside " + reference, lines };

    private static HttpRequestMessage Request(string path, string? key, object body, string accept)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        request.Headers.Add("Accept-Language", accept);
        request.Headers.Add("X-Actor", Clerk);
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        return request;
    }
}
