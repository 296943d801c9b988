#pragma once

#include <QWidget>

#include "ui/store.h"

class QLabel;

namespace attest::ui {

class Button;
class Card;
class Chip;
class ElidedLabel;
enum class Command;

/// One earlier lesion on a line: what it was, then and now, and what became of it. The one that is chosen
/// says more, and has its buttons.
class LesionRow final : public QWidget {
  Q_OBJECT
 public:
  LesionRow(Store& store, const ItemId& earlier, QWidget* parent = nullptr);
  void draw(const session::State& state, const CarriedLesion& lesion);

 private:
  QWidget* makeButtons();
  Button* makeButton(const QString& name, Command command, const char* object);
  Store& store_;
  Card* card_;
  ElidedLabel* name_;
  QLabel* size_;
  Chip* outcome_;
  QLabel* more_;
  Button* measured_ = nullptr;
  Button* resolved_ = nullptr;
  Button* notEvaluable_ = nullptr;
  QWidget* buttons_;
};

}  // namespace attest::ui
