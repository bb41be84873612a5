using NodaTime;

namespace OrderHub.Playing;

/// <summary>A clock that stands where the story is: never back, only on.</summary>
internal sealed class PlayedClock : IClock
{
    private Instant now = Instant.MinValue;

    /// <summary>Moves on to a moment; an earlier one leaves the clock where it is.</summary>
    public void MoveTo(Instant moment) => now = Instant.Max(now, moment);

    public Instant GetCurrentInstant() => now;
}
