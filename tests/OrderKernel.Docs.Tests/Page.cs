using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using OrderKernel.Tests.Shared;

namespace OrderKernel.Docs.Tests;

/// <summary>A page a reader sees, and the examples in it.</summary>
internal sealed record Page(string Name)
{
    private static readonly Regex Fence = new(
        "^```(?<language>[a-z]*)\n(?<text>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline);

    /// <summary>Every page: the readmes, the documents, and what lies in the packages. Records of decisions are history
    /// and left out.</summary>
    public static IEnumerable<string> All => Directory.EnumerateFiles(Repository.Root, "README*.md")
        .Concat(Directory.EnumerateFiles(Repository.Path("docs"), "*.md"))
        .Concat(Directory.EnumerateFiles(Repository.Path("src"), "README*.md", SearchOption.AllDirectories))
        .Select(file => Path.GetRelativePath(Repository.Root, file).Replace('\\', '/')).Order(StringComparer.Ordinal);

    public string Text => File.ReadAllText(Repository.Path(Name)).ReplaceLineEndings("\n");

    /// <summary>The examples in one language, each with the line it starts on.</summary>
    public IEnumerable<(int Line, string Text)> Examples(string language)
    {
        string text = Text;
        return Fence.Matches(text).Where(match => match.Groups["language"].Value == language)
            .Select(match => (text[..match.Groups["text"].Index].Count(c => c == '\n') + 1, match.Groups["text"].Value));
    }
}
