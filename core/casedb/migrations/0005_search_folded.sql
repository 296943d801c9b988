-- The index keeps text as fold.h makes it, so that width, normal form and a written out umlaut do not matter.
UPDATE search SET name = searchable(name), id = searchable(id), description = searchable(description),
  body = searchable(body), accession = searchable(accession);
