#pragma once

#include <QWidget>

#include "ui/store.h"

class QLabel;
class QVBoxLayout;

namespace attest::ui {

class Chip;

/// The checklist of earlier lesions: every lesion of the last signed version, and what became of it. None is
/// forgotten: the signature asks for all of them.
class LesionsCard final : public QWidget {
  Q_OBJECT
 public:
  explicit LesionsCard(Store& store, QWidget* parent = nullptr);
  void draw(const session::State& state);

 private:
  QWidget* makeRow(const session::State& state, const CarriedLesion& lesion);
  QWidget* makeButtons(const session::State& state, const CarriedLesion& lesion);
  Store& store_;
  QLabel* title_;
  Chip* state_;
  QLabel* facts_;
  QVBoxLayout* rows_;
};

}  // namespace attest::ui
