#pragma once

#include <compare>
#include <functional>
#include <string>

namespace attest {

/// A name of one kind of thing; a SeriesUid can not be handed where a StudyUid is meant.
template <class Tag>
struct Id {
  std::string value;

  bool empty() const noexcept { return value.empty(); }
  auto operator<=>(const Id&) const = default;
};

using CaseId = Id<struct CaseTag>;       ///< ours, UUID
using StudyUid = Id<struct StudyTag>;    ///< DICOM UID
using SeriesUid = Id<struct SeriesTag>;  ///< DICOM UID
using SopUid = Id<struct SopTag>;        ///< DICOM UID
using FrameUid = Id<struct FrameTag>;    ///< Frame of Reference UID
using ItemId = Id<struct ItemTag>;       ///< ours, UUID; a structure or a finding
using RunId = Id<struct RunTag>;         ///< ours, UUID
using ReaderId = Id<struct ReaderTag>;   ///< the name a reader signs in with

/// A random UUID (version 4), lower case, with hyphens.
std::string newUuid();
/// A new DICOM UID: "2.25." and the UUID as a decimal number (PS3.5 B.2).
std::string newUid();
/// The same UID for the same seed, always: 2.25 and the first 128 bits of the seed's SHA-256.
std::string stableUid(const std::string& seed);

}  // namespace attest

template <class Tag>
struct std::hash<attest::Id<Tag>> {
  std::size_t operator()(const attest::Id<Tag>& id) const noexcept {
    return std::hash<std::string>{}(id.value);
  }
};
