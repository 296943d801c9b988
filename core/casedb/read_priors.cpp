#include "core/casedb/reads.h"
#include "core/casedb/search.h"

namespace attest::casedb {
namespace {

/// Are the words of one name those of the other that begins the same case's row in the search: whatever the
/// case of the letters and the accents.
bool fits(Connection& db, const std::string& name, std::int64_t recency) {
  const std::string words = nameQuery(name);
  if (words.empty()) return true;  // who says nothing contradicts nothing
  Statement row(db, "SELECT 1 FROM search WHERE search MATCH ? AND rowid = ?", words, recency);
  return row.step();
}

}  // namespace

std::vector<CaseRow> readPriors(Connection& db, const CaseRow& of) {
  const Patient& patient = of.patient;
  std::vector<CaseRow> list;
  if (patient.id.reveal().empty() || patient.birthDate.reveal().empty() || of.studyDate.empty()) return list;
  Statement row(db,
                "SELECT c.recency, p.name FROM patients p JOIN studies s ON s.patient = p.id"
                " JOIN cases c ON c.id = s.id WHERE p.patient_id = ? AND p.birth_date = ? AND s.date <> ''"
                " AND (s.date, s.time) < (?, ?) ORDER BY s.date DESC, s.time DESC, c.id DESC",
                patient.id, patient.birthDate, of.studyDate, of.studyTime);
  while (row.step()) {
    if (fits(db, patient.name.reveal(), row.integer(0)) || fits(db, row.text(1), of.recency))
      list.push_back(readRow(db, row.integer(0)));
  }
  return list;
}

}  // namespace attest::casedb
