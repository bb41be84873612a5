using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using NodaTime;
using OrderKernel.Adapters.Sql;
using OrderKernel.Desk;
using OrderKernel.Journal;
using OrderKernel.Measures;

namespace OrderHub.Tests;

/// <summary>Runs of the sample in a folder of their own, in-process.</summary>
internal sealed class HubRun : IDisposable
{
    public HubRun() => Folder = Directory.CreateTempSubdirectory("orderhub-").FullName;

    public string Folder { get; }

    public string Database => Path.Combine(Folder, "hub.db");

    public async Task<(int Code, string Output, string Error)> RunAsync(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        int code = await Hub.RunAsync([.. args, "--db", Database], output, error);
        return (code, output.ToString(), error.ToString());
    }

    /// <summary>Where orders of the one input that was run are, each as number and stage.</summary>
    public async Task<string[]> StagesAsync(string tenant, params string[] orders)
    {
        using SqliteStore store = SqliteStore.Open(new SqliteStoreOptions(Database));
        var desk = new OrderDesk(store, SystemClock.Instance, new DeskOptions { Tenant = new TenantId(tenant) });
        return await Task.WhenAll(orders.Select(
            async order => $"{order} {(await desk.ReadOrderAsync(new OrderId(order))).Stage.Name.Code}"));
    }

    public string Write(string name, string text)
    {
        string file = Path.Combine(Folder, name);
        File.WriteAllText(file, text);
        return file;
    }

    public void Dispose() => Directory.Delete(Folder, true);
}
