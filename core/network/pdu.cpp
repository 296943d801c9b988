#include "core/network/pdu.h"

#include <algorithm>
#include <cstring>

#include "core/network/wire.h"

namespace attest::network {
namespace {

// Item types of PS3.8 9.3.2 and 9.3.3, and of PS3.7 annex D.3.3.
constexpr unsigned itemApplication = 0x10;
constexpr unsigned itemProposed = 0x20;
constexpr unsigned itemDecided = 0x21;
constexpr unsigned itemAbstract = 0x30;
constexpr unsigned itemTransfer = 0x40;
constexpr unsigned itemUser = 0x50;
constexpr unsigned itemMaxLength = 0x51;
constexpr unsigned itemImplementationUid = 0x52;
constexpr unsigned itemRole = 0x54;
constexpr unsigned itemImplementationName = 0x55;

constexpr std::size_t aeWidth = 16;
constexpr std::size_t longestAssociate = 256 * 1024;
constexpr std::size_t longestData = 1024 * 1024;
constexpr std::size_t readAhead = 256 * 1024;

template <class Fill>
void item(WireWriter& out, unsigned type, const Fill& fill) {
  out.u8(type);
  out.u8(0);
  const std::size_t begin = out.beginLength16();
  fill();
  out.endLength16(begin);
}

void textItem(WireWriter& out, unsigned type, const std::string& text) {
  item(out, type, [&] { out.text(text); });
}

Buffer framed(PduType type, const Buffer& body) {
  Buffer pdu;
  pdu.reserve(body.size() + pduOverhead);
  WireWriter out(pdu);
  out.u8(static_cast<unsigned>(type));
  out.u8(0);
  out.bigU32(body.size());
  pdu.insert(pdu.end(), body.begin(), body.end());
  return pdu;
}

void writeContext(WireWriter& out, PduType type, const Context& context) {
  const bool isRequest = type == PduType::associate_request;
  item(out, isRequest ? itemProposed : itemDecided, [&] {
    out.u8(context.id);
    out.u8(0);
    out.u8(isRequest ? 0U : context.result);
    out.u8(0);
    if (isRequest) textItem(out, itemAbstract, context.abstractSyntax);
    for (const auto& syntax : context.transferSyntaxes) textItem(out, itemTransfer, syntax);
  });
}

void writeUser(WireWriter& out, const Associate& associate, bool isRequest) {
  item(out, itemMaxLength, [&] { out.bigU32(associate.maxPdu); });
  textItem(out, itemImplementationUid, ourImplementationUid);
  for (const auto& storageClass : associate.storingRoles) {
    item(out, itemRole, [&] {
      const std::size_t begin = out.beginLength16();
      out.text(storageClass);
      out.endLength16(begin);
      out.u8(isRequest ? 0 : 1);  // the requestor as SCU
      out.u8(1);                  // and as SCP
    });
  }
  textItem(out, itemImplementationName, associate.implementation);
}

/// None where an item in it is longer than it is itself.
std::optional<Context> readContext(WireReader in) {
  Context context;
  context.id = static_cast<std::uint8_t>(in.big(1));
  in.take(1);
  context.result = static_cast<std::uint8_t>(in.big(1));
  in.take(1);
  while (in.left() >= 4) {
    const unsigned type = in.big(1);
    in.take(1);
    const std::size_t length = in.big(2);
    if (type == itemAbstract) {
      context.abstractSyntax = in.text(length);
    } else if (type == itemTransfer) {
      context.transferSyntaxes.push_back(in.text(length));
    } else {
      in.take(length);
    }
  }
  if (in.bad()) return std::nullopt;
  return context;
}

void readUser(WireReader in, Associate& associate) {
  while (in.left() >= 4) {
    const unsigned type = in.big(1);
    in.take(1);
    WireReader part(in.take(in.big(2)));
    if (type == itemMaxLength) {
      associate.maxPdu = part.big(4);
    } else if (type == itemImplementationName) {
      associate.implementation = part.text(part.left());
    } else if (type == itemRole) {
      std::string storageClass = part.text(part.big(2));
      part.take(1);
      if (part.big(1) == 1) associate.storingRoles.push_back(std::move(storageClass));
    }
  }
}

}  // namespace

Buffer encode(PduType type, const Associate& associate) {
  Buffer body;
  WireWriter out(body);
  out.bigU16(1);  // protocol version
  out.bigU16(0);
  out.text(associate.calledAe, aeWidth, ' ');
  out.text(associate.callingAe, aeWidth, ' ');
  out.zeros(32);
  textItem(out, itemApplication, applicationContext);
  for (const auto& context : associate.contexts) writeContext(out, type, context);
  item(out, itemUser, [&] { writeUser(out, associate, type == PduType::associate_request); });
  return framed(type, body);
}

Outcome<Associate> decodeAssociate(PduType type, std::span<const std::byte> body) {
  WireReader in(body);
  Associate associate;
  const std::uint32_t version = in.big(2);
  in.take(2);
  associate.calledAe = in.text(aeWidth);
  associate.callingAe = in.text(aeWidth);
  in.take(32);
  if (in.bad() || (version & 1) == 0) {
    return trouble(Problem::protocol, "the peer's association is of another version");
  }
  const unsigned contextItem = type == PduType::associate_request ? itemProposed : itemDecided;
  while (in.left() >= 4) {
    const unsigned itemType = in.big(1);
    in.take(1);
    const auto part = in.take(in.big(2));
    if (itemType == contextItem) {
      auto context = readContext(WireReader(part));
      if (!context) return trouble(Problem::protocol, "the peer's association contradicts itself");
      associate.contexts.push_back(*std::move(context));
    }
    if (itemType == itemUser) readUser(WireReader(part), associate);
  }
  if (in.bad()) return trouble(Problem::protocol, "the peer's association is cut off");
  return associate;
}

Buffer encode(const Reject& reject) {
  return framed(PduType::associate_reject,
                {std::byte{0}, std::byte{reject.result}, std::byte{reject.source}, std::byte{reject.reason}});
}

Outcome<Reject> decodeReject(std::span<const std::byte> body) {
  if (body.size() < 4) return trouble(Problem::protocol, "the peer's rejection is cut off");
  const auto at = [&](std::size_t i) { return std::to_integer<std::uint8_t>(body[i]); };
  return Reject{at(1), at(2), at(3)};
}

Buffer encodePlain(PduType type) {
  return framed(type, Buffer(4));
}

void encodeDataHead(std::span<std::byte> to, const Fragment& fragment) {
  Buffer head;
  WireWriter out(head);
  out.u8(static_cast<unsigned>(PduType::data));
  out.u8(0);
  out.bigU32(fragment.bytes.size() + fragmentOverhead);
  out.bigU32(fragment.bytes.size() + 2);
  out.u8(fragment.context);
  out.u8((fragment.isCommand ? 1U : 0U) | (fragment.isLast ? 2U : 0U));
  std::ranges::copy(head, to.begin());
}

Outcome<std::vector<Fragment>> decodeData(std::span<const std::byte> body) {
  WireReader in(body);
  std::vector<Fragment> fragments;
  while (in.left() > 0) {
    const std::size_t length = in.big(4);
    if (in.bad() || length < 2 || length > in.left()) {
      return trouble(Problem::protocol, "the peer's data unit contradicts itself");
    }
    Fragment one;
    one.context = static_cast<std::uint8_t>(in.big(1));
    const std::uint32_t flags = in.big(1);
    one.isCommand = (flags & 1) != 0;
    one.isLast = (flags & 2) != 0;
    one.bytes = in.take(length - 2);
    fragments.push_back(one);
  }
  return fragments;
}

Fault meaning(const Reject& reject, const std::string& calledAe, const std::string& callingAe) {
  const auto say = [](Problem problem, std::string text) {
    return trouble(problem, std::move(text)).value();
  };
  if (reject.source == 1 && reject.reason == 3) {
    return say(Problem::calling_ae_unknown,
               "the peer does not know our AE title " + callingAe + ": it must be entered there");
  }
  if (reject.source == 1 && reject.reason == 7) {
    return say(Problem::called_ae_unknown, "the peer's AE title is not " + calledAe);
  }
  if (reject.source == 3 && reject.reason == 1) {
    return say(Problem::rejected, "the peer is too busy for another association");
  }
  if (reject.source == 3 && reject.reason == 2) {
    return say(Problem::rejected, "the peer has as many associations as it takes");
  }
  if (reject.result == 2) return say(Problem::rejected, "the peer refuses the association for now");
  return say(Problem::rejected, "the peer refuses the association without a reason (source " +
                                    std::to_string(reject.source) + ", reason " +
                                    std::to_string(reject.reason) + ")");
}

std::span<std::byte> PduReader::space() {
  if (begin_ > 0) std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
  end_ -= begin_;
  begin_ = 0;
  if (buffer_.size() < end_ + readAhead / 2) buffer_.resize(end_ + readAhead);
  return std::span(buffer_).subspan(end_);
}

Outcome<std::optional<PduReader::Pdu>> PduReader::next() {
  const auto there = std::span<const std::byte>(buffer_).subspan(begin_, end_ - begin_);
  if (there.empty()) return std::nullopt;
  const auto type = std::to_integer<std::uint8_t>(there[0]);
  if (type < 1 || type > 7) {
    return trouble(Problem::not_dicom, "what answers there does not speak DICOM");
  }
  if (there.size() < pduOverhead) return std::nullopt;
  const std::size_t length = WireReader(there.subspan(2)).big(4);
  const std::size_t longest = PduType{type} == PduType::data ? longestData : longestAssociate;
  if (length > longest) return trouble(Problem::too_large, "the peer sent a unit larger than agreed");
  if (there.size() < pduOverhead + length) return std::nullopt;
  begin_ += pduOverhead + length;
  return Pdu{PduType{type}, there.subspan(pduOverhead, length)};
}

}  // namespace attest::network
