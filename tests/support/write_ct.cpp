#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dcrleerg.h>
#include <dcmtk/dcmdata/dctk.h>
#include <dcmtk/dcmjpeg/djencode.h>
#include <dcmtk/dcmjpls/djencode.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <mutex>
#include <stdexcept>
#include <string>
#include <vector>

#include "core/base/ids.h"
#include "core/dicom/header.h"
#include "tests/support/phantom.h"

namespace attest::test {
namespace {

constexpr int intercept = -1024;  // stored values start at 0 for air, as scanners do it

void registerEncoders() {
  static std::once_flag once;
  std::call_once(once, [] {
    dicom::initialize();
    DJEncoderRegistration::registerCodecs();
    DJLSEncoderRegistration::registerCodecs();
    DcmRLEEncoderRegistration::registerCodecs();
  });
}

void check(const OFCondition& condition) {
  if (condition.bad()) throw std::runtime_error(condition.text());
}

void put(DcmDataset& dataset, const DcmTagKey& tag, const std::string& value) {
  check(dataset.putAndInsertString(tag, value.c_str()));
}

// A DS has at most 16 characters, so a number is cut to as many digits as fit.
std::string decimal(double value) {
  char text[32] = {};
  for (int digits = 15; digits > 0; --digits) {
    if (std::snprintf(text, sizeof text, "%.*g", digits, value == 0 ? 0.0 : value) <= 16) break;
  }
  return text;
}

std::string fileName(int slice) {
  char text[32] = {};
  std::snprintf(text, sizeof text, "%04d.dcm", slice);
  return text;
}

std::string decimals(const Vec3& v) {
  return decimal(v.x) + '\\' + decimal(v.y) + '\\' + decimal(v.z);
}

void putPatientAndStudy(DcmDataset& d, const CtOptions& options, const std::string& studyUid) {
  put(d, DCM_SpecificCharacterSet, "ISO_IR 192");
  put(d, DCM_PatientName, options.patientName);
  put(d, DCM_PatientID, options.patientId);
  put(d, DCM_PatientBirthDate, "19500102");
  put(d, DCM_PatientSex, "O");
  put(d, DCM_StudyInstanceUID, studyUid);
  put(d, DCM_StudyDate, options.studyDate);
  put(d, DCM_StudyTime, "091500");
  put(d, DCM_StudyID, "1");
  put(d, DCM_StudyDescription, "CT chest phantom");
  put(d, DCM_AccessionNumber, "ACC1");
  put(d, DCM_ReferringPhysicianName, "");
}

void putSeries(DcmDataset& d, const std::string& seriesUid, const std::string& frameUid) {
  put(d, DCM_Modality, "CT");
  put(d, DCM_SeriesInstanceUID, seriesUid);
  put(d, DCM_SeriesNumber, "1");
  put(d, DCM_SeriesDescription, "Phantom axial");
  put(d, DCM_BodyPartExamined, "CHEST");
  put(d, DCM_PatientPosition, "HFS");
  put(d, DCM_FrameOfReferenceUID, frameUid);
  put(d, DCM_PositionReferenceIndicator, "");
  put(d, DCM_Manufacturer, "Attest tests");
  put(d, DCM_ManufacturerModelName, "Phantom");
}

void putImage(DcmDataset& d, const imaging::Volume& volume, int k) {
  const Grid& grid = volume.grid();
  put(d, DCM_SOPClassUID, UID_CTImageStorage);
  put(d, DCM_SOPInstanceUID, newUid());
  put(d, DCM_ImageType, "ORIGINAL\\PRIMARY\\AXIAL");
  put(d, DCM_InstanceNumber, std::to_string(k + 1));
  put(d, DCM_AcquisitionNumber, "1");
  put(d, DCM_AcquisitionDate, "20260801");
  put(d, DCM_AcquisitionTime, "091500");
  put(d, DCM_ContentDate, "20260801");
  put(d, DCM_ContentTime, "091500");
  put(d, DCM_KVP, "120");
  put(d, DCM_ConvolutionKernel, "STANDARD");
  put(d, DCM_SliceThickness, decimal(grid.spacingMm.z));
  put(d, DCM_PixelSpacing, decimal(grid.spacingMm.y) + '\\' + decimal(grid.spacingMm.x));
  put(d, DCM_ImageOrientationPatient, decimals(grid.axes[0]) + '\\' + decimals(grid.axes[1]));
  put(d, DCM_ImagePositionPatient, decimals(grid.toPatient(Index3{0, 0, k})));
  put(d, DCM_WindowCenter, "40");
  put(d, DCM_WindowWidth, "400");
  put(d, DCM_RescaleIntercept, std::to_string(intercept));
  put(d, DCM_RescaleSlope, "1");
  put(d, DCM_RescaleType, "HU");
}

void putPixels(DcmDataset& d, const imaging::Volume& volume, int k) {
  const Index3 dims = volume.grid().dims;
  put(d, DCM_PhotometricInterpretation, "MONOCHROME2");
  check(d.putAndInsertUint16(DCM_SamplesPerPixel, 1));
  check(d.putAndInsertUint16(DCM_Rows, static_cast<Uint16>(dims.j)));
  check(d.putAndInsertUint16(DCM_Columns, static_cast<Uint16>(dims.i)));
  check(d.putAndInsertUint16(DCM_BitsAllocated, 16));
  check(d.putAndInsertUint16(DCM_BitsStored, 16));
  check(d.putAndInsertUint16(DCM_HighBit, 15));
  check(d.putAndInsertUint16(DCM_PixelRepresentation, 1));
  std::vector<Uint16> stored;
  stored.reserve(static_cast<std::size_t>(dims.i) * static_cast<std::size_t>(dims.j));
  for (int j = 0; j < dims.j; ++j)
    for (int i = 0; i < dims.i; ++i) {
      const double value = std::round(volume.at({i, j, k})) - intercept;
      stored.push_back(static_cast<Uint16>(static_cast<Sint16>(std::clamp(value, -32768.0, 32767.0))));
    }
  check(d.putAndInsertUint16Array(DCM_PixelData, stored.data(), stored.size()));
}

}  // namespace

std::vector<std::filesystem::path> writeCt(const std::filesystem::path& folder, const imaging::Volume& volume,
                                           const CtOptions& options) {
  registerEncoders();
  std::filesystem::create_directories(folder);
  const E_TransferSyntax syntax = DcmXfer(options.transferSyntax.c_str()).getXfer();
  const std::string studyUid = options.studyUid.empty() ? newUid() : options.studyUid;
  const std::string seriesUid = options.seriesUid.empty() ? newUid() : options.seriesUid;
  const std::string frameUid = newUid();
  std::vector<std::filesystem::path> paths;
  for (int k = 0; k < volume.grid().dims.k; ++k) {
    DcmFileFormat file;
    DcmDataset& dataset = *file.getDataset();
    putPatientAndStudy(dataset, options, studyUid);
    putSeries(dataset, seriesUid, frameUid);
    putImage(dataset, volume, k);
    putPixels(dataset, volume, k);
    check(dataset.chooseRepresentation(syntax, nullptr));
    if (options.change) options.change(&dataset, k);
    paths.push_back(folder / fileName(k));
    check(file.saveFile(paths.back().c_str(), syntax));
  }
  return paths;
}

}  // namespace attest::test
