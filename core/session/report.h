#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/base/result.h"
#include "core/domain/case_record.h"
#include "core/session/ticket.h"

namespace attest::session {

/// What was typed and is not on disk yet. The report itself is in the case's record; ui shows
/// reporting::liveSection() of it, or the text here where there is one.
struct ReportDraft {
  std::map<SectionKind, std::string> typed;
  std::vector<std::string> confirmed;  ///< ids of sentences (or agents) that the person stands for
  std::optional<Ticket> saving;

  std::map<SectionKind, std::string> sent;  ///< what the save under way holds of `typed`
  std::vector<std::string> sentConfirmed;   ///< and of `confirmed`
  bool retry = false;                       ///< the case moved on: to be saved again on its newest record

  std::optional<Error> error;  ///< of the last save; what was typed is still here
};

bool isUnsaved(const ReportDraft& draft);
/// The text of a section as the person sees it.
std::string shownText(const ReportDraft& draft, const CaseRecord& record, SectionKind kind);

namespace action {
/// The person typed: kept at once, saved by SaveReport.
struct TypeSection {
  SectionKind section{};
  std::string text;
};
/// The field lost the focus, or typing paused.
struct SaveReport {};
/// The person stands for a sentence that an agent wrote.
struct ConfirmSentence {
  std::string sentence;
};
/// The answers to effect::SaveReport.
struct ReportSaved {
  Ticket ticket = 0;
  std::shared_ptr<const CaseRecord> record;
};
struct ReportSaveFailed {
  Ticket ticket = 0;
  Error error;
};
}  // namespace action

using ReportAction = std::variant<action::TypeSection, action::SaveReport, action::ConfirmSentence,
                                  action::ReportSaved, action::ReportSaveFailed>;

namespace effect {
/// Refused with `stale` where the case is no longer at that revision; update() then sends it again on the
/// newer one.
struct SaveReport {
  Ticket ticket = 0;
  CaseId id;
  ReaderId reader;
  Report report;
  std::int64_t revision = 0;
};
}  // namespace effect

}  // namespace attest::session
