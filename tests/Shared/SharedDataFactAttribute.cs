using System.IO;
using Xunit;

namespace OrderKernel.Tests.Shared;

/// <summary>A test over data that stays outside the repository; skipped, visibly, where it is absent.</summary>
internal sealed class SharedDataFactAttribute : FactAttribute
{
    public SharedDataFactAttribute(string path)
    {
        if (!Path.Exists(Locate(path)))
        {
            Skip = $"../shared/{path} is not here.";
        }
    }

    /// <summary>Where a file or folder of the data is, or would be.</summary>
    public static string Locate(string path) => Repository.Path("..", "shared", path);
}
