// Uptake values: every precondition, and the reason where one is missing.

#include "core/dicom/suv.h"

#include <gmock/gmock.h>

#include <cmath>
#include <functional>

namespace attest::dicom {
namespace {

using testing::HasSubstr;

constexpr double halfLife = 6000;

// Injected an hour before the scan: 70 kg, 370 MBq, half-life 100 minutes.
PetInputs usual() {
  PetInputs in;
  in.units = "BQML";
  in.correctedImage = "NORM\\DTIM\\ATTN\\SCAT\\DECY";
  in.decayCorrection = "START";
  in.sex = "F";
  in.weightKg = 70;
  in.heightM = 1.6;
  in.doseBq = 370e6;
  in.halfLifeS = halfLife;
  in.injectionTime = "091500";
  in.seriesDate = "20260801";
  in.seriesTime = "101500";
  return in;
}

constexpr const char* firstSlice = "20260801101700";
double factorAfter(double seconds) {
  return 70e3 / (370e6 * std::exp2(-seconds / halfLife));
}

struct Row {
  const char* what;
  std::function<void(PetInputs&)> change;
  double factor;       // 0: refused
  const char* reason;  // of a refusal
  const char* earliest = firstSlice;
};

class Uptake : public testing::TestWithParam<Row> {};

TEST_P(Uptake, IsComputedOrRefusedWithItsReason) {
  const Row& row = GetParam();
  PetInputs in = usual();
  row.change(in);
  const auto suv = suvOf(in, row.earliest);
  if (row.factor > 0) {
    ASSERT_TRUE(suv) << row.what << ": " << suv.error().detail;
    EXPECT_NEAR(suv->bw / row.factor, 1, 1e-12) << row.what;
  } else {
    ASSERT_FALSE(suv) << row.what;
    EXPECT_EQ(suv.error().code, ErrorCode::unsupported);
    EXPECT_THAT(suv.error().detail, HasSubstr(row.reason)) << row.what;
  }
}

const Row rows[] = {
    {"as usual", [](PetInputs&) {}, factorAfter(3600), ""},
    {"decay corrected to the injection", [](PetInputs& in) { in.decayCorrection = "ADMIN"; }, factorAfter(0),
     ""},
    {"not decay corrected", [](PetInputs& in) { in.decayCorrection = "NONE"; }, 0, "decay is not corrected"},
    {"silent about decay", [](PetInputs& in) { in.decayCorrection = ""; }, 0, "(0054,1102)"},
    {"no attenuation", [](PetInputs& in) { in.correctedImage = "DECY\\NOATTN"; }, 0, "attenuation"},
    {"no decay", [](PetInputs& in) { in.correctedImage = "ATTN"; }, 0, "decay is not corrected (0028,0051)"},
    {"no weight", [](PetInputs& in) { in.weightKg = 0; }, 0, "no weight"},
    {"no dose", [](PetInputs& in) { in.doseBq = 0; }, 0, "no injected dose"},
    {"a dose in MBq", [](PetInputs& in) { in.doseBq = 370; }, 0, "not in Bq"},
    {"no half-life", [](PetInputs& in) { in.halfLifeS = 0; }, 0, "no half-life"},
    {"no injection", [](PetInputs& in) { in.injectionTime = ""; }, 0, "no start of the injection"},
    {"no time of the scan", [](PetInputs& in) { in.seriesTime = ""; }, 0, "no time at which", ""},
    {"no date at all", [](PetInputs& in) { in.seriesDate = ""; }, factorAfter(3600), "", "101700"},
    {"over midnight",
     [](PetInputs& in) {
       in.injectionTime = "233000";
       in.seriesTime = "003000.00";
     },
     factorAfter(3600), "", "20260801003500"},
    {"over midnight, dated",
     [](PetInputs& in) {
       in.injectionDateTime = "20260731233000.00";
       in.seriesTime = "003000";
     },
     factorAfter(3600), "", "20260801003500"},
    {"injected after the scan", [](PetInputs& in) { in.injectionDateTime = "20260801120000"; }, 0, "later"},
    {"injected in another year", [](PetInputs& in) { in.injectionDateTime = "19010101091500"; }, 0,
     "ten half-lives"},
    {"another zone",
     [](PetInputs& in) {
       in.injectionDateTime = "20260801081500.000000+0100";
       in.timezone = "+0200";
     },
     factorAfter(3600), ""},
    {"a zone that the scan does not say", [](PetInputs& in) { in.injectionDateTime = "20260801091500+0100"; },
     factorAfter(3600), ""},
    {"a zone, and only the time of day", [](PetInputs& in) { in.timezone = "-0500"; }, factorAfter(3600), ""},
    {"a series made later: the first slice counts", [](PetInputs& in) { in.seriesTime = "154500"; },
     factorAfter(3720), ""},
    {"a series made later by GE: its own start counts",
     [](PetInputs& in) {
       in.seriesTime = "154500";
       in.privateStart = "20260801101600.00";
     },
     factorAfter(3660), ""},
    {"already SUV",
     [](PetInputs& in) {
       in = {};
       in.units = "GML";
       in.correctedImage = "ATTN\\DECY";
     },
     1, ""},
    {"SUV by another size",
     [](PetInputs& in) {
       in.units = "GML";
       in.suvType = "LBM";
     },
     0, "SUV by LBM"},
    {"counts of Philips with SUV",
     [](PetInputs& in) {
       in.units = "CNTS";
       in.suvPerCount = 0.0004;
       in.activityPerCount = 2;
     },
     0.0004, ""},
    {"counts of Philips with activity",
     [](PetInputs& in) {
       in.units = "CNTS";
       in.activityPerCount = 2;
     },
     2 * factorAfter(3600), ""},
    {"counts alone", [](PetInputs& in) { in.units = "CNTS"; }, 0, "counts without a factor"},
    {"another unit", [](PetInputs& in) { in.units = "PROPCPS"; }, 0, "PROPCPS"},
};
INSTANTIATE_TEST_SUITE_P(Table, Uptake, testing::ValuesIn(rows));

TEST(UptakeBySize, FollowsEachFormula) {
  PetInputs in = usual();
  const Suv woman = suvOf(in, firstSlice).value();
  EXPECT_NEAR(woman.lbmJames * 70, 1.07 * 70 - 148 * (70.0 / 160) * (70.0 / 160), 1e-9);
  EXPECT_NEAR(woman.lbmJanmahasatian * 70, 9270 * 70 / (8780 + 244 * 70 / 2.56), 1e-9);
  EXPECT_NEAR(woman.ibw * 70, 52.78, 1e-9);
  EXPECT_NEAR(woman.bsa * 7, 1.7317, 1e-3) << "DuBois: 1.73 m2";
  in.sex = "M";
  const Suv man = suvOf(in, firstSlice).value();
  EXPECT_NEAR(man.lbmJames * 70, 1.10 * 70 - 128 * (70.0 / 160) * (70.0 / 160), 1e-9);
  EXPECT_NEAR(man.lbmJanmahasatian * 70, 9270 * 70 / (6680 + 216 * 70 / 2.56), 1e-9);
  EXPECT_NEAR(man.ibw * 70, 56.48, 1e-9);
  in.sex = "O";
  EXPECT_EQ(suvOf(in, firstSlice).value().lbmJames, 0) << "no formula without a sex";
  in.heightM = 0;
  EXPECT_EQ(suvOf(in, firstSlice).value().bsa, 0) << "no surface without a height";
}

}  // namespace
}  // namespace attest::dicom
