#include "ui/parts/toast.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QPainter>
#include <QPainterPath>
#include <QTimer>

#include "ui/parts/button.h"
#include "ui/parts/text.h"

namespace attest::ui {
namespace {

constexpr int stayMs = 9000;
constexpr int maxWidth = 520;

}  // namespace

Toast::Toast(QWidget* parent)
    : QFrame(parent),
      happened_(paragraph({}, "strong", QStringLiteral("toastHappened"))),
      advice_(paragraph({}, "quiet", QStringLiteral("toastAdvice"))),
      timer_(new QTimer(this)) {
  named(this, QStringLiteral("toast"), tr("Message"));
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(16, 12, 8, 12);
  auto* words = new QVBoxLayout;
  words->setSpacing(2);
  words->addWidget(happened_);
  words->addWidget(advice_);
  row->addLayout(words, 1);
  auto* close =
      named(new Button(QStringLiteral("✕"), Button::Look::quiet), QStringLiteral("toastClose"), tr("Close"));
  close->setToolTip(tr("Close"));
  row->addWidget(close, 0, Qt::AlignTop);
  connect(close, &Button::clicked, this, &Toast::leave);
  timer_->setSingleShot(true);
  connect(timer_, &QTimer::timeout, this, &Toast::leave);
  parent->installEventFilter(this);
  hide();
}

void Toast::show(const QString& happened, const QString& advice, Tone tone) {
  tone_ = tone;
  happened_->setText(happened);
  advice_->setText(advice);
  advice_->setVisible(!advice.isEmpty());
  place();
  raise();
  QFrame::show();
  timer_->start(stayMs);
}

QString Toast::happened() const {
  return happened_->text();
}
QString Toast::advice() const {
  return advice_->text();
}

void Toast::leave() {
  timer_->stop();
  hide();
  Q_EMIT dismissed();
}

void Toast::place() {
  const int wide = std::min(maxWidth, parentWidget()->width() - 32);
  setFixedWidth(wide);
  const int tall = layout()->hasHeightForWidth() ? layout()->heightForWidth(wide) : sizeHint().height();
  setGeometry((parentWidget()->width() - wide) / 2, parentWidget()->height() - tall - 48, wide, tall);
}

bool Toast::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() == QEvent::Resize && isVisible()) place();
  return QFrame::eventFilter(watched, event);
}

void Toast::enterEvent(QEnterEvent*) {
  timer_->stop();
}

void Toast::leaveEvent(QEvent*) {
  timer_->start(stayMs);
}

void Toast::paintEvent(QPaintEvent*) {
  const Palette& p = ui::palette();
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  QPainterPath shape;
  shape.addRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8);
  painter.fillPath(shape, p.raised);
  painter.save();
  painter.setClipPath(shape);
  painter.fillRect(QRectF(0, 0, 4, height()), toneColor(tone_));
  painter.restore();
  painter.setPen(QPen(blend(p.line, p.quiet, 0.35), 1));
  painter.drawPath(shape);
}

}  // namespace attest::ui
