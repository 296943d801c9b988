#pragma once

#include <QWidget>

#include "ui/store.h"

class QHBoxLayout;
class QMenu;

namespace attest::ui {

class Button;

/// At the top of every page but the reading room: where one can go, room for what the page needs, and who is
/// signed in with their settings.
class TopBar final : public QWidget {
  Q_OBJECT
 public:
  explicit TopBar(Store& store, QWidget* parent = nullptr);
  /// Between the places at the left and the reader at the right.
  QHBoxLayout* middle() const noexcept { return middle_; }
  void openReaderMenu();

 Q_SIGNALS:
  void helpWanted();

 private:
  void addPlaces(QHBoxLayout* row);
  void fillReaderMenu();
  void draw(const session::State& now);
  Store& store_;
  Button* worklist_;
  Button* nodes_;
  Button* parked_;
  QMenu* parkedMenu_;
  QHBoxLayout* middle_;
  Button* reader_;
  QMenu* readerMenu_;
};

}  // namespace attest::ui
