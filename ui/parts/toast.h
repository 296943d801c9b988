#pragma once

#include <QFrame>

#include "ui/theme/palette.h"

class QLabel;
class QTimer;

namespace attest::ui {

/// A message that lies over the lower edge of its parent without taking the keyboard: what happened, and what
/// to do. It leaves by itself after a while (not while the pointer rests on it) or by its cross.
class Toast final : public QFrame {
  Q_OBJECT
 public:
  explicit Toast(QWidget* parent);
  void show(const QString& happened, const QString& advice, Tone tone);
  QString happened() const;
  QString advice() const;
  void leave();

 Q_SIGNALS:
  void dismissed();  ///< by the person or by time

 protected:
  void paintEvent(QPaintEvent* event) override;
  bool eventFilter(QObject* watched, QEvent* event) override;
  void enterEvent(QEnterEvent* event) override;
  void leaveEvent(QEvent* event) override;

 private:
  void place();
  QLabel* happened_;
  QLabel* advice_;
  QTimer* timer_;
  Tone tone_ = Tone::neutral;
};

}  // namespace attest::ui
