#pragma once

#include <QWidget>

#include "core/domain/node.h"
#include "ui/store.h"

class QLabel;

namespace attest::ui {

class Button;
class Card;
class Chip;

/// One node: where it is, what it may do, and what its last test said.
class NodeCard final : public QWidget {
  Q_OBJECT
 public:
  NodeCard(Store& store, Node node, QWidget* parent = nullptr);
  void draw(const session::State& now, bool chosen);
  const Node& node() const noexcept { return node_; }

 Q_SIGNALS:
  void chosen();
  void editWanted();

 private:
  void drawTest(const session::NodeTest& test);
  Store& store_;
  Node node_;
  Card* card_;
  Chip* state_;
  QLabel* said_;
  QLabel* advice_;
  Button* test_;
  Button* edit_;
  Button* remove_;
};

}  // namespace attest::ui
