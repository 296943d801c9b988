#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <variant>
#include <vector>

#include "core/domain/study.h"

namespace attest::session {

/// Thumbnails are at most so many pixels wide and high.
inline constexpr int thumbnailPixels = 160;

/// A small grey picture, pixels as large in x as in y.
struct Thumbnail {
  int width = 0;
  int height = 0;
  std::vector<std::uint8_t> gray;  ///< rows from the top, width * height
};
using ThumbnailPtr = std::shared_ptr<const Thumbnail>;

/// The middle image of series, of cases that are previewed or open and of their priors.
struct Thumbnails {
  std::map<SeriesUid, ThumbnailPtr> pictures;  ///< null while it is made, and where there is none to be had
};

namespace action {
struct ThumbnailLoaded {
  SeriesUid series;
  ThumbnailPtr picture;  ///< null where the images give none
};
}  // namespace action

using ThumbnailAction = std::variant<action::ThumbnailLoaded>;

namespace effect {
/// The middle image of each of these blocks; answered by ThumbnailLoaded of each, as they come.
struct LoadThumbnails {
  std::vector<BlockRef> blocks;
};
}  // namespace effect

}  // namespace attest::session
