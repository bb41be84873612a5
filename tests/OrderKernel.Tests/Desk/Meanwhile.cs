using System;
using System.Reflection;
using System.Threading.Tasks;
using OrderKernel.Storage;

namespace OrderKernel.Tests.Desk;

/// <summary>Stands before a store in memory, and has something happen right before the first call of one kind.</summary>
public class Meanwhile : DispatchProxy
{
    private IOrderStore? inner;
    private string? call;
    private Func<Task>? happens;

    public static IOrderStore Before(string call, IOrderStore store, Func<Task> happens)
    {
        IOrderStore proxy = Create<IOrderStore, Meanwhile>();
        var self = (Meanwhile)(object)proxy;
        (self.inner, self.call, self.happens) = (store, call, happens);
        return proxy;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        if (targetMethod!.Name == call && happens is { } once)
        {
            happens = null;
            once().GetAwaiter().GetResult();
        }

        return targetMethod.Invoke(inner, args);
    }
}
