#include "app/instance.h"

#include <unistd.h>

#include <QCoreApplication>
#include <QLocalSocket>
#include <memory>
#include <nlohmann/json.hpp>

#include "core/base/hash.h"

namespace attest::app {
namespace {

constexpr int patienceMs = 5000;

/// Short enough for a socket wherever the home is.
QString socketName(const std::filesystem::path& home) {
  std::error_code error;
  const auto whole = std::filesystem::weakly_canonical(std::filesystem::absolute(home, error), error);
  const std::string name = (error ? home : whole).string() + "\n" + std::to_string(getuid());
  return "attest-" + QString::fromStdString(sha256(name).substr(0, 24));
}

/// One line of JSON, as soon as it is whole; null where it is none.
nlohmann::json lineOf(QLocalSocket& socket) {
  while (!socket.canReadLine()) {
    if (!socket.waitForReadyRead(patienceMs)) return {};
  }
  return nlohmann::json::parse(socket.readLine().toStdString(), nullptr, false);
}

void say(QLocalSocket& socket, const nlohmann::json& what) {
  socket.write(QByteArray::fromStdString(what.dump() + "\n"));
  socket.waitForBytesWritten(patienceMs);
}

}  // namespace

std::optional<std::int64_t> Instance::ask(const std::filesystem::path& home,
                                          const std::optional<CaseId>& id) {
  QLocalSocket socket;
  socket.connectToServer(socketName(home));
  if (!socket.waitForConnected(patienceMs)) return std::nullopt;
  say(socket, {{"open", id ? id->value : ""}});
  const auto answer = lineOf(socket);
  if (!answer.is_object() || !answer.contains("pid")) return std::nullopt;
  return answer["pid"].get<std::int64_t>();
}

Result<std::unique_ptr<Instance>> Instance::claim(const std::filesystem::path& home, Asked asked) {
  std::unique_ptr<Instance> instance(new Instance(std::move(asked)));
  QLocalServer& server = instance->server_;
  server.setSocketOptions(QLocalServer::UserAccessOption);
  QLocalServer::removeServer(
      socketName(home));  // of a window that was killed: a living one would have answered
  if (!server.listen(socketName(home))) return fail(ErrorCode::io, server.errorString().toStdString());
  connect(&server, &QLocalServer::newConnection, instance.get(), &Instance::greet);
  return instance;
}

void Instance::greet() {
  QLocalSocket* const socket = server_.nextPendingConnection();
  connect(socket, &QLocalSocket::disconnected, socket, &QObject::deleteLater);
  const auto hear = [this, socket] {
    if (!socket->canReadLine()) return;
    const auto message = nlohmann::json::parse(socket->readLine().toStdString(), nullptr, false);
    if (!message.is_object() || !message.contains("open") || !message["open"].is_string())
      return socket->abort();
    const auto id = message["open"].get<std::string>();
    asked_(id.empty() ? std::nullopt : std::optional(CaseId{id}));
    say(*socket, {{"pid", QCoreApplication::applicationPid()}});
  };
  connect(socket, &QLocalSocket::readyRead, this, hear);
  if (socket->canReadLine()) hear();
}

}  // namespace attest::app
