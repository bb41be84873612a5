using System.Diagnostics;
using System.IO;
using Xunit;

namespace OrderKernel.Sql.Tests;

/// <summary>A test that reads system calls; skipped, visibly, where strace is not installed or may not trace.</summary>
internal sealed class StraceFactAttribute : FactAttribute
{
    private const string Strace = "/usr/bin/strace";

    public StraceFactAttribute() =>
        Skip = !File.Exists(Strace) ? "strace is not installed." : MayTrace() ? null : "strace may not trace processes here.";

    private static bool MayTrace()
    {
        using Process probe = Process.Start(CrashWriter.Command(Strace, "-o", "/dev/null", "true"))!;
        probe.StandardError.ReadToEnd();
        probe.WaitForExit();
        return probe.ExitCode == 0;
    }
}
