using System.Collections.Immutable;
using NodaTime;
using OrderKernel.Desk;
using OrderKernel.Findings;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;

var desk = new OrderDesk(new MemoryStore(), SystemClock.Instance);
await TakeAsync("SO-1", new NewLine(1, new Sku("STENT-3.0"), new Quantity(5)));
await TakeAsync("SO-2", new NewLine(1, new Sku("STENT-3.0"), Quantity.Zero), new NewLine(1, new Sku("WIRE-0.14"), new Quantity(2)));

async Task TakeAsync(string number, params NewLine[] lines)
{
    var order = new CaptureOrder(new OrderId(number), new PartnerId("HOSPITAL-7"), null, ImmutableArray.Create(lines));
    DeskResult result = await desk.SubmitAsync(new Submission(CommandId.FromName(number), new Actor("clerk-7", "web"), order));
    Console.WriteLine($"{number}: {(result.IsAccepted ? "accepted 已受理" : "refused 已拒绝")}");
    foreach (Finding reason in result.Findings)
        Console.WriteLine($"  {reason.Code}\n    {reason.Text(Language.English)}\n    {reason.Text(Language.Chinese)}");
}
