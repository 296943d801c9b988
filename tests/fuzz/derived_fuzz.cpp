// Segmentations, structured reports, presentation states and key objects, our own as the good inputs; the
// other derived objects get the same bytes.
#include <fstream>

#include "core/dicom/key_objects.h"
#include "core/dicom/presentation_state.h"
#include "core/dicom/registration_object.h"
#include "core/dicom/rtstruct.h"
#include "core/dicom/sr.h"
#include "tests/core/dicom/derived_support.h"
#include "tests/fuzz/fuzz.h"

int main() {
  using namespace attest;
  const test::TempDir folder;
  dicom::SrOut report;
  report.context = test::contextOf(test::writeCt(folder / "ct", test::obliqueCt(), {}));
  const Grid grid = report.context.sourceGrid;
  const Item lung = test::lungItem();
  const Item nodule = test::noduleItem();
  report.items = {{&lung, 0}, {&nodule, 0}};
  report.impression = {"A nodule."};
  const std::vector<dicom::SegmentOut> segments{{&lung, test::ball(grid, {15, 10, 5}, 6)},
                                                {&nodule, test::ball(grid, {30, 12, 7}, 2)}};
  PresentationState state;
  state.vois = {{{}, Window{40, 400}, "LINEAR", {}, ""}};
  state.layers = {{"L", 1, {}, {}, ""}};
  state.annotations = {
      {{}, "L", {}, {{GraphicType::polyline, GraphicUnits::pixel, {{1, 1}, {5, 5}}, false}}}};
  dicom::KeyObjects marked;
  const auto& source = report.context.sources.front();
  marked.images = {{{}, source.sopUid, source.sopClass, {}}};
  const bool written = dicom::writeSeg(folder / "0", report.context, segments) &&
                       dicom::writeSeg(folder / "1", report.context, segments, dicom::SegType::label_map) &&
                       dicom::writeSr(folder / "2", report) &&
                       dicom::writePresentationState(folder / "3", report.context, state) &&
                       dicom::writeKeyObjects(folder / "4", report.context, marked);
  if (!written) return 1;
  std::vector<std::string> corpus;
  for (const char* name : {"0", "1", "2", "3", "4"}) corpus.push_back(test::bytesOf(folder / name));
  const auto path = folder / "input.dcm";
  return test::fuzz("derived", corpus, [&](const std::string& bytes) {
    std::ofstream(path, std::ios::binary) << bytes;
    static_cast<void>(dicom::readSeg(path, grid, {.resample = true}));
    static_cast<void>(dicom::readSr(path));
    static_cast<void>(dicom::readPresentationState(path));
    static_cast<void>(dicom::readKeyObjects(path));
    static_cast<void>(dicom::readRegistration(path));
    if (const auto structures = dicom::readRtStructures(path)) {
      for (const auto& roi : structures->rois) static_cast<void>(dicom::maskOf(roi, grid));
    }
  });
}
