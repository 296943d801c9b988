#pragma once

#include <QWidget>

#include "ui/store.h"

class QCheckBox;
class QLabel;
class QLineEdit;

namespace attest::ui {

class Button;
class Chip;

/// Our own DICOM listener: on which port, under which name, and whether it runs.
class ListenerCard final : public QWidget {
  Q_OBJECT
 public:
  explicit ListenerCard(Store& store, QWidget* parent = nullptr);
  void draw(const session::State& now);

 private:
  void apply();
  Store& store_;
  Chip* state_;
  QLineEdit* aeTitle_;
  QLineEdit* port_;
  QCheckBox* everywhere_;
  QLabel* error_;
  Button* set_;
  session::Listener shown_;
};

}  // namespace attest::ui
