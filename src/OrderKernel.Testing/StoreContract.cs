using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Threading;
using System.Threading.Tasks;
using OrderKernel.Desk;
using OrderKernel.Measures;
using OrderKernel.Storage;

namespace OrderKernel.Testing;

/// <summary>One promise that every store keeps.</summary>
public sealed class ContractCase
{
    private readonly Func<IOrderStore, Task> run;

    internal ContractCase(string name, Func<IOrderStore, Task> run)
    {
        Name = name;
        this.run = run;
    }

    /// <summary>The promise, as Subject_Condition_Outcome.</summary>
    public string Name { get; }

    /// <summary>Checks it.</summary>
    /// <param name="store">An empty store; the caller disposes it.</param>
    /// <exception cref="LawBrokenException">The store does not keep it.</exception>
    public Task RunAsync(IOrderStore store) => run(store ?? throw new ArgumentNullException(nameof(store)));

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}

/// <summary>What every store must do; run all cases, each on an empty store of its own, from any test framework or none.</summary>
/// <example><code>foreach (ContractCase promise in StoreContract.Cases) await promise.RunAsync(new MyStore());</code></example>
public static partial class StoreContract
{
    /// <summary>All promises, in the order in which they are best read.</summary>
    public static IReadOnlyList<ContractCase> Cases { get; } = ImmutableArray.Create(
        Case("Unit_Committed_IsReadBackWhole", CommittedUnitIsReadBack),
        Case("Command_Repeated_AnswersStoredOutcomeAndChangesNothing", RepeatAnswersStoredOutcome),
        Case("Command_RefusedThenRepeated_StaysRefused", RefusalIsSticky),
        Case("CommandId_ReusedForAnotherBody_IsAConflict", ReusedKeyIsAConflict),
        Case("Unit_OnMovedStream_ChangesNothing", MovedStreamChangesNothing),
        Case("Unit_ShortOfStock_ChangesNothing", ShortStockChangesNothing),
        Case("Batch_WithOneBadUnit_CommitsTheOthers", BadUnitLeavesOthers),
        Case("Batch_TwoUnitsOfOneStream_SecondSeesFirst", LaterUnitSeesEarlier),
        Case("Batch_RepeatInsideOneBatch_IsRepeated", RepeatInsideBatch),
        Case("Stock_LastPiecesWantedByMany_AreGivenOnce", LastPiecesAreGivenOnce),
        Case("Stock_OverdraftSet_PermitsExactlyThatMuch", OverdraftPermitsExactly),
        Case("Stock_OverdraftLoweredBelowWhatIsTaken_GivesNoMoreUntilEnoughArrived", OverdraftLowered),
        Case("Stock_MoreThanLiesThere_NeverLeaves", NothingLeavesThatIsNotThere),
        Case("Stock_TakenByNoOrder_IsNeverBorrowed", NobodyButAnOrderBorrows),
        Case("Stock_HeldAsRealOrBorrowed_IsSo", BorrowedPiecesAreWhatTheyAreSaidToBe),
        Case("Stock_ConcurrentShipmentsOfBorrowedPieces_ShipWhatCame", LastRealPieceLeavesOnce),
        Case("Stock_ManyDesksThatBorrowReceiveAndShip_ShipWhatCame", ManyDesksShipWhatCame),
        Case("Feed_ManyStreams_IsDenseAndInStreamOrder", FeedIsDense),
        Case("Feed_Paged_LosesNothing", FeedPages),
        Case("Commands_Paged_ComeInCommitOrder", CommandsPage),
        Case("StreamNames_Paged_ComeInOrder", StreamNamesPage),
        Case("OpenLines_Changed_AreReadBackBySku", OpenLinesAreKept),
        Case("OpenLines_OfAUnitThatLostARace_AreNotKept", OpenLinesOfALostUnitAreNotKept),
        Case("Unit_OfSeveralStreams_MovesAllOrNone", SeveralStreamsMoveTogether),
        Case("Timers_SetMovedAndCleared_FireOnce", TimersFireOnce),
        Case("Outbox_MarkedSent_IsNotReadAgain", OutboxIsMarked),
        Case("Outbox_Claimed_IsFenced", ClaimsAreFenced),
        Case("Outbox_MessagesOfOneStream_LeaveInOrder", StreamsLeaveInOrder),
        Case("Outbox_PoisonMessage_ParksAndHoldsUpItsStreamOnly", PoisonParks),
        Case("Timers_Claimed_AreSharedOut", TimersAreShared),
        Case("Inbox_MessageReceivedTwice_IsHandledOnce", ReceivedOnce),
        Case("Board_MadeFromTheFeed_IsTheSameWhenMadeAgain", BoardIsMadeFromTheFeed),
        Case("Snapshots_KeptReplacedAndCleared_ComeBackAsWritten", SnapshotsComeBack),
        Case("History_Committed_IsSealedOnceAndWhole", SealsCoverCommands),
        Case("Tenants_SameIds_DoNotMeet", TenantsDoNotMeet),
        Case("Texts_OfEveryScript_ComeBackUnchanged", TextsComeBack),
        Case("Desk_SixteenAtOnce_SellWhatThereIsAndNoMore", ManyDesksDoNotOversell),
        Case("Desk_ManyDisplaceAtOnce_TakeWhatIsSoftAndNoMore", ManyDesksDisplace),
        Case("Scripts_Played_KeepEveryLaw", ScriptsKeepLaws));

    private static readonly TenantId Tenant = new DeskOptions().Tenant;

    private static ContractCase Case(string name, Func<IOrderStore, Task> run) => new(name, run);

    private static void Expect(bool holds, string law) => LawBrokenException.Unless(holds, law);

    private static async Task<UnitResult> One(IOrderStore store, UnitOfWork unit) =>
        (await store.CommitAsync(ImmutableArray.Create(unit), CancellationToken.None).ConfigureAwait(false))[0];
}
