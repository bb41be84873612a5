namespace OrderKernel.Adapters.Dmn.Feel;

internal sealed partial class Parser
{
    /// <summary>An expression in brackets of its own: a range around it does not end inside.</summary>
    private Node Apart(bool inRange = false)
    {
        bool outer = atRangeEnd;
        atRangeEnd = inRange;
        Node node = Expression();
        atRangeEnd = outer;
        return node;
    }

    /// <summary>Whether the bracket at hand ends a range with an open end, as in <c>[1..5[</c>, rather than opens a filter: it
    /// does where it is not closed itself, or where what it would hold is no filter, or where the range would then stay
    /// open.</summary>
    private bool ClosesRange()
    {
        if (!atRangeEnd)
        {
            return false;
        }

        Token first = tokens[at + 1];
        if (first.Kind == TokenKind.Word ? IsReserved(first.Text)
            : first.Kind == TokenKind.Symbol && first.Text is not ("(" or "[" or "{" or "]" or "-" or "?"))
        {
            return true;
        }

        int level = 0;
        for (int i = at; i < tokens.Count; i++)
        {
            string text = tokens[i].Kind == TokenKind.Symbol ? tokens[i].Text : string.Empty;
            level += text is "(" or "[" or "{" ? 1 : text is ")" or "]" or "}" ? -1 : 0;
            if (level == 1 && text == ",")
            {
                return true;
            }

            if (level == 0)
            {
                Token after = i + 1 < tokens.Count ? tokens[i + 1] : tokens[i];
                return text != "]" || i == at + 1 || after.Kind == TokenKind.End;
            }
        }

        return true;
    }
}
