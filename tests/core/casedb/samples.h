#pragma once

#include <memory>
#include <string>
#include <utility>

#include "core/base/hash.h"
#include "core/casedb/casedb.h"

namespace attest::casedb::test {

/// A clock that stands until it is told.
class SetClock final : public Clock {
 public:
  Time now() const override { return time_; }
  void forward(std::chrono::milliseconds by) { time_ += by; }

 private:
  Time time_{std::chrono::milliseconds(1'760'000'000'000)};
};

/// The header of slice `number` of a series of a study; the same numbers give the same file.
inline NewInstance slice(int study, int series, int number, const std::string& bytes = "first") {
  NewInstance out;
  FileHeader& header = out.header;
  const std::string studyUid = "1.2.3." + std::to_string(study);
  const std::string seriesUid = studyUid + "." + std::to_string(series);
  header.patient = {Phi("ATT-" + std::to_string(study)), Phi(std::string("DOE^Jane")),
                    Phi(std::string("19700101")), "F"};
  header.study.uid.value = studyUid;
  header.study.description = "Chest routine";
  header.study.date = "20260814";
  header.study.accession = Phi("ACC" + std::to_string(study));
  header.series.uid.value = seriesUid;
  header.series.modality = "CT";
  header.series.number = series;
  header.series.bodyPart = "CHEST";
  header.instance.sopUid.value = seriesUid + "." + std::to_string(number);
  header.instance.sopClass = "1.2.840.10008.5.1.4.1.1.2";
  header.instance.instanceNumber = number;
  header.instance.rows = 512;
  header.instance.columns = 512;
  header.instance.groups.positionMm = Vec3{-100.25, 10.5, 2.5 * number};
  header.instance.groups.windows = {{-600, 1500}};
  header.fileBytes = 1000;
  out.sha256 = sha256(header.instance.sopUid.value + bytes);
  out.storedPath = "blobs/" + out.sha256.substr(0, 2) + "/" + out.sha256;
  return out;
}

inline Item finding(ItemState state = ItemState::proposed) {
  Item item;
  item.id.value = newUuid();
  item.label = "nodule";
  item.state = state;
  return item;
}

inline AuditEvent event(std::string action = "test") {
  return {"anna", std::move(action), "subject", {}};
}

/// Writes `change` and throws away nothing: the Result is the answer.
template <class F>
Result<> write(CaseDb& db, F&& change) {
  return db.write(event(), [&](WriteTx& tx, AuditEvent&) -> Result<> { return change(tx); });
}

/// `count` slices of one series, in one transaction; the case.
inline CaseId import(CaseDb& db, int study, int series = 1, int count = 3) {
  CaseId id;
  const auto written = write(db, [&](WriteTx& tx) -> Result<> {
    for (int i = 1; i <= count; ++i) ATTEST_CHECK(tx.addInstance(slice(study, series, i)));
    ATTEST_TRY(id, tx.caseOf(StudyUid{"1.2.3." + std::to_string(study)}));
    return {};
  });
  return written ? id : CaseId{};
}

}  // namespace attest::casedb::test
