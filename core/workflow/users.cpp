#include "core/workflow/users.h"

namespace attest::workflow {

Result<> require(const Reader& reader, identity::Act act) {
  if (reader.disabled) return fail(ErrorCode::not_allowed, reader.id.value + " is disabled");
  if (identity::may(reader.roles, act)) return {};
  return fail(ErrorCode::not_allowed, "the roles of " + reader.id.value + " do not permit this");
}

namespace {

Result<bool> hasNoReaders(Services& services) {
  ATTEST_TRY(const auto readers, services.db().readers());
  return readers.empty();
}

Result<> requireAdmin(const Reader* by) {
  if (by == nullptr) return fail(ErrorCode::not_allowed, "only an administrator adds readers here");
  return require(*by, identity::Act::administer);
}

/// Stores what a try of the secret changed. Stale where somebody changed the reader since `before` was read.
Result<> count(Services& services, const Reader& before, const identity::Check& check) {
  const AuditEvent event{before.id.value, check.answer ? "sign_in" : "sign_in.refused", before.id.value, ""};
  return services.db().write(event, [&](casedb::WriteTx& tx, AuditEvent&) -> Result<> {
    ATTEST_TRY(const auto now, tx.reader(before.id));
    const bool same = now && now->wrongSecrets == before.wrongSecrets && now->disabled == before.disabled &&
                      now->secretHash == before.secretHash;
    return same ? tx.putReader(check.reader) : fail(ErrorCode::stale);
  });
}

}  // namespace

Result<Reader> createReader(Services& services, const std::string& name, std::set<Role> roles,
                            std::string_view secret, const Reader* by) {
  ATTEST_TRY(const bool isFirst, hasNoReaders(services));
  if (isFirst) {
    roles = {Role::reader, Role::resident, Role::attending, Role::admin};
  } else {
    ATTEST_CHECK(requireAdmin(by));
  }
  ATTEST_TRY(const auto reader, identity::enroll(name, std::move(roles), secret, services.clock().now()));
  const std::string actor = by != nullptr ? by->id.value : "system";
  ATTEST_CHECK(
      services.db().write({actor, "user.add", name, ""}, [&](casedb::WriteTx& tx, AuditEvent&) -> Result<> {
        ATTEST_TRY(const auto taken, tx.reader(reader.id));
        if (taken) return fail(ErrorCode::conflict, "there is a reader of this name already");
        ATTEST_TRY(const bool isStillFirst, hasNoReaders(services));
        if (isFirst && !isStillFirst) ATTEST_CHECK(requireAdmin(by));
        return tx.putReader(reader);
      }));
  return reader;
}

Result<Reader> authenticate(Services& services, const ReaderId& id, std::string_view secret) {
  while (true) {
    ATTEST_TRY(const auto stored, services.db().reader(id));
    if (!stored) return fail(ErrorCode::bad_secret, "name or secret is wrong");
    const identity::Check check = identity::checkSecret(*stored, secret, services.clock().now());
    if (check.answer && stored->wrongSecrets == 0) return check.reader;
    const auto counted = count(services, *stored, check);
    if (!counted && counted.error().code == ErrorCode::stale) continue;  // tries at once count one by one
    ATTEST_CHECK(counted);
    if (!check.answer) return fail(check.answer.error());
    return check.reader;
  }
}

Result<> disableReader(Services& services, const ReaderId& id, const Reader& by) {
  ATTEST_CHECK(require(by, identity::Act::administer));
  return services.db().write({by.id.value, "user.disable", id.value, ""},
                             [&](casedb::WriteTx& tx, AuditEvent&) -> Result<> {
                               ATTEST_TRY(auto reader, tx.reader(id));
                               if (!reader) return fail(ErrorCode::not_found, "no reader of this name");
                               reader->disabled = true;
                               return tx.putReader(*reader);
                             });
}

}  // namespace attest::workflow
