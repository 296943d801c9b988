// Viewports of the open case and of its priors that move together.
#include <algorithm>
#include <functional>

#include "core/session/turn.h"
#include "core/view/plane.h"

namespace attest::session {
namespace {

using view::Orientation;
using view::ViewportState;
using PointMap = std::function<Vec3(Vec3)>;

/// A picture of that size stands for any: what binds on the longer side is left out of the comparison.
constexpr int samplePixels = 1000;

/// From the space of a prior's block to that of a block of the open case; empty where nothing says it.
PointMap toCurrent(const Reading& reading, const BlockRef& from, const CaseRecord& prior,
                   const BlockRef& to) {
  if (isRegistered(reading, prior.row.id)) {
    const Comparison& comparison = *reading.record->comparison;
    if (view::sharesSpace(prior, from, comparison.from) &&
        view::sharesSpace(*reading.record, to, comparison.to)) {
      return [transform = comparison.toCurrent](Vec3 point) { return transform(point); };
    }
  }
  const auto offset = reading.priors.offsetsMm.find(prior.row.id);
  if (offset == reading.priors.offsetsMm.end()) return {};
  return [by = offset->second](Vec3 point) { return point + by; };
}

PointMap fromCurrent(const Reading& reading, const BlockRef& from, const CaseRecord& prior,
                     const BlockRef& to) {
  if (isRegistered(reading, prior.row.id)) {
    const Comparison& comparison = *reading.record->comparison;
    if (view::sharesSpace(*reading.record, from, comparison.to) &&
        view::sharesSpace(prior, to, comparison.from)) {
      return [transform = comparison.toCurrent.inverse()](Vec3 point) { return transform(point); };
    }
  }
  const auto offset = reading.priors.offsetsMm.find(prior.row.id);
  if (offset == reading.priors.offsetsMm.end()) return {};
  return [by = offset->second](Vec3 point) { return point - by; };
}

/// From the space of one block to that of another: the identity within one study, else as they are linked;
/// empty where they are not.
PointMap mapBetween(const Reading& reading, const BlockRef& from, const BlockRef& to) {
  const CaseRecord* a = recordOf(reading, from);
  const CaseRecord* b = recordOf(reading, to);
  if (a == nullptr || b == nullptr) return {};
  if (a == b) {
    if (!view::sharesSpace(*a, from, to)) return {};
    return [](Vec3 point) { return point; };
  }
  if (!reading.priors.linked) return {};
  const Block* blockA = findBlock(*a, from);
  const Block* blockB = findBlock(*b, to);
  if (blockA == nullptr || blockB == nullptr || !blockA->isVolume() || !blockB->isVolume()) return {};
  const CaseRecord* current = reading.record.get();
  if (b == current) return toCurrent(reading, from, *a, to);
  if (a == current) return fromCurrent(reading, from, *b, to);
  return {};
}

Vec3 middleOf(const imaging::Plane& plane) {
  return view::screenToPatient(plane, (samplePixels - 1) / 2.0, (samplePixels - 1) / 2.0);
}

/// The same millimetres a pixel, and the same place in the middle of the screen.
void showAlike(const Reading& reading, const ViewportState& leader, const PointMap& map,
               ViewportState& follower) {
  const std::optional<Grid> grid = shownGrid(reading, leader);
  const std::optional<Grid> own = shownGrid(reading, follower);
  if (!grid || !own) return;
  const imaging::Plane led = view::planeFor(leader, *grid, samplePixels, samplePixels);
  follower.zoom = 1;
  follower.pan = {};
  const imaging::Plane fitting = view::planeFor(follower, *own, samplePixels, samplePixels);
  follower.zoom = length(fitting.stepXMm) / length(led.stepXMm);
  const Vec3 away = middleOf(fitting) - map(middleOf(led));
  follower.pan = {dot(away, normalized(fitting.stepXMm)), dot(away, normalized(fitting.stepYMm))};
}

std::string modalityOf(const Reading& reading, const BlockRef& block) {
  const CaseRecord* record = recordOf(reading, block);
  const Series* series = record == nullptr ? nullptr : findSeries(*record, block.series);
  return series == nullptr ? "" : series->info.modality;
}

}  // namespace

void setFocus(Turn& turn, const BlockRef& block, Vec3 focusMm) {
  const auto before = turn.state().reading;
  for (ViewportState& viewport : turn.change(&State::reading).layout.viewports) {
    if (const PointMap map = mapBetween(*before, block, viewport.block)) viewport.focusMm = map(focusMm);
  }
}

bool showsAlike(const Reading& reading, const BlockRef& a, const BlockRef& b) {
  if (a == b) return true;
  return recordOf(reading, a) != recordOf(reading, b) && mapBetween(reading, a, b) &&
         modalityOf(reading, a) == modalityOf(reading, b);
}

void follow(Turn& turn, int index) {
  const auto before = turn.state().reading;
  const auto at = static_cast<std::size_t>(index);
  if (at >= before->layout.viewports.size()) return;
  const ViewportState leader = before->layout.viewports[at];
  setFocus(turn, leader.block, leader.focusMm);
  if (leader.orientation == Orientation::volume3d) return;
  for (ViewportState& viewport : turn.change(&State::reading).layout.viewports) {
    if (viewport.orientation != leader.orientation) continue;
    if (recordOf(*before, viewport.block) == recordOf(*before, leader.block)) continue;
    const PointMap map = mapBetween(*before, leader.block, viewport.block);
    if (map) showAlike(*before, leader, map, viewport);
  }
}

void linkPriors(Turn& turn, bool anew) {
  const auto before = turn.state().reading;
  const auto& viewports = before->layout.viewports;
  const auto isVolume = [&](const ViewportState& viewport) {
    const CaseRecord* record = recordOf(*before, viewport.block);
    const Block* block = record == nullptr ? nullptr : findBlock(*record, viewport.block);
    return block != nullptr && block->isVolume();
  };
  const auto current = std::ranges::find_if(viewports, [&](const ViewportState& viewport) {
    return !isPrior(*before, viewport.block) && isVolume(viewport);
  });
  if (current == viewports.end()) return;
  auto& offsets = turn.change(&State::reading).priors.offsetsMm;
  if (anew) offsets.clear();
  for (const ViewportState& viewport : viewports) {
    if (!isPrior(*before, viewport.block) || !isVolume(viewport)) continue;
    offsets.try_emplace(recordOf(*before, viewport.block)->row.id, current->focusMm - viewport.focusMm);
  }
}

}  // namespace attest::session
