#include "ui/worklist/worklist_delegate.h"

#include <QPainter>

#include "ui/parts/chip.h"
#include "ui/theme/theme.h"
#include "ui/words.h"
#include "ui/worklist/worklist_model.h"

namespace attest::ui {
namespace {

constexpr int pad = 8;

void paintProgress(QPainter& painter, QRect area, double share) {
  const Palette& p = palette();
  const QRectF bar(area.left(), area.center().y() - 1.5, 64, 4);
  painter.setPen(Qt::NoPen);
  painter.setBrush(p.line);
  painter.drawRoundedRect(bar, 2, 2);
  painter.setBrush(p.accent);
  painter.drawRoundedRect(QRectF(bar.left(), bar.top(), bar.width() * share, bar.height()), 2, 2);
}

Tone priorityTone(Priority priority) {
  return priority == Priority::stat     ? Tone::danger
         : priority == Priority::urgent ? Tone::caution
                                        : Tone::neutral;
}

bool isQuiet(int column) {
  return column == WorklistModel::id || column == WorklistModel::age_sex || column == WorklistModel::region ||
         column == WorklistModel::study || column == WorklistModel::reader;
}

}  // namespace

QSize WorklistDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const {
  return {80, rowHeight};
}

void WorklistDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                             const QModelIndex& index) const {
  const Palette& p = palette();
  painter->save();
  painter->setRenderHint(QPainter::Antialiasing);
  const bool chosen = option.state.testFlag(QStyle::State_Selected);
  const bool hovered = option.state.testFlag(QStyle::State_MouseOver);
  if (chosen) painter->fillRect(option.rect, blend(p.background, p.accent, 0.18));
  if (!chosen && hovered) painter->fillRect(option.rect, blend(p.background, p.raised, 0.6));
  if (chosen && index.column() == 0) {
    painter->fillRect(QRect(option.rect.left(), option.rect.top(), 3, option.rect.height()), p.accent);
  }
  painter->fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1),
                    blend(p.background, p.line, 0.7));

  const auto* model = qobject_cast<const WorklistModel*>(index.model());
  const CaseRow* row = model == nullptr ? nullptr : model->row(index.row());
  const QString words = index.data(Qt::DisplayRole).toString();
  QRect area = option.rect.adjusted(pad, 0, -pad, 0);
  if (row != nullptr && index.column() == WorklistModel::status) {
    paintChip(*painter, area, words, row->changed ? Tone::caution : tone(row->status));
  } else if (row != nullptr && index.column() == WorklistModel::delivery) {
    if (!words.isEmpty()) paintChip(*painter, area, words, deliveryTone(row->delivery));
  } else if (row != nullptr && index.column() == WorklistModel::priority) {
    if (!words.isEmpty()) paintChip(*painter, area, words, priorityTone(row->priority));
  } else {
    if (row != nullptr && index.column() == WorklistModel::agents && row->stepsDone < row->stepsTotal &&
        row->status == CaseStatus::analyzing) {
      paintProgress(*painter, area, static_cast<double>(row->stepsDone) / row->stepsTotal);
      area.setLeft(area.left() + 76);
    }
    const bool strong = index.column() == WorklistModel::patient && row != nullptr;
    painter->setFont(textFont(13, strong ? QFont::DemiBold : QFont::Normal));
    painter->setPen(row == nullptr || isQuiet(index.column()) ? p.quiet : p.text);
    const auto align = index.data(Qt::TextAlignmentRole).value<Qt::Alignment>();
    painter->drawText(area,
                      static_cast<int>(align ? align : Qt::AlignLeft | Qt::AlignVCenter) | Qt::TextSingleLine,
                      painter->fontMetrics().elidedText(words, Qt::ElideRight, area.width()));
  }
  painter->restore();
}

}  // namespace attest::ui
