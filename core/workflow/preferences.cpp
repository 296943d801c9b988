#include "core/workflow/preferences.h"

#include <cstdlib>

namespace attest::workflow {
namespace {

std::string keyOf(const ReaderId& reader, const char* what) {
  return "reader." + reader.value + "." + what;
}

constexpr const char* readingMode = "reading_mode";
constexpr const char* lockMinutes = "lock_minutes";

}  // namespace

Result<session::Preferences> loadPreferences(Services& services, const ReaderId& reader) {
  session::Preferences preferences;
  ATTEST_TRY(const auto mode, services.db().setting(keyOf(reader, readingMode)));
  ATTEST_TRY(const auto minutes, services.db().setting(keyOf(reader, lockMinutes)));
  if (mode) preferences.mode = session::readingMode(*mode).value_or(preferences.mode);
  if (minutes) preferences.lockMinutes = std::atoi(minutes->c_str());
  return preferences;
}

Result<> savePreferences(Services& services, const ReaderId& reader,
                         const session::Preferences& preferences) {
  const std::string mode = name(preferences.mode);
  const std::string minutes = std::to_string(preferences.lockMinutes);
  const AuditEvent event{reader.value, "settings", reader.value, mode + " " + minutes};
  return services.db().write(event, [&](casedb::WriteTx& tx, AuditEvent&) -> Result<> {
    ATTEST_CHECK(tx.setSetting(keyOf(reader, readingMode), mode));
    return tx.setSetting(keyOf(reader, lockMinutes), minutes);
  });
}

}  // namespace attest::workflow
