#include "core/network/outgoing.h"

#include <fstream>
#include <memory>

namespace attest::network {

Result<Payload> Outgoing::open(std::uint64_t from) const {
  auto in = std::make_shared<std::ifstream>(path, std::ios::binary);
  in->seekg(static_cast<std::streamoff>(from));
  if (!*in || from > fileBytes) return fail(ErrorCode::io, "the file cannot be read");
  return Payload{fileBytes - from, [in](std::span<std::byte> to) -> Result<> {
                   in->read(reinterpret_cast<char*>(to.data()), static_cast<std::streamsize>(to.size()));
                   return *in ? Result<>{} : fail(ErrorCode::io, "the file ends before its time");
                 }};
}

std::vector<Outgoing> readOutgoing(const std::vector<std::filesystem::path>& paths, SendReport& report) {
  std::vector<Outgoing> files;
  for (const auto& path : paths) {
    const auto meta = readFileHead(path);
    std::error_code error;
    const auto size = std::filesystem::file_size(path, error);
    if (meta && !error) {
      files.push_back({path, *meta, size});
    } else {
      report.unsent.push_back({path, {}, meta ? error.message() : meta.error().detail, true});
    }
  }
  return files;
}

void giveUp(const std::vector<Outgoing>& files, std::size_t begin, const Error& error, SendReport& report) {
  for (std::size_t i = begin; i < files.size(); ++i) {
    report.unsent.push_back({files[i].path, SopUid{files[i].meta.sopInstance}, error.detail, false});
  }
}

}  // namespace attest::network
