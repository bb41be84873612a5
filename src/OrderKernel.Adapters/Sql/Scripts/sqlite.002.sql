-- OrderKernel on SQLite, schema version 2: the index of open lines, kept with every unit, and what must be rebuilt from events.

CREATE TABLE om_open_line (
  tenant         TEXT NOT NULL,
  sku            TEXT NOT NULL,
  order_key      TEXT NOT NULL,
  line           INTEGER NOT NULL,
  unheld         INTEGER NOT NULL CHECK (unheld >= 0),
  held           INTEGER NOT NULL CHECK (held >= 0),
  tier           INTEGER NOT NULL,
  placed_at      INTEGER NOT NULL,
  due_at         INTEGER,
  customer_level TEXT NOT NULL,
  payment_method TEXT NOT NULL,
  paid           INTEGER NOT NULL,
  priority       INTEGER NOT NULL,
  blocked        INTEGER NOT NULL,
  PRIMARY KEY (tenant, sku, order_key, line)
) STRICT, WITHOUT ROWID;

CREATE TABLE om_rebuild (name TEXT NOT NULL PRIMARY KEY) STRICT, WITHOUT ROWID;

-- Orders stored before this version are folded into the index when the file is opened next.
INSERT INTO om_rebuild (name) SELECT 'open_line' WHERE EXISTS (SELECT 1 FROM om_event);

INSERT INTO om_schema (version) VALUES (2);
