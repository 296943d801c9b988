#include "app/invocation.h"

#include <pwd.h>
#include <unistd.h>

#include <QGuiApplication>
#include <cstdlib>
#include <iostream>
#include <nlohmann/json.hpp>

#include "app/printing.h"
#include "core/workflow/users.h"
#include "ui/error_words.h"
#include "ui/language.h"

namespace attest::app {

std::filesystem::path defaultHome() {
  if (const char* home = std::getenv("ATTEST_HOME")) return home;
  if (const char* data = std::getenv("XDG_DATA_HOME")) return std::filesystem::path(data) / "attest";
  const char* user = std::getenv("HOME");
  return std::filesystem::path(user != nullptr ? user : ".") / ".local/share/attest";
}

Invocation::Invocation() = default;
Invocation::~Invocation() = default;

std::string wrongLanguage(const std::string& code) {
  const QStringList known = ui::languages();
  if (known.contains(QString::fromStdString(code))) return {};
  return "--lang is " + known.join(" or ").toStdString() + ", not " + code;
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
    ATTEST_TRY(services_, workflow::Services::open(home, systemClock(), pictures()));
    fonts_ = applicationWithoutDisplay();
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
    return misuse("say who you are: --as READER, and the secret on standard input");
  }
  return *std::move(reader);
}

Result<CaseId> Invocation::caseOf(const std::string& text) {
  ATTEST_TRY(auto* const all, services());
  return all->db().resolve(text);
}

std::string Invocation::text(const nlohmann::json& document, bool onOneLine) {
  return document.dump(onOneLine ? -1 : 2, ' ', false, nlohmann::json::error_handler_t::replace);
}

tl::unexpected<Error> Invocation::misuse(std::string what) {
  misused_ = true;
  return fail(ErrorCode::bad_argument, std::move(what));
}

Result<> Invocation::noteRead(const std::string& action, const std::string& subject) {
  ATTEST_TRY(const auto reader, readerIfNamed());
  ATTEST_TRY(auto* const all, services());
  if (reader) ATTEST_CHECK(workflow::require(*reader, identity::Act::read));
  return workflow::note(*all, {reader ? reader->id.value : systemUser(), action, subject, ""});
}

std::string Invocation::systemUser() {
  const passwd* user = getpwuid(getuid());
  return "system:" + (user != nullptr ? std::string(user->pw_name) : std::to_string(getuid()));
}

void Invocation::answer(const nlohmann::json& document, const std::string& text) const {
  std::cout << (json ? Invocation::text(document) : text) << std::endl;
}

void Invocation::stream(const nlohmann::json& document, const std::string& text) const {
  std::cout << (json ? Invocation::text(document, true) : text) << std::endl;
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
  std::cerr << text({{"error", object}}) << std::endl;
}

void Invocation::complain(const Error& error) const {
  complain(error, nlohmann::json::object());
}

}  // namespace attest::app
