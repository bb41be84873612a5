using System;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;
using Xunit;

namespace OrderKernel.Embedding.Tests;

/// <summary>What a request may hold, and where its order is found.</summary>
public sealed partial class WebHostTests
{
    [Theory]
    [InlineData("订单1", "/orders/%E8%AE%A2%E5%8D%951")]
    [InlineData("ÄÖ", "/orders/%C3%84%C3%96")]
    [InlineData("SO/2026/1", "/orders/SO%2F2026%2F1")]
    [InlineData("SO%2F2026%2F1", "/orders/SO%252F2026%252F1")]
    [InlineData("../../health", "/orders/..%2F..%2Fhealth")]
    [InlineData("...", "/orders/...")]
    [InlineData("a b?c#d+e", "/orders/a%20b%3Fc%23d%2Be")]
    [InlineData("\U0001F4E6", "/orders/%F0%9F%93%A6")]
    public async Task WhateverAnOrderIsNamed_ItIsFoundWhereTheAnswerSays_AndCancelledThere(string order, string address)
    {
        for (int i = 0; i < 2; i++)
        {
            Answer taken = await SendAsync("POST", "/orders", Body(order), Clerk, "where " + address);
            Assert.Equal((HttpStatusCode.Created, address), (taken.Status, taken.Location));
        }

        Answer found = await GetAsync(address);
        Assert.Equal(HttpStatusCode.OK, found.Status);
        Assert.Equal(order, JsonDocument.Parse(found.Body).RootElement.GetProperty("order").GetString());
        Answer gone = await SendAsync("POST", address + "/cancellation", """{"reason":"customer"}""", Clerk, "cancel " + address);
        Assert.Equal(HttpStatusCode.OK, gone.Status);
    }

    [Theory]
    [InlineData(".", "shop.order_has_no_address", "'.'")]
    [InlineData("..", "shop.order_has_no_address", "'..'")]
    [InlineData("W\n17", "command.id_unacceptable", "U+000A")]
    [InlineData("\u001B[31m", "command.id_unacceptable", "U+001B")]
    [InlineData("a\u202Eb", "command.id_unacceptable", "U+202E")]
    [InlineData("a\uFFFFb", "command.id_unacceptable", "U+FFFF")]
    [InlineData("a\0b", "command.text_unacceptable", "nul")]
    [InlineData(" ", "command.text_missing", "order")]
    [InlineData("65", "command.text_unacceptable", "64")]
    public async Task AnOrderNumberThatNothingIsNamedWith_IsRefusedInWords_AndNothingIsStored(string order, string code, string word)
    {
        string number = "Odd-" + Convert.ToHexString(Encoding.UTF8.GetBytes(order));
        order = order == "65" ? new string('A', 65) : order;
        foreach (string language in new[] { "en", "zh-CN" })
        {
            Answer answer = await SendAsync("POST", "/orders", Named(order), Clerk, "odd " + number, language);
            Assert.Equal((HttpStatusCode.BadRequest, code), (answer.Status, Assert.Single(answer.Codes)));
            JsonElement reason = JsonDocument.Parse(answer.Body).RootElement.GetProperty("reasons")[0];
            Assert.Equal("order", reason.GetProperty("field").GetString());
            string text = reason.GetProperty("text").GetString()!;
            Assert.Contains(language == "en" ? word : word.Trim('\''), text, StringComparison.Ordinal);
            Assert.Equal(language == "zh-CN", text.Any(c => c > 0x3000));
        }

        // The key is free: the same caller corrects the order and sends it under it.
        Assert.Equal(HttpStatusCode.Created, (await SendAsync("POST", "/orders", Named(number), Clerk, "odd " + number)).Status);

        string Named(string name) => JsonSerializer.Serialize(Order(name, "P-" + number, Lines));
    }

    [Theory]
    [InlineData("/orders/%20", "command.text_missing")]
    [InlineData("/orders/%00", null)]
    [InlineData("/orders/{65}", "command.text_unacceptable")]
    [InlineData("/orders/W%0A17", "")]
    public async Task AnAddressThatIsNoOrders_Answers400_OrThatThereIsNone(string path, string? code)
    {
        Answer answer = await GetAsync(path.Replace("{65}", new string('A', 65), StringComparison.Ordinal));
        Assert.Equal(code?.Length == 0 ? HttpStatusCode.NotFound : HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal(code is { Length: > 0 } ? [code] : [], answer.Codes);
        Answer cancelled = await SendAsync(
            "POST", path.Replace("{65}", new string('A', 65), StringComparison.Ordinal) + "/cancellation", """{"reason":"x"}""", Clerk,
            "c " + path);
        Assert.InRange((int)cancelled.Status, 400, 422);
    }

    [Theory]
    [InlineData("{}", "order,customer,reference,note,lines")]
    [InlineData("null", "order,customer,reference,note,lines")]
    [InlineData("", "order,customer,reference,note,lines")]
    [InlineData("""{"order":null,"customer":null,"reference":null,"note":null,"lines":null}""", "order,customer,reference,note,lines")]
    [InlineData("""{"order":"N-1","customer":"C","reference":"R","note":"","lines":[null]}""", "lines[0]")]
    [InlineData(
        """{"order":"N-2","customer":"C","note":"","lines":[{"line":1,"sku":"A","quantity":1},{},null]}""",
        "reference,lines[1].sku,lines[1].line,lines[1].quantity,lines[2]")]
    [InlineData("""{"order":"N-3","customer":"C","reference":"R5b","lines":[{"line":1,"sku":"A","quantity":1}]}""", "note")]
    public async Task EveryMemberThatIsMissingOrNull_IsNamedAtOnce(string body, string members)
    {
        Answer answer = await SendAsync("POST", "/orders", body, Clerk, "missing");
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal(members, string.Join(',', answer.Fields));
        Assert.All(answer.Codes, code => Assert.Equal("command.text_missing", code));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("""{"reason":null}""")]
    [InlineData("""{"reason":" "}""")]
    public async Task ACancellationWithoutAReason_IsRefused(string body)
    {
        Answer answer = await SendAsync("POST", "/orders/N-9/cancellation", body, Clerk, "missing");
        Assert.Equal((HttpStatusCode.BadRequest, "reason"), (answer.Status, Assert.Single(answer.Fields)));
    }

    [Theory]
    [InlineData("""{"order":"D-1","order":"D-2","customer":"C","reference":"RD","note":"","lines":[]}""", null)]
    [InlineData("""{"order":"D-1","Order":"D-2","customer":"C","reference":"RD","note":"","lines":[]}""", null)]
    [InlineData("""{"order":"D-1","customer":"C","reference":"RD","note":"","lines":[{"line":1,"line":2,"sku":"A","quantity":1}]}""", null)]
    [InlineData("""{"order":"D-1","customer":"C","reference":"RD","note":"","lines":[{"line":"x"}]}""", "$.lines[0].line")]
    [InlineData("""{"order":"D-1","customer":"C","reference":"RD","note":"","lines":[{"quantity":1e30}]}""", "$.lines[0].quantity")]
    [InlineData("""{"order":"\uD800","customer":"C","reference":"RD","note":"","lines":[]}""", "$.order")]
    [InlineData("""{"order":17}""", "$.order")]
    [InlineData("[]", "$")]
    [InlineData("{", "$")]
    public async Task ABodyThatCannotBeRead_SaysWhere_AndRepeatsNothingOfIt(string body, string? place)
    {
        Answer answer = await SendAsync("POST", "/orders", body, Clerk, "unreadable");
        Assert.Equal((HttpStatusCode.BadRequest, "shop.body_unreadable"), (answer.Status, Assert.Single(answer.Codes)));
        Assert.Contains(place ?? "$", answer.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", answer.Body, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync("/orders/D-1"));
    }

    [Fact]
    public async Task ANote_IsWhatTheKernelTakesAsText()
    {
        Assert.Equal(HttpStatusCode.Created, (await SendAsync("POST", "/orders", With("first line\n\tsecond", "T-1"), Clerk, "t1")).Status);
        Assert.Equal(
            "first line\n\tsecond", JsonDocument.Parse((await GetAsync("/orders/T-1")).Body).RootElement.GetProperty("note").GetString());
        foreach (string note in new[] { "a\0b", new string('n', 401) })
        {
            Answer answer = await SendAsync("POST", "/orders", With(note, "T-2"), Clerk, "t2");
            Assert.Equal((HttpStatusCode.BadRequest, "command.text_unacceptable"), (answer.Status, Assert.Single(answer.Codes)));
            Assert.Equal("note", Assert.Single(answer.Fields));
        }

        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync("/orders/T-2"));

        static string With(string note, string order) =>
            JsonSerializer.Serialize(new { order, customer = "C", reference = "P-" + order, note, lines = Lines });
    }

    [Fact]
    public async Task ABodyThatIsTooLarge_IsRefusedBeforeItIsSent()
    {
        using var connection = new TcpClient();
        await connection.ConnectAsync(host.Client.BaseAddress!.Host, host.Client.BaseAddress.Port);
        NetworkStream stream = connection.GetStream();
        string head = $"POST /orders HTTP/1.1\r\nHost: {host.Client.BaseAddress.Authority}\r\nX-Actor: {Clerk}\r\n"
            + "Idempotency-Key: large\r\nContent-Type: application/json\r\nContent-Length: 20000000\r\n\r\n";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head));
        var buffer = new byte[64];
        int read = await stream.ReadAsync(buffer).AsTask().WaitAsync(TimeSpan.FromSeconds(20));
        Assert.StartsWith("HTTP/1.1 413 ", Encoding.ASCII.GetString(buffer, 0, read), StringComparison.Ordinal);
    }

    private async Task<Answer> SendAsync(
        string method, string path, string? body, string? actor, string? key, string language = "en")
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.Add("Accept-Language", language);
        request.Content = method == "POST" ? new StringContent(body!, Encoding.UTF8, "application/json") : null;
        foreach ((string name, string? value) in new[] { ("X-Actor", actor), ("Idempotency-Key", key) })
        {
            if (value is not null)
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }
        }

        using HttpResponseMessage response = await host.Client.SendAsync(request);
        string text = await response.Content.ReadAsStringAsync();
        string[] codes = [], fields = [];
        if ((int)response.StatusCode >= 400 && text.Length > 0)
        {
            Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
            if (JsonDocument.Parse(text).RootElement.TryGetProperty("reasons", out JsonElement reasons))
            {
                codes = [.. reasons.EnumerateArray().Select(reason => reason.GetProperty("code").GetString()!)];
                fields = [.. reasons.EnumerateArray().Select(reason => reason.GetProperty("field").GetString()!)];
            }
        }

        return new Answer(response.StatusCode, text, response.Headers.Location?.OriginalString, codes, fields);
    }

    private sealed record Answer(HttpStatusCode Status, string Body, string? Location, string[] Codes, string[] Fields)
    {
        public bool Equals(Answer? other) => other is not null && (Status, Body, Location) == (other.Status, other.Body, other.Location);

        public override int GetHashCode() => HashCode.Combine(Status, Body, Location);
    }
}
