#pragma once

#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/parallel.h"
#include "core/base/result.h"
#include "core/domain/prior.h"
#include "core/imaging/mask.h"
#include "core/imaging/volume.h"

namespace attest::imaging::phantom {

// A chest CT whose truth is known because it was made: shapes in millimetres, then a voxel's share of each,
// then noise and the scanner's point spread. The same seed and options give the same voxels on every
// machine's count of cores.

/// `current` and `prior` are one patient, three months apart and lying differently; `clear` is another one,
/// who has no nodules.
enum class Study { current, prior, clear };

struct Options {
  Study study = Study::current;
  std::uint64_t seed = 1;  ///< of the noise, and of how vessels and airways branch
  Vec3 spacingMm{0.7, 0.7,
                 1.0};  ///< the field of view (358 x 358 x 310 mm) stays: a coarser grid is a faster phantom
  double pointSpreadFwhmMm = 1.2;  ///< Gaussian; what a voxel averages over is a part of it
  double noiseHu = 25;  ///< standard deviation; it passes the same point spread, and so is correlated
};

enum class NoduleKind { solid, ground_glass };

/// Before blur and noise; LPS of its own study.
struct Nodule {
  std::string name;  ///< the same lesion has the same name in both studies
  NoduleKind kind = NoduleKind::solid;
  double hu = 40;
  Vec3 centerMm;               ///< centroid
  double volumeMm3 = 0;        ///< of what lies in the lung
  double diameterMm = 0;       ///< of the ball of that volume
  double longestMm = 0;        ///< in the axial plane where it is largest
  double perpendicularMm = 0;  ///< to the longest, in the same plane
  bool touchesPleura = false;
  bool touchesVessel = false;
};

struct Truth {
  std::vector<Nodule> nodules;
  Mask
      rightLung;  ///< voxels whose centre lies within the pleura, with the vessels, airways and nodules there
  Mask leftLung;
  RigidTransform fromCurrent;  ///< patient space of `current` into that of this study
};

struct Chest {
  VolumePtr volume;  ///< int16, HU
  Truth truth;
};

/// Memory beside the result stays below 100 MB a core. Errors: bad_argument (a spacing or point spread that
/// is not above 0 or a grid beyond 1024 voxels), cancelled.
Result<Chest> makeChest(const Options& options, Parallel& parallel, std::stop_token stop);

/// The truth alone, without making a volume: the masks are on the grid that it would have.
Result<Truth> makeTruth(const Options& options, std::stop_token stop);

}  // namespace attest::imaging::phantom
