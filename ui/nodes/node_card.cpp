#include "ui/nodes/node_card.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

#include "ui/nodes/problem_words.h"
#include "ui/parts/button.h"
#include "ui/parts/card.h"
#include "ui/parts/chip.h"
#include "ui/parts/text.h"
#include "ui/words.h"

namespace attest::ui {
namespace {

namespace act = session::action;

QString addressWords(const Node& node) {
  if (node.kind == NodeKind::dicomweb) return text(node.url);
  return QStringLiteral("%1 · %2:%3").arg(text(node.aeTitle), text(node.host)).arg(node.port);
}

QString rightsWords(const Node& node) {
  QStringList rights{node.kind == NodeKind::dicomweb ? QStringLiteral("DICOMweb") : QStringLiteral("DICOM")};
  if (node.deliver) rights << NodeCard::tr("receives signed cases");
  if (node.accept) rights << NodeCard::tr("may send to us");
  return rights.join(QStringLiteral(" · "));
}

}  // namespace

NodeCard::NodeCard(Store& store, Node node, QWidget* parent)
    : QWidget(parent),
      store_(store),
      node_(std::move(node)),
      card_(new Card),
      state_(new Chip),
      said_(paragraph({}, "danger", QStringLiteral("nodeSaid"))),
      advice_(paragraph({}, "quiet", QStringLiteral("nodeAdvice"))),
      test_(named(new Button(tr("Test")), QStringLiteral("testNode"))),
      edit_(named(new Button(tr("Edit…")), QStringLiteral("editNode"))),
      remove_(named(new Button(tr("Remove"), Button::Look::quiet), QStringLiteral("removeNode"))) {
  named(this, QStringLiteral("node_%1").arg(text(node_.name)), text(node_.name));
  auto* outer = new QVBoxLayout(this);
  outer->setContentsMargins(0, 0, 0, 0);
  outer->addWidget(card_);
  auto* head = new QHBoxLayout;
  head->addWidget(label(text(node_.name), "strong"), 1);
  head->addWidget(state_);
  card_->body()->addLayout(head);
  auto* address = new ElidedLabel("quiet");
  address->setText(addressWords(node_));
  card_->body()->addWidget(address);
  card_->body()->addWidget(label(rightsWords(node_), "small"));
  card_->body()->addWidget(said_);
  card_->body()->addWidget(advice_);
  auto* row = new QHBoxLayout;
  row->setSpacing(6);
  test_->setToolTip(tr("Asks whether it is there and lets us in (C-ECHO, or a QIDO query)"));
  edit_->setToolTip(tr("Name, address, rights"));
  remove_->setToolTip(tr("Removes the node; images and cases stay"));
  for (Button* one : {test_, edit_, remove_}) row->addWidget(one);
  row->addStretch();
  card_->body()->addLayout(row);
  card_->setClickable(true);
  connect(card_, &Card::clicked, this, &NodeCard::chosen);
  connect(test_, &Button::clicked, this, [this] {
    Q_EMIT chosen();
    store_.dispatch(act::TestNode{node_.name});
  });
  connect(edit_, &Button::clicked, this, &NodeCard::editWanted);
  connect(remove_, &Button::clicked, this, [this] { store_.dispatch(act::RemoveNode{node_.name}); });
}

void NodeCard::draw(const session::State& now, bool chosen) {
  card_->setChosen(chosen);
  const bool may = mayAdminister(now);
  for (Button* one : {edit_, remove_}) one->setVisible(may && chosen);
  const auto at = now.nodes->tests.find(node_.name);
  drawTest(at == now.nodes->tests.end() ? session::NodeTest{} : at->second);
}

void NodeCard::drawTest(const session::NodeTest& test) {
  const bool answered = !test.error && test.seconds > 0;
  if (test.running) {
    state_->set(tr("asking…"), Tone::accent);
  } else if (test.error) {
    state_->set(tr("✕ does not work"), Tone::danger);
  } else {
    state_->set(answered ? tr("✓ answers, %1").arg(secondsWords(test.seconds)) : QString(),
                test.unencrypted ? Tone::caution : Tone::good);
  }
  test_->setEnabled(!test.running);
  const bool wrong = test.error && !test.running;
  said_->setVisible(wrong);
  advice_->setVisible(wrong || (answered && test.unencrypted));
  if (wrong) {
    const bool asked = test.problem != NodeProblem::none;
    const ErrorWords said = asked ? words(test.problem, node_) : words(*test.error);
    said_->setText(said.happened);
    advice_->setText(said.advice);
    if (hasMore(test.problem))
      advice_->setText(tr("%1 It said: %2").arg(said.advice, text(test.error->detail)));
  } else {
    advice_->setText(node_.user.empty()
                         ? tr("Not encrypted: what goes there can be read on its way.")
                         : tr("Not encrypted: the password and what goes there can be read on their way."));
  }
}

}  // namespace attest::ui
