#pragma once

#include <QFrame>
#include <optional>

#include "ui/theme/palette.h"

class QVBoxLayout;

namespace attest::ui {

/// A raised box with rounded corners that holds one thing. It can be chosen (a coloured outline) and carry a
/// tone (a bar at its left edge).
class Card final : public QFrame {
  Q_OBJECT
 public:
  explicit Card(QWidget* parent = nullptr);
  QVBoxLayout* body() const noexcept { return body_; }
  void setChosen(bool chosen);
  bool isChosen() const noexcept { return chosen_; }
  void setBar(std::optional<Tone> tone);
  /// Answers a click anywhere on it; for the keyboard there are keys, or a button inside.
  void setClickable(bool clickable);

 Q_SIGNALS:
  void clicked();
  void doubleClicked();

 protected:
  void paintEvent(QPaintEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;

 private:
  QVBoxLayout* body_;
  std::optional<Tone> bar_;
  bool chosen_ = false;
  bool clickable_ = false;
};

}  // namespace attest::ui
