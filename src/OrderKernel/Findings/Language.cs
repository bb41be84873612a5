namespace OrderKernel.Findings;

/// <summary>The languages every text of the kernel exists in.</summary>
public enum Language
{
    /// <summary>English (en).</summary>
    English = 0,

    /// <summary>Simplified Chinese (zh-CN).</summary>
    Chinese = 1,
}
