#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/base/geometry.h"
#include "core/domain/study.h"

namespace attest::dicom {

/// Directions of slices that differ by less than this in every component are one orientation: at the edge of
/// a 500 mm image the difference is 0.025 mm, far below a voxel, so no measurement and no contour notices.
constexpr double orientationTolerance = 1e-4;
/// Two slices closer than this along the normal show the same place.
constexpr double samePlaceMm = 0.01;

/// The plane of an image: orthonormal directions and its spacing.
struct SlicePlane {
  int columns = 0;
  int rows = 0;
  double spacingXMm = 1;  ///< between columns
  double spacingYMm = 1;  ///< between rows
  Vec3 row;               ///< along a row: i
  Vec3 column;            ///< down a column: j
  Vec3 normal;            ///< row x column
  Vec3 positionMm;        ///< centre of the first pixel
};
/// Of one frame. None where position, orientation or spacing is missing or makes no sense, and for the frames
/// of a multi-frame image that are not told apart: its one position would be that of the first.
std::optional<SlicePlane> planeOf(const InstanceHeader& header, int frame);
bool sameOrientation(const SlicePlane& a, const SlicePlane& b);

/// The lower of the two in the middle where there are two. Not for an empty list.
double lowerMedian(std::vector<double> values);

/// Where a source slice lies, seen from the grid of its stack.
struct SlicePlace {
  double heightMm = 0;  ///< along the normal
  double shiftX = 0;    ///< of its first pixel, in pixels of the grid
  double shiftY = 0;
};

/// Parallel slices as one volume.
struct Stack {
  std::optional<Grid> grid;        ///< none where they make no volume
  bool resampled = false;          ///< the grid is not that of the slices: resample() makes it
  std::vector<Geometry> geometry;  ///< tilted, uneven, gaps, not_3d, in this order; empty for regular
  std::vector<std::string> notes;
  std::vector<SlicePlace> places;  ///< one a slice
};
/// `slices` have one orientation and are sorted along the normal, more than samePlaceMm apart. Tolerances are
/// those of the architecture: a gap is a step of k >= 2 medians within 5 %; uneven any other deviation above
/// 1 % and 0.01 mm, or a slice more than 2 % of the step (and 0.01 mm) beside the place that even steps give
/// it; tilted an offset across the normal above 0.01 mm a slice. Anything smaller moves no point by a visible
/// part of a voxel.
Stack stackOf(std::span<const SlicePlane> slices);

}  // namespace attest::dicom
