#pragma once

#include <QWidget>
#include <vector>

#include "ui/store.h"

class QLabel;
class QVBoxLayout;

namespace attest::ui {

class Button;
class Card;
class Chip;

/// Anatomy that agents outlined, confirmed together by one act.
class StructuresCard final : public QWidget {
  Q_OBJECT
 public:
  explicit StructuresCard(Store& store, QWidget* parent = nullptr);
  void draw(const session::State& state);

 private:
  QWidget* makeRow(const session::State& state, const Item& item);
  Store& store_;
  Card* card_;
  Chip* state_;
  QLabel* names_;
  Button* expand_;
  QWidget* list_;
  QVBoxLayout* rows_;
  Button* confirm_;
  QLabel* made_;
};

}  // namespace attest::ui
