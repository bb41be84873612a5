using System;
using OrderKernel.Findings;

namespace OrderKernel.Adapters.Dmn.Feel;

/// <summary>Stops the reading of one expression; the reader's caller turns it into a finding. Never leaves the package.</summary>
internal sealed class SyntaxException : Exception
{
    public SyntaxException(int start, int length, string expected)
        : base("expected " + expected)
    {
        At = new Span(start, length);
        Expected = expected;
    }

    public SyntaxException(Span at, FindingKind kind, params string[] facts)
        : base(kind.Code)
    {
        At = at;
        Kind = kind;
        Facts = facts;
        Expected = string.Empty;
    }

    public Span At { get; }

    public string Expected { get; }

    public FindingKind? Kind { get; }

    public string[] Facts { get; } = Array.Empty<string>();
}
