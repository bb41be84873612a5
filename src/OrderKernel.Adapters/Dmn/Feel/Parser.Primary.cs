using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using OrderKernel.Adapters.Dmn.Functions;
using OrderKernel.Adapters.Dmn.Temporal;
using OrderKernel.Adapters.Dmn.Values;

namespace OrderKernel.Adapters.Dmn.Feel;

internal sealed partial class Parser
{
    private Node Primary()
    {
        Token token = Now;
        switch (token.Kind)
        {
            case TokenKind.Number:
                at++;
                return Literal(Number(token), token);
            case TokenKind.Text:
                at++;
                return Literal(FeelValue.Of(token.Text), token);
            case TokenKind.At:
                at++;
                FeelValue temporal = TemporalText.Any(token.Text);
                return !temporal.IsNull ? Literal(temporal, token)
                    : strict ? throw new SyntaxException(token.At, DmnFindings.NotTemporal, token.Text)
                    : Literal(temporal, token);
            case TokenKind.Word:
                return Word();
            case TokenKind.Symbol:
                return Symbol(token);
            default:
                throw Expected("expression");
        }
    }

    private Node Symbol(Token token)
    {
        if (token.Text == "?")
        {
            return Input();
        }

        if (Comparator(token) is not null)
        {
            return OneSided();
        }

        return token.Text switch
        {
            "{" => Context(),
            "[" or "]" or "(" => Bracketed(),
            _ => Name() ?? throw Expected("expression"),
        };
    }

    private Node Word()
    {
        int count = scope.Longest(tokens, at).Count;
        Token token = Now;
        if (count <= 1)
        {
            switch (token.Text)
            {
                case "true" or "false":
                    at++;
                    return Literal(BooleanValue.Of(token.Text == "true"), token);
                case "null":
                    at++;
                    return Literal(FeelValue.Null, token);
                case "function" when tokens[at + 1].Is("("):
                    return Function();
                case "if" or "for" or "some" or "every" when count == 0:
                    return Expression();
            }
        }

        return Name() ?? throw Expected("expression");
    }

    private Node? Name()
    {
        int from = at;
        (string name, int count) = scope.Longest(tokens, at);
        if (count == 0)
        {
            if (Now.Kind != TokenKind.Word || IsReserved(Now.Text))
            {
                return null;
            }

            name = Now.Text;
            count = 1;
        }

        at += count;
        (int depth, int slot) = scope.Find(name);
        if (depth < 0 && BuiltIns.Find(name) is FunctionValue builtIn
            && !(scope.InItem && scope.Members.Contains(name) && !Now.Is("(")))
        {
            return new LiteralNode(builtIn) { At = Since(from), Source = source };
        }

        return new NameNode(name, depth, slot, scope.InItem) { At = Since(from), Source = source };
    }

    private static bool IsReserved(string word) =>
        word is "and" or "or" or "then" or "else" or "return" or "satisfies" or "between" or "in" or "instance" or "of";

    private NameNode Input()
    {
        int from = at++;
        (int depth, int slot) = scope.Find("?");
        if (depth < 0)
        {
            at = from;
            throw Expected("expression");
        }

        usesInput = true;
        return new NameNode("?", depth, slot, inItem: false) { At = Since(from), Source = source };
    }

    private static FeelValue Number(Token token)
    {
        if (decimal.TryParse(token.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number))
        {
            return FeelValue.Of(number);
        }

        throw new SyntaxException(token.At, DmnFindings.NumberTooLarge, token.Text);
    }

    private LiteralNode Literal(FeelValue value, Token token) => new(value) { At = token.At, Source = source };

    /// <summary><c>&lt; 10</c> and its kin: a range that has one end, and <c>= 10</c>, <c>!= 10</c>.</summary>
    private RangeNode OneSided()
    {
        int from = at;
        Operator sign = Comparator(tokens[at++])!.Value;
        Node end = Sum();
        RangeNode range = sign switch
        {
            Operator.Less => new RangeNode(null, false, end, false, false) { At = Since(from), Source = source },
            Operator.LessOrEqual => new RangeNode(null, false, end, true, false) { At = Since(from), Source = source },
            Operator.Greater => new RangeNode(end, false, null, false, false) { At = Since(from), Source = source },
            Operator.GreaterOrEqual => new RangeNode(end, true, null, false, false) { At = Since(from), Source = source },
            Operator.Equal => new RangeNode(end, true, end, true, false) { At = Since(from), Source = source },
            _ => new RangeNode(end, true, end, true, true) { At = Since(from), Source = source },
        };
        return range;
    }


    /// <summary>A list, a range or an expression in parentheses.</summary>
    private Node Bracketed()
    {
        int from = at;
        string open = tokens[at++].Text;
        if (open == "[" && Accept("]"))
        {
            return new ListNode(ImmutableArray<Node>.Empty) { At = Since(from), Source = source };
        }

        Node first = Apart();
        if (Accept(".."))
        {
            Node high = Apart(inRange: true);
            if (!(Now.Is("]") || Now.Is(")") || Now.Is("[")))
            {
                throw Expected("]");
            }

            bool highIncluded = tokens[at++].Text == "]";
            return new RangeNode(first, open == "[", high, highIncluded, false) { At = Since(from), Source = source };
        }

        if (open == "(")
        {
            Expect(")");
            return first;
        }

        if (open == "]")
        {
            throw Expected("..");
        }

        var items = ImmutableArray.CreateBuilder<Node>();
        items.Add(first);
        while (Accept(","))
        {
            items.Add(Apart());
        }

        Expect("]");
        return new ListNode(items.ToImmutable()) { At = Since(from), Source = source };
    }

    private ContextNode Context()
    {
        int from = at;
        Expect("{");
        Scope outer = scope;
        scope = scope.Inner();
        var entries = ImmutableArray.CreateBuilder<Entry>();
        var names = new HashSet<string>(System.StringComparer.Ordinal);
        while (!Now.Is("}"))
        {
            string name = Now.Kind == TokenKind.Text ? tokens[at++].Text : NameBefore(":", "{", "}", ",");
            if (!names.Add(name))
            {
                throw new SyntaxException(tokens[at - 1].At, DmnFindings.DuplicateEntry, name);
            }

            Expect(":");
            Node value = Apart();
            entries.Add(new Entry(name, value, FeelType.Any));
            scope.Add(name);
            scope.Members.Add(name);
            if (!Accept(","))
            {
                break;
            }
        }

        Expect("}");
        scope = outer;
        return new ContextNode(entries.ToImmutable(), null) { At = Since(from), Source = source };
    }

    private FunctionNode Function()
    {
        int from = at;
        Expect("function");
        Expect("(");
        var parameters = ImmutableArray.CreateBuilder<Parameter>();
        Scope outer = scope;
        scope = scope.Inner();
        while (!Now.Is(")"))
        {
            string name = NameBefore(":", ",", ")");
            FeelType type = Accept(":") ? Type() ?? throw Expected("type") : FeelType.Any;
            parameters.Add(new Parameter(name, type));
            scope.Add(name);
            if (!Accept(","))
            {
                break;
            }
        }

        Expect(")");
        Node? body = null;
        if (Now.Is("external") && tokens[at + 1].Is("{"))
        {
            at++;
            Context();
        }
        else
        {
            body = Expression();
        }

        scope = outer;
        return new FunctionNode(parameters.ToImmutable(), body, FeelType.Any) { At = Since(from), Source = source };
    }
}
