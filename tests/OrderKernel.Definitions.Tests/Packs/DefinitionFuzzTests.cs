using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using OrderKernel.Access;
using OrderKernel.Calendars;
using OrderKernel.Cli;
using OrderKernel.Desk;
using OrderKernel.Fields;
using OrderKernel.Findings;
using OrderKernel.Lifecycles;
using OrderKernel.Orders;
using OrderKernel.Packs;
using OrderKernel.Tests.Shared;
using Xunit;

namespace OrderKernel.Definitions.Tests.Packs;

/// <summary>Packs, and each kind of definition alone, from anywhere: read, or every fault with its place. Never an exception.</summary>
public class DefinitionFuzzTests
{
    private static readonly ImmutableArray<(Func<string, ImmutableArray<Finding>> Read, ImmutableArray<string> Texts)> Kinds =
    [
        (static text => LifecycleDefinition.Read(text).Findings, Of("lifecycles/*.json")),
        (static text => FieldSet.Read(text).Findings, Of("*/fields.json")),
        (static text => OrderTypes.Read(text).Findings, Of("*/types.json")),
        (static text => AccessPolicy.Read(text).Findings, Of("*/access.json")),
        (static text => Roster.Read(text, Samples.Of("MEDICAL2026")).Findings, [SmallRoster]),
        (static text => WorkingCalendar.Read(text).Findings, [Calendar]),
        (static text => HolidayNotice.Read(text).Findings, [Notice]),
    ];

    private const string SmallRoster = """
        { "customers": [{ "id": "H001", "name": "临江市第一人民医院", "level": "A", "payment": "monthly",
            "fields": { "hospital_tier": "three_a" } }],
          "users": [{ "id": "sales-01", "roles": ["sales"], "customers": ["H001"] },
            { "id": "keeper-1", "roles": ["warehouse"], "nodes": ["W1"] }] }
        """;

    private const string Notice = """
        { "year": 2027, "days": [ { "name": "元旦", "date": "2027-01-01", "isOffDay": true },
          { "name": "x", "date": "2026-12-27", "isOffDay": false } ] }
        """;

    private const string Calendar = """
        { "id": "cn", "en": "China", "zh": "中国", "zone": "Asia/Shanghai", "week": ["mon", "tue", "wed", "thu", "fri"], "cut_off": "17:00",
          "hours": "09:00-12:00 13:00-18:00", "years": [ { "year": 2026, "off": ["2026-01-01..2026-01-03"], "make_up": ["2026-01-04"] } ],
          "festivals": [ { "id": "spring", "en": "Spring Festival", "zh": "春节", "dates": ["2026-02-17"] } ] }
        """;

    [Fact]
    public void AnyPack_IsReadOrRefused()
    {
        ImmutableArray<ImmutableDictionary<string, string>> packs =
            [.. Samples.Folders.Select(
            static folder => PackFolder.Read(folder).Where(static file => file.Key.EndsWith(".json", StringComparison.Ordinal))
                .ToImmutableDictionary())];
        FuzzRun.Of(5_000, 50, 5, (seed, input) => Told(Pack.Read(Files(packs[seed % packs.Length], seed, input)).Findings), seed =>
        {
            (string name, string text) = FileOf(packs[seed % packs.Length], seed);
            return new HostileJson(seed).Damaged(text);
        });
    }

    [Fact]
    public void AnyDefinition_IsReadOrRefused() => FuzzRun.Of(
        5_000, 50, 5, static (seed, input) => Told(Kinds[seed % Kinds.Length].Read(input)), static seed =>
        {
            ImmutableArray<string> texts = Kinds[seed % Kinds.Length].Texts;
            return new HostileJson(seed).Damaged(texts[seed / Kinds.Length % texts.Length]);
        });

    private static ImmutableArray<string> Of(string pattern)
    {
        string[] parts = pattern.Split('/');
        return [.. Directory.EnumerateDirectories(Samples.PathOf("."), parts[0]).Order(StringComparer.Ordinal)
            .SelectMany(folder => Directory.EnumerateFiles(folder, parts[1]).Order(StringComparer.Ordinal)).Select(File.ReadAllText)];
    }

    private static (string Name, string Text) FileOf(ImmutableDictionary<string, string> pack, int seed)
    {
        KeyValuePair<string, string> file = pack.OrderBy(static file => file.Key, StringComparer.Ordinal).ElementAt(seed / 7 % pack.Count);
        return (file.Key, file.Value);
    }

    private static ImmutableDictionary<string, string> Files(ImmutableDictionary<string, string> pack, int seed, string text) =>
        pack.SetItem(FileOf(pack, seed).Name, text);

    // True when it is taken; otherwise each fault says what it is in both languages.
    private static bool Told(ImmutableArray<Finding> findings)
    {
        Assert.All(findings, static finding => Assert.False(
            finding.Text(Language.Chinese).Length == 0 || finding.Text(Language.English).Length == 0));
        return findings.All(static finding => finding.Severity != Severity.Refusal);
    }
}
