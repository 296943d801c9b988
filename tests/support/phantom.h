#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "core/base/geometry.h"
#include "core/imaging/mask.h"
#include "core/imaging/volume.h"

namespace attest::test {

/// A small chest: body ellipse, two air-filled lungs of unequal size (the patient's right one larger), a
/// trachea that joins them, one solid nodule of known radius in each lung. HU values, LPS, asymmetric in
/// every axis so that a flip is seen. Truth is analytic.
struct ChestPhantom {
  Grid grid;
  imaging::VolumePtr volume;  ///< int16, HU
  imaging::Mask rightLung;    ///< without the nodule
  imaging::Mask leftLung;
  imaging::Mask trachea;
  std::vector<Vec3> nodulesMm;
  double noduleRadiusMm = 0;
};
ChestPhantom makeChestPhantom(Index3 dims = {128, 128, 64}, Vec3 spacingMm = {2.7, 2.7, 4.0});

struct CtOptions {
  std::string studyUid;   ///< empty: a new one
  std::string seriesUid;  ///< empty: a new one
  std::string patientId = "ATT-TEST-1";
  std::string patientName = "TEST^Chest";
  std::string studyDate = "20260801";
  std::string transferSyntax = "1.2.840.10008.1.2.1";  ///< or a JPEG lossless one
  /// Called with each dataset before it is written, to make bad ones; `slice` counts in k.
  std::function<void(void* dcmDataset, int slice)> change;
};
/// Writes the volume as one CT Image Storage file a slice (NNNN.dcm) that dciodvfy accepts; returns the paths
/// in k.
std::vector<std::filesystem::path> writeCt(const std::filesystem::path& folder, const imaging::Volume& volume,
                                           const CtOptions& options = {});

}  // namespace attest::test
