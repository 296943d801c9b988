-- A case that a reader put aside, and how it was shown then (of core/workflow, as JSON).
CREATE TABLE parked (
  reader TEXT NOT NULL,
  "case" INTEGER NOT NULL REFERENCES cases,
  view TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (reader, "case")
) STRICT, WITHOUT ROWID;
