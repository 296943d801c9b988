// How large a pixel of a projection, a film or an ultrasound image is, and how far that is known.

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dctk.h>
#include <gmock/gmock.h>

#include <functional>

#include "core/dicom/header.h"
#include "tests/core/dicom/load_support.h"
#include "tests/support/phantom.h"
#include "tests/support/temp_dir.h"

namespace attest::dicom {
namespace {

using Kind = CalibrationKind;

Calibration calibrationOf(const char* modality, const std::function<void(DcmDataset&)>& change) {
  test::TempDir folder;
  test::CtOptions options;
  options.change = [&](void* data, int) {
    auto& dataset = *static_cast<DcmDataset*>(data);
    for (const auto& tag : {DCM_ImagePositionPatient, DCM_PixelSpacing}) delete dataset.remove(tag);
    dataset.putAndInsertString(DCM_Modality, modality);
    change(dataset);
  };
  const auto file = writeCt(folder.path(), pattern({7, 6, 1}), options).front();
  return readHeader(file).value().instance.calibration;
}

void put(DcmDataset& d, const DcmTagKey& tag, const char* value) {
  ASSERT_TRUE(d.putAndInsertString(tag, value).good());
}

struct Row {
  const char* what;
  const char* modality;
  std::function<void(DcmDataset&)> change;
  Kind kind;
  double mm;  // between columns
};
class Calibrated : public testing::TestWithParam<Row> {};

TEST_P(Calibrated, AsTheStandardOrdersIt) {
  const Row& row = GetParam();
  const Calibration found = calibrationOf(row.modality, row.change);
  EXPECT_STREQ(name(found.kind), name(row.kind)) << row.what;
  ASSERT_EQ(found.spacingMm.has_value(), row.kind != Kind::none) << row.what;
  EXPECT_NEAR(found.spacingMm.value_or(std::array{0.0, 0.0})[1], row.mm, 1e-9) << row.what;
}

void detector(DcmDataset& d) {
  put(d, DCM_ImagerPixelSpacing, "0.3\\0.2");
}
void region(DcmDataset& d, double deltaX, double deltaY, Uint16 unit, int number = 0) {
  DcmItem* item = nullptr;
  ASSERT_TRUE(d.findOrCreateSequenceItem(DCM_SequenceOfUltrasoundRegions, item, number).good());
  item->putAndInsertUint16(DCM_RegionSpatialFormat, 1);
  item->putAndInsertUint16(DCM_PhysicalUnitsXDirection, unit);
  item->putAndInsertUint16(DCM_PhysicalUnitsYDirection, unit);
  item->putAndInsertFloat64(DCM_PhysicalDeltaX, deltaX);
  item->putAndInsertFloat64(DCM_PhysicalDeltaY, deltaY);
}

const Row rows[] = {
    {"nothing", "DX", [](DcmDataset&) {}, Kind::none, 0},
    {"a detector alone", "DX", detector, Kind::at_detector, 0.2},
    {"the spacing of the detector, written twice", "CR",
     [](DcmDataset& d) {
       detector(d);
       put(d, DCM_PixelSpacing, "0.3000\\0.2000");
     },
     Kind::at_detector, 0.2},
    {"another spacing than that of the detector", "DX",
     [](DcmDataset& d) {
       detector(d);
       put(d, DCM_PixelSpacing, "0.27\\0.18");
     },
     Kind::projected, 0.18},
    {"by geometry", "DX",
     [](DcmDataset& d) {
       put(d, DCM_PixelSpacing, "0.27\\0.18");
       put(d, DCM_PixelSpacingCalibrationType, "GEOMETRY");
     },
     Kind::projected, 0.18},
    {"by a sphere", "DX",
     [](DcmDataset& d) {
       detector(d);
       put(d, DCM_PixelSpacing, "0.27\\0.18");
       put(d, DCM_PixelSpacingCalibrationType, "FIDUCIAL");
     },
     Kind::calibrated, 0.18},
    {"a magnification", "MG",
     [](DcmDataset& d) {
       detector(d);
       put(d, DCM_EstimatedRadiographicMagnificationFactor, "1.25");
     },
     Kind::projected, 0.16},
    {"distances from the source", "XA",
     [](DcmDataset& d) {
       detector(d);
       put(d, DCM_DistanceSourceToDetector, "1000");
       put(d, DCM_DistanceSourceToPatient, "800");
     },
     Kind::projected, 0.16},
    {"distances that make it smaller", "XA",
     [](DcmDataset& d) {
       detector(d);
       put(d, DCM_DistanceSourceToDetector, "700");
       put(d, DCM_DistanceSourceToPatient, "800");
     },
     Kind::at_detector, 0.2},
    {"Pixel Spacing of a projection, unexplained", "CR",
     [](DcmDataset& d) { put(d, DCM_PixelSpacing, "0.3\\0.2"); }, Kind::at_detector, 0.2},
    {"a film", "OT", [](DcmDataset& d) { put(d, DCM_NominalScannedPixelSpacing, "0.3\\0.2"); },
     Kind::at_detector, 0.2},
    {"Pixel Spacing of no projection", "OT", [](DcmDataset& d) { put(d, DCM_PixelSpacing, "0.3\\0.2"); },
     Kind::exact, 0.2},
    {"ultrasound in cm", "US", [](DcmDataset& d) { region(d, 0.02, 0.02, 3); }, Kind::region, 0.2},
    {"ultrasound in seconds", "US", [](DcmDataset& d) { region(d, 0.02, 0.02, 4); }, Kind::none, 0},
    {"ultrasound not square", "US", [](DcmDataset& d) { region(d, 0.02, 0.03, 3); }, Kind::none, 0},
    {"ultrasound of two scales", "US",
     [](DcmDataset& d) {
       region(d, 0.02, 0.02, 3);
       region(d, 0.03, 0.03, 3, 1);
     },
     Kind::none, 0},
};
INSTANTIATE_TEST_SUITE_P(Table, Calibrated, testing::ValuesIn(rows));

}  // namespace
}  // namespace attest::dicom
