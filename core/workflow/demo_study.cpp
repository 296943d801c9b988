#include "core/workflow/demo_study.h"

#include <nlohmann/json.hpp>

#include "core/dicom/ct_write.h"
#include "core/files/atomic_write.h"

namespace attest::workflow {
namespace {

namespace fs = std::filesystem;
namespace phantom = imaging::phantom;

constexpr const char* uidSeed =
    "attest demonstration 1: ";  // another phantom under the same UIDs needs another one

/// Where the two patients and their visits differ.
struct Words {
  const char* name;
  const char* patientId;
  const char* patientName;
  const char* birthDate;
  const char* sex;
  const char* date;
  const char* time;
  const char* accession;
  const char* description;
};

Words words(phantom::Study study) {
  switch (study) {
    case phantom::Study::prior:
      return {"prior",    "DEMO-1", "Phantom^Ada", "19560312", "F",
              "20260612", "094210", "DEMO-101",    "CT chest"};
    case phantom::Study::clear:
      return {"clear",    "DEMO-2", "Phantom^Blaise", "19710705", "M",
              "20260911", "143055", "DEMO-201",       "CT chest"};
    case phantom::Study::current:
      break;
  }
  return {"current",  "DEMO-1", "Phantom^Ada", "19560312",           "F",
          "20260912", "101825", "DEMO-102",    "CT chest, follow-up"};
}

std::string uid(const Words& study, const char* what) {
  return stableUid(std::string(uidSeed) + study.name + " " + what);
}

dicom::CtSeries seriesOf(phantom::Study which) {
  const Words study = words(which);
  dicom::CtSeries series;
  series.patient = {Phi<std::string>(study.patientId), Phi<std::string>(study.patientName),
                    Phi<std::string>(study.birthDate), study.sex};
  series.study.uid = StudyUid{uid(study, "study")};
  series.study.description = study.description;
  series.study.date = study.date;
  series.study.time = study.time;
  series.study.accession = Phi<std::string>(study.accession);
  series.study.studyId = "1";
  series.series.uid = SeriesUid{uid(study, "series")};
  series.series.frameOfReference = FrameUid{uid(study, "frame of reference")};
  series.series.modality = "CT";
  series.series.description = "Chest axial";
  series.series.number = 2;
  series.series.bodyPart = "CHEST";
  series.series.manufacturer = "Attest";
  series.series.model = "Phantom";
  series.series.protocol = "Chest without contrast";
  series.windows = {{-500, 1500}, {40, 400}};
  series.kernel = "PSF 1.2 mm";
  return series;
}

nlohmann::json json(Vec3 v) {
  return {v.x, v.y, v.z};
}

nlohmann::json truthJson(const DemoStudy& study, const phantom::Chest& chest) {
  nlohmann::json nodules = nlohmann::json::array();
  for (const phantom::Nodule& nodule : chest.truth.nodules) {
    nodules.push_back({{"name", nodule.name},
                       {"kind", nodule.kind == phantom::NoduleKind::solid ? "solid" : "ground_glass"},
                       {"hu", nodule.hu},
                       {"center_mm", json(nodule.centerMm)},
                       {"volume_mm3", nodule.volumeMm3},
                       {"diameter_mm", nodule.diameterMm},
                       {"longest_mm", nodule.longestMm},
                       {"perpendicular_mm", nodule.perpendicularMm},
                       {"touches_pleura", nodule.touchesPleura},
                       {"touches_vessel", nodule.touchesVessel}});
  }
  const auto millilitres = [&](const imaging::Mask& lung) {
    return static_cast<double>(lung.count()) * lung.grid().voxelVolumeMm3() / 1000;
  };
  const RigidTransform& moved = chest.truth.fromCurrent;
  return {{"study", study.name},
          {"study_uid", study.uid.value},
          {"seed", study.phantom.seed},
          {"point_spread_fwhm_mm", study.phantom.pointSpreadFwhmMm},
          {"noise_hu", study.phantom.noiseHu},
          {"right_lung_ml", millilitres(chest.truth.rightLung)},
          {"left_lung_ml", millilitres(chest.truth.leftLung)},
          {"from_current", {{"rotation", moved.rotation}, {"translation_mm", json(moved.translationMm)}}},
          {"nodules", nodules}};
}

}  // namespace

DemoStudy demoStudy(phantom::Study which, double coarser) {
  DemoStudy study{words(which).name, seriesOf(which).study.uid, {}};
  study.phantom.study = which;
  // The other patient was scanned as everyday scans are.
  if (which == phantom::Study::clear) study.phantom.spacingMm = {0.8, 0.8, 1.25};
  study.phantom.spacingMm = coarser * study.phantom.spacingMm;
  return study;
}

Result<> writeDemoStudy(const fs::path& folder, const DemoStudy& study, Parallel& parallel,
                        std::stop_token stop) {
  const fs::path whole = folder / study.name;
  const fs::path part = folder / (study.name + ".part");
  std::error_code error;
  if (fs::exists(whole, error)) return {};
  fs::create_directories(folder, error);
  fs::remove_all(part, error);  // of a run that was stopped
  ATTEST_TRY(const auto chest, phantom::makeChest(study.phantom, parallel, stop));
  ATTEST_CHECK(dicom::writeCt(part, *chest.volume, seriesOf(study.phantom.study), parallel, stop));
  const std::string truth = truthJson(study, chest).dump(2) + "\n";
  ATTEST_CHECK(files::atomicWrite(folder / (study.name + ".truth.json"), truth));
  fs::rename(part, whole, error);
  if (error) return fail(ErrorCode::io, "the demonstration's images could not be put in place");
  return {};
}

}  // namespace attest::workflow
