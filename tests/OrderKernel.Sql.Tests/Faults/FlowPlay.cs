using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using NodaTime;
using OrderKernel.Board;
using OrderKernel.Desk;
using OrderKernel.Findings;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Storage;
using OrderKernel.Testing;
using Xunit;

namespace OrderKernel.Sql.Tests.Faults;

/// <summary>Plays a flow over a store that fails by plan, as clients play it: whoever hears nothing repeats under the same id, and
/// where the process died a new desk goes on.</summary>
internal sealed class FlowPlay
{
    private static readonly Actor Clerk = new("clerk", "flow");

    private readonly BusinessFlow flow;
    private readonly IOrderStore store;
    private readonly FaultingStore faulting;
    private readonly DeskOptions options;
    private readonly FakeClock clock = new(Instant.FromUtc(2026, 9, 1, 0, 0));
    private readonly Receiver receiver = new();
    private readonly bool keepsIds;
    private OrderDesk desk;
    private Submission? last;
    private int ids;

    public FlowPlay(
        BusinessFlow flow, IOrderStore store, TenantId tenant, IReadOnlyDictionary<int, StoreFault> plan, bool keepsIds = true)
    {
        this.flow = flow;
        this.store = store;
        this.keepsIds = keepsIds;
        faulting = new FaultingStore(store, plan);
        options = new DeskOptions { Tenant = tenant };
        flow.Configure(options);
        desk = new OrderDesk(faulting, clock, options);
    }

    /// <summary>How many calls of ports there were.</summary>
    public int Calls => faulting.Calls;

    /// <summary>How many faults of the plan happened.</summary>
    public int Faults => faulting.Faults;

    /// <summary>What was answered to the commands, in order.</summary>
    public List<DeskResult> Answers { get; } = new();

    /// <summary>Plays it and returns everything that happened.</summary>
    public async Task<string> Run()
    {
        foreach (FlowStep step in flow.Steps)
        {
            clock.Advance(Duration.FromHours(1));
            await Play(step);
        }

        return await History();
    }

    /// <summary>What must hold after every run, whatever went wrong.</summary>
    public async Task CheckLaws()
    {
        await KernelLaws.LedgerConserves(store, options.Tenant);
        await KernelLaws.OpenLinesAgree(store, options.Tenant);
        await KernelLaws.HistoryAudits(store, options.Tenant);
        Assert.Empty((await new OrderDesk(store, clock, options).ReplayAsync()).Differing);
        Assert.Empty(receiver.Differing);
    }

    private async Task Play(FlowStep step)
    {
        switch (step)
        {
            case FlowStep.Send send:
                last = new Submission(NextId(), Clerk, send.Command);
                await Submit(last);
                break;
            case FlowStep.SendAgain:
                await Submit(last!);
                break;
            case FlowStep.ReuseId reuse:
                await Submit(new Submission(last!.Id, Clerk, reuse.Command));
                break;
            case FlowStep.Receive(string text, KernelCommand command):
                var message = new ReceivedMessage("orders", "shop", text);
                last = new Submission(message.ToCommandId(), Clerk, command, message);
                await Submit(last);
                break;
            case FlowStep.Wait wait:
                clock.Advance(wait.Time);
                break;
            case FlowStep.WakeTimers:
                await Passes(() => new TimerPump(desk, faulting, clock, options.Tenant, Clerk).RunAsync());
                break;
            case FlowStep.PassOnMessages:
                await Passes(() => new MessageRelay(faulting, faulting.Over(receiver), clock, options.Tenant).RunAsync());
                break;
            case FlowStep.CatchUpBoard:
                await Passes(() => new BoardProjection(faulting, faulting, options.Tenant).CatchUpAsync(3));
                break;
            default:
                throw new ArgumentException($"{step.GetType().Name} is not played.", nameof(step));
        }
    }

    private CommandId NextId() => CommandId.FromName(
        string.Create(CultureInfo.InvariantCulture, $"{flow.Name}/{Interlocked.Increment(ref ids)}"));

    private async Task Submit(Submission submission)
    {
        for (int attempt = 0; ; attempt++)
        {
            try
            {
                Answers.Add(await desk.SubmitAsync(submission));
                return;
            }
            catch (OrderKernelException fault) when (attempt < 4)
            {
                GoOnAfter(fault);
                submission = keepsIds ? submission : new Submission(NextId(), Clerk, submission.Command);
            }
        }
    }

    // What works in the background tries again two minutes later, when the claims of one that died have ended.
    private async Task Passes(Func<Task> pass)
    {
        for (int i = 0; i < 6; i++)
        {
            try
            {
                await pass();
            }
            catch (OrderKernelException fault)
            {
                GoOnAfter(fault);
            }

            clock.Advance(Duration.FromMinutes(2));
        }
    }

    private void GoOnAfter(OrderKernelException fault)
    {
        if (!fault.IsTransient)
        {
            desk = new OrderDesk(faulting, clock, options);
        }
    }

    private async Task<string> History()
    {
        TenantId tenant = options.Tenant;
        ImmutableArray<FeedEntry> feed = await store.ReadFeedAsync(tenant, 0, int.MaxValue, default);
        ImmutableArray<DecidedCommand> commands = await store.ReadCommandsAsync(tenant, null, int.MaxValue, default);
        LedgerContents ledger = await store.ReadLedgerAsync(tenant, default);
        ImmutableArray<BoardEntry> board = await ((IOrderBoard)store).ReadBoardAsync(
            tenant, new BoardQuery(null, BoardSort.Order), default);
        IEnumerable<string> what = flow.HasTimers
            ? feed.Select(entry => $"{entry.Event.Stream} {entry.Event.Version} {entry.Event.EventType} {entry.Event.Ordinal}")
            : feed.Select(entry => $"{entry.Position} {entry.Event.Stream} {entry.Event.Hash}")
                .Concat(commands.Select(command => $"{command.Id} {command.FactsHash} {command.Outcome}"))
                .Concat(board.Select(entry => entry.ToString()));
        return string.Join('\n', what.Concat(ledger.Journal.Select(posting => posting.ToString()))
            .Concat(ledger.Holds.Select(held => held.ToString()))
            .Concat(receiver.Taken.Keys.Select(id => id.ToString()).Order(StringComparer.Ordinal))
            .Append("timers " + (await store.ReadDueTimersAsync(tenant, clock.Now, int.MaxValue, default)).Length)
            .Append("waiting " + (await store.ReadOutboxAsync(tenant, int.MaxValue, default)).Length));
    }

    /// <summary>The other side: it may be told a thing twice, but never two things under one id.</summary>
    private sealed class Receiver : IMessageSender
    {
        public Dictionary<Guid, string> Taken { get; } = new();

        public List<Guid> Differing { get; } = new();

        public ValueTask PrepareAsync(CancellationToken cancellation) => default;

        public ValueTask SendAsync(TenantId tenant, OutgoingMessage message, CancellationToken cancellation)
        {
            if (!Taken.TryAdd(message.Id, message.Body) && Taken[message.Id] != message.Body)
            {
                Differing.Add(message.Id);
            }

            return default;
        }
    }
}
