#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

#include "ui/error_words.h"
#include "ui/pages/worklist_page.h"
#include "ui/parts/button.h"
#include "ui/parts/card.h"
#include "ui/parts/text.h"
#include "ui/shortcuts.h"

namespace attest::ui {
namespace {

Card* choice(const QString& name, const QString& title, const QString& words, Button* button) {
  auto* card = named(new Card, name, title);
  card->setFixedWidth(264);
  card->setClickable(true);
  card->body()->setContentsMargins(20, 20, 20, 20);
  card->body()->addWidget(label(title, "title"));
  card->body()->addWidget(paragraph(words, "quiet"));
  card->body()->addSpacing(8);
  card->body()->addStretch();
  card->body()->addWidget(button, 0, Qt::AlignLeft);
  QObject::connect(card, &Card::clicked, button, &Button::click);
  return card;
}

}  // namespace

EmptyList::EmptyList(QWidget* parent)
    : QWidget(parent),
      title_(label({}, "page", QStringLiteral("emptyTitle"))),
      words_(label({}, "quiet", QStringLiteral("emptyWords"))),
      choices_(new QWidget),
      demo_(named(new Button(tr("Make the cases")), QStringLiteral("chooseDemo"))),
      again_(named(new Button(tr("Try again"), Button::Look::primary), QStringLiteral("tryAgain"))),
      clear_(named(new Button(tr("Show all cases")), QStringLiteral("clearSearch"))) {
  auto* outer = new QVBoxLayout(this);
  outer->setSpacing(8);
  outer->addStretch(2);
  for (QLabel* words : {title_, words_}) {
    words->setAlignment(Qt::AlignHCenter);
    outer->addWidget(words);
  }
  outer->addSpacing(16);
  auto* folder =
      named(new Button(tr("Choose a folder…"), Button::Look::primary), QStringLiteral("chooseFolder"));
  folder->setKey(keyHint(Command::open_folder));
  auto* pacs = named(new Button(tr("Query a PACS…")), QStringLiteral("choosePacs"));
  pacs->setKey(keyHint(Command::query_pacs));
  auto* row = new QHBoxLayout(choices_);
  row->setSpacing(16);
  row->addStretch();
  row->addWidget(
      choice(QStringLiteral("folderChoice"), tr("Open a folder"),
             tr("A CD, a download, an export: everything that is DICOM in it is found, the rest is named."),
             folder));
  row->addWidget(
      choice(QStringLiteral("pacsChoice"), tr("Query a PACS"),
             tr("Find a patient's studies in your archive and fetch them. The prior can be fetched as well."),
             pacs));
  row->addWidget(
      choice(QStringLiteral("demoChoice"), tr("Load the demonstration"),
             tr("Phantoms, no patients: a chest CT with an earlier one, and another. They are made here in "
                "about half a minute, and read like any case."),
             demo_));
  row->addStretch();
  outer->addWidget(choices_);
  outer->addWidget(again_, 0, Qt::AlignHCenter);
  outer->addWidget(clear_, 0, Qt::AlignHCenter);
  outer->addStretch(3);
  connect(folder, &Button::clicked, this, &EmptyList::folderWanted);
  connect(pacs, &Button::clicked, this, &EmptyList::pacsWanted);
  connect(demo_, &Button::clicked, this, &EmptyList::demoWanted);
  connect(again_, &Button::clicked, this, &EmptyList::retry);
  connect(clear_, &Button::clicked, this, &EmptyList::clearSearch);
}

void EmptyList::show(const QString& title, const QString& words, bool choices) {
  title_->setText(title);
  words_->setText(words);
  choices_->setVisible(choices);
  again_->hide();
  clear_->hide();
}

void EmptyList::showWelcome(bool isMakingDemo) {
  demo_->setEnabled(!isMakingDemo);
  demo_->setText(isMakingDemo ? tr("Being made…") : tr("Make the cases"));
  show(tr("No cases yet"), tr("Drop a folder or files anywhere in this window, or choose:"), true);
}

void EmptyList::showNone(bool unread) {
  show(unread ? tr("Nothing unread") : tr("Nothing here"),
       unread ? tr("Every case is signed. Drop a folder or files anywhere in this window to read more.")
              : tr("No case belongs in this list now."),
       false);
  clear_->show();
}

void EmptyList::showNoMatch() {
  show(tr("No case fits"),
       tr("Every word must match. Try fewer, or a field: modality:CT, status:signed, id:4711"), false);
  clear_->show();
}

void EmptyList::showLoading() {
  show({}, tr("Loading cases…"), false);
}

void EmptyList::showError(const Error& error) {
  const ErrorWords said = ui::words(error);
  show(said.happened, said.advice, false);
  again_->show();
}

}  // namespace attest::ui
