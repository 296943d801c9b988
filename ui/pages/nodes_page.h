#pragma once

#include <QWidget>

#include "ui/store.h"

class QLabel;
class QVBoxLayout;

namespace attest::ui {

class Button;
class ListenerCard;
class NodeCard;
class QueryPanel;

/// Other systems: the list of nodes with their tests, our own listener, and a query of the chosen one.
class NodesPage final : public QWidget {
  Q_OBJECT
 public:
  explicit NodesPage(Store& store, QWidget* parent = nullptr);

 Q_SIGNALS:
  void helpWanted();

 private:
  QWidget* makeSide();
  void draw(const session::State& now);
  void drawCards(const session::State& now);
  void edit(const Node& node);
  Store& store_;
  QVBoxLayout* cards_;
  std::vector<NodeCard*> shown_;
  QLabel* none_;
  QLabel* error_;
  Button* add_;
  ListenerCard* listener_;
  QueryPanel* query_;
  std::string chosen_;
};

}  // namespace attest::ui
