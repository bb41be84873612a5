using OrderKernel.Adapters.Dmn.Values;

namespace OrderKernel.Adapters.Dmn.Evaluation;

/// <summary>The values of one frame of names, laid out as the scope numbered them.</summary>
internal sealed class Frame(Frame? parent, FeelValue[] slots, bool isItem)
{
    public Frame? Parent { get; } = parent;

    public FeelValue[] Slots { get; } = slots;

    /// <summary>True for the frame of a filter: its only slot is the item, whose entries are names.</summary>
    public bool IsItem { get; } = isItem;
}
