namespace OrderKernel.Adapters.Dmn.Feel;

internal enum TokenKind
{
    End,
    Word,
    Number,
    Text,
    At,
    Symbol,
}

/// <summary>A piece of source text: where it starts and how long it is.</summary>
internal readonly record struct Span(int Start, int Length)
{
    public int End => Start + Length;
}

/// <summary>One token. Text is the value: a string without quotes and escapes, a word or symbol as written.</summary>
internal readonly record struct Token(TokenKind Kind, string Text, Span At)
{
    public bool Is(string text) => Kind is TokenKind.Word or TokenKind.Symbol && Text == text;
}
