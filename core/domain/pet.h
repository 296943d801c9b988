#pragma once

#include <string>

namespace attest {

/// What a PET image says that its standardised uptake values depend on, as it says it. 0 or empty: absent.
struct PetInputs {
  std::string units;            ///< (0054,1001): BQML, CNTS, GML
  std::string suvType;          ///< (0054,1006), of GML: BW where absent
  std::string correctedImage;   ///< (0028,0051), values joined by a backslash
  std::string decayCorrection;  ///< (0054,1102): START, ADMIN, NONE
  std::string sex;              ///< M, F, O
  double weightKg = 0;
  double heightM = 0;
  double doseBq = 0;
  double halfLifeS = 0;
  std::string injectionDateTime;  ///< DICOM DT (0018,1078)
  std::string injectionTime;      ///< DICOM TM (0018,1072), on a day that it does not say
  std::string seriesDate;
  std::string seriesTime;
  std::string timezone;         ///< (0008,0201): "+0100", of the dates and times without one of their own
  std::string privateStart;     ///< DICOM DT of the scan's start, GE (0009,xx0D)
  double suvPerCount = 0;       ///< Philips (7053,xx00)
  double activityPerCount = 0;  ///< Philips (7053,xx09), Bq/ml
  bool operator==(const PetInputs&) const = default;
};

/// How the values of a PET block become uptake values. A factor of 0: not to be had.
struct Suv {
  double bw = 0;                ///< SUVbw (g/ml) of one unit of a rescaled value
  double lbmJames = 0;          ///< SUV by lean body mass (g/ml), of one SUVbw; the same for those below
  double lbmJanmahasatian = 0;  ///< the formula of Janmahasatian 2005
  double bsa = 0;               ///< by body surface (cm2/ml)
  double ibw = 0;               ///< by ideal body weight (g/ml)
  std::string words;            ///< what it was computed with: weight, dose, times
  bool operator==(const Suv&) const = default;
};

}  // namespace attest
