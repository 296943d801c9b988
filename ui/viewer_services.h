#pragma once

#include "core/base/parallel.h"
#include "viewers/volume_view.h"

namespace attest::ui {

/// What the images need from outside: where 3D pictures are made, and how work is spread over cores.
struct ViewerServices {
  viewers::VolumeView::Runner runner;  ///< the render lane
  Parallel& parallel;                  ///< must outlive the window
};

}  // namespace attest::ui
