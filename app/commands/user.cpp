#include "core/workflow/users.h"

#include <iostream>
#include <nlohmann/json.hpp>

#include "app/command.h"

namespace attest::app {

Command make_user();

namespace {

nlohmann::json readerJson(const Reader& reader) {
  nlohmann::json roles = nlohmann::json::array();
  for (const Role one : reader.roles) roles.push_back(name(one));
  return {{"name", reader.id.value}, {"roles", roles}, {"disabled", reader.disabled}};
}

/// The secrets come on standard input: that of --as first where it is named, then that of the new reader.
Result<int> add(Invocation& call) {
  std::set<Role> roles;
  for (const auto& word : call.all("--role")) {
    const auto one = role(word);
    if (!one) return call.misuse("a role is reader, resident, attending or admin, not " + word);
    roles.insert(*one);
  }
  if (roles.empty()) return call.misuse("--role reader, resident, attending or admin");
  ATTEST_TRY(auto* const services, call.services());
  ATTEST_TRY(const auto by, call.readerIfNamed());
  std::string secret;
  std::getline(std::cin, secret);
  ATTEST_TRY(const auto reader,
             workflow::createReader(*services, call.arguments[1], roles, secret, by ? &*by : nullptr));
  call.answer(readerJson(reader), reader.id.value + " may sign in");
  return 0;
}

Result<int> list(Invocation& call) {
  ATTEST_TRY(auto* const services, call.services());
  ATTEST_TRY(const auto readers, services->db().readers());
  nlohmann::json users = nlohmann::json::array();
  std::string text;
  for (const auto& reader : readers) {
    users.push_back(readerJson(reader));
    text += reader.id.value + (reader.disabled ? "  disabled" : "") + "\n";
  }
  call.answer({{"users", users}}, text + std::to_string(readers.size()) + " readers");
  return 0;
}

Result<int> disable(Invocation& call) {
  ATTEST_TRY(const auto by, call.reader());
  ATTEST_TRY(auto* const services, call.services());
  ATTEST_CHECK(workflow::disableReader(*services, ReaderId{call.arguments[1]}, by));
  call.answer({{"name", call.arguments[1]}, {"disabled", true}},
              call.arguments[1] + " may no longer sign in");
  return 0;
}

Result<int> run(Invocation& call) {
  const std::string& what = call.arguments.front();
  if (what == "list") return list(call);
  if (what == "add" && call.arguments.size() == 2) return add(call);
  if (what == "disable" && call.arguments.size() == 2) return disable(call);
  return call.misuse("user add NAME --role ROLE, user list, or user disable NAME");
}

}  // namespace

Command make_user() {
  return {.name = "user",
          .usage = "add NAME --role reader|resident|attending|admin | list | disable NAME",
          .summary = "who may sign in; the first reader of an empty home gets every role",
          .options = {"--role", "--as"},
          .flags = {},
          .leastArguments = 1,
          .mostArguments = 2,
          .run = run};
}

}  // namespace attest::app
