#include <algorithm>

#include "core/network/dimse_peer.h"
#include "core/network/identifier.h"
#include "core/network/move_receiver.h"
#include "core/network/storage.h"

namespace attest::network {
namespace {

constexpr std::uint8_t serviceId = 1;
constexpr std::uint8_t firstStorageId = 3;

Command request(Verb verb, const std::string& sopClass) {
  Command command;
  command.verb = verb;
  command.sopClass = sopClass;
  return command;
}

/// Some peers offer C-GET to all and then refuse it to us, or break off.
bool maybeForbidden(Problem problem) {
  return problem == Problem::service_failed || problem == Problem::closed;
}

}  // namespace

Result<FetchReport> DimsePeer::fetch(const FetchRequest& request, const Sink& sink, std::stop_token stop,
                                     const Progress& progress) {
  auto report = tryFetch(request, sink, stop, progress);
  if (!report) return fail(toError(std::move(report).error()));
  return *report;
}

Outcome<FetchReport> DimsePeer::tryFetch(const FetchRequest& request, const Sink& sink,
                                         const std::stop_token& stop, const Progress& progress) {
  if (!isUid(request.study.value)) return trouble(Problem::bad_node, "this is no study UID");
  // The modalities tell which classes are worth their places among the 128 contexts. Without them it works
  // too.
  std::vector<std::string> modalities;
  if (const auto series = findSeries(request.study, stop)) {
    for (const auto& one : *series) modalities.push_back(one.info.modality);
  }
  auto contexts = storageContexts(modalities, firstStorageId);
  std::vector<std::string> roles;
  for (const auto& one : contexts) {
    if (std::ranges::find(roles, one.abstractSyntax) == roles.end()) roles.push_back(one.abstractSyntax);
  }
  contexts.insert(contexts.begin(), serviceContext(serviceId, service::studyGet));
  ATTEST_TRY(auto peer, associate(std::move(contexts), stop, std::move(roles)));
  const bool offersGet = peer.find(service::studyGet) != nullptr;
  if (offersGet) {
    std::size_t handed = 0;
    const Sink counted = [&](const ReceivedObject& object) {
      ++handed;
      return sink(object);
    };
    auto got = get(peer, request, counted, progress);
    if (got || handed > 0 || request.listenPort == 0 || !maybeForbidden(got.error().problem)) return got;
  } else if (request.listenPort == 0) {
    return trouble(Problem::not_supported,
                   "the peer offers no C-GET, and there is no port of ours for C-MOVE");
  }
  peer.release();
  return move(request, sink, stop, progress);
}

Outcome<FetchReport> DimsePeer::get(Association& peer, const FetchRequest& what, const Sink& sink,
                                    const Progress& progress) const {
  const Context& context = *peer.find(service::studyGet);
  const Buffer keys = fetchIdentifier(what, context.transferSyntaxes.front());
  ATTEST_CHECK(peer.send(context, request(Verb::get, service::studyGet), Payload::of(keys)));
  FetchReport report;
  std::size_t expected = 0;
  while (true) {
    ATTEST_CHECK(peer.receive());
    const Command& command = peer.message().command();
    if (command.verb == Verb::get && command.isResponse) {
      expected = std::max(expected, subOperations(command));
      if (status::isPending(command.status)) continue;
      ATTEST_CHECK(conclude(command, "C-GET", report));
      peer.release();
      return report;
    }
    if (command.verb != Verb::store || command.isResponse) {
      return trouble(Problem::protocol, "the peer sent what does not belong into a C-GET");
    }
    if (report.received == limits_.objects) {
      return trouble(Problem::too_large, "the study has more objects than the limits allow");
    }
    ATTEST_TRY(const auto object, peer.object());
    if (const auto kept = sink(object); !kept) return trouble(kept.error());
    ++report.received;
    if (progress) progress(report.received, std::max(expected, report.received));
    ATTEST_CHECK(peer.send(*peer.find(peer.message().context()), answerTo(command, status::success)));
  }
}

Outcome<FetchReport> DimsePeer::move(const FetchRequest& what, const Sink& sink, const std::stop_token& stop,
                                     const Progress& progress) const {
  ATTEST_TRY(auto peer, associate({serviceContext(serviceId, service::studyMove)}, stop));
  const Context* context = peer.find(service::studyMove);
  if (context == nullptr) return trouble(Problem::not_supported, "the peer offers neither C-GET nor C-MOVE");
  MoveReceiver receiver(what, sink, progress, limits_);
  ATTEST_CHECK(receiver.listen(node_));
  const Buffer keys = fetchIdentifier(what, context->transferSyntaxes.front());
  Command command = request(Verb::move, service::studyMove);
  command.moveDestination = node_.callingAe;
  ATTEST_CHECK(peer.send(*context, command, Payload::of(keys)));
  return receiver.run(peer, stop);
}

}  // namespace attest::network
