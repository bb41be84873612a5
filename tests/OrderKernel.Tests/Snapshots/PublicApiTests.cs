using System;
using System.Reflection;
using OrderKernel.Desk;
using OrderKernel.Testing;
using OrderKernel.Tests.Shared;
using Xunit;

namespace OrderKernel.Tests.Snapshots;

/// <summary>The public surface, as text in git: a change of it is a line to review.</summary>
public class PublicApiTests
{
    [Theory]
    [InlineData(typeof(OrderDesk))]
    [InlineData(typeof(StoreContract))]
    public void PublicApi_IsAsReviewed(Type anchor)
    {
        string name = anchor.Assembly.GetName().Name!;
        Snapshot.Match(PublicApi.Of(anchor.Assembly), $"PublicApi.{name}.txt", "tests", "OrderKernel.Tests", "Snapshots");
    }

    [Fact]
    public void KernelVersion_IsThePackageVersion() => Assert.StartsWith(
        OrderKernel.Orders.KernelVersion.Current,
        typeof(OrderDesk).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion,
        StringComparison.Ordinal);

    [Fact]
    public void KernelAssembly_IsStrongNamed() => Assert.NotEmpty(typeof(OrderDesk).Assembly.GetName().GetPublicKeyToken()!);
}
