#pragma once

#include <QWidget>

#include "ui/store.h"

class QLabel;

namespace attest::ui {

class Button;

/// At the bottom of every screen after sign-in: what is under the pointer, what is saved, what runs, and the
/// research notice.
class StatusLine final : public QWidget {
  Q_OBJECT
 public:
  explicit StatusLine(Store& store, QWidget* parent = nullptr);
  void setCursorWords(const QString& value, const QString& position);

 private:
  void draw(const session::State& now);
  void drawList(const session::Worklist& list);
  void drawReading(const session::State& now);
  Store& store_;
  bool listed_ = false;  ///< the value's place holds the count of cases
  QLabel* value_;
  QLabel* position_;
  QLabel* picture_;
  QLabel* saved_;
  QLabel* import_;
  Button* cancel_;
  QLabel* agents_;
};

}  // namespace attest::ui
