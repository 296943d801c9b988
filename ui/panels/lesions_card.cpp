#include "ui/panels/lesions_card.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>
#include <algorithm>

#include "core/base/format.h"
#include "ui/commands.h"
#include "ui/parts/button.h"
#include "ui/parts/card.h"
#include "ui/parts/chip.h"
#include "ui/parts/flow.h"
#include "ui/parts/mark.h"
#include "ui/parts/text.h"
#include "ui/words.h"

namespace attest::ui {
namespace {

namespace act = session::action;

/// Where it is now: the finding that it is, or why there is none.
QString matchWords(const session::State& state, const CarriedLesion& lesion) {
  if (const Item* match = shownMatch(state, lesion)) {
    const QString now = sizeWords(match->measurement);
    return now.isEmpty() ? term(match->label) : LesionsCard::tr("now %1").arg(now);
  }
  if (lesion.uncertaintyMm <= 0) return LesionsCard::tr("its place here is not known");
  return LesionsCard::tr("nothing paired within %1").arg(local(formatMm(lesion.uncertaintyMm)));
}

}  // namespace

LesionsCard::LesionsCard(Store& store, QWidget* parent)
    : QWidget(parent),
      store_(store),
      title_(label(tr("Earlier lesions"), "strong")),
      state_(new Chip),
      facts_(paragraph({}, "small", QStringLiteral("lesionsFacts"))),
      rows_(new QVBoxLayout) {
  named(this, QStringLiteral("lesions"), tr("Earlier lesions"));
  auto* outer = new QVBoxLayout(this);
  outer->setContentsMargins(0, 0, 0, 0);
  auto* card = new Card;
  outer->addWidget(card);
  auto* head = new QHBoxLayout;
  head->addWidget(title_, 1);
  head->addWidget(state_);
  card->body()->addLayout(head);
  card->body()->addWidget(facts_);
  rows_->setSpacing(4);
  card->body()->addLayout(rows_);
}

void LesionsCard::draw(const session::State& state) {
  clear(rows_);
  const CaseRecord& record = *state.reading->record;
  const bool any = record.comparison && !record.comparison->lesions.empty();
  setVisible(any);
  if (!any) return;
  const Comparison& comparison = *record.comparison;
  const auto checked = std::ranges::count_if(comparison.lesions, [&](const CarriedLesion& one) {
    return review::outcomeOf(record, one) != LesionOutcome::open;
  });
  const auto all = static_cast<std::ptrdiff_t>(comparison.lesions.size());
  state_->set(tr("%1 of %2 checked").arg(checked).arg(all), checked == all ? Tone::good : Tone::caution);
  facts_->setText(
      comparison.isAligned()
          ? tr("Signed version %1 of %2 · %3 goes to the next")
                .arg(comparison.priorVersion)
                .arg(dayWords(comparison.priorDate), keyHint(Command::next_lesion))
          : tr("Signed version %1 of %2. The two studies could not be aligned: look for them yourself.")
                .arg(comparison.priorVersion)
                .arg(dayWords(comparison.priorDate)));
  for (const CarriedLesion& lesion : comparison.lesions) rows_->addWidget(makeRow(state, lesion));
}

QWidget* LesionsCard::makeRow(const session::State& state, const CarriedLesion& lesion) {
  const ItemId& id = lesion.earlier.item;
  const bool chosen = state.review->lesion == id;
  const LesionOutcome outcome = review::outcomeOf(*state.reading->record, lesion);
  auto* row = named(new Card, QStringLiteral("lesion_%1").arg(text(id.value)),
                    QStringLiteral("%1, %2").arg(term(lesion.label), words(outcome)));
  row->body()->setContentsMargins(8, 6, 8, 6);
  row->body()->setSpacing(3);
  row->setChosen(chosen);
  row->setClickable(true);
  connect(row, &Card::clicked, this, [this, id] { store_.dispatch(act::SelectLesion{id}); });
  auto* head = new QHBoxLayout;
  head->setSpacing(8);
  head->addWidget(new Ring);
  head->addWidget(paragraph(term(lesion.label)), 1);
  const bool pending = isPendingLesion(*state.review, id);
  head->addWidget(
      new Chip(pending ? tr("saving…") : words(outcome), pending ? Tone::neutral : tone(outcome)));
  row->body()->addLayout(head);
  row->body()->addWidget(paragraph(
      QStringLiteral("%1 · %2").arg(sizeWords(lesion.earlier.measurement), matchWords(state, lesion)),
      "quiet"));
  if (chosen && !state.review->edit) row->body()->addWidget(makeButtons(state, lesion));
  return row;
}

QWidget* LesionsCard::makeButtons(const session::State& state, const CarriedLesion& lesion) {
  auto* holder = new QWidget;
  auto* flow = new Flow(6);
  holder->setLayout(flow);
  const LesionOutcome now = review::outcomeOf(*state.reading->record, lesion);
  const bool pending = isPendingLesion(*state.review, lesion.earlier.item);
  const auto add = [&](const QString& name, Command command, LesionOutcome outcome, Button::Look look,
                       const char* object) {
    auto* button = named(new Button(name, look), QLatin1String(object));
    button->setKey(keyHint(command));
    button->setToolTip(QStringLiteral("%1 (%2)").arg(words(command), keyHint(command)));
    button->setEnabled(!pending && now != outcome && !isSigned(*state.reading->record));
    connect(button, &Button::clicked, this, [this, command] {
      if (const auto action = actionFor(command, store_.state(), store_.now())) store_.dispatch(*action);
    });
    flow->addWidget(button);
  };
  add(tr("Measured"), Command::lesion_measured, LesionOutcome::measured, Button::Look::primary,
      "lesionMeasured");
  add(tr("Resolved"), Command::lesion_resolved, LesionOutcome::resolved, Button::Look::plain,
      "lesionResolved");
  add(tr("Not evaluable"), Command::lesion_not_evaluable, LesionOutcome::not_evaluable, Button::Look::plain,
      "lesionNotEvaluable");
  return holder;
}

}  // namespace attest::ui
