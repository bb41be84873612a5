namespace OrderKernel.Orders;

/// <summary>The version of the kernel that decides; recorded with every decision.</summary>
public static class KernelVersion
{
    /// <summary>The version, equal to the package's.</summary>
    public const string Current = "0.1.0";
}
