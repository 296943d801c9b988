#include "ui/panels/findings_panel.h"

#include <QCoreApplication>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QVBoxLayout>
#include <algorithm>
#include <array>

#include "core/domain/palette.h"
#include "ui/commands.h"
#include "ui/panels/edit_bar.h"
#include "ui/panels/finding_card.h"
#include "ui/panels/lesions_card.h"
#include "ui/panels/reveal_card.h"
#include "ui/panels/structures_card.h"
#include "ui/parts/button.h"
#include "ui/parts/scroller.h"
#include "ui/parts/text.h"
#include "ui/shortcuts.h"
#include "ui/words.h"

namespace attest::ui {
namespace {

namespace act = session::action;

struct DrawnKind {
  const char* name;  ///< English, as it is stored; also the code's meaning
  const char* code;  ///< SNOMED CT
};
constexpr std::array drawnKinds{DrawnKind{"Nodule", "27925004"}, DrawnKind{"Mass", "4147007"},
                                DrawnKind{"Lesion", "52988006"}};

bool isBelowThreshold(const Item& item) {
  return isUnreviewed(item) && std::ranges::find(item.flags, review::flagBelowThreshold) != item.flags.end();
}

}  // namespace

FindingsPanel::FindingsPanel(Store& store, QWidget* parent)
    : QWidget(parent),
      store_(store),
      area_(scroller()),
      list_(nullptr),
      reveal_(new RevealCard(store)),
      structures_(new StructuresCard(store)),
      lesions_(new LesionsCard(store)),
      edit_(new EditBar(store)),
      cards_(new QVBoxLayout),
      none_(paragraph({}, "quiet", QStringLiteral("noFindings"))),
      below_(makeBelow()),
      add_(named(new Button(tr("Draw a finding"), Button::Look::quiet), QStringLiteral("drawFinding"))),
      undo_(named(new Button({}, Button::Look::quiet), QStringLiteral("undo"), tr("Undo"))),
      addendum_(named(new Button(tr("Open an addendum")), QStringLiteral("openAddendum"))),
      missing_(paragraph({}, "quiet", QStringLiteral("missing"))),
      missingTitle_(label({}, "strong", QStringLiteral("missingTitle"))) {
  named(this, QStringLiteral("findingsPanel"), tr("Findings"));
  auto* outer = new QVBoxLayout(this);
  outer->setContentsMargins(0, 0, 0, 0);
  outer->setSpacing(0);
  auto* inside = new QWidget;
  list_ = new QVBoxLayout(inside);
  list_->setContentsMargins(8, 8, 8, 8);
  list_->setSpacing(8);
  cards_->setSpacing(8);
  list_->addWidget(reveal_);
  list_->addWidget(structures_);
  list_->addWidget(lesions_);
  list_->addLayout(cards_);
  list_->addWidget(none_);
  list_->addWidget(below_);
  list_->addWidget(add_, 0, Qt::AlignLeft);
  list_->addStretch();
  area_->setWidget(inside);
  auto* editHolder = new QVBoxLayout;
  editHolder->setContentsMargins(8, 8, 8, 0);
  editHolder->addWidget(edit_);
  outer->addLayout(editHolder);
  outer->addWidget(area_, 1);
  outer->addWidget(makeFoot());
  auto* kinds = new QMenu;
  for (const DrawnKind& kind : drawnKinds)
    kinds->addAction(term(kind.name), this, [this, kind] { startDrawing(kind.name, kind.code); });
  add_->setMenu(kinds);
  connect(&store_, &Store::changed, this, [this](const session::State& old, const session::State& now) {
    const bool record = old.reading->record != now.reading->record ||
                        old.reading->hidden != now.reading->hidden ||
                        old.reading->revealed != now.reading->revealed || old.preferences != now.preferences;
    const bool tool = old.reading->tool != now.reading->tool;
    if (record || old.review != now.review || old.signing != now.signing || (tool && now.review->edit))
      draw(now);
  });
  view_.setSingleShot(true);
  view_.setInterval(0);
  connect(&view_, &QTimer::timeout, this, &FindingsPanel::bringIntoView);
  area_->viewport()->installEventFilter(this);
  draw(store_.state());
}

QWidget* FindingsPanel::makeBelow() {
  auto* holder = named(new QWidget, QStringLiteral("belowThreshold"));
  auto* row = new QHBoxLayout(holder);
  row->setContentsMargins(4, 0, 0, 0);
  row->setSpacing(4);
  belowWords_ = label({}, "quiet");
  row->addWidget(belowWords_);
  auto* dismiss = named(new Button(tr("dismiss all"), Button::Look::link), QStringLiteral("dismissRest"));
  dismiss->setToolTip(tr("Dismiss what is below threshold (%1); it is kept for feedback")
                          .arg(keyHint(Command::dismiss_rest)));
  connect(dismiss, &Button::clicked, this,
          [this] { store_.dispatch(act::DismissBelowThreshold{store_.now()}); });
  row->addWidget(dismiss);
  row->addStretch();
  return holder;
}

QWidget* FindingsPanel::makeFoot() {
  auto* foot = surface("panel", "top");
  auto* column = new QVBoxLayout(foot);
  column->setContentsMargins(12, 10, 12, 12);
  column->setSpacing(4);
  undo_->setWide(true);
  connect(undo_, &Button::clicked, this, [this] { store_.dispatch(act::Undo{store_.now()}); });
  column->addWidget(undo_);
  column->addWidget(missingTitle_);
  column->addWidget(missing_);
  column->addWidget(addendum_, 0, Qt::AlignLeft);
  connect(addendum_, &Button::clicked, this, [this] { store_.dispatch(act::OpenAddendum{}); });
  return foot;
}

void FindingsPanel::draw(const session::State& now) {
  edit_->draw(now);
  drawFoot(now);
  if (now.reading->record == nullptr) return;
  reveal_->draw(now);
  structures_->draw(now);
  lesions_->draw(now);
  drawCards(now);
  // Under load seconds may pass until the next turn of the window: no card is to keep the size of its old
  // words.
  QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest);
}

void FindingsPanel::drawCards(const session::State& now) {
  const CaseRecord& record = *now.reading->record;
  std::vector<ItemId> wanted;
  for (const Item* item : shownFindings(now)) wanted.push_back(item->id);
  const bool hidden = hidesProposals(now);
  const auto below = hidden ? 0 : std::ranges::count_if(record.items, isBelowThreshold);
  if (wanted != order_) {
    while (QLayoutItem* item = cards_->takeAt(0)) delete item;
    std::map<ItemId, FindingCard*> kept;
    for (const ItemId& id : wanted) {
      const auto at = findings_.find(id);
      FindingCard* card = at == findings_.end() ? new FindingCard(store_, id) : at->second;
      kept[id] = card;
      cards_->addWidget(card);
    }
    for (const auto& [id, card] : findings_) {
      if (kept.contains(id)) continue;
      card->hide();
      card->deleteLater();
    }
    findings_ = std::move(kept);
    order_ = wanted;
  }
  for (const Item& item : record.items) {
    if (const auto at = findings_.find(item.id); at != findings_.end()) at->second->draw(now, item);
  }
  none_->setVisible(wanted.empty() && !hidden);
  none_->setText(record.runs.empty() ? tr("No agent has looked at this case. You can read it as any study.")
                 : isActive(record.runs.back())
                     ? tr("Agents are working. Findings appear here; you can read meanwhile.")
                     : tr("No findings. That is what the agents saw, not that nothing is there."));
  below_->setVisible(below > 0);
  belowWords_->setText(tr("%1 more below threshold ·").arg(below));
  add_->setVisible(!now.review->edit);
  const session::Review& review = *now.review;
  const auto card = review.selected ? findings_.find(*review.selected) : findings_.end();
  follow(review.onLesion ? lesions_->row(*review.lesion) : card != findings_.end() ? card->second : nullptr);
}

void FindingsPanel::follow(QWidget* chosen) {
  if (chosen == chosen_) return;
  if (chosen_) chosen_->removeEventFilter(this);
  chosen_ = chosen;
  if (chosen == nullptr) return;
  chosen->installEventFilter(this);
  view_.start();
}

/// The chosen one grew (its buttons, the reasons), or the foot took room from the list.
bool FindingsPanel::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() == QEvent::Resize && (watched == chosen_ || watched == area_->viewport())) view_.start();
  return QWidget::eventFilter(watched, event);
}

void FindingsPanel::bringIntoView() {
  QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest);
  if (chosen_) area_->ensureWidgetVisible(chosen_, 0, 12);
}

void FindingsPanel::drawFoot(const session::State& now) {
  const auto& missing = now.signing->missing;
  const bool may = maySign(*now.signing);
  missingTitle_->setText(may ? tr("Ready to sign") : tr("Before you can sign"));
  setRole(missingTitle_, may ? "good" : "strong");
  QString said = summary(missing);
  if (said.isEmpty())
    said = may ? tr("Everything is reviewed. %1 opens the sign dialog.").arg(keyHint(Command::sign))
               : tr("Saving…");
  const auto record = now.reading->record;
  if (record != nullptr && isSigned(*record)) {
    missingTitle_->setText(tr("Signed · version %1").arg(record->versions.back().number));
    setRole(missingTitle_, "good");
    said =
        record->row.changed
            ? tr("Images or results came since. An addendum takes them up, as the next version.")
            : tr("by %1. A later change is an addendum.").arg(text(record->versions.back().signedBy.value));
    setRole(missingTitle_, record->row.changed ? "caution" : "good");
  }
  addendum_->setVisible(record != nullptr && isSigned(*record));
  missing_->setText(said);
  const auto& steps = now.review->undo;
  undo_->setVisible(!steps.empty() && !now.review->edit);
  if (!steps.empty()) {
    undo_->setText(tr("Undo: %1").arg(words(steps.back())));
    undo_->setKey(keyHint(Command::undo));
    undo_->setToolTip(QStringLiteral("%1 (%2)").arg(undo_->text(), undo_->key()));
  }
}

void FindingsPanel::startDrawing(const char* name, const char* code) {
  const session::Reading& reading = *store_.state().reading;
  const view::ViewportState* shown = activeViewport(reading);
  if (shown == nullptr || reading.record == nullptr) return;
  store_.dispatch(act::StartDrawing{session::drawnItem(
      ItemId{newUuid()}, shown->block, name, {"SCT", "49755003", "Morphologically Altered Structure"},
      {"SCT", code, name}, freeColor(reading.record->items))});
}

}  // namespace attest::ui
