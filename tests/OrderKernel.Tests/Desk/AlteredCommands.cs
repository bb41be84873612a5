using System;
using System.Collections.Immutable;
using System.Linq;
using System.Reflection;
using System.Threading.Tasks;
using OrderKernel.Storage;
using OrderKernel.Testing;

namespace OrderKernel.Tests.Desk;

/// <summary>A store whose commands read otherwise than they were stored.</summary>
internal sealed class AlteredCommands
{
    public AlteredCommands(IOrderStore inner, Func<DecidedCommand, DecidedCommand> change)
    {
        Store = DispatchProxy.Create<IOrderStore, Reading>();
        ((Reading)(object)Store).Inner = inner;
        ((Reading)(object)Store).Change = change;
    }

    public IOrderStore Store { get; }

    /// <summary>Changes each command on its way out.</summary>
    public class Reading : DispatchProxy
    {
        public IOrderStore? Inner { get; set; }

        public Func<DecidedCommand, DecidedCommand>? Change { get; set; }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            object? answer = targetMethod!.Invoke(Inner, args);
            return answer is ValueTask<ImmutableArray<DecidedCommand>> commands ? Altered(commands) : answer;
        }

        private async ValueTask<ImmutableArray<DecidedCommand>> Altered(ValueTask<ImmutableArray<DecidedCommand>> commands) =>
            [.. (await commands).Select(command => Change!(command))];
    }
}
