#include "viewers/overlay_image.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <optional>
#include <vector>

#include "core/imaging/outline.h"
#include "core/view/plane.h"

namespace attest::viewers {
namespace {

// Dashes of an outline, in logical pixels along it.
constexpr double dashPx = 6;
constexpr double gapPx = 4;

/// A part of the picture in which a mask lies, and what imaging::maskOnPlane says of it (0 outside, 1 inside,
/// 2 border).
struct Cut {
  int x = 0;
  int y = 0;
  int width = 0;
  int height = 0;
  std::vector<std::uint8_t> pixels;
  std::size_t at(int px, int py) const {
    return static_cast<std::size_t>(py) * static_cast<std::size_t>(width) + static_cast<std::size_t>(px);
  }
  bool contains(int px, int py) const { return px >= 0 && py >= 0 && px < width && py < height; }
};

/// The part of the plane that the mask's box can reach, one pixel wider so that borders are seen as such;
/// none where the plane misses the box.
std::optional<imaging::Plane> reachOf(const imaging::Mask& mask, const imaging::Plane& plane, Cut& cut) {
  const auto box = mask.box();
  if (!box) return std::nullopt;
  double left = plane.width, top = plane.height, right = -1, bottom = -1, nearMm = 1e300, farMm = -1e300;
  for (int corner = 0; corner < 8; ++corner) {
    const Vec3 index{(corner & 1) != 0 ? box->high.i + 0.5 : box->low.i - 0.5,
                     (corner & 2) != 0 ? box->high.j + 0.5 : box->low.j - 0.5,
                     (corner & 4) != 0 ? box->high.k + 0.5 : box->low.k - 0.5};
    const view::ScreenPoint p = view::patientToScreen(plane, mask.grid().toPatient(index));
    left = std::min(left, p.x), right = std::max(right, p.x);
    top = std::min(top, p.y), bottom = std::max(bottom, p.y);
    nearMm = std::min(nearMm, p.depthMm), farMm = std::max(farMm, p.depthMm);
  }
  if (nearMm > 0 || farMm < 0) return std::nullopt;
  const auto clipped = [](double value, int size) {
    return static_cast<int>(std::clamp<double>(value, 0, size));
  };
  cut.x = clipped(std::floor(left) - 1, plane.width);
  cut.y = clipped(std::floor(top) - 1, plane.height);
  cut.width = clipped(std::ceil(right) + 2, plane.width) - cut.x;
  cut.height = clipped(std::ceil(bottom) + 2, plane.height) - cut.y;
  if (cut.width <= 0 || cut.height <= 0) return std::nullopt;
  imaging::Plane part = plane;
  part.originMm = view::screenToPatient(plane, cut.x, cut.y);
  part.width = cut.width;
  part.height = cut.height;
  return part;
}

constexpr std::array<std::array<int, 2>, 8> neighbours{
    {{1, 0}, {0, 1}, {-1, 0}, {0, -1}, {1, 1}, {-1, 1}, {-1, -1}, {1, -1}}};

/// Walks along the border from each pixel not yet walked; `steps` gets each border pixel's place on its walk,
/// -1 elsewhere.
std::vector<int> walkBorder(const Cut& cut) {
  std::vector<int> steps(cut.pixels.size(), -1);
  for (int startY = 0; startY < cut.height; ++startY)
    for (int startX = 0; startX < cut.width; ++startX) {
      int x = startX, y = startY, step = 0;
      bool more = cut.pixels[cut.at(x, y)] == 2 && steps[cut.at(x, y)] < 0;
      while (more) {
        steps[cut.at(x, y)] = step++;
        more = false;
        for (const auto& [dx, dy] : neighbours) {
          const int nx = x + dx, ny = y + dy;
          if (!cut.contains(nx, ny) || cut.pixels[cut.at(nx, ny)] != 2 || steps[cut.at(nx, ny)] >= 0)
            continue;
          x = nx, y = ny, more = true;
          break;
        }
      }
    }
  return steps;
}

/// Widens the border inwards by one pixel; each new pixel takes the place of the neighbour that it comes
/// from.
void widen(const Cut& cut, std::vector<int>& steps) {
  const std::vector<int> before = steps;
  for (int y = 0; y < cut.height; ++y)
    for (int x = 0; x < cut.width; ++x) {
      if (cut.pixels[cut.at(x, y)] != 1 || before[cut.at(x, y)] >= 0) continue;
      for (int n = 0; n < 4; ++n) {
        const int nx = x + neighbours[static_cast<std::size_t>(n)][0],
                  ny = y + neighbours[static_cast<std::size_t>(n)][1];
        if (cut.contains(nx, ny) && before[cut.at(nx, ny)] >= 0) steps[cut.at(x, y)] = before[cut.at(nx, ny)];
      }
    }
}

QRgb blended(QRgb under, QRgb over) {
  const auto mix = [](int a, int b) {
    return static_cast<int>(std::lround(a + (b - a) * view::overlayFill));
  };
  return qRgb(mix(qRed(under), qRed(over)), mix(qGreen(under), qGreen(over)), mix(qBlue(under), qBlue(over)));
}

void paint(QImage& image, const Cut& cut, const view::OverlayItem& overlay, double ratio) {
  std::vector<int> steps = walkBorder(cut);
  const int outline = std::max(1, static_cast<int>(std::lround(view::overlayOutlinePx * ratio)));
  for (int wide = 1; wide < outline; ++wide) widen(cut, steps);
  const QRgb colour = qRgb(overlay.color[0], overlay.color[1], overlay.color[2]);
  const bool fill = overlay.style == view::OverlayStyle::fill_and_outline;
  const int dash = static_cast<int>(std::lround(dashPx * ratio));
  const int period = dash + static_cast<int>(std::lround(gapPx * ratio));
  for (int y = 0; y < cut.height; ++y) {
    auto* row = reinterpret_cast<QRgb*>(image.scanLine(cut.y + y)) + cut.x;
    for (int x = 0; x < cut.width; ++x) {
      const std::size_t at = cut.at(x, y);
      if (cut.pixels[at] == 0) continue;
      const bool drawn = steps[at] >= 0 && (!overlay.dashed || steps[at] % period < dash);
      if (drawn) {
        row[x] = colour;
      } else if (fill) {
        row[x] = blended(row[x], colour);
      }
    }
  }
}

}  // namespace

void paintOverlays(QImage& image, const imaging::Plane& plane, std::span<const view::OverlayItem> overlays,
                   double ratio, Parallel& parallel) {
  std::vector<Cut> cuts(overlays.size());
  parallel.forEach(overlays.size(), 1, {}, [&](std::size_t begin, std::size_t end) {
    for (std::size_t n = begin; n < end; ++n) {
      if (!overlays[n].visible || overlays[n].mask == nullptr) continue;
      const auto part = reachOf(*overlays[n].mask, plane, cuts[n]);
      if (part) cuts[n].pixels = imaging::maskOnPlane(*overlays[n].mask, *part);
    }
  });
  for (std::size_t n = 0; n < overlays.size(); ++n)
    if (!cuts[n].pixels.empty()) paint(image, cuts[n], overlays[n], ratio);
}

}  // namespace attest::viewers
