#include <array>
#include <charconv>
#include <nlohmann/json.hpp>

#include "app/command.h"
#include "core/workflow/upkeep.h"

namespace attest::app {

Command make_settings();

namespace {

using workflow::ListenerSetup;

/// A setting as text: its value, and whether a text is one.
struct Setting {
  const char* key;
  std::string (*read)(const ListenerSetup& from);
  bool (*write)(ListenerSetup& to, const std::string& value);
};

bool writePort(ListenerSetup& to, const std::string& value) {
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), to.port);
  return error == std::errc{} && end == value.data() + value.size();
}

bool writeEverywhere(ListenerSetup& to, const std::string& value) {
  to.everywhere = value == "true";
  return value == "true" || value == "false";
}

constexpr std::array settings{
    Setting{"listener.port", [](const ListenerSetup& from) { return std::to_string(from.port); }, writePort},
    Setting{"listener.ae_title", [](const ListenerSetup& from) { return from.aeTitle; },
            [](ListenerSetup& to, const std::string& value) {
              to.aeTitle = value;
              return true;
            }},
    Setting{"listener.everywhere",
            [](const ListenerSetup& from) { return std::string(from.everywhere ? "true" : "false"); },
            writeEverywhere}};

const Setting* settingOf(const std::string& key) {
  const auto* at = std::ranges::find(settings, key, &Setting::key);
  return at == settings.end() ? nullptr : at;
}

Result<int> get(Invocation& call) {
  ATTEST_TRY(auto* const services, call.services());
  ATTEST_TRY(const auto setup, workflow::listenerSetup(*services));
  nlohmann::json document = nlohmann::json::object();
  std::string text;
  for (const Setting& one : settings) {
    if (call.arguments.size() > 1 && call.arguments[1] != one.key) continue;
    document[one.key] = one.read(setup);
    text += std::string(text.empty() ? "" : "\n") + one.key + "  " + one.read(setup);
  }
  call.answer(document, text);
  return 0;
}

Result<int> set(Invocation& call, const Setting& setting) {
  ATTEST_TRY(const auto reader, call.reader());
  ATTEST_TRY(auto* const services, call.services());
  ATTEST_TRY(auto setup, workflow::listenerSetup(*services));
  if (!setting.write(setup, call.arguments[2]))
    return call.misuse(std::string(setting.key) + " cannot be " + call.arguments[2]);
  ATTEST_CHECK(workflow::storeListenerSetup(*services, setup, reader));
  call.answer({{setting.key, setting.read(setup)}}, std::string(setting.key) + "  " + setting.read(setup));
  return 0;
}

Result<int> run(Invocation& call) {
  const std::string& what = call.arguments.front();
  const Setting* const setting = call.arguments.size() > 1 ? settingOf(call.arguments[1]) : nullptr;
  if (call.arguments.size() > 1 && setting == nullptr) {
    std::string keys;
    for (const Setting& one : settings) keys += (keys.empty() ? "" : ", ") + std::string(one.key);
    return call.misuse("there is no setting " + call.arguments[1] + ", only " + keys);
  }
  if (what == "get" && call.arguments.size() < 3) return get(call);
  if (what == "set" && call.arguments.size() == 3) return set(call, *setting);
  return call.misuse("settings get [KEY], or settings set KEY VALUE --as READER");
}

}  // namespace

Command make_settings() {
  return {.name = "settings",
          .usage = "get [KEY] | set KEY VALUE --as READER",
          .summary = "the listener's port (0: off), AE title, and whether other machines may connect",
          .options = {"--as"},
          .flags = {},
          .leastArguments = 1,
          .mostArguments = 3,
          .run = run};
}

}  // namespace attest::app
