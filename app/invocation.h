#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <set>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/domain/reader.h"
#include "core/workflow/services.h"

class QGuiApplication;

namespace attest::app {

/// One call of the program without a window: its arguments, its home, and the ways to answer.
class Invocation {
 public:
  std::filesystem::path home;
  bool json = false;
  std::vector<std::string> arguments;
  std::multimap<std::string, std::string> options;
  std::set<std::string> flags;
  std::stop_token stop;  ///< requested by SIGINT and SIGTERM

  Invocation();
  ~Invocation();

  bool has(const std::string& flag) const { return flags.contains(flag); }
  std::optional<std::string> option(const std::string& name) const;
  /// All values of an option that may stand several times, in their order.
  std::vector<std::string> all(const std::string& name) const;

  /// The home, opened at the first call. Main thread only: what it draws needs a QGuiApplication, which is
  /// made here where there is none.
  Result<workflow::Services*> services();
  /// The reader of --as, whose secret is the first line of standard input. Without --as it is wrong usage.
  Result<Reader> reader();
  /// The same, or none without --as.
  Result<std::optional<Reader>> readerIfNamed();
  /// A case by its id or StudyInstanceUID.
  Result<CaseId> caseOf(const std::string& text);

  /// The answer: the document with --json, the text without.
  void answer(const nlohmann::json& document, const std::string& text) const;
  /// One document on a line of its own, at once.
  void stream(const nlohmann::json& document, const std::string& text) const;

  /// The document as one line, or indented; text that is not UTF-8 (a file's name) is mended, never refused.
  static std::string text(const nlohmann::json& document, bool onOneLine = false);

  /// Wrong usage: the answer of a command that was called in a way it does not have. Exit code 2.
  tl::unexpected<Error> misuse(std::string what);
  bool misused() const { return misused_; }
  /// Notes in the trail that the reader of --as, else the system's user, looks at patients' data.
  Result<> noteRead(const std::string& action, const std::string& subject);
  /// The name in the trail of who acts without --as.
  static std::string systemUser();

  /// What went wrong, to standard error: {"error":{code, message, hint}} with --json, and what `more` (an
  /// object) adds.
  void complain(const Error& error, const nlohmann::json& more) const;
  void complain(const Error& error) const;

 private:
  std::unique_ptr<QGuiApplication> fonts_;  ///< before the services, whose jobs draw
  std::unique_ptr<workflow::Services> services_;
  bool misused_ = false;
};

/// What is wrong with a value of --lang; empty where the program speaks it.
std::string wrongLanguage(const std::string& code);

/// Where the case database lives when nobody says: $ATTEST_HOME, else the platform's data folder.
std::filesystem::path defaultHome();

}  // namespace attest::app
