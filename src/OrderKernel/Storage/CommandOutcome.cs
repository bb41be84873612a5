using System;
using System.Collections.Immutable;
using System.Linq;
using System.Text.Json;
using OrderKernel.Findings;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;

namespace OrderKernel.Storage;

/// <summary>What a command came to, as it is stored and returned for ever: accepted with event ids, or refused with findings.</summary>
public sealed class CommandOutcome
{
    private CommandOutcome(
        bool isAccepted, long version, ImmutableArray<Guid> events, ImmutableArray<Finding> findings,
        ImmutableArray<LineShortage> shortages)
    {
        Shortages = shortages;
        IsAccepted = isAccepted;
        Version = version;
        Events = events;
        Findings = findings;
    }

    /// <summary>Whether it was accepted.</summary>
    public bool IsAccepted { get; }

    /// <summary>The version of the command's stream after it.</summary>
    public long Version { get; }

    /// <summary>The ids of its events; empty when refused or already true.</summary>
    public ImmutableArray<Guid> Events { get; }

    /// <summary>Every reason of a refusal; empty when accepted.</summary>
    public ImmutableArray<Finding> Findings { get; }

    /// <summary>What a hold that took what there was could not hold, by line; empty when nothing is short. Outcomes that were stored
    /// before it was recorded have none.</summary>
    public ImmutableArray<LineShortage> Shortages { get; }

    /// <summary>The outcome of an accepted command.</summary>
    /// <param name="version">The version of its stream after it.</param>
    /// <param name="events">The ids of its events.</param>
    /// <param name="shortages">What it left short; default for nothing.</param>
    public static CommandOutcome Accepted(
        long version, ImmutableArray<Guid> events, ImmutableArray<LineShortage> shortages = default) => new(
        true, version, events, ImmutableArray<Finding>.Empty, shortages.IsDefault ? ImmutableArray<LineShortage>.Empty : shortages);

    /// <summary>The outcome of a refused command.</summary>
    /// <param name="version">The version of its stream.</param>
    /// <param name="findings">Every reason; at least one.</param>
    public static CommandOutcome Refused(long version, ImmutableArray<Finding> findings) =>
        new(false, version, ImmutableArray<Guid>.Empty, findings, ImmutableArray<LineShortage>.Empty);

    /// <summary>Whether it was accepted, version and number of events, or the code and subject of every reason: no facts and no
    /// sentences, so that it may be logged.</summary>
    public override string ToString() => IsAccepted
        ? $"accepted, version {OrderDecider.Digits(Version)}, {OrderDecider.Digits(Events.Length)} events"
            + (Shortages.IsEmpty ? string.Empty : $", {OrderDecider.Digits(Shortages.Length)} lines short")
        : "refused, " + string.Join(", ", Findings.Select(
            static finding => finding.Subject.Length == 0 ? finding.Code : $"{finding.Code} ({finding.Subject})"));

    /// <summary>The canonical JSON: codes and facts, no sentences.</summary>
    public string ToJson()
    {
        JsonText json = JsonText.Start().Member("accepted", IsAccepted).Member("version", Version);
        json.OpenArray("events");
        foreach (Guid id in Events)
        {
            json.Element(id.ToString("D"));
        }

        json.CloseArray().OpenArray("findings");
        foreach (Finding finding in Findings)
        {
            json.OpenObject().Member("code", finding.Code).Member("subject", finding.Subject).Member("field", finding.Field);
            json.OpenObject("facts");
            foreach (Fact fact in finding.Facts)
            {
                json.Member(fact.Name, fact.Value);
            }

            json.CloseObject().CloseObject();
        }

        json.CloseArray();
        if (Shortages.IsEmpty)
        {
            return json.Finish();
        }

        json.OpenArray("short");
        foreach (LineShortage shortage in Shortages)
        {
            json.OpenObject().Member("line", shortage.Line).Member("sku", shortage.Sku.Text)
                .Member("wanted", shortage.Wanted.Units).Member("missing", shortage.Missing.Units).CloseObject();
        }

        return json.CloseArray().Finish();
    }

    /// <summary>Reads a stored outcome.</summary>
    /// <param name="json">The canonical JSON.</param>
    /// <param name="catalog">The kinds of finding the host knows.</param>
    /// <exception cref="FormatException">The text is not an outcome.</exception>
    public static CommandOutcome Read(string json, FindingCatalog catalog)
    {
        if (catalog is null)
        {
            throw new ArgumentNullException(nameof(catalog));
        }

        using JsonDocument document = JsonDocument.Parse(json);
        JsonElement root = document.RootElement;
        return new CommandOutcome(
            root.Bool("accepted"), root.Long("version"), root.Array("events", static id => id.GetGuid()),
            root.Array("findings", finding => ReadFinding(finding, catalog)), root.OptionalArray("short", static one => new LineShortage(
                one.Int("line"), new Sku(one.Text("sku")), one.Quantity("wanted"), one.Quantity("missing"))));
    }

    private static Finding ReadFinding(JsonElement json, FindingCatalog catalog)
    {
        var facts = ImmutableArray.CreateBuilder<Fact>();
        foreach (JsonProperty fact in json.GetProperty("facts").EnumerateObject())
        {
            facts.Add(new Fact(fact.Name, fact.Value.GetString() ?? string.Empty));
        }

        return new Finding(catalog.Find(json.Text("code")), json.Text("subject"), json.Text("field"), facts.ToImmutable());
    }
}
