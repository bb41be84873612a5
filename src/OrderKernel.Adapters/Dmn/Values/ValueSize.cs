namespace OrderKernel.Adapters.Dmn.Values;

/// <summary>How much there is of a value when it is written down in full.</summary>
internal static class ValueSize
{
    /// <summary>Values and characters, what is shared as often as it stands there; the count ends beyond the limit.</summary>
    public static long Of(FeelValue value, long limit)
    {
        long size = 1;
        switch (value)
        {
            case TextValue text:
                return size + text.Text.Length;
            case ListValue list:
                for (int i = 0; i < list.Values.Length && size <= limit; i++)
                {
                    size += Of(list.Values[i], limit - size);
                }

                return size;
            case ContextValue context:
                for (int i = 0; i < context.Values.Length && size <= limit; i++)
                {
                    size += context.Keys[i].Length + Of(context.Values[i], limit - size);
                }

                return size;
            case RangeValue range:
                size += Of(range.Low, limit);
                return size > limit ? size : size + Of(range.High, limit - size);
            default:
                return size;
        }
    }
}
