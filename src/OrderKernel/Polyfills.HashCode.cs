#if !NET
namespace System;

/// <summary>Mixes hash codes where the runtime has nothing for it; one package less beside a plug-in.</summary>
internal static class HashCode
{
    public static int Combine<T1, T2>(T1 a, T2 b) => Mix(Mix(17, a), b);

    public static int Combine<T1, T2, T3>(T1 a, T2 b, T3 c) => Mix(Combine(a, b), c);

    public static int Combine<T1, T2, T3, T4>(T1 a, T2 b, T3 c, T4 d) => Mix(Combine(a, b, c), d);

    public static int Combine<T1, T2, T3, T4, T5>(T1 a, T2 b, T3 c, T4 d, T5 e) => Mix(Combine(a, b, c, d), e);

    private static int Mix<T>(int hash, T value)
    {
        int next = value is null ? 0 : Collections.Generic.EqualityComparer<T>.Default.GetHashCode(value);
        return unchecked((hash * 31) + next);
    }
}
#endif
