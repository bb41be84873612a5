using NodaTime;

namespace OrderHub.Tests;

/// <summary>A clock that shows what a test sets.</summary>
internal sealed class HandClock(Instant now) : IClock
{
    public Instant Now { get; set; } = now;

    public Instant GetCurrentInstant() => Now;
}
