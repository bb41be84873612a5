-- OrderKernel on SQLite, schema version 1. Scripts are append-only: a later version adds a file and never edits this one.
-- Tenant first in every key. Payloads are text, never parsed by the database, so that their bytes and hashes stay.

CREATE TABLE om_schema (version INTEGER NOT NULL PRIMARY KEY) STRICT;

CREATE TABLE om_facts (
  facts_hash TEXT NOT NULL PRIMARY KEY,
  body       TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE om_command (
  command_pos  INTEGER PRIMARY KEY,
  tenant       TEXT NOT NULL,
  command_id   TEXT NOT NULL,
  category     TEXT NOT NULL,
  stream_key   TEXT NOT NULL,
  read_version INTEGER NOT NULL CHECK (read_version >= 0),
  body         TEXT NOT NULL,
  body_hash    TEXT NOT NULL,
  actor        TEXT NOT NULL,
  source       TEXT NOT NULL,
  decided_at   INTEGER NOT NULL,
  facts_hash   TEXT NOT NULL REFERENCES om_facts (facts_hash),
  outcome      TEXT NOT NULL,
  UNIQUE (tenant, command_id)
) STRICT;

CREATE TABLE om_stream (
  tenant     TEXT NOT NULL,
  category   TEXT NOT NULL,
  stream_key TEXT NOT NULL,
  version    INTEGER NOT NULL CHECK (version >= 1),
  PRIMARY KEY (tenant, category, stream_key)
) STRICT, WITHOUT ROWID;

CREATE TABLE om_event (
  event_pos      INTEGER PRIMARY KEY,
  tenant         TEXT NOT NULL,
  category       TEXT NOT NULL,
  stream_key     TEXT NOT NULL,
  version        INTEGER NOT NULL CHECK (version >= 1),
  event_id       TEXT NOT NULL,
  event_type     TEXT NOT NULL,
  schema_version INTEGER NOT NULL,
  recorded_at    INTEGER NOT NULL,
  command_id     TEXT NOT NULL,
  ordinal        INTEGER NOT NULL,
  actor          TEXT NOT NULL,
  source         TEXT NOT NULL,
  previous_hash  TEXT NOT NULL,
  hash           TEXT NOT NULL,
  payload        TEXT NOT NULL,
  UNIQUE (tenant, category, stream_key, version)
) STRICT;

CREATE TRIGGER om_event_no_update BEFORE UPDATE ON om_event
BEGIN SELECT RAISE(ABORT, 'om_event is append-only'); END;

CREATE TRIGGER om_event_no_delete BEFORE DELETE ON om_event
BEGIN SELECT RAISE(ABORT, 'om_event is append-only'); END;

CREATE TABLE om_feed (
  tenant    TEXT NOT NULL,
  feed_pos  INTEGER NOT NULL CHECK (feed_pos >= 1),
  event_pos INTEGER NOT NULL REFERENCES om_event (event_pos),
  PRIMARY KEY (tenant, feed_pos)
) STRICT, WITHOUT ROWID;

CREATE TABLE om_cell (
  cell_id    INTEGER PRIMARY KEY,
  tenant     TEXT NOT NULL,
  sku        TEXT NOT NULL,
  node       TEXT NOT NULL,
  lot        TEXT NOT NULL,
  owner      TEXT NOT NULL,
  supply     INTEGER NOT NULL DEFAULT 0,
  available  INTEGER NOT NULL DEFAULT 0,
  reserved   INTEGER NOT NULL DEFAULT 0 CHECK (reserved >= 0),
  committed  INTEGER NOT NULL DEFAULT 0 CHECK (committed >= 0),
  in_transit INTEGER NOT NULL DEFAULT 0 CHECK (in_transit >= 0),
  shipped    INTEGER NOT NULL DEFAULT 0 CHECK (shipped >= 0),
  quarantine INTEGER NOT NULL DEFAULT 0 CHECK (quarantine >= 0),
  scrap      INTEGER NOT NULL DEFAULT 0 CHECK (scrap >= 0),
  overdraft  INTEGER NOT NULL DEFAULT 0 CHECK (overdraft >= 0),
  UNIQUE (tenant, sku, node, lot, owner)
) STRICT;

CREATE TABLE om_posting (
  posting_pos  INTEGER PRIMARY KEY,
  command_pos  INTEGER NOT NULL REFERENCES om_command (command_pos),
  from_cell    INTEGER NOT NULL REFERENCES om_cell (cell_id),
  from_account INTEGER NOT NULL,
  to_cell      INTEGER NOT NULL REFERENCES om_cell (cell_id),
  to_account   INTEGER NOT NULL,
  quantity     INTEGER NOT NULL CHECK (quantity > 0)
) STRICT;

CREATE TABLE om_hold (
  tenant    TEXT NOT NULL,
  order_key TEXT NOT NULL,
  line      INTEGER NOT NULL,
  cell_id   INTEGER NOT NULL REFERENCES om_cell (cell_id),
  quantity  INTEGER NOT NULL CHECK (quantity > 0),
  PRIMARY KEY (tenant, order_key, line, cell_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE om_timer (
  tenant     TEXT NOT NULL,
  category   TEXT NOT NULL,
  stream_key TEXT NOT NULL,
  purpose    TEXT NOT NULL,
  generation INTEGER NOT NULL,
  due        INTEGER NOT NULL,
  PRIMARY KEY (tenant, category, stream_key, purpose)
) STRICT, WITHOUT ROWID;

CREATE INDEX om_timer_due ON om_timer (tenant, due);

CREATE TABLE om_outbox (
  message_pos INTEGER PRIMARY KEY,
  tenant      TEXT NOT NULL,
  message_id  TEXT NOT NULL,
  destination TEXT NOT NULL,
  category    TEXT NOT NULL,
  stream_key  TEXT NOT NULL,
  version     INTEGER NOT NULL,
  body        TEXT NOT NULL,
  sent        INTEGER NOT NULL DEFAULT 0,
  UNIQUE (tenant, message_id)
) STRICT;

CREATE INDEX om_outbox_waiting ON om_outbox (tenant, message_pos) WHERE sent = 0;

INSERT INTO om_schema (version) VALUES (1);
