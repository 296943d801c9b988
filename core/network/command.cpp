#include "core/network/command.h"

#include <array>
#include <cstdio>

#include "core/network/wire.h"

namespace attest::network {
namespace {

// Elements of group 0000 (PS3.7 annex E).
constexpr std::uint16_t elementLength = 0x0000;
constexpr std::uint16_t elementClass = 0x0002;
constexpr std::uint16_t elementVerb = 0x0100;
constexpr std::uint16_t elementMessageId = 0x0110;
constexpr std::uint16_t elementRespondedId = 0x0120;
constexpr std::uint16_t elementDestination = 0x0600;
constexpr std::uint16_t elementPriority = 0x0700;
constexpr std::uint16_t elementDataType = 0x0800;
constexpr std::uint16_t elementStatus = 0x0900;
constexpr std::uint16_t elementInstance = 0x1000;
constexpr std::uint16_t elementRemaining = 0x1020;
constexpr std::uint16_t elementCompleted = 0x1021;
constexpr std::uint16_t elementFailed = 0x1022;
constexpr std::uint16_t elementWarned = 0x1023;

constexpr std::uint16_t noData = 0x0101;
constexpr std::uint16_t someData = 0x0001;
constexpr std::uint16_t responseBit = 0x8000;

struct Meaning {
  std::uint16_t first;
  std::uint16_t last;
  const char* words;
};
constexpr std::array meanings{
    Meaning{0x0105, 0x0106, "an attribute is not accepted"},
    Meaning{0x0110, 0x0110, "processing failed there"},
    Meaning{0x0111, 0x0111, "it has an object of this UID already"},
    Meaning{0x0112, 0x0112, "it does not know this object"},
    Meaning{0x0117, 0x0117, "the object's UID is not accepted"},
    Meaning{0x0118, 0x0118, "it does not know this kind of object"},
    Meaning{0x0119, 0x0119, "class and object do not belong together"},
    Meaning{0x0122, 0x0122, "it does not take this kind of object"},
    Meaning{0x0124, 0x0124, "we are not authorized"},
    Meaning{0x0210, 0x0213, "it does not understand the message"},
    Meaning{0xA700, 0xA7FF, "it is out of resources"},
    Meaning{0xA801, 0xA801, "it does not know the destination of the move"},
    Meaning{0xA900, 0xA9FF, "the data set does not fit its class"},
    Meaning{0xB000, 0xBFFF, "done with warnings"},
    Meaning{0xC000, 0xCFFF, "it cannot process this"},
    Meaning{0xFE00, 0xFE00, "it stopped as asked"},
};

class Writer {
 public:
  void number(std::uint16_t element, std::uint16_t value) {
    head(element, 2);
    out_.littleU16(value);
  }
  void text(std::uint16_t element, const std::string& value, char fill) {
    const std::size_t even = value.size() + value.size() % 2;
    head(element, even);
    out_.text(value, even, fill);
  }
  Buffer done() {
    Buffer all;
    WireWriter whole(all);
    whole.littleU16(0), whole.littleU16(elementLength), whole.littleU32(4);
    whole.littleU32(body_.size());
    all.insert(all.end(), body_.begin(), body_.end());
    return all;
  }

 private:
  void head(std::uint16_t element, std::size_t length) {
    out_.littleU16(0);
    out_.littleU16(element);
    out_.littleU32(length);
  }
  Buffer body_;
  WireWriter out_{body_};
};

void take(Command& command, std::uint16_t element, WireReader value) {
  const auto number = [&] { return static_cast<std::uint16_t>(value.little(2)); };
  const auto text = [&] { return value.text(value.left()); };
  switch (element) {
    case elementClass:
      command.sopClass = text();
      break;
    case elementVerb: {
      const std::uint16_t code = number();
      command.verb = Verb{static_cast<std::uint16_t>(code & ~responseBit)};
      command.isResponse = (code & responseBit) != 0;
      break;
    }
    case elementMessageId:
    case elementRespondedId:
      command.messageId = number();
      break;
    case elementDestination:
      command.moveDestination = text();
      break;
    case elementDataType:
      command.hasData = number() != noData;
      break;
    case elementStatus:
      command.status = number();
      break;
    case elementInstance:
      command.sopInstance = text();
      break;
    case elementRemaining:
      command.remaining = number();
      break;
    case elementCompleted:
      command.completed = number();
      break;
    case elementFailed:
      command.failed = number();
      break;
    case elementWarned:
      command.warned = number();
      break;
    default:
      break;
  }
}

}  // namespace

std::string meaning(std::uint16_t status) {
  std::array<char, 24> code{};
  std::snprintf(code.data(), code.size(), " (status %04X)", static_cast<unsigned>(status));
  for (const auto& row : meanings) {
    if (status >= row.first && status <= row.last) return std::string(row.words) + code.data();
  }
  return std::string("it failed there") + code.data();
}

Buffer encode(const Command& command) {
  Writer out;
  if (!command.sopClass.empty()) out.text(elementClass, command.sopClass, '\0');
  out.number(elementVerb, static_cast<std::uint16_t>(static_cast<unsigned>(command.verb) |
                                                     (command.isResponse ? responseBit : 0U)));
  const bool answers = command.isResponse || command.verb == Verb::cancel;
  out.number(answers ? elementRespondedId : elementMessageId, command.messageId);
  if (!command.moveDestination.empty()) out.text(elementDestination, command.moveDestination, ' ');
  if (!answers && command.verb != Verb::echo) out.number(elementPriority, 0);
  out.number(elementDataType, command.hasData ? someData : noData);
  if (command.isResponse) out.number(elementStatus, command.status);
  if (!command.sopInstance.empty()) out.text(elementInstance, command.sopInstance, '\0');
  return out.done();
}

Outcome<Command> decodeCommand(std::span<const std::byte> bytes) {
  WireReader in(bytes);
  Command command;
  bool hasVerb = false;
  while (in.left() > 0) {
    const std::uint32_t group = in.little(2);
    const auto element = static_cast<std::uint16_t>(in.little(2));
    const auto value = in.take(in.little(4));
    if (in.bad() || group != 0) return trouble(Problem::protocol, "the peer's command is damaged");
    take(command, element, WireReader(value));
    hasVerb = hasVerb || element == elementVerb;
  }
  if (!hasVerb) return trouble(Problem::protocol, "the peer's command says nothing");
  return command;
}

Command answerTo(const Command& request, std::uint16_t status) {
  Command answer;
  answer.verb = request.verb;
  answer.isResponse = true;
  answer.messageId = request.messageId;
  answer.status = status;
  answer.sopClass = request.sopClass;
  answer.sopInstance = request.sopInstance;
  return answer;
}

}  // namespace attest::network
