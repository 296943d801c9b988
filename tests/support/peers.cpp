#include "tests/support/peers.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace attest::test {
namespace {

namespace fs = std::filesystem;

constexpr int pauseMs = 10;  ///< between two looks at a port that is not open yet

sockaddr_in loopback(int port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  return address;
}

bool answers(int port) {
  const int handle = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const sockaddr_in address = loopback(port);
  const bool open = connect(handle, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  close(handle);
  return open;
}

pid_t start(const std::vector<std::string>& words, const fs::path& log) {
  std::vector<char*> arguments;
  for (const auto& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  // Without Nagle's delay DCMTK's tools take milliseconds an object instead of forty.
  std::string noDelay = "TCP_NODELAY=1";
  std::vector<char*> environment{noDelay.data()};
  for (char** one = environ; *one != nullptr; ++one) environment.push_back(*one);
  environment.push_back(nullptr);
  posix_spawn_file_actions_t files;
  posix_spawn_file_actions_init(&files);
  posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
  posix_spawn_file_actions_adddup2(&files, STDOUT_FILENO, STDERR_FILENO);
  pid_t id = -1;
  const int error =
      posix_spawnp(&id, arguments.front(), &files, nullptr, arguments.data(), environment.data());
  posix_spawn_file_actions_destroy(&files);
  if (error != 0) throw std::runtime_error("cannot start " + words.front());
  return id;
}

std::string contents(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

std::string boolean(bool value) {
  return value ? "true" : "false";
}

}  // namespace

std::optional<std::string> findProgram(const std::string& name) {
  std::istringstream folders(std::string(std::getenv("PATH")) + ":/usr/sbin:/usr/bin");
  for (std::string folder; std::getline(folders, folder, ':');) {
    const fs::path path = fs::path(folder) / name;
    if (access(path.c_str(), X_OK) == 0) return path.string();
  }
  return std::nullopt;
}

int freePort() {
  const int handle = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address = loopback(0);
  socklen_t length = sizeof address;
  auto* const any = reinterpret_cast<sockaddr*>(&address);
  if (bind(handle, any, length) != 0 || getsockname(handle, any, &length) != 0) {
    throw std::runtime_error("no free port");
  }
  close(handle);
  return ntohs(address.sin_port);
}

Program::Program(const std::vector<std::string>& words, const fs::path& folder)
    : log_(folder / (fs::path(words.front()).filename().string() + ".log")) {
  id_ = start(words, log_);
}

Program::~Program() {
  if (id_ < 0) return;
  kill(id_, SIGKILL);
  waitpid(id_, nullptr, 0);
}

bool Program::awaitPort(int port) {
  while (!answers(port)) {
    if (waitpid(id_, nullptr, WNOHANG) != 0) {
      id_ = -1;
      return false;
    }
    poll(nullptr, 0, pauseMs);
  }
  return true;
}

void Program::signal(int number) const {
  kill(id_, number);
}

void Program::freeze() const {
  kill(id_, SIGSTOP);
  waitpid(id_, nullptr, WUNTRACED);
}

int Program::wait() {
  int status = 0;
  waitpid(id_, &status, 0);
  id_ = -1;
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

std::string Program::output() const {
  return contents(log_);
}

Ran runProgram(const std::vector<std::string>& words) {
  const TempDir folder;
  Program program(words, folder.path());
  const int status = program.wait();
  return {status, program.output()};
}

std::unique_ptr<Orthanc> Orthanc::start(const Options& options) {
  constexpr const char* plugin = "/usr/share/orthanc/plugins/libOrthancDicomWeb.so";
  const auto binary = findProgram("Orthanc");
  if (!binary || !fs::exists(plugin)) return nullptr;
  auto peer = std::make_unique<Orthanc>();
  peer->dicomPort = freePort();
  peer->httpPort = freePort();
  const fs::path certificate = peer->folder / "certificate.pem";
  if (options.tls) {
    const fs::path key = peer->folder / "key.pem";
    runProgram({"openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=127.0.0.1", "-days",
                "2", "-keyout", key.string(), "-out", certificate.string()});
    std::ofstream(certificate, std::ios::app) << contents(key);
  }
  const std::string all = boolean(options.knowsAll);
  const std::string get = boolean(options.knowsAll && options.withGet);
  std::ofstream(peer->folder / "orthanc.json")
      << "{\"StorageDirectory\": \"db\", \"IndexDirectory\": \"db\", \"Plugins\": [\"" << plugin << "\"],"
      << "\"HttpPort\": " << peer->httpPort << ", \"DicomPort\": " << peer->dicomPort
      << ", \"RemoteAccessAllowed\": true, \"AuthenticationEnabled\": true, \"RegisteredUsers\": {\"" << user
      << "\": \"" << password << "\"}, \"SslEnabled\": " << boolean(options.tls)
      << ", \"SslCertificate\": " << certificate << ", \"DicomAet\": \"" << aeTitle
      << "\", \"DicomCheckCalledAet\": true"
      << ", \"DicomAlwaysAllowEcho\": " << all << ", \"DicomAlwaysAllowStore\": " << all
      << ", \"DicomAlwaysAllowFind\": " << all << ", \"DicomAlwaysAllowGet\": " << get
      << ", \"DicomAlwaysAllowMove\": " << all
      << ", \"DicomModalities\": {\"attest\": {\"AET\": \"ATTEST\", \"Host\": \"127.0.0.1\", \"Port\": "
      << options.movePort << ", \"AllowGet\": " << get
      << "}}, \"SaveJobs\": false, \"StorageCompression\": false, \"OverwriteInstances\": true,"
      << "\"DicomWeb\": {\"Enable\": true, \"Root\": \"/dicom-web/\", \"Ssl\": false}}";
  peer->program = std::make_unique<Program>(
      std::vector<std::string>{*binary, (peer->folder / "orthanc.json").string()}, peer->folder.path());
  if (!peer->program->awaitPort(peer->httpPort) || !peer->program->awaitPort(peer->dicomPort)) {
    throw std::runtime_error("Orthanc did not start: " + peer->program->output());
  }
  return peer;
}

std::unique_ptr<DcmtkArchive> DcmtkArchive::start(int movePort, bool withGet) {
  const auto binary = findProgram("dcmqrscp");
  if (!binary) return nullptr;
  auto peer = std::make_unique<DcmtkArchive>();
  peer->port = freePort();
  const fs::path store = peer->folder / "store";
  fs::create_directory(store);
  std::ofstream(peer->folder / "archive.cfg")
      << "NetworkTCPPort = " << peer->port << "\nMaxPDUSize = 131072\nMaxAssociations = 16\n"
      << "HostTable BEGIN\nattest = (ATTEST, 127.0.0.1, " << movePort << ")\nHostTable END\n"
      << "VendorTable BEGIN\nVendorTable END\nAETable BEGIN\n"
      << aeTitle << " " << store.string() << " RW (200, 1024mb) ANY\nAETable END\n";
  std::vector<std::string> words{*binary, "--config", (peer->folder / "archive.cfg").string()};
  if (!withGet) words.push_back("--disable-get");
  peer->program = std::make_unique<Program>(words, peer->folder.path());
  if (!peer->program->awaitPort(peer->port)) {
    throw std::runtime_error("dcmqrscp did not start: " + peer->program->output());
  }
  return peer;
}

}  // namespace attest::test
