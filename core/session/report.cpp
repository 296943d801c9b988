#include "core/session/report.h"

#include <algorithm>

#include "core/reporting/report_text.h"
#include "core/session/turn.h"

namespace attest::session {
namespace {

void on(Turn& turn, const action::TypeSection& action) {
  if (!turn.state().reading->record || actor(turn.state()) == nullptr) return;
  turn.change(&State::report).typed[action.section] = action.text;
}

void on(Turn& turn, const action::SaveReport&) {
  saveReport(turn);
}

void on(Turn& turn, const action::ConfirmSentence& action) {
  if (!turn.state().reading->record || actor(turn.state()) == nullptr) return;
  turn.change(&State::report).confirmed.push_back(action.sentence);
  saveReport(turn);
}

void on(Turn& turn, const action::ReportSaved& action) {
  if (turn.state().report->saving != action.ticket) return;
  ReportDraft& draft = turn.change(&State::report);
  std::erase_if(draft.typed, [&](const auto& entry) {
    const auto sent = draft.sent.find(entry.first);
    return sent != draft.sent.end() && sent->second == entry.second;
  });
  draft.confirmed.erase(draft.confirmed.begin(),
                        draft.confirmed.begin() + static_cast<std::ptrdiff_t>(draft.sentConfirmed.size()));
  draft.saving.reset();
  draft.error.reset();
  takeRecord(turn, action.record);
  saveReport(turn);  // what was typed meanwhile
}

void on(Turn& turn, const action::ReportSaveFailed& action) {
  if (turn.state().report->saving != action.ticket) return;
  ReportDraft& draft = turn.change(&State::report);
  draft.saving.reset();
  if (action.error.code == ErrorCode::stale) {
    draft.retry = true;
    turn.perform(effect::RefreshCase{*turn.state().reading->caseId});
    return;
  }
  draft.error = action.error;
  turn.change(&State::reading).leave.reset();
  turn.notify(NoticeKind::report_failed, action.error);
}

}  // namespace

bool isUnsaved(const ReportDraft& draft) {
  return draft.saving || !draft.typed.empty() || !draft.confirmed.empty();
}

std::string shownText(const ReportDraft& draft, const CaseRecord& record, SectionKind kind) {
  const auto typed = draft.typed.find(kind);
  return typed == draft.typed.end() ? reporting::sectionText(record, kind) : typed->second;
}

void saveReport(Turn& turn) {
  const State& state = turn.state();
  const auto& record = state.reading->record;
  if (!record || actor(state) == nullptr || state.report->saving) return;
  if (!isUnsaved(*state.report)) return;
  ReportDraft& draft = turn.change(&State::report);
  Report report = record->report;
  for (const auto& [kind, text] : draft.typed) {
    report.section(kind) = reporting::withSection(*record, kind, text).section(kind);
  }
  for (const std::string& id : draft.confirmed) report = reporting::withConfirmed(report, id);
  if (report == record->report) {  // typed back to what it was
    draft.typed.clear();
    draft.confirmed.clear();
    return;
  }
  draft.retry = false;
  draft.sent = draft.typed;
  draft.sentConfirmed = draft.confirmed;
  draft.saving = turn.newTicket();
  turn.perform(effect::SaveReport{*draft.saving, record->row.id, actor(state)->id, report, record->revision});
}

void handle(Turn& turn, const ReportAction& action) {
  std::visit([&](const auto& one) { on(turn, one); }, action);
}

}  // namespace attest::session
