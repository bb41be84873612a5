using System;
using System.IO;
using Xunit;

namespace OrderKernel.Sourcing.Tests;

/// <summary>The data sets beside the repository, when they are there.</summary>
internal static class SharedData
{
    public static string? Folder { get; } = Find();

    public static string PathOf(params string[] parts) => Path.Combine([Folder!, .. parts]);

    private static string? Find()
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "Directory.Packages.props")))
            {
                string data = Path.Combine(at.FullName, "..", "shared", "data");
                return Directory.Exists(data) ? data : null;
            }
        }

        return null;
    }
}

/// <summary>A fact that needs a data set; skipped, and said so, where it is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SharedDataFactAttribute : FactAttribute
{
    public SharedDataFactAttribute() => Skip = SharedData.Folder is null ? "The shared data folder is not beside the repository." : null;
}

/// <summary>A theory that needs a data set; skipped, and said so, where it is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SharedDataTheoryAttribute : TheoryAttribute
{
    public SharedDataTheoryAttribute() => Skip = SharedData.Folder is null ? "The shared data folder is not beside the repository." : null;
}
