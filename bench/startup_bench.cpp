// From the start of the process to the worklist of 1000 cases painted, the check of the reader's secret
// included, beside an empty Qt window painted the same way: what the toolkit itself costs. Wants a display:
// xvfb-run -a build/release/bin/startup_bench
#include <unistd.h>

#include <QApplication>
#include <QEvent>
#include <QTableView>
#include <QTimer>
#include <QWidget>
#include <iostream>
#include <nlohmann/json.hpp>
#include <string>

#include "app/workstation.h"
#include "bench/child.h"
#include "core/workflow/users.h"
#include "tests/support/temp_dir.h"

namespace {

using namespace attest;

constexpr int cases = 1000;
constexpr int runs = 7;
constexpr const char* secret = "startup bench";

/// Ends the program with the first paint that finds `ready`.
class QuitWhenPainted final : public QObject {
 public:
  explicit QuitWhenPainted(std::function<bool()> ready) : ready_(std::move(ready)) {}

 private:
  bool eventFilter(QObject*, QEvent* event) override {
    if (event->type() == QEvent::Paint && ready_()) QTimer::singleShot(0, qApp, &QApplication::quit);
    return false;
  }
  std::function<bool()> ready_;
};

int bareWindow(int argc, char** argv) {
  QApplication application(argc, argv);
  QuitWhenPainted quit([] { return true; });
  QWidget window;
  window.installEventFilter(&quit);
  window.showMaximized();
  return QApplication::exec();
}

int worklist(int argc, char** argv) {
  QApplication application(argc, argv);
  const auto opened = app::Workstation::open(argv[2]);
  if (!opened) return 1;
  app::Workstation& workstation = **opened;
  QuitWhenPainted quit([&] {
    const auto& list = *workstation.store().state().worklist;
    return session::rowCount(list) > 0 && session::rowAt(list, 0) != nullptr;
  });
  workstation.begin();
  auto* table = workstation.window().findChild<QTableView*>();
  if (table == nullptr) return 1;
  table->viewport()->installEventFilter(&quit);
  bool asked = false;
  QObject::connect(&workstation.store(), &ui::Store::changed, &quit,
                   [&](const auto&, const session::State& now) {
                     if (asked || now.signIn->phase != session::SignInPhase::signed_out) return;
                     asked = true;
                     workstation.store().post(
                         session::SignInAction{session::action::EnterSecret{ReaderId{"bench"}, secret}});
                   });
  return QApplication::exec();
}

bool fill(const std::filesystem::path& home) {
  const auto services = workflow::Services::open(home);
  if (!services || !workflow::createReader(**services, "bench", {}, secret, nullptr)) return false;
  return (*services)
      ->db()
      .write({"bench", "import", "", ""},
             [](casedb::WriteTx& tx, AuditEvent&) -> Result<> {
               for (int n = 0; n < cases; ++n) {
                 casedb::NewInstance instance;
                 instance.header.patient.id = Phi<std::string>("BENCH-" + std::to_string(n));
                 instance.header.patient.name = Phi<std::string>("BENCH^" + std::to_string(n));
                 instance.header.study.uid.value = newUid();
                 instance.header.series.uid.value = newUid();
                 instance.header.series.modality = "CT";
                 instance.header.instance.sopUid.value = newUid();
                 instance.storedPath = "none";
                 ATTEST_CHECK(tx.addInstance(instance));
               }
               return {};
             })
      .has_value();
}

/// Another start of this program.
bool start(const char* self, const char* what, const std::string& home) {
  const pid_t child = fork();
  if (child == 0) {
    execl(self, self, what, home.c_str(), nullptr);
    _exit(127);
  }
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

}  // namespace

int main(int argc, char** argv) {
  const std::string what = argc > 1 ? argv[1] : "";
  if (what == "bare") return bareWindow(argc, argv);
  if (what == "worklist") return worklist(argc, argv);
  const test::TempDir home;
  if (!fill(home.path())) return 1;
  std::vector<bench::Cost> ours;
  std::vector<bench::Cost> bare;
  for (int run = 0; run < runs; ++run) {
    bare.push_back(bench::inChild([&](const auto&) { return start(argv[0], "bare", home.path()); }));
    ours.push_back(bench::inChild([&](const auto&) { return start(argv[0], "worklist", home.path()); }));
  }
  const double worklistSeconds = median(ours, &bench::Cost::seconds);
  const double bareSeconds = median(bare, &bench::Cost::seconds);
  std::cout << nlohmann::json{{"bench", "startup"},
                              {"ok", std::ranges::all_of(ours, &bench::Cost::ok)},
                              {"cases", cases},
                              {"worklist_s", worklistSeconds},
                              {"bare_qt_window_s", bareSeconds},
                              {"times_bare_window", worklistSeconds / bareSeconds}}
                   .dump(2)
            << "\n";
}
