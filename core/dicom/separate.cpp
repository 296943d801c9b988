#include "core/dicom/separate.h"

#include <algorithm>
#include <array>
#include <map>
#include <ranges>
#include <set>

#include "core/base/format.h"

namespace attest::dicom {
namespace {

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

// The images of each place, lowest first.
std::vector<std::vector<Image>> placesOf(const std::vector<Image>& images) {
  const double within = samePlaceWithin(images);
  std::vector<std::vector<Image>> places;
  for (const Image& image : images) {
    if (places.empty() || image.heightMm - places.back().front().heightMm > within) places.emplace_back();
    places.back().push_back(image);
  }
  return places;
}

Group with(const Group& group, std::vector<Image> images, std::string note) {
  Group part = group;
  part.images = std::move(images);
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
  for (const Image& image : images) acquisitions[image.groups().acquisitionNumber].push_back(image);
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

// A number as text that sorts as the number does; for what is not negative.
std::string sortable(double value) {
  const std::string text = formatNumber(value, 3);
  return std::string(text.size() < 16 ? 16 - text.size() : 0, ' ') + text;
}

// What may tell images of one place apart on purpose; empty: it says nothing.
struct Attribute {
  const char* name;
  bool isTime;
  std::string (*value)(const FrameGroups&);
};
constexpr Attribute attributes[] = {
    {"image type", false, [](const FrameGroups& g) { return g.imageType; }},
    {"direction of diffusion", false,
     [](const FrameGroups& g) {
       if (!g.gradient) return std::string();
       return formatNumber(g.gradient->x, 4) + ' ' + formatNumber(g.gradient->y, 4) + ' ' +
              formatNumber(g.gradient->z, 4);
     }},
    {"temporal position", true,
     [](const FrameGroups& g) {
       return g.temporalPosition > 0 ? sortable(g.temporalPosition) : std::string();
     }},
    {"trigger time", true,
     [](const FrameGroups& g) { return g.triggerMs ? sortable(*g.triggerMs) : std::string(); }},
    {"phase of the cycle", true,
     [](const FrameGroups& g) { return g.phasePercent ? sortable(*g.phasePercent) : std::string(); }},
    {"acquisition", true, [](const FrameGroups& g) { return sortable(g.acquisitionNumber); }},
    {"acquisition time", true, [](const FrameGroups& g) { return g.acquisitionDate + g.acquisitionTime; }}};

using Places = std::vector<std::vector<Image>>;

// Whether the attribute is different among the images of most places that are shown repeatedly.
bool tellsApart(const Places& places, const Attribute& attribute) {
  std::size_t repeated = 0;
  std::size_t told = 0;
  for (const auto& place : places) {
    if (place.size() < 2) continue;
    ++repeated;
    const std::string first = attribute.value(place.front().groups());
    told += std::ranges::any_of(place,
                                [&](const Image& image) { return attribute.value(image.groups()) != first; });
  }
  return 2 * told > repeated;
}

std::size_t mostOf(const Places& places) {
  return std::ranges::max(places, {}, &std::vector<Image>::size).size();
}

void markTimes(std::vector<Group>& parts, int& timeGroups) {
  const int count = static_cast<int>(parts.size());
  for (int index = 0; index < count; ++index)
    parts[static_cast<std::size_t>(index)].timePoint = {timeGroups, index, count};
  ++timeGroups;
}

// Where the values of an attribute are no more than the images of a place, its values are the stacks.
std::optional<std::vector<Group>> byValue(const Group& group, const Places& places,
                                          const Attribute& attribute) {
  std::map<std::string, std::vector<Image>> parts;
  for (const Image& image : group.images) parts[attribute.value(image.groups())].push_back(image);
  if (parts.size() < 2 || parts.size() > mostOf(places)) return std::nullopt;
  std::vector<Group> groups;
  for (auto& [value, images] : parts) {
    groups.push_back(
        with(group, std::move(images),
             std::string("the series shows the same places more than once; this block has one ") +
                 attribute.name));
  }
  return groups;
}

// Times that differ from place to place, as a trigger does from beat to beat: the earliest of each place is
// one stack, the next another. Only where each place has as many.
std::optional<std::vector<Group>> byRank(const Group& group, Places places, const Attribute& attribute) {
  const std::size_t count = places.front().size();
  const auto value = [&](const Image& image) { return attribute.value(image.groups()); };
  std::vector<std::vector<Image>> layers(count);
  for (auto& place : places) {
    if (place.size() != count) return std::nullopt;
    std::ranges::sort(place, {}, value);
    if (std::ranges::adjacent_find(place, {}, value) != place.end()) return std::nullopt;
    for (std::size_t k = 0; k < count; ++k) layers[k].push_back(place[k]);
  }
  std::vector<Group> groups;
  for (auto& layer : layers) {
    groups.push_back(
        with(group, std::move(layer),
             std::string("the series shows each place several times; this block has one of them, "
                         "in the order of ") +
                 attribute.name));
  }
  return groups;
}

// The first image of each place is one stack, the second another: nothing is left out, nothing shown twice.
std::vector<Group> byRepetition(const Group& group, const Places& places) {
  std::vector<std::vector<Image>> layers(mostOf(places));
  for (const auto& place : places)
    for (std::size_t k = 0; k < place.size(); ++k) layers[k].push_back(place[k]);
  const std::string count = std::to_string(group.images.size() - layers[0].size());
  std::vector<Group> groups;
  for (std::size_t k = 0; k < layers.size(); ++k) {
    std::string note = k == 0
                           ? count + " images repeat the position of another and stand in blocks of their own"
                           : "these images repeat positions of another block of the series";
    groups.push_back(with(group, std::move(layers[k]), std::move(note)));
    groups.back().duplicates = true;
  }
  return groups;
}

// One place again and again is a film, in the order of time, or of the frames of one image.
std::optional<Group> asFilm(const Group& group, const Places& places) {
  if (places.size() > 1) return std::nullopt;
  const auto* header = group.images.front().header;
  const auto note = "the images show one place at " + std::to_string(group.images.size()) + " moments";
  Group film = with(group, group.images, note);
  film.onePlace = true;
  for (const Attribute& attribute : attributes) {
    const auto value = [&](const Image& image) { return attribute.value(image.groups()); };
    std::set<std::string> values;
    for (const Image& image : film.images) values.insert(value(image));
    if (!attribute.isTime || values.size() != film.images.size()) continue;
    std::ranges::sort(film.images, {}, value);
    return film;
  }
  if (std::ranges::any_of(film.images, [&](const Image& image) { return image.header != header; }))
    return std::nullopt;
  std::ranges::sort(film.images, {}, &Image::frame);
  return film;
}

std::vector<Group> withoutRepeats(const Group& group, int& timeGroups) {
  const Places places = placesOf(group.images);
  if (places.size() == group.images.size()) return {group};
  std::vector<Group> parts;
  bool isTime = false;
  if (auto film = asFilm(group, places)) return {*std::move(film)};
  for (const Attribute& attribute : attributes) {
    if (!tellsApart(places, attribute)) continue;
    auto found = byValue(group, places, attribute);
    if (!found && attribute.isTime) found = byRank(group, places, attribute);
    if (!found) continue;
    parts = *std::move(found);
    isTime = attribute.isTime;
    break;
  }
  if (parts.empty()) return byRepetition(group, places);
  if (isTime) markTimes(parts, timeGroups);
  std::vector<Group> groups;
  for (const Group& part : parts)
    for (Group& single : withoutRepeats(part, timeGroups)) groups.push_back(std::move(single));
  return groups;
}

}  // namespace

std::vector<Group> separated(const Group& group, int& timeGroups) {
  if (!group.images.front().plane) return {group};
  const ByAcquisition acquisitions = byAcquisition(group.images);
  std::vector<Group> parts;
  if (anyOverlap(acquisitions)) {
    for (const auto& [number, images] : acquisitions)
      parts.push_back(with(group, images, "acquisitions of the series overlap; this block has one of them"));
    markTimes(parts, timeGroups);
  } else {
    parts.push_back(group);
  }
  std::vector<Group> groups;
  for (const Group& part : parts)
    for (const Group& near : withoutStrays(part))
      for (Group& single : withoutRepeats(near, timeGroups)) groups.push_back(std::move(single));
  return groups;
}

}  // namespace attest::dicom
