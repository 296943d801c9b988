#include "ui/pages/nodes_page.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/dialogs/node_dialog.h"
#include "ui/error_words.h"
#include "ui/nodes/listener_card.h"
#include "ui/nodes/node_card.h"
#include "ui/nodes/query_panel.h"
#include "ui/pages/top_bar.h"
#include "ui/parts/button.h"
#include "ui/parts/scroller.h"
#include "ui/parts/text.h"
#include "ui/words.h"

namespace attest::ui {
namespace {

constexpr int sideWidth = 400;

}  // namespace

NodesPage::NodesPage(Store& store, QWidget* parent)
    : QWidget(parent),
      store_(store),
      cards_(new QVBoxLayout),
      none_(paragraph({}, "quiet", QStringLiteral("noNodes"))),
      error_(paragraph({}, "danger", QStringLiteral("nodesError"))),
      add_(named(new Button(tr("Add a node…")), QStringLiteral("addNode"))),
      listener_(new ListenerCard(store)),
      query_(new QueryPanel(store)) {
  named(this, QStringLiteral("nodesPage"), tr("PACS"));
  auto* outer = new QVBoxLayout(this);
  outer->setContentsMargins(0, 0, 0, 0);
  outer->setSpacing(0);
  auto* bar = new TopBar(store_);
  connect(bar, &TopBar::helpWanted, this, &NodesPage::helpWanted);
  bar->middle()->addStretch(1);
  outer->addWidget(bar);
  auto* body = new QHBoxLayout;
  body->setSpacing(0);
  body->addWidget(makeSide());
  body->addWidget(query_, 1);
  outer->addLayout(body, 1);
  connect(add_, &Button::clicked, this, [this] { edit({}); });
  connect(&store_, &Store::changed, this, [this](const session::State& old, const session::State& now) {
    if (old.nodes != now.nodes || old.signIn != now.signIn || old.worklist != now.worklist) draw(now);
  });
  draw(store_.state());
}

QWidget* NodesPage::makeSide() {
  auto* side = surface("panel", "right");
  side->setFixedWidth(sideWidth);
  auto* column = new QVBoxLayout(side);
  column->setContentsMargins(0, 0, 1, 0);
  auto* area = scroller();
  auto* inside = new QWidget;
  auto* list = new QVBoxLayout(inside);
  list->setContentsMargins(12, 12, 12, 12);
  list->setSpacing(8);
  list->addWidget(label(tr("Nodes"), "title"));
  list->addWidget(
      paragraph(tr("Systems that speak DICOM: a PACS, an archive, another workstation."), "quiet"));
  list->addWidget(error_);
  cards_->setSpacing(8);
  list->addLayout(cards_);
  list->addWidget(none_);
  add_->setToolTip(tr("Name, address, and what it may do"));
  list->addWidget(add_, 0, Qt::AlignLeft);
  list->addSpacing(8);
  list->addWidget(listener_);
  list->addStretch();
  area->setWidget(inside);
  column->addWidget(area);
  return side;
}

void NodesPage::edit(const Node& node) {
  auto* dialog = new NodeDialog(store_, node, this);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->open();
}

void NodesPage::draw(const session::State& now) {
  const session::Nodes& nodes = *now.nodes;
  drawCards(now);
  if (nodes.error) {
    const ErrorWords words = ui::words(*nodes.error);
    error_->setText(QStringLiteral("%1 %2").arg(words.happened, words.advice));
  }
  error_->setVisible(nodes.error.has_value());
  none_->setVisible(nodes.list.empty());
  none_->setText(nodes.loading        ? tr("Loading…")
                 : mayAdminister(now) ? tr("No node yet. Add your PACS, test it, and query it here.")
                                      : tr("No node yet. An administrator adds them."));
  add_->setVisible(mayAdminister(now));
  listener_->draw(now);
  query_->setNode(chosen_);
  query_->draw(now);
}

void NodesPage::drawCards(const session::State& now) {
  const auto& list = now.nodes->list;
  if (!std::ranges::equal(shown_, list, {}, [](const NodeCard* card) { return card->node(); })) {
    clear(cards_);
    shown_.clear();
    for (const Node& node : list) {
      auto* card = new NodeCard(store_, node);
      connect(card, &NodeCard::chosen, this, [this, name = node.name] {
        chosen_ = name;
        draw(store_.state());
      });
      connect(card, &NodeCard::editWanted, this, [this, node] { edit(node); });
      cards_->addWidget(card);
      shown_.push_back(card);
    }
  }
  if (std::ranges::find(list, chosen_, &Node::name) == list.end())
    chosen_ = list.empty() ? std::string() : list.front().name;
  for (NodeCard* card : shown_) card->draw(now, card->node().name == chosen_);
}

}  // namespace attest::ui
