-- OrderKernel on SQLite, schema version 4: states of orders that were folded before. A cache: empty it whenever you like.

CREATE TABLE om_snapshot (
  tenant      TEXT NOT NULL,
  order_key   TEXT NOT NULL,
  schema_hash TEXT NOT NULL,
  version     INTEGER NOT NULL,
  last_hash   TEXT NOT NULL,
  state       TEXT NOT NULL,
  checksum    TEXT NOT NULL,
  PRIMARY KEY (tenant, order_key, schema_hash)
) STRICT;

INSERT INTO om_schema (version) VALUES (4);
