#include "core/workflow/sign.h"

#include <algorithm>

#include "core/base/hash.h"
#include "core/identity/identity.h"

namespace attest::workflow {
namespace {

/// What stands between this record and a signature of what the signer saw.
Result<std::vector<review::Missing>> blockers(const CaseRecord& record,
                                              const std::optional<std::string>& seenHash,
                                              const Reader& reader) {
  if (!record.versions.empty())
    return fail(ErrorCode::conflict, "the case is signed; a change needs an addendum");
  std::vector<review::Missing> missing = review::missingForSignature(record, reader);
  std::erase_if(missing, [](const review::Missing& m) { return !review::blocks(m); });
  if (seenHash && *seenHash != review::contentHash(record)) {
    missing.push_back({review::MissingCode::stale, ""});
  }
  return missing;
}

Result<Version> freeze(const CaseRecord& record, const Reader& reader, std::string_view secret, Time now) {
  Version version;
  version.number = static_cast<int>(record.versions.size()) + 1;
  version.document = review::freeze(record, reader, version.number, now);
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
  if (!outcome.missing.empty()) return outcome;
  // Opening the key takes long on purpose; no other write waits for it.
  ATTEST_TRY(auto version, freeze(seen, reader, secret, services.clock().now()));
  const std::string frozenHash = review::contentHash(seen);
  const AuditEvent event{reader.id.value, "sign", request.id.value, version.hash};
  const auto written = services.db().write(event, [&](casedb::WriteTx& tx, AuditEvent&) -> Result<> {
    ATTEST_TRY(const auto record, tx.record(request.id));
    ATTEST_TRY(outcome.missing, blockers(record, frozenHash, reader));
    if (!outcome.missing.empty()) return fail(ErrorCode::not_signable);
    ATTEST_CHECK(tx.addVersion(request.id, version));
    ATTEST_CHECK(tx.setReader(request.id, reader.id));
    return tx.setStatus(request.id, CaseStatus::approved);
  });
  if (!written && written.error().code != ErrorCode::not_signable) return fail(written.error());
  if (written) outcome.version = std::move(version);
  return outcome;
}

}  // namespace attest::workflow
