#pragma once

#include <QWidget>
#include <utility>
#include <vector>

#include "ui/store.h"

class QHBoxLayout;
class QLabel;
class QMenu;

namespace attest::ui {

class Button;
class ElidedLabel;

/// At the top of the reading room: whose images these are, the tools with their keys, window, layout, slab,
/// sign.
class ReadingBar final : public QWidget {
  Q_OBJECT
 public:
  explicit ReadingBar(Store& store, QWidget* parent = nullptr);

 protected:
  void resizeEvent(QResizeEvent* event) override;

 private:
  void addBanner(QHBoxLayout* row);
  void addTools(QHBoxLayout* row);
  void addActs(QHBoxLayout* row);
  void addMenus(QHBoxLayout* row);
  void fillWindowMenu();
  void fillLayoutMenu();
  void fillSlabMenu();
  void fillViewMenu();
  void addComparison(QHBoxLayout* row);
  void fillCaseMenu();
  void exportResults();
  void draw(const session::State& now);
  void drawBanner(const session::Reading& reading);
  void drawComparison(const session::Reading& reading);
  Store& store_;
  ElidedLabel* name_;
  ElidedLabel* facts_;
  std::vector<std::pair<session::Tool, Button*>> tools_;
  Button* window_;
  Button* layout_;
  Button* slab_;
  Button* view_;
  QMenu* windowMenu_;
  QMenu* layoutMenu_;
  QMenu* slabMenu_;
  QMenu* viewMenu_;
  Button* compare_;
  Button* link_;
  Button* case_;
  QMenu* caseMenu_;
  Button* next_;
  Button* park_;
  Button* sign_;
};

}  // namespace attest::ui
