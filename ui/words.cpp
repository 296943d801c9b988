#include "ui/words.h"

#include <QCoreApplication>

#include <cmath>
#include <map>

#include "core/base/format.h"
#include "ui/parts/text.h"

namespace attest::ui {
namespace {

QString tr(const char* source, int n = -1) {
  return QCoreApplication::translate("words", source, nullptr, n);
}

}  // namespace

QString words(CaseStatus status) {
  switch (status) {
    case CaseStatus::received:
      return tr("received");
    case CaseStatus::analyzing:
      return tr("analyzing");
    case CaseStatus::ready:
      return tr("ready");
    case CaseStatus::in_review:
      return tr("in review");
    case CaseStatus::approved:
      return tr("signed");
    case CaseStatus::delivered:
      return tr("delivered");
    case CaseStatus::failed:
      return tr("agents failed");
  }
  return {};
}

Tone tone(CaseStatus status) {
  switch (status) {
    case CaseStatus::ready:
      return Tone::accent;
    case CaseStatus::in_review:
      return Tone::caution;
    case CaseStatus::approved:
    case CaseStatus::delivered:
      return Tone::good;
    case CaseStatus::failed:
      return Tone::danger;
    default:
      return Tone::neutral;
  }
}

QString words(Priority priority) {
  switch (priority) {
    case Priority::stat:
      return tr("STAT");
    case Priority::urgent:
      return tr("urgent");
    case Priority::routine:
      return tr("routine");
    case Priority::research:
      return tr("research");
  }
  return {};
}

QString words(ItemState state) {
  switch (state) {
    case ItemState::proposed:
      return tr("to review");
    case ItemState::accepted:
      return tr("accepted");
    case ItemState::corrected:
      return tr("corrected");
    case ItemState::rejected:
      return tr("rejected");
    case ItemState::manual:
      return tr("drawn by you");
    case ItemState::confirmed:
      return tr("confirmed");
    case ItemState::dismissed:
      return tr("dismissed");
  }
  return {};
}

Tone tone(ItemState state) {
  switch (state) {
    case ItemState::proposed:
      return Tone::caution;
    case ItemState::accepted:
    case ItemState::corrected:
    case ItemState::confirmed:
      return Tone::good;
    case ItemState::manual:
      return Tone::accent;
    default:
      return Tone::neutral;
  }
}

QString words(StepState state) {
  switch (state) {
    case StepState::queued:
      return tr("waiting");
    case StepState::running:
      return tr("running");
    case StepState::done:
      return tr("done");
    case StepState::failed:
      return tr("failed");
    case StepState::skipped:
      return tr("skipped");
    case StepState::cancelled:
      return tr("stopped");
  }
  return {};
}

Tone tone(StepState state) {
  switch (state) {
    case StepState::running:
      return Tone::accent;
    case StepState::done:
      return Tone::good;
    case StepState::failed:
      return Tone::danger;
    case StepState::skipped:
      return Tone::caution;
    default:
      return Tone::neutral;
  }
}

QString words(SectionKind kind) {
  switch (kind) {
    case SectionKind::indication:
      return tr("Indication");
    case SectionKind::technique:
      return tr("Technique");
    case SectionKind::comparison:
      return tr("Comparison");
    case SectionKind::findings:
      return tr("Findings");
    case SectionKind::impression:
      return tr("Impression");
  }
  return {};
}

QString words(Role role) {
  switch (role) {
    case Role::reader:
      return tr("reader");
    case Role::resident:
      return tr("resident");
    case Role::attending:
      return tr("attending");
    case Role::admin:
      return tr("administrator");
  }
  return {};
}

QString roleExplained(Role role) {
  switch (role) {
    case Role::reader:
      return tr("reads: accepts, corrects and rejects findings, writes the report, signs");
    case Role::resident:
      return tr("the same, but somebody else signs");
    case Role::attending:
      return tr("reads and signs, and acknowledges critical findings");
    case Role::admin:
      return tr("adds readers, governs the agents, reads the audit trail");
  }
  return {};
}

QString words(session::Tool tool) {
  switch (tool) {
    case session::Tool::window:
      return tr("W/L");
    case session::Tool::scroll:
      return tr("Scroll");
    case session::Tool::pan:
      return tr("Pan");
    case session::Tool::zoom:
      return tr("Zoom");
    case session::Tool::crosshair:
      return tr("Crosshair");
    case session::Tool::brush:
      return tr("Brush");
    case session::Tool::eraser:
      return tr("Eraser");
  }
  return {};
}

QString words(view::Orientation orientation) {
  switch (orientation) {
    case view::Orientation::axial:
      return tr("Axial");
    case view::Orientation::coronal:
      return tr("Coronal");
    case view::Orientation::sagittal:
      return tr("Sagittal");
    case view::Orientation::stack:
      return tr("Stack");
    case view::Orientation::volume3d:
      return tr("3D");
  }
  return {};
}

QString words(session::Refusal refusal) {
  switch (refusal) {
    case session::Refusal::none:
      return {};
    case session::Refusal::nothing_selected:
      return tr("Choose a finding first (Space).");
    case session::Refusal::not_painted:
      return tr("Its slice was not on screen yet. Look at it, then accept.");
    case session::Refusal::auto_repeat:
      return tr("Let the key go and press it again: one press, one finding.");
    case session::Refusal::too_soon:
      return tr("That was too quick after the last one. Press again.");
    case session::Refusal::pending:
      return tr("Still saving. Press again in a moment.");
    case session::Refusal::editing:
      return tr("Finish the outline first (⏎ keeps it, Esc takes it back).");
  }
  return {};
}

QString flagWords(const std::string& flag) {
  static const std::map<std::string, const char*> known{
      {"outside_plausible_range", QT_TRANSLATE_NOOP("words", "size outside the plausible range")},
      {"touches_edge", QT_TRANSLATE_NOOP("words", "touches the edge of the images")},
      {"low_confidence", QT_TRANSLATE_NOOP("words", "low confidence")},
      {"below_threshold", QT_TRANSLATE_NOOP("words", "below threshold")},
      {"many_pieces", QT_TRANSLATE_NOOP("words", "in many pieces")},
      {"acknowledged", QT_TRANSLATE_NOOP("words", "acknowledged")},
      {"relabelled", QT_TRANSLATE_NOOP("words", "renamed")},
      {"critical", QT_TRANSLATE_NOOP("words", "critical")},
      {"unsure", QT_TRANSLATE_NOOP("words", "unsure")}};
  if (const auto at = known.find(flag); at != known.end()) return tr(at->second);
  return text(flag).replace(QLatin1Char('_'), QLatin1Char(' '));
}

QString rejectWords(const std::string& code) {
  for (const review::RejectChip& chip : review::rejectChips()) {
    if (chip.code == code) return QCoreApplication::translate("reasons", chip.meaning.c_str());
  }
  return text(code).replace(QLatin1Char('_'), QLatin1Char(' '));
}

QString words(session::NoticeKind kind) {
  using session::NoticeKind;
  switch (kind) {
    case NoticeKind::open_failed:
      return tr("The case could not be opened.");
    case NoticeKind::load_failed:
      return tr("Images could not be loaded.");
    case NoticeKind::mask_failed:
      return tr("An outline could not be loaded.");
    case NoticeKind::verdict_refused:
      return tr("This is not possible here.");
    case NoticeKind::verdict_failed:
      return tr("Your decision could not be saved.");
    case NoticeKind::report_failed:
      return tr("The report could not be saved. Your text is still here.");
    case NoticeKind::analyze_failed:
      return tr("The agents could not be started.");
    case NoticeKind::export_failed:
      return tr("The export did not finish.");
    case NoticeKind::export_done:
      return tr("Exported.");
    case NoticeKind::signed_version:
      return tr("Signed.");
    case NoticeKind::import_done:
      return tr("Import finished.");
    case NoticeKind::import_failed:
      return tr("The import did not finish.");
  }
  return {};
}

QString researchNotice() {
  return tr("For research use. Not a cleared medical device.");
}

}  // namespace attest::ui
