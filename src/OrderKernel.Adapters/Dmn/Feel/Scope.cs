using System.Collections.Generic;

namespace OrderKernel.Adapters.Dmn.Feel;

/// <summary>The names that an expression may use, frame by frame, with the place each one gets at run time.</summary>
internal sealed class Scope
{
    private readonly NameSet names = new();
    private readonly Dictionary<string, int> slots = new(System.StringComparer.Ordinal);

    private Scope(Scope? parent, NameSet members, NameSet types, bool isItem)
    {
        Parent = parent;
        Members = members;
        Types = types;
        IsItem = isItem;
    }

    public Scope? Parent { get; }

    /// <summary>Entry names met anywhere in the model; what may follow a dot or stand in a filter.</summary>
    public NameSet Members { get; }

    public NameSet Types { get; }

    /// <summary>True in a filter: names are looked up in the item first.</summary>
    public bool IsItem { get; }

    public int Count { get; private set; }

    public static Scope Root(IEnumerable<string> names, NameSet members, NameSet types)
    {
        var scope = new Scope(null, members, types, isItem: false);
        foreach (string name in names)
        {
            scope.Add(name);
        }

        return scope;
    }

    public Scope Inner(params string[] declared)
    {
        var scope = new Scope(this, Members, Types, isItem: false);
        foreach (string name in declared)
        {
            scope.Add(name);
        }

        return scope;
    }

    public Scope Item()
    {
        var scope = new Scope(this, Members, Types, isItem: true);
        scope.Add("item");
        return scope;
    }

    public int Add(string name)
    {
        names.Add(name);
        slots[name] = Count;
        return Count++;
    }

    /// <summary>The longest name in scope at a token; of equally long ones the innermost stands.</summary>
    public (string Name, int Count) Longest(List<Token> tokens, int at)
    {
        (string Name, int Count) best = Functions.BuiltIns.Names.Longest(tokens, at);
        bool inItem = false;
        for (Scope? scope = this; scope is not null; scope = scope.Parent)
        {
            (string Name, int Count) found = scope.names.Longest(tokens, at);
            best = found.Count >= best.Count && found.Count > 0 ? found : best;
            inItem |= scope.IsItem;
        }

        if (inItem)
        {
            (string Name, int Count) member = Members.Longest(tokens, at);
            best = member.Count > best.Count ? member : best;
        }

        return best;
    }

    /// <summary>How many frames up and in which slot a name lives; depth -1 when it is not in scope.</summary>
    public (int Depth, int Slot) Find(string name)
    {
        int depth = 0;
        for (Scope? scope = this; scope is not null; scope = scope.Parent, depth++)
        {
            if (scope.slots.TryGetValue(name, out int slot))
            {
                return (depth, slot);
            }
        }

        return (-1, -1);
    }

    public bool InItem
    {
        get
        {
            for (Scope? scope = this; scope is not null; scope = scope.Parent)
            {
                if (scope.IsItem)
                {
                    return true;
                }
            }

            return false;
        }
    }
}
