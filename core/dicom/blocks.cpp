#include "core/dicom/blocks.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <ranges>
#include <set>
#include <string_view>
#include <tuple>

#include "core/base/format.h"
#include "core/dicom/instance.h"
#include "core/dicom/separate.h"
#include "core/dicom/stack.h"
#include "core/dicom/suv.h"

namespace attest::dicom {
namespace {

// The first three values of Image Type say what an image is: original, primary, axial. What follows is the
// maker's.
std::string_view mainType(const FrameGroups& groups) {
  std::string_view type = groups.imageType;
  std::size_t end = 0;
  for (int value = 0; value < 3 && end != std::string_view::npos; ++value)
    end = type.find('\\', value == 0 ? 0 : end + 1);
  return type.substr(0, end);
}

bool isColour(const InstanceHeader& header) {
  return header.photometric != "MONOCHROME1" && header.photometric != "MONOCHROME2";
}

// What must be equal for two images to be slices of one stack, apart from numbers that are only nearly equal.
auto kindOf(const Image& image) {
  const InstanceHeader& h = *image.header;
  const FrameGroups& g = image.groups();
  const Unit unit = unitOf(h, g);
  return std::tuple(std::string_view(h.sopClass), mainType(g), isLocalizer(g), h.rows, h.columns,
                    h.samplesPerPixel, std::string_view(h.photometric), std::string_view(g.kernel),
                    std::string_view(h.frameOfReference.value), unit,
                    unit == Unit::hu ? std::string_view() : std::string_view(g.rescaleType),
                    std::string_view(g.stackId));
}

bool near(std::optional<double> a, std::optional<double> b, double within) {
  return a.has_value() == b.has_value() && (!a || std::abs(*a - *b) <= within);
}

bool sameSpacing(const SlicePlane& a, const SlicePlane& b) {
  const auto same = [](double p, double q) { return std::abs(p - q) <= sameSpacingPart * q; };
  return same(a.spacingXMm, b.spacingXMm) && same(a.spacingYMm, b.spacingYMm);
}

bool belongs(const Image& image, const Group& group) {
  const Image& first = group.images.front();
  if (image.header == first.header && image.header->perFrame.empty()) return true;
  if (image.plane.has_value() != first.plane.has_value()) return false;
  const bool film = image.header->frames > 1 || first.header->frames > 1;
  if (!image.plane && film && image.header != first.header) return false;
  if (kindOf(image) != kindOf(first) || image.header->pet != first.header->pet) return false;
  if (!near(image.groups().echoTimeMs, first.groups().echoTimeMs, sameEchoMs)) return false;
  if (!near(image.groups().bValue, first.groups().bValue, sameBValue)) return false;
  if (!image.plane) return image.header->calibration == first.header->calibration;
  return sameOrientation(*image.plane, *first.plane) && sameSpacing(*image.plane, *first.plane);
}

std::vector<Group> groupsByKind(std::span<const InstanceHeader> instances) {
  std::vector<Group> groups;
  std::size_t last = 0;  // neighbours mostly belong together
  for (const InstanceHeader& header : instances) {
    for (int frame = 0; frame < header.frames; ++frame) {
      Image image{&header, frame, planeOf(header, frame)};
      const auto fits = [&](const Group& group) { return belongs(image, group); };
      if (last >= groups.size() || !fits(groups[last]))
        last = static_cast<std::size_t>(std::ranges::find_if(groups, fits) - groups.begin());
      if (last == groups.size()) groups.emplace_back();
      groups[last].images.push_back(std::move(image));
    }
  }
  return groups;
}

void markMixed(std::vector<Group>& groups) {
  for (Group& group : groups) {
    const Image& mine = group.images.front();
    group.mixed = mine.plane && std::ranges::any_of(groups, [&](const Group& other) {
                    const Image& theirs = other.images.front();
                    return theirs.plane && isLocalizer(theirs.groups()) == isLocalizer(mine.groups()) &&
                           !sameOrientation(*mine.plane, *theirs.plane);
                  });
  }
}

// Why images of one series are not in one block, where orientation is not the reason.
struct Reason {
  const char* name;
  std::string (*value)(const Image&);
};
constexpr Reason reasons[] = {
    {"image types", [](const Image& i) { return std::string(mainType(i.groups())); }},
    {"image sizes",
     [](const Image& i) {
       return std::to_string(i.header->columns) + " x " + std::to_string(i.header->rows) + " pixels";
     }},
    {"pixel spacings",
     [](const Image& i) {
       const auto& flat = i.header->calibration.spacingMm;
       if (!i.plane && !flat) return std::string("none");
       const double x = i.plane ? i.plane->spacingXMm : (*flat)[1];
       const double y = i.plane ? i.plane->spacingYMm : (*flat)[0];
       return formatNumber(x, 3) + " x " + formatNumber(y, 3) + " mm";
     }},
    {"kernels", [](const Image& i) { return i.groups().kernel; }},
    {"units", [](const Image& i) { return std::string(name(unitOf(*i.header, i.groups()))); }},
    {"echo times",
     [](const Image& i) {
       const auto echo = i.groups().echoTimeMs;
       return echo ? formatNumber(*echo, 2) + " ms" : std::string("none");
     }},
    {"b-values",
     [](const Image& i) {
       const auto b = i.groups().bValue;
       return b ? formatNumber(*b, 0) + " s/mm2" : std::string("none");
     }},
    {"stacks", [](const Image& i) { return i.groups().stackId; }},
    {"frames of reference", [](const Image& i) { return i.header->frameOfReference.value; }}};

void addReasons(std::vector<Group>& groups) {
  for (const Reason& reason : reasons) {
    std::set<std::string> values;
    for (const Group& group : groups) values.insert(reason.value(group.images.front()));
    if (values.size() < 2) continue;
    for (Group& group : groups) {
      const std::string value = reason.value(group.images.front());
      group.notes.push_back(std::string("the series has several ") + reason.name + "; this block has " +
                            (value.empty() ? "none" : value));
    }
  }
}

void sortGroup(Group& group) {
  for (Image& image : group.images) {
    if (image.plane) image.heightMm = dot(image.plane->positionMm, group.images.front().plane->normal);
  }
  std::ranges::sort(group.images, {}, [](const Image& image) {
    return std::tie(image.heightMm, image.header->instanceNumber, image.header->sopUid, image.frame);
  });
}

void addGeometry(Block& block, const Group& group) {
  if (!group.images.front().plane) {
    block.geometry.push_back(Geometry::not_3d);
    block.notes.emplace_back("the images do not say where they lie");
    return;
  }
  if (group.onePlace) {
    block.geometry.push_back(Geometry::not_3d);
    return;
  }
  std::vector<SlicePlane> planes;
  for (const Image& image : group.images) planes.push_back(*image.plane);
  Stack stack = stackOf(planes);
  if (stack.resampled && isColour(*group.images.front().header) && stack.grid) {
    stack.grid.reset();
    stack.geometry.push_back(Geometry::not_3d);
    stack.notes.emplace_back("colour images are not resampled to a volume");
  }
  block.grid = stack.grid;
  if (block.grid) block.dims = block.grid->dims;
  block.geometry.insert(block.geometry.end(), stack.geometry.begin(), stack.geometry.end());
  block.notes.insert(block.notes.end(), stack.notes.begin(), stack.notes.end());
}

// The first acquisition of the series as DICOM DT.
std::string earliestOf(std::span<const InstanceHeader> instances) {
  std::string earliest;
  for (const InstanceHeader& header : instances) {
    for (int frame = 0; header.pet && frame < header.frames; ++frame) {
      const FrameGroups& groups = groupsOf(header, frame);
      if (groups.acquisitionTime.empty()) continue;
      const std::string& date =
          groups.acquisitionDate.empty() ? header.pet->seriesDate : groups.acquisitionDate;
      if (const std::string at = date + groups.acquisitionTime; earliest.empty() || at < earliest)
        earliest = at;
    }
  }
  return earliest;
}

// Uptake values where all that they need is known; else the reason why not.
void addUptake(Block& block, const Group& group, const std::string& earliest) {
  const auto& pet = group.images.front().header->pet;
  if (!pet) return;
  auto suv = suvOf(*pet, earliest);
  if (!suv) {
    block.notes.push_back(suv.error().detail);
    return;
  }
  block.unit = Unit::suv_bw;
  block.suv = *std::move(suv);
  for (Window& window : block.windows) window = {window.center * block.suv->bw, window.width * block.suv->bw};
}

Block blockOf(const Group& group) {
  const InstanceHeader& first = *group.images.front().header;
  Block block;
  block.frameOfReference = first.frameOfReference;
  for (const Image& image : group.images) block.slices.push_back({image.header->sopUid, image.frame});
  block.dims = {first.columns, first.rows, static_cast<int>(block.slices.size())};
  block.unit = unitOf(first, group.images.front().groups());
  block.framesPerSecond = first.framesPerSecond;
  block.timePoint = group.timePoint;
  block.calibration = first.calibration;
  if (const auto& plane = group.images.front().plane)
    block.calibration = {CalibrationKind::exact, std::array{plane->spacingYMm, plane->spacingXMm}, {}};
  block.geometry.clear();
  addGeometry(block, group);
  if (group.duplicates) block.geometry.push_back(Geometry::duplicates);
  if (group.mixed) {
    block.geometry.push_back(Geometry::mixed);
    block.notes.emplace_back("the series holds images of several orientations; this block has one of them");
  }
  block.notes.insert(block.notes.end(), group.notes.begin(), group.notes.end());
  const auto doubted =
      std::ranges::find_if(group.images, [](const Image& i) { return !i.header->textNote.empty(); });
  if (doubted != group.images.end()) block.notes.push_back(doubted->header->textNote);
  if (block.geometry.empty()) block.geometry.push_back(Geometry::regular);
  std::ranges::sort(block.geometry);
  const auto windowed =
      std::ranges::find_if(group.images, [](const Image& i) { return !i.groups().windows.empty(); });
  if (windowed != group.images.end()) block.windows = windowed->groups().windows;
  return block;
}

// Only volumes of the same places are time points of one another.
void checkTimePoints(std::vector<Block>& blocks) {
  std::map<int, std::vector<Block*>> groups;
  for (Block& block : blocks)
    if (block.timePoint) groups[block.timePoint->group].push_back(&block);
  for (const auto& [group, points] : groups) {
    const Block& first = *points.front();
    const bool same =
        std::ssize(points) == first.timePoint->count && std::ranges::all_of(points, [&](const Block* block) {
          return block->grid && first.grid && sameGrid(*block->grid, *first.grid, samePlaceMm);
        });
    if (same) continue;
    for (Block* block : points) block->timePoint.reset();
  }
}

}  // namespace

std::vector<Block> formBlocks(std::span<const InstanceHeader> instances, const SeriesInfo&) {
  std::vector<Group> groups = groupsByKind(instances);
  markMixed(groups);
  addReasons(groups);
  std::vector<Block> blocks;
  int timeGroups = 0;
  const std::string earliest = earliestOf(instances);
  for (Group& group : groups) {
    sortGroup(group);
    for (const Group& part : separated(group, timeGroups)) {
      blocks.push_back(blockOf(part));
      addUptake(blocks.back(), part, earliest);
    }
  }
  checkTimePoints(blocks);
  std::ranges::stable_sort(blocks, std::greater{}, [](const Block& block) { return block.slices.size(); });
  for (std::size_t i = 0; i < blocks.size(); ++i) blocks[i].index = static_cast<int>(i);
  return blocks;
}

bool isResampled(const Block& block) {
  return std::ranges::any_of(block.geometry, [](Geometry word) {
    return word == Geometry::tilted || word == Geometry::uneven || word == Geometry::gaps;
  });
}

}  // namespace attest::dicom
