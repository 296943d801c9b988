#pragma once

#include <filesystem>
#include <stop_token>
#include <string>

#include "core/base/parallel.h"
#include "core/base/result.h"
#include "core/domain/study.h"
#include "core/imaging/phantom/phantom.h"

namespace attest::workflow {

/// A phantom as a study: the same options give the same files, UIDs included.
struct DemoStudy {
  std::string name;  ///< of its folder: "current"
  StudyUid uid;
  imaging::phantom::Options phantom;
};
/// `coarser` times as coarse as the demonstration, for who has no time.
DemoStudy demoStudy(imaging::phantom::Study study, double coarser);

/// Makes the images in FOLDER/name and, beside it, the truth they were made from in FOLDER/name.truth.json,
/// which is for tests alone. FOLDER/name is there whole or not at all; where it is, nothing is done. Errors:
/// as makeChest and dicom::writeCt.
Result<> writeDemoStudy(const std::filesystem::path& folder, const DemoStudy& study, Parallel& parallel,
                        std::stop_token stop);

}  // namespace attest::workflow
