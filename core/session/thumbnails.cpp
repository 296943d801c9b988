#include "core/session/thumbnails.h"

#include "core/session/turn.h"

namespace attest::session {

void requestThumbnails(Turn& turn, const CaseRecord& record) {
  std::vector<BlockRef> wanted;
  for (const Series& series : record.series) {
    if (series.blocks.empty() || turn.state().thumbnails->pictures.contains(series.info.uid)) continue;
    turn.change(&State::thumbnails).pictures[series.info.uid] = nullptr;
    wanted.push_back({series.info.uid, series.blocks.front().index});
  }
  if (!wanted.empty()) turn.perform(effect::LoadThumbnails{std::move(wanted)});
}

void handle(Turn& turn, const ThumbnailAction& action) {
  const auto& loaded = std::get<action::ThumbnailLoaded>(action);
  if (!turn.state().thumbnails->pictures.contains(loaded.series)) return;
  turn.change(&State::thumbnails).pictures[loaded.series] = loaded.picture;
}

}  // namespace attest::session
