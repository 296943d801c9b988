#pragma once

#include "core/domain/code.h"

namespace attest::dicom::codes {

// Concepts of TID 1500 and what it includes; tests/core/dicom compares them with DCMTK's own tables.

inline const Code report{"DCM", "126000", "Imaging Measurement Report"};
inline const Code language{"DCM", "121049", "Language of Content Item and Descendants"};
inline const Code english{"RFC5646", "en", "English"};
inline const Code observerType{"DCM", "121005", "Observer Type"};
inline const Code person{"DCM", "121006", "Person"};
inline const Code device{"DCM", "121007", "Device"};
inline const Code personName{"DCM", "121008", "Person Observer Name"};
inline const Code deviceUid{"DCM", "121012", "Device Observer UID"};
inline const Code deviceName{"DCM", "121013", "Device Observer Name"};
inline const Code deviceManufacturer{"DCM", "121014", "Device Observer Manufacturer"};
inline const Code deviceModel{"DCM", "121015", "Device Observer Model Name"};
inline const Code procedure{"DCM", "121058", "Procedure reported"};
inline const Code imageLibrary{"DCM", "111028", "Image Library"};
inline const Code imageGroup{"DCM", "126200", "Image Library Group"};
inline const Code modality{"DCM", "121139", "Modality"};
inline const Code frameOfReference{"DCM", "112227", "Frame of Reference UID"};
inline const Code measurements{"DCM", "126010", "Imaging Measurements"};
inline const Code measurementGroup{"DCM", "125007", "Measurement Group"};
inline const Code trackingId{"DCM", "112039", "Tracking Identifier"};
inline const Code trackingUid{"DCM", "112040", "Tracking Unique Identifier"};
inline const Code findingCategory{"SCT", "276214006", "Finding category"};
inline const Code finding{"DCM", "121071", "Finding"};
inline const Code findingSite{"SCT", "363698007", "Finding Site"};
inline const Code laterality{"SCT", "272741003", "Laterality"};
inline const Code referencedSegment{"DCM", "121191", "Referenced Segment"};
inline const Code sourceSeries{"DCM", "121232", "Source series for segmentation"};
inline const Code algorithmName{"DCM", "111001", "Algorithm Name"};
inline const Code algorithmParameters{"DCM", "111002", "Algorithm Parameters"};
inline const Code algorithmVersion{"DCM", "111003", "Algorithm Version"};
inline const Code derivation{"DCM", "121401", "Derivation"};
inline const Code qualitative{"UMLS", "C0034375", "Qualitative Evaluations"};
inline const Code path{"DCM", "121055", "Path"};
inline const Code impression{"DCM", "121073", "Impression"};
inline const Code verdict{"99ATTEST", "verdict", "Reader's verdict"};

// Measurements (CID 7469), how they are derived (CID 7464), their units (CID 7181).
inline const Code volume{"SCT", "118565006", "Volume"};
inline const Code longAxis{"SCT", "103339001", "Long Axis"};
inline const Code shortAxis{"SCT", "103340004", "Short Axis"};
inline const Code attenuation{"DCM", "112031", "Attenuation Coefficient"};
inline const Code uptake{"DCM", "126401", "SUVbw"};
inline const Code activity{"DCM", "110821", "Nuclear Medicine Tomographic Activity"};
inline const Code mean{"SCT", "373098007", "Mean"};
inline const Code standardDeviation{"SCT", "386136009", "Standard Deviation"};
inline const Code minimum{"SCT", "255605001", "Minimum"};
inline const Code maximum{"SCT", "56851009", "Maximum"};
inline const Code mm{"UCUM", "mm", "millimeter"};
inline const Code mm3{"UCUM", "mm3", "cubic millimeter"};
inline const Code hounsfield{"UCUM", "[hnsf'U]", "Hounsfield Unit"};
inline const Code suvBw{"UCUM", "g/ml{SUVbw}", "Standardized Uptake Value body weight"};
inline const Code bqPerMl{"UCUM", "Bq/ml", "Becquerels/milliliter"};

}  // namespace attest::dicom::codes
