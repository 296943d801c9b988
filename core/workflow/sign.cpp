#include "core/workflow/sign.h"

#include <algorithm>
#include <set>

#include "core/base/hash.h"
#include "core/identity/identity.h"
#include "core/review/sentences.h"
#include "core/workflow/leaving.h"
#include "core/workflow/review.h"
#include "core/workflow/users.h"

namespace attest::workflow {
namespace {

/// What stands between this record and a signature of what the signer saw.
Result<std::vector<review::Missing>> blockers(const CaseRecord& record,
                                              const std::optional<std::string>& seenHash,
                                              const Reader& reader) {
  if (isSigned(record.row))
    return fail(ErrorCode::conflict, "the case is signed; a change needs an addendum");
  std::vector<review::Missing> missing = review::missingForSignature(record, reader);
  std::erase_if(missing, [](const review::Missing& m) { return !review::blocks(m); });
  if (seenHash && *seenHash != review::contentHash(record)) {
    missing.push_back({review::MissingCode::stale, ""});
  }
  return missing;
}

bool leavesWithMask(const Item& item) {
  return isExportable(item) && !item.maskHash.empty();
}

/// The items whose masks are not on the images as they are now: what was said is about other images. Reads
/// every mask, so that none is signed that is damaged.
Result<std::vector<review::Missing>> staleItems(Services& services, const CaseRecord& record) {
  std::vector<review::Missing> stale;
  for (const Item& item : record.items) {
    if (!leavesWithMask(item)) continue;
    ATTEST_TRY(const auto mask, loadMask(services, item));
    const Block* block = findBlock(record, item.source);
    if (block == nullptr || !block->grid || !sameGrid(mask->grid(), *block->grid)) {
      stale.push_back({review::MissingCode::stale, item.id.value});
    }
  }
  return stale;
}

/// The images that the signed items are about are those that came in.
Result<> expectImages(Services& services, const CaseRecord& record, const ImageFiles& files) {
  std::set<BlockRef> blocks;
  for (const Item& item : record.items) {
    if (!leavesWithMask(item) || !blocks.insert(item.source).second) continue;
    ATTEST_CHECK(expectUnchanged(services, files, *findBlock(record, item.source), Checked::inPlace));
  }
  return {};
}

review::FileHashes hashesOf(const CaseRecord& record, const ImageFiles& files) {
  review::FileHashes hashes;
  for (const Series& series : record.series) {
    for (const Block& block : series.blocks) {
      for (const SliceRef& slice : block.slices) hashes[slice.sopUid] = files.at(slice.sopUid).sha256;
    }
  }
  return hashes;
}

/// What leaves of a signed case: its report, and what a person stands for as segments and measurements.
std::vector<const char*> formatsOf(const CaseRecord& record) {
  if (std::ranges::any_of(record.items, leavesWithMask)) return {"seg", "sr", "pdf"};
  return {"pdf"};
}

/// To every node that wants signed cases.
Result<> queueDeliveries(casedb::WriteTx& tx, const CaseRecord& record, int version,
                         const std::vector<Node>& nodes) {
  for (const Node& node : nodes) {
    if (!node.deliver) continue;
    for (const char* format : formatsOf(record)) {
      ATTEST_CHECK(
          tx.addDelivery(record.row.id, {0, version, node.name, format, "due", 0, "", tx.now(), "", {}}));
    }
  }
  return {};
}

/// Of a record whose images are all among the files.
Result<Version> freeze(CaseRecord record, const ImageFiles& files, const Reader& reader,
                       std::string_view secret, Time now) {
  Version version;
  version.number = static_cast<int>(record.versions.size()) + 1;
  record.report = review::confirmed(record);
  version.document = review::freeze(record, hashesOf(record, files), reader, version.number, now);
  version.hash = sha256(version.document);
  version.signedBy = reader.id;
  version.signedAt = now;
  version.certificatePem = reader.certificatePem;
  ATTEST_TRY(version.signature, identity::sign(reader, secret, version.document));
  return version;
}

}  // namespace

Result<SignOutcome> signCase(Services& services, const SignRequest& request, const Reader& reader,
                             std::string_view secret) {
  SignOutcome outcome;
  ATTEST_TRY(const auto seen, services.db().record(request.id));
  ATTEST_TRY(outcome.missing, blockers(seen, request.seenHash, reader));
  ATTEST_TRY(const auto stale, staleItems(services, seen));
  outcome.missing.insert(outcome.missing.end(), stale.begin(), stale.end());
  if (!outcome.missing.empty()) return outcome;
  ATTEST_TRY(const auto files, services.db().files(request.id));
  ATTEST_CHECK(expectImages(services, seen, files));
  // Opening the key takes long on purpose; no other write waits for it.
  ATTEST_TRY(auto version, freeze(seen, files, reader, secret, services.clock().now()));
  ATTEST_TRY(const auto nodes, services.db().nodes());
  const std::string frozenHash = review::contentHash(seen);
  const AuditEvent event{reader.id.value, "sign", request.id.value, version.hash};
  const auto written = services.db().write(event, [&](casedb::WriteTx& tx, AuditEvent&) -> Result<> {
    ATTEST_CHECK(stillMay(tx, reader, identity::Act::sign));
    ATTEST_TRY(const auto record, tx.record(request.id));
    ATTEST_TRY(outcome.missing, blockers(record, frozenHash, reader));
    if (!outcome.missing.empty()) return fail(ErrorCode::not_signable);
    if (const Report confirmed = review::confirmed(record); confirmed != record.report) {
      ATTEST_CHECK(tx.setReport(request.id, confirmed));
      ATTEST_CHECK(tx.alsoAudit({reader.id.value, "report.confirm", request.id.value, "by the signature"}));
    }
    ATTEST_CHECK(tx.addVersion(request.id, version));
    ATTEST_CHECK(tx.setReader(request.id, reader.id));
    ATTEST_CHECK(queueDeliveries(tx, record, version.number, nodes));
    return tx.setStatus(request.id, CaseStatus::approved);
  });
  if (!written && written.error().code != ErrorCode::not_signable) return fail(written.error());
  if (written) outcome.version = std::move(version);
  return outcome;
}

}  // namespace attest::workflow
