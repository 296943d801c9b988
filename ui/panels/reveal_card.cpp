#include "ui/panels/reveal_card.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>
#include <algorithm>

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
      counts_(new QWidget),
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
  auto* flow = new Flow(12);
  counts_->setLayout(flow);
  const std::array names{"revealMine", "revealAgents", "revealBoth"};
  const std::array titles{tr("Only you"), tr("Only the agents"), tr("Both")};
  for (std::size_t i = 0; i < groups_.size(); ++i) {
    Group& group = groups_[i];
    group.name = titles[i];
    group.count = named(new Button(group.name, Button::Look::link), QLatin1String(names[i]));
    group.count->setToolTip(tr("Go to the next of them"));
    connect(group.count, &Button::clicked, this, [this, &group] { goOn(group); });
    flow->addWidget(group.count);
  }
  card->body()->addWidget(counts_);
  done_->setKey(keyHint(Command::read_done));
  done_->setToolTip(QStringLiteral("%1 (%2)").arg(words(Command::read_done), done_->key()));
  card->body()->addWidget(done_, 0, Qt::AlignLeft);
  connect(done_, &Button::clicked, this, [this] { store_.dispatch(act::MyReadIsDone{}); });
}

void RevealCard::draw(const session::State& state) {
  const bool waiting = hidesProposals(state);
  const auto found = waiting ? std::nullopt : session::differences(state);
  setVisible(waiting || found);
  done_->setVisible(waiting);
  counts_->setVisible(!waiting);
  if (waiting) drawWaiting(state);
  if (found) drawDifferences(*found);
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

void RevealCard::drawDifferences(const session::Differences& found) {
  title_->setText(tr("You and the agents"));
  state_->set(tr("revealed"), Tone::accent);
  groups_[0].items = found.mine;
  groups_[1].items = found.agents;
  groups_[2].items.clear();
  for (const auto& pair : found.both) groups_[2].items.push_back(pair.mine);
  for (const auto& [name, count, items] : groups_) {
    count->setText(QStringLiteral("%1 · %2").arg(name).arg(items.size()));
    count->setAccessibleName(count->text());
    count->updateGeometry();
    count->setVisible(!items.empty());
  }
  const bool same = found.mine.empty() && found.agents.empty();
  words_->setText(found.both.empty() && same ? tr("Neither you nor the agents marked anything.")
                  : same                     ? tr("You and the agents marked the same places.")
                                             : tr("Only the differences need a decision."));
}

void RevealCard::goOn(const Group& group) {
  if (group.items.empty()) return;
  const auto& selected = store_.state().review->selected;
  const auto at =
      std::ranges::find(group.items, selected, [](const ItemId& id) { return std::optional(id); });
  const bool more = at != group.items.end() && at + 1 != group.items.end();
  store_.dispatch(act::SelectItem{more ? *(at + 1) : group.items.front()});
}

}  // namespace attest::ui
