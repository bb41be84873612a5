using System;
using System.IO;
using Xunit;

namespace OrderKernel.Dmn.Tests;

/// <summary>Where this repository and the data beside it lie.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    public static string Kit { get; } = Path.GetFullPath(Path.Combine(Root, "..", "shared", "tck"));

    public static string Tables { get; } = Path.Combine(Root, "samples", "rules");

    private static string Find()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Directory.Packages.props")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("The tests run outside of the repository.");
    }
}

/// <summary>A test that needs the conformance kit beside the repository; skipped, visibly, where it is absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class KitFactAttribute : FactAttribute
{
    public KitFactAttribute()
    {
        if (!Directory.Exists(Repository.Kit))
        {
            Skip = "The conformance kit is not at ../shared/tck.";
        }
    }
}
