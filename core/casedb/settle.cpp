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
    R"( low_confidence = (SELECT count(*) FROM items WHERE "case" = ?1 AND kind = 'finding')"
    "   AND state = 'proposed' AND json_extract(data, '$.confidence') < 0.5),"
    " signed_revision = iif(?5, revision + ?2, signed_revision),"
    " delivery = coalesce((SELECT CASE WHEN sum(state = 'failed') > 0 THEN 'failed'"
    "   WHEN sum(state <> 'delivered') > 0 THEN 'due' WHEN count(*) > 0 THEN 'delivered' END"
    R"(   FROM deliveries WHERE "case" = ?1)"
    R"(   AND version = (SELECT max(number) FROM versions WHERE "case" = ?1)), ''),)"
    " priority = coalesce(asked_priority,"
    R"(   (SELECT priority FROM runs WHERE "case" = ?1 ORDER BY id DESC LIMIT 1), 2),)"
    R"( steps_total = (SELECT count(*) FROM steps WHERE run = (SELECT max(id) FROM runs WHERE "case" = ?1)),)"
    R"( steps_done = (SELECT count(*) FROM steps WHERE run = (SELECT max(id) FROM runs WHERE "case" = ?1))"
    "   AND state = 'done')"
    " WHERE id = ?1";

/// The words of a case; a person who looks for what is signed finds it, whatever became of it since.
constexpr std::string_view index =
    "INSERT INTO search (rowid, name, id, description, modality, status, body, accession, priority, reader, "
    "waits)"
    " SELECT c.recency, searchable(p.name), searchable(p.patient_id), searchable(s.description), c.modality,"
    "   c.status || iif(c.status IN ('approved', 'delivered'), ' signed', ''), searchable(c.body_part),"
    "   searchable(s.accession),"
    "   ?2, hex(lower(c.reader)),"
    "   iif(c.status IN ('approved', 'delivered'), '', 'unread')"
    "   || iif(c.revision > c.signed_revision, ' changed', '')"
    "   || iif(c.delivery IN ('due', 'failed'), ' undelivered', '')"
    " FROM cases c JOIN studies s ON s.id = c.id JOIN patients p ON p.id = s.patient WHERE c.id = ?1";

/// What of the derived is among the words of the search, or their key.
struct Indexed {
  std::int64_t recency = 0;
  Priority priority = Priority::routine;
  bool changed = false;
  std::string delivery;
  bool operator==(const Indexed&) const = default;
};

Indexed indexed(Connection& db, std::int64_t key) {
  Statement row(db, "SELECT recency, priority, revision > signed_revision, delivery FROM cases WHERE id = ?",
                key);
  row.step();
  return {row.integer(0), static_cast<Priority>(row.integer(1)), row.integer(2) != 0, row.text(3)};
}

}  // namespace

void WriteTx::settle() {
  for (const auto& [key, touched] : touched_) {
    const Indexed before = indexed(db_, key);
    // A signature covers all that its transaction did to the case.
    Statement(db_, derive, key, touched.revised, touched.newImages, touched.arrived, signed_.contains(key))
        .run();
    const Indexed now = indexed(db_, key);
    if (touched.renamed || now != before) {
      Statement(db_, "DELETE FROM search WHERE rowid = ?", before.recency).run();
      Statement(db_, index, key, name(now.priority)).run();
    }
  }
  touched_.clear();
}

}  // namespace attest::casedb
