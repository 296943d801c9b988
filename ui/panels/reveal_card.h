#pragma once

#include <QWidget>
#include <array>
#include <vector>

#include "ui/store.h"

class QLabel;

namespace attest::ui {

class Button;
class Chip;

/// AI after me: before the reader's own read is done, that the agents' results wait for it and which key
/// shows them; after it, how often reader and agents differ. A count goes from one of its findings to the
/// next.
class RevealCard final : public QWidget {
  Q_OBJECT
 public:
  explicit RevealCard(Store& store, QWidget* parent = nullptr);
  void draw(const session::State& state);

 private:
  struct Group {
    QString name;
    Button* count = nullptr;
    std::vector<ItemId> items;
  };
  void drawWaiting(const session::State& state);
  void drawDifferences(const session::Differences& found);
  void goOn(const Group& group);
  Store& store_;
  QLabel* title_;
  Chip* state_;
  QLabel* words_;
  QWidget* counts_;
  std::array<Group, 3> groups_;  ///< only the reader, only the agents, both
  Button* done_;
};

}  // namespace attest::ui
