using System.IO;
using Xunit;

namespace OrderKernel.Sql.Tests;

/// <summary>A test that reads system calls; skipped, visibly, where strace is not installed.</summary>
internal sealed class StraceFactAttribute : FactAttribute
{
    public StraceFactAttribute()
    {
        if (!File.Exists("/usr/bin/strace"))
        {
            Skip = "strace is not installed.";
        }
    }
}
