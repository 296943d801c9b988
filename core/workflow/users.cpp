#include "core/workflow/users.h"

namespace attest::workflow {

Result<> require(const Reader& reader, identity::Act act) {
  if (identity::may(reader.roles, act)) return {};
  return fail(ErrorCode::not_allowed, "the roles of " + reader.id.value + " do not permit this");
}

Result<Reader> createReader(Services& services, const std::string& name, std::set<Role> roles,
                            std::string_view secret, const Reader* by) {
  ATTEST_TRY(const auto readers, services.db().readers());
  if (readers.empty()) {
    roles = {Role::reader, Role::resident, Role::attending, Role::admin};
  } else if (by == nullptr) {
    return fail(ErrorCode::not_allowed, "only an administrator adds readers here");
  } else {
    ATTEST_CHECK(require(*by, identity::Act::administer));
  }
  ATTEST_TRY(const auto reader, identity::enroll(name, std::move(roles), secret, services.clock().now()));
  const std::string actor = by != nullptr ? by->id.value : "system";
  ATTEST_CHECK(
      services.db().write({actor, "user.add", name, ""}, [&](casedb::WriteTx& tx, AuditEvent&) -> Result<> {
        ATTEST_TRY(const auto taken, tx.reader(reader.id));
        if (taken) return fail(ErrorCode::conflict, "there is a reader of this name already");
        return tx.putReader(reader);
      }));
  return reader;
}

Result<Reader> authenticate(Services& services, const ReaderId& id, std::string_view secret) {
  ATTEST_TRY(const auto stored, services.db().reader(id));
  if (!stored) return fail(ErrorCode::bad_secret, "name or secret is wrong");
  identity::Check check = identity::checkSecret(*stored, secret, services.clock().now());
  const bool counted = check.reader.wrongSecrets != stored->wrongSecrets;
  if (counted || !check.answer) {
    const char* action = check.answer ? "sign_in" : "sign_in.refused";
    ATTEST_CHECK(services.db().write({id.value, action, id.value, ""}, [&](casedb::WriteTx& tx, AuditEvent&) {
      return tx.putReader(check.reader);
    }));
  }
  if (!check.answer) return fail(check.answer.error());
  return check.reader;
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
