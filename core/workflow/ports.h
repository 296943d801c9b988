#pragma once

#include <memory>
#include <span>
#include <stop_token>
#include <string>

#include "core/base/parallel.h"
#include "core/base/result.h"
#include "core/imaging/volume.h"
#include "core/view/document.h"
#include "core/view/overlay.h"
#include "core/view/viewport.h"

namespace attest::workflow {

/// What core needs from whoever can draw. Safe from every thread.
class Pictures {
 public:
  virtual ~Pictures() = default;
  /// What a viewport of that size shows, as the bytes of a PNG file. Errors: bad_argument, cancelled,
  /// unsupported (nobody here draws).
  virtual Result<std::string> png(const view::ViewportState& state, const imaging::VolumePtr& volume,
                                  std::span<const view::OverlayItem> overlays, int width, int height,
                                  Parallel& parallel, std::stop_token stop) const = 0;
  /// A document as the bytes of a PDF file; the same document gives the same bytes. Errors: bad_file (a
  /// picture that is none), internal, unsupported (nobody here draws).
  virtual Result<std::string> pdf(const view::Document& document) const = 0;
};

/// Of a program without anybody who draws: answers unsupported.
std::shared_ptr<const Pictures> noPictures();

}  // namespace attest::workflow
