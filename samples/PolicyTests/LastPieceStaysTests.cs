using OrderKernel.Testing;
using Xunit;
using Xunit.Abstractions;

namespace PolicyTests;

public class LastPieceStaysTests(ITestOutputHelper output)
{
    [Fact]
    public void OurPolicy_KeepsTheLaws() => PolicyLaws.CheckHolding(LastPieceStays.Hold);

    [Fact]
    public void TheBrokenPolicy_IsCaught_WithTheSmallestCaseThatShowsIt()
    {
        var broken = Assert.Throws<LawBrokenException>(() => PolicyLaws.CheckHolding(LastPieceStays.HoldLineByLine));
        output.WriteLine(broken.Message);

        // For instance 3 free and two lines that want 2 each: one piece stays, both lines got the other two. Or 2 free and three lines
        // that want 1 each.
        Assert.Contains("Never more than free", broken.Message, StringComparison.Ordinal);
        Assert.Matches(@"Shrunk:\s+stock: \S+=[2-4]; wanted: line [1-4] [1-3] (sku-[12])(, line [1-4] [1-3] \1){1,2}\s", broken.Message);
    }
}
