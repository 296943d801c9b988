#include "ui/panels/finding_card.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/parts/button.h"
#include "ui/parts/card.h"
#include "ui/parts/chip.h"
#include "ui/parts/flow.h"
#include "ui/parts/mark.h"
#include "ui/parts/text.h"
#include "ui/shortcuts.h"
#include "ui/words.h"

namespace attest::ui {
namespace {

namespace act = session::action;

Button* button(const QString& words, Command command, Button::Look look, const char* name) {
  auto* made = named(new Button(words, look), QLatin1String(name));
  made->setKey(keyHint(command));
  made->setToolTip(QStringLiteral("%1 (%2)").arg(ui::words(command), keyHint(command)));
  return made;
}

bool hasFlag(const Item& item, const char* flag) {
  return std::ranges::find(item.flags, flag) != item.flags.end();
}

/// "rank 2 of 4": its place by confidence among the findings of its agent; empty where that is not its alone.
QString rankWords(const CaseRecord& record, const Item& item) {
  int rank = 1;
  int alike = 0;
  int count = 0;
  for (const Item& other : record.items) {
    if (other.kind != item.kind || other.madeBy.agent != item.madeBy.agent || !other.confidence) continue;
    ++count;
    if (*other.confidence > *item.confidence) ++rank;
    if (*other.confidence == *item.confidence) ++alike;
  }
  return count > 1 && alike == 1 ? FindingCard::tr("rank %1 of %2").arg(rank).arg(count) : QString();
}

std::optional<Tone> barTone(const Item& item) {
  if (item.state == ItemState::proposed) return std::nullopt;
  return tone(item.state);
}

}  // namespace

QString madeByWords(const CaseRecord& record, const Item& item) {
  QStringList parts;
  if (item.madeBy.agent.empty()) {
    parts << FindingCard::tr("drawn by %1").arg(text(item.reviewedBy.value));
  } else {
    parts << QStringLiteral("%1 %2").arg(agentWords(item.madeBy.agent), text(item.madeBy.version)).trimmed();
    if (!item.madeBy.model.empty()) parts << text(item.madeBy.model);
    if (item.confidence) parts << rankWords(record, item);
  }
  for (const std::string& flag : item.flags) parts << flagWords(flag);
  parts.removeAll(QString());
  return parts.join(QStringLiteral(" · "));
}

FindingCard::FindingCard(Store& store, const ItemId& item, QWidget* parent)
    : QWidget(parent),
      store_(store),
      item_(item),
      card_(new Card),
      swatch_(new Swatch),
      name_(paragraph({}, "strong", QStringLiteral("findingName"))),
      state_(new Chip),
      change_(new Chip),
      size_(label({}, "strong", QStringLiteral("findingSize"))),
      more_(label({}, "quiet", QStringLiteral("findingMore"))),
      earlier_(paragraph({}, "quiet", QStringLiteral("findingEarlier"))),
      made_(paragraph({}, "small", QStringLiteral("findingMadeBy"))),
      reason_(paragraph({}, "quiet", QStringLiteral("findingReason"))),
      buttons_(makeButtons()),
      strip_(new RejectStrip(store)),
      refusal_(paragraph({}, "caution", QStringLiteral("refusal"))) {
  named(this, QStringLiteral("finding_%1").arg(text(item.value)));
  auto* outer = new QVBoxLayout(this);
  outer->setContentsMargins(0, 0, 0, 0);
  outer->addWidget(card_);
  auto* head = new QHBoxLayout;
  head->setSpacing(8);
  head->addWidget(swatch_);
  head->addWidget(name_, 1);
  head->setSpacing(6);
  head->addWidget(change_, 0, Qt::AlignTop);
  head->addWidget(state_, 0, Qt::AlignTop);
  card_->body()->addLayout(head);
  auto* sizes = new QHBoxLayout;
  sizes->setSpacing(8);
  sizes->addWidget(size_);
  sizes->addWidget(more_, 1);
  card_->body()->addLayout(sizes);
  card_->body()->addWidget(earlier_);
  card_->body()->addWidget(made_);
  card_->body()->addWidget(reason_);
  card_->body()->addWidget(buttons_);
  card_->body()->addWidget(strip_);
  card_->body()->addWidget(refusal_);
  card_->setClickable(true);
  connect(card_, &Card::clicked, this, [this] { store_.dispatch(act::SelectItem{item_}); });
}

QWidget* FindingCard::makeButtons() {
  auto* holder = new QWidget;
  auto* row = new Flow(6);
  holder->setLayout(row);
  accept_ = button(tr("Accept"), Command::accept, Button::Look::primary, "accept");
  edit_ = button(tr("Edit"), Command::edit, Button::Look::plain, "edit");
  reject_ = button(tr("Reject"), Command::reject, Button::Look::plain, "reject");
  unsure_ = button(tr("Unsure"), Command::unsure, Button::Look::plain, "unsure");
  remove_ = button(tr("Delete"), Command::remove_drawn, Button::Look::plain, "delete");
  for (Button* one : {accept_, edit_, reject_, unsure_, remove_}) row->addWidget(one);
  connect(accept_, &Button::clicked, this, [this] { store_.dispatch(act::Accept{store_.now(), false}); });
  connect(edit_, &Button::clicked, this, [this] { store_.dispatch(act::StartEdit{}); });
  connect(reject_, &Button::clicked, this, [this] { store_.dispatch(act::OpenReject{}); });
  connect(unsure_, &Button::clicked, this, [this] { store_.dispatch(act::Unsure{store_.now()}); });
  connect(remove_, &Button::clicked, this, [this] { store_.dispatch(act::DeleteSelected{store_.now()}); });
  return holder;
}

void FindingCard::draw(const session::State& state, const Item& item) {
  swatch_->setColor(QColor(item.color[0], item.color[1], item.color[2]));
  name_->setText(term(item.label));
  setAccessibleName(QStringLiteral("%1, %2").arg(term(item.label), words(item.state)));
  const Block* block = findBlock(*state.reading->record, item.source);
  const QString size = sizeWords(item.measurement);
  size_->setText(size);
  size_->setVisible(!size.isEmpty());
  more_->setText(moreSizeWords(item.measurement, block == nullptr ? Unit::none : block->unit));
  more_->setVisible(!size.isEmpty());
  made_->setText(madeByWords(*state.reading->record, item));
  QString why;
  if (item.rejectReason) {
    why = tr("Rejected: %1").arg(inSentence(rejectWords(item.rejectReason->code)));
    if (!item.rejectReason->text.empty()) why += QStringLiteral(" — ") + text(item.rejectReason->text);
  }
  reason_->setText(why);
  reason_->setVisible(!why.isEmpty());
  drawChange(*state.reading->record, item);
  drawState(state, item);
}

/// Beside its earlier self: what changed, and only beyond error how fast.
void FindingCard::drawChange(const CaseRecord& record, const Item& item) {
  const auto& comparison = record.comparison;
  const bool couldBePaired = comparison && comparison->isAligned() && comparison->priorVersion > 0;
  const bool isNew =
      couldBePaired && !item.earlier && !item.madeBy.agent.empty() && item.measurement.voxels > 0;
  const auto grew =
      item.earlier ? growth(item.earlier->measurement, item.measurement, item.earlier->days) : std::nullopt;
  QStringList lines;
  if (item.earlier) lines << earlierWords(*item.earlier);
  if (grew) lines << growthWords(*grew, item.earlier->days);
  if (isNew) lines << tr("not in the signed report of %1").arg(dayWords(comparison->priorDate));
  earlier_->setText(lines.join(QLatin1Char('\n')));
  earlier_->setVisible(!lines.isEmpty());
  if (isNew) {
    change_->set(tr("new"), Tone::accent);
  } else {
    change_->set(grew ? words(grew->change) : QString(), grew ? tone(grew->change) : Tone::neutral);
  }
}

void FindingCard::drawState(const session::State& state, const Item& item) {
  const session::Review& review = *state.review;
  const bool chosen = review.selected == item.id;
  const bool pending = isPending(review, item.id);
  const bool editing = review.edit.has_value();
  if (pending) {
    state_->set(tr("saving…"), Tone::neutral);
  } else if (item.state == ItemState::proposed && hasFlag(item, "unsure")) {
    state_->set(tr("unsure"), Tone::caution);
  } else {
    state_->set(words(item.state), tone(item.state));
  }
  card_->setChosen(chosen);
  card_->setBar(barTone(item));
  const bool drawn = item.madeBy.agent.empty();
  const bool rejecting = chosen && review.rejecting;
  buttons_->setVisible(chosen && !editing && !rejecting);
  accept_->setVisible(!drawn && !isExportable(item) && !review.onLesion);  // ⏎ and U are the lesion's then
  reject_->setVisible(!drawn && item.state != ItemState::rejected);
  unsure_->setVisible(isUnreviewed(item) && !review.onLesion);
  remove_->setVisible(drawn);
  for (Button* one : {accept_, edit_, reject_, unsure_, remove_}) one->setEnabled(!pending);
  strip_->setVisible(rejecting);
  const QString refused = chosen && !rejecting ? words(review.refusal) : QString();
  refusal_->setText(refused);
  refusal_->setVisible(!refused.isEmpty());
}

RejectStrip::RejectStrip(Store& store, QWidget* parent) : QWidget(parent) {
  named(this, QStringLiteral("rejectStrip"), tr("Why is it rejected?"));
  auto* outer = new QVBoxLayout(this);
  outer->setContentsMargins(0, 4, 0, 0);
  outer->setSpacing(6);
  outer->addWidget(label(tr("Why?"), "quiet"));
  auto* row = new Flow(6);
  int key = 1;
  for (const review::RejectChip& chip : review::rejectChips()) {
    auto* one = named(new Button(rejectWords(chip.code)), QStringLiteral("reason_%1").arg(text(chip.code)));
    if (key <= 9) one->setKey(QString::number(key++));
    connect(one, &Button::clicked, this, [&store, code = chip.code] {
      store.dispatch(act::Reject{{code, {}}, store.now()});
    });
    row->addWidget(one);
  }
  auto* cancel = named(new Button(tr("Keep it"), Button::Look::quiet), QStringLiteral("rejectCancel"));
  cancel->setKey(keyHint(Command::reject_cancel));
  connect(cancel, &Button::clicked, this, [&store] { store.dispatch(act::CloseReject{}); });
  row->addWidget(cancel);
  outer->addLayout(row);
}

}  // namespace attest::ui
