using Microsoft.EntityFrameworkCore;
using NodaTime;
using OrderKernel;
using OrderKernel.Adapters.EntityFrameworkCore;
using WebHost;

var builder = WebApplication.CreateBuilder(args);
string file = builder.Configuration["Shop:File"] ?? "shop.db";
builder.Services.AddDbContext<ShopContext>(options => options.UseSqlite($"Data Source={file};Foreign Keys=True"));
builder.Services.AddOrderKernel(kernel => kernel
    .UseStore<ContextStore<ShopContext>>()
    .ConfigureOptions(options => options.BindConfiguration("OrderKernel")));
builder.Services.AddScoped<Checkout>();
RequestBody.Limit(builder);
// The same request gets the same answer, so an answer does not tell the two apart.
builder.Services.AddProblemDetails(options =>
    options.CustomizeProblemDetails = context => context.ProblemDetails.Extensions.Remove("traceId"));
builder.Services.AddOpenApi();

WebApplication app = builder.Build();
app.UseExceptionHandler();
app.UseStatusCodePages();
Caller.Demand(app);                 // where a real shop has its log-in
using (IServiceScope scope = app.Services.CreateScope())
{
    scope.ServiceProvider.GetRequiredService<ShopContext>().Prepare();
}

app.MapOpenApi();                   // /openapi/v1.json
app.MapHealthChecks("/health");     // the check "orderkernel" is among them
app.MapGroup("/orders").MapOrders();
app.Run();
