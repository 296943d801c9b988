#pragma once

#include <QImage>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>

#include "core/base/parallel.h"
#include "core/imaging/volume.h"
#include "core/view/overlay.h"
#include "core/view/viewport.h"
#include "viewers/slice_image.h"

namespace attest::viewers {

enum class Quality { moving, still };

/// Pictures of a volume in 3D: bone in CT (elsewhere what is bright in the window), findings solid in their
/// colours, structures as thin shells. By ray casting on the CPU, without OpenGL, a display or QApplication.
/// One thread at a time; it keeps what it made of the volume and the masks, so frames after the first are
/// quick. The volume is thinned to at most 256 voxels an edge.
class VolumeImage {
 public:
  VolumeImage();
  ~VolumeImage();
  VolumeImage(const VolumeImage&) = delete;
  VolumeImage& operator=(const VolumeImage&) = delete;

  /// None where `stop` was asked for. Black where there is nothing. RGB32.
  std::optional<QImage> render(const view::ViewportState& state, const imaging::VolumePtr& volume,
                               std::span<const view::OverlayItem> overlays, const Pixels& pixels,
                               Quality quality, Parallel& parallel, std::stop_token stop);

 private:
  struct Scene;
  std::unique_ptr<Scene> scene_;
};

/// Directions of the screen for a camera, in patient space: what is right, what is up, and what is towards
/// the viewer.
struct CameraAxes {
  Vec3 right;
  Vec3 up;
  Vec3 toViewer;
};
CameraAxes axesOf(const view::Camera& camera);

}  // namespace attest::viewers
