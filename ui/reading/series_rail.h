#pragma once

#include <QPixmap>
#include <QWidget>
#include <map>

#include "ui/store.h"
#include "ui/viewer_services.h"

class QVBoxLayout;

namespace attest::ui {

class SeriesTile;

/// At the left: the blocks of the study as thumbnails. A click shows one in the active viewport, dragging it
/// in any.
class SeriesRail final : public QWidget {
  Q_OBJECT
 public:
  SeriesRail(Store& store, Parallel& parallel, QWidget* parent = nullptr);
  void takeFocus();

 private:
  void rebuild(const session::Reading& reading);
  void draw(const session::Reading& reading);
  Store& store_;
  Parallel& parallel_;
  QVBoxLayout* list_;
  std::map<BlockRef, SeriesTile*> tiles_;
  CaseId shown_;
};

}  // namespace attest::ui
