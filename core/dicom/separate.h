#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/dicom/stack.h"
#include "core/domain/study.h"

namespace attest::dicom {

/// A frame on its way into a block.
struct Image {
  const InstanceHeader* header = nullptr;
  int frame = 0;
  std::optional<SlicePlane> plane;
  double heightMm = 0;  ///< along the normal of its group

  const FrameGroups& groups() const { return groupsOf(*header, frame); }
};

/// Images that may form a block.
struct Group {
  std::vector<Image> images;  ///< by height, then instance number
  bool mixed = false;         ///< the series has other orientations
  std::vector<std::string> notes{};
  bool duplicates = false;
  bool onePlace = false;  ///< the same place at several moments, in the order of time
  std::optional<TimePoint> timePoint{};
};

/// Takes apart what shows the same places more than once, acquisitions that go through one another, and
/// strays far away. `timeGroups` counts the groups of time points.
std::vector<Group> separated(const Group& group, int& timeGroups);

}  // namespace attest::dicom
