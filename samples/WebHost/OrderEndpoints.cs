using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using OrderKernel.Desk;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;

namespace WebHost;

/// <summary>The shop's own contract over the kernel: take, cancel, ask.</summary>
public static class OrderEndpoints
{
    // Log-in is the host's; this one trusts a header, which a real one does not.
    private const string ActorHeader = "X-Actor";
    private const string KeyHeader = "Idempotency-Key";
    private static readonly DateTimeZone Zone = DateTimeZoneProviders.Tzdb["Asia/Shanghai"];

    public static void MapOrders(this RouteGroupBuilder orders)
    {
        orders.MapPost("", TakeAsync).WithSummary("Takes an order, with the shop's own row, in one transaction.")
            .Answers().Produces<OrderTaken>(StatusCodes.Status201Created);
        orders.MapPost("{order}/cancellation", CancelAsync).WithSummary("Cancels everything still open of an order.")
            .Answers().Produces<OrderTaken>();
        orders.MapGet("{order}", ReadAsync).WithSummary("Tells where an order is.");
    }

    private static async Task<IResult> TakeAsync(
        NewOrder order, [FromHeader(Name = KeyHeader)] string key, [FromHeader(Name = ActorHeader)] string? actor,
        Checkout checkout, HttpContext http)
    {
        Submission submission;
        try
        {
            submission = new Submission(CommandId.FromName(key), new Actor(actor ?? "anonymous", "web"), new CaptureOrder(
                new OrderId(order.Order), new PartnerId(order.Customer), PlacedAt: null,
                [.. order.Lines.Select(line => new NewLine(line.Line, new Sku(line.Sku), new Quantity(line.Quantity)))],
                ExternalKey: order.Reference));
        }
        catch (ArgumentException fault)
        {
            return Refusals.Unreadable(fault.Message);
        }

        var basket = new Basket { Order = order.Order, Reference = order.Reference, Note = order.Note };
        return await AnswerAsync(checkout, submission, basket, http, taken => TypedResults.Created("/orders/" + taken.Order, taken));
    }

    private static async Task<IResult> CancelAsync(
        string order, Cancellation cancellation, [FromHeader(Name = KeyHeader)] string key,
        [FromHeader(Name = ActorHeader)] string? actor, Checkout checkout, HttpContext http)
    {
        Submission submission;
        try
        {
            submission = new Submission(
                CommandId.FromName(key), new Actor(actor ?? "anonymous", "web"),
                CancelLines.All(new OrderId(order), cancellation.Reason));
        }
        catch (ArgumentException fault)
        {
            return Refusals.Unreadable(fault.Message);
        }

        return await AnswerAsync(checkout, submission, basket: null, http, taken => TypedResults.Ok(taken));
    }

    private static async Task<Results<Ok<OrderView>, NotFound>> ReadAsync(
        string order, OrderDesk desk, ShopContext shop, HttpContext http)
    {
        OrderAnswer? answer = await desk.ReadAnswerAsync(new OrderId(order), http.RequestAborted);
        if (answer is null)
        {
            return TypedResults.NotFound();
        }

        Basket? basket = await shop.Baskets.FindAsync([order], http.RequestAborted);
        return TypedResults.Ok(new OrderView(
            order, answer.Stage.Name.Code, answer.Text(RequestLanguage.Of(http), Zone), basket?.Reference, basket?.Note));
    }

    private static async Task<IResult> AnswerAsync(
        Checkout checkout, Submission submission, Basket? basket, HttpContext http, Func<OrderTaken, IResult> accepted)
    {
        try
        {
            DeskResult result = await checkout.SubmitAsync(submission, basket, http.RequestAborted);
            var order = (OrderCommand)submission.Command;
            return result.IsAccepted
                ? accepted(new OrderTaken(order.Order.Text, result.Outcome.Version))
                : Refusals.Of(result, RequestLanguage.Of(http));
        }
        catch (OrderKernelException fault) when (fault.IsTransient)
        {
            return Refusals.Moved();
        }
        catch (DbUpdateException)
        {
            return Refusals.ReferenceTaken(basket?.Reference);
        }
    }

    private static RouteHandlerBuilder Answers(this RouteHandlerBuilder endpoint) => endpoint
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .Produces<Refusal>(StatusCodes.Status409Conflict, "application/problem+json")
        .Produces<Refusal>(StatusCodes.Status422UnprocessableEntity, "application/problem+json");
}
