#include "app/window.h"

#include <QApplication>
#include <algorithm>

#include "app/invocation.h"
#include "app/workstation.h"
#include "ui/theme/theme.h"

namespace attest::app {

bool wantsWindow(const std::vector<std::string>& words) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (words[i] == "--home" || words[i] == "--lang" || words[i] == "-platform" || words[i] == "-style") {
      ++i;
    } else if (!words[i].starts_with("-") || words[i] == "--json" || words[i] == "--help") {
      return false;
    }
  }
  return true;
}

int runWindow(int argc, char** argv) {
  QApplication application(argc, argv);
  QApplication::setApplicationName("Attest");
  ui::applyTheme(application);
  Invocation call;
  const std::vector<std::string> words(argv + 1, argv + argc);
  const auto at = std::ranges::find(words, "--home");
  call.home = at != words.end() && at + 1 != words.end() ? std::filesystem::path(*(at + 1)) : defaultHome();
  const auto station = Workstation::open(call.home);
  if (!station) {
    call.complain(station.error());
    return 1;
  }
  (*station)->begin();
  return QApplication::exec();
}

}  // namespace attest::app
