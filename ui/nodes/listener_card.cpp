#include "ui/nodes/listener_card.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QIntValidator>
#include <QLabel>
#include <QLineEdit>
#include <QVBoxLayout>

#include "ui/error_words.h"
#include "ui/parts/button.h"
#include "ui/parts/card.h"
#include "ui/parts/chip.h"
#include "ui/parts/text.h"

namespace attest::ui {
namespace {

namespace act = session::action;

constexpr int longestAe = 16;
constexpr int lastPort = 65535;

}  // namespace

ListenerCard::ListenerCard(Store& store, QWidget* parent)
    : QWidget(parent),
      store_(store),
      state_(new Chip),
      aeTitle_(named(new QLineEdit, QStringLiteral("listenerAe"), tr("Our AE title"))),
      port_(named(new QLineEdit, QStringLiteral("listenerPort"), tr("Port"))),
      everywhere_(named(new QCheckBox(tr("Other machines may connect")), QStringLiteral("listenerEverywhere"),
                        tr("Other machines may connect"))),
      error_(paragraph({}, "danger", QStringLiteral("listenerError"))),
      set_(named(new Button(tr("Apply")), QStringLiteral("applyListener"))) {
  named(this, QStringLiteral("listener"), tr("Receiving"));
  auto* outer = new QVBoxLayout(this);
  outer->setContentsMargins(0, 0, 0, 0);
  auto* card = new Card;
  outer->addWidget(card);
  auto* head = new QHBoxLayout;
  head->addWidget(label(tr("Receiving (C-STORE)"), "strong"), 1);
  head->addWidget(state_);
  card->body()->addLayout(head);
  card->body()->addWidget(paragraph(tr("Only nodes that may send to us are let in."), "small"));
  aeTitle_->setMaxLength(longestAe);
  aeTitle_->setToolTip(tr("How other systems call this workstation"));
  port_->setValidator(new QIntValidator(0, lastPort, port_));
  port_->setToolTip(tr("The port to listen on; empty or 0: nothing is received"));
  port_->setPlaceholderText(tr("off"));
  everywhere_->setToolTip(tr("Else only programs on this machine may connect"));
  auto* row = new QHBoxLayout;
  row->setSpacing(6);
  row->addWidget(aeTitle_, 2);
  row->addWidget(port_, 1);
  row->addWidget(set_);
  card->body()->addLayout(row);
  card->body()->addWidget(everywhere_);
  card->body()->addWidget(error_);
  set_->setToolTip(tr("Stores the settings and obeys them at once"));
  connect(set_, &Button::clicked, this, &ListenerCard::apply);
  for (QLineEdit* field : {aeTitle_, port_})
    connect(field, &QLineEdit::returnPressed, this, &ListenerCard::apply);
}

void ListenerCard::apply() {
  session::Listener wanted = store_.state().nodes->listener;
  wanted.aeTitle = utf8(aeTitle_->text().trimmed());
  wanted.port = port_->text().toInt();
  wanted.everywhere = everywhere_->isChecked();
  store_.dispatch(act::SetListener{wanted});
}

void ListenerCard::draw(const session::State& now) {
  const session::Listener& listener = now.nodes->listener;
  const bool other = shown_.port != listener.port || shown_.aeTitle != listener.aeTitle ||
                     shown_.everywhere != listener.everywhere || aeTitle_->text().isEmpty();
  if (other) {  // what is being typed stays
    shown_ = listener;
    aeTitle_->setText(text(listener.aeTitle));
    port_->setText(listener.port == 0 ? QString() : QString::number(listener.port));
    everywhere_->setChecked(listener.everywhere);
  }
  state_->set(listener.running ? tr("listening")
              : listener.error ? tr("does not run")
                               : tr("off"),
              listener.running ? Tone::good
              : listener.error ? Tone::danger
                               : Tone::neutral);
  if (listener.error) {
    const ErrorWords words = ui::words(*listener.error);
    error_->setText(QStringLiteral("%1 %2").arg(words.happened, text(listener.error->detail)).trimmed());
  }
  error_->setVisible(listener.error.has_value());
  const bool may = mayAdminister(now);
  for (QWidget* one : {static_cast<QWidget*>(aeTitle_), static_cast<QWidget*>(port_),
                       static_cast<QWidget*>(everywhere_), static_cast<QWidget*>(set_)}) {
    one->setEnabled(may);
  }
}

}  // namespace attest::ui
