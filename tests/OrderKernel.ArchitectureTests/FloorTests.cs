using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace OrderKernel.ArchitectureTests;

/// <summary>The floors of the kernel: a room uses rooms on lower floors only.</summary>
public class FloorTests
{
    private static readonly Dictionary<string, int> Floors = new(StringComparer.Ordinal)
    {
        ["Findings"] = 1,
        ["Measures"] = 2,
        ["Calendars"] = 3, ["Fields"] = 3, ["Lifecycles"] = 3, ["Journal"] = 3,
        ["Stock"] = 4, ["Access"] = 4,
        ["Rules"] = 5, ["Sourcing"] = 5, ["Pricing"] = 5, ["Credit"] = 5, ["Compliance"] = 5, ["Approvals"] = 5,
        ["Promising"] = 6, ["Scarcity"] = 6,
        ["Orders"] = 7,
        ["Shipments"] = 8, ["Packs"] = 8, ["Storage"] = 8, ["Board"] = 8,
        ["Checks"] = 9,
        ["Desk"] = 10,
    };

    [Fact]
    public void EveryRoom_HasAFloor()
    {
        var rooms = Sources.Kernel.Select(Room).Where(room => room.Length > 0).Distinct();
        Assert.All(rooms, room => Assert.Contains(room, Floors.Keys));
    }

    [Fact]
    public void ARoom_UsesLowerFloorsOnly()
    {
        CSharpCompilation compilation = Sources.CompileKernel();
        Assert.Empty(compilation.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error).Take(3));
        var breaches = new SortedSet<string>(StringComparer.Ordinal);
        foreach (SyntaxTree tree in compilation.SyntaxTrees)
        {
            string room = Room(tree.FilePath);
            SemanticModel model = compilation.GetSemanticModel(tree);
            foreach (SimpleNameSyntax name in tree.GetRoot().DescendantNodes().OfType<SimpleNameSyntax>())
            {
                string used = RoomOf(model.GetSymbolInfo(name).Symbol);
                if (room.Length > 0 && used.Length > 0 && used != room && Floors[used] >= Floors[room])
                {
                    breaches.Add($"{tree.FilePath}: {room} uses {used} ({name})");
                }
            }
        }

        Assert.Empty(breaches);
    }

    [Theory]
    [InlineData("docs/concepts.md")]
    [InlineData("docs/concepts.zh-CN.md")]
    public void ThePageOfConcepts_TellsEveryRoomAndItsFloor(string page)
    {
        var told = Regex.Matches(Sources.Text(page), @"^\| (\d+) \| (.*) \|$", RegexOptions.Multiline).SelectMany(static row =>
            Regex.Matches(row.Groups[2].Value, @"(?:^| · )`(\w+)`").Select(
                room => (room.Groups[1].Value, int.Parse(row.Groups[1].Value))));
        var there = Sources.Kernel.Select(Room).Where(room => room.Length > 0).Distinct().Select(static room => (room, Floors[room]));
        Assert.Equal(there.Order(), told.Order());
    }

    [Fact]
    public void OnlyTheDesk_Waits()
    {
        var waiting = Sources.Kernel.Where(path => Room(path) != "Desk").Where(path => Sources.Parse(path).GetRoot()
            .DescendantTokens().Any(token => token.IsKind(SyntaxKind.AsyncKeyword) || token.IsKind(SyntaxKind.AwaitKeyword)));
        Assert.Empty(waiting);
    }

    private static string Room(string path)
    {
        string[] parts = path.Split('/');
        return parts.Length > 3 ? parts[2] : string.Empty;
    }

    private static string RoomOf(ISymbol? symbol)
    {
        INamespaceSymbol? space = symbol as INamespaceSymbol ?? symbol?.ContainingNamespace;
        string name = space?.ToDisplayString() ?? string.Empty;
        bool ours = name.StartsWith("OrderKernel.", StringComparison.Ordinal);
        return ours ? name.Split('.')[1] : string.Empty;
    }
}
