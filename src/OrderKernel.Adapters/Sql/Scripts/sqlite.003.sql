-- OrderKernel on SQLite, schema version 3: leases and fences for what leaves and wakes, what arrived, and the stored board.

ALTER TABLE om_outbox ADD COLUMN attempts INTEGER NOT NULL DEFAULT 0;
ALTER TABLE om_outbox ADD COLUMN fence INTEGER NOT NULL DEFAULT 0;
ALTER TABLE om_outbox ADD COLUMN free_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE om_outbox ADD COLUMN lease_owner TEXT NOT NULL DEFAULT '';
ALTER TABLE om_outbox ADD COLUMN parked INTEGER NOT NULL DEFAULT 0;
ALTER TABLE om_outbox ADD COLUMN failure TEXT NOT NULL DEFAULT '';

CREATE INDEX om_outbox_key ON om_outbox (tenant, destination, category, stream_key, message_pos) WHERE sent = 0;

ALTER TABLE om_timer ADD COLUMN fence INTEGER NOT NULL DEFAULT 0;
ALTER TABLE om_timer ADD COLUMN free_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE om_timer ADD COLUMN lease_owner TEXT NOT NULL DEFAULT '';

CREATE TABLE om_inbox (
  tenant      TEXT NOT NULL,
  consumer    TEXT NOT NULL,
  source      TEXT NOT NULL,
  message_id  TEXT NOT NULL,
  note        TEXT NOT NULL,
  received_at INTEGER NOT NULL,
  PRIMARY KEY (tenant, consumer, source, message_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX om_inbox_age ON om_inbox (tenant, received_at);

-- A promise that was not given is the greatest number, so that it sorts last.
CREATE TABLE om_board (
  tenant        TEXT NOT NULL,
  order_key     TEXT NOT NULL,
  version       INTEGER NOT NULL,
  customer      TEXT NOT NULL,
  stage         TEXT NOT NULL,
  is_final      INTEGER NOT NULL,
  role          TEXT NOT NULL,
  reason        TEXT NOT NULL,
  since         INTEGER NOT NULL,
  open_units    INTEGER NOT NULL,
  first_promise INTEGER NOT NULL,
  promise       INTEGER NOT NULL,
  PRIMARY KEY (tenant, order_key)
) STRICT, WITHOUT ROWID;

CREATE INDEX om_board_since ON om_board (tenant, since, order_key);
CREATE INDEX om_board_promise ON om_board (tenant, promise, order_key);
CREATE INDEX om_board_stage ON om_board (tenant, stage, since, order_key);
CREATE INDEX om_board_role ON om_board (tenant, role, since, order_key);
CREATE INDEX om_board_customer ON om_board (tenant, customer, since, order_key);

CREATE TABLE om_projection (
  tenant   TEXT NOT NULL,
  name     TEXT NOT NULL,
  position INTEGER NOT NULL CHECK (position >= 0),
  PRIMARY KEY (tenant, name)
) STRICT, WITHOUT ROWID;

INSERT INTO om_schema (version) VALUES (3);
