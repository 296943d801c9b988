-- Times are milliseconds since 1970 UTC. Keys named like a table (study, series, run) are its id. A case is what we do
-- with one study and shares the study's key. Columns hold what is asked for; the rest of a value is JSON.

CREATE TABLE patients (
  id INTEGER PRIMARY KEY,
  patient_id TEXT NOT NULL,
  name TEXT NOT NULL,
  birth_date TEXT NOT NULL,
  sex TEXT NOT NULL,
  UNIQUE (patient_id, name, birth_date, sex)
) STRICT;

CREATE TABLE studies (
  id INTEGER PRIMARY KEY,
  uid TEXT NOT NULL UNIQUE,
  patient INTEGER NOT NULL REFERENCES patients,
  description TEXT NOT NULL,
  date TEXT NOT NULL,
  time TEXT NOT NULL,
  accession TEXT NOT NULL,
  referring_physician TEXT NOT NULL,
  study_id TEXT NOT NULL
) STRICT;
CREATE INDEX studies_of_patient ON studies (patient);

CREATE TABLE cases (
  id INTEGER PRIMARY KEY REFERENCES studies,
  uuid TEXT NOT NULL UNIQUE,
  recency INTEGER NOT NULL UNIQUE,  -- order of the worklist, and rowid in its search table
  revision INTEGER NOT NULL DEFAULT 0,
  status TEXT NOT NULL DEFAULT 'received',
  reader TEXT NOT NULL DEFAULT '',
  -- what the worklist shows, derived from the other tables within the transaction that changes them
  priority INTEGER NOT NULL DEFAULT 2,
  modality TEXT NOT NULL DEFAULT '',
  body_part TEXT NOT NULL DEFAULT '',
  images INTEGER NOT NULL DEFAULT 0,
  findings INTEGER NOT NULL DEFAULT 0,
  unreviewed INTEGER NOT NULL DEFAULT 0,
  steps_done INTEGER NOT NULL DEFAULT 0,
  steps_total INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE VIRTUAL TABLE search USING fts5 (
  name, id, description, modality, status, body, accession,
  tokenize = "unicode61 remove_diacritics 2"
);

CREATE TABLE series (
  id INTEGER PRIMARY KEY,
  study INTEGER NOT NULL REFERENCES studies,
  uid TEXT NOT NULL UNIQUE,
  frame_of_reference TEXT NOT NULL,
  modality TEXT NOT NULL,
  description TEXT NOT NULL,
  number INTEGER NOT NULL,
  body_part TEXT NOT NULL,
  manufacturer TEXT NOT NULL,
  model TEXT NOT NULL,
  protocol TEXT NOT NULL
) STRICT;
CREATE INDEX series_of_study ON series (study, number);

-- One file. Two files of one SOP UID with other bytes are both kept; the second is a conflict and in no block.
CREATE TABLE instances (
  id INTEGER PRIMARY KEY,
  series INTEGER NOT NULL REFERENCES series,
  sop_uid TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  conflict INTEGER NOT NULL,
  path TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  sop_class TEXT NOT NULL,
  number INTEGER NOT NULL,
  header TEXT NOT NULL,
  UNIQUE (sop_uid, sha256)
) STRICT;
CREATE INDEX instances_of_series ON instances (series, conflict);

CREATE TABLE blocks (
  series INTEGER NOT NULL REFERENCES series,
  number INTEGER NOT NULL,
  data TEXT NOT NULL,
  PRIMARY KEY (series, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE viewed (
  series INTEGER PRIMARY KEY REFERENCES series
) STRICT;

CREATE TABLE items (
  id INTEGER PRIMARY KEY,
  "case" INTEGER NOT NULL REFERENCES cases,
  uuid TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  state TEXT NOT NULL,
  data TEXT NOT NULL
) STRICT;
CREATE INDEX items_of_case ON items ("case", kind, state);

-- Every mask that an item had, the newest with the largest version; the bytes are a blob.
CREATE TABLE masks (
  item INTEGER NOT NULL REFERENCES items ON DELETE CASCADE,
  version INTEGER NOT NULL,
  hash TEXT NOT NULL,
  PRIMARY KEY (item, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE runs (
  id INTEGER PRIMARY KEY,
  "case" INTEGER NOT NULL REFERENCES cases,
  uuid TEXT NOT NULL UNIQUE,
  pipeline TEXT NOT NULL,
  priority INTEGER NOT NULL,
  state TEXT NOT NULL,
  created INTEGER NOT NULL
) STRICT;
CREATE INDEX runs_of_case ON runs ("case");
CREATE INDEX runs_active ON runs (priority, id) WHERE state IN ('queued', 'running');

CREATE TABLE steps (
  run INTEGER NOT NULL REFERENCES runs,
  number INTEGER NOT NULL,
  agent TEXT NOT NULL,
  agent_version TEXT NOT NULL,
  needs TEXT NOT NULL,
  state TEXT NOT NULL,
  attempts INTEGER NOT NULL,
  progress REAL NOT NULL,
  started INTEGER,
  seconds REAL NOT NULL,
  error TEXT NOT NULL,
  worker TEXT NOT NULL,
  lease_until INTEGER,
  note TEXT NOT NULL,
  PRIMARY KEY (run, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE step_outputs (
  run INTEGER NOT NULL,
  step INTEGER NOT NULL,
  data TEXT NOT NULL,
  PRIMARY KEY (run, step),
  FOREIGN KEY (run, step) REFERENCES steps (run, number)
) STRICT;

CREATE TABLE reports (
  "case" INTEGER PRIMARY KEY REFERENCES cases,
  data TEXT NOT NULL
) STRICT;

CREATE TABLE versions (
  "case" INTEGER NOT NULL REFERENCES cases,
  number INTEGER NOT NULL,
  hash TEXT NOT NULL,
  signed_by TEXT NOT NULL,
  signed_at INTEGER NOT NULL,
  document TEXT NOT NULL,
  signature TEXT NOT NULL,
  certificate TEXT NOT NULL,
  PRIMARY KEY ("case", number)
) STRICT;
CREATE TRIGGER versions_never_change BEFORE UPDATE ON versions
BEGIN SELECT RAISE(ABORT, 'a signed version never changes'); END;
CREATE TRIGGER versions_never_go BEFORE DELETE ON versions
BEGIN SELECT RAISE(ABORT, 'a signed version never goes'); END;

CREATE TABLE deliveries (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  "case" INTEGER NOT NULL,
  version INTEGER NOT NULL,
  destination TEXT NOT NULL,
  format TEXT NOT NULL,
  state TEXT NOT NULL,
  attempts INTEGER NOT NULL,
  error TEXT NOT NULL,
  FOREIGN KEY ("case", version) REFERENCES versions ("case", number)
) STRICT;
CREATE INDEX deliveries_of_version ON deliveries ("case", version);

CREATE TABLE readers (
  id TEXT PRIMARY KEY,
  roles TEXT NOT NULL,
  disabled INTEGER NOT NULL,
  secret_hash TEXT NOT NULL,
  sealed_key TEXT NOT NULL,
  certificate TEXT NOT NULL,
  wrong_secrets INTEGER NOT NULL,
  locked_until INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE settings (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE audit_events (
  seq INTEGER PRIMARY KEY,
  time INTEGER NOT NULL,
  actor TEXT NOT NULL,
  action TEXT NOT NULL,
  subject TEXT NOT NULL,
  detail TEXT NOT NULL,
  previous_hash TEXT NOT NULL,
  hash TEXT NOT NULL
) STRICT;
CREATE TRIGGER audit_events_never_change BEFORE UPDATE ON audit_events
BEGIN SELECT RAISE(ABORT, 'the audit trail is append only'); END;
CREATE TRIGGER audit_events_never_go BEFORE DELETE ON audit_events
BEGIN SELECT RAISE(ABORT, 'the audit trail is append only'); END;
