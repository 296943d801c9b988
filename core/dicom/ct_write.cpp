#include "core/dicom/ct_write.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dctk.h>

#include <cerrno>
#include <limits>
#include <mutex>
#include <optional>

#include "core/dicom/derived_elements.h"
#include "core/dicom/header.h"

namespace attest::dicom {
namespace {

Result<> check(const imaging::Volume& volume, const CtSeries& series) {
  if (volume.type() != imaging::PixelType::int16 || volume.unit() != Unit::hu)
    return fail(ErrorCode::bad_argument, "a CT is written from 16-bit HU");
  const Index3 dims = volume.grid().dims;
  if (std::max({dims.i, dims.j, dims.k}) > std::numeric_limits<Uint16>::max())
    return fail(ErrorCode::bad_argument, "too many rows, columns or slices for a CT series");
  if (series.study.uid.empty() || series.series.uid.empty() || series.series.frameOfReference.empty())
    return fail(ErrorCode::bad_argument, "a UID is missing");
  return {};
}

void putPatientAndStudy(DcmItem& d, const CtSeries& series) {
  put(d, DCM_SpecificCharacterSet, "ISO_IR 192");
  put(d, DCM_PatientName, series.patient.name.reveal());
  put(d, DCM_PatientID, series.patient.id.reveal());
  put(d, DCM_PatientBirthDate, series.patient.birthDate.reveal());
  put(d, DCM_PatientSex, series.patient.sex);
  put(d, DCM_StudyInstanceUID, series.study.uid.value);
  put(d, DCM_StudyDate, series.study.date);
  put(d, DCM_StudyTime, series.study.time);
  put(d, DCM_StudyID, series.study.studyId);
  put(d, DCM_StudyDescription, series.study.description);
  put(d, DCM_AccessionNumber, series.study.accession.reveal());
  put(d, DCM_ReferringPhysicianName, series.study.referringPhysician.reveal());
}

void putSeries(DcmItem& d, const CtSeries& series) {
  put(d, DCM_Modality, "CT");
  put(d, DCM_SeriesInstanceUID, series.series.uid.value);
  put(d, DCM_SeriesNumber, std::to_string(series.series.number));
  put(d, DCM_SeriesDate, series.study.date);
  put(d, DCM_SeriesTime, series.study.time);
  put(d, DCM_SeriesDescription, series.series.description);
  put(d, DCM_ProtocolName, series.series.protocol);
  put(d, DCM_BodyPartExamined, series.series.bodyPart);
  put(d, DCM_PatientPosition, series.patientPosition);
  put(d, DCM_FrameOfReferenceUID, series.series.frameOfReference.value);
  putEmpty(d, DCM_PositionReferenceIndicator);
  put(d, DCM_Manufacturer, series.series.manufacturer);
  put(d, DCM_ManufacturerModelName, series.series.model);
}

void putVector(DcmItem& d, const DcmTagKey& tag, Vec3 v) {
  put(d, tag, {v.x, v.y, v.z});
}

void putImage(DcmItem& d, const Grid& grid, const CtSeries& series, int k) {
  put(d, DCM_SOPClassUID, UID_CTImageStorage);
  put(d, DCM_SOPInstanceUID, stableUid(series.series.uid.value + "/" + std::to_string(k)));
  put(d, DCM_ImageType, "ORIGINAL\\PRIMARY\\AXIAL");
  put(d, DCM_InstanceNumber, std::to_string(k + 1));
  put(d, DCM_AcquisitionNumber, "1");
  for (const DcmTagKey& date : {DCM_AcquisitionDate, DCM_ContentDate}) put(d, date, series.study.date);
  for (const DcmTagKey& time : {DCM_AcquisitionTime, DCM_ContentTime}) put(d, time, series.study.time);
  put(d, DCM_KVP, {series.kvp});
  put(d, DCM_ConvolutionKernel, series.kernel);
  const Vec3 spacing = grid.spacingMm;
  put(d, DCM_SliceThickness, {spacing.z});
  put(d, DCM_PixelSpacing, {spacing.y, spacing.x});
  const auto [row, column, normal] = grid.axes;
  put(d, DCM_ImageOrientationPatient, {row.x, row.y, row.z, column.x, column.y, column.z});
  putVector(d, DCM_ImagePositionPatient, grid.toPatient(Index3{0, 0, k}));
  put(d, DCM_RescaleIntercept, {0});
  put(d, DCM_RescaleSlope, {1});
  put(d, DCM_RescaleType, "HU");
  std::string centers;
  std::string widths;
  for (const Window& window : series.windows) {
    const char* separator = centers.empty() ? "" : "\\";
    centers += separator + std::to_string(std::lround(window.center));
    widths += separator + std::to_string(std::lround(window.width));
  }
  if (centers.empty()) return;
  put(d, DCM_WindowCenter, centers);
  put(d, DCM_WindowWidth, widths);
}

void putPixels(DcmItem& d, const imaging::Volume& volume, int k) {
  const Index3 dims = volume.grid().dims;
  put(d, DCM_PhotometricInterpretation, "MONOCHROME2");
  putShort(d, DCM_SamplesPerPixel, 1);
  putShort(d, DCM_Rows, static_cast<Uint16>(dims.j));
  putShort(d, DCM_Columns, static_cast<Uint16>(dims.i));
  putShort(d, DCM_BitsAllocated, 16);
  putShort(d, DCM_BitsStored, 16);
  putShort(d, DCM_HighBit, 15);
  putShort(d, DCM_PixelRepresentation, 1);
  const std::size_t area = volume.grid().offset({0, 0, 1});
  const auto slice = volume.values<std::int16_t>().subspan(static_cast<std::size_t>(k) * area, area);
  // Signed and unsigned are the same 16 bits.
  const auto stored =
      d.putAndInsertUint16Array(DCM_PixelData, reinterpret_cast<const Uint16*>(slice.data()), slice.size());
  if (stored.bad()) throw std::runtime_error(stored.text());
}

Result<> writeSlice(const std::filesystem::path& path, const imaging::Volume& volume, const CtSeries& series,
                    int k) {
  try {
    DcmFileFormat file;
    DcmItem& d = *file.getDataset();
    putPatientAndStudy(d, series);
    putSeries(d, series);
    putImage(d, volume.grid(), series, k);
    putPixels(d, volume, k);
    errno = 0;
    if (file.saveFile(path.c_str(), EXS_LittleEndianExplicit).good()) return {};
    return fail(errno == ENOSPC || errno == EDQUOT ? ErrorCode::disk_full : ErrorCode::io,
                "an image could not be written");
  } catch (const std::exception& error) {
    return fail(ErrorCode::internal, error.what());
  }
}

std::string fileName(int k) {
  const std::string number = std::to_string(k + 1);
  return std::string(number.size() < 4 ? 4 - number.size() : 0, '0') + number + ".dcm";
}

}  // namespace

Result<std::vector<std::filesystem::path>> writeCt(const std::filesystem::path& folder,
                                                   const imaging::Volume& volume, const CtSeries& series,
                                                   Parallel& parallel, std::stop_token stop) {
  initialize();
  ATTEST_CHECK(check(volume, series));
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) return fail(ErrorCode::io, "the folder for the images could not be made");
  std::vector<std::filesystem::path> paths;
  for (int k = 0; k < volume.grid().dims.k; ++k) paths.push_back(folder / fileName(k));
  std::mutex mutex;
  std::optional<Error> first;
  parallel.forEach(paths.size(), 2, stop, [&](std::size_t begin, std::size_t end) {
    for (std::size_t k = begin; k < end; ++k) {
      const auto written = writeSlice(paths[k], volume, series, static_cast<int>(k));
      const std::lock_guard lock(mutex);
      if (!written && !first) first = written.error();
      if (first) return;
    }
  });
  if (stop.stop_requested()) return fail(ErrorCode::cancelled);
  if (first) return fail(*std::move(first));
  return paths;
}

}  // namespace attest::dicom
