-- A person's word on the priority stands over that of the runs. What was signed, in numbers of the case's revision: what
-- came since is a change that no signature covers.
ALTER TABLE cases ADD COLUMN asked_priority INTEGER;
ALTER TABLE cases ADD COLUMN signed_revision INTEGER;
ALTER TABLE cases ADD COLUMN low_confidence INTEGER NOT NULL DEFAULT 0;
ALTER TABLE cases ADD COLUMN delivery TEXT NOT NULL DEFAULT '';
CREATE INDEX cases_waiting ON cases (priority, recency) WHERE status NOT IN ('approved', 'delivered');

-- Of what was signed before, the trail knows whether images came later.
WITH signed AS (SELECT subject, max(seq) AS at FROM audit_events WHERE action = 'sign' GROUP BY subject),
  came AS (SELECT subject, max(seq) AS at FROM audit_events
    WHERE action = 'import' AND detail NOT LIKE '0 images%' GROUP BY subject)
UPDATE cases SET signed_revision = revision - coalesce(
    (SELECT came.at > signed.at FROM came JOIN signed ON signed.subject = came.subject
      WHERE came.subject = cases.uuid), 0)
  WHERE id IN (SELECT "case" FROM versions);
UPDATE cases SET low_confidence = (SELECT count(*) FROM items WHERE "case" = cases.id AND kind = 'finding'
    AND state = 'proposed' AND json_extract(data, '$.confidence') < 0.5)
  WHERE unreviewed > 0;

CREATE TABLE comparisons (
  "case" INTEGER PRIMARY KEY REFERENCES cases,
  data TEXT NOT NULL
) STRICT;

CREATE TABLE read_done (
  "case" INTEGER NOT NULL REFERENCES cases,
  reader TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY ("case", reader)
) STRICT, WITHOUT ROWID;

CREATE TABLE nodes (
  name TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  ae_title TEXT NOT NULL,
  host TEXT NOT NULL,
  port INTEGER NOT NULL,
  calling_ae TEXT NOT NULL,
  url TEXT NOT NULL,
  user TEXT NOT NULL,
  password TEXT NOT NULL,
  deliver INTEGER NOT NULL,
  accept INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- One that waits has no lease, one that is held was due: the later of the two times is when a worker may take it.
ALTER TABLE deliveries ADD COLUMN not_before INTEGER NOT NULL DEFAULT 0;
ALTER TABLE deliveries ADD COLUMN worker TEXT NOT NULL DEFAULT '';
ALTER TABLE deliveries ADD COLUMN lease_until INTEGER NOT NULL DEFAULT 0;
CREATE INDEX deliveries_pending ON deliveries (max(not_before, lease_until)) WHERE state IN ('due', 'sending');

-- What one asks for by field only, as whole words: how urgent, whose (in hex, so that a name is one word), and what is
-- still to be done.
DROP TABLE search;
CREATE VIRTUAL TABLE search USING fts5 (
  name, id, description, modality, status, body, accession, priority, reader, waits,
  tokenize = "unicode61 remove_diacritics 2"
);
INSERT INTO search (rowid, name, id, description, modality, status, body, accession, priority, reader, waits)
  SELECT c.recency, p.name, p.patient_id, s.description, c.modality,
    c.status || iif(c.status IN ('approved', 'delivered'), ' signed', ''), c.body_part, s.accession,
    CASE c.priority WHEN 0 THEN 'stat' WHEN 1 THEN 'urgent' WHEN 2 THEN 'routine' ELSE 'research' END,
    hex(lower(c.reader)),
    iif(c.status IN ('approved', 'delivered'), '', 'unread') || iif(c.revision > c.signed_revision, ' changed', '')
  FROM cases c JOIN studies s ON s.id = c.id JOIN patients p ON p.id = s.patient;
