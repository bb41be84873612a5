using System.Collections.Immutable;
using OrderKernel.Findings;

namespace OrderKernel.Desk;

/// <summary>What an audit of everything that is stored can find.</summary>
internal static class HistoryFindings
{
    public static FindingKind EventAltered { get; } = Kind(
        "history.event_altered", "{stream} is not as it was written from version {version} on. Compare it with a backup.",
        "{stream} 自版本 {version} 起与写入时不符，请与备份比对。");

    public static FindingKind StreamVersionDiffers { get; } = Kind(
        "history.version_differs", "{stream}: version {kept} is kept and {events} events are stored. Compare it with a backup.",
        "{stream}：记录的版本为 {kept}，实际存有事件 {events} 个，请与备份比对。");

    public static FindingKind EventUnclaimed { get; } = Kind(
        "history.event_unclaimed", "{stream} version {version}: no stored command of that actor says that it caused this event.",
        "{stream} 版本 {version}：没有由该操作人发出的已存命令声明产生过此事件。");

    public static FindingKind EventsMissing { get; } = Kind(
        "history.events_missing", "Command {command} was accepted, but not all its events are there. Compare with a backup.",
        "命令 {command} 已被接受，但其事件不全，请与备份比对。");

    public static FindingKind BodyDiffers { get; } = Kind(
        "history.body_differs", "Command {command}: its body is not the one that it was stored with.",
        "命令 {command}：内容与存入时不符。");

    public static FindingKind FactsDiffer { get; } = Kind(
        "history.facts_differ", "Command {command}: the facts that it was decided on are not those that it was stored with.",
        "命令 {command}：决策所依据的事实与存入时不符。");

    public static FindingKind CommandDiffers { get; } = Kind(
        "history.command_differs", "Command {command} is not as it was sealed in seal {seal}: who, when, on what, or the outcome.",
        "命令 {command} 与第 {seal} 号封记不符：操作人、时间、对象或结果已被改动。");

    public static FindingKind CommandMissing { get; } = Kind(
        "history.command_missing", "Command {command} stands in seal {seal} and is not stored any more.",
        "命令 {command} 在第 {seal} 号封记中，但已不在库内。");

    public static FindingKind CommandsUnsealed { get; } = Kind(
        "history.commands_unsealed",
        "Command {command} is the first that stands in no seal: put in past the kernel, or its seal was taken away.",
        "命令 {command} 是首条不在任何封记中的命令：或绕过内核写入，或封记已被删除。");

    public static FindingKind SealBroken { get; } = Kind(
        "history.seal_broken",
        "Seal {seal} is not what was sealed: the feed, the order of commands, or a seal was changed, put in or taken away.",
        "第 {seal} 号封记与封存时不符：事件流、命令次序或封记被改动、插入或删除。");

    public static FindingKind FeedDiffers { get; } = Kind(
        "history.feed_differs", "The feed at {position}: {stream} version {version} is not the next of its stream, or is not told.",
        "事件流位置 {position}：{stream} 版本 {version} 并非该流的下一个事件，或未列入。");

    public static FindingKind PostingsDiffer { get; } = Kind(
        "history.postings_differ", "Command {command}: what the ledger moved is not what its events say. Freeze its SKUs.",
        "命令 {command}：台账流水与其事件不符，请冻结相关 SKU。");

    public static FindingKind PostingUnclaimed { get; } = Kind(
        "history.posting_unclaimed", "{quantity} of {cell} moved for no stored command. Freeze the SKU.",
        "{cell} 有 {quantity} 件流水不属于任何已存命令，请冻结该 SKU。");

    public static FindingKind HoldDiffers { get; } = Kind(
        "history.hold_differs", "{order} line {line} in {cell}: {kept} held, {computed} by its events.",
        "{order} 行 {line} 在 {cell}：锁定 {kept}，按事件应为 {computed}。");

    public static FindingKind OverdraftDiffers { get; } = Kind(
        "history.overdraft_differs", "{cell} may be overdrawn by {kept}, by its events by {computed}. Set it anew.",
        "{cell} 允许透支 {kept}，按事件应为 {computed}，请重新设置。");

    public static FindingKind TimerDiffers { get; } = Kind(
        "history.timer_differs",
        "{stream}: the timer {purpose} is not set as its events ask for. For hold_expiry, hold the stock anew or release it; another does "
        + "no harm when it goes off.",
        "{stream}：定时器 {purpose} 与事件要求不符。hold_expiry 请重新锁货或释放；其他定时器触发无害。");

    public static FindingKind MessageDiffers { get; } = Kind(
        "history.message_differs", "Message {message} does not say what {stream} version {version} says. Do not send it.",
        "消息 {message} 与 {stream} 版本 {version} 的内容不符，请勿发送。");

    public static FindingKind MessageMissing { get; } = Kind(
        "history.message_missing", "Message {message} of command {command} is not stored any more.",
        "命令 {command} 的消息 {message} 已不在库内。");

    public static FindingKind OpenLineDiffers { get; } = Kind(
        "history.open_line_differs", "{order} line {line} of {sku} stands among the open lines as its events do not say.",
        "{order} 行 {line}（{sku}）在未结行索引中的内容与事件不符。");

    public static FindingKind BoardDiffers { get; } = Kind(
        "history.board_differs", "The board shows {order} as its events do not say. Make the board again.",
        "看板上的 {order} 与其事件不符，请重建看板。");

    public static FindingKind Unreadable { get; } = Kind(
        "history.unreadable", "What is stored cannot be read, and nothing behind it was looked at: {reason}",
        "存储内容无法读取，其后未再检查：{reason}");

    public static FindingKind More { get; } = Kind(
        "history.more", "{count} further findings are left out. Mend these first.", "另有 {count} 处问题未列出，请先处理以上问题。");

    public static FindingKind CheckpointOfAnother { get; } = Kind(
        "checkpoint.of_another", "The checkpoint is of tenant {theirs}, not of {ours}. Give the one of that tenant.",
        "检查点属于租户 {theirs}，而非 {ours}，请使用对应租户的检查点。");

    public static FindingKind CheckpointUnreadable { get; } = Kind(
        "checkpoint.unreadable",
        "That is no checkpoint, or one of a later release. Give a file that orderkernel db heads wrote, or a text of HistoryCheckpoint.",
        "这不是检查点，或由更新的版本生成。请使用 orderkernel db heads 写出的文件或 HistoryCheckpoint 的文本。");

    public static FindingKind CheckpointAltered { get; } = Kind(
        "checkpoint.altered", "The checkpoint was cut off or edited after it was written. Give it as it was written.",
        "检查点在写出之后被截断或改动，请使用原样的文件。");

    public static FindingKind CheckpointForged { get; } = Kind(
        "checkpoint.forged", "The checkpoint does not bear the signature of this key ({signer}). Use the file and the key that you kept.",
        "检查点没有此密钥（{signer}）的有效签名，请使用您自己保存的文件和密钥。");

    public static FindingKind PastDiffers { get; } = Kind(
        "checkpoint.past_differs", "{stream} is not what it was at version {version}, when the checkpoint was taken.",
        "{stream} 版本 {version} 及之前的内容与检查点生成时不符。");

    public static FindingKind SealsDiffer { get; } = Kind(
        "checkpoint.seals_differ",
        "Commands or feed differ from the checkpoint behind seal {after}, up to seal {until}. The first command there is {command} on "
        + "{stream}.",
        "第 {after} 号封记之后至第 {until} 号封记的命令或事件流与检查点不符，其中第一条命令为 {stream} 的 {command}。");

    public static FindingKind SealsMissing { get; } = Kind(
        "checkpoint.seals_missing", "Nothing is stored behind seal {after} of what the checkpoint covers, up to seal {until}.",
        "第 {after} 号封记之后、检查点所覆盖的内容（至第 {until} 号封记）均已不在库内。");

    public static ImmutableArray<FindingKind> All { get; } = ImmutableArray.Create(
        EventAltered, StreamVersionDiffers, EventUnclaimed, EventsMissing, BodyDiffers, FactsDiffer, CommandDiffers, CommandMissing,
        CommandsUnsealed, SealBroken, FeedDiffers, PostingsDiffer, PostingUnclaimed, HoldDiffers, OverdraftDiffers, TimerDiffers,
        MessageDiffers, MessageMissing, OpenLineDiffers, BoardDiffers, Unreadable, More, CheckpointOfAnother, CheckpointUnreadable,
        CheckpointAltered, CheckpointForged, PastDiffers, SealsDiffer, SealsMissing);

    private static FindingKind Kind(string code, string english, string chinese) => new(code, Severity.Refusal, english, chinese);
}
