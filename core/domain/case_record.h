#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/base/ids.h"
#include "core/domain/item.h"
#include "core/domain/patient.h"
#include "core/domain/prior.h"
#include "core/domain/report.h"
#include "core/domain/run.h"
#include "core/domain/study.h"

namespace attest {

enum class CaseStatus { received, analyzing, ready, in_review, approved, delivered, failed };
/// "received", "analyzing", "ready for review", "in review", "approved", "delivered", "failed".
const char* name(CaseStatus status) noexcept;
std::optional<CaseStatus> caseStatus(const std::string& name);

/// One signed version. `document` is the frozen JSON whose SHA-256 is `hash`; the signature is over that
/// hash.
struct Version {
  int number = 0;  ///< from 1
  std::string hash;
  ReaderId signedBy;
  Time signedAt{};
  std::string document;
  std::string signature;       ///< ECDSA P-256 over SHA-256, DER, base64
  std::string certificatePem;  ///< of the signer, at that time
};

/// Something that is due to leave for one destination.
struct Delivery {
  std::int64_t id = 0;
  int version = 0;
  std::string destination;  ///< name of a node
  std::string format;       ///< seg, sr, pdf
  std::string state;        ///< due, sending, delivered, failed (no more tries without a person)
  int attempts = 0;
  std::string error;   ///< of the last attempt; never patient data
  Time notBefore{};    ///< of the next attempt
  std::string worker;  ///< who holds it while sending
  Time leaseUntil{};   ///< and until when
};

/// A row of the worklist.
struct CaseRow {
  CaseId id;
  StudyUid study;
  CaseStatus status = CaseStatus::received;
  Priority priority = Priority::routine;
  Patient patient;
  std::string modality;  ///< of the study's series, joined by a slash: "CT/SR"
  std::string bodyPart;
  std::string description;
  std::string studyDate;  ///< DICOM DA
  std::string studyTime;
  int images = 0;
  int findings = 0;
  int unreviewed = 0;
  int lowConfidence = 0;  ///< proposed findings below a confidence of 0.5
  bool changed = false;   ///< something of what the last signature covers came or changed since
  std::string delivery;   ///< of its last version: "", "due", "failed", "delivered"
  ReaderId reader;        ///< who reads or signed it
  int stepsDone = 0;
  int stepsTotal = 0;
  std::int64_t recency = 0;  ///< key of the worklist's order; the newest has the largest
};
/// Nothing of it may change but by an addendum. While one is open it is not, though it has versions.
inline bool isSigned(const CaseRow& row) {
  return row.status == CaseStatus::approved || row.status == CaseStatus::delivered;
}

/// All that is known of one case, read in one transaction.
struct CaseRecord {
  CaseRow row;
  Patient patient;
  StudyInfo study;
  std::vector<Series> series;
  std::vector<Item> items;
  std::vector<Run> runs;  ///< the newest last
  Report report;
  std::int64_t revision = 0;  ///< grows with every change to the case that a signature covers
  std::vector<Version> versions;
  std::vector<Delivery> deliveries;
  std::vector<SeriesUid> viewed;  ///< series of which every slice was painted for a person
  std::vector<CaseRow> priors;    ///< earlier studies of the same patient, the newest first
  std::optional<Comparison> comparison;
  std::vector<ReaderId> readDone;  ///< who said "my read is done", and so saw what the agents propose
};

const Item* findItem(const CaseRecord& record, const ItemId& id);
const Block* findBlock(const CaseRecord& record, const BlockRef& ref);
/// What the item was in the study that the case is compared with; none where it is no lesion of that one.
std::optional<EarlierLesion> earlierOf(const CaseRecord& record, const ItemId& item);
const Series* findSeries(const CaseRecord& record, const SeriesUid& uid);

}  // namespace attest
