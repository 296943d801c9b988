#include "ui/panels/reveal_card.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

#include "ui/commands.h"
#include "ui/parts/button.h"
#include "ui/parts/card.h"
#include "ui/parts/chip.h"
#include "ui/parts/flow.h"
#include "ui/parts/text.h"
#include "ui/words.h"

namespace attest::ui {
namespace {

namespace act = session::action;

}  // namespace

RevealCard::RevealCard(Store& store, QWidget* parent)
    : QWidget(parent),
      store_(store),
      title_(label({}, "strong", QStringLiteral("revealTitle"))),
      state_(new Chip),
      words_(paragraph({}, "quiet", QStringLiteral("revealWords"))),
      rows_(new QVBoxLayout),
      done_(named(new Button(tr("My read is done"), Button::Look::primary), QStringLiteral("readDone"))) {
  named(this, QStringLiteral("reveal"), tr("AI after me"));
  auto* outer = new QVBoxLayout(this);
  outer->setContentsMargins(0, 0, 0, 0);
  auto* card = new Card;
  outer->addWidget(card);
  auto* head = new QHBoxLayout;
  head->addWidget(title_, 1);
  head->addWidget(state_);
  card->body()->addLayout(head);
  card->body()->addWidget(words_);
  rows_->setSpacing(4);
  card->body()->addLayout(rows_);
  done_->setKey(keyHint(Command::read_done));
  done_->setToolTip(QStringLiteral("%1 (%2)").arg(words(Command::read_done), done_->key()));
  card->body()->addWidget(done_, 0, Qt::AlignLeft);
  connect(done_, &Button::clicked, this, [this] { store_.dispatch(act::MyReadIsDone{}); });
}

void RevealCard::draw(const session::State& state) {
  clear(rows_);
  const bool waiting = hidesProposals(state);
  const auto found = waiting ? std::nullopt : session::differences(state);
  setVisible(waiting || found);
  done_->setVisible(waiting);
  if (waiting) drawWaiting(state);
  if (found) drawDifferences(state, *found);
}

void RevealCard::drawWaiting(const session::State& state) {
  const auto& runs = state.reading->record->runs;
  const bool working = !runs.empty() && isActive(runs.back());
  title_->setText(tr("AI results wait until your own read is done"));
  state_->set(working ? tr("agents work") : QString(), Tone::accent);
  words_->setText(
      tr("Read and draw what you see. Then press %1: what the agents propose appears, and only the "
         "differences are asked about.")
          .arg(done_->key()));
}

void RevealCard::drawDifferences(const session::State& state, const session::Differences& found) {
  title_->setText(tr("You and the agents"));
  state_->set(tr("revealed"), Tone::accent);
  std::vector<ItemId> both;
  for (const auto& pair : found.both) both.push_back(pair.mine);
  const bool same = found.mine.empty() && found.agents.empty();
  words_->setText(both.empty() && same ? tr("Neither you nor the agents marked anything.")
                  : same               ? tr("You and the agents marked the same places.")
                                       : tr("Only the differences need a decision."));
  addGroup(tr("Only you"), found.mine, state);
  addGroup(tr("Only the agents"), found.agents, state);
  addGroup(tr("Both"), both, state);
}

void RevealCard::addGroup(const QString& title, const std::vector<ItemId>& items,
                          const session::State& state) {
  if (items.empty()) return;
  auto* holder = new QWidget;
  auto* row = new QHBoxLayout(holder);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(8);
  auto* name = label(QStringLiteral("%1 · %2").arg(title).arg(items.size()), "quiet");
  name->setMinimumWidth(116);
  row->addWidget(name, 0, Qt::AlignTop);
  auto* links = new QWidget;
  auto* flow = new Flow(2);
  links->setLayout(flow);
  for (const ItemId& id : items) {
    const Item* item = findItem(*state.reading->record, id);
    if (item == nullptr) continue;
    auto* link = new Button(term(item->label), Button::Look::link);
    link->setToolTip(tr("Go to it"));
    connect(link, &Button::clicked, this, [this, id] { store_.dispatch(act::SelectItem{id}); });
    flow->addWidget(link);
  }
  row->addWidget(links, 1);
  rows_->addWidget(holder);
}

}  // namespace attest::ui
