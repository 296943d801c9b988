#pragma once

#include <QWidget>

#include "ui/store.h"
#include "ui/viewer_services.h"

class QLabel;
class QStackedWidget;

namespace attest::ui {

class SeriesRail;
class Tabs;
class ViewerGrid;

/// The reading room: series at the left, images in the middle, findings, report, agents and details at the
/// right.
class ReadingPage final : public QWidget {
  Q_OBJECT
 public:
  ReadingPage(Store& store, ViewerServices services, QWidget* parent = nullptr);
  const QWidget* images() const;
  void focusImages();
  /// F6: images, panel, series.
  void nextPane();

 Q_SIGNALS:
  void cursor(const QString& value, const QString& position);

 private:
  QWidget* makeSide();
  void draw(const session::State& now);
  Store& store_;
  SeriesRail* rail_;
  ViewerGrid* grid_;
  Tabs* tabs_;
  QStackedWidget* panels_;
  QWidget* body_;
  QWidget* failed_;
  QLabel* failedWords_;
  QLabel* failedAdvice_;
};

}  // namespace attest::ui
