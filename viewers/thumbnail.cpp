#include "viewers/thumbnail.h"

#include "core/view/plane.h"
#include "viewers/slice_image.h"

namespace attest::viewers {

QImage thumbnail(const imaging::Volume& volume, Window window, QSize devicePixels, Parallel& parallel) {
  view::ViewportState state;
  state.orientation = view::Orientation::stack;
  state.focusMm = view::focusFor(state.orientation, volume.grid(), volume.grid().dims.k / 2);
  state.window = window;
  return sliceImage(state, volume, {}, {devicePixels.width(), devicePixels.height(), 1}, parallel);
}

}  // namespace attest::viewers
