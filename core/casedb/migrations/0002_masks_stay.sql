-- The masks of an item outlast it: a drawing that was taken back is still something to learn from. So they name it by its
-- id, and none is ever replaced or removed.
CREATE TABLE masks_that_stay (
  item TEXT NOT NULL,
  version INTEGER NOT NULL,
  hash TEXT NOT NULL,
  PRIMARY KEY (item, version)
) STRICT, WITHOUT ROWID;
INSERT INTO masks_that_stay SELECT i.uuid, m.version, m.hash FROM masks m JOIN items i ON i.id = m.item;
DROP TABLE masks;
ALTER TABLE masks_that_stay RENAME TO masks;
CREATE TRIGGER masks_never_change BEFORE UPDATE ON masks
BEGIN SELECT RAISE(ABORT, 'a mask never changes'); END;
CREATE TRIGGER masks_never_go BEFORE DELETE ON masks
BEGIN SELECT RAISE(ABORT, 'a mask never goes'); END;
