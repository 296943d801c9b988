#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "core/base/ids.h"
#include "core/casedb/codec.h"
#include "core/casedb/reads.h"
#include "core/casedb/sqlite.h"
#include "core/casedb/write.h"

namespace attest::casedb {
namespace {

std::int64_t patientKey(Connection& db, const Patient& patient) {
  Statement(
      db,
      "INSERT INTO patients (patient_id, name, birth_date, sex) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
      patient.id, patient.name, patient.birthDate, patient.sex)
      .run();
  Statement row(db,
                "SELECT id FROM patients WHERE patient_id = ? AND name = ? AND birth_date = ? AND sex = ?",
                patient.id, patient.name, patient.birthDate, patient.sex);
  row.step();
  return row.integer(0);
}

std::int64_t addStudy(Connection& db, const FileHeader& header) {
  const StudyInfo& study = header.study;
  Statement(
      db,
      "INSERT INTO studies (uid, patient, description, date, time, accession, referring_physician, study_id)"
      " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
      study.uid, patientKey(db, header.patient), study.description, study.date, study.time, study.accession,
      study.referringPhysician, study.studyId)
      .run();
  const std::int64_t key = db.lastInsertId();
  Statement(db,
            "INSERT INTO cases (id, uuid, recency) VALUES (?, ?, (SELECT coalesce(max(recency), 0) + 1 FROM "
            "cases))",
            key, newUuid())
      .run();
  return key;
}

std::int64_t addSeries(Connection& db, std::int64_t study, const SeriesInfo& series) {
  Statement(db,
            "INSERT INTO series (study, uid, frame_of_reference, modality, description, number, body_part, "
            "manufacturer,"
            " model, protocol) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            study, series.uid, series.frameOfReference, series.modality, series.description, series.number,
            series.bodyPart, series.manufacturer, series.model, series.protocol)
      .run();
  return db.lastInsertId();
}

/// Gives each block the number of the one that it was before, the one with most of its images: what was found
/// there is about those images. New blocks come behind all that were.
void keepNumbers(std::vector<Block>& blocks, const std::vector<Block>& before) {
  if (before.empty()) return;
  std::map<SopUid, int> home;
  for (const Block& block : before)
    for (const SliceRef& slice : block.slices) home[slice.sopUid] = block.index;
  std::map<std::pair<std::size_t, int>, int> shares;  // a block and a number, how many images they share
  for (std::size_t i = 0; i < blocks.size(); ++i)
    for (const SliceRef& slice : blocks[i].slices)
      if (const auto at = home.find(slice.sopUid); at != home.end()) ++shares[{i, at->second}];
  std::vector<std::tuple<int, std::size_t, int>> largestFirst;
  for (const auto& [pair, count] : shares) largestFirst.emplace_back(-count, pair.first, pair.second);
  std::ranges::sort(largestFirst);
  std::map<std::size_t, int> numbers;
  std::set<int> taken;
  for (const auto& [count, block, number] : largestFirst)
    if (!numbers.contains(block) && taken.insert(number).second) numbers[block] = number;
  int next = 1 + std::ranges::max(before, {}, &Block::index).index;
  for (std::size_t i = 0; i < blocks.size(); ++i) blocks[i].index = numbers.contains(i) ? numbers[i] : next++;
}

}  // namespace

const WriteTx::KnownStudy& WriteTx::studyOf(const FileHeader& header) {
  const auto [at, isNew] = studies_.try_emplace(header.study.uid.value);
  KnownStudy& known = at->second;
  if (!isNew) return known;
  Statement row(
      db_, "SELECT s.id, p.patient_id FROM studies s JOIN patients p ON p.id = s.patient WHERE s.uid = ?",
      header.study.uid);
  if (row.step()) return known = {row.integer(0), row.text(1)};
  known = {addStudy(db_, header), header.patient.id.reveal()};
  touched_[known.key].renamed = true;
  return known;
}

const WriteTx::KnownSeries& WriteTx::seriesOf(const FileHeader& header) {
  const KnownStudy& study = studyOf(header);
  if (study.patientId != header.patient.id.reveal()) {
    throw Failure(ErrorCode::conflict, "the study is known with another patient id");
  }
  const auto [at, isNew] = series_.try_emplace(header.series.uid.value);
  KnownSeries& known = at->second;
  if (isNew) {
    Statement row(db_, "SELECT id, study FROM series WHERE uid = ?", header.series.uid);
    if (row.step()) {
      known = {row.integer(0), row.integer(1)};
    } else {
      known = {addSeries(db_, study.key, header.series), study.key};
      touched_[study.key].renamed = true;
    }
  }
  if (known.study != study.key) throw Failure(ErrorCode::conflict, "the series is known in another study");
  return known;
}

Result<Stored> WriteTx::addInstance(const NewInstance& instance) {
  return guarded([&]() -> Result<Stored> {
    const FileHeader& header = instance.header;
    const InstanceHeader& image = header.instance;
    if (header.study.uid.empty() || header.series.uid.empty() || image.sopUid.empty()) {
      return fail(ErrorCode::bad_argument, "a file without its UIDs");
    }
    bool conflict = false;
    Statement known(db_, "SELECT sha256 FROM instances WHERE sop_uid = ?", image.sopUid);
    while (known.step()) {
      if (known.text(0) == instance.sha256) return Stored::duplicate;
      conflict = true;
    }
    const KnownSeries& series = seriesOf(header);
    Statement(
        db_,
        "INSERT INTO instances (series, sop_uid, sha256, conflict, path, bytes, sop_class, number, header)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        series.key, image.sopUid, instance.sha256, conflict, instance.storedPath, header.fileBytes,
        image.sopClass, image.instanceNumber, encode(image))
        .run();
    Touched& touched = touched_[series.study];
    touched.arrived = true;
    if (conflict) return Stored::conflict;
    touched.revised = true;
    if (image.rows > 0) touched.newImages += image.frames;
    return Stored::added;
  });
}

Result<> WriteTx::expectNoConflict(const FileHeader& header) {
  return guarded([&]() -> Result<> {
    seriesOf(header);
    return {};
  });
}

Result<std::vector<InstanceHeader>> WriteTx::instances(const SeriesUid& series) {
  return guarded([&]() -> Result<std::vector<InstanceHeader>> { return readInstances(db_, series); });
}

Result<> WriteTx::setBlocks(const SeriesUid& uid, std::vector<Block> blocks) {
  return guarded([&]() -> Result<> {
    Statement series(db_, "SELECT id, study FROM series WHERE uid = ?", uid);
    if (!series.step()) return fail(ErrorCode::not_found, "no such series");
    std::map<int, std::string> before;
    Statement row(db_, "SELECT number, data FROM blocks WHERE series = ?", series.integer(0));
    std::vector<Block> known;
    while (row.step()) {
      before[row.small(0)] = row.text(1);
      decode(row.text(1), known.emplace_back());
    }
    keepNumbers(blocks, known);
    std::map<int, std::string> after;
    for (const Block& block : blocks) after[block.index] = encode(block);
    if (after == before) return {};
    Statement(db_, "DELETE FROM blocks WHERE series = ?", series.integer(0)).run();
    for (const auto& [number, data] : after) {
      Statement(db_, "INSERT INTO blocks (series, number, data) VALUES (?, ?, ?)", series.integer(0), number,
                data)
          .run();
    }
    touched_[series.integer(1)].revised = true;
    return {};
  });
}

Result<CaseId> WriteTx::caseOf(const StudyUid& study) {
  return guarded([&]() -> Result<CaseId> {
    Statement row(db_, "SELECT c.uuid FROM cases c JOIN studies s ON s.id = c.id WHERE s.uid = ?", study);
    if (!row.step()) return fail(ErrorCode::not_found, "no such study");
    return CaseId{row.text(0)};
  });
}

}  // namespace attest::casedb
