#pragma once

#include <string>

namespace attest {

// The one way a clinical number becomes text: screen, report, PDF and CSV say the same. "n/a" where it is not
// finite. The decimal sign is a point everywhere; ui may localise it.

/// Lengths: one decimal, "12.4 mm".
std::string formatMm(double mm);
/// Volumes, given in mm3, shown in mL: two decimals below 10 mL, one below 100, else none: "0.21 mL", "2840
/// mL".
std::string formatMl(double volumeMm3);
/// Whole HU, with a real minus sign (U+2212): "−12 HU".
std::string formatHu(double hu);
/// A number with that many decimals and a real minus sign.
std::string formatNumber(double value, int decimals);
/// A date of DICOM (DA) as ISO 8601: "2026-08-14" from "20260814"; anything else unchanged.
std::string formatDate(const std::string& dicomDate);

}  // namespace attest
