#pragma once

#include <QWidget>

#include "ui/store.h"

class QLabel;
class QVBoxLayout;

namespace attest::ui {

class Button;
class Chip;

/// The newest run of the case as a timeline; run again, stop.
class AgentsPanel final : public QWidget {
  Q_OBJECT
 public:
  explicit AgentsPanel(Store& store, QWidget* parent = nullptr);

 private:
  void draw(const session::State& now);
  void drawRun(const session::State& now, const Run& run);
  Store& store_;
  QLabel* title_;
  QLabel* facts_;
  Chip* state_;
  QVBoxLayout* steps_;
  QLabel* error_;
  Button* again_;
  Button* stop_;
};

}  // namespace attest::ui
