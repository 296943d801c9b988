#pragma once

#include <QWidget>

#include "ui/store.h"

class QLabel;
class QSlider;

namespace attest::ui {

class Button;

/// While a mask is edited: brush and eraser, their size, undo and redo in words, done.
class EditBar final : public QWidget {
  Q_OBJECT
 public:
  explicit EditBar(Store& store, QWidget* parent = nullptr);
  void draw(const session::State& state);

 private:
  Store& store_;
  QLabel* title_;
  QLabel* saved_;
  Button* brush_;
  Button* eraser_;
  QSlider* size_;
  QLabel* sizeWords_;
  Button* undo_;
  Button* redo_;
};

}  // namespace attest::ui
