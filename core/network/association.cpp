#include "core/network/association.h"

#include <algorithm>
#include <array>
#include <utility>

namespace attest::network {
namespace {

constexpr std::size_t dataHead = pduOverhead + fragmentOverhead;
constexpr std::chrono::milliseconds goodbye{2000};  ///< a peer may take to confirm the release

Outcome<> checkNode(const Node& node) {
  if (node.host.empty()) return trouble(Problem::bad_node, "the node has no host");
  if (node.port < 1 || node.port > 65535)
    return trouble(Problem::bad_node, "the node's port is not 1 to 65535");
  const auto fits = [](const std::string& ae) {
    return !ae.empty() && ae.size() <= 16 &&
           std::ranges::none_of(ae, [](char c) { return c < 0x20 || c > 0x7E || c == '\\'; });
  };
  if (!fits(node.aeTitle))
    return trouble(Problem::bad_node, "the node's AE title is not 1 to 16 plain characters");
  if (!fits(node.callingAe))
    return trouble(Problem::bad_node, "our AE title is not 1 to 16 plain characters");
  return {};
}

}  // namespace

Payload Payload::of(std::span<const std::byte> bytes) {
  return {bytes.size(), [bytes](std::span<std::byte> to) mutable -> Result<> {
            std::ranges::copy(bytes.first(to.size()), to.begin());
            bytes = bytes.subspan(to.size());
            return {};
          }};
}

Context serviceContext(std::uint8_t id, const std::string& abstractSyntax) {
  return {id, abstractSyntax, {syntax::explicitLittle, syntax::implicitLittle}, 0};
}

Association::Association(Socket socket, const Node& node, const Limits& limits, std::stop_token stop)
    : socket_(std::move(socket)),
      calledAe_(node.aeTitle),
      callingAe_(node.callingAe),
      limits_(limits),
      stop_(std::move(stop)) {
  message_.setLimit(limits.objectBytes);
}

Association::~Association() {
  if (isOpen_ && socket_.handle() >= 0) {
    // What is left over of the connection takes it or not; nobody waits.
    static_cast<void>(socket_.trySend(encodePlain(PduType::abort)));
  }
}

Outcome<Association> Association::request(const Node& node, std::vector<Context> contexts,
                                          std::vector<std::string> storingRoles, const Limits& limits,
                                          const std::stop_token& stop) {
  ATTEST_CHECK(checkNode(node));
  ATTEST_TRY(auto socket, Socket::connect(node.host, node.port, limits.connect, stop));
  Association association(std::move(socket), node, limits, stop);
  ATTEST_CHECK(association.negotiate({node.aeTitle, node.callingAe, std::move(contexts),
                                      std::move(storingRoles), ourMaxPdu, ourImplementationName}));
  return association;
}

Outcome<> Association::negotiate(Associate request) {
  ATTEST_CHECK(socket_.send(encode(PduType::associate_request, request), limits_.silence, stop_));
  proposed_ = std::move(request.contexts);
  auto answer = nextPdu();
  if (!answer) {
    // Somebody who is no DICOM may close at once; then it is not the connection that is at fault.
    if (answer.error().problem == Problem::closed) {
      return trouble(Problem::closed, "the peer ended the connection instead of answering the association");
    }
    return fail(answer.error());
  }
  if (answer->type == PduType::associate_reject) {
    ATTEST_TRY(const Reject reject, decodeReject(answer->body));
    return tl::unexpected(meaning(reject, calledAe_, callingAe_));
  }
  if (answer->type != PduType::associate_accept) {
    return trouble(Problem::rejected, "the peer aborts instead of answering the association");
  }
  ATTEST_TRY(accepted_, decodeAssociate(answer->type, answer->body));
  std::erase_if(accepted_.contexts,
                [](const Context& one) { return one.result != 0 || one.transferSyntaxes.size() != 1; });
  for (auto& context : accepted_.contexts) {
    const auto at = std::ranges::find(proposed_, context.id, &Context::id);
    if (at == proposed_.end()) return trouble(Problem::protocol, "the peer accepts what nobody proposed");
    context.abstractSyntax = at->abstractSyntax;
  }
  isOpen_ = true;
  return {};
}

const Context* Association::find(const std::string& abstractSyntax, const std::string& transferSyntax) const {
  const auto at = std::ranges::find_if(accepted_.contexts, [&](const Context& one) {
    return one.abstractSyntax == abstractSyntax &&
           (transferSyntax.empty() || one.transferSyntaxes.front() == transferSyntax);
  });
  return at == accepted_.contexts.end() ? nullptr : &*at;
}

const Context* Association::find(std::uint8_t id) const {
  const auto at = std::ranges::find(accepted_.contexts, id, &Context::id);
  return at == accepted_.contexts.end() ? nullptr : &*at;
}

Outcome<PduReader::Pdu> Association::nextPdu() {
  while (true) {
    ATTEST_TRY(const auto pdu, reader_.next());
    if (pdu) return *pdu;
    ATTEST_TRY(const std::size_t count, socket_.receive(reader_.space(), limits_.silence, stop_));
    reader_.arrived(count);
  }
}

Outcome<> Association::send(const Context& context, Command command, const Payload& data) {
  if (!command.isResponse && command.verb != Verb::cancel) command.messageId = ++lastId_;
  if (command.verb == Verb::cancel) command.messageId = lastId_;
  command.hasData = data.size > 0;
  const Buffer bytes = encode(command);
  ATTEST_CHECK(sendFragments(context.id, true, Payload::of(bytes)));
  return data.size > 0 ? sendFragments(context.id, false, data) : Outcome<>{};
}

Outcome<> Association::sendFragments(std::uint8_t context, bool isCommand, const Payload& data) {
  const std::uint32_t theirs = accepted_.maxPdu == 0 ? ourMaxPdu : std::min(accepted_.maxPdu, ourMaxPdu);
  // An even number of bytes a fragment (PS3.8 annex E.2), and at least a few where a peer asks for nonsense.
  const std::size_t most = std::max<std::size_t>((theirs - std::min<std::uint32_t>(theirs, 6)) & ~1U, 64);
  Buffer pdu(dataHead + static_cast<std::size_t>(std::min<std::uint64_t>(most, data.size)));
  for (std::uint64_t left = data.size; left > 0;) {
    const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(most, left));
    const auto bytes = std::span(pdu).subspan(dataHead, count);
    if (const auto read = data.read(bytes); !read) return trouble(read.error());
    left -= count;
    encodeDataHead(pdu, {context, isCommand, left == 0, bytes});
    ATTEST_CHECK(socket_.send(std::span(pdu).first(dataHead + count), limits_.silence, stop_));
  }
  return {};
}

Outcome<> Association::receive() {
  while (true) {
    while (fragment_ < fragments_.size()) {
      ATTEST_TRY(const bool isWhole, message_.add(fragments_[fragment_++]));
      if (!isWhole) continue;
      if (message_.isTooLarge())
        return trouble(Problem::too_large, "the peer sent more than the limits allow");
      return {};
    }
    ATTEST_TRY(const auto pdu, nextPdu());
    switch (pdu.type) {
      case PduType::data: {
        ATTEST_TRY(fragments_, decodeData(pdu.body));
        fragment_ = 0;
        break;
      }
      case PduType::release_request:
        isOpen_ = false;
        static_cast<void>(socket_.trySend(encodePlain(PduType::release_response)));
        return trouble(Problem::closed, "the peer released the association in the middle");
      case PduType::abort:
        isOpen_ = false;
        return trouble(Problem::closed, "the peer aborted the association");
      default:
        return trouble(Problem::protocol, "the peer sent what does not belong here");
    }
  }
}

Outcome<bool> Association::hasMore() {
  if (fragment_ < fragments_.size() || reader_.hasBytes()) return true;
  ATTEST_TRY(const std::size_t count, socket_.tryReceive(reader_.space()));
  reader_.arrived(count);
  return count > 0;
}

Outcome<ReceivedObject> Association::object() {
  const Command& command = message_.command();
  const Context* context = find(message_.context());
  if (context == nullptr || !isUid(command.sopInstance) || !isUid(command.sopClass)) {
    return trouble(Problem::protocol, "the peer sent an object that was not agreed on");
  }
  const FileMeta meta{command.sopClass, command.sopInstance, context->transferSyntaxes.front(), 0};
  return ReceivedObject{SopUid{meta.sopInstance}, meta.sopClass, meta.transferSyntax, calledAe_,
                        message_.asFile(meta)};
}

void Association::release() {
  if (!isOpen_) return;
  isOpen_ = false;
  if (!socket_.send(encodePlain(PduType::release_request), goodbye, stop_)) return;
  const auto until = std::chrono::steady_clock::now() + goodbye;
  limits_.silence = goodbye;
  for (auto pdu = nextPdu(); pdu && pdu->type == PduType::data; pdu = nextPdu()) {
    if (std::chrono::steady_clock::now() > until) return;
  }
}

}  // namespace attest::network
