using NodaTime;

namespace OrderKernel.Testing;

/// <summary>A clock that shows what a test sets. Not safe to share between threads that also move it.</summary>
public sealed class FakeClock : IClock
{
    /// <summary>Makes a clock.</summary>
    /// <param name="now">What it shows first.</param>
    public FakeClock(Instant now) => Now = now;

    /// <summary>What it shows.</summary>
    public Instant Now { get; set; }

    /// <inheritdoc />
    public Instant GetCurrentInstant() => Now;

    /// <summary>Moves it forward.</summary>
    /// <param name="by">How far.</param>
    public void Advance(Duration by) => Now += by;
}
