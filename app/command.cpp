#include "app/command.h"

#include <algorithm>
#include <exception>
#include <iostream>

#include "core/jobs/signals.h"

namespace attest::app {
namespace {

constexpr int exitFailed = 1;
constexpr int exitUsage = 2;

int wrongUsage(const std::string& what, const Command* command) {
  std::cerr << "attest: " << what << "\n";
  if (command != nullptr) {
    std::cerr << "usage: attest " << command->name << " " << command->usage << "\n";
  } else {
    std::cerr << "`attest help` lists the commands\n";
  }
  return exitUsage;
}

int help() {
  std::cout << "attest [--home DIR] [--json] [--lang LL] COMMAND …\n"
               "attest --version\n"
               "Without a command the window opens. For research use. Not a cleared medical device.\n\n";
  for (const auto& command : makeCommands()) {
    std::cout << "  " << command.name << " " << command.usage << "\n      " << command.summary << "\n";
  }
  return 0;
}

/// Sorts the words behind the command's name into options, flags and arguments; empty, or what is wrong.
std::string sortWords(const Command& command, std::vector<std::string> words, Invocation& call) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string& word = words[i];
    if (command.flags.contains(word)) {
      call.flags.insert(word);
    } else if (command.options.contains(word)) {
      if (++i == words.size()) return word + " wants a value";
      call.options.emplace(word, words[i]);
    } else if (word.starts_with("--")) {
      return "no such option: " + word;
    } else {
      call.arguments.push_back(word);
    }
  }
  if (call.arguments.size() < command.leastArguments) return "something is missing";
  if (call.arguments.size() > command.mostArguments) return "too many words: " + call.arguments.back();
  return {};
}

/// The options before (or anywhere among) the words that every command has.
std::string takeGlobals(std::vector<std::string>& words, Invocation& call) {
  call.home = defaultHome();
  for (auto at = words.begin(); at != words.end();) {
    if (*at == "--json") {
      call.json = true;
      at = words.erase(at);
    } else if (*at == "--home" || *at == "--lang") {
      if (at + 1 == words.end()) return *at + " wants a value";
      const std::string& value = *(at + 1);
      if (*at == "--home") call.home = value;
      const std::string wrong = *at == "--lang" ? wrongLanguage(value) : "";
      if (!wrong.empty()) return wrong;
      at = words.erase(at, at + 2);
    } else {
      ++at;
    }
  }
  return {};
}

/// Whatever a library throws ends here, without its words: they may hold what a patient's file says.
Result<int> guarded(const Command& command, Invocation& call) {
  try {
    return command.run(call);
  } catch (const std::exception&) {
    return fail(ErrorCode::internal, "unexpected exception in " + command.name);
  }
}

}  // namespace

int runCommand(const std::vector<std::string>& arguments) {
  std::vector<std::string> words = arguments;
  Invocation call;
  if (const std::string wrong = takeGlobals(words, call); !wrong.empty()) return wrongUsage(wrong, nullptr);
  if (words.empty() || words.front() == "help" || words.front() == "--help" || words.front() == "-h")
    return help();
  if (words.front() == "--version") {
    std::cout << "attest " ATTEST_VERSION "\n";
    return 0;
  }
  const auto commands = makeCommands();
  const auto command = std::ranges::find(commands, words.front(), &Command::name);
  if (command == commands.end()) {
    const bool isOption = words.front().starts_with("-");
    return wrongUsage((isOption ? "no such option: " : "no such command: ") + words.front(), nullptr);
  }
  words.erase(words.begin());
  if (const std::string wrong = sortWords(*command, words, call); !wrong.empty()) {
    return wrongUsage(wrong, &*command);
  }
  const jobs::StopOnSignals signals;
  call.stop = signals.token();
  const auto code = guarded(*command, call);
  if (code) return *code;
  if (call.misused()) return wrongUsage(code.error().detail, &*command);
  call.complain(code.error());
  return exitFailed;
}

}  // namespace attest::app
