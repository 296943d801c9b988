#include "ui/panels/lesions_card.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/panels/lesion_row.h"
#include "ui/parts/card.h"
#include "ui/parts/chip.h"
#include "ui/parts/text.h"
#include "ui/shortcuts.h"
#include "ui/words.h"

namespace attest::ui {

LesionsCard::LesionsCard(Store& store, QWidget* parent)
    : QWidget(parent),
      store_(store),
      state_(new Chip),
      facts_(paragraph({}, "small", QStringLiteral("lesionsFacts"))),
      list_(new QVBoxLayout) {
  named(this, QStringLiteral("lesions"), tr("Earlier lesions"));
  auto* outer = new QVBoxLayout(this);
  outer->setContentsMargins(0, 0, 0, 0);
  auto* card = new Card;
  outer->addWidget(card);
  auto* head = new QHBoxLayout;
  head->addWidget(label(tr("Earlier lesions"), "strong"), 1);
  head->addWidget(state_);
  card->body()->addLayout(head);
  card->body()->addWidget(facts_);
  list_->setSpacing(2);
  card->body()->addLayout(list_);
}

QWidget* LesionsCard::row(const ItemId& earlier) const {
  const auto at = rows_.find(earlier);
  return at == rows_.end() ? nullptr : at->second;
}

void LesionsCard::draw(const session::State& state) {
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
  drawRows(state, comparison);
}

/// Rows are kept from one state to the next: what is made anew is blank until the next turn of the window.
void LesionsCard::drawRows(const session::State& state, const Comparison& comparison) {
  const bool same = std::ranges::all_of(
      comparison.lesions, [&](const CarriedLesion& one) { return rows_.contains(one.earlier.item); });
  if (!same || rows_.size() != comparison.lesions.size()) {
    clear(list_);
    rows_.clear();
    for (const CarriedLesion& one : comparison.lesions) {
      auto* made = new LesionRow(store_, one.earlier.item);
      if (rows_.emplace(one.earlier.item, made).second) list_->addWidget(made);
    }
  }
  for (const CarriedLesion& one : comparison.lesions) rows_.at(one.earlier.item)->draw(state, one);
}

}  // namespace attest::ui
