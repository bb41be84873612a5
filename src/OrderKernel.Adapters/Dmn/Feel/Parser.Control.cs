using System.Collections.Immutable;
using OrderKernel.Adapters.Dmn.Values;

namespace OrderKernel.Adapters.Dmn.Feel;

internal sealed partial class Parser
{
    private IfNode If()
    {
        int from = at;
        Expect("if");
        Node condition = Expression();
        Expect("then");
        Node then = Expression();
        Expect("else");
        Node otherwise = Expression();
        return new IfNode(condition, then, otherwise) { At = Since(from), Source = source };
    }

    private LoopNode Loop(Loop kind)
    {
        int from = at++;
        string end = kind == Feel.Loop.For ? "return" : "satisfies";
        Scope outer = scope;
        var iterators = ImmutableArray.CreateBuilder<Iterator>();
        do
        {
            string name = NameBefore("in");
            Expect("in");
            Node list = Expression();
            Node? to = Accept("..") ? Expression() : null;
            iterators.Add(new Iterator(name, list, to));
            scope = scope.Inner(name);
        }
        while (Accept(","));

        Expect(end);
        if (kind == Feel.Loop.For)
        {
            scope = scope.Inner("partial");
        }

        Node body = Expression();
        scope = outer;
        bool usesPartial = kind == Feel.Loop.For && body.Text.IndexOf("partial", System.StringComparison.Ordinal) >= 0;
        return new LoopNode(kind, iterators.ToImmutable(), body, usesPartial) { At = Since(from), Source = source };
    }

    /// <summary>What follows <c>in</c>: one test, or several in parentheses.</summary>
    private TestsNode In(Node value, int from)
    {
        var tests = ImmutableArray.CreateBuilder<TestNode>();
        if (Now.Is("(") && !IsRangeAhead() && !IsSumAhead())
        {
            at++;
            tests.Add(Test());
            while (Accept(","))
            {
                tests.Add(Test());
            }

            Expect(")");
        }
        else
        {
            tests.Add(Plain(Now.Kind == TokenKind.Symbol && Comparator(Now) is not null ? OneSided() : Sum()));
        }

        return new TestsNode(value, tests.ToImmutable(), negated: false, isCell: false) { At = Since(from), Source = source };
    }

    /// <summary>Whether the parentheses at hand are only the start of an expression, such as <c>(a + b) * 2</c>. Told without reading
    /// them: what lies in them would be read twice, and what lies in that four times.</summary>
    private bool IsSumAhead()
    {
        int level = 0;
        for (int i = at; i < tokens.Count; i++)
        {
            string text = tokens[i].Kind == TokenKind.Symbol ? tokens[i].Text : string.Empty;
            level += text is "(" or "[" or "{" ? 1 : text is ")" or "]" or "}" ? -1 : 0;
            if (level == 1 && text == ",")
            {
                return false;
            }

            if (level == 0)
            {
                return tokens[i + 1].Kind != TokenKind.End && !IsAfterTest(tokens[i + 1]);
            }
        }

        return false;
    }

    private static bool IsAfterTest(Token token) =>
        token.Text is ")" or "]" or "}" or "," or "then" or "else" or "and" or "or" or "return" or "satisfies" or ".." or "="
            or "!="
            or "in" or "between" or ":";

    /// <summary>Whether the parenthesis at hand is an open start of a range, as in <c>(1..5]</c>.</summary>
    private bool IsRangeAhead()
    {
        int level = 0;
        for (int i = at; i < tokens.Count; i++)
        {
            string text = tokens[i].Kind == TokenKind.Symbol ? tokens[i].Text : string.Empty;
            level += text is "(" or "[" or "{" ? 1 : text is ")" or "]" or "}" ? -1 : 0;
            if (level == 1 && text == "..")
            {
                return true;
            }

            if (level == 0)
            {
                return false;
            }
        }

        return false;
    }

    private TestNode Test() => Plain(Apart());

    private static TestNode Plain(Node expression) =>
        new(expression, usesInput: false) { At = expression.At, Source = expression.Source };

    private TestsNode CellTests()
    {
        int from = at;
        (int depth, int slot) = scope.Find("?");
        var input = new NameNode("?", depth, slot, inItem: false) { Source = source };
        var tests = ImmutableArray.CreateBuilder<TestNode>();
        if (Now.Is("-") && tokens[at + 1].Kind == TokenKind.End)
        {
            at++;
            return new TestsNode(input, tests.ToImmutable(), negated: false, isCell: true) { At = Since(from), Source = source };
        }

        bool negated = Now.Is("not") && tokens[at + 1].Is("(") && ClosesAtEnd(at + 1);
        if (negated)
        {
            at += 2;
        }

        do
        {
            usesInput = false;
            Node expression = Expression();
            tests.Add(new TestNode(expression, usesInput) { At = expression.At, Source = source });
        }
        while (Accept(","));

        if (negated)
        {
            Expect(")");
        }

        return new TestsNode(input, tests.ToImmutable(), negated, isCell: true) { At = Since(from), Source = source };
    }

    private bool ClosesAtEnd(int open)
    {
        int level = 0;
        for (int i = open; i < tokens.Count; i++)
        {
            string text = tokens[i].Kind == TokenKind.Symbol ? tokens[i].Text : string.Empty;
            level += text == "(" ? 1 : text == ")" ? -1 : 0;
            if (level == 0)
            {
                return tokens[i + 1].Kind == TokenKind.End;
            }
        }

        return false;
    }

    private FeelType? Type()
    {
        if (++depth > MaxDepth)
        {
            throw new SyntaxException(Now.At, DmnFindings.TooDeep);
        }

        FeelType? type = Now.Kind == TokenKind.Word ? NamedType() : throw Expected("type");
        depth--;
        return type;
    }

    private FeelType? NamedType()
    {
        if (tokens[at + 1].Is("<"))
        {
            string generic = tokens[at].Text;
            at += 2;
            switch (generic)
            {
                case "list":
                    FeelType? item = Type();
                    Expect(">");
                    return item is null ? null : new ListType(item);
                case "range":
                    FeelType? end = Type();
                    Expect(">");
                    return end is null ? null : new RangeType(end);
                case "context":
                    return ContextOf();
                case "function":
                    return FunctionOf();
                default:
                    throw Expected("type");
            }
        }

        (string name, int count) = scope.Types.Longest(tokens, at);
        if (count == 0)
        {
            count = 1;
            name = Now.Text;
        }

        at += count;
        while (Accept("."))
        {
            name += "." + (Now.Kind == TokenKind.Word ? tokens[at++].Text : throw Expected("type"));
        }

        return types.Find(name);
    }

    private ContextType? ContextOf()
    {
        var entries = ImmutableArray.CreateBuilder<Parameter>();
        bool known = true;
        do
        {
            string name = NameBefore(":");
            Expect(":");
            FeelType? type = Type();
            known &= type is not null;
            entries.Add(new Parameter(name, type ?? FeelType.Any));
            scope.Members.Add(name);
        }
        while (Accept(","));

        Expect(">");
        return known ? new ContextType("context", entries.ToImmutable()) : null;
    }

    private FunctionType? FunctionOf()
    {
        var parameters = ImmutableArray.CreateBuilder<FeelType>();
        bool known = true;
        while (!Now.Is(">"))
        {
            FeelType? type = Type();
            known &= type is not null;
            parameters.Add(type ?? FeelType.Any);
            if (!Accept(","))
            {
                break;
            }
        }

        Expect(">");
        Expect("->");
        FeelType? result = Type();
        return known && result is not null ? new FunctionType(parameters.ToImmutable(), result) : null;
    }
}
