#include <algorithm>

#include "core/network/dimse_peer.h"
#include "core/network/identifier.h"

namespace attest::network {
namespace {

constexpr std::size_t longestAnswer = 1024 * 1024;
constexpr std::size_t answersAfterCancel = 1000;  ///< a peer may still send before it stops

}  // namespace

Outcome<Association> DimsePeer::associate(std::vector<Context> contexts, const std::stop_token& stop,
                                          std::vector<std::string> storingRoles) const {
  return Association::request(node_, std::move(contexts), std::move(storingRoles), limits_, stop);
}

Outcome<EchoReport> DimsePeer::tryEcho(const std::stop_token& stop) const {
  ATTEST_TRY(auto peer, associate({serviceContext(1, service::verification)}, stop));
  const Context* context = peer.find(service::verification);
  if (context == nullptr) {
    return trouble(Problem::not_supported, "the peer takes the association, but does not answer C-ECHO");
  }
  const auto start = std::chrono::steady_clock::now();
  Command command;
  command.verb = Verb::echo;
  command.sopClass = service::verification;
  ATTEST_CHECK(peer.send(*context, command));
  ATTEST_CHECK(peer.receive());
  EchoReport report;
  report.latency =
      std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - start);
  const std::uint16_t answer = peer.message().command().status;
  if (answer != status::success) return trouble(Problem::service_failed, "C-ECHO: " + meaning(answer));
  report.detail = peer.implementation();
  peer.release();
  return report;
}

EchoReport DimsePeer::echo(std::stop_token stop) {
  auto report = tryEcho(stop);
  if (report) return *std::move(report);
  EchoReport failed;
  failed.problem = report.error().problem;
  failed.detail = report.error().error.detail;
  return failed;
}

Outcome<bool> DimsePeer::find(const Identifier& identifier, const Match& match,
                              const std::stop_token& stop) const {
  ATTEST_TRY(auto peer, associate({serviceContext(1, service::studyFind)}, stop));
  const Context* context = peer.find(service::studyFind);
  if (context == nullptr) return trouble(Problem::not_supported, "the peer offers no C-FIND of studies");
  peer.setDataLimit(longestAnswer);
  const std::string syntax = context->transferSyntaxes.front();
  Command command;
  command.verb = Verb::find;
  command.sopClass = service::studyFind;
  const Buffer keys = identifier(syntax);
  ATTEST_CHECK(peer.send(*context, command, Payload::of(keys)));
  for (std::size_t matches = 0;; ++matches) {
    ATTEST_CHECK(peer.receive());
    const std::uint16_t answer = peer.message().command().status;
    if (!status::isPending(answer)) {
      peer.release();
      if (answer != status::success && answer != status::cancelled) {
        return trouble(Problem::service_failed, "C-FIND: " + meaning(answer));
      }
      return matches > limits_.matches;
    }
    if (matches < limits_.matches) ATTEST_CHECK(match(peer.message().data(), syntax));
    if (matches == limits_.matches) {
      command.verb = Verb::cancel;
      ATTEST_CHECK(peer.send(*context, command));
    }
    if (matches > limits_.matches + answersAfterCancel) return true;  // it does not stop: we do
  }
}

Result<StudyList> DimsePeer::findStudies(const StudyQuery& query, std::stop_token stop) {
  StudyList list;
  const auto more = find([&](const std::string& syntax) { return studyIdentifier(query, syntax); },
                         [&](std::span<const std::byte> dataSet, const std::string& syntax) -> Outcome<> {
                           ATTEST_TRY(auto study, readStudy(dataSet, syntax));
                           list.studies.push_back(std::move(study));
                           return {};
                         },
                         stop);
  if (!more) return fail(toError(more.error()));
  list.more = *more;
  return list;
}

Result<std::vector<RemoteSeries>> DimsePeer::findSeries(const StudyUid& study, std::stop_token stop) {
  std::vector<RemoteSeries> all;
  const auto done = find([&](const std::string& syntax) { return seriesIdentifier(study, syntax); },
                         [&](std::span<const std::byte> dataSet, const std::string& syntax) -> Outcome<> {
                           ATTEST_TRY(auto series, readSeries(dataSet, syntax));
                           all.push_back(std::move(series));
                           return {};
                         },
                         stop);
  if (!done) return fail(toError(done.error()));
  return all;
}

}  // namespace attest::network
