using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using OrderKernel.Access;
using OrderKernel.Cli;
using OrderKernel.Desk;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Packs;

namespace OrderHub.Playing;

/// <summary>The pack that a business runs on, read from its folder, and who its actors are in the words of the pack.</summary>
internal sealed class BusinessPack : IActorDirectory
{
    private static readonly SortedDictionary<string, string> Folders = new(StringComparer.Ordinal)
    {
        ["medical"] = "MEDICAL2026",
        ["plant"] = "PLANT2026",
        ["hardware"] = "HARDWARE2026",
        ["reagents"] = "REAGENT2026",
        ["autoparts"] = "AUTO2026Q1",
    };

    private readonly SortedDictionary<string, ActorStanding> bySystem = new(StringComparer.Ordinal);

    private BusinessPack(Pack pack)
    {
        Pack = pack;

        // The files name systems, not people, so the system says what somebody is.
        bySystem["erp"] = new ActorStanding(new[] { "sales", "sales_lead", "finance", "planning" });
        bySystem["wms"] = new ActorStanding(new[] { "logistics", "purchasing", "quality", "after_sales" });
        bySystem["tms"] = new ActorStanding(new[] { "logistics" });
        bySystem["hub"] = new ActorStanding(new[] { "planning", "timer" });
    }

    public Pack Pack { get; }

    public static BusinessPack Load(string business)
    {
        string packs = Path.Combine(AppContext.BaseDirectory, "packs");
        string folder = Path.Combine(packs, Folders[business]);
        var files = Directory.EnumerateFiles(folder, "*.json", SearchOption.AllDirectories)
            .ToDictionary(path => Path.GetRelativePath(folder, path).Replace('\\', '/'), static path => TextFile.Read(path));
        foreach (string shared in Pack.SharedFiles(files["pack.json"]))
        {
            files[shared] = TextFile.Read(Path.Combine(packs, shared));
        }

        return new BusinessPack(Pack.Read(files).OrThrow());
    }

    public ValueTask<ActorStanding> FindAsync(Actor actor, CancellationToken cancellation) =>
        new(bySystem.TryGetValue(actor.SourceSystem, out ActorStanding? standing) ? standing : ActorStanding.Unknown);
}
