#include <QCoreApplication>
#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "core/base/format.h"
#include "ui/parts/text.h"
#include "ui/words.h"

namespace attest::ui {
namespace {

QString tr(const char* source, int n = -1) {
  return QCoreApplication::translate("words", source, nullptr, n);
}

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

QString words(const review::Missing& missing, const CaseRecord& record) {
  const Item* item = findItem(record, ItemId{missing.finding});
  const QString label = item != nullptr ? text(item->label) : QString();
  switch (missing.code) {
    case review::MissingCode::unreviewed:
      return tr("Review “%1”").arg(label);
    case review::MissingCode::critical:
      return tr("An attending must acknowledge “%1”").arg(label);
    case review::MissingCode::prior_lesion:
      return tr("Check the earlier lesion “%1”").arg(label);
    case review::MissingCode::section_empty:
      return tr("Write the section “%1”").arg(sectionWords(missing.finding));
    case review::MissingCode::role:
      return tr("Your role may not sign; ask an attending");
    case review::MissingCode::stale:
      return item == nullptr ? tr("The case changed; look at it again")
                             : tr("Images came after “%1” was made; correct or reject it").arg(label);
    case review::MissingCode::run_active:
      return tr("Agents are still working; wait for them or stop them");
    case review::MissingCode::unread:
      break;
  }
  const Series* series = findSeries(record, SeriesUid{missing.finding});
  const QString named = series == nullptr ? QString() : text(series->info.description);
  return tr("Not all images seen: %1").arg(named.isEmpty() ? tr("a series") : named);
}

QString summary(const std::vector<review::Missing>& missing) {
  using review::MissingCode;
  const auto many = [&missing](MissingCode code) {
    return static_cast<int>(std::ranges::count(missing, code, &review::Missing::code));
  };
  const auto counted = [](const char* one, const char* more, int n) {
    return tr(n == 1 ? one : more).arg(n);
  };
  QStringList parts;
  if (const int n = many(MissingCode::unreviewed)) {
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
      parts << tr("%1 is empty").arg(sectionWords(one.finding).toLower());
  }
  if (many(MissingCode::role) > 0) parts << tr("your role may not sign");
  if (many(MissingCode::stale) > 0) parts << tr("the case changed");
  if (many(MissingCode::run_active) > 0) parts << tr("agents are still working");
  if (const int n = many(MissingCode::unread)) {
    parts << counted(QT_TRANSLATE_NOOP("words", "%1 series not fully seen"),
                     QT_TRANSLATE_NOOP("words", "%1 series not fully seen"), n);
  }
  return join(parts);
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
      {"review.delete", QT_TRANSLATE_NOOP("words", "delete")}};
  const auto act = acts.find(step.action);
  const QString verb = act == acts.end() ? tr("the last change") : tr(act->second);
  const auto& items = step.after.empty() ? step.before : step.after;
  return items.size() == 1 ? tr("%1 “%2”").arg(verb, text(items.front().label)) : verb;
}

QString age(const std::string& birthDate, const std::string& studyDate) {
  if (birthDate.size() != 8 || studyDate.size() != 8) return {};
  const int born = std::atoi(birthDate.c_str());
  const int then = std::atoi(studyDate.c_str());
  if (born <= 0 || then < born) return {};
  const int years = (then - born) / 10000;
  if (years >= 2) return tr("%1 y").arg(years);
  const int months = (then / 10000 - born / 10000) * 12 + then / 100 % 100 - born / 100 % 100 -
                     (then % 100 < born % 100 ? 1 : 0);
  return tr("%1 mo").arg(months);
}

QString sexAndAge(const Patient& patient, const std::string& studyDate) {
  QStringList parts;
  if (!patient.sex.empty()) parts << text(patient.sex);
  if (const QString years = age(patient.birthDate.reveal(), studyDate); !years.isEmpty()) parts << years;
  return parts.join(QLatin1Char(' '));
}

QString sizeWords(const Measurement& m) {
  if (m.voxels == 0) return {};
  if (!m.longestMm) return text(formatMl(m.volumeMm3));
  if (!m.perpendicularMm) return text(formatMm(*m.longestMm));
  return QStringLiteral("%1 × %2").arg(text(formatNumber(*m.longestMm, 1)),
                                       text(formatMm(*m.perpendicularMm)));
}

QString moreSizeWords(const Measurement& m, Unit unit) {
  QStringList parts;
  if (m.voxels == 0) return {};
  if (m.meanMm) parts << tr("mean %1").arg(text(formatMm(*m.meanMm)));
  if (m.longestMm) parts << text(formatMl(m.volumeMm3));
  if (m.values && unit == Unit::hu) parts << text(formatHu(m.values->mean));
  if (m.values && unit == Unit::suv_bw)
    parts << QStringLiteral("SUV %1").arg(text(formatNumber(m.values->mean, 2)));
  return join(parts);
}

QString secondsWords(double seconds) {
  if (!std::isfinite(seconds) || seconds <= 0) return {};
  if (seconds < 60) return tr("%1 s").arg(text(formatNumber(seconds, 1)));
  const int whole = static_cast<int>(seconds);
  return tr("%1 min %2 s").arg(whole / 60).arg(whole % 60);
}

}  // namespace attest::ui
