#include "app/window.h"

#include <QApplication>
#include <QScreen>
#include <algorithm>
#include <iostream>

#include "app/invocation.h"
#include "core/workflow/effects.h"
#include "ui/main_window.h"
#include "ui/store.h"
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
  Invocation call;
  const std::vector<std::string> words(argv + 1, argv + argc);
  const auto at = std::ranges::find(words, "--home");
  call.home = at != words.end() && at + 1 != words.end() ? std::filesystem::path(*(at + 1)) : defaultHome();
  const auto opened = call.services();
  if (!opened) {
    call.complain(opened.error());
    return 1;
  }
  workflow::Services& services = **opened;
  ui::applyTheme(application);
  ui::Store store;
  workflow::Effects effects(services, [&store](session::Action action) { store.post(std::move(action)); });
  store.setPerform([&effects](const session::Effect& effect) { effects.perform(effect); });
  ui::MainWindow window(store,
                        ui::ViewerServices{.runner =
                                               [&services](std::function<void()> work) {
                                                 services.pool().submit(
                                                     jobs::Lane::render, jobs::Urgency::visible,
                                                     [work = std::move(work)](std::stop_token) { work(); });
                                               },
                                           .parallel = services.pool().parallel()});
  window.resize(QGuiApplication::primaryScreen()->availableSize());  // for where no window manager maximizes
  window.showMaximized();
  store.begin();
  return QApplication::exec();
}

}  // namespace attest::app
