#pragma once

#include <QWidget>
#include <map>

#include "ui/store.h"

class QLabel;
class QVBoxLayout;

namespace attest::ui {

class Chip;
class LesionRow;

/// The checklist of earlier lesions: every lesion of the last signed version, and what became of it. None is
/// forgotten: the signature asks for all of them.
class LesionsCard final : public QWidget {
  Q_OBJECT
 public:
  explicit LesionsCard(Store& store, QWidget* parent = nullptr);
  void draw(const session::State& state);
  /// The row of that lesion, by the item that it was; null where there is none.
  QWidget* row(const ItemId& earlier) const;

 private:
  void drawRows(const session::State& state, const Comparison& comparison);
  Store& store_;
  Chip* state_;
  QLabel* facts_;
  QVBoxLayout* list_;
  std::map<ItemId, LesionRow*> rows_;
};

}  // namespace attest::ui
