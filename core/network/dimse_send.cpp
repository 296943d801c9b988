#include <set>

#include "core/dicom/convert.h"
#include "core/dicom/syntax.h"
#include "core/network/dimse_peer.h"
#include "core/network/storage.h"

namespace attest::network {
namespace {

constexpr std::size_t contextsOfKind = 2;  ///< that a kind of object needs at most
constexpr std::size_t mostContexts = 128;

using Kind = std::pair<std::string, std::string>;  // SOP class and transfer syntax

/// The contexts for these kinds: each transfer syntax by itself, and implicit little endian, which every peer
/// must take (PS3.5 section 10), for what has no compressed pixels.
std::vector<Context> contextsFor(const std::set<Kind>& kinds) {
  std::set<Kind> wanted = kinds;
  for (const auto& [sopClass, transferSyntax] : kinds) {
    if (isUncompressed(transferSyntax)) wanted.emplace(sopClass, syntax::implicitLittle);
  }
  std::vector<Context> contexts;
  for (const auto& [sopClass, transferSyntax] : wanted) {
    const auto id = static_cast<std::uint8_t>(2 * contexts.size() + 1);
    contexts.push_back({id, sopClass, {transferSyntax}, 0});
  }
  return contexts;
}

/// The files from `begin` on that one association has contexts for.
std::size_t endOfBatch(const std::vector<Outgoing>& files, std::size_t begin, std::set<Kind>& kinds) {
  std::size_t end = begin;
  for (; end < files.size(); ++end) {
    const Kind kind{files[end].meta.sopClass, files[end].meta.transferSyntax};
    if (!kinds.contains(kind) && contextsOfKind * (kinds.size() + 1) > mostContexts) break;
    kinds.insert(kind);
  }
  return end;
}

std::string notTaken(const Association& peer, const FileMeta& meta) {
  const std::string kind = dicom::uidName(meta.sopClass);
  if (peer.find(meta.sopClass) == nullptr) return "the peer does not take " + kind;
  return "the peer takes " + kind + ", but not as " + dicom::uidName(meta.transferSyntax);
}

}  // namespace

Outcome<std::uint16_t> DimsePeer::store(Association& peer, const Context& context, const Outgoing& file,
                                        const Payload& data) {
  Command command;
  command.verb = Verb::store;
  command.sopClass = file.meta.sopClass;
  command.sopInstance = file.meta.sopInstance;
  ATTEST_CHECK(peer.send(context, command, data));
  ATTEST_CHECK(peer.receive());
  const Command& answer = peer.message().command();
  if (answer.verb != Verb::store || !answer.isResponse) {
    return trouble(Problem::protocol, "the peer sent what does not answer a C-STORE");
  }
  return answer.status;
}

Outcome<> DimsePeer::storeOne(Association& peer, const Outgoing& file, SendReport& report) const {
  const auto refuse = [&](std::string reason, bool permanent) {
    report.unsent.push_back({file.path, SopUid{file.meta.sopInstance}, std::move(reason), permanent});
    return Outcome<>{};
  };
  const Context* context = peer.find(file.meta.sopClass, file.meta.transferSyntax);
  Outcome<std::uint16_t> answer = 0;
  if (context != nullptr) {
    const auto bytes = file.open(file.meta.dataAt);
    if (!bytes) return refuse(bytes.error().detail, false);
    answer = store(peer, *context, file, *bytes);
  } else {
    context = isUncompressed(file.meta.transferSyntax) ? peer.find(file.meta.sopClass, syntax::implicitLittle)
                                                       : nullptr;
    if (context == nullptr) return refuse(notTaken(peer, file.meta), true);
    const auto converted = dicom::dataSetAs(file.path, syntax::implicitLittle);
    if (!converted) return refuse(converted.error().detail, true);
    answer = store(peer, *context, file, Payload::of(*converted));
  }
  if (!answer) return fail(answer.error());
  if (*answer != status::success && !status::isWarning(*answer)) {
    // Out of resources may pass; what the peer cannot process it will not process next time either.
    const bool passes =
        *answer == status::processing_failure || (*answer & 0xFF00) == status::out_of_resources;
    return refuse(meaning(*answer), !passes);
  }
  ++report.sent;
  return {};
}

Result<SendReport> DimsePeer::send(const std::vector<std::filesystem::path>& paths, std::stop_token stop,
                                   const Progress& progress) {
  SendReport report;
  const auto files = readOutgoing(paths, report);
  std::size_t done = 0;
  while (done < files.size()) {
    std::set<Kind> kinds;
    const std::size_t end = endOfBatch(files, done, kinds);
    auto peer = associate(contextsFor(kinds), stop);
    Outcome<> ok = peer ? Outcome<>{} : fail(peer.error());
    while (ok && done < end) {
      ok = storeOne(*peer, files[done], report);
      if (ok) ++done;
      if (ok && progress) progress(done, files.size());
    }
    if (ok) {
      peer->release();
      continue;
    }
    if (done == 0 || ok.error().problem == Problem::cancelled) return fail(toError(ok.error()));
    giveUp(files, done, ok.error().error, report);
    break;
  }
  return report;
}

}  // namespace attest::network
