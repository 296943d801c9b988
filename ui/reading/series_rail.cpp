#include "ui/reading/series_rail.h"

#include <QVBoxLayout>
#include <algorithm>

#include "ui/parts/button.h"
#include "ui/parts/scroller.h"
#include "ui/parts/text.h"
#include "ui/parts/thumb.h"
#include "ui/reading/series_tile.h"
#include "ui/words.h"
#include "viewers/thumbnail.h"

namespace attest::ui {
namespace {

namespace act = session::action;

constexpr QSize pictureSize(SeriesTile::pictureWidth, SeriesTile::pictureHeight);

QString titleOf(const Series& series, const Block& block) {
  QString title = text(series.info.description);
  if (title.isEmpty()) title = SeriesRail::tr("Series %1").arg(series.info.number);
  return series.blocks.size() > 1 ? SeriesRail::tr("%1 (part %2)").arg(title).arg(block.index + 1) : title;
}

QString warningOf(const Block& block) {
  QStringList words;
  for (const std::string& note : block.notes) words << text(note);
  if (words.isEmpty() && !block.isVolume() && block.dims.k > 1)
    words << SeriesRail::tr("These images form no volume.");
  return words.join(QLatin1Char('\n'));
}

std::shared_ptr<const CaseRecord> priorOf(const session::Reading& reading, const CaseId& id) {
  const auto at = reading.priors.records.find(id);
  return at == reading.priors.records.end() ? nullptr : at->second;
}

/// What the list is made of; another one means another list.
std::string contents(const session::Reading& reading, const std::set<CaseId>& folded) {
  std::string said = reading.record->row.id.value;
  const auto add = [&said](const CaseRecord& record) {
    for (const Series& series : record.series)
      said += '|' + series.info.uid.value + '*' + std::to_string(series.blocks.size());
  };
  add(*reading.record);
  for (const CaseRow& row : reading.record->priors) {
    const auto prior = priorOf(reading, row.id);
    said += '/' + row.id.value + (folded.contains(row.id) ? "-" : "+") +
            (reading.priors.records.contains(row.id) ? "?" : "");
    if (prior != nullptr) add(*prior);
  }
  return said;
}

/// The viewport in which a block of the current or an earlier study belongs while both are side by side.
int viewportFor(const session::Reading& reading, bool prior) {
  const auto& viewports = reading.layout.viewports;
  const auto fits = [&](const view::ViewportState& one) { return isPrior(reading, one.block) == prior; };
  const int active = reading.layout.active;
  if (!isComparing(reading) || fits(viewports[static_cast<std::size_t>(active)])) return active;
  const auto at = std::ranges::find_if(viewports, fits);
  return at == viewports.end() ? active : static_cast<int>(at - viewports.begin());
}

}  // namespace

SeriesRail::SeriesRail(Store& store, Parallel& parallel, QWidget* parent)
    : QWidget(parent), store_(store), parallel_(parallel), list_(nullptr) {
  named(this, QStringLiteral("seriesRail"), tr("Series"));
  setAttribute(Qt::WA_StyledBackground);
  setProperty("surface", "panel");
  setProperty("edge", "right");
  setFixedWidth(SeriesTile::pictureWidth + 28);
  auto* outer = new QVBoxLayout(this);
  outer->setContentsMargins(0, 0, 0, 0);
  auto* area = scroller();
  auto* inside = new QWidget;
  list_ = new QVBoxLayout(inside);
  list_->setContentsMargins(12, 12, 8, 12);
  list_->setSpacing(8);
  area->setWidget(inside);
  outer->addWidget(area);
  connect(&store_, &Store::changed, this, [this](const session::State& old, const session::State& now) {
    if (old.reading != now.reading || old.thumbnails != now.thumbnails) draw(now);
  });
  draw(store_.state());
}

void SeriesRail::takeFocus() {
  if (!tiles_.empty()) tiles_.begin()->second->setFocus(Qt::TabFocusReason);
}

void SeriesRail::choose(const BlockRef& block) {
  const session::Reading& reading = *store_.state().reading;
  const bool prior = isPrior(reading, block);
  if (prior && !isComparing(reading)) {
    store_.dispatch(act::ToggleComparison{recordOf(reading, block)->row.id});
  }
  store_.dispatch(act::ShowBlock{viewportFor(*store_.state().reading, prior), block});
}

void SeriesRail::addTiles(const CaseRecord& record) {
  for (const Series& series : record.series) {
    for (const Block& block : series.blocks) {
      const QString facts = tr("%1 · %2 images").arg(text(series.info.modality)).arg(block.slices.size());
      auto* tile = named(
          new SeriesTile({series.info.uid, block.index}, titleOf(series, block), facts, warningOf(block)),
          QStringLiteral("series_%1_%2").arg(text(series.info.uid.value)).arg(block.index));
      connect(tile, &SeriesTile::clicked, this, [this, tile] { choose(tile->block()); });
      tiles_[tile->block()] = tile;
      list_->addWidget(tile);
    }
  }
}

void SeriesRail::addPrior(const session::Reading& reading, const CaseRow& row) {
  const auto prior = priorOf(reading, row.id);
  const bool open = prior != nullptr && !folded_.contains(row.id);
  const bool loading = prior == nullptr && reading.priors.records.contains(row.id);
  auto* head = named(new Button(tr("Prior · %1").arg(dayWords(row.studyDate)), Button::Look::quiet),
                     QStringLiteral("prior_%1").arg(text(row.id.value)));
  head->setWide(true);
  head->setKey(loading ? QStringLiteral("…") : open ? QStringLiteral("–") : QStringLiteral("+"));
  head->setToolTip(QStringLiteral("%1\n%2").arg(text(row.description), words(row.status)));
  connect(head, &Button::clicked, this, [this, id = row.id, loaded = prior != nullptr] {
    if (!loaded) {
      store_.dispatch(act::LoadPrior{id});
    } else if (folded_.erase(id) == 0) {
      folded_.insert(id);
    }
    draw(store_.state());
  });
  list_->addWidget(head);
  if (open) addTiles(*prior);
}

void SeriesRail::rebuild(const session::Reading& reading) {
  clear(list_);
  tiles_.clear();
  auto* current = label(tr("Current · %1").arg(dayWords(reading.record->study.date)));
  current->setIndent(4);  // as the headings of priors
  list_->addWidget(current);
  addTiles(*reading.record);
  if (!reading.record->priors.empty()) list_->addSpacing(4);
  for (const CaseRow& row : reading.record->priors) addPrior(reading, row);
  list_->addStretch();
}

void SeriesRail::draw(const session::State& now) {
  const session::Reading& reading = *now.reading;
  if (reading.record == nullptr) {
    if (!tiles_.empty()) clear(list_);
    tiles_.clear();
    shown_.clear();
    return;
  }
  if (std::string wanted = contents(reading, folded_); wanted != shown_) {
    shown_ = std::move(wanted);
    rebuild(reading);
  }
  for (const auto& [block, tile] : tiles_) drawTile(*tile, now);
}

void SeriesRail::drawTile(SeriesTile& tile, const session::State& now) {
  const session::Reading& reading = *now.reading;
  const BlockRef& block = tile.block();
  tile.setShown(std::ranges::any_of(reading.layout.viewports,
                                    [&block](const view::ViewportState& one) { return one.block == block; }));
  const auto at = reading.blocks.find(block);
  const auto thumb = now.thumbnails->pictures.find(block.series);
  if (tile.hasPicture()) return;
  if (at != reading.blocks.end()) {
    const session::BlockData& voxels = at->second;
    const imaging::VolumePtr volume =
        voxels.volume != nullptr || voxels.slices.empty() ? voxels.volume : voxels.slices.begin()->second;
    if (volume != nullptr && voxels.fileWindow) {
      const QSize size = pictureSize * devicePixelRatioF();
      tile.setPicture(QPixmap::fromImage(viewers::thumbnail(*volume, *voxels.fileWindow, size, parallel_)));
      return;
    }
    if (voxels.loading) tile.setProgress(tr("%1 %").arg(static_cast<int>(voxels.progress * 100)));
  }
  if (thumb != now.thumbnails->pictures.end() && thumb->second != nullptr && block.block == 0) {
    tile.setPicture(thumbPicture(*thumb->second, pictureSize, devicePixelRatioF()));
  }
}

}  // namespace attest::ui
