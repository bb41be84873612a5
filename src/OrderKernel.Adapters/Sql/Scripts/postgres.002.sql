-- OrderKernel on PostgreSQL, schema version 2: states of orders that were folded before. A cache: empty it whenever you like.

CREATE TABLE om_snapshot (
  tenant      text COLLATE "C" NOT NULL,
  order_key   text COLLATE "C" NOT NULL,
  schema_hash text COLLATE "C" NOT NULL,
  version     bigint NOT NULL,
  last_hash   text COLLATE "C" NOT NULL,
  state       text COLLATE "C" NOT NULL,
  checksum    text COLLATE "C" NOT NULL,
  PRIMARY KEY (tenant, order_key, schema_hash)
);

INSERT INTO om_schema (version) VALUES (2);
