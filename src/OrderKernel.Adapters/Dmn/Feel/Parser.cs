using System.Collections.Generic;
using System.Collections.Immutable;
using OrderKernel.Adapters.Dmn.Values;

namespace OrderKernel.Adapters.Dmn.Feel;

/// <summary>Reads FEEL into nodes, resolving every name against the scope while it reads.</summary>
/// <remarks>
/// <para>Source: DMN 1.5 §10.3.1.2 and, for names made of several tokens, §10.3.1.4: the longest name in scope wins.</para>
/// <para>Errors: throws <see cref="SyntaxException"/> at the token that does not fit; nesting is bounded.</para>
/// </remarks>
internal sealed partial class Parser
{
    private const int MaxDepth = 120;
    private const int MaxLength = 65_536;

    private readonly string source;
    private readonly List<Token> tokens;
    private readonly TypeNames types;
    private readonly bool strict;
    private Scope scope;
    private int at;
    private int depth;
    private bool usesInput;
    private bool atRangeEnd;

    private Parser(string source, Scope scope, TypeNames types, bool strict)
    {
        if (source.Length > MaxLength)
        {
            throw new SyntaxException(default, DmnFindings.ExpressionTooLong,
                MaxLength.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }

        this.source = source;
        this.scope = scope;
        this.types = types;
        this.strict = strict;
        tokens = Lexer.Read(source, strict);
        if (strict)
        {
            RefuseFullWidth();
        }
    }

    private Token Now => tokens[at];

    /// <summary>Reads one expression to its end.</summary>
    public static Node Expression(string source, Scope scope, TypeNames types, bool strict)
    {
        var parser = new Parser(source, scope, types, strict);
        Node node = parser.Expression();
        parser.End();
        return parser.Bounded(node);
    }

    /// <summary>Reads a table's cell; the scope has <c>?</c> in its innermost frame.</summary>
    public static TestsNode Cell(string source, Scope scope, TypeNames types, bool strict)
    {
        var parser = new Parser(source, scope, types, strict);
        TestsNode node = parser.CellTests();
        parser.End();
        parser.Bounded(node);
        return node;
    }

    /// <summary>Reads the name of a type, such as <c>list&lt;number&gt;</c>; null when a name in it is unknown.</summary>
    public static FeelType? Type(string source, Scope scope, TypeNames types)
    {
        var parser = new Parser(source, scope, types, strict: false);
        FeelType? type = parser.Type();
        parser.End();
        return type;
    }

    // Chains such as 1 + 1 + 1 … nest to the left without the parser descending.
    private Node Bounded(Node node) =>
        NodeDepth.Of(node) <= NodeDepth.Max ? node : throw new SyntaxException(tokens[0].At, DmnFindings.TooDeep);

    private void RefuseFullWidth()
    {
        foreach (Token token in tokens)
        {
            if (token.Kind == TokenKind.Symbol && token.Text.Length == 1 && NameRule.IsFullWidth(token.Text[0]))
            {
                throw new SyntaxException(
                    token.At, DmnFindings.FullWidth, token.Text, NameRule.HalfWidth(token.Text[0]) ?? ",");
            }
        }
    }

    private Node Expression()
    {
        if (++depth > MaxDepth)
        {
            throw new SyntaxException(Now.At, DmnFindings.TooDeep);
        }

        // A name in scope may begin with a keyword; only a longer name than the keyword itself takes precedence.
        bool named = Now.Kind == TokenKind.Word && scope.Longest(tokens, at).Count > 1;
        Node node = !named && Now.Is("if") ? If()
            : !named && Now.Is("for") ? Loop(Feel.Loop.For)
            : !named && Now.Is("some") ? Loop(Feel.Loop.Some)
            : !named && Now.Is("every") ? Loop(Feel.Loop.Every)
            : Or();
        depth--;
        return node;
    }

    private Node Or()
    {
        int from = at;
        Node left = And();
        while (Accept("or"))
        {
            left = Binary(Operator.Or, left, And(), from);
        }

        return left;
    }

    private Node And()
    {
        int from = at;
        Node left = Comparison();
        while (Accept("and"))
        {
            left = Binary(Operator.And, left, Comparison(), from);
        }

        return left;
    }

    private Node Comparison()
    {
        int from = at;
        Node left = Sum();
        while (true)
        {
            if (Comparator(Now) is Operator comparator)
            {
                at++;
                left = Binary(comparator, left, Sum(), from);
            }
            else if (Accept("between"))
            {
                Node low = Sum();
                Expect("and");
                Node high = Sum();
                left = new BetweenNode(left, low, high) { At = Since(from), Source = source };
            }
            else if (Accept("in"))
            {
                left = In(left, from);
            }
            else
            {
                return left;
            }
        }
    }

    private Node Sum()
    {
        int from = at;
        Node left = Product();
        while (Now.Is("+") || Now.Is("-"))
        {
            Operator sign = tokens[at++].Text == "+" ? Operator.Add : Operator.Subtract;
            left = Binary(sign, left, Product(), from);
        }

        return left;
    }

    private Node Product()
    {
        int from = at;
        Node left = Power();
        while (Now.Is("*") || Now.Is("/"))
        {
            Operator sign = tokens[at++].Text == "*" ? Operator.Multiply : Operator.Divide;
            left = Binary(sign, left, Power(), from);
        }

        return left;
    }

    private Node Power()
    {
        int from = at;
        Node left = Unary();
        while (Accept("**"))
        {
            left = Binary(Operator.Power, left, Unary(), from);
        }

        return left;
    }

    private Node Unary()
    {
        int from = at;
        if (!Accept("-"))
        {
            return Postfix();
        }

        if (++depth > MaxDepth)
        {
            throw new SyntaxException(Now.At, DmnFindings.TooDeep);
        }

        Node operand = Unary();
        depth--;
        return new NegateNode(operand) { At = Since(from), Source = source };
    }

    private Node Postfix()
    {
        int from = at;
        Node node = Primary();
        while (true)
        {
            if (Accept("."))
            {
                node = new PathNode(node, Member()) { At = Since(from), Source = source };
            }
            else if (Now.Is("[") && !ClosesRange())
            {
                node = Filter(node, from);
            }
            else if (Now.Is("("))
            {
                node = Call(node, from);
            }
            else if (Now.Is("instance") && at + 1 < tokens.Count && tokens[at + 1].Is("of"))
            {
                at += 2;
                FeelType? type = Type();
                node = new InstanceNode(node, type?.Shape) { At = Since(from), Source = source };
            }
            else
            {
                return node;
            }
        }
    }

    private Node Filter(Node list, int from)
    {
        Expect("[");
        Scope outer = scope;
        scope = scope.Item();
        Node match = Apart();
        scope = outer;
        Expect("]");
        return new FilterNode(list, match) { At = Since(from), Source = source };
    }

    private Node Call(Node function, int from)
    {
        Expect("(");
        var names = ImmutableArray.CreateBuilder<string>();
        var arguments = ImmutableArray.CreateBuilder<Node>();
        bool named = IsNamedArgument();
        while (!Now.Is(")"))
        {
            if (named)
            {
                names.Add(NameBefore(":"));
                Expect(":");
            }

            arguments.Add(Apart());
            if (!Accept(","))
            {
                break;
            }
        }

        Expect(")");
        return new CallNode(function, names.ToImmutable(), arguments.ToImmutable()) { At = Since(from), Source = source };
    }

    private bool IsNamedArgument()
    {
        for (int i = at; i < tokens.Count; i++)
        {
            if (tokens[i].Is(":"))
            {
                return i > at;
            }

            if (tokens[i].Kind != TokenKind.Word && !(tokens[i].Kind is TokenKind.Symbol or TokenKind.Number && i > at)
                || tokens[i].Text is "(" or ")" or "," or "[" or "{")
            {
                return false;
            }
        }

        return false;
    }

    private string Member()
    {
        (string name, int count) = scope.Members.Longest(tokens, at);
        if (count == 0)
        {
            if (Now.Kind != TokenKind.Word)
            {
                throw Expected("name");
            }

            return tokens[at++].Text;
        }

        at += count;
        return name;
    }

    /// <summary>A name that is being declared: all tokens up to the one given.</summary>
    private string NameBefore(params string[] stops)
    {
        int from = at;
        while (Now.Kind is TokenKind.Word or TokenKind.Number or TokenKind.Symbol && System.Array.IndexOf(stops, Now.Text) < 0)
        {
            at++;
        }

        if (at == from || tokens[from].Kind == TokenKind.Number)
        {
            throw Expected("name");
        }

        int start = tokens[from].At.Start;
        return NameSet.Normal(source.Substring(start, tokens[at - 1].At.End - start));
    }

    private BinaryNode Binary(Operator sign, Node left, Node right, int from) =>
        new(sign, left, right) { At = Since(from), Source = source };

    private static Operator? Comparator(Token token) => token.Kind != TokenKind.Symbol ? null : token.Text switch
    {
        "=" => Operator.Equal,
        "!=" => Operator.NotEqual,
        "<" => Operator.Less,
        "<=" => Operator.LessOrEqual,
        ">" => Operator.Greater,
        ">=" => Operator.GreaterOrEqual,
        _ => null,
    };

    private Span Since(int token)
    {
        int start = tokens[token].At.Start;
        int end = at > token ? tokens[at - 1].At.End : tokens[token].At.End;
        return new Span(start, end - start);
    }

    private bool Accept(string text)
    {
        if (!Now.Is(text))
        {
            return false;
        }

        at++;
        return true;
    }

    private void Expect(string text)
    {
        if (!Accept(text))
        {
            throw Expected(text);
        }
    }

    private void End()
    {
        if (Now.Kind != TokenKind.End)
        {
            throw Expected("end");
        }
    }

    private SyntaxException Expected(string what) => new(Now.At.Start, Now.At.Length, what);
}
