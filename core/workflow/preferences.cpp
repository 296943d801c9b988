#include "core/workflow/preferences.h"

#include <cstdlib>

namespace attest::workflow {
namespace {

std::string keyOf(const ReaderId& reader, const char* what) {
  return "reader." + reader.value + "." + what;
}

constexpr const char* readingMode = "reading_mode";
constexpr const char* lockMinutes = "lock_minutes";
constexpr const char* language = "language";
constexpr const char* theme = "theme";
constexpr const char* lastReader = "last_reader";

}  // namespace

Result<session::Preferences> loadPreferences(Services& services, const ReaderId& reader) {
  session::Preferences preferences;
  ATTEST_TRY(const auto mode, services.db().setting(keyOf(reader, readingMode)));
  ATTEST_TRY(const auto minutes, services.db().setting(keyOf(reader, lockMinutes)));
  ATTEST_TRY(const auto spoken, services.db().setting(keyOf(reader, language)));
  ATTEST_TRY(const auto colours, services.db().setting(keyOf(reader, theme)));
  if (mode) preferences.mode = session::readingMode(*mode).value_or(preferences.mode);
  if (minutes) preferences.lockMinutes = std::atoi(minutes->c_str());
  preferences.language = spoken.value_or("");
  if (colours) preferences.theme = session::theme(*colours).value_or(preferences.theme);
  return preferences;
}

Result<> savePreferences(Services& services, const ReaderId& reader,
                         const session::Preferences& preferences) {
  const std::string mode = name(preferences.mode);
  const std::string minutes = std::to_string(preferences.lockMinutes);
  const std::string colours = name(preferences.theme);
  const std::string detail = mode + " " + minutes + " " + colours + " " + preferences.language;
  const AuditEvent event{reader.value, "settings", reader.value, detail};
  return services.db().write(event, [&](casedb::WriteTx& tx, AuditEvent&) -> Result<> {
    ATTEST_CHECK(tx.setSetting(keyOf(reader, readingMode), mode));
    ATTEST_CHECK(tx.setSetting(keyOf(reader, lockMinutes), minutes));
    ATTEST_CHECK(tx.setSetting(keyOf(reader, language), preferences.language));
    return tx.setSetting(keyOf(reader, theme), colours);
  });
}

Result<> rememberReader(Services& services, const ReaderId& reader) {
  ATTEST_TRY(const auto last, services.db().setting(lastReader));
  if (last == reader.value) return {};
  const AuditEvent event{reader.value, "settings", lastReader, ""};
  return services.db().write(
      event, [&](casedb::WriteTx& tx, AuditEvent&) { return tx.setSetting(lastReader, reader.value); });
}

Result<session::Preferences> lastLook(Services& services) {
  ATTEST_TRY(const auto last, services.db().setting(lastReader));
  if (!last) return session::Preferences{};
  ATTEST_TRY(const auto preferences, loadPreferences(services, {*last}));
  return lookOf(preferences);
}

}  // namespace attest::workflow
