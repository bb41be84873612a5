-- OrderKernel on PostgreSQL, schema version 1. Scripts are append-only: a later version adds a file and never edits this one.
-- Tenant first in every key. Payloads are text, not jsonb, so that their bytes and hashes stay. Texts compare by code point.

CREATE TABLE om_schema (version bigint NOT NULL PRIMARY KEY);

CREATE TABLE om_facts (
  facts_hash text COLLATE "C" NOT NULL PRIMARY KEY,
  body       text COLLATE "C" NOT NULL
);

-- Positions are drawn in the order of units, while rows are put down in the order of keys, in which twins meet.
CREATE SEQUENCE om_command_seq;

CREATE TABLE om_command (
  command_pos  bigint NOT NULL PRIMARY KEY,
  tenant       text COLLATE "C" NOT NULL,
  command_id   text COLLATE "C" NOT NULL,
  category     text COLLATE "C" NOT NULL,
  stream_key   text COLLATE "C" NOT NULL,
  read_version bigint NOT NULL CHECK (read_version >= 0),
  body         text COLLATE "C" NOT NULL,
  body_hash    text COLLATE "C" NOT NULL,
  actor        text COLLATE "C" NOT NULL,
  source       text COLLATE "C" NOT NULL,
  decided_at   bigint NOT NULL,
  facts_hash   text COLLATE "C" NOT NULL REFERENCES om_facts (facts_hash),
  outcome      text COLLATE "C" NOT NULL,
  UNIQUE (tenant, command_id)
);

CREATE TABLE om_stream (
  tenant     text COLLATE "C" NOT NULL,
  category   text COLLATE "C" NOT NULL,
  stream_key text COLLATE "C" NOT NULL,
  version    bigint NOT NULL CHECK (version >= 1),
  PRIMARY KEY (tenant, category, stream_key)
);

-- event_pos is the order of allocation only, never a cursor: a lower one may become visible later. The feed numbers events.
CREATE TABLE om_event (
  event_pos      bigint GENERATED ALWAYS AS IDENTITY (CACHE 1) PRIMARY KEY,
  tenant         text COLLATE "C" NOT NULL,
  category       text COLLATE "C" NOT NULL,
  stream_key     text COLLATE "C" NOT NULL,
  version        bigint NOT NULL CHECK (version >= 1),
  event_id       text COLLATE "C" NOT NULL,
  event_type     text COLLATE "C" NOT NULL,
  schema_version integer NOT NULL,
  recorded_at    bigint NOT NULL,
  command_id     text COLLATE "C" NOT NULL,
  ordinal        integer NOT NULL,
  actor          text COLLATE "C" NOT NULL,
  source         text COLLATE "C" NOT NULL,
  previous_hash  text COLLATE "C" NOT NULL,
  hash           text COLLATE "C" NOT NULL,
  payload        text COLLATE "C" NOT NULL,
  UNIQUE (tenant, category, stream_key, version)
);

CREATE FUNCTION om_event_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'om_event is append-only'; END $$;

CREATE TRIGGER tr_om_event_no_change BEFORE UPDATE OR DELETE ON om_event
FOR EACH ROW EXECUTE FUNCTION om_event_refuse();

CREATE TRIGGER tr_om_event_no_truncate BEFORE TRUNCATE ON om_event
FOR EACH STATEMENT EXECUTE FUNCTION om_event_refuse();

CREATE TABLE om_feed (
  tenant    text COLLATE "C" NOT NULL,
  feed_pos  bigint NOT NULL CHECK (feed_pos >= 1),
  event_pos bigint NOT NULL UNIQUE REFERENCES om_event (event_pos),
  PRIMARY KEY (tenant, feed_pos)
);

-- Events that the sequencer has still to number. Committed with the event, removed with its number.
CREATE TABLE om_feed_waiting (
  tenant    text COLLATE "C" NOT NULL,
  event_pos bigint NOT NULL,
  PRIMARY KEY (tenant, event_pos)
);

CREATE TABLE om_cell (
  cell_id    bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  tenant     text COLLATE "C" NOT NULL,
  sku        text COLLATE "C" NOT NULL,
  node       text COLLATE "C" NOT NULL,
  lot        text COLLATE "C" NOT NULL,
  owner      text COLLATE "C" NOT NULL,
  supply     bigint NOT NULL DEFAULT 0,
  available  bigint NOT NULL DEFAULT 0,
  reserved   bigint NOT NULL DEFAULT 0 CHECK (reserved >= 0),
  committed  bigint NOT NULL DEFAULT 0 CHECK (committed >= 0),
  in_transit bigint NOT NULL DEFAULT 0 CHECK (in_transit >= 0),
  shipped    bigint NOT NULL DEFAULT 0 CHECK (shipped >= 0),
  quarantine bigint NOT NULL DEFAULT 0 CHECK (quarantine >= 0),
  scrap      bigint NOT NULL DEFAULT 0 CHECK (scrap >= 0),
  overdraft  bigint NOT NULL DEFAULT 0 CHECK (overdraft >= 0),
  UNIQUE (tenant, sku, node, lot, owner)
) WITH (fillfactor = 70);

-- No foreign keys to cells and commands: a check per row would lock the hottest rows again for what the writer has just locked
-- and read. The audit joins all three.
CREATE TABLE om_posting (
  posting_pos  bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  command_pos  bigint NOT NULL,
  from_cell    bigint NOT NULL,
  from_account integer NOT NULL,
  to_cell      bigint NOT NULL,
  to_account   integer NOT NULL,
  quantity     bigint NOT NULL CHECK (quantity > 0)
);

CREATE TABLE om_hold (
  tenant    text COLLATE "C" NOT NULL,
  order_key text COLLATE "C" NOT NULL,
  line      integer NOT NULL,
  cell_id   bigint NOT NULL,
  quantity  bigint NOT NULL CHECK (quantity > 0),
  PRIMARY KEY (tenant, order_key, line, cell_id)
);

CREATE TABLE om_open_line (
  tenant         text COLLATE "C" NOT NULL,
  sku            text COLLATE "C" NOT NULL,
  order_key      text COLLATE "C" NOT NULL,
  line           integer NOT NULL,
  unheld         bigint NOT NULL CHECK (unheld >= 0),
  held           bigint NOT NULL CHECK (held >= 0),
  tier           integer NOT NULL,
  placed_at      bigint NOT NULL,
  due_at         bigint,
  customer_level text COLLATE "C" NOT NULL,
  payment_method text COLLATE "C" NOT NULL,
  paid           bigint NOT NULL,
  priority       integer NOT NULL,
  blocked        bigint NOT NULL,
  PRIMARY KEY (tenant, sku, order_key, line)
);

CREATE TABLE om_timer (
  tenant      text COLLATE "C" NOT NULL,
  category    text COLLATE "C" NOT NULL,
  stream_key  text COLLATE "C" NOT NULL,
  purpose     text COLLATE "C" NOT NULL,
  generation  integer NOT NULL,
  due         bigint NOT NULL,
  fence       bigint NOT NULL DEFAULT 0,
  free_at     bigint NOT NULL DEFAULT 0,
  lease_owner text COLLATE "C" NOT NULL DEFAULT '',
  PRIMARY KEY (tenant, category, stream_key, purpose)
);

CREATE INDEX ix_om_timer_due ON om_timer (tenant, due);

CREATE TABLE om_outbox (
  message_pos bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  tenant      text COLLATE "C" NOT NULL,
  message_id  text COLLATE "C" NOT NULL,
  destination text COLLATE "C" NOT NULL,
  category    text COLLATE "C" NOT NULL,
  stream_key  text COLLATE "C" NOT NULL,
  version     bigint NOT NULL,
  body        text COLLATE "C" NOT NULL,
  sent        integer NOT NULL DEFAULT 0,
  attempts    integer NOT NULL DEFAULT 0,
  fence       bigint NOT NULL DEFAULT 0,
  free_at     bigint NOT NULL DEFAULT 0,
  lease_owner text COLLATE "C" NOT NULL DEFAULT '',
  parked      integer NOT NULL DEFAULT 0,
  failure     text COLLATE "C" NOT NULL DEFAULT '',
  UNIQUE (tenant, message_id)
);

CREATE INDEX ix_om_outbox_waiting ON om_outbox (tenant, message_pos) WHERE sent = 0;
CREATE INDEX ix_om_outbox_key ON om_outbox (tenant, destination, category, stream_key, message_pos) WHERE sent = 0;

CREATE TABLE om_inbox (
  tenant      text COLLATE "C" NOT NULL,
  consumer    text COLLATE "C" NOT NULL,
  source      text COLLATE "C" NOT NULL,
  message_id  text COLLATE "C" NOT NULL,
  note        text COLLATE "C" NOT NULL,
  received_at bigint NOT NULL,
  PRIMARY KEY (tenant, consumer, source, message_id)
);

CREATE INDEX ix_om_inbox_age ON om_inbox (tenant, received_at);

-- A promise that was not given is the greatest number, so that it sorts last.
CREATE TABLE om_board (
  tenant        text COLLATE "C" NOT NULL,
  order_key     text COLLATE "C" NOT NULL,
  version       bigint NOT NULL,
  customer      text COLLATE "C" NOT NULL,
  stage         text COLLATE "C" NOT NULL,
  is_final      integer NOT NULL,
  role          text COLLATE "C" NOT NULL,
  reason        text COLLATE "C" NOT NULL,
  since         bigint NOT NULL,
  open_units    bigint NOT NULL,
  first_promise bigint NOT NULL,
  promise       bigint NOT NULL,
  PRIMARY KEY (tenant, order_key)
);

CREATE INDEX ix_om_board_since ON om_board (tenant, since, order_key);
CREATE INDEX ix_om_board_promise ON om_board (tenant, promise, order_key);
CREATE INDEX ix_om_board_stage ON om_board (tenant, stage, since, order_key);
CREATE INDEX ix_om_board_role ON om_board (tenant, role, since, order_key);
CREATE INDEX ix_om_board_customer ON om_board (tenant, customer, since, order_key);

CREATE TABLE om_projection (
  tenant   text COLLATE "C" NOT NULL,
  name     text COLLATE "C" NOT NULL,
  position bigint NOT NULL CHECK (position >= 0),
  PRIMARY KEY (tenant, name)
);

INSERT INTO om_schema (version) VALUES (1);
