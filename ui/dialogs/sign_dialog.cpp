#include "ui/dialogs/sign_dialog.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QVBoxLayout>
#include <algorithm>

#include "core/reporting/report_text.h"
#include "core/view/corner_texts.h"
#include "ui/error_words.h"
#include "ui/parts/button.h"
#include "ui/parts/text.h"
#include "ui/shortcuts.h"
#include "ui/words.h"

namespace attest::ui {
namespace {

namespace act = session::action;

constexpr int formWidth = 496;  // three buttons in a row, in German, too
constexpr int margin = 24;
constexpr std::ptrdiff_t mostOfMany = 6;  // lines of findings and lesions; the rest are counted

QString counted(int n, const QString& one, const QString& more) {
  return n == 1 ? one : more.arg(n);
}

/// Sentences of agents that stand in the report and that nobody has touched.
int unconfirmed(const CaseRecord& record) {
  std::size_t count = 0;
  for (const SectionKind kind : sectionKinds) count += reporting::unconfirmedSection(record, kind).size();
  return static_cast<int>(count);
}

/// What the signature will cover, one thing a line.
QStringList frozenWords(const CaseRecord& record) {
  int findings = 0;
  int structures = 0;
  int left = 0;
  for (const Item& item : record.items) {
    const bool finding = item.kind == ItemKind::finding;
    if (isExportable(item)) {
      ++(finding ? findings : structures);
    } else if (item.state == ItemState::proposed) {
      left += finding ? 0 : 1;
    }
  }
  QStringList lines;
  lines << SignDialog::tr("the report as it reads now");
  if (const int agents = unconfirmed(record); agents > 0) {
    lines << counted(agents, SignDialog::tr("1 sentence that an agent wrote: your signature confirms it"),
                     SignDialog::tr("%1 sentences that agents wrote: your signature confirms them"));
  }
  lines << (findings == 0 ? SignDialog::tr("no findings")
                          : counted(findings, SignDialog::tr("1 finding with its outline and measurements"),
                                    SignDialog::tr("%1 findings with their outlines and measurements")));
  if (record.comparison && !record.comparison->lesions.empty()) {
    lines << counted(static_cast<int>(record.comparison->lesions.size()),
                     SignDialog::tr("what became of 1 earlier lesion"),
                     SignDialog::tr("what became of %1 earlier lesions"));
  }
  if (structures > 0) {
    lines << counted(structures, SignDialog::tr("1 confirmed structure"),
                     SignDialog::tr("%1 confirmed structures"));
  }
  if (left > 0) {
    lines << counted(left, SignDialog::tr("1 structure is not confirmed and stays out"),
                     SignDialog::tr("%1 structures are not confirmed and stay out"));
  }
  lines << SignDialog::tr("the list of images it was made on");
  return lines;
}

QString bothOf(const ErrorWords& said) {
  return said.happened + QLatin1Char(' ') + said.advice;
}

/// Why what is unsaved stays so; empty where it is just being written.
QString unsavedWords(const session::State& now) {
  const auto& draft = *now.report;
  const auto& edit = now.review->edit;
  if (draft.error && !draft.saving && isUnsaved(draft))
    return SignDialog::tr("What you typed is not saved.") + QLatin1Char(' ') + bothOf(words(*draft.error));
  if (edit && !edit->finishing)
    return SignDialog::tr("An outline is still open. Close this, and finish it first.");
  return {};
}

void addLine(QVBoxLayout* column, const QString& sign, const QString& words, const char* role) {
  auto* holder = new QWidget;
  auto* row = new QHBoxLayout(holder);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(8);
  auto* mark = label(sign, role);
  mark->setFixedWidth(14);
  row->addWidget(mark, 0, Qt::AlignTop);
  row->addWidget(paragraph(words), 1);
  column->addWidget(holder);
}

}  // namespace

SignDialog::SignDialog(Store& store, QWidget* parent)
    : QDialog(parent), store_(store), form_(makeForm()), done_(makeDone()) {
  named(this, QStringLiteral("signDialog"), tr("Sign"));
  setWindowTitle(tr("Sign"));
  setModal(true);
  setFixedWidth(formWidth + 2 * margin);
  auto* outer = new QVBoxLayout(this);
  outer->setContentsMargins(margin, margin, margin, 20);
  outer->addWidget(form_);
  outer->addWidget(done_);
  outer->setSizeConstraint(QLayout::SetFixedSize);
  connect(&store_, &Store::changed, this, [this](const session::State& old, const session::State& now) {
    const auto& version = now.signing->signedVersion;
    const bool here = old.reading->caseId == now.reading->caseId;  // it did not go on to the next
    if (here && version && version != old.signing->signedVersion) justSigned_ = true;
    const bool isOther =
        old.reading->record != now.reading->record || old.report != now.report || old.review != now.review;
    if (old.signing != now.signing || session::screen(old) != session::screen(now) ||
        (now.signing->open && isOther))
      draw(now);
  });
  draw(store_.state());
}

QWidget* SignDialog::makeForm() {
  auto* form = new QWidget;
  form->setFixedWidth(formWidth);
  auto* column = new QVBoxLayout(form);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(6);
  who_ = paragraph({}, "title", QStringLiteral("signWho"));
  column->addWidget(who_);
  column->addSpacing(6);
  column->addWidget(label(tr("This is frozen as one version:"), "quiet"));
  frozen_ = new QVBoxLayout;
  frozen_->setSpacing(2);
  column->addLayout(frozen_);
  column->addSpacing(8);
  missing_ = new QVBoxLayout;
  missing_->setSpacing(2);
  column->addLayout(missing_);
  column->addSpacing(8);
  auto* caption = label(tr("Your password or signing PIN"), "quiet");
  secret_ = named(new QLineEdit, QStringLiteral("signSecret"), tr("Your password or signing PIN"));
  secret_->setEchoMode(QLineEdit::Password);
  secret_->installEventFilter(this);
  caption->setBuddy(secret_);
  saving_ = label({}, "quiet", QStringLiteral("signSaving"));
  auto* above = new QHBoxLayout;
  above->addWidget(caption, 1);
  above->addWidget(saving_);
  column->addLayout(above);
  column->addWidget(secret_);
  error_ = paragraph({}, "danger", QStringLiteral("signError"));
  column->addWidget(error_);
  column->addWidget(paragraph(researchNotice(), "small"));
  column->addSpacing(10);
  auto* row = new QHBoxLayout;
  row->setSpacing(8);
  sign_ = named(new Button(tr("Sign"), Button::Look::primary), QStringLiteral("signNow"));
  sign_->setKey(QStringLiteral("⏎"));
  auto* cancel = named(new Button(tr("Cancel")), QStringLiteral("signCancel"));
  cancel->setKey(QStringLiteral("Esc"));
  signNext_ = named(new Button(tr("Sign and next")), QStringLiteral("signAndNext"));
  signNext_->setKey(keyHint(QKeySequence(Qt::SHIFT | Qt::Key_Return)));
  signNext_->setToolTip(tr("Signs, and opens the next case of the queue"));
  row->addWidget(sign_);
  row->addWidget(signNext_);
  row->addWidget(cancel);
  row->addStretch();
  column->addLayout(row);
  connect(sign_, &Button::clicked, this, [this] { sign(false); });
  connect(signNext_, &Button::clicked, this, [this] { sign(true); });
  connect(cancel, &Button::clicked, this, &SignDialog::reject);
  connect(secret_, &QLineEdit::textChanged, this, &SignDialog::drawButton);
  return form;
}

QWidget* SignDialog::makeDone() {
  auto* done = named(new QWidget, QStringLiteral("signDone"));
  done->setFixedWidth(formWidth);
  auto* column = new QVBoxLayout(done);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(8);
  column->addWidget(label(tr("✓ Signed"), "title"));
  doneWords_ = paragraph({}, "", QStringLiteral("signDoneWords"));
  column->addWidget(doneWords_);
  column->addWidget(label(tr("Its SHA-256:"), "quiet"));
  hash_ = paragraph({}, "quiet", QStringLiteral("signHash"));
  hash_->setTextInteractionFlags(Qt::TextSelectableByMouse);
  column->addWidget(hash_);
  column->addSpacing(8);
  auto* row = new QHBoxLayout;
  row->setSpacing(8);
  auto* back = named(new Button(tr("To the worklist"), Button::Look::primary), QStringLiteral("signBack"));
  back->setKey(QStringLiteral("⏎"));
  auto* stay = named(new Button(tr("Stay here")), QStringLiteral("signStay"));
  stay->setKey(QStringLiteral("Esc"));
  row->addWidget(back);
  row->addWidget(stay);
  row->addStretch();
  column->addLayout(row);
  connect(back, &Button::clicked, this, [this] {
    reject();
    store_.dispatch(act::CloseCase{});
  });
  connect(stay, &Button::clicked, this, &SignDialog::reject);
  done->setFocusProxy(back);
  return done;
}

bool SignDialog::eventFilter(QObject* watched, QEvent* event) {
  if (watched == secret_ && event->type() == QEvent::KeyPress) {
    const auto& key = *static_cast<QKeyEvent*>(event);
    if (key.key() == Qt::Key_Return || key.key() == Qt::Key_Enter) {
      // Ctrl+Enter opened the dialog; held or repeated it must not sign.
      if (!key.isAutoRepeat() && !key.modifiers().testFlag(Qt::ControlModifier))
        sign(key.modifiers().testFlag(Qt::ShiftModifier));
      return true;
    }
  }
  return QDialog::eventFilter(watched, event);
}

void SignDialog::reject() {
  if (store_.state().signing->busy) return;
  justSigned_ = false;
  store_.dispatch(act::CloseSignDialog{});
  draw(store_.state());
}

void SignDialog::sign(bool goOn) {
  if (!sign_->isEnabled()) return;
  const std::string secret = utf8(secret_->text());
  if (goOn) {
    store_.dispatch(act::SignAndNext{secret});
  } else {
    store_.dispatch(act::Sign{secret});
  }
  secret_->clear();
}

void SignDialog::draw(const session::State& now) {
  const session::Signing& signing = *now.signing;
  if (signing.open || session::screen(now) != session::Screen::reading) justSigned_ = false;
  if ((!signing.open && !justSigned_) || now.reading->record == nullptr) {
    secret_->clear();
    hide();
    return;
  }
  const bool wasBlocked = !secret_->isEnabled();
  form_->setVisible(!justSigned_);
  done_->setVisible(justSigned_);
  if (justSigned_) {
    drawDone(now);
  } else {
    drawForm(now);
  }
  const bool wasHidden = !isVisible();
  adjustSize();
  if (wasHidden) show();
  if (justSigned_) {
    done_->setFocus();
  } else if (wasHidden || wasBlocked || (signing.error && !signing.busy)) {
    secret_->setFocus();
  }
}

void SignDialog::drawForm(const session::State& now) {
  if (now.reading->record == nullptr) return;
  const CaseRecord& record = *now.reading->record;
  const session::Signing& signing = *now.signing;
  who_->setText(tr("Sign the report of %1").arg(text(view::personName(record.patient.name.reveal()))));
  clear(frozen_);
  for (const QString& line : frozenWords(record)) addLine(frozen_, QStringLiteral("·"), line, "quiet");
  clear(missing_);
  const bool blocked = std::ranges::any_of(signing.missing, review::blocks);
  if (!signing.missing.empty())
    missing_->addWidget(label(blocked ? tr("Before you can sign") : tr("Please note"), "strong",
                              QStringLiteral("signMissingTitle")));
  const auto isOneOfMany = [](const review::Missing& one) {
    return one.code == review::MissingCode::unreviewed || one.code == review::MissingCode::prior_lesion;
  };
  const auto many = std::ranges::count_if(signing.missing, isOneOfMany);
  std::ptrdiff_t lines = 0;
  for (const review::Missing& one : signing.missing) {
    const bool blocks = review::blocks(one);
    if (isOneOfMany(one) && ++lines > mostOfMany + 1) continue;
    const bool isRest = isOneOfMany(one) && lines > mostOfMany;
    addLine(missing_, blocks ? QStringLiteral("✕") : QStringLiteral("!"),
            isRest ? tr("and %1 more").arg(many - mostOfMany) : words(one, record),
            blocks ? "danger" : "caution");
  }
  const QString unsaved = unsavedWords(now);
  const bool failed = signing.error && !signing.busy;
  error_->setText(failed ? bothOf(words(*signing.error)) : unsaved);
  error_->setVisible(failed || !unsaved.isEmpty());
  const bool saves = signing.unsaved && unsaved.isEmpty();
  saving_->setText(!saves                   ? QString()
                   : isUnsaved(*now.report) ? tr("Saving what you typed…")
                                            : tr("Saving your last change…"));
  secret_->setEnabled(!blocked);
  secret_->setReadOnly(signing.busy);  // disabled it would give the keyboard to Cancel
  secret_->setPlaceholderText(blocked ? tr("first what is missing") : QString());
  drawButton();
}

void SignDialog::drawButton() {
  const session::Signing& signing = *store_.state().signing;
  sign_->setText(signing.busy ? tr("Signing…") : tr("Sign"));
  sign_->updateGeometry();
  sign_->setEnabled(maySign(signing) && !signing.busy && !secret_->text().isEmpty());
  signNext_->setEnabled(sign_->isEnabled());
}

void SignDialog::drawDone(const session::State& now) {
  const CaseRecord& record = *now.reading->record;
  const auto at = std::ranges::find(record.versions, *now.signing->signedVersion, &Version::number);
  if (at == record.versions.end()) return;
  doneWords_->setText(
      tr("Version %1 of the report of %2, signed by %3. It can no longer change; a later change is an "
         "addendum.")
          .arg(at->number)
          .arg(text(view::personName(record.patient.name.reveal())), text(at->signedBy.value)));
  QString grouped = text(at->hash);
  for (qsizetype i = 8; i < grouped.size(); i += 9) grouped.insert(i, QLatin1Char(' '));
  hash_->setText(grouped);
}

}  // namespace attest::ui
