#include "core/domain/case_record.h"

#include <algorithm>

#include "core/domain/terms.h"

namespace attest {

bool isExportable(const Item& item) {
  switch (item.state) {
    case ItemState::accepted:
    case ItemState::corrected:
    case ItemState::manual:
    case ItemState::confirmed:
      return true;
    case ItemState::proposed:
    case ItemState::rejected:
    case ItemState::dismissed:
      return false;
  }
  return false;
}

bool isUnreviewed(const Item& item) {
  return item.kind == ItemKind::finding && item.state == ItemState::proposed;
}
bool startsHidden(const Item& item) {
  return item.kind == ItemKind::structure && item.code.scheme == entireBody.scheme &&
         item.code.value == entireBody.value;
}

const Item* findItem(const CaseRecord& record, const ItemId& id) {
  const auto at = std::ranges::find(record.items, id, &Item::id);
  return at == record.items.end() ? nullptr : &*at;
}

std::optional<EarlierLesion> earlierOf(const CaseRecord& record, const ItemId& item) {
  if (!record.comparison) return std::nullopt;
  const auto& lesions = record.comparison->lesions;
  const auto at = std::ranges::find(lesions, item, &CarriedLesion::match);
  return at == lesions.end() ? std::nullopt : std::optional(at->earlier);
}

const Series* findSeries(const CaseRecord& record, const SeriesUid& uid) {
  const auto at = std::ranges::find(record.series, uid, [](const Series& series) { return series.info.uid; });
  return at == record.series.end() ? nullptr : &*at;
}

const Block* findBlock(const CaseRecord& record, const BlockRef& ref) {
  const Series* series = findSeries(record, ref.series);
  if (series == nullptr) return nullptr;
  const auto at = std::ranges::find(series->blocks, ref.block, &Block::index);
  return at == series->blocks.end() ? nullptr : &*at;
}

}  // namespace attest
