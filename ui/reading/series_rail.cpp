#include "ui/reading/series_rail.h"

#include <QScrollArea>
#include <QVBoxLayout>
#include <algorithm>

#include "core/view/corner_texts.h"
#include "ui/parts/text.h"
#include "ui/reading/series_tile.h"
#include "viewers/thumbnail.h"

namespace attest::ui {
namespace {

namespace act = session::action;

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
  auto* area = new QScrollArea;
  area->setWidgetResizable(true);
  area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  area->setFocusPolicy(Qt::NoFocus);
  auto* inside = new QWidget;
  list_ = new QVBoxLayout(inside);
  list_->setContentsMargins(12, 12, 8, 12);
  list_->setSpacing(8);
  area->setWidget(inside);
  outer->addWidget(area);
  connect(&store_, &Store::changed, this, [this](const session::State& old, const session::State& now) {
    if (old.reading != now.reading) draw(*now.reading);
  });
  draw(*store_.state().reading);
}

void SeriesRail::takeFocus() {
  if (!tiles_.empty()) tiles_.begin()->second->setFocus(Qt::TabFocusReason);
}

void SeriesRail::rebuild(const session::Reading& reading) {
  clear(list_);
  tiles_.clear();
  const CaseRecord& record = *reading.record;
  list_->addWidget(label(tr("Current · %1").arg(text(view::readableDate(record.study.date))), "small"));
  for (const Series& series : record.series) {
    for (const Block& block : series.blocks) {
      const QString facts = tr("%1 · %2 images").arg(text(series.info.modality)).arg(block.slices.size());
      auto* tile = named(
          new SeriesTile({series.info.uid, block.index}, titleOf(series, block), facts, warningOf(block)),
          QStringLiteral("series_%1_%2").arg(text(series.info.uid.value)).arg(block.index));
      connect(tile, &SeriesTile::clicked, this, [this, tile] {
        store_.dispatch(act::ShowBlock{store_.state().reading->layout.active, tile->block()});
      });
      tiles_[tile->block()] = tile;
      list_->addWidget(tile);
    }
  }
  list_->addStretch();
}

void SeriesRail::draw(const session::Reading& reading) {
  if (reading.record == nullptr) {
    if (!tiles_.empty()) clear(list_);
    tiles_.clear();
    return;
  }
  std::size_t blocks = 0;
  for (const Series& series : reading.record->series) blocks += series.blocks.size();
  if (reading.record->row.id != shown_ || blocks != tiles_.size()) {
    shown_ = reading.record->row.id;
    rebuild(reading);
  }
  for (const auto& [block, tile] : tiles_) {
    const bool shown =
        std::ranges::any_of(reading.layout.viewports,
                            [tile = tile](const view::ViewportState& v) { return v.block == tile->block(); });
    tile->setShown(shown);
    const auto at = reading.blocks.find(block);
    if (at == reading.blocks.end() || tile->hasPicture()) continue;
    const session::BlockData& voxels = at->second;
    const imaging::VolumePtr volume =
        voxels.volume != nullptr || voxels.slices.empty() ? voxels.volume : voxels.slices.begin()->second;
    if (volume != nullptr && voxels.fileWindow) {
      const double ratio = devicePixelRatioF();
      const QSize size = QSize(SeriesTile::pictureWidth, SeriesTile::pictureHeight) * ratio;
      tile->setPicture(QPixmap::fromImage(viewers::thumbnail(*volume, *voxels.fileWindow, size, parallel_)));
    } else if (voxels.loading) {
      tile->setProgress(tr("%1 %").arg(static_cast<int>(voxels.progress * 100)));
    }
  }
}

}  // namespace attest::ui
