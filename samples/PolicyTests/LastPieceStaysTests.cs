using Xunit;
using Xunit.Abstractions;

namespace PolicyTests;

public class LastPieceStaysTests(ITestOutputHelper output)
{
    [Fact]
    public void OurPolicy_KeepsTheLaw() => HoldLaw.Check(LastPieceStays.Hold);

    [Fact]
    public void TheBrokenPolicy_IsCaught_WithTheSmallestCaseThatShowsIt()
    {
        Exception broken = Assert.ThrowsAny<Exception>(() => HoldLaw.Check(LastPieceStays.HoldLineByLine));
        output.WriteLine(broken.Message);

        // For instance "lines want 2, 2; free are 3": one piece stays, both lines got the other two.
        Assert.Contains("a cell gave more than it has", broken.Message, StringComparison.Ordinal);
        string shrunk = broken.Message[broken.Message.IndexOf("Shrunk", StringComparison.Ordinal)..];
        Assert.Matches("lines want [1-3](, [1-3]){1,4}; free are [1-4]", shrunk);
    }
}
