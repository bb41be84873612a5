using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using OrderKernel.Tests.Shared;

namespace OrderKernel.ArchitectureTests;

/// <summary>The C# files of the repository, parsed.</summary>
internal static class Sources
{
    private static readonly string[] Roots = { "src", "tests", "samples", "bench", "eng" };
    private static readonly CSharpParseOptions Options = CSharpParseOptions.Default
        .WithLanguageVersion(LanguageVersion.Preview).WithPreprocessorSymbols("NET", "NET10_0_OR_GREATER");

    public static ImmutableArray<string> Files { get; } = Roots
        .Select(root => Repository.Path(root)).Where(Directory.Exists)
        .SelectMany(root => Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories))
        .Select(path => Path.GetRelativePath(Repository.Root, path).Replace('\\', '/'))
        .Where(path => !path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("/bin/", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal).ToImmutableArray();

    public static ImmutableArray<string> Kernel { get; } =
        Files.Where(path => path.StartsWith("src/OrderKernel/", StringComparison.Ordinal)).ToImmutableArray();

    public static string Text(string path) => File.ReadAllText(Repository.Path(path));

    public static SyntaxTree Parse(string path) => CSharpSyntaxTree.ParseText(Text(path), Options, path);

    /// <summary>The kernel, compiled with names resolved.</summary>
    public static CSharpCompilation CompileKernel()
    {
        string platform = (string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!;
        IEnumerable<MetadataReference> references = platform.Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path) != "OrderKernel.dll")
            .Select(path => MetadataReference.CreateFromFile(path));
        return CSharpCompilation.Create(
            "OrderKernel", Kernel.Select(Parse), references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
    }
}
