using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace OrderKernel.Adapters.Dmn.Feel;

/// <summary>Cuts source text into tokens. Names with blanks are put together later, by the parser that knows the scope.</summary>
internal sealed class Lexer
{
    private static readonly string[] LongSymbols = { "..", "**", "!=", "<=", ">=", "->" };

    private readonly string source;
    private readonly bool strict;
    private readonly List<Token> tokens = new();
    private int at;

    private Lexer(string source, bool strict)
    {
        this.source = source;
        this.strict = strict;
    }

    /// <summary>The tokens, closed by one of kind End.</summary>
    /// <param name="source">FEEL text.</param>
    /// <param name="strict">True to keep full-width punctuation out of names, where the grammar allows it.</param>
    public static List<Token> Read(string source, bool strict)
    {
        var lexer = new Lexer(source, strict);
        while (lexer.SkipBlanks())
        {
            lexer.Next();
        }

        lexer.tokens.Add(new Token(TokenKind.End, string.Empty, new Span(source.Length, 0)));
        return lexer.tokens;
    }

    private bool SkipBlanks()
    {
        while (at < source.Length)
        {
            if (NameRule.IsBlank(source[at]))
            {
                at++;
            }
            else if (Starts("//"))
            {
                int end = source.IndexOf('\n', at);
                at = end < 0 ? source.Length : end + 1;
            }
            else if (Starts("/*"))
            {
                int end = source.IndexOf("*/", at + 2, System.StringComparison.Ordinal);
                at = end < 0 ? throw new SyntaxException(at, 2, "*/") : end + 2;
            }
            else
            {
                return true;
            }
        }

        return false;
    }

    private void Next()
    {
        char c = source[at];
        int from = at;
        if (c == '"')
        {
            Add(TokenKind.Text, ReadText(), from);
        }
        else if (c == '@' && Peek(1) == '"')
        {
            at++;
            Add(TokenKind.At, ReadText(), from);
        }
        else if (IsDigit(c) || (c == '.' && IsDigit(Peek(1)) && !AfterDotted()))
        {
            Add(TokenKind.Number, ReadNumber(), from);
        }
        else if (IsNameStart(c))
        {
            while (at < source.Length && IsNamePart(source[at]))
            {
                at++;
            }

            Add(TokenKind.Word, source.Substring(from, at - from), from);
        }
        else
        {
            string symbol = c.ToString();
            foreach (string candidate in LongSymbols)
            {
                symbol = Starts(candidate) ? candidate : symbol;
            }

            at += symbol.Length;
            Add(TokenKind.Symbol, symbol, from);
        }
    }

    private string ReadNumber()
    {
        int from = at;
        Digits();
        if (at < source.Length && source[at] == '.' && IsDigit(Peek(1)))
        {
            at++;
            Digits();
        }

        int exponent = Peek(0) is 'e' or 'E' ? Peek(1) is '+' or '-' ? 2 : 1 : 0;
        if (exponent > 0 && IsDigit(Peek(exponent)))
        {
            at += exponent;
            Digits();
        }

        return source.Substring(from, at - from);
    }

    private string ReadText()
    {
        int open = at++;
        var text = new StringBuilder();
        while (at < source.Length && source[at] != '"')
        {
            if (source[at] != '\\')
            {
                text.Append(source[at++]);
                continue;
            }

            int skip = Escape(text);
            at += skip;
        }

        if (at >= source.Length)
        {
            throw new SyntaxException(open, source.Length - open, "\"");
        }

        at++;
        string read = text.ToString();
        return Functions.TextFunctions.IsWhole(read) ? read : throw new SyntaxException(open, at - open, "character");
    }

    private int Escape(StringBuilder text)
    {
        char c = Peek(1);
        string? plain = c switch { 'n' => "\n", 'r' => "\r", 't' => "\t", '"' => "\"", '\'' => "'", '\\' => "\\", _ => null };
        if (plain is not null)
        {
            text.Append(plain);
            return 2;
        }

        int digits = c == 'u' ? 4 : c == 'U' ? 6 : 0;
        if (digits > 0 && at + 2 + digits <= source.Length
            && int.TryParse(source.Substring(at + 2, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture,
                out int code)
            && code <= 0x10FFFF)
        {
            text.Append(code is >= 0xD800 and <= 0xDFFF ? ((char)code).ToString()
                : char.ConvertFromUtf32(code));
            return 2 + digits;
        }

        // A backslash that starts no escape stands for itself, as regular expressions in models rely on.
        text.Append('\\');
        return 1;
    }

    private bool AfterDotted() =>
        tokens.Count > 0 && tokens[tokens.Count - 1] is { At: var last, Text: "." or "..", Kind: TokenKind.Symbol }
            && last.End == at
        && last.Length == 1;

    private bool IsNameStart(char c) => NameRule.IsStart(c) && !(strict && NameRule.IsFullWidth(c));

    private bool IsNamePart(char c) => NameRule.IsPart(c) && !(strict && NameRule.IsFullWidth(c));

    private void Digits()
    {
        while (at < source.Length && IsDigit(source[at]))
        {
            at++;
        }
    }

    private char Peek(int ahead) => at + ahead < source.Length ? source[at + ahead] : '\0';

    private bool Starts(string text) => string.CompareOrdinal(source, at, text, 0, text.Length) == 0;

    private static bool IsDigit(char c) => c is >= '0' and <= '9';

    private void Add(TokenKind kind, string text, int from) => tokens.Add(new Token(kind, text, new Span(from, at - from)));
}
