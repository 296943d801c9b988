#include "core/workflow/sign.h"

#include <algorithm>

#include "core/base/hash.h"
#include "core/identity/identity.h"

namespace attest::workflow {
namespace {

std::vector<review::Missing> blockers(const CaseRecord& record, const SignRequest& request,
                                      const Reader& reader) {
  std::vector<review::Missing> missing = review::missingForSignature(record, reader);
  std::erase_if(missing, [](const review::Missing& m) { return !review::blocks(m); });
  if (request.seenHash && *request.seenHash != review::contentHash(record)) {
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
  const AuditEvent event{reader.id.value, "sign", request.id.value, ""};
  const auto written = services.db().write(event, [&](casedb::WriteTx& tx, AuditEvent& audit) -> Result<> {
    ATTEST_TRY(const auto record, tx.record(request.id));
    outcome.missing = blockers(record, request, reader);
    if (!outcome.missing.empty()) return fail(ErrorCode::not_signable);
    ATTEST_TRY(outcome.version, freeze(record, reader, secret, tx.now()));
    ATTEST_CHECK(tx.addVersion(request.id, *outcome.version));
    ATTEST_CHECK(tx.setReader(request.id, reader.id));
    ATTEST_CHECK(tx.setStatus(request.id, CaseStatus::approved));
    audit.detail = outcome.version->hash;
    return {};
  });
  if (!written && written.error().code != ErrorCode::not_signable) return fail(written.error());
  return outcome;
}

}  // namespace attest::workflow
