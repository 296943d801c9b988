#include <QLabel>
#include <QLineEdit>
#include <QVBoxLayout>

#include "ui/error_words.h"
#include "ui/pages/page_frame.h"
#include "ui/pages/sign_in_page.h"
#include "ui/parts/button.h"
#include "ui/parts/card.h"
#include "ui/parts/text.h"
#include "ui/words.h"

namespace attest::ui {
namespace {

namespace act = session::action;

constexpr int columnWidth = 440;

Card* rolesCard() {
  auto* card = new Card;
  card->setObjectName(QStringLiteral("roles"));
  card->body()->addWidget(
      label(SetUpPage::tr("You get every role; you can add colleagues with fewer later."), "strong"));
  for (const Role role : {Role::reader, Role::resident, Role::attending, Role::admin}) {
    auto* row = new QHBoxLayout;
    auto* name = label(words(role));
    name->setFixedWidth(96);
    row->addWidget(name, 0, Qt::AlignTop);
    row->addWidget(paragraph(roleExplained(role), "quiet"), 1);
    card->body()->addLayout(row);
  }
  return card;
}

}  // namespace

SetUpPage::SetUpPage(Store& store, QWidget* parent)
    : QWidget(parent),
      store_(store),
      name_(named(new QLineEdit, QStringLiteral("setUpName"))),
      secret_(named(new QLineEdit, QStringLiteral("setUpSecret"))),
      again_(named(new QLineEdit, QStringLiteral("setUpSecretAgain"))),
      rule_(paragraph({}, "small", QStringLiteral("secretRule"))),
      error_(paragraph({}, "danger", QStringLiteral("setUpError"))),
      create_(named(new Button(tr("Create and continue"), Button::Look::primary),
                    QStringLiteral("createReader"))) {
  named(this, QStringLiteral("setUpPage"), tr("Set up"));
  auto* column = makeFrame(this, columnWidth);
  column->addWidget(label(tr("Welcome to Attest"), "page"));
  column->addWidget(paragraph(tr("Nothing an agent finds enters a record before a named person signs it. "
                                 "So first: who are you?"),
                              "quiet"));
  column->addSpacing(12);
  addField(column, tr("Your name, as it will stand under reports"), name_);
  addField(column, tr("Password or PIN; typing it is what signs"), secret_);
  column->addWidget(rule_);
  addField(column, tr("The same again"), again_);
  secret_->setEchoMode(QLineEdit::Password);
  again_->setEchoMode(QLineEdit::Password);
  column->addWidget(error_);
  column->addSpacing(8);
  column->addWidget(rolesCard());
  column->addSpacing(8);
  create_->setKey(QStringLiteral("⏎"));
  column->addWidget(create_, 0, Qt::AlignLeft);
  for (QLineEdit* field : {name_, secret_, again_}) {
    connect(field, &QLineEdit::textChanged, this, &SetUpPage::check);
    connect(field, &QLineEdit::returnPressed, this, &SetUpPage::create);
  }
  connect(create_, &Button::clicked, this, &SetUpPage::create);
  connect(&store_, &Store::changed, this, [this](const session::State& old, const session::State& now) {
    if (old.signIn != now.signIn) draw(*now.signIn);
  });
  draw(*store_.state().signIn);
  setFocusProxy(name_);
}

void SetUpPage::check() {
  const QString complaint = secretComplaint(secret_->text());
  const bool differs = !again_->text().isEmpty() && again_->text() != secret_->text();
  rule_->setText(differs               ? tr("The two are not the same yet.")
                 : complaint.isEmpty() ? tr("✓ This will do.")
                                       : complaint);
  setRole(rule_, differs ? "caution" : complaint.isEmpty() ? "good" : "small");
  create_->setEnabled(!name_->text().trimmed().isEmpty() && complaint.isEmpty() &&
                      again_->text() == secret_->text() &&
                      store_.state().signIn->phase == session::SignInPhase::first_reader);
}

void SetUpPage::create() {
  if (!create_->isEnabled()) return;
  store_.dispatch(act::CreateFirstReader{utf8(name_->text().trimmed()), utf8(secret_->text())});
}

void SetUpPage::draw(const session::SignIn& signIn) {
  if (signIn.error) {
    const ErrorWords said = words(*signIn.error);
    error_->setText(said.happened + QLatin1Char(' ') + said.advice);
  }
  error_->setVisible(signIn.error.has_value());
  check();
}

}  // namespace attest::ui
