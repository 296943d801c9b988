#include "viewers/slice_image.h"

#include <cmath>
#include <cstdint>
#include <vector>

#include "core/imaging/window.h"
#include "core/view/plane.h"
#include "viewers/overlay_image.h"

namespace attest::viewers {
namespace {

constexpr std::size_t rowsAtOnce = 32;

QRgb* rowOf(QImage& image, std::size_t y) {
  return reinterpret_cast<QRgb*>(image.scanLine(static_cast<int>(y)));
}

/// Colour images are shown as they are: each pixel has the colour of its voxel.
QImage colourImage(const imaging::Volume& volume, const imaging::Plane& plane, Parallel& parallel) {
  QImage image(plane.width, plane.height, QImage::Format_RGB32);
  const auto colours = volume.values<imaging::Rgb24>();
  const Grid& grid = volume.grid();
  auto* const bits = image.bits();  // detaches once, before the rows are written side by side
  const auto stride = static_cast<std::size_t>(image.bytesPerLine());
  parallel.forEach(
      static_cast<std::size_t>(plane.height), rowsAtOnce, {}, [&](std::size_t begin, std::size_t end) {
        for (std::size_t y = begin; y < end; ++y) {
          auto* row = reinterpret_cast<QRgb*>(bits + y * stride);
          for (int x = 0; x < plane.width; ++x) {
            const Index3 at = grid.nearest(view::screenToPatient(plane, x, static_cast<double>(y)));
            const imaging::Rgb24 c = grid.contains(at) ? colours[grid.offset(at)] : imaging::Rgb24{};
            row[x] = qRgb(c.r, c.g, c.b);
          }
        }
      });
  return image;
}

QImage greyImage(const imaging::Image& samples, Window window, imaging::WindowFunction function,
                 bool inverted) {
  const std::vector<std::uint8_t> greys = imaging::applyWindow(samples, window, function);
  QImage image(samples.width, samples.height, QImage::Format_RGB32);
  const auto width = static_cast<std::size_t>(samples.width);
  for (std::size_t y = 0; y < static_cast<std::size_t>(samples.height); ++y) {
    QRgb* row = rowOf(image, y);
    for (std::size_t x = 0; x < width; ++x) {
      const std::size_t at = y * width + x;
      const bool flip = inverted && !std::isnan(samples.values[at]);
      row[x] = 0xff000000u | 0x010101u * (flip ? 255u - greys[at] : greys[at]);
    }
  }
  return image;
}

}  // namespace

imaging::Image sampleSlice(const view::ViewportState& state, const imaging::Volume& volume,
                           const imaging::Plane& plane, Parallel& parallel) {
  if (volume.type() == imaging::PixelType::rgb24) return {};
  return imaging::reslice(volume, plane, state.slab, parallel);
}

QImage paintSlice(const view::ViewportState& state, const imaging::Volume& volume,
                  const imaging::Plane& plane, const imaging::Image& samples,
                  std::span<const view::OverlayItem> overlays, double ratio, Parallel& parallel) {
  QImage image = volume.type() == imaging::PixelType::rgb24
                     ? colourImage(volume, plane, parallel)
                     : greyImage(samples, state.window, imaging::windowFunction(volume),
                                 state.inverted != volume.lowIsBright());
  paintOverlays(image, plane, overlays, ratio, parallel);
  return image;
}

QImage sliceImage(const view::ViewportState& state, const imaging::Volume& volume,
                  std::span<const view::OverlayItem> overlays, const Pixels& pixels, Parallel& parallel) {
  const imaging::Plane plane = view::planeFor(state, volume.grid(), pixels.width, pixels.height);
  return paintSlice(state, volume, plane, sampleSlice(state, volume, plane, parallel), overlays, pixels.ratio,
                    parallel);
}

}  // namespace attest::viewers
