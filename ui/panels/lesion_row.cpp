#include "ui/panels/lesion_row.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

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

QString longest(const Measurement& m) {
  return m.longestMm ? local(formatMm(*m.longestMm)) : sizeWords(m);
}

/// Its longest diameter then and now, "9.9 → 11.5 mm". Whether there is a now is not said before the reader's
/// own read is done.
QString shortWords(const session::State& state, const CarriedLesion& lesion) {
  const Measurement& then = lesion.earlier.measurement;
  if (const Item* match = shownMatch(state, lesion)) {
    const bool sameUnit = then.longestMm && match->measurement.longestMm;
    return QStringLiteral("%1 → %2").arg(sameUnit ? local(formatNumber(*then.longestMm, 1)) : longest(then),
                                         longest(match->measurement));
  }
  const bool open =
      review::outcomeOf(*state.reading->record, lesion) == LesionOutcome::open && !hidesProposals(state);
  return open ? QStringLiteral("%1 → ?").arg(longest(then)) : longest(then);
}

/// Where it is now: the finding that it is, or why there is none.
QString matchWords(const session::State& state, const CarriedLesion& lesion) {
  if (const Item* match = shownMatch(state, lesion)) {
    const QString now = sizeWords(match->measurement);
    return now.isEmpty() ? term(match->label) : LesionRow::tr("now %1").arg(now);
  }
  if (hidesProposals(state)) return LesionRow::tr("compared after your read");
  if (lesion.match) return LesionRow::tr("its finding was rejected");
  if (lesion.uncertaintyMm <= 0) return LesionRow::tr("its place here is not known");
  return LesionRow::tr("nothing paired within %1").arg(local(formatMm(lesion.uncertaintyMm)));
}

}  // namespace

LesionRow::LesionRow(Store& store, const ItemId& earlier, QWidget* parent)
    : QWidget(parent),
      store_(store),
      card_(named(new Card, QStringLiteral("lesion_%1").arg(text(earlier.value)))),
      name_(new ElidedLabel),
      size_(label({}, "quiet", QStringLiteral("lesionSize"))),
      outcome_(new Chip),
      more_(paragraph({}, "quiet", QStringLiteral("lesionMore"))),
      buttons_(makeButtons()) {
  auto* outer = new QVBoxLayout(this);
  outer->setContentsMargins(0, 0, 0, 0);
  outer->addWidget(card_);
  card_->body()->setContentsMargins(8, 3, 8, 3);
  card_->body()->setSpacing(3);
  auto* head = new QHBoxLayout;
  head->setSpacing(8);
  head->addWidget(new Ring);
  head->addWidget(name_, 1);
  head->addWidget(size_);
  head->addWidget(outcome_);
  card_->body()->addLayout(head);
  card_->body()->addWidget(more_);
  card_->body()->addWidget(buttons_);
  card_->setClickable(true);
  connect(card_, &Card::clicked, this, [this, earlier] { store_.dispatch(act::SelectLesion{earlier}); });
}

QWidget* LesionRow::makeButtons() {
  auto* holder = new QWidget;
  auto* flow = new Flow(6);
  holder->setLayout(flow);
  measured_ = makeButton(tr("Measured"), Command::lesion_measured, "lesionMeasured");
  resolved_ = makeButton(tr("Resolved"), Command::lesion_resolved, "lesionResolved");
  notEvaluable_ = makeButton(tr("Not evaluable"), Command::lesion_not_evaluable, "lesionNotEvaluable");
  for (Button* one : {measured_, resolved_, notEvaluable_}) flow->addWidget(one);
  return holder;
}

Button* LesionRow::makeButton(const QString& name, Command command, const char* object) {
  const bool first = command == Command::lesion_measured;
  auto* button =
      named(new Button(name, first ? Button::Look::primary : Button::Look::plain), QLatin1String(object));
  button->setKey(keyHint(command));
  button->setToolTip(QStringLiteral("%1 (%2)").arg(words(command), keyHint(command)));
  connect(button, &Button::clicked, this, [this, command] {
    if (const auto action = actionFor(command, store_.state(), store_.now())) store_.dispatch(*action);
  });
  return button;
}

void LesionRow::draw(const session::State& state, const CarriedLesion& lesion) {
  const session::Review& review = *state.review;
  const ItemId& id = lesion.earlier.item;
  const bool chosen = review.lesion == id;
  const bool acts = chosen && review.onLesion && !review.edit && !review.rejecting;
  const bool pending = isPendingLesion(review, id);
  const LesionOutcome outcome = review::outcomeOf(*state.reading->record, lesion);
  name_->setText(term(lesion.label));
  card_->setAccessibleName(QStringLiteral("%1, %2").arg(term(lesion.label), words(outcome)));
  card_->setChosen(chosen);
  size_->setText(shortWords(state, lesion));
  outcome_->set(pending ? tr("saving…") : words(outcome), pending ? Tone::neutral : tone(outcome));
  const QString more =
      QStringLiteral("%1 · %2").arg(sizeWords(lesion.earlier.measurement), matchWords(state, lesion));
  card_->setToolTip(QStringLiteral("%1\n%2").arg(term(lesion.label), more));
  more_->setText(more);
  more_->setVisible(chosen && review.onLesion);
  buttons_->setVisible(acts);
  const bool fixed = pending || isSigned(*state.reading->record);
  measured_->setEnabled(!fixed && outcome != LesionOutcome::measured &&
                        (shownMatch(state, lesion) != nullptr || review.selected));
  resolved_->setEnabled(!fixed && outcome != LesionOutcome::resolved);
  notEvaluable_->setEnabled(!fixed && outcome != LesionOutcome::not_evaluable);
}

}  // namespace attest::ui
