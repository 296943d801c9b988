#pragma once

#include <string>
#include <vector>

#include "core/domain/case_record.h"
#include "core/imaging/reslice.h"
#include "core/view/viewport.h"

namespace attest::view {

/// Lines of text in the four corners, top line first. The two top corners tell who the patient is: they go to
/// the screen and nowhere else.
struct CornerTexts {
  std::vector<std::string> topLeft;      ///< name, id, birth date and sex
  std::vector<std::string> topRight;     ///< study, series, date and time
  std::vector<std::string> bottomLeft;   ///< window, zoom, slice
  std::vector<std::string> bottomRight;  ///< slab or slice step, position in mm
  std::string lengthUnit = "mm";         ///< of lengths in this picture, as lengthUnit() has it
  bool operator==(const CornerTexts&) const = default;
};

/// `grid` is that of the volume shown. Zoom is the size of a voxel on the screen: 100 % is one pixel.
CornerTexts cornerTexts(const CaseRecord& record, const ViewportState& state, const Grid& grid,
                        const imaging::Plane& plane);

/// What a length in the picture of a block may be called: "mm", "mm (projected)", "mm (at detector)",
/// "mm (calibrated)", "mm (region)", or "px" where the size of its pixels is not known.
std::string lengthUnit(const Block& block);
/// "PHANTOM, Chest A" from "PHANTOM^Chest A"; only the first of several representations.
std::string personName(const std::string& dicomName);
/// All of them: "Yamada, Tarou · 山田, 太郎 · やまだ, たろう".
std::string personNames(const std::string& dicomName);
/// "2026-08-14" from "20260814", "09:12" from "091230.250"; anything else unchanged.
std::string readableDate(const std::string& dicomDate);
std::string readableTime(const std::string& dicomTime);
/// "R 41.0 P 12.4 H 148.5 mm": a position with the letters of its half spaces instead of signs.
std::string readablePosition(Vec3 patientMm);

}  // namespace attest::view
