#pragma once

#include <optional>
#include <string>

#include "core/base/result.h"
#include "core/dicom/scan.h"
#include "core/domain/pet.h"

namespace attest::dicom {

/// Of a PET image; none for any other.
std::optional<PetInputs> readPet(Scan& scan);

/// The factors that make the rescaled values of a PET image uptake values. `earliest` is the first
/// acquisition of the series as DICOM DT, or empty. After the pseudo-code of QIBA (docest 550456):
/// attenuation and decay must be corrected; GML is SUVbw already, CNTS only with the factors of Philips, BQML
/// with weight, dose and, where the decay is corrected to the start of the scan, half-life and the time from
/// injection to that start: the series' date and time where they are not after the first acquisition, else
/// the start in GE's private element, else the first acquisition. Lean body mass by James 1976 and
/// Janmahasatian 2005, surface by DuBois 1916, ideal weight by Sugawara 1999. unsupported, with the reason,
/// where there is no SUV: nothing is assumed in place of what is missing.
Result<Suv> suvOf(const PetInputs& inputs, const std::string& earliest);

/// Seconds from 1970 of a DICOM DT; in UTC where it or `zone` says its offset. None where it is no date with
/// a time.
struct Moment {
  double seconds = 0;
  bool isUtc = false;
};
std::optional<Moment> momentOf(const std::string& dateTime, const std::string& zone);

}  // namespace attest::dicom
