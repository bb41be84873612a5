using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using NodaTime;
using NodaTime.Text;
using OrderKernel.Findings;

namespace OrderKernel.Scarcity;

/// <summary>How one fact earns points. Data: compare it, print it, keep it beside the ranking it made.</summary>
/// <remarks>
/// <para>Units: points are thousandths of the weight's unit. Everything is whole numbers, rounded towards zero.</para>
/// </remarks>
public sealed class PriorityRule
{
    private const long Whole = 1_000;

    private readonly ImmutableSortedDictionary<string, int> table;
    private readonly long most;

    private PriorityRule(PriorityFact fact, int weight, long most, ImmutableSortedDictionary<string, int> table)
    {
        Fact = fact;
        Weight = weight >= 0
            ? weight
            : throw new ArgumentOutOfRangeException(nameof(weight), "A weight is never negative; turn the table round instead.");
        this.most = most > 0 ? most : throw new ArgumentOutOfRangeException(nameof(most), "A span or distance is above zero.");
        this.table = table;
    }

    /// <summary>The fact.</summary>
    public PriorityFact Fact { get; }

    /// <summary>What the fact earns at its best; for waiting, what each whole span earns.</summary>
    public int Weight { get; }

    /// <summary>The fact's name in both languages.</summary>
    public Term Name => PriorityWords.Facts[(int)Fact];

    /// <summary>A code earns its entry of a table, in thousandths of the weight; a code that is not in it earns nothing.</summary>
    /// <param name="fact">The customer's level, the payment method or the tier.</param>
    /// <param name="weight">What a thousand thousandths earn; zero or more.</param>
    /// <param name="permille">Per code 0 to 1,000.</param>
    /// <exception cref="ArgumentException">The fact is not a code, or an entry is outside 0 to 1,000.</exception>
    public static PriorityRule ByCode(PriorityFact fact, int weight, IEnumerable<KeyValuePair<string, int>> permille)
    {
        if (fact is not (PriorityFact.CustomerLevel or PriorityFact.PaymentMethod or PriorityFact.Tier))
        {
            throw new ArgumentException("Only the customer's level, the payment method and the tier are codes.", nameof(fact));
        }

        ImmutableSortedDictionary<string, int> table = (permille ?? throw new ArgumentNullException(nameof(permille)))
            .ToImmutableSortedDictionary(StringComparer.Ordinal);
        foreach (KeyValuePair<string, int> entry in table)
        {
            if (entry.Value is < 0 or > (int)Whole)
            {
                throw new ArgumentException($"'{entry.Key}' earns 0 to 1,000 thousandths, not {entry.Value}.", nameof(permille));
            }
        }

        return new PriorityRule(fact, weight, 1, table);
    }

    /// <summary>A deadline earns the whole weight when it is here or past, nothing at the horizon or beyond, and evenly between.</summary>
    /// <param name="fact">The due moment or the sterilisation deadline.</param>
    /// <param name="weight">What a deadline that is here earns; zero or more.</param>
    /// <param name="horizon">How far ahead a deadline begins to count; above zero.</param>
    /// <exception cref="ArgumentException">The fact is not a deadline.</exception>
    public static PriorityRule ByDeadline(PriorityFact fact, int weight, Duration horizon) =>
        fact is PriorityFact.Due or PriorityFact.SterileBy
            ? new PriorityRule(fact, weight, Microseconds(horizon), ImmutableSortedDictionary<string, int>.Empty)
            : throw new ArgumentException("Only the due moment and the sterilisation deadline are deadlines.", nameof(fact));

    /// <summary>Near earns the whole weight, the greatest distance or beyond nothing, and evenly between.</summary>
    /// <param name="weight">What no distance at all earns; zero or more.</param>
    /// <param name="greatestMetres">From where on nothing is earned; above zero.</param>
    public static PriorityRule ByDistance(int weight, long greatestMetres) =>
        new(PriorityFact.Distance, weight, greatestMetres, ImmutableSortedDictionary<string, int>.Empty);

    /// <summary>Each span of waiting earns the weight again, without end, so that nothing waits for ever.</summary>
    /// <param name="weight">What a span earns; zero or more.</param>
    /// <param name="span">The span, such as a day; above zero.</param>
    public static PriorityRule ByWaiting(int weight, Duration span) =>
        new(PriorityFact.Waiting, weight, Microseconds(span), ImmutableSortedDictionary<string, int>.Empty);

    internal long Points(PriorityFacts facts, Instant now) => Fact switch
    {
        PriorityFact.CustomerLevel => Code(facts.CustomerLevel),
        PriorityFact.PaymentMethod => Code(facts.PaymentMethod),
        PriorityFact.Tier => Code(facts.Tier),
        PriorityFact.Due => Deadline(facts.DueAt, now),
        PriorityFact.SterileBy => Deadline(facts.SterileBy, now),
        PriorityFact.Distance => facts.DistanceMetres is { } metres ? Share(most - Math.Min(most, metres)) : 0,
        _ => Share(Math.Max(0, Microseconds(now - facts.PlacedAt))),
    };

    internal string Stated(PriorityFacts facts) => Fact switch
    {
        PriorityFact.CustomerLevel => facts.CustomerLevel,
        PriorityFact.PaymentMethod => facts.PaymentMethod,
        PriorityFact.Tier => facts.Tier,
        PriorityFact.Due => Iso(facts.DueAt),
        PriorityFact.SterileBy => Iso(facts.SterileBy),
        PriorityFact.Distance => facts.DistanceMetres?.ToString(CultureInfo.InvariantCulture) ?? string.Empty,
        _ => Iso(facts.PlacedAt),
    };

    /// <summary>How long it takes until waiting alone has earned so many points.</summary>
    internal Duration UntilWaitingEarns(long points) =>
        Duration.FromTicks(checked(10 * ((long)((decimal)points * most / (Weight * Whole)) + 1)));

    private long Code(string code) => table.TryGetValue(code, out int permille) ? (long)Weight * permille : 0;

    private long Deadline(Instant? at, Instant now) => at is { } some
        ? Share(most - Math.Min(most, Math.Max(0, Microseconds(some - now))))
        : 0;

    // Decimal holds weight x thousand x microseconds of any span exactly; the cast cuts towards zero.
    private long Share(long part) => (long)((decimal)Weight * Whole * part / most);

    private static long Microseconds(Duration span) => checked((span.Days * (NodaConstants.NanosecondsPerDay / 1_000))
        + (span.NanosecondOfDay / 1_000));

    private static string Iso(Instant? at) => at is { } some ? InstantPattern.ExtendedIso.Format(some) : string.Empty;
}
