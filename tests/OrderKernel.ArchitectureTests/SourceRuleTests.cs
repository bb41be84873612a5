using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using OrderKernel.Tests.Shared;
using Xunit;

namespace OrderKernel.ArchitectureTests;

/// <summary>House rules that a compiler does not hold.</summary>
public class SourceRuleTests
{
    private const int MaxLines = 400;
    private const int MaxFunctionLines = 70;
    private const int MaxColumns = 140;

    [Fact]
    public void Files_StayWithinTheirLimits()
    {
        var oversized = Sources.Files.Select(path => (path, lines: Sources.Text(path).Split('\n').Length - 1))
            .Where(file => file.lines > MaxLines).Select(file => $"{file.path}: {file.lines} lines");
        Assert.Empty(oversized);
    }

    [Fact]
    public void Lines_StayWithinTheirColumns()
    {
        var wide = Sources.Files.SelectMany(path => Sources.Text(path).Split('\n')
            .Select((line, i) => (path, number: i + 1, line.TrimEnd('\r').Length)))
            .Where(line => line.Length > MaxColumns).Select(line => $"{line.path}:{line.number} has {line.Length} columns");
        Assert.Empty(wide);
    }

    [Fact]
    public void Functions_StayWithinTheirLimits()
    {
        var findings = new List<string>();
        foreach (string path in Sources.Files)
        {
            foreach (SyntaxNode node in Sources.Parse(path).GetRoot().DescendantNodes())
            {
                if (node is BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax or AccessorDeclarationSyntax)
                {
                    FileLinePositionSpan span = node.SyntaxTree.GetLineSpan(node.Span);
                    int lines = span.EndLinePosition.Line - span.StartLinePosition.Line + 1;
                    if (lines > MaxFunctionLines)
                    {
                        findings.Add($"{path}:{span.StartLinePosition.Line + 1} has {lines} lines");
                    }
                }
            }
        }

        Assert.Empty(findings);
    }

    // A room is a namespace; the folders inside it are chapters and make none.
    [Fact]
    public void Namespaces_EqualRooms()
    {
        var findings = new List<string>();
        foreach (string path in Sources.Kernel.Where(path => path.Split('/').Length > 3))
        {
            string expected = "OrderKernel." + path.Split('/')[2];
            string? found = Sources.Parse(path).GetRoot().DescendantNodes().OfType<BaseNamespaceDeclarationSyntax>()
                .FirstOrDefault()?.Name.ToString();
            if (found != expected)
            {
                findings.Add($"{path}: {found}");
            }
        }

        Assert.Empty(findings);
    }

    [Fact]
    public void NoFolderOrType_IsNamedAfterNothing()
    {
        string[] empty = { "Common", "Helper", "Helpers", "Util", "Utils", "Utilities", "Manager", "Interfaces" };
        var findings = Sources.Files.Where(path => path.Split('/', '.').Any(part =>
            empty.Contains(part, StringComparer.Ordinal) || part.EndsWith("Helper", StringComparison.Ordinal)
            || part.EndsWith("Manager", StringComparison.Ordinal)));
        Assert.Empty(findings);
    }

    [Fact]
    public void Desk_HasNoClockRandomOrFiles()
    {
        // The analyzer is relaxed in this room for the sake of Task; everything else on its list still holds.
        var banned = File.ReadAllLines(Repository.Path("eng", "BannedSymbols.txt"))
            .Select(line => line.Split(';')[0]).Where(line => !line.Contains("Threading.Tasks", StringComparison.Ordinal))
            .Select(symbol => symbol.StartsWith("T:", StringComparison.Ordinal)
                ? symbol.Split('.')[^1]
                : string.Join('.', symbol.Split('.')[^2..]))
            .Where(name => name is not "Object.GetHashCode" and not "Double" and not "Single" and not "Timer").ToArray();
        Assert.Contains("DateTime.Now", banned);
        var findings = Sources.Kernel.Where(path => path.StartsWith("src/OrderKernel/Desk/", StringComparison.Ordinal))
            .SelectMany(path => banned.Where(name => Regex.IsMatch(Sources.Text(path), $@"\b{Regex.Escape(name)}\b"))
                .Select(name => $"{path}: {name}"));
        Assert.Empty(findings);
    }

    [Fact]
    public void Kernel_NeverNamesFloatingPoint()
    {
        var findings = Sources.Kernel.Where(path => Sources.Parse(path).GetRoot().DescendantTokens()
            .Any(token => token.IsKind(SyntaxKind.DoubleKeyword) || token.IsKind(SyntaxKind.FloatKeyword)));
        Assert.Empty(findings);
    }
}
