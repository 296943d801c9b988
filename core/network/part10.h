#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>

#include "core/network/fault.h"
#include "core/network/pdu.h"

namespace attest::network {

/// What the head of a DICOM file (PS3.10) says.
struct FileMeta {
  std::string sopClass;
  std::string sopInstance;
  std::string transferSyntax;
  std::uint64_t dataAt = 0;  ///< where the data set begins
};

/// Digits and dots, at most 64: what may become a part of a file's name.
bool isUid(const std::string& text);

/// Preamble and file meta group for a data set that is not touched. It says nothing of where the object came
/// from, so that the same object is the same file whatever way it took.
Buffer fileHead(const FileMeta& meta);
/// Error of both: bad_file.
Result<FileMeta> readFileHead(std::span<const std::byte> bytes);
Result<FileMeta> readFileHead(const std::filesystem::path& path);

namespace syntax {
inline const std::string implicitLittle = "1.2.840.10008.1.2";
inline const std::string explicitLittle = "1.2.840.10008.1.2.1";
inline const std::string explicitBig = "1.2.840.10008.1.2.2";
}  // namespace syntax

}  // namespace attest::network
