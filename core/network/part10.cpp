#include "core/network/part10.h"

#include <algorithm>
#include <fstream>

#include "core/network/wire.h"

namespace attest::network {
namespace {

constexpr std::size_t preamble = 128;
constexpr std::size_t longestHead = 64 * 1024;
constexpr std::size_t longestUid = 64;

constexpr unsigned elementVersion = 0x0001;
constexpr unsigned elementClass = 0x0002;
constexpr unsigned elementInstance = 0x0003;
constexpr unsigned elementSyntax = 0x0010;
constexpr unsigned elementImplementationUid = 0x0012;
constexpr unsigned elementImplementationName = 0x0013;

void shortElement(WireWriter& out, unsigned element, std::string_view vr, std::string_view value, char fill) {
  const std::size_t even = value.size() + value.size() % 2;
  out.littleU16(2);
  out.littleU16(element);
  out.text(vr);
  out.littleU16(even);
  out.text(value, even, fill);
}

bool isLong(const std::string& vr) {
  return vr == "OB" || vr == "OW" || vr == "UN" || vr == "SQ" || vr == "UT" || vr == "OF" || vr == "UC";
}

tl::unexpected<Error> noDicom(const char* why) {
  return fail(ErrorCode::bad_file, why);
}

}  // namespace

bool isUid(const std::string& text) {
  return !text.empty() && text.size() <= longestUid && text.front() != '.' &&
         std::ranges::all_of(text, [](char c) { return (c >= '0' && c <= '9') || c == '.'; });
}

Buffer fileHead(const FileMeta& meta) {
  Buffer group;
  WireWriter out(group);
  out.littleU16(2);
  out.littleU16(elementVersion);
  out.text("OB");
  out.littleU16(0);
  out.littleU32(2);
  out.littleU16(0x0100);  // the bytes 00 01
  shortElement(out, elementClass, "UI", meta.sopClass, '\0');
  shortElement(out, elementInstance, "UI", meta.sopInstance, '\0');
  shortElement(out, elementSyntax, "UI", meta.transferSyntax, '\0');
  shortElement(out, elementImplementationUid, "UI", ourImplementationUid, '\0');
  shortElement(out, elementImplementationName, "SH", ourImplementationName, ' ');

  Buffer head(preamble);
  WireWriter whole(head);
  whole.text("DICM");
  whole.littleU16(2);
  whole.littleU16(0);
  whole.text("UL");
  whole.littleU16(4);
  whole.littleU32(group.size());
  head.insert(head.end(), group.begin(), group.end());
  return head;
}

Result<FileMeta> readFileHead(std::span<const std::byte> bytes) {
  WireReader in(bytes);
  in.take(preamble);
  if (in.text(4) != "DICM") return noDicom("this is no DICOM file: it has no DICM mark");
  FileMeta meta;
  while (true) {
    const std::size_t at = bytes.size() - in.left();
    const std::uint32_t group = in.little(2);
    const std::uint32_t element = in.little(2);
    if (in.bad() || group != 2) {
      meta.dataAt = at;
      break;
    }
    const std::string vr = in.text(2);
    if (isLong(vr)) in.take(2);
    WireReader value(in.take(in.little(isLong(vr) ? 4 : 2)));
    if (in.bad()) return noDicom("the head of the DICOM file is cut off");
    if (element == elementClass) meta.sopClass = value.text(value.left());
    if (element == elementInstance) meta.sopInstance = value.text(value.left());
    if (element == elementSyntax) meta.transferSyntax = value.text(value.left());
  }
  if (!isUid(meta.sopClass) || !isUid(meta.sopInstance) || !isUid(meta.transferSyntax)) {
    return noDicom("the head of the DICOM file lacks its class, its UID or its transfer syntax");
  }
  return meta;
}

Result<FileMeta> readFileHead(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return fail(ErrorCode::io, "the file cannot be opened");
  Buffer head(longestHead);
  in.read(reinterpret_cast<char*>(head.data()), static_cast<std::streamsize>(head.size()));
  head.resize(static_cast<std::size_t>(in.gcount()));
  return readFileHead(std::span<const std::byte>(head));
}

}  // namespace attest::network
