#include "core/workflow/preferences.h"

#include <cstdlib>
#include <sstream>

namespace attest::workflow {
namespace {

std::string keyOf(const ReaderId& reader, const char* what) {
  return "reader." + reader.value + "." + what;
}

constexpr const char* readingModes = "reading_modes";  ///< "lung_nodules=with prior=first"
constexpr const char* lockMinutes = "lock_minutes";
constexpr const char* language = "language";
constexpr const char* theme = "theme";
constexpr const char* lastReader = "last_reader";

std::string wordsOf(const std::map<std::string, ReadingMode>& modes) {
  std::string words;
  for (const auto& [agent, mode] : modes) words += (words.empty() ? "" : " ") + agent + "=" + name(mode);
  return words;
}

std::map<std::string, ReadingMode> modesOf(const std::string& words) {
  std::map<std::string, ReadingMode> modes;
  std::istringstream in(words);
  for (std::string one; in >> one;) {
    const auto split = one.find('=');
    const auto mode = split == std::string::npos ? std::nullopt : readingMode(one.substr(split + 1));
    if (mode) modes[one.substr(0, split)] = *mode;
  }
  return modes;
}

}  // namespace

Result<session::Preferences> loadPreferences(Services& services, const ReaderId& reader) {
  session::Preferences preferences;
  ATTEST_TRY(const auto modes, services.db().setting(keyOf(reader, readingModes)));
  ATTEST_TRY(const auto minutes, services.db().setting(keyOf(reader, lockMinutes)));
  ATTEST_TRY(const auto spoken, services.db().setting(keyOf(reader, language)));
  ATTEST_TRY(const auto colours, services.db().setting(keyOf(reader, theme)));
  preferences.modes = modesOf(modes.value_or(""));
  if (minutes) preferences.lockMinutes = std::atoi(minutes->c_str());
  preferences.language = spoken.value_or("");
  if (colours) preferences.theme = session::theme(*colours).value_or(preferences.theme);
  return preferences;
}

Result<> savePreferences(Services& services, const ReaderId& reader,
                         const session::Preferences& preferences) {
  const std::string modes = wordsOf(preferences.modes);
  const std::string minutes = std::to_string(preferences.lockMinutes);
  const std::string colours = name(preferences.theme);
  const std::string detail = minutes + " " + colours + " " + preferences.language + " " + modes;
  const AuditEvent event{reader.value, "settings", reader.value, detail};
  return services.db().write(event, [&](casedb::WriteTx& tx, AuditEvent&) -> Result<> {
    ATTEST_CHECK(tx.setSetting(keyOf(reader, readingModes), modes));
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
