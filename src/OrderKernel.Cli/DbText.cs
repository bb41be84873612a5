using OrderKernel.Findings;

namespace OrderKernel.Cli;

/// <summary>What <c>orderkernel db</c> says.</summary>
internal static class DbText
{
    private const string Counts =
        "{movements} movements, {cells} cells, {holds} holds, {events} events; {ledger} ledger findings, {chains} broken chains, "
        + "{commands} commands without their events, {snapshots} wrong snapshots, {other} other findings.";

    private const string CountsInChinese =
        "库存流水 {movements} 条，库存单元 {cells} 个，锁货 {holds} 条，事件 {events} 个；台账问题 {ledger} 处，断裂的哈希链 {chains} 条，"
        + "缺失事件的命令 {commands} 条，不符的快照 {snapshots} 个，其他问题 {other} 处。";

    public static FindingKind AuditClean { get; } = new("ok", Severity.Note, Counts, CountsInChinese);

    public static FindingKind AuditFindings { get; } = new("db.findings", Severity.Refusal, Counts, CountsInChinese);

    public static FindingKind ReplayClean { get; } = new(
        "ok", Severity.Note, "All {commands} decisions of rules {rules} come out as they were stored.",
        "按决策规则 {rules} 作出的 {commands} 条决策重新计算后均与存储内容一致。");

    public static FindingKind ReplayOtherRules { get; } = new(
        "db.replay_other_rules", Severity.Note,
        "{commands} decisions were made by rules {rules} and stand as they are. By rules {now}, {same} come out the same and {otherwise} "
        + "otherwise.",
        "{commands} 条决策按规则 {rules} 作出，保持原样。按现行规则 {now} 重新计算：{same} 条结果相同，{otherwise} 条结果不同。");

    public static FindingKind CheckClean { get; } = new(
        "ok", Severity.Note, "The server, its settings and the tables are as they must be, and every stored event can be read.",
        "服务器、其设置和数据表均符合要求，所有已存事件均可读取。");

    public static FindingKind ReplayDiffers { get; } = new(
        "db.replay_differs", Severity.Refusal, "Command {command} comes out differently.", "命令 {command} 重新计算的结果不同。");

    public static FindingKind ChainBroken { get; } = new(
        "db.chain_broken", Severity.Refusal, "{stream} is not as it was written from version {version} on.",
        "{stream} 自版本 {version} 起与写入时不符。");

    public static FindingKind EventsMissing { get; } = new(
        "db.events_missing", Severity.Refusal, "Command {command} was accepted, but not all its events are there.",
        "命令 {command} 已被接受，但其事件不全。");

    public static FindingKind TenantUnknown { get; } = new(
        "db.tenant_unknown", Severity.Refusal, "Nothing is stored of tenant {tenant}. Tenants here: {known}.",
        "没有租户 {tenant} 的任何数据。现有租户：{known}。");

    public static FindingKind Heads { get; } = new(
        "db.heads", Severity.Note, "{file}: {streams} streams and {seals} seals. Keep it where the database's users may not write.",
        "{file}：已记录流 {streams} 个、封记 {seals} 个。请存放在数据库用户无法写入的地方。");

    public static FindingKind FileMissing { get; } = new(
        "db.file_missing", Severity.Refusal, "There is no file {file}.", "文件 {file} 不存在。");

    public static FindingKind FileExists { get; } = new(
        "db.file_exists", Severity.Refusal, "{file} is there already, and heads are never written over. Give a new name, such as the date.",
        "文件 {file} 已存在，检查点不会被覆盖。请换一个名称，例如加上日期。");

    public static FindingKind FileUnusable { get; } = new(
        "db.file_unusable", Severity.Refusal, "{file} cannot be read or written. Check its path and its rights.",
        "文件 {file} 无法读写，请检查路径和权限。");

    public static FindingKind KeyTooShort { get; } = new(
        "db.key_too_short", Severity.Refusal, "{file} holds fewer than {least} bytes, too few for a secret. Make one: "
        + "openssl rand -out {file} 32",
        "文件 {file} 不足 {least} 字节，不能用作密钥。可运行 openssl rand -out {file} 32 生成。");

    public static FindingKind SignatureNotChecked { get; } = new(
        "db.signature_not_checked", Severity.Note, "{file} says to be signed by {signer}; without --key that was not checked.",
        "文件 {file} 声明由 {signer} 签名；未给出 --key，签名未经验证。");

    public static FindingKind AgainstClean { get; } = new(
        "ok", Severity.Note, "The past is the one of the checkpoint of {at}.", "历史与 {at} 的检查点一致。");

    public static FindingKind AgainstDiffers { get; } = new(
        "db.past_differs", Severity.Refusal, "The past is not the one of the checkpoint of {at}. Compare with a backup of that time.",
        "历史与 {at} 的检查点不一致，请与当时的备份比对。");

    public static FindingKind Form { get; } = new(
        "db.form", Severity.Note, "{type} form {form}: {events} events", "{type} 第 {form} 版格式：事件 {events} 个");

    public static FindingKind OnePlace { get; } = new(
        "db.one_place", Severity.Refusal, "Give either --sqlite FILE or --postgres CONNECTION.",
        "请指定 --sqlite 文件 或 --postgres 连接串 其中之一。");

    public static FindingKind Unsafe { get; } = new("db.unsafe", Severity.Refusal, "{reason}", "无法使用该数据库：{reason}");
}
