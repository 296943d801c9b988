#include "app/window.h"

#include <QApplication>
#include <algorithm>
#include <array>
#include <clocale>
#include <iostream>

#include "app/instance.h"
#include "app/invocation.h"
#include "app/workstation.h"

namespace attest::app {
namespace {

constexpr int exitFailed = 1;
constexpr int exitUsage = 2;

std::optional<std::string> valueOf(const std::vector<std::string>& words, const char* option) {
  const auto at = std::ranges::find(words, option);
  return at == words.end() || at + 1 == words.end() ? std::nullopt : std::optional(*(at + 1));
}

/// Without one Qt ends the program in a way of its own.
bool hasDisplay(const std::vector<std::string>& words) {
  const auto isSet = [](const char* name) { return !qEnvironmentVariableIsEmpty(name); };
  return isSet("DISPLAY") || isSet("WAYLAND_DISPLAY") || isSet("QT_QPA_PLATFORM") ||
         valueOf(words, "-platform").has_value();
}

void comeForward(Workstation& station, const std::optional<CaseId>& id) {
  station.window().setWindowState(station.window().windowState() & ~Qt::WindowMinimized);
  station.window().raise();
  station.window().activateWindow();
  if (id) station.store().dispatch(session::ReadingAction{session::action::OpenCase{*id}});
}

}  // namespace

bool wantsWindow(const std::vector<std::string>& words) {
  constexpr std::array known{"--home", "--lang", "-platform", "-style"};  // each with a value; two are Qt's
  for (std::size_t i = 0; i < words.size(); i += 2) {
    if (std::ranges::find(known, words[i]) == known.end() || i + 1 == words.size()) return false;
  }
  return true;
}

int runWindow(int argc, char** argv) {
  const std::vector<std::string> words(argv + 1, argv + argc);
  const auto language = valueOf(words, "--lang");
  if (const std::string wrong = language ? wrongLanguage(*language) : ""; !wrong.empty()) {
    std::cerr << "attest: " << wrong << "\n";
    return exitUsage;
  }
  if (!hasDisplay(words)) {
    std::cerr
        << "attest: there is no display here for a window\n`attest help` lists what works without one\n";
    return exitFailed;
  }
  Invocation call;
  call.home = valueOf(words, "--home").value_or(defaultHome().string());
  if (Instance::ask(call.home, {})) return 0;  // the window that is there came to the front
  QApplication application(argc, argv);
  QApplication::setApplicationName("Attest");
  std::setlocale(LC_NUMERIC, "C");  // Qt takes the machine's, and reports would get its commas
  const auto station = Workstation::open(call.home, QString::fromStdString(language.value_or("")));
  if (!station) {
    call.complain(station.error());
    return exitFailed;
  }
  const auto instance =
      Instance::claim(call.home, [&](const std::optional<CaseId>& id) { comeForward(**station, id); });
  if (!instance) {
    call.complain(instance.error());
    return exitFailed;
  }
  (*station)->begin();
  return QApplication::exec();
}

}  // namespace attest::app
