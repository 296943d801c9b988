#include "core/network/served_association.h"

#include <algorithm>
#include <utility>

#include "core/network/association.h"
#include "core/network/storage.h"

namespace attest::network {
namespace {

using Clock = std::chrono::steady_clock;
constexpr std::chrono::milliseconds patience{10'000};  ///< until the association is asked for (ARTIM)

std::uint16_t statusOf(const Error& error) {
  switch (error.code) {
    case ErrorCode::disk_full:
    case ErrorCode::too_large:
    case ErrorCode::busy:
      return status::out_of_resources;
    case ErrorCode::bad_file:
    case ErrorCode::unsupported:
      return status::not_understood;
    case ErrorCode::not_allowed:
      return status::not_authorized;
    default:
      return status::processing_failure;
  }
}

/// What becomes of a proposal: one transfer syntax, or the reason why not (PS3.8 table 9-18).
Context decide(const Context& proposed) {
  Context answer{proposed.id, proposed.abstractSyntax, {syntax::implicitLittle}, 0};
  if (proposed.abstractSyntax != service::verification && !isStorageClass(proposed.abstractSyntax)) {
    answer.result = 3;
  } else if (const std::string taken = preferred(proposed.transferSyntaxes); taken.empty()) {
    answer.result = 4;
  } else {
    answer.transferSyntaxes = {taken};
  }
  return answer;
}

}  // namespace

ServedAssociation::ServedAssociation(Socket socket, const Admit& admit, const KeepObject& keep)
    : socket_(std::move(socket)), admit_(admit), keep_(keep) {}

void ServedAssociation::onReadable(std::size_t dataLimit) {
  const auto count = socket_.tryReceive(reader_.space());
  if (!count) {
    isOver_ = true;
    return;
  }
  if (*count > 0) lastHeard_ = Clock::now();
  reader_.arrived(*count);
  message_.setLimit(dataLimit);
  while (!isOver_ && !isLeaving_) {
    const auto pdu = reader_.next();
    if (pdu && !*pdu) return;
    if (!pdu || !handle(**pdu)) abort();
  }
}

void ServedAssociation::onWritable() {
  const auto count = socket_.trySend(outbox_);
  if (!count) {
    isOver_ = true;
    return;
  }
  outbox_.erase(outbox_.begin(), outbox_.begin() + static_cast<std::ptrdiff_t>(*count));
  isOver_ = isOver_ || (isLeaving_ && outbox_.empty());
}

void ServedAssociation::say(const Buffer& bytes) {
  outbox_.insert(outbox_.end(), bytes.begin(), bytes.end());
  onWritable();
}

void ServedAssociation::checkSilence(std::chrono::milliseconds silence) {
  if (Clock::now() - lastHeard_ > (isAdmitted() ? silence : std::min(silence, patience))) abort();
}

void ServedAssociation::abort() {
  if (isOver_) return;
  isLeaving_ = true;
  say(encodePlain(PduType::abort));
  isOver_ = true;
}

Outcome<> ServedAssociation::handle(const PduReader::Pdu& pdu) {
  switch (pdu.type) {
    case PduType::associate_request: {
      if (isAdmitted()) return trouble(Problem::protocol, "a second association on one connection");
      ATTEST_TRY(auto request, decodeAssociate(pdu.type, pdu.body));
      negotiate(std::move(request));
      return {};
    }
    case PduType::data:
      return isAdmitted() ? handleData(pdu.body) : trouble(Problem::protocol, "data without an association");
    case PduType::release_request:
      isLeaving_ = true;
      say(encodePlain(PduType::release_response));
      return {};
    case PduType::abort:
      isOver_ = true;
      return {};
    default:
      return trouble(Problem::protocol, "a unit that does not belong here");
  }
}

void ServedAssociation::negotiate(Associate request) {
  if (const auto reject = admit_(request, socket_.peerAddress())) {
    isLeaving_ = true;
    say(encode(*reject));
    return;
  }
  callingAe_ = request.callingAe;
  for (const auto& proposed : request.contexts) contexts_.push_back(decide(proposed));
  Associate answer;
  answer.calledAe = request.calledAe;
  answer.callingAe = request.callingAe;
  answer.contexts = contexts_;
  answer.maxPdu = ourMaxPdu;
  answer.implementation = ourImplementationName;
  say(encode(PduType::associate_accept, answer));
}

Outcome<> ServedAssociation::handleData(std::span<const std::byte> body) {
  ATTEST_TRY(const auto fragments, decodeData(body));
  for (const auto& fragment : fragments) {
    ATTEST_TRY(const bool isWhole, message_.add(fragment));
    if (isWhole) ATTEST_CHECK(answerMessage());
  }
  return {};
}

Outcome<> ServedAssociation::answerMessage() {
  const Command& command = message_.command();
  if (command.isResponse || command.verb == Verb::cancel) return {};
  Command answer = answerTo(command, status::unrecognized);
  if (command.verb == Verb::echo) answer.status = status::success;
  if (command.verb == Verb::store) answer.status = store();
  const Buffer bytes = encode(answer);
  Buffer pdu(pduOverhead + fragmentOverhead);
  encodeDataHead(pdu, {message_.context(), true, true, bytes});
  pdu.insert(pdu.end(), bytes.begin(), bytes.end());
  say(pdu);
  return {};
}

std::uint16_t ServedAssociation::store() {
  const Command& command = message_.command();
  const auto context = std::ranges::find_if(
      contexts_, [&](const Context& one) { return one.id == message_.context() && one.result == 0; });
  if (context == contexts_.end() || context->abstractSyntax != command.sopClass) return status::no_such_class;
  if (!isUid(command.sopInstance)) return status::invalid_instance;
  if (message_.isTooLarge()) return status::out_of_resources;
  if (!command.hasData || message_.data().empty()) return status::not_understood;
  const FileMeta meta{command.sopClass, command.sopInstance, context->transferSyntaxes.front(), 0};
  const auto kept = keep_(
      {SopUid{meta.sopInstance}, meta.sopClass, meta.transferSyntax, callingAe_, message_.asFile(meta)});
  return kept ? status::success : statusOf(kept.error());
}

}  // namespace attest::network
