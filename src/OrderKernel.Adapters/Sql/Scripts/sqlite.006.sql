-- OrderKernel on SQLite, schema version 6: seals over commands and feed, and no way to replace or remove what was written once.

-- A seal covers commands and the events of the feed since the seal before it, whose hash it carries on.
CREATE TABLE om_seal (
  tenant   TEXT NOT NULL,
  seal_pos INTEGER NOT NULL CHECK (seal_pos >= 1),
  commands TEXT NOT NULL,
  feed_end INTEGER NOT NULL CHECK (feed_end >= 0),
  hash     TEXT NOT NULL,
  PRIMARY KEY (tenant, seal_pos)
) STRICT, WITHOUT ROWID;

-- What was stored before this version is sealed as it is when the file is opened or written next.

INSERT INTO om_rebuild (name) SELECT 'seal' WHERE EXISTS (SELECT 1 FROM om_command);

-- REPLACE removes a row without a word to the triggers on deletes; so what is there already must not be put in again.

CREATE TRIGGER om_event_no_replace BEFORE INSERT ON om_event
WHEN EXISTS (SELECT 1 FROM om_event e WHERE e.event_pos = NEW.event_pos) OR EXISTS (SELECT 1 FROM om_event e
  WHERE e.tenant = NEW.tenant AND e.category = NEW.category AND e.stream_key = NEW.stream_key AND e.version = NEW.version)
BEGIN SELECT RAISE(ABORT, 'om_event is append-only'); END;

-- A command that comes twice is passed over, whoever asks for a replacement.

CREATE TRIGGER om_command_no_replace BEFORE INSERT ON om_command
WHEN EXISTS (SELECT 1 FROM om_command c WHERE c.tenant = NEW.tenant AND c.command_id = NEW.command_id)
BEGIN SELECT RAISE(IGNORE); END;

CREATE TRIGGER om_command_no_reuse BEFORE INSERT ON om_command
WHEN EXISTS (SELECT 1 FROM om_command c WHERE c.command_pos = NEW.command_pos)
BEGIN SELECT RAISE(ABORT, 'om_command is append-only'); END;

CREATE TRIGGER om_command_no_update BEFORE UPDATE ON om_command
BEGIN SELECT RAISE(ABORT, 'om_command is append-only'); END;

CREATE TRIGGER om_command_no_delete BEFORE DELETE ON om_command
BEGIN SELECT RAISE(ABORT, 'om_command is append-only'); END;

CREATE TRIGGER om_facts_no_replace BEFORE INSERT ON om_facts
WHEN EXISTS (SELECT 1 FROM om_facts f WHERE f.facts_hash = NEW.facts_hash)
BEGIN SELECT RAISE(IGNORE); END;

CREATE TRIGGER om_facts_no_update BEFORE UPDATE ON om_facts
BEGIN SELECT RAISE(ABORT, 'om_facts is append-only'); END;

CREATE TRIGGER om_facts_no_delete BEFORE DELETE ON om_facts
BEGIN SELECT RAISE(ABORT, 'om_facts is append-only'); END;

CREATE TRIGGER om_feed_no_replace BEFORE INSERT ON om_feed
WHEN EXISTS (SELECT 1 FROM om_feed f WHERE f.tenant = NEW.tenant AND f.feed_pos = NEW.feed_pos)
BEGIN SELECT RAISE(ABORT, 'om_feed is append-only'); END;

CREATE TRIGGER om_feed_no_update BEFORE UPDATE ON om_feed
BEGIN SELECT RAISE(ABORT, 'om_feed is append-only'); END;

CREATE TRIGGER om_feed_no_delete BEFORE DELETE ON om_feed
BEGIN SELECT RAISE(ABORT, 'om_feed is append-only'); END;

CREATE TRIGGER om_posting_no_replace BEFORE INSERT ON om_posting
WHEN EXISTS (SELECT 1 FROM om_posting p WHERE p.posting_pos = NEW.posting_pos)
BEGIN SELECT RAISE(ABORT, 'om_posting is append-only'); END;

CREATE TRIGGER om_posting_no_update BEFORE UPDATE ON om_posting
BEGIN SELECT RAISE(ABORT, 'om_posting is append-only'); END;

CREATE TRIGGER om_posting_no_delete BEFORE DELETE ON om_posting
BEGIN SELECT RAISE(ABORT, 'om_posting is append-only'); END;

CREATE TRIGGER om_seal_no_replace BEFORE INSERT ON om_seal
WHEN EXISTS (SELECT 1 FROM om_seal s WHERE s.tenant = NEW.tenant AND s.seal_pos = NEW.seal_pos)
BEGIN SELECT RAISE(ABORT, 'om_seal is append-only'); END;

CREATE TRIGGER om_seal_no_update BEFORE UPDATE ON om_seal
BEGIN SELECT RAISE(ABORT, 'om_seal is append-only'); END;

CREATE TRIGGER om_seal_no_delete BEFORE DELETE ON om_seal
BEGIN SELECT RAISE(ABORT, 'om_seal is append-only'); END;

INSERT INTO om_schema (version) VALUES (6);
