#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>
#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "core/base/format.h"
#include "core/view/corner_texts.h"
#include "ui/parts/text.h"
#include "ui/words.h"

namespace attest::ui {
namespace {

struct Words {
  Q_DECLARE_TR_FUNCTIONS(words)
};

QString join(const QStringList& parts) {
  return parts.join(QStringLiteral(" · "));
}

QString sectionWords(const std::string& section) {
  for (const SectionKind kind : sectionKinds) {
    if (section == attest::name(kind)) return words(kind);
  }
  return text(section);
}

}  // namespace

QString inSentence(const QString& word) {
  return QLocale().language() == QLocale::German ? word : word.toLower();
}

QString words(const review::Missing& missing, const CaseRecord& record) {
  const Item* item = findItem(record, ItemId{missing.finding});
  const CarriedLesion* lesion = review::findLesion(record, ItemId{missing.finding});
  const QString label = item != nullptr     ? term(item->label)
                        : lesion != nullptr ? term(lesion->label)
                                            : QString();
  switch (missing.code) {
    case review::MissingCode::unreviewed:
      if (item == nullptr)
        return Words::tr("Say that your own read is done, then look at what the agents propose");
      return Words::tr("Review “%1”").arg(label);
    case review::MissingCode::critical:
      return Words::tr("An attending must acknowledge “%1”").arg(label);
    case review::MissingCode::prior_lesion:
      return Words::tr("Check the earlier lesion “%1”").arg(label);
    case review::MissingCode::section_empty:
      return Words::tr("Write the section “%1”").arg(sectionWords(missing.finding));
    case review::MissingCode::role:
      return Words::tr("Your role may not sign; ask an attending");
    case review::MissingCode::stale:
      return item == nullptr ? Words::tr("The case changed; look at it again")
                             : Words::tr("Images came after “%1” was made; correct or reject it").arg(label);
    case review::MissingCode::run_active:
      return Words::tr("Agents are still working; wait for them or stop them");
    case review::MissingCode::unread:
      break;
  }
  const Series* series = findSeries(record, SeriesUid{missing.finding});
  const QString named = series == nullptr ? QString() : text(series->info.description);
  return Words::tr("Not all images seen: %1").arg(named.isEmpty() ? Words::tr("a series") : named);
}

QString summary(const std::vector<review::Missing>& missing) {
  using review::MissingCode;
  const auto many = [&missing](MissingCode code) {
    return static_cast<int>(std::ranges::count(missing, code, &review::Missing::code));
  };
  const auto counted = [](const char* one, const char* more, int n) {
    return Words::tr(n == 1 ? one : more).arg(n);
  };
  QStringList parts;
  const bool hidden =
      std::ranges::find(missing, review::Missing{MissingCode::unreviewed, ""}) != missing.end();
  if (hidden) parts << Words::tr("your own read is not done yet");
  if (const int n = many(MissingCode::unreviewed) - (hidden ? 1 : 0); n > 0) {
    parts << counted(QT_TRANSLATE_NOOP("words", "%1 finding to review"),
                     QT_TRANSLATE_NOOP("words", "%1 findings to review"), n);
  }
  if (const int n = many(MissingCode::critical)) {
    parts << counted(QT_TRANSLATE_NOOP("words", "%1 critical finding to acknowledge"),
                     QT_TRANSLATE_NOOP("words", "%1 critical findings to acknowledge"), n);
  }
  if (const int n = many(MissingCode::prior_lesion)) {
    parts << counted(QT_TRANSLATE_NOOP("words", "%1 prior lesion to check"),
                     QT_TRANSLATE_NOOP("words", "%1 prior lesions to check"), n);
  }
  for (const review::Missing& one : missing) {
    if (one.code == MissingCode::section_empty)
      parts << Words::tr("%1 is empty").arg(inSentence(sectionWords(one.finding)));
  }
  if (many(MissingCode::role) > 0) parts << Words::tr("your role may not sign");
  if (many(MissingCode::stale) > 0) parts << Words::tr("the case changed");
  if (many(MissingCode::run_active) > 0) parts << Words::tr("agents are still working");
  if (const int n = many(MissingCode::unread)) {
    parts << counted(QT_TRANSLATE_NOOP("words", "%1 series not fully seen"),
                     QT_TRANSLATE_NOOP("words", "%1 series not fully seen"), n);
  }
  QString said = join(parts);
  if (!said.isEmpty()) said[0] = said[0].toUpper();
  return said;
}

QString words(const session::UndoStep& step) {
  static const std::map<std::string, const char*> acts{
      {"review.accept", QT_TRANSLATE_NOOP("words", "accept")},
      {"review.reject", QT_TRANSLATE_NOOP("words", "reject")},
      {"review.correct", QT_TRANSLATE_NOOP("words", "correct")},
      {"review.unsure", QT_TRANSLATE_NOOP("words", "mark as unsure")},
      {"review.relabel", QT_TRANSLATE_NOOP("words", "rename")},
      {"review.confirm_structures", QT_TRANSLATE_NOOP("words", "confirm structures")},
      {"review.dismiss", QT_TRANSLATE_NOOP("words", "dismiss")},
      {"review.draw", QT_TRANSLATE_NOOP("words", "draw")},
      {"review.delete", QT_TRANSLATE_NOOP("words", "delete")},
      {"review.lesion_measured", QT_TRANSLATE_NOOP("words", "measured")},
      {"review.lesion_resolved", QT_TRANSLATE_NOOP("words", "resolved")},
      {"review.lesion_not_evaluable", QT_TRANSLATE_NOOP("words", "not evaluable")}};
  const auto act = acts.find(step.action);
  const QString verb = act == acts.end() ? Words::tr("the last change") : Words::tr(act->second);
  const auto& items = step.after.empty() ? step.before : step.after;
  const std::string label = items.size() == 1          ? items.front().label
                            : step.lesions.size() == 1 ? step.lesions.front().label
                                                       : "";
  return label.empty() ? verb : Words::tr("%1 “%2”").arg(verb, term(label));
}

QString local(const std::string& figures) {
  QString said = text(figures);
  const QString sign = QLocale().decimalPoint();
  for (qsizetype i = 1; i + 1 < said.size(); ++i) {
    if (said[i] == QLatin1Char('.') && said[i - 1].isDigit() && said[i + 1].isDigit()) {
      said.replace(i, 1, sign);
    }
  }
  return said;
}

QString dayWords(const std::string& dicomDate) {
  const QDate day = QDate::fromString(text(dicomDate), QStringLiteral("yyyyMMdd"));
  return day.isValid() ? QLocale().toString(day, Words::tr("yyyy-MM-dd", "how a day is written"))
                       : text(dicomDate);
}

QString momentWords(const std::string& dicomDate, const std::string& dicomTime) {
  return QStringLiteral("%1 %2").arg(dayWords(dicomDate), text(view::readableTime(dicomTime))).trimmed();
}

QString momentWords(Time time) {
  const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(time.time_since_epoch()).count();
  return QLocale().toString(QDateTime::fromMSecsSinceEpoch(ms),
                            Words::tr("yyyy-MM-dd HH:mm", "how a moment is written"));
}

QString age(const std::string& birthDate, const std::string& studyDate) {
  if (birthDate.size() != 8 || studyDate.size() != 8) return {};
  const int born = std::atoi(birthDate.c_str());
  const int then = std::atoi(studyDate.c_str());
  if (born <= 0 || then < born) return {};
  const int years = (then - born) / 10000;
  if (years >= 2) return Words::tr("%1 y").arg(years);
  const int months = (then / 10000 - born / 10000) * 12 + then / 100 % 100 - born / 100 % 100 -
                     (then % 100 < born % 100 ? 1 : 0);
  return Words::tr("%1 mo").arg(months);
}

QString sexAndAge(const Patient& patient, const std::string& studyDate) {
  QStringList parts;
  if (!patient.sex.empty()) parts << term(patient.sex);
  if (const QString years = age(patient.birthDate.reveal(), studyDate); !years.isEmpty()) parts << years;
  return parts.join(QLatin1Char(' '));
}

QString sizeWords(const Measurement& m) {
  if (m.voxels == 0) return {};
  if (!m.longestMm) return local(formatMl(m.volumeMm3));
  if (!m.perpendicularMm) return local(formatMm(*m.longestMm));
  return QStringLiteral("%1 × %2").arg(local(formatNumber(*m.longestMm, 1)),
                                       local(formatMm(*m.perpendicularMm)));
}

QString moreSizeWords(const Measurement& m, Unit unit) {
  QStringList parts;
  if (m.voxels == 0) return {};
  if (m.meanMm) parts << Words::tr("mean %1").arg(local(formatMm(*m.meanMm)));
  if (m.longestMm) parts << local(formatMl(m.volumeMm3));
  if (m.values && unit == Unit::hu) parts << local(formatHu(m.values->mean));
  if (m.values && unit == Unit::suv_bw)
    parts << QStringLiteral("SUV %1").arg(local(formatNumber(m.values->mean, 2)));
  return join(parts);
}

QString growthWords(const Growth& growth, int days) {
  const QString factor = local(formatNumber(growth.volumeFactor, growth.volumeFactor < 10 ? 2 : 1));
  if (growth.change == Change::stable)
    return Words::tr("volume ×%1 in %2 days, within error").arg(factor).arg(days);
  QStringList parts{Words::tr("volume ×%1 in %2 days").arg(factor).arg(days)};
  if (growth.doublingDays)
    parts << Words::tr("doubling time %1 days").arg(local(formatNumber(*growth.doublingDays, 0)));
  return join(parts);
}

QString earlierWords(const EarlierLesion& earlier) {
  const Measurement& m = earlier.measurement;
  QStringList parts{Words::tr("prior %1").arg(sizeWords(m))};
  if (m.longestMm) parts << local(formatMl(m.volumeMm3));
  parts << dayWords(earlier.studyDate);
  return join(parts);
}

QString secondsWords(double seconds) {
  if (!std::isfinite(seconds) || seconds <= 0) return {};
  if (seconds < 60) return Words::tr("%1 s").arg(local(formatNumber(seconds, 1)));
  const int whole = static_cast<int>(seconds);
  return Words::tr("%1 min %2 s").arg(whole / 60).arg(whole % 60);
}

}  // namespace attest::ui
