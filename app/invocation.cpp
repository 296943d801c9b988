#include "app/invocation.h"

#include <cstdlib>
#include <iostream>
#include <nlohmann/json.hpp>

#include "core/workflow/users.h"
#include "ui/error_words.h"

namespace attest::app {

std::filesystem::path defaultHome() {
  if (const char* home = std::getenv("ATTEST_HOME")) return home;
  if (const char* data = std::getenv("XDG_DATA_HOME")) return std::filesystem::path(data) / "attest";
  const char* user = std::getenv("HOME");
  return std::filesystem::path(user != nullptr ? user : ".") / ".local/share/attest";
}

std::optional<std::string> Invocation::option(const std::string& name) const {
  const auto at = options.find(name);
  return at == options.end() ? std::nullopt : std::optional(at->second);
}

std::vector<std::string> Invocation::all(const std::string& name) const {
  std::vector<std::string> values;
  const auto [first, last] = options.equal_range(name);
  for (auto at = first; at != last; ++at) values.push_back(at->second);
  return values;
}

Result<workflow::Services*> Invocation::services() {
  if (services_ == nullptr) {
    ATTEST_TRY(services_, workflow::Services::open(home));
  }
  return services_.get();
}

Result<std::optional<Reader>> Invocation::readerIfNamed() {
  const auto name = option("--as");
  if (!name) return std::nullopt;
  ATTEST_TRY(auto* const all, services());
  std::string secret;
  std::getline(std::cin, secret);
  ATTEST_TRY(auto reader, workflow::authenticate(*all, ReaderId{*name}, secret));
  return std::optional(std::move(reader));
}

Result<Reader> Invocation::reader() {
  ATTEST_TRY(auto reader, readerIfNamed());
  if (!reader) {
    return fail(ErrorCode::bad_argument, "say who you are: --as READER, and the secret on standard input");
  }
  return *std::move(reader);
}

Result<CaseId> Invocation::caseOf(const std::string& text) {
  ATTEST_TRY(auto* const all, services());
  return all->db().resolve(text);
}

void Invocation::answer(const nlohmann::json& document, const std::string& text) const {
  std::cout << (json ? document.dump(2) : text) << std::endl;
}

void Invocation::stream(const nlohmann::json& document, const std::string& text) const {
  std::cout << (json ? document.dump() : text) << std::endl;
}

void Invocation::complain(const Error& error, const nlohmann::json& more) const {
  const ui::ErrorWords words = ui::words(error);
  const std::string message = error.detail.empty() ? words.happened.toStdString() : error.detail;
  const std::string hint = words.advice.toStdString();
  if (!json) {
    std::cerr << "attest: " << message << "\n" << hint << std::endl;
    return;
  }
  nlohmann::json object = {{"code", name(error.code)}, {"message", message}, {"hint", hint}};
  object.update(more);
  std::cerr << nlohmann::json{{"error", object}}.dump(2) << std::endl;
}

void Invocation::complain(const Error& error) const {
  complain(error, nlohmann::json::object());
}

}  // namespace attest::app
