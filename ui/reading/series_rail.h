#pragma once

#include <QPixmap>
#include <QWidget>
#include <map>
#include <set>
#include <string>

#include "ui/store.h"
#include "ui/viewer_services.h"

class QVBoxLayout;

namespace attest::ui {

class SeriesTile;

/// At the left: the blocks of the study as thumbnails, and below them the patient's earlier studies. A click
/// shows one in the active viewport (an earlier one beside the current), dragging it in any.
class SeriesRail final : public QWidget {
  Q_OBJECT
 public:
  SeriesRail(Store& store, Parallel& parallel, QWidget* parent = nullptr);
  void takeFocus();

 private:
  void rebuild(const session::Reading& reading);
  void addTiles(const CaseRecord& record);
  void addPrior(const session::Reading& reading, const CaseRow& row);
  void draw(const session::State& now);
  void drawTile(SeriesTile& tile, const session::State& now);
  void choose(const BlockRef& block);
  Store& store_;
  Parallel& parallel_;
  QVBoxLayout* list_;
  std::map<BlockRef, SeriesTile*> tiles_;
  std::set<CaseId> folded_;  ///< priors whose series the person put away
  std::string shown_;        ///< what the list was made of
};

}  // namespace attest::ui
