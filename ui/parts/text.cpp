#include "ui/parts/text.h"

#include <QBoxLayout>
#include <QPainter>
#include <QStyle>

namespace attest::ui {

QLabel* label(const QString& words, const char* role, const QString& name) {
  auto* made = new QLabel(words);
  made->setTextFormat(Qt::PlainText);
  made->setProperty("role", QString::fromLatin1(role));
  made->setObjectName(name);
  return made;
}

QLabel* paragraph(const QString& words, const char* role, const QString& name) {
  QLabel* made = label(words, role, name);
  made->setWordWrap(true);
  made->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Minimum);
  return made;
}

void setRole(QLabel* label, const char* role) {
  const QString wanted = QString::fromLatin1(role);
  if (label->property("role") == wanted) return;
  label->setProperty("role", wanted);
  label->style()->unpolish(label);
  label->style()->polish(label);
}

ElidedLabel::ElidedLabel(const char* role, QWidget* parent) : QLabel(parent) {
  setTextFormat(Qt::PlainText);
  setProperty("role", QString::fromLatin1(role));
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
}

void ElidedLabel::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setPen(QLabel::palette().color(foregroundRole()));
  const QString shown = fontMetrics().elidedText(QLabel::text(), Qt::ElideRight, width());
  if (shown != QLabel::text()) setToolTip(QLabel::text());
  painter.drawText(rect(), static_cast<int>(alignment()) | Qt::TextSingleLine, shown);
}

QWidget* separator(Qt::Orientation orientation) {
  auto* line = surface("panel", orientation == Qt::Horizontal ? "top" : "left");
  if (orientation == Qt::Horizontal) {
    line->setFixedHeight(1);
  } else {
    line->setFixedWidth(1);
  }
  return line;
}

QWidget* surface(const char* kind, const char* edge, QWidget* parent) {
  auto* made = new QWidget(parent);
  made->setAttribute(Qt::WA_StyledBackground);
  made->setProperty("surface", QString::fromLatin1(kind));
  if (*edge != '\0') made->setProperty("edge", QString::fromLatin1(edge));
  return made;
}

void clear(QBoxLayout* layout) {
  while (QLayoutItem* item = layout->takeAt(0)) {
    if (QWidget* widget = item->widget()) {
      widget->hide();
      widget->deleteLater();
    } else if (auto* inner = dynamic_cast<QBoxLayout*>(item->layout())) {
      clear(inner);
    }
    delete item;
  }
}

}  // namespace attest::ui
