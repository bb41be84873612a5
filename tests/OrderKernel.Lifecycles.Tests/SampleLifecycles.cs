using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using OrderKernel.Lifecycles;
using OrderKernel.Tests.Shared;

namespace OrderKernel.Lifecycles.Tests;

/// <summary>The lifecycles that are shipped with the samples.</summary>
internal static class SampleLifecycles
{
    public static readonly ImmutableArray<string> Files = Directory
        .EnumerateFiles(Repository.Path("samples", "packs", "lifecycles"), "*.json").OrderBy(file => file,
            System.StringComparer.Ordinal)
        .ToImmutableArray();

    public static string Text(string id) => File.ReadAllText(Repository.Path("samples", "packs", "lifecycles", id.Replace('_',
        '-') + ".json"));

    public static LifecycleDefinition Definition(string id) => LifecycleDefinition.Read(Text(id)).Definition!;

    public static IEnumerable<LifecycleDefinition> All => Files.Select(file =>
        LifecycleDefinition.Read(File.ReadAllText(file)).Definition!);
}
