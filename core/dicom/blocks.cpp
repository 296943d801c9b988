#include "core/dicom/blocks.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <ranges>
#include <string_view>
#include <tuple>

#include "core/dicom/instance.h"
#include "core/dicom/stack.h"

namespace attest::dicom {
namespace {

struct Image {
  const InstanceHeader* header = nullptr;
  std::optional<SlicePlane> plane;
  double heightMm = 0;  ///< along the normal of its group
};

struct Group {
  std::vector<Image> images;
  bool mixed = false;
  std::vector<std::string> notes{};
  bool duplicates = false;
};

// The first three values of Image Type say what an image is: original, primary, axial. What follows is the
// maker's.
std::string_view mainType(const InstanceHeader& header) {
  std::string_view type = header.imageType;
  std::size_t end = 0;
  for (int value = 0; value < 3 && end != std::string_view::npos; ++value)
    end = type.find('\\', value == 0 ? 0 : end + 1);
  return type.substr(0, end);
}

// What must be equal for two images to be slices of one stack, apart from numbers that are only nearly equal.
auto kindOf(const InstanceHeader& h) {
  const Unit unit = unitOf(h);
  return std::tuple(std::string_view(h.sopClass), mainType(h), isLocalizer(h), h.rows, h.columns,
                    h.samplesPerPixel, std::string_view(h.photometric), std::string_view(h.kernel),
                    std::string_view(h.frameOfReference.value), unit,
                    unit == Unit::hu ? std::string_view() : std::string_view(h.rescaleType));
}

bool sameSpacing(const SlicePlane& a, const SlicePlane& b) {
  const auto near = [](double p, double q) { return std::abs(p - q) <= 1e-4 * q; };  // 0.05 mm over 500 mm
  return near(a.spacingXMm, b.spacingXMm) && near(a.spacingYMm, b.spacingYMm);
}

bool belongs(const Image& image, const Group& group) {
  const Image& first = group.images.front();
  if (image.header->frames > 1 || first.header->frames > 1) return false;
  if (kindOf(*image.header) != kindOf(*first.header)) return false;
  if (image.plane.has_value() != first.plane.has_value()) return false;
  return !image.plane ||
         (sameOrientation(*image.plane, *first.plane) && sameSpacing(*image.plane, *first.plane));
}

std::vector<Group> groupsOf(std::span<const InstanceHeader> instances) {
  std::vector<Group> groups;
  for (const InstanceHeader& header : instances) {
    const Image image{&header, header.frames > 1 ? std::nullopt : planeOf(header), 0};
    const auto at = std::ranges::find_if(groups, [&](const Group& group) { return belongs(image, group); });
    if (at != groups.end()) {
      at->images.push_back(image);
    } else {
      groups.push_back({{image}});
    }
  }
  return groups;
}

void markMixed(std::vector<Group>& groups) {
  for (Group& group : groups) {
    const Image& mine = group.images.front();
    group.mixed = mine.plane && std::ranges::any_of(groups, [&](const Group& other) {
                    const Image& theirs = other.images.front();
                    return theirs.plane && isLocalizer(*theirs.header) == isLocalizer(*mine.header) &&
                           !sameOrientation(*mine.plane, *theirs.plane);
                  });
  }
}

void sortGroup(Group& group) {
  for (Image& image : group.images) {
    if (image.plane) image.heightMm = dot(image.plane->positionMm, group.images.front().plane->normal);
  }
  std::ranges::sort(group.images, {}, [](const Image& image) {
    return std::tie(image.heightMm, image.header->instanceNumber, image.header->sopUid);
  });
}

// The usual step between places; 0 where there is one place only.
double medianStep(const std::vector<Image>& images) {
  std::vector<double> steps;
  for (std::size_t i = 1; i < images.size(); ++i) {
    const double step = images[i].heightMm - images[i - 1].heightMm;
    if (step > samePlaceMm) steps.push_back(step);
  }
  return steps.empty() ? 0 : lowerMedian(std::move(steps));
}

// Nearer than a twentieth of the usual step, two images are one place: no scanner means such a step.
double samePlaceWithin(const std::vector<Image>& images) {
  return std::max(samePlaceMm, 0.05 * medianStep(images));
}

bool hasRepeats(const std::vector<Image>& images) {
  if (!images.front().plane) return false;
  const double within = samePlaceWithin(images);
  return std::ranges::adjacent_find(images, [&](const Image& a, const Image& b) {
           return b.heightMm - a.heightMm <= within;
         }) != images.end();
}

Group with(const Group& group, std::vector<Image> images, std::string note) {
  Group part{std::move(images), group.mixed, group.notes, group.duplicates};
  part.notes.push_back(std::move(note));
  return part;
}

// Cuts where a gap alone is larger than all that would be invented in a volume (four times what was
// acquired).
std::vector<Group> withoutStrays(const Group& group) {
  if (!group.images.front().plane || medianStep(group.images) == 0) return {group};
  const double mostMm = 3 * medianStep(group.images) * static_cast<double>(group.images.size());
  std::vector<std::vector<Image>> pieces(1);
  for (const Image& image : group.images) {
    if (!pieces.back().empty() && image.heightMm - pieces.back().back().heightMm > mostMm)
      pieces.emplace_back();
    pieces.back().push_back(image);
  }
  if (pieces.size() == 1) return {group};
  std::vector<Group> groups;
  for (auto& piece : pieces)
    groups.push_back(with(group, std::move(piece), "the series has other images of this kind far away"));
  return groups;
}

using ByAcquisition = std::map<int, std::vector<Image>>;

ByAcquisition byAcquisition(const std::vector<Image>& images) {
  ByAcquisition acquisitions;
  for (const Image& image : images) acquisitions[image.header->acquisitionNumber].push_back(image);
  return acquisitions;
}

// Acquisitions that follow one another make one stack, also where they share a slice; those that go through
// one another show the same body twice.
bool overlap(const std::vector<Image>& a, const std::vector<Image>& b) {
  const double sharedMm =
      std::min(a.back().heightMm, b.back().heightMm) - std::max(a.front().heightMm, b.front().heightMm);
  return sharedMm > samePlaceMm + std::min(medianStep(a), medianStep(b));
}

bool anyOverlap(const ByAcquisition& acquisitions) {
  std::vector<const std::vector<Image>*> lowestFirst;
  for (const auto& [number, images] : acquisitions) lowestFirst.push_back(&images);
  std::ranges::sort(lowestFirst, {}, [](const auto* images) { return images->front().heightMm; });
  const std::vector<Image>* highest = lowestFirst.front();
  for (const auto* images : lowestFirst | std::views::drop(1)) {
    if (overlap(*highest, *images)) return true;
    if (images->back().heightMm > highest->back().heightMm) highest = images;
  }
  return false;
}

// One series may show the same places twice on purpose: before and after contrast, water and fat. Where an
// attribute explains every repetition, its values are the stacks.
template <class Attribute>
std::optional<std::vector<Group>> explainedBy(const Group& group, Attribute attribute, const char* name) {
  std::map<std::decay_t<decltype(attribute(*group.images.front().header))>, std::vector<Image>> parts;
  for (const Image& image : group.images) parts[attribute(*image.header)].push_back(image);
  std::vector<Group> groups;
  for (auto& [value, images] : parts) {
    if (hasRepeats(images)) return std::nullopt;
    groups.push_back(with(
        group, std::move(images),
        std::string("the series shows the same places more than once; ") + "this block has one " + name));
  }
  return groups;
}

// The first image of each place is one stack, the second another: nothing is left out, nothing shown twice.
std::vector<Group> byRepetition(const Group& group) {
  const double within = samePlaceWithin(group.images);
  std::vector<std::vector<Image>> layers;
  std::size_t layer = 0;
  for (std::size_t i = 0; i < group.images.size(); ++i) {
    const bool repeated = i > 0 && group.images[i].heightMm - layers[0].back().heightMm <= within;
    layer = repeated ? layer + 1 : 0;
    if (layer == layers.size()) layers.emplace_back();
    layers[layer].push_back(group.images[i]);
  }
  std::vector<Group> groups;
  for (std::size_t k = 0; k < layers.size(); ++k) {
    const std::string count = std::to_string(group.images.size() - layers[0].size());
    std::string note = k == 0
                           ? count + " images repeat the position of another and stand in blocks of their own"
                           : "these images repeat positions of another block of the series";
    groups.push_back(with(group, std::move(layers[k]), std::move(note)));
    groups.back().duplicates = true;
  }
  return groups;
}

std::vector<Group> withoutRepeats(const Group& group) {
  if (!hasRepeats(group.images)) return {group};
  const auto acquisition = [](const InstanceHeader& header) { return header.acquisitionNumber; };
  const auto type = [](const InstanceHeader& header) { return header.imageType; };
  if (auto groups = explainedBy(group, acquisition, "acquisition")) return *std::move(groups);
  if (auto groups = explainedBy(group, type, "image type")) return *std::move(groups);
  return byRepetition(group);
}

std::vector<Group> separated(const Group& group) {
  if (!group.images.front().plane) return {group};
  const ByAcquisition acquisitions = byAcquisition(group.images);
  std::vector<Group> parts;
  if (anyOverlap(acquisitions)) {
    for (const auto& [number, images] : acquisitions)
      parts.push_back(with(group, images, "acquisitions of the series overlap; this block has one of them"));
  } else {
    parts.push_back(group);
  }
  std::vector<Group> groups;
  for (const Group& part : parts)
    for (const Group& near : withoutStrays(part))
      for (Group& single : withoutRepeats(near)) groups.push_back(std::move(single));
  return groups;
}

void addGeometry(Block& block, const Group& group) {
  const InstanceHeader& first = *group.images.front().header;
  if (!group.images.front().plane) {
    block.geometry.push_back(Geometry::not_3d);
    block.notes.emplace_back("the images do not say where they lie");
    return;
  }
  std::vector<SlicePlane> planes;
  for (const Image& image : group.images) planes.push_back(*image.plane);
  Stack stack = stackOf(planes);
  if (stack.resampled && first.samplesPerPixel > 1 && stack.grid) {
    stack.grid.reset();
    stack.geometry.push_back(Geometry::not_3d);
    stack.notes.emplace_back("colour images are not resampled to a volume");
  }
  block.grid = stack.grid;
  if (block.grid) block.dims = block.grid->dims;
  block.geometry.insert(block.geometry.end(), stack.geometry.begin(), stack.geometry.end());
  block.notes.insert(block.notes.end(), stack.notes.begin(), stack.notes.end());
}

Block blockOf(const Group& group) {
  const InstanceHeader& first = *group.images.front().header;
  Block block;
  block.frameOfReference = first.frameOfReference;
  for (const Image& image : group.images)
    for (int frame = 0; frame < image.header->frames; ++frame)
      block.slices.push_back({image.header->sopUid, frame});
  block.dims = {first.columns, first.rows, static_cast<int>(block.slices.size())};
  block.unit = unitOf(first);
  block.geometry.clear();
  addGeometry(block, group);
  if (group.duplicates) block.geometry.push_back(Geometry::duplicates);
  if (group.mixed) {
    block.geometry.push_back(Geometry::mixed);
    block.notes.emplace_back("the series holds images of several orientations; this block has one of them");
  }
  block.notes.insert(block.notes.end(), group.notes.begin(), group.notes.end());
  if (block.geometry.empty()) block.geometry.push_back(Geometry::regular);
  std::ranges::sort(block.geometry);
  const auto windowed =
      std::ranges::find_if(group.images, [](const Image& i) { return !i.header->windows.empty(); });
  if (windowed != group.images.end()) block.windows = windowed->header->windows;
  return block;
}

}  // namespace

std::vector<Block> formBlocks(std::span<const InstanceHeader> instances, const SeriesInfo&) {
  std::vector<Group> groups = groupsOf(instances);
  markMixed(groups);
  std::vector<Block> blocks;
  for (Group& group : groups) {
    sortGroup(group);
    for (const Group& part : separated(group)) blocks.push_back(blockOf(part));
  }
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
