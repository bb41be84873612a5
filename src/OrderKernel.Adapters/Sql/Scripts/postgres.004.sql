-- OrderKernel on PostgreSQL, schema version 4: seals over commands and feed, and no way to change or remove what was written once.

-- A seal covers commands and the events of the feed since the seal before it, whose hash it carries on.
CREATE TABLE om_seal (
  tenant   text COLLATE "C" NOT NULL,
  seal_pos bigint NOT NULL CHECK (seal_pos >= 1),
  commands text COLLATE "C" NOT NULL,
  feed_end bigint NOT NULL CHECK (feed_end >= 0),
  hash     text COLLATE "C" NOT NULL,
  PRIMARY KEY (tenant, seal_pos)
);

-- Commands that have still to be sealed, and the messages of each. Committed with the command, removed with its seal.
CREATE TABLE om_seal_waiting (
  tenant     text COLLATE "C" NOT NULL,
  command_id text COLLATE "C" NOT NULL,
  messages   text COLLATE "C" NOT NULL,
  PRIMARY KEY (tenant, command_id)
);

-- What was stored before this version is sealed as it is when the seals are read next.

INSERT INTO om_seal_waiting (tenant, command_id, messages)
SELECT c.tenant, c.command_id, coalesce(m.ids, '') FROM om_command c LEFT JOIN
  (SELECT e.tenant, e.command_id, string_agg(o.message_id, ',' ORDER BY o.message_pos) AS ids FROM om_outbox o
   JOIN om_event e ON e.tenant = o.tenant AND e.category = o.category AND e.stream_key = o.stream_key AND e.version = o.version
   GROUP BY e.tenant, e.command_id) m ON m.tenant = c.tenant AND m.command_id = c.command_id;

CREATE FUNCTION om_refuse_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$;

-- A unit that does not fit takes its command back within its own transaction and says so; nothing else takes one away.

CREATE FUNCTION om_refuse_removal() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
  IF current_setting('orderkernel.unfit', true) = 'dropped' THEN RETURN OLD; END IF;
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
END $$;

CREATE TRIGGER tr_om_command_no_update BEFORE UPDATE ON om_command
FOR EACH ROW EXECUTE FUNCTION om_refuse_change();

CREATE TRIGGER tr_om_command_no_delete BEFORE DELETE ON om_command
FOR EACH ROW EXECUTE FUNCTION om_refuse_removal();

CREATE TRIGGER tr_om_command_no_truncate BEFORE TRUNCATE ON om_command
FOR EACH STATEMENT EXECUTE FUNCTION om_refuse_change();

CREATE TRIGGER tr_om_facts_no_change BEFORE UPDATE OR DELETE ON om_facts
FOR EACH ROW EXECUTE FUNCTION om_refuse_change();

CREATE TRIGGER tr_om_facts_no_truncate BEFORE TRUNCATE ON om_facts
FOR EACH STATEMENT EXECUTE FUNCTION om_refuse_change();

CREATE TRIGGER tr_om_feed_no_change BEFORE UPDATE OR DELETE ON om_feed
FOR EACH ROW EXECUTE FUNCTION om_refuse_change();

CREATE TRIGGER tr_om_feed_no_truncate BEFORE TRUNCATE ON om_feed
FOR EACH STATEMENT EXECUTE FUNCTION om_refuse_change();

CREATE TRIGGER tr_om_posting_no_change BEFORE UPDATE OR DELETE ON om_posting
FOR EACH ROW EXECUTE FUNCTION om_refuse_change();

CREATE TRIGGER tr_om_posting_no_truncate BEFORE TRUNCATE ON om_posting
FOR EACH STATEMENT EXECUTE FUNCTION om_refuse_change();

CREATE TRIGGER tr_om_seal_no_change BEFORE UPDATE OR DELETE ON om_seal
FOR EACH ROW EXECUTE FUNCTION om_refuse_change();

CREATE TRIGGER tr_om_seal_no_truncate BEFORE TRUNCATE ON om_seal
FOR EACH STATEMENT EXECUTE FUNCTION om_refuse_change();

INSERT INTO om_schema (version) VALUES (4);
