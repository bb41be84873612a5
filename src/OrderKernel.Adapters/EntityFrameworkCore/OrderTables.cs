using System.Collections.Generic;

namespace OrderKernel.Adapters.EntityFrameworkCore;

/// <summary>The type of a column; each dialect spells it in its own way.</summary>
internal enum ColumnType
{
    Text,
    Long,
    Int,
}

/// <summary>A column: not null, unless said otherwise; with a default only where the scripts have one.</summary>
internal sealed record Column(string Name, ColumnType Type, object? Default = null, string? Check = null, bool IsNullable = false);

/// <summary>Which databases have something; a test compares with the scripts of each.</summary>
internal enum Has
{
    Both,
    SqliteOnly,
    PostgresOnly,
}

/// <summary>A reference to the key of another table; the column has the same name there unless said otherwise.</summary>
internal sealed record Reference(string Column, string Table, string Target, Has In = Has.Both);

/// <summary>An index of the scripts, by the part of its name after the table's prefix.</summary>
internal sealed record TableIndex(string Name, string[] Columns, bool IsOpenOnly = false);

/// <summary>A table as the scripts make it, in the newest version. A test compares all of this with the scripts on both
/// databases.</summary>
internal sealed record Table(string Name, string[] Key, Column[] Columns)
{
    public string[] Unique { get; init; } = [];

    public Reference[] References { get; init; } = [];

    public TableIndex[] Indexes { get; init; } = [];

    /// <summary>Whether PostgreSQL draws the key itself.</summary>
    public bool HasIdentity { get; init; }

    /// <summary>Which databases have the table.</summary>
    public Has In { get; init; }

    /// <summary>How full PostgreSQL makes a page; 0 for its default.</summary>
    public int FillFactor { get; init; }
}

/// <summary>All tables.</summary>
internal static class OrderTables
{
    private static readonly string[] Stream = ["tenant", "category", "stream_key"];

    public static IReadOnlyList<Table> All { get; } =
    [
        new("schema", ["version"], [Long("version")]),
        new("facts", ["facts_hash"], Texts("facts_hash body")),
        new("command", ["command_pos"],
        [
            Long("command_pos"), .. Texts("tenant command_id category stream_key"), Long("read_version", check: "read_version >= 0"),
            .. Texts("body body_hash actor source"), Long("decided_at"), .. Texts("facts_hash outcome"),
        ])
        {
            Unique = ["tenant", "command_id"], References = [new("facts_hash", "facts", "facts_hash")],
        },
        new("stream", Stream, [.. Texts("tenant category stream_key"), Long("version", check: "version >= 1")]),
        new("event", ["event_pos"],
        [
            Long("event_pos"), .. Texts("tenant category stream_key"), Long("version", check: "version >= 1"),
            .. Texts("event_id event_type"), Int("schema_version"), Long("recorded_at"), .. Texts("command_id"), Int("ordinal"),
            .. Texts("actor source previous_hash hash payload"),
        ])
        {
            HasIdentity = true, Unique = [.. Stream, "version"],
        },
        new("feed", ["tenant", "feed_pos"], [.. Texts("tenant"), Long("feed_pos", check: "feed_pos >= 1"), Long("event_pos")])
        {
            References = [new("event_pos", "event", "event_pos")],
        },
        new("feed_waiting", ["tenant", "event_pos"], [.. Texts("tenant"), Long("event_pos")]) { In = Has.PostgresOnly },
        new("cell", ["cell_id"],
        [
            Long("cell_id"), .. Texts("tenant sku node lot owner"), Long("supply", 0L), Long("available", 0L),
            NotNegative("reserved"), NotNegative("committed"), NotNegative("in_transit"), NotNegative("shipped"),
            NotNegative("quarantine"), NotNegative("scrap"), NotNegative("overdraft"),
        ])
        {
            HasIdentity = true, FillFactor = 70, Unique = ["tenant", "sku", "node", "lot", "owner"],
        },
        new("posting", ["posting_pos"],
        [
            Long("posting_pos"), Long("command_pos"), Long("from_cell"), Int("from_account"), Long("to_cell"), Int("to_account"),
            Long("quantity", check: "quantity > 0"),
        ])
        {
            HasIdentity = true,
            References =
            [
                new("command_pos", "command", "command_pos", Has.SqliteOnly), new("from_cell", "cell", "cell_id", Has.SqliteOnly),
                new("to_cell", "cell", "cell_id", Has.SqliteOnly),
            ],
        },
        new("hold", ["tenant", "order_key", "line", "cell_id"],
        [
            .. Texts("tenant order_key"), Int("line"), Long("cell_id"), Long("quantity", check: "quantity > 0"),
        ])
        {
            References = [new("cell_id", "cell", "cell_id", Has.SqliteOnly)],
        },
        new("open_line", ["tenant", "sku", "order_key", "line"],
        [
            .. Texts("tenant sku order_key"), Int("line"), Long("unheld", check: "unheld >= 0"), Long("held", check: "held >= 0"),
            Int("tier"), Long("placed_at"), new("due_at", ColumnType.Long, IsNullable: true), .. Texts("customer_level payment_method"),
            Long("paid"), Int("priority"), Long("blocked"),
        ]),
        new("rebuild", ["name"], Texts("name")) { In = Has.SqliteOnly },
        new("timer", [.. Stream, "purpose"],
        [
            .. Texts("tenant category stream_key purpose"), Int("generation"), Long("due"), Long("fence", 0L), Long("free_at", 0L),
            EmptyText("lease_owner"),
        ])
        {
            Indexes = [new("timer_due", ["tenant", "due"])],
        },
        new("outbox", ["message_pos"],
        [
            Long("message_pos"), .. Texts("tenant message_id destination category stream_key"), Long("version"), .. Texts("body"),
            Int("sent", 0), Int("attempts", 0), Long("fence", 0L), Long("free_at", 0L), EmptyText("lease_owner"), Int("parked", 0),
            EmptyText("failure"),
        ])
        {
            HasIdentity = true,
            Unique = ["tenant", "message_id"],
            Indexes =
            [
                new("outbox_waiting", ["tenant", "message_pos"], IsOpenOnly: true),
                new("outbox_key", ["tenant", "destination", "category", "stream_key", "message_pos"], IsOpenOnly: true),
            ],
        },
        new("inbox", ["tenant", "consumer", "source", "message_id"],
            [.. Texts("tenant consumer source message_id note"), Long("received_at")])
        {
            Indexes = [new("inbox_age", ["tenant", "received_at"])],
        },
        new("board", ["tenant", "order_key"],
        [
            .. Texts("tenant order_key"), Long("version"), .. Texts("customer stage"), Int("is_final"), .. Texts("role reason"),
            Long("since"), Long("open_units"), Long("first_promise"), Long("promise"),
        ])
        {
            Indexes =
            [
                new("board_since", ["tenant", "since", "order_key"]), new("board_promise", ["tenant", "promise", "order_key"]),
                new("board_stage", ["tenant", "stage", "since", "order_key"]),
                new("board_role", ["tenant", "role", "since", "order_key"]),
                new("board_customer", ["tenant", "customer", "since", "order_key"]),
                new("board_customer_promise", ["tenant", "customer", "promise", "order_key"]),
            ],
        },
        new("projection", ["tenant", "name"], [.. Texts("tenant name"), Long("position", check: "position >= 0")]),
        new("seal", ["tenant", "seal_pos"],
        [
            .. Texts("tenant"), Long("seal_pos", check: "seal_pos >= 1"), .. Texts("commands"), Long("feed_end", check: "feed_end >= 0"),
            .. Texts("hash"),
        ]),
        new("seal_waiting", ["tenant", "command_id"], Texts("tenant command_id messages")) { In = Has.PostgresOnly },
        new("snapshot", ["tenant", "order_key", "schema_hash"],
            [.. Texts("tenant order_key schema_hash"), Long("version"), .. Texts("last_hash state checksum")]),
    ];

    private static Column[] Texts(string names) =>
        System.Array.ConvertAll(names.Split(' '), static name => new Column(name, ColumnType.Text));

    private static Column EmptyText(string name) => new(name, ColumnType.Text, string.Empty);

    private static Column Long(string name, object? value = null, string? check = null) => new(name, ColumnType.Long, value, check);

    private static Column Int(string name, object? value = null) => new(name, ColumnType.Int, value);

    private static Column NotNegative(string name) => new(name, ColumnType.Long, 0L, name + " >= 0");
}
