#include "core/casedb/sqlite.h"
#include "core/casedb/write.h"

namespace attest::casedb {
namespace {

/// Whatever the worklist shows of a case and can be counted. A finding that was rejected or dismissed is no
/// finding; steps are those of the newest run, and only one that is done counts as done.
constexpr std::string_view derive =
    "UPDATE cases SET"
    " revision = revision + ?2,"
    " images = images + ?3,"
    " recency = iif(?4, (SELECT max(recency) + (max(recency) <> cases.recency) FROM cases AS other), "
    "recency),"
    " modality = coalesce((SELECT group_concat(modality, '/') FROM"
    "   (SELECT DISTINCT modality FROM series WHERE study = ?1 AND modality <> '' ORDER BY modality)), ''),"
    " body_part = coalesce("
    "   (SELECT body_part FROM series WHERE study = ?1 AND body_part <> '' ORDER BY number, id LIMIT 1), ''),"
    " findings = (SELECT count(*) FROM items"
    R"(   WHERE "case" = ?1 AND kind = 'finding' AND state NOT IN ('rejected', 'dismissed')),)"
    R"( unreviewed = (SELECT count(*) FROM items WHERE "case" = ?1 AND kind = 'finding' AND state = 'proposed'),)"
    R"( priority = coalesce((SELECT priority FROM runs WHERE "case" = ?1 ORDER BY id DESC LIMIT 1), 2),)"
    R"( steps_total = (SELECT count(*) FROM steps WHERE run = (SELECT max(id) FROM runs WHERE "case" = ?1)),)"
    R"( steps_done = (SELECT count(*) FROM steps WHERE run = (SELECT max(id) FROM runs WHERE "case" = ?1))"
    "   AND state = 'done')"
    " WHERE id = ?1";

/// The words of a case; a person who looks for what is signed finds it, whatever became of it since.
constexpr std::string_view index =
    "INSERT INTO search (rowid, name, id, description, modality, status, body, accession)"
    " SELECT c.recency, p.name, p.patient_id, s.description, c.modality,"
    "   c.status || iif(c.status IN ('approved', 'delivered'), ' signed', ''), c.body_part, s.accession"
    " FROM cases c JOIN studies s ON s.id = c.id JOIN patients p ON p.id = s.patient WHERE c.id = ?";

std::int64_t recencyOf(Connection& db, std::int64_t key) {
  Statement row(db, "SELECT recency FROM cases WHERE id = ?", key);
  row.step();
  return row.integer(0);
}

}  // namespace

void WriteTx::settle() {
  for (const auto& [key, touched] : touched_) {
    const std::int64_t before = recencyOf(db_, key);
    Statement(db_, derive, key, touched.revised, touched.newImages, touched.arrived).run();
    if (touched.renamed || recencyOf(db_, key) != before) {
      Statement(db_, "DELETE FROM search WHERE rowid = ?", before).run();
      Statement(db_, index, key).run();
    }
  }
  touched_.clear();
}

}  // namespace attest::casedb
