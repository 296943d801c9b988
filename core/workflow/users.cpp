#include "core/workflow/users.h"

#include <algorithm>

namespace attest::workflow {

Result<> require(const Reader& reader, identity::Act act) {
  if (reader.disabled) return fail(ErrorCode::not_allowed, reader.id.value + " is disabled");
  if (identity::may(reader.roles, act)) return {};
  return fail(ErrorCode::not_allowed, "the roles of " + reader.id.value + " do not permit this");
}

Result<Reader> stillMay(casedb::WriteTx& tx, const Reader& reader, identity::Act act) {
  ATTEST_TRY(auto now, tx.reader(reader.id));
  if (!now || now->secretHash != reader.secretHash || now->certificatePem != reader.certificatePem) {
    return fail(ErrorCode::not_allowed, reader.id.value + " is not who signed in: sign in again");
  }
  ATTEST_CHECK(require(*now, act));
  return *std::move(now);
}

Result<> note(Services& services, const AuditEvent& event) {
  return services.db().write(event, [](casedb::WriteTx&, AuditEvent&) -> Result<> { return {}; });
}

namespace {

constexpr std::size_t longestName = 64;

Result<bool> hasNoReaders(Services& services) {
  ATTEST_TRY(const auto readers, services.db().readers());
  return readers.empty();
}

Result<> requireAdmin(const Reader* by) {
  if (by == nullptr) return fail(ErrorCode::not_allowed, "only an administrator adds readers here");
  return require(*by, identity::Act::administer);
}

/// Without an administrator nobody could ever be added or disabled. Inside the write that disables one.
Result<> keepOneAdmin(Services& services, const ReaderId& leaving) {
  ATTEST_TRY(const auto readers, services.db().readers());
  const bool another = std::ranges::any_of(readers, [&](const Reader& one) {
    return one.id != leaving && !one.disabled && identity::may(one.roles, identity::Act::administer);
  });
  return another ? Result<>{} : fail(ErrorCode::conflict, "this is the last administrator");
}

/// Stores what a try of the secret changed. Stale where somebody changed the reader since `before` was read.
Result<> count(Services& services, const Reader& before, const identity::Check& check) {
  const AuditEvent event{before.id.value, check.answer ? "sign_in" : "sign_in.refused", before.id.value, ""};
  return services.db().write(event, [&](casedb::WriteTx& tx, AuditEvent&) -> Result<> {
    ATTEST_TRY(const auto now, tx.reader(before.id));
    const bool same = now && now->wrongSecrets == before.wrongSecrets &&
                      now->lockedUntil == before.lockedUntil && now->disabled == before.disabled &&
                      now->roles == before.roles && now->secretHash == before.secretHash;
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
        if (!isStillFirst) {
          ATTEST_CHECK(requireAdmin(by));
          ATTEST_CHECK(stillMay(tx, *by, identity::Act::administer));
        }
        return tx.putReader(reader);
      }));
  return reader;
}

Result<Reader> authenticate(Services& services, const ReaderId& id, std::string_view secret) {
  while (true) {
    ATTEST_TRY(const auto stored, services.db().reader(id));
    if (!stored) {
      const std::string tried = id.value.substr(0, longestName);
      ATTEST_CHECK(note(services, {"system", "sign_in.refused", tried, "no reader of this name"}));
      return fail(ErrorCode::bad_secret, "name or secret is wrong");
    }
    const identity::Check check = identity::checkSecret(*stored, secret, services.clock().now());
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
                               ATTEST_CHECK(stillMay(tx, by, identity::Act::administer));
                               ATTEST_TRY(auto reader, tx.reader(id));
                               if (!reader) return fail(ErrorCode::not_found, "no reader of this name");
                               ATTEST_CHECK(keepOneAdmin(services, id));
                               reader->disabled = true;
                               return tx.putReader(*reader);
                             });
}

}  // namespace attest::workflow
