using System.Collections.Immutable;
using System.Threading.Tasks;
using OrderKernel.Desk;
using OrderKernel.Packs;
using Xunit;

namespace OrderKernel.Definitions.Tests.Packs;

/// <summary>What is stored with a command can be read again, or the command is malformed and not stored.</summary>
public class StoredTextTests
{
    private const string Field = """{"code":"share","en":"Share","zh":"份额","of":"order","type":"text","sensitivity":"internal"}""";

    [Theory]
    [InlineData("")]
    [InlineData("{0},{1}")]
    [InlineData("{0},")]
    [InlineData("{0} // the share")]
    [InlineData("/* the share */ {0}")]
    public async Task AField_ThatIsNotOneValue_IsMalformed(string form)
    {
        var tenant = new Tenant();
        string text = form.Replace("{0}", Field, System.StringComparison.Ordinal)
            .Replace("{1}", Field.Replace("share", "other", System.StringComparison.Ordinal), System.StringComparison.Ordinal);
        DeskResult result = await tenant.SubmitAsync("lead", new AddField(text, [], []));
        Assert.Equal(DeskStatus.Malformed, result.Status);
        await tenant.AcceptAsync("lead", new AddField(Field, [], []));
        Assert.NotEmpty((await tenant.Desk.AuditAsync(new AuditQuery())).Entries);
        Assert.Empty((await tenant.Desk.ReplayAsync()).Differing);
    }

    [Fact]
    public async Task TextsThatCannotBeStored_AreMalformed()
    {
        var tenant = new Tenant();
        string half = new('\ud800', 1);
        Assert.Equal(DeskStatus.Malformed, (await tenant.SubmitAsync("lead", new AddField(Field, [half], []))).Status);
        Assert.Equal(DeskStatus.Malformed, (await tenant.SubmitAsync("lead", new AddField(Field, [], [" "]))).Status);
        Assert.Equal(DeskStatus.Malformed, (await tenant.SubmitAsync("lead", new ExportOrders(["order", half], "audit"))).Status);
        Assert.Equal(DeskStatus.Malformed, (await tenant.SubmitAsync("lead", new ExportOrders([string.Empty], "audit"))).Status);
    }
}
