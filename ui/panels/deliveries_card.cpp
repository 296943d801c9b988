#include "ui/panels/deliveries_card.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/parts/button.h"
#include "ui/parts/card.h"
#include "ui/parts/chip.h"
#include "ui/parts/text.h"
#include "ui/words.h"

namespace attest::ui {
namespace {

namespace act = session::action;

QString stateWords(const std::string& state) {
  if (state == "due") return DeliveriesCard::tr("waiting");
  if (state == "sending") return DeliveriesCard::tr("sending");
  if (state == "delivered") return DeliveriesCard::tr("delivered");
  return DeliveriesCard::tr("not delivered");
}

Tone stateTone(const std::string& state) {
  return state == "delivered" ? Tone::good : state == "failed" ? Tone::danger : Tone::accent;
}

QWidget* line(const Delivery& delivery) {
  auto* holder = new QWidget;
  auto* column = new QVBoxLayout(holder);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(2);
  auto* head = new QHBoxLayout;
  auto* name = new ElidedLabel;
  name->setText(QStringLiteral("%1 → %2").arg(text(delivery.format).toUpper(), text(delivery.destination)));
  head->addWidget(name, 1);
  head->addWidget(new Chip(stateWords(delivery.state), stateTone(delivery.state)));
  column->addLayout(head);
  QStringList facts{DeliveriesCard::tr("version %1").arg(delivery.version)};
  if (delivery.attempts > 1) facts << DeliveriesCard::tr("%1 tries").arg(delivery.attempts);
  if (delivery.state == "due" && delivery.attempts > 0)
    facts << DeliveriesCard::tr("again at %1").arg(momentWords(delivery.notBefore));
  if (!delivery.error.empty() && delivery.state != "delivered") facts << text(delivery.error);
  column->addWidget(paragraph(facts.join(QStringLiteral(" · ")), "small"));
  return holder;
}

}  // namespace

DeliveriesCard::DeliveriesCard(Store& store, QWidget* parent)
    : QWidget(parent),
      store_(store),
      rows_(new QVBoxLayout),
      retry_(named(new Button(tr("Send again now")), QStringLiteral("retryDeliveries"))) {
  named(this, QStringLiteral("deliveries"), tr("Delivery"));
  auto* outer = new QVBoxLayout(this);
  outer->setContentsMargins(0, 0, 0, 0);
  auto* card = new Card;
  outer->addWidget(card);
  card->body()->addWidget(label(tr("Delivery"), "strong"));
  rows_->setSpacing(8);
  card->body()->addLayout(rows_);
  retry_->setToolTip(tr("Tries at once what is not delivered; nothing is lost meanwhile"));
  card->body()->addWidget(retry_, 0, Qt::AlignLeft);
  connect(retry_, &Button::clicked, this, [this] { store_.dispatch(act::RetryDeliveries{}); });
}

void DeliveriesCard::draw(const CaseRecord& record) {
  clear(rows_);
  setVisible(!record.versions.empty());
  if (record.versions.empty()) return;
  for (const Delivery& delivery : record.deliveries) rows_->addWidget(line(delivery));
  if (record.deliveries.empty())
    rows_->addWidget(
        paragraph(tr("No destination is set up. A PACS that receives signed cases is a node with "
                     "“send signed cases”."),
                  "quiet"));
  retry_->setVisible(std::ranges::any_of(
      record.deliveries, [](const Delivery& one) { return one.state == "failed" || one.state == "due"; }));
}

}  // namespace attest::ui
