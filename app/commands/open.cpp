#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <QUrl>
#include <QUrlQuery>
#include <array>
#include <chrono>
#include <nlohmann/json.hpp>
#include <thread>

#include "app/command.h"
#include "app/instance.h"

namespace attest::app {

Command make_open();

namespace {

using namespace std::chrono_literals;

/// A case by what another system knows of it.
struct Wanted {
  std::string caseOrStudy;
  std::string accession;
};

/// attest:open?case=ID, ?study=UID or ?accession=A.
std::optional<Wanted> wantedBy(const QUrl& url) {
  const QUrlQuery query(url);
  const auto value = [&](const char* key) {
    return query.queryItemValue(key, QUrl::FullyDecoded).toStdString();
  };
  const std::string named = value("case").empty() ? value("study") : value("case");
  if (named.empty() == value("accession").empty()) return std::nullopt;
  return Wanted{named, value("accession")};
}

Result<Wanted> wanted(Invocation& call) {
  const auto study = call.option("--study");
  const auto accession = call.option("--accession");
  const auto named = static_cast<int>(call.arguments.size()) + (study ? 1 : 0) + (accession ? 1 : 0);
  if (named != 1) return call.misuse("open CASE, --accession A, --study UID, or an attest: URL");
  if (study) return Wanted{*study, ""};
  if (accession) return Wanted{"", *accession};
  const std::string& word = call.arguments.front();
  if (!word.starts_with("attest:")) return Wanted{word, ""};
  const auto url = wantedBy(QUrl(QString::fromStdString(word)));
  if (!url) return call.misuse("an attest: URL is attest:open?case=ID, ?study=UID or ?accession=A");
  return *url;
}

/// The newest study of that accession number.
Result<CaseId> caseOfAccession(casedb::CaseDb& db, const std::string& accession) {
  casedb::WorklistQuery query{"accession:\"" + accession + "\"", std::nullopt, 100};
  while (true) {
    ATTEST_TRY(const auto page, db.worklist(query));
    for (const CaseRow& row : page.rows) {
      ATTEST_TRY(const auto record, db.record(row.id));
      if (record.study.accession.reveal() == accession) return row.id;
    }
    if (page.rows.size() < static_cast<std::size_t>(query.limit))
      return fail(ErrorCode::not_found, "no study of this accession number");
    query.afterRecency = page.rows.back().recency;
  }
}

/// This program again, as a window of its own session; its process id. Its signals are not blocked, as ours
/// are.
Result<pid_t> startWindow(const std::filesystem::path& home) {
  std::string program = "/proc/self/exe";
  std::string option = "--home";
  std::string folder = std::filesystem::absolute(home).string();
  std::array<char*, 4> words{program.data(), option.data(), folder.data(), nullptr};
  posix_spawnattr_t how{};
  posix_spawnattr_init(&how);
  sigset_t none{};
  sigemptyset(&none);
  posix_spawnattr_setsigmask(&how, &none);
  posix_spawnattr_setflags(&how, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSID);
  const std::string complaints = folder + "/window.log";
  posix_spawn_file_actions_t files{};
  posix_spawn_file_actions_init(&files);
  posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_addopen(&files, STDERR_FILENO, complaints.c_str(), O_WRONLY | O_CREAT | O_TRUNC,
                                   0600);
  pid_t pid = 0;
  const int failed = posix_spawn(&pid, program.c_str(), &files, &how, words.data(), environ);
  posix_spawn_file_actions_destroy(&files);
  posix_spawnattr_destroy(&how);
  if (failed != 0) return fail(ErrorCode::internal, "the window cannot be started");
  return pid;
}

/// Waits until the window hears, or is gone.
Result<std::int64_t> startAndAsk(const Invocation& call, const CaseId& id) {
  ATTEST_TRY(const pid_t pid, startWindow(call.home));
  for (int i = 0; i < 300 && !call.stop.stop_requested(); ++i) {
    if (const auto there = Instance::ask(call.home, id)) return *there;
    if (waitpid(pid, nullptr, WNOHANG) == pid)
      return fail(ErrorCode::unsupported, "the window did not start; HOME/window.log says why");
    std::this_thread::sleep_for(100ms);
  }
  return fail(ErrorCode::busy, "the window does not answer");
}

Result<int> run(Invocation& call) {
  ATTEST_TRY(const auto what, wanted(call));
  ATTEST_TRY(auto* const services, call.services());
  const auto found = what.accession.empty() ? call.caseOf(what.caseOrStudy)
                                            : caseOfAccession(services->db(), what.accession);
  ATTEST_TRY(const auto id, found);
  auto pid = Instance::ask(call.home, id);
  const bool wasThere = pid.has_value();
  if (!wasThere) {
    ATTEST_TRY(pid, startAndAsk(call, id));
  }
  call.answer({{"case", id.value}, {"window", wasThere ? "running" : "started"}, {"pid", *pid}},
              std::string(wasThere ? "the window opens " : "a window starts with ") + id.value);
  return 0;
}

}  // namespace

Command make_open() {
  return {
      .name = "open",
      .usage = "CASE | --accession A | --study UID | attest:open?case=ID",
      .summary = "brings the running window to a case, or starts one; who is not signed in does that first",
      .options = {"--accession", "--study"},
      .flags = {},
      .leastArguments = 0,
      .mostArguments = 1,
      .run = run};
}

}  // namespace attest::app
