using Microsoft.AspNetCore.Mvc;
using NodaTime;
using OrderKernel.Desk;
using OrderKernel.Findings;
using OrderKernel.Measures;
using OrderKernel.Orders;

namespace WebHost;

/// <summary>The shop's own contract over the kernel: take, cancel, ask.</summary>
public static class OrderEndpoints
{
    private const string KeyHeader = "Idempotency-Key";
    private static readonly DateTimeZone Zone = DateTimeZoneProviders.Tzdb["Asia/Shanghai"];

    public static void MapOrders(this RouteGroupBuilder orders)
    {
        orders.MapPost("", TakeAsync).WithSummary("Takes an order, with the shop's own row, in one transaction.")
            .Answers().Produces<OrderTaken>(StatusCodes.Status201Created);
        orders.MapPost("{order}/cancellation", CancelAsync).WithSummary("Cancels everything still open of an order.")
            .Answers().Produces<OrderTaken>();
        orders.MapGet("{order}", ReadAsync).WithSummary("Tells where an order is.").Produces<OrderView>()
            .Refuses(StatusCodes.Status400BadRequest, StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> TakeAsync(
        [FromBody] NewOrder? order, [FromHeader(Name = KeyHeader)] string? key, Caller caller, Checkout checkout, DeskOptions desk,
        HttpContext http)
    {
        var check = new RequestCheck();
        CaptureOrder? capture = OrderReading.Read(order, desk.Limits, check);
        key = check.Key(key, KeyHeader);
        if (capture is null || check.Findings.Count > 0)
        {
            return Refusals.Unreadable(check.Findings, http);
        }

        var basket = new Basket { Order = capture.Order.Text, Reference = capture.ExternalKey, Note = order!.Note! };
        var submission = new Submission(caller.Command(key), caller.Actor, capture);
        return await AnswerAsync(
            checkout, submission, basket, http, taken => TypedResults.Created(OrderAddress.Of(taken.Order), taken));
    }

    private static async Task<IResult> CancelAsync(
        string order, [FromBody] Cancellation? cancellation, [FromHeader(Name = KeyHeader)] string? key, Caller caller,
        Checkout checkout, DeskOptions desk, HttpContext http)
    {
        var check = new RequestCheck();
        order = check.KnownName(OrderAddress.Read(order, http), OrderId.MaxLength, "order");
        string reason = check.Text(cancellation?.Reason, desk.Limits.MaxText, "reason");
        key = check.Key(key, KeyHeader);
        return check.Findings.Count > 0
            ? Refusals.Unreadable(check.Findings, http)
            : await AnswerAsync(
                checkout, new Submission(caller.Command(key), caller.Actor, CancelLines.All(new OrderId(order), reason)), basket: null,
                http, taken => TypedResults.Ok(taken));
    }

    private static async Task<IResult> ReadAsync(string order, Caller caller, OrderDesk desk, ShopContext shop, HttpContext http)
    {
        var check = new RequestCheck();
        order = check.KnownName(OrderAddress.Read(order, http), OrderId.MaxLength, "order");
        if (check.Findings.Count > 0)
        {
            return Refusals.Unreadable(check.Findings, http);
        }

        ActorReading<OrderAnswer> reading = await desk.As(caller.Actor).ReadAnswerAsync(new OrderId(order), http.RequestAborted);
        if (!reading.IsGranted)
        {
            return Refusals.Denied(reading.Findings, http);
        }

        if (reading.Value is not { } answer)
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
                : Refusals.Of(result, http);
        }
        catch (OrderKernelException fault) when (fault.IsTransient)
        {
            return Refusals.Moved(http);
        }
        catch (ReferenceTakenException)
        {
            return Refusals.ReferenceTaken(basket!.Reference, http);
        }
    }

    private static RouteHandlerBuilder Answers(this RouteHandlerBuilder endpoint) => endpoint.Refuses(
        StatusCodes.Status400BadRequest, StatusCodes.Status401Unauthorized, StatusCodes.Status409Conflict,
        StatusCodes.Status413PayloadTooLarge, StatusCodes.Status422UnprocessableEntity);

    private static RouteHandlerBuilder Refuses(this RouteHandlerBuilder endpoint, params int[] statuses)
    {
        foreach (int status in statuses)
        {
            endpoint.Produces<Refusal>(status, "application/problem+json");
        }

        return endpoint;
    }
}
