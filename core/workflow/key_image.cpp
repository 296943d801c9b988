#include "core/workflow/key_image.h"

#include <algorithm>

#include "core/base/format.h"
#include "core/imaging/window.h"
#include "core/reporting/report_text.h"
#include "core/session/review.h"
#include "core/view/plane.h"
#include "core/view/presets.h"

namespace attest::workflow {
namespace {

constexpr int wholePx = 320;  ///< fewer, so that the outline of what is small is wide enough to see
constexpr int detailPx = 480;
constexpr double leastDetailMm = 60;
constexpr double detailOfLongest = 3;
constexpr double airyHu = -500;
constexpr double airyShare = 0.3;
constexpr int samplesPx = 64;

double shownMm(const imaging::Plane& plane) {
  return length(plane.stepXMm) * plane.width;
}

/// Zoomed so that it shows about `wantedMm` around the focus.
view::ViewportState around(view::ViewportState state, const Grid& grid, double wantedMm) {
  const double fitMm = shownMm(view::planeFor(state, grid, detailPx, detailPx));
  state.zoom = std::max(1.0, fitMm / wantedMm);
  const imaging::Plane plane = view::planeFor(state, grid, detailPx, detailPx);
  const double middle = (detailPx - 1) / 2.0;
  const Vec3 away = view::screenToPatient(plane, middle, middle) - state.focusMm;
  state.pan = {dot(away, normalized(plane.stepXMm)), dot(away, normalized(plane.stepYMm))};
  return state;
}

bool isAiry(const imaging::Volume& volume, const view::ViewportState& state, Parallel& parallel) {
  const auto plane = view::planeFor(state, volume.grid(), samplesPx, samplesPx);
  const imaging::Image image = imaging::reslice(volume, plane, {}, parallel);
  const auto airy = std::ranges::count_if(image.values, [](float value) { return value < airyHu; });
  return static_cast<double>(airy) > airyShare * static_cast<double>(image.values.size());
}

Window windowOf(const imaging::Volume& volume, const view::ViewportState& detail, Parallel& parallel) {
  if (volume.unit() != Unit::hu) return imaging::percentileWindow(volume);
  constexpr int abdomenKey = 1;
  constexpr int lungKey = 2;
  return view::preset("CT", isAiry(volume, detail, parallel) ? lungKey : abdomenKey, false)->window;
}

std::string windowText(const imaging::Volume& volume, Window window) {
  const int decimals = volume.unit() == Unit::hu ? 0 : 2;
  const std::string values =
      "W " + formatNumber(window.width, decimals) + ", L " + formatNumber(window.center, decimals);
  return values + (volume.unit() == Unit::none ? "" : std::string(" ") + name(volume.unit()));
}

}  // namespace

Result<view::Figure> keyImage(const Pictures& pictures, const imaging::VolumePtr& volume, const Item& item,
                              const imaging::MaskPtr& mask, Parallel& parallel) {
  const Grid& grid = volume->grid();
  const bool isAxial = std::abs(grid.axes[2].z) > 0.7;
  view::ViewportState whole;
  whole.block = item.source;
  whole.orientation = isAxial ? view::Orientation::axial : view::Orientation::stack;
  whole.focusMm = session::targetMm(item);
  const double longestMm = item.measurement.longestMm.value_or(0);
  auto detail = around(whole, grid, std::max(leastDetailMm, detailOfLongest * longestMm));
  whole.window = detail.window = windowOf(*volume, detail, parallel);
  const view::OverlayItem outline{.item = item.id,
                                  .mask = mask,
                                  .color = item.color,
                                  .style = view::OverlayStyle::outline,
                                  .selected = true};
  view::Figure figure{{}, item.label, "", item.color};
  for (const auto& [state, edgePx] : {std::pair{whole, wholePx}, {detail, detailPx}}) {
    ATTEST_TRY(auto png, pictures.png(state, volume, std::span(&outline, 1), edgePx, edgePx, parallel, {}));
    figure.pictures.push_back({std::move(png), shownMm(view::planeFor(state, grid, edgePx, edgePx))});
  }
  const int slice = view::sliceIndex(whole.orientation, grid, whole.focusMm) + 1;
  figure.caption = reporting::sizeText(item.measurement) + ", " + formatMl(item.measurement.volumeMm3) +
                   (isAxial ? ". Axial, slice " : ". As acquired, slice ") + std::to_string(slice) + " of " +
                   std::to_string(view::sliceCount(whole.orientation, grid)) + ". " +
                   windowText(*volume, whole.window);
  return figure;
}

}  // namespace attest::workflow
