#include <algorithm>

#include "core/identity/identity.h"

namespace attest::identity {
namespace {

bool mayOne(Role role, Act act) {
  switch (act) {
    case Act::read:
    case Act::review:
    case Act::export_results:
      return role != Role::admin;
    case Act::sign:
      return role == Role::reader || role == Role::attending;
    case Act::acknowledge_critical:
      return role == Role::attending;
    case Act::administer:
      return role == Role::admin;
  }
  return false;
}

}  // namespace

bool may(const std::set<Role>& roles, Act act) {
  return std::ranges::any_of(roles, [act](Role role) { return mayOne(role, act); });
}

}  // namespace attest::identity
