#pragma once

#include <QWidget>

#include "ui/store.h"

class QLabel;
class QVBoxLayout;

namespace attest::ui {

class Button;
class Card;
class Chip;
class RejectStrip;
class Swatch;

/// One finding: what it is, how large, who made it, what a person thinks of it. The chosen one has its
/// buttons.
class FindingCard final : public QWidget {
  Q_OBJECT
 public:
  FindingCard(Store& store, const ItemId& item, QWidget* parent = nullptr);
  void draw(const session::State& state, const Item& item);
  const ItemId& item() const noexcept { return item_; }

 private:
  QWidget* makeButtons();
  void drawState(const session::State& state, const Item& item);
  void drawChange(const CaseRecord& record, const Item& item);
  Store& store_;
  ItemId item_;
  Card* card_;
  Swatch* swatch_;
  QLabel* name_;
  Chip* state_;
  Chip* change_;
  QLabel* size_;
  QLabel* more_;
  QLabel* earlier_;
  QLabel* made_;
  QLabel* reason_;
  QWidget* buttons_;
  Button* accept_;
  Button* edit_;
  Button* reject_;
  Button* unsure_;
  Button* remove_;
  RejectStrip* strip_;
  QLabel* refusal_;
};

/// The reasons for a rejection as chips on the keys 1 to 9.
class RejectStrip final : public QWidget {
  Q_OBJECT
 public:
  explicit RejectStrip(Store& store, QWidget* parent = nullptr);
};

/// "nodule_candidates 1.0 · rank 1 of 4 · touches the edge of the images".
QString madeByWords(const CaseRecord& record, const Item& item);

}  // namespace attest::ui
