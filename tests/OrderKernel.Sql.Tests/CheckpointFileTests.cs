using System;
using System.CommandLine;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using NodaTime;
using OrderKernel.Adapters.Sql;
using OrderKernel.Cli;
using OrderKernel.Desk;
using OrderKernel.Findings;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Testing;
using Xunit;

namespace OrderKernel.Sql.Tests;

/// <summary>Files that <c>orderkernel db heads</c> wrote and others that are taken for one: each says one clear thing.</summary>
public sealed class CheckpointFileTests : IDisposable
{
    private static readonly Instant Start = Instant.FromUtc(2026, 11, 2, 8, 0);
    private readonly TemporaryDatabase database = new();
    private readonly string heads;
    private readonly string key;

    public CheckpointFileTests()
    {
        (heads, key) = (database.Path + ".heads", database.Path + ".key");
        File.WriteAllBytes(key, [.. Enumerable.Range(1, 32).Select(static i => (byte)i)]);
        using SqliteStore store = database.Open(SqliteDurability.UnsafeNormal);
        foreach (string tenant in new[] { "main", "other" })
        {
            var desk = new OrderDesk(store, new FakeClock(Start), new DeskOptions { Tenant = new TenantId(tenant) });
            var capture = new CaptureOrder(
                new OrderId("A-1"), new PartnerId("C-1"), Start, [new NewLine(1, new Sku("S"), new Quantity(2))]);
            var submission = new Submission(CommandId.FromName("heads " + tenant), new Actor("clerk", "web"), capture);
            Assert.True(desk.SubmitAsync(submission).GetAwaiter().GetResult().IsAccepted);
        }
    }

    public void Dispose() => database.Dispose();

    [Fact]
    public void File_AsItWasWritten_IsTaken_WithItsSignatureOrANoteOnIt()
    {
        Assert.Equal(0, Heads("--key", key).Code);
        (int code, string said) = Against("--key", key);
        Assert.Equal(0, code);
        Assert.StartsWith("ok The past is the one of the checkpoint of ", said, StringComparison.Ordinal);
        (code, said) = Against();
        Assert.Equal(0, code);
        Assert.StartsWith("db.signature_not_checked ", said, StringComparison.Ordinal);

        // A text editor may change the ends of its lines, and nothing else.
        File.WriteAllText(heads, File.ReadAllText(heads).Replace("\n", "\r\n", StringComparison.Ordinal), Encoding.Unicode);
        Assert.Equal(0, Against("--key", key).Code);
    }

    [Theory]
    [InlineData("", "checkpoint.unreadable")]
    [InlineData("[]", "checkpoint.unreadable")]
    [InlineData("some notes of somebody", "checkpoint.unreadable")]
    [InlineData("{\"checkpoint\":1}", "checkpoint.altered")]
    public void File_ThatIsNone_IsRefused(string text, string code)
    {
        File.WriteAllText(heads, text);
        Refuses(code, Against());
        Refuses(code, Against("--key", key));
    }

    [Fact]
    public void File_EditedCutOffOrWrittenAnew_IsRefused()
    {
        Assert.Equal(0, Heads("--key", key).Code);
        string whole = File.ReadAllText(heads);
        string edited = whole.Replace("A-1", "A-7", StringComparison.Ordinal);
        Assert.NotEqual(whole, edited);
        foreach (string text in new[] { edited, whole[..(whole.Length / 3)], whole[..whole.IndexOf('\n', StringComparison.Ordinal)] })
        {
            File.WriteAllText(heads, text);
            Refuses("checkpoint.altered", Against("--key", key));
            Refuses("checkpoint.altered", Against());
        }

        // Who edits it and makes its hash anew cannot make the signature.
        string[] lines = whole.Split('\n');
        string forged = lines[0].Replace("A-1", "A-7", StringComparison.Ordinal);
        File.WriteAllText(
            heads,
            forged + "\n" + lines[1].Replace(ContentHash.Of(lines[0]), ContentHash.Of(forged), StringComparison.Ordinal) + "\n");
        Refuses("checkpoint.forged", Against("--key", key));
        Assert.Contains("checkpoint.past_differs order/A-7 ", Against().Said, StringComparison.Ordinal);

        // Nor is one without a signature taken for one with it, or of a later form for one of this.
        File.WriteAllText(heads, lines[0] + "\n{\"sha256\":\"" + ContentHash.Of(lines[0]) + "\"}\n");
        Refuses("checkpoint.forged", Against("--key", key));
        string later = lines[0].Replace("\"checkpoint\":1", "\"checkpoint\":2", StringComparison.Ordinal);
        File.WriteAllText(heads, later + "\n{\"sha256\":\"" + ContentHash.Of(later) + "\"}\n");
        Refuses("checkpoint.unreadable", Against());
    }

    [Fact]
    public void File_OfAnotherTenantMissingOrAFolder_IsRefused()
    {
        Refuses("db.file_missing", Against());
        Assert.Equal(0, Heads("--tenant", "other").Code);
        (int code, string said) = Against();
        Refuses("checkpoint.of_another", (code, said));
        Assert.Contains("tenant other, not of main", said, StringComparison.Ordinal);
        Refuses("db.file_unusable", Run("audit", "--sqlite", database.Path, "--against", Path.GetDirectoryName(heads)!));
    }

    [Fact]
    public void Heads_AreNeverWrittenOverOthers_NorSignedWithATooShortKey()
    {
        Assert.Equal(0, Heads().Code);
        string before = File.ReadAllText(heads);
        Refuses("db.file_exists", Heads());
        Assert.Equal(before, File.ReadAllText(heads));
        File.Delete(heads);
        File.WriteAllText(key, "secret");
        Refuses("db.key_too_short", Heads("--key", key));
        Refuses("db.file_missing", Heads("--key", key + "2"));
        Refuses("db.file_unusable", Run("heads", "--sqlite", database.Path, "--out", Path.Combine(heads, "deeper")));
        Assert.False(File.Exists(heads));
    }

    [Fact]
    public async Task Database_WhoseSealsCannotBeRead_SaysSo()
    {
        Assert.Equal(0, Heads().Code);
        TamperTests.Forge(database.Path, "UPDATE om_seal SET commands = 'nothing that one reads'");
        (int code, string said) = Against();
        Assert.Equal(1, code);
        Assert.Contains("history.unreadable ", said, StringComparison.Ordinal);
        File.Delete(heads);
        Refuses("db.unsafe", Heads());
        using SqliteStore store = database.Open(SqliteDurability.UnsafeNormal);
        var desk = new OrderDesk(store, new FakeClock(Start));
        Assert.False((await Assert.ThrowsAsync<OrderKernelException>(() => desk.TakeCheckpointAsync())).IsTransient);
    }

    private static void Refuses(string finding, (int Code, string Said) answer)
    {
        Assert.Equal(1, answer.Code);
        Assert.StartsWith(finding + " ", Assert.Single(answer.Said.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    private (int Code, string Said) Heads(params string[] more) =>
        Run(["heads", "--sqlite", database.Path, "--out", heads, .. more]);

    private (int Code, string Said) Against(params string[] more) =>
        Run(["audit", "--sqlite", database.Path, "--against", heads, .. more]);

    private static (int Code, string Said) Run(params string[] arguments)
    {
        using var output = new StringWriter();
        int code = DbCommand.Build().Parse(arguments).Invoke(new InvocationConfiguration { Output = output, Error = output });
        return (code, output.ToString());
    }
}
