#pragma once

#include <QString>
#include <QWidget>

#include "ui/theme/palette.h"

class QPainter;

namespace attest::ui {

/// Draws a pill of words at the left of `area`, centred in height; returns its rectangle. Lists paint chips
/// with it too.
QRectF paintChip(QPainter& painter, const QRectF& area, const QString& text, Tone tone);
/// The width that paintChip() would take.
int chipWidth(const QString& text);

/// One word of status. The word says it; the colour only helps.
class Chip final : public QWidget {
  Q_OBJECT
 public:
  explicit Chip(QWidget* parent = nullptr);
  Chip(const QString& text, Tone tone, QWidget* parent = nullptr);
  void set(const QString& text, Tone tone);
  const QString& text() const noexcept { return text_; }
  QSize sizeHint() const override;

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  QString text_;
  Tone tone_ = Tone::neutral;
};

}  // namespace attest::ui
