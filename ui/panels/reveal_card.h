#pragma once

#include <QWidget>

#include "ui/store.h"

class QLabel;
class QVBoxLayout;

namespace attest::ui {

class Button;
class Chip;

/// AI after me: before the reader's own read is done, that the agents' results wait for it and which key
/// shows them; after it, where reader and agents differ.
class RevealCard final : public QWidget {
  Q_OBJECT
 public:
  explicit RevealCard(Store& store, QWidget* parent = nullptr);
  void draw(const session::State& state);

 private:
  void drawWaiting(const session::State& state);
  void drawDifferences(const session::State& state, const session::Differences& found);
  void addGroup(const QString& title, const std::vector<ItemId>& items, const session::State& state);
  Store& store_;
  QLabel* title_;
  Chip* state_;
  QLabel* words_;
  QVBoxLayout* rows_;
  Button* done_;
};

}  // namespace attest::ui
