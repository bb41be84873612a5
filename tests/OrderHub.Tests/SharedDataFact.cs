using System;
using System.IO;
using Xunit;

namespace OrderHub.Tests;

/// <summary>A test on the data sets beside the repository; skipped visibly where they are absent.</summary>
public sealed class SharedDataFactAttribute : FactAttribute
{
    /// <summary>Skips the test when the folder is missing.</summary>
    /// <param name="folder">The folder below the data folder.</param>
    public SharedDataFactAttribute(string folder)
    {
        if (!Directory.Exists(SharedData.Folder(folder)))
        {
            Skip = $"The data set '{folder}' is not here; see ../shared/data beside the repository.";
        }
    }
}

/// <summary>Finds the data sets: the folder <c>shared/data</c> beside the repository.</summary>
internal static class SharedData
{
    public static string Folder(string name)
    {
        DirectoryInfo? at = new(AppContext.BaseDirectory);
        while (at is not null && !File.Exists(Path.Combine(at.FullName, "Directory.Packages.props")))
        {
            at = at.Parent;
        }

        return Path.Combine(at?.Parent?.FullName ?? string.Empty, "shared", "data", name);
    }
}
