#pragma once

#include <QWidget>

#include "core/domain/run.h"

namespace attest::ui {

/// A step's state as a small sign: each has a shape of its own, so that colour is not needed to tell them
/// apart.
class Mark final : public QWidget {
  Q_OBJECT
 public:
  explicit Mark(StepState state, QWidget* parent = nullptr);

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  StepState state_;
};

/// The dashed circle of "expected here", as over the images.
class Ring final : public QWidget {
  Q_OBJECT
 public:
  explicit Ring(QWidget* parent = nullptr);

 protected:
  void paintEvent(QPaintEvent* event) override;
};

/// A square of an item's colour.
class Swatch final : public QWidget {
  Q_OBJECT
 public:
  explicit Swatch(const QColor& color = {}, QWidget* parent = nullptr);
  void setColor(const QColor& color);

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  QColor color_;
};

}  // namespace attest::ui
