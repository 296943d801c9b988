#include "ui/words.h"

#include <QCoreApplication>

#include <cmath>
#include <map>

#include "core/base/format.h"
#include "ui/parts/text.h"

namespace attest::ui {
namespace {

struct Words {
  Q_DECLARE_TR_FUNCTIONS(words)
};

}  // namespace

QString words(CaseStatus status) {
  switch (status) {
    case CaseStatus::received:
      return Words::tr("received");
    case CaseStatus::analyzing:
      return Words::tr("analyzing");
    case CaseStatus::ready:
      return Words::tr("ready");
    case CaseStatus::in_review:
      return Words::tr("in review");
    case CaseStatus::approved:
      return Words::tr("signed");
    case CaseStatus::delivered:
      return Words::tr("delivered");
    case CaseStatus::failed:
      return Words::tr("agents failed");
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
      return Words::tr("STAT");
    case Priority::urgent:
      return Words::tr("urgent");
    case Priority::routine:
      return Words::tr("routine");
    case Priority::research:
      return Words::tr("research");
  }
  return {};
}

QString words(ItemState state) {
  switch (state) {
    case ItemState::proposed:
      return Words::tr("to review");
    case ItemState::accepted:
      return Words::tr("accepted");
    case ItemState::corrected:
      return Words::tr("corrected");
    case ItemState::rejected:
      return Words::tr("rejected");
    case ItemState::manual:
      return Words::tr("drawn by you");
    case ItemState::confirmed:
      return Words::tr("confirmed");
    case ItemState::dismissed:
      return Words::tr("dismissed");
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
      return Words::tr("waiting");
    case StepState::running:
      return Words::tr("running");
    case StepState::done:
      return Words::tr("done");
    case StepState::failed:
      return Words::tr("failed");
    case StepState::skipped:
      return Words::tr("skipped");
    case StepState::cancelled:
      return Words::tr("stopped");
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

QString words(LesionOutcome outcome) {
  switch (outcome) {
    case LesionOutcome::open:
      return Words::tr("to check");
    case LesionOutcome::measured:
      return Words::tr("measured");
    case LesionOutcome::resolved:
      return Words::tr("resolved");
    case LesionOutcome::not_evaluable:
      return Words::tr("not evaluable");
  }
  return {};
}

Tone tone(LesionOutcome outcome) {
  return outcome == LesionOutcome::open            ? Tone::caution
         : outcome == LesionOutcome::not_evaluable ? Tone::neutral
                                                   : Tone::good;
}

QString words(ReadingMode mode) {
  switch (mode) {
    case ReadingMode::after:
      return Words::tr("AI after me: proposals wait until my own read is done");
    case ReadingMode::with:
      return Words::tr("AI with me: proposals are there while I read");
    case ReadingMode::first:
      return Words::tr("AI first: start at the first proposal");
  }
  return {};
}

QString words(Change change) {
  switch (change) {
    case Change::stable:
      return Words::tr("stable");
    case Change::grown:
      return Words::tr("grown");
    case Change::shrunk:
      return Words::tr("smaller");
  }
  return {};
}

Tone tone(Change change) {
  return change == Change::grown ? Tone::danger : change == Change::shrunk ? Tone::good : Tone::neutral;
}

QString words(SectionKind kind) {
  switch (kind) {
    case SectionKind::indication:
      return Words::tr("Indication");
    case SectionKind::technique:
      return Words::tr("Technique");
    case SectionKind::comparison:
      return Words::tr("Comparison");
    case SectionKind::findings:
      return Words::tr("Findings");
    case SectionKind::impression:
      return Words::tr("Impression");
  }
  return {};
}

QString words(Role role) {
  switch (role) {
    case Role::reader:
      return Words::tr("reader");
    case Role::resident:
      return Words::tr("resident");
    case Role::attending:
      return Words::tr("attending");
    case Role::admin:
      return Words::tr("administrator");
  }
  return {};
}

QString roleExplained(Role role) {
  switch (role) {
    case Role::reader:
      return Words::tr("reads: accepts, corrects and rejects findings, writes the report, signs");
    case Role::resident:
      return Words::tr("the same, but somebody else signs");
    case Role::attending:
      return Words::tr("reads and signs, and acknowledges critical findings");
    case Role::admin:
      return Words::tr("adds readers, governs the agents, reads the audit trail");
  }
  return {};
}

QString words(session::Tool tool) {
  switch (tool) {
    case session::Tool::window:
      return Words::tr("W/L");
    case session::Tool::scroll:
      return Words::tr("Scroll");
    case session::Tool::pan:
      return Words::tr("Pan");
    case session::Tool::zoom:
      return Words::tr("Zoom");
    case session::Tool::crosshair:
      return Words::tr("Crosshair");
    case session::Tool::brush:
      return Words::tr("Brush");
    case session::Tool::eraser:
      return Words::tr("Eraser");
  }
  return {};
}

QString words(view::Orientation orientation) {
  switch (orientation) {
    case view::Orientation::axial:
      return Words::tr("Axial");
    case view::Orientation::coronal:
      return Words::tr("Coronal");
    case view::Orientation::sagittal:
      return Words::tr("Sagittal");
    case view::Orientation::stack:
      return Words::tr("Stack");
    case view::Orientation::volume3d:
      return Words::tr("3D");
  }
  return {};
}

QString words(session::Refusal refusal) {
  switch (refusal) {
    case session::Refusal::none:
      return {};
    case session::Refusal::nothing_selected:
      return Words::tr("Choose a finding first (Space).");
    case session::Refusal::not_painted:
      return Words::tr("Its slice was not on screen yet. Look at it, then accept.");
    case session::Refusal::auto_repeat:
      return Words::tr("Let the key go and press it again: one press, one finding.");
    case session::Refusal::too_soon:
      return Words::tr("That was too quick after the last one. Press again.");
    case session::Refusal::pending:
      return Words::tr("Still saving. Press again in a moment.");
    case session::Refusal::editing:
      return Words::tr("Finish the outline first (⏎ keeps it, Esc takes it back).");
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
  if (const auto at = known.find(flag); at != known.end()) return Words::tr(at->second);
  return text(flag).replace(QLatin1Char('_'), QLatin1Char(' '));
}

QString rejectWords(const std::string& code) {
  for (const review::RejectChip& chip : review::rejectChips()) {
    if (chip.code == code) return term(chip.meaning);
  }
  return text(code).replace(QLatin1Char('_'), QLatin1Char(' '));
}

QString words(session::NoticeKind kind) {
  using session::NoticeKind;
  switch (kind) {
    case NoticeKind::open_failed:
      return Words::tr("The case could not be opened.");
    case NoticeKind::load_failed:
      return Words::tr("Images could not be loaded.");
    case NoticeKind::mask_failed:
      return Words::tr("An outline could not be loaded.");
    case NoticeKind::verdict_refused:
      return Words::tr("This is not possible here.");
    case NoticeKind::verdict_failed:
      return Words::tr("Your decision could not be saved.");
    case NoticeKind::report_failed:
      return Words::tr("The report could not be saved. Your text is still here.");
    case NoticeKind::analyze_failed:
      return Words::tr("The agents could not be started.");
    case NoticeKind::export_failed:
      return Words::tr("The export did not finish.");
    case NoticeKind::export_done:
      return Words::tr("Exported.");
    case NoticeKind::signed_version:
      return Words::tr("Signed.");
    case NoticeKind::import_done:
      return Words::tr("Import finished.");
    case NoticeKind::import_failed:
      return Words::tr("The import did not finish.");
    case NoticeKind::prior_failed:
      return Words::tr("The earlier study could not be read.");
    case NoticeKind::read_done_failed:
      return Words::tr("That your read is done could not be saved.");
    case NoticeKind::queue_empty:
      return Words::tr("No other case is waiting.");
    case NoticeKind::addendum_failed:
      return Words::tr("The addendum could not be opened.");
    case NoticeKind::park_failed:
      return Words::tr("The parked cases are not kept for after you sign out.");
    case NoticeKind::queue_failed:
      return Words::tr("The next case could not be found.");
    case NoticeKind::priority_failed:
      return Words::tr("The priority could not be changed.");
    case NoticeKind::preferences_failed:
      return Words::tr("Your settings could not be saved.");
    case NoticeKind::nodes_failed:
      return Words::tr("The nodes could not be changed.");
    case NoticeKind::delivery_failed:
      return Words::tr("The results could not be sent.");
  }
  return {};
}

QString researchNotice() {
  return Words::tr("For research use. Not a cleared medical device.");
}

}  // namespace attest::ui
