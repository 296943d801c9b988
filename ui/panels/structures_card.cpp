#include "ui/panels/structures_card.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>
#include <algorithm>
#include <set>

#include "core/base/format.h"
#include "ui/panels/finding_card.h"
#include "ui/parts/button.h"
#include "ui/parts/card.h"
#include "ui/parts/chip.h"
#include "ui/parts/mark.h"
#include "ui/parts/text.h"
#include "ui/shortcuts.h"
#include "ui/words.h"

namespace attest::ui {
namespace {

namespace act = session::action;

}  // namespace

StructuresCard::StructuresCard(Store& store, QWidget* parent)
    : QWidget(parent),
      store_(store),
      card_(new Card),
      state_(new Chip),
      names_(new ElidedLabel("quiet")),
      expand_(named(new Button(tr("Show"), Button::Look::link), QStringLiteral("expandStructures"))),
      list_(new QWidget),
      rows_(new QVBoxLayout(list_)),
      confirm_(named(new Button(tr("Confirm all")), QStringLiteral("confirmAll"))),
      made_(paragraph({}, "small", QStringLiteral("structuresMadeBy"))) {
  named(this, QStringLiteral("structures"), tr("Structures"));
  auto* outer = new QVBoxLayout(this);
  outer->setContentsMargins(0, 0, 0, 0);
  outer->addWidget(card_);
  auto* head = new QHBoxLayout;
  head->setSpacing(8);
  head->addWidget(label(tr("Structures"), "strong"));
  names_->setAlignment(Qt::AlignLeft | Qt::AlignVCenter);
  head->addWidget(named(names_, QStringLiteral("structureNames")), 1);
  head->addWidget(state_);
  card_->body()->addLayout(head);
  rows_->setContentsMargins(0, 0, 0, 0);
  rows_->setSpacing(2);
  list_->hide();
  card_->body()->addWidget(list_);
  auto* foot = new QHBoxLayout;
  foot->setSpacing(8);
  confirm_->setKey(keyHint(Command::confirm_structures));
  foot->addWidget(confirm_);
  foot->addWidget(made_, 1);
  expand_->setToolTip(tr("Show each structure, its volume and its outline"));
  foot->addWidget(expand_);
  connect(expand_, &Button::clicked, this, [this] {
    list_->setVisible(list_->isHidden());
    expand_->setText(list_->isHidden() ? tr("Show") : tr("Hide"));
    draw(store_.state());
  });
  card_->body()->addLayout(foot);
  connect(confirm_, &Button::clicked, this,
          [this] { store_.dispatch(act::ConfirmStructures{store_.now()}); });
}

QWidget* StructuresCard::makeRow(const session::State& state, const Item& item) {
  auto* row = named(new Button(term(item.label), Button::Look::quiet),
                    QStringLiteral("structure_%1").arg(text(item.id.value)));
  row->setWide(true);
  row->setKey(item.measurement.voxels > 0 ? local(formatMl(item.measurement.volumeMm3)) : words(item.state));
  row->setToolTip(
      QStringLiteral("%1 · %2").arg(words(item.state), madeByWords(*state.reading->record, item)));
  row->setCheckable(true);
  row->setChecked(state.review->selected == item.id);
  connect(row, &Button::clicked, this, [this, id = item.id] { store_.dispatch(act::SelectItem{id}); });
  auto* holder = new QWidget;
  auto* line = new QHBoxLayout(holder);
  line->setContentsMargins(0, 0, 0, 0);
  line->setSpacing(2);
  line->addWidget(new Swatch(QColor(item.color[0], item.color[1], item.color[2])));
  line->addWidget(row, 1);
  const bool hidden = state.reading->hidden.contains(item.id);
  auto* eye = named(new Button(hidden ? QStringLiteral("○") : QStringLiteral("●"), Button::Look::quiet),
                    QStringLiteral("show_%1").arg(text(item.id.value)),
                    hidden ? tr("Show outline") : tr("Hide outline"));
  eye->setToolTip(hidden ? tr("Show outline") : tr("Hide outline"));
  connect(eye, &Button::clicked, this, [this, id = item.id] { store_.dispatch(act::ToggleItem{id}); });
  line->addWidget(eye);
  return holder;
}

void StructuresCard::draw(const session::State& state) {
  clear(rows_);
  int waiting = 0;
  int count = 0;
  bool pending = false;
  std::set<QString> makers;
  QStringList names;
  for (const Item& item : state.reading->record->items) {
    if (item.kind != ItemKind::structure) continue;
    ++count;
    waiting += item.state == ItemState::proposed ? 1 : 0;
    pending = pending || isPending(*state.review, item.id);
    if (!item.madeBy.agent.empty())
      makers.insert(QStringLiteral("%1 %2").arg(agentWords(item.madeBy.agent), text(item.madeBy.version)));
    names << term(item.label);
    if (!list_->isHidden()) rows_->addWidget(makeRow(state, item));
  }
  names_->setText(names.join(QStringLiteral(", ")));
  setVisible(count > 0);
  state_->set(pending       ? tr("saving…")
              : waiting > 0 ? tr("%1 to confirm").arg(waiting)
                            : tr("confirmed"),
              pending       ? Tone::neutral
              : waiting > 0 ? Tone::caution
                            : Tone::good);
  confirm_->setVisible(waiting > 0);
  confirm_->setEnabled(!pending && !state.review->edit);
  made_->setText(tr("by %1").arg(QStringList(makers.begin(), makers.end()).join(QStringLiteral(", "))));
  made_->setVisible(!makers.empty());
  card_->setBar(waiting == 0 && count > 0 ? std::optional(Tone::good) : std::nullopt);
}

}  // namespace attest::ui
