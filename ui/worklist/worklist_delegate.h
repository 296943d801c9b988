#pragma once

#include <QStyledItemDelegate>

#include "core/domain/case_record.h"

namespace attest::ui {

/// Paints the rows of the worklist: chips, the patient's name in strong, quiet columns, progress of what
/// runs.
class WorklistDelegate final : public QStyledItemDelegate {
  Q_OBJECT
 public:
  using QStyledItemDelegate::QStyledItemDelegate;
  static constexpr int rowHeight = 40;
  void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
  QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

}  // namespace attest::ui
