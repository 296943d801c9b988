#pragma once

#include <filesystem>
#include <span>
#include <vector>

#include "core/network/association.h"
#include "core/network/part10.h"
#include "core/network/peer.h"

namespace attest::network {

/// A file that is to be sent, and what its head says.
struct Outgoing {
  std::filesystem::path path;
  FileMeta meta;
  std::uint64_t fileBytes = 0;
  /// Its bytes from there to the end. Error: io.
  Result<Payload> open(std::uint64_t from) const;
};

/// The files that are DICOM; the others are among the unsent.
std::vector<Outgoing> readOutgoing(const std::vector<std::filesystem::path>& paths, SendReport& report);
/// Whatever is left from `begin` on did not leave, because of `error`.
void giveUp(const std::vector<Outgoing>& files, std::size_t begin, const Error& error, SendReport& report);

}  // namespace attest::network
