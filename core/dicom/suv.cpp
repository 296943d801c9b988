#include "core/dicom/suv.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cmath>
#include <string_view>

#include "core/base/format.h"

namespace attest::dicom {
namespace {

constexpr double day = 86400;
constexpr double mostHalfLives = 10;  // a dose decayed to a thousandth is a wrong date, not a scan
constexpr double leastDoseBq = 1e4;   // below it, the dose was written in MBq

tl::unexpected<Error> none(const std::string& why) {
  return fail(ErrorCode::unsupported, "no SUV: " + why);
}

bool holds(std::string_view values, std::string_view word) {
  while (!values.empty()) {
    const auto end = std::min(values.find('\\'), values.size());
    if (values.substr(0, end) == word) return true;
    values.remove_prefix(std::min(end + 1, values.size()));
  }
  return false;
}

// Exactly `count` digits; -1 where they are none.
int digits(std::string_view text, std::size_t at, std::size_t count) {
  int value = -1;
  if (at + count > text.size()) return -1;
  const char* end = text.data() + at + count;
  const auto [stop, error] = std::from_chars(text.data() + at, end, value);
  return error == std::errc{} && stop == end ? value : -1;
}

// Seconds east of Greenwich of "+0130".
std::optional<double> offsetOf(std::string_view zone) {
  if (zone.size() != 5 || (zone[0] != '+' && zone[0] != '-')) return std::nullopt;
  const int hours = digits(zone, 1, 2);
  const int minutes = digits(zone, 3, 2);
  if (hours < 0 || minutes < 0) return std::nullopt;
  return (zone[0] == '-' ? -1 : 1) * (hours * 3600.0 + minutes * 60.0);
}

// Seconds since midnight of "HHMMSS.ffffff"; what is left out on the right is 0.
std::optional<double> secondsOf(std::string_view time) {
  const int hours = digits(time, 0, 2);
  const int minutes = time.size() > 2 ? digits(time, 2, 2) : 0;
  const int seconds = time.size() > 4 ? digits(time, 4, 2) : 0;
  if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59 || seconds < 0 || seconds > 60)
    return std::nullopt;
  double fraction = 0;
  if (time.size() > 7 && time[6] == '.')
    std::from_chars(time.data() + 6, time.data() + time.size(), fraction);
  return hours * 3600.0 + minutes * 60.0 + seconds + fraction;
}

std::optional<double> daySeconds(std::string_view date) {
  const std::chrono::year_month_day ymd{std::chrono::year(digits(date, 0, 4)),
                                        std::chrono::month(static_cast<unsigned>(digits(date, 4, 2))),
                                        std::chrono::day(static_cast<unsigned>(digits(date, 6, 2)))};
  if (date.size() != 8 || !ymd.ok()) return std::nullopt;
  return static_cast<double>(std::chrono::sys_days(ymd).time_since_epoch().count()) * day;
}

// When the scan began: see the header.
std::optional<Moment> scanStart(const PetInputs& in, const std::string& earliest) {
  const auto series = momentOf(in.seriesDate + in.seriesTime, in.timezone);
  const auto first = momentOf(earliest, in.timezone);
  if (series && (!first || series->seconds <= first->seconds)) return series;
  if (const auto start = momentOf(in.privateStart, in.timezone)) return start;
  return first;
}

// Seconds from the injection to the start of the scan.
Result<double> uptakeTime(const PetInputs& in, const std::string& earliest) {
  const auto start = scanStart(in, earliest);
  const auto injection = momentOf(in.injectionDateTime, in.timezone);
  double seconds = 0;
  if (start && injection && start->isUtc == injection->isUtc) {
    seconds = start->seconds - injection->seconds;
  } else if (start && injection) {  // only one says its zone: both are the clock on the wall
    const std::size_t zone = std::min(in.injectionDateTime.find_first_of("+-"), in.injectionDateTime.size());
    PetInputs local = in;
    local.timezone.clear();
    local.injectionDateTime.resize(zone);
    const auto begin = scanStart(local, earliest);
    seconds = begin->seconds - momentOf(local.injectionDateTime, {})->seconds;
  } else {
    // A time without its day is of the day of the scan, or of the one before where that would be later.
    const auto injected = secondsOf(in.injectionTime);
    if (!injected) return none("no start of the injection (0018,1078) or (0018,1072)");
    const std::string clock =
        in.seriesTime.empty() && earliest.size() > 8 ? earliest.substr(8) : in.seriesTime;
    const auto wall = start
                          ? std::optional(std::fmod(
                                start->seconds + (start->isUtc ? offsetOf(in.timezone).value_or(0) : 0), day))
                          : secondsOf(clock);
    if (!wall) return none("no time at which the scan began");
    seconds = *wall - *injected;
    if (seconds < 0) seconds += day;
  }
  if (seconds < 0) return none("the injection is later than the scan");
  return seconds;
}

// Uptake by other sizes of the body, of one SUVbw; 0 where height or sex are not known.
void addSizes(Suv& suv, const PetInputs& in) {
  const double kg = in.weightKg;
  const double cm = 100 * in.heightM;
  if (kg <= 0 || cm < 20 || cm > 300) return;
  suv.bsa = 10 * 0.007184 * std::pow(kg, 0.425) * std::pow(cm, 0.725) / kg;  // m2 and kg to cm2 and g
  const bool male = in.sex == "M";
  if (!male && in.sex != "F") return;
  const double ratio = kg / cm;
  const double bmi = kg / (in.heightM * in.heightM);
  const double james = male ? 1.10 * kg - 128 * ratio * ratio : 1.07 * kg - 148 * ratio * ratio;
  const double janmahasatian = male ? 9270 * kg / (6680 + 216 * bmi) : 9270 * kg / (8780 + 244 * bmi);
  const double ideal = male ? 48.0 + 1.06 * (cm - 152) : 45.5 + 0.91 * (cm - 152);
  const auto part = [&](double mass) { return mass > 0 ? mass / kg : 0; };  // James turns at great weight
  suv.lbmJames = part(james);
  suv.lbmJanmahasatian = part(janmahasatian);
  suv.ibw = part(ideal);
}

// Of activity in Bq/ml.
Result<Suv> fromActivity(const PetInputs& in, const std::string& earliest) {
  if (in.weightKg <= 0) return none("no weight of the patient (0010,1030)");
  if (in.doseBq <= 0) return none("no injected dose (0018,1074), or several injections");
  if (in.doseBq < leastDoseBq) return none("an injected dose (0018,1074) that is not in Bq");
  std::string when = "decay corrected to the injection";
  double dose = in.doseBq;
  if (in.decayCorrection == "START") {
    if (in.halfLifeS <= 0) return none("no half-life (0018,1075)");
    ATTEST_TRY(const double seconds, uptakeTime(in, earliest));
    if (seconds > mostHalfLives * in.halfLifeS)
      return none("the injection is more than ten half-lives before the scan");
    dose *= std::exp2(-seconds / in.halfLifeS);
    when = formatNumber(seconds / 60, 1) + " min before the scan, " + formatNumber(dose / 1e6, 1) +
           " MBq at its start";
  } else if (in.decayCorrection != "ADMIN") {
    return none(in.decayCorrection == "NONE" ? "the decay is not corrected"
                                             : "no word about Decay Correction (0054,1102)");
  }
  Suv suv;
  suv.bw = 1000 * in.weightKg / dose;
  suv.words =
      formatNumber(in.weightKg, 1) + " kg, " + formatNumber(in.doseBq / 1e6, 1) + " MBq injected " + when;
  return suv;
}

}  // namespace

std::optional<Moment> momentOf(const std::string& dateTime, const std::string& zone) {
  const std::string_view text = dateTime;
  const std::size_t end = text.size() > 8 ? std::min(text.find_first_of("+-", 8), text.size()) : text.size();
  if (end < 10) return std::nullopt;
  const auto date = daySeconds(text.substr(0, 8));
  const auto time = secondsOf(text.substr(8, end - 8));
  if (!date || !time) return std::nullopt;
  auto offset = offsetOf(text.substr(end));
  if (!offset) offset = offsetOf(zone);
  return Moment{*date + *time - offset.value_or(0), offset.has_value()};
}

Result<Suv> suvOf(const PetInputs& in, const std::string& earliest) {
  if (!holds(in.correctedImage, "ATTN")) return none("attenuation is not corrected (0028,0051)");
  if (!holds(in.correctedImage, "DECY")) return none("decay is not corrected (0028,0051)");
  Suv suv;
  if (in.units == "GML") {
    if (!in.suvType.empty() && in.suvType != "BW") return none("the values are SUV by " + in.suvType);
    suv.bw = 1;
    suv.words = "as the scanner computed it";
  } else if (in.units == "CNTS" && in.suvPerCount > 0) {
    suv.bw = in.suvPerCount;
    suv.words = "by the scanner's factor a count";
  } else if (in.units == "BQML" || (in.units == "CNTS" && in.activityPerCount > 0)) {
    ATTEST_TRY(suv, fromActivity(in, earliest));
    if (in.units == "CNTS") suv.bw *= in.activityPerCount;
  } else if (in.units == "CNTS") {
    return none("counts without a factor to activity");
  } else {
    return none("units (0054,1001) " + (in.units.empty() ? "are not said" : in.units));
  }
  addSizes(suv, in);
  return suv;
}

}  // namespace attest::dicom
