using System.Collections.Generic;
using OrderKernel.Adapters.Dmn.Feel;

namespace OrderKernel.Adapters.Dmn.Strict;

/// <summary>The types of one frame of names, laid out as the scope numbered them.</summary>
internal sealed class TypeFrame(TypeFrame? parent, bool isItem, params (string Name, FeelType Type)[] slots)
{
    public TypeFrame? Parent { get; } = parent;

    public bool IsItem { get; } = isItem;

    public List<(string Name, FeelType Type)> Slots { get; } = new(slots);

    /// <summary>Every name in scope, innermost first.</summary>
    public IEnumerable<string> Names()
    {
        for (TypeFrame? frame = this; frame is not null; frame = frame.Parent)
        {
            foreach ((string name, FeelType type) in frame.Slots)
            {
                yield return name;
                if (frame.IsItem && type.Base is ContextType context)
                {
                    foreach (Parameter entry in context.Entries)
                    {
                        yield return entry.Name;
                    }
                }
            }
        }
    }
}
