#include "core/session/exporting.h"

#include "core/session/turn.h"

namespace attest::session {
namespace {

void on(Turn& turn, const action::Export& action) {
  const State& state = turn.state();
  if (actor(state) == nullptr || !state.reading->record || state.exporting->busy || action.formats.empty())
    return;
  turn.replace(&State::exporting,
               Exporting{.busy = true, .folder = action.folder, .files = {}, .refused = {}});
  turn.perform(effect::Export{*state.reading->caseId, actor(state)->id, action.folder, action.formats});
}

void on(Turn& turn, const action::Exported& action) {
  if (!turn.state().exporting->busy) return;
  Exporting& exporting = turn.change(&State::exporting);
  exporting.busy = false;
  exporting.files = action.files;
  exporting.refused = action.refused;
  turn.notify(NoticeKind::export_done);
}

void on(Turn& turn, const action::ExportFailed& action) {
  if (!turn.state().exporting->busy) return;
  Exporting& exporting = turn.change(&State::exporting);
  exporting.busy = false;
  exporting.error = action.error;
  turn.notify(NoticeKind::export_failed, action.error);
}

}  // namespace

void handle(Turn& turn, const ExportAction& action) {
  std::visit([&](const auto& one) { on(turn, one); }, action);
}

}  // namespace attest::session
