using System;
using System.Reflection;
using OrderKernel.Desk;
using Xunit;

namespace OrderKernel.Tests.Snapshots;

/// <summary>What the kernel's assembly says of itself. Its public surface stands in PublicAPI.Shipped.txt, held by the build.</summary>
public class AssemblyTests
{
    [Fact]
    public void KernelVersion_IsThePackageVersion() => Assert.StartsWith(
        OrderKernel.Journal.KernelVersion.Current,
        typeof(OrderDesk).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion,
        StringComparison.Ordinal);

    [Fact]
    public void KernelAssembly_IsStrongNamed() => Assert.NotEmpty(typeof(OrderDesk).Assembly.GetName().GetPublicKeyToken()!);
}
