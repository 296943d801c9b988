#include "core/workflow/worker.h"

#include <signal.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <sstream>

#include "core/base/ids.h"

namespace attest::workflow {
namespace {

std::string hostName() {
  std::array<char, 256> name{};
  gethostname(name.data(), name.size() - 1);
  return name.data();
}

}  // namespace

std::string workerName() {
  return hostName() + " " + std::to_string(getpid()) + " " + newUuid();
}

bool isDead(const std::string& worker) {
  std::istringstream words(worker);
  std::string host;
  pid_t pid = 0;
  words >> host >> pid;
  return host == hostName() && pid > 0 && pid != getpid() && kill(pid, 0) != 0 && errno == ESRCH;
}

}  // namespace attest::workflow
