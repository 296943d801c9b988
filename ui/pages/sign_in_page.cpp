#include "ui/pages/sign_in_page.h"

#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QVBoxLayout>

#include "ui/error_words.h"
#include "ui/pages/page_frame.h"
#include "ui/parts/button.h"
#include "ui/parts/text.h"

namespace attest::ui {
namespace {

namespace act = session::action;
using session::SignInPhase;

constexpr int columnWidth = 360;

}  // namespace

SignInPage::SignInPage(Store& store, QWidget* parent)
    : QWidget(parent),
      store_(store),
      title_(label(QStringLiteral("Attest"), "page", QStringLiteral("signInTitle"))),
      lead_(paragraph({}, "quiet", QStringLiteral("signInLead"))),
      reader_(named(new Button({}), QStringLiteral("reader"))),
      readers_(new QMenu),
      secret_(named(new QLineEdit, QStringLiteral("secret"))),
      error_(paragraph({}, "danger", QStringLiteral("signInError"))),
      enter_(named(new Button(tr("Sign in"), Button::Look::primary), QStringLiteral("signIn"))) {
  named(this, QStringLiteral("signInPage"), tr("Sign in"));
  auto* column = makeFrame(this, columnWidth);
  column->addWidget(title_);
  column->addWidget(lead_);
  column->addSpacing(12);
  reader_->setWide(true);
  reader_->setMenu(readers_);
  addField(column, tr("Reader"), reader_);
  addField(column, tr("Password or PIN"), secret_);
  secret_->setEchoMode(QLineEdit::Password);
  column->addWidget(error_);
  column->addSpacing(8);
  enter_->setKey(QStringLiteral("⏎"));
  column->addWidget(enter_, 0, Qt::AlignLeft);
  connect(secret_, &QLineEdit::returnPressed, this, &SignInPage::enter);
  connect(secret_, &QLineEdit::textChanged, this, [this] { draw(*store_.state().signIn); });
  connect(enter_, &Button::clicked, this, &SignInPage::enter);
  connect(&store_, &Store::changed, this, [this](const session::State& old, const session::State& now) {
    if (old.signIn == now.signIn) return;
    if (old.signIn->phase == SignInPhase::checking && now.signIn->phase != SignInPhase::checking)
      secret_->clear();
    draw(*now.signIn);
    if (isVisible() && now.signIn->phase != SignInPhase::checking) secret_->setFocus();
  });
  draw(*store_.state().signIn);
  setFocusProxy(secret_);
}

void SignInPage::enter() {
  if (secret_->text().isEmpty() || store_.state().signIn->phase == SignInPhase::checking) return;
  store_.dispatch(act::EnterSecret{ReaderId{utf8(reader_->text())}, utf8(secret_->text())});
}

void SignInPage::choose(const QString& name) {
  reader_->setText(name);
  reader_->setAccessibleName(tr("Reader: %1").arg(name));
  secret_->setFocus();
}

void SignInPage::draw(const session::SignIn& signIn) {
  QStringList names;
  for (const ReaderId& id : signIn.readers) names << text(id.value);
  readers_->clear();
  for (const QString& name : names) readers_->addAction(name, this, [this, name] { choose(name); });
  if (!names.contains(reader_->text()) && !names.isEmpty()) {
    choose(signIn.reader ? text(signIn.reader->id.value) : names.front());
  }
  const bool checking = signIn.phase == SignInPhase::checking;
  const bool locked = signIn.phase == SignInPhase::locked;
  lead_->setText(
      signIn.phase == SignInPhase::loading ? tr("Opening the case database…")
      : locked                             ? tr("Locked. The open case and what you wrote are kept.")
      : !signIn.demonstration.empty()
          ? tr("The demonstration: its reader is demo, the password is %1.").arg(text(signIn.demonstration))
          : tr("Read, correct and sign with agents beside you."));
  if (signIn.error) {
    const ErrorWords said = words(*signIn.error);
    error_->setText(said.happened + QLatin1Char(' ') + said.advice);
  }
  error_->setVisible(signIn.error.has_value() && !checking);
  enter_->setText(checking ? tr("Checking…") : locked ? tr("Unlock") : tr("Sign in"));
  enter_->updateGeometry();
  enter_->setEnabled(!checking && !secret_->text().isEmpty());
  secret_->setEnabled(!checking && signIn.phase != SignInPhase::loading);
  reader_->setEnabled(secret_->isEnabled());
}

QString secretComplaint(const QString& secret) {
  bool digits = !secret.isEmpty();
  for (const QChar c : secret) digits = digits && c >= QLatin1Char('0') && c <= QLatin1Char('9');
  if (digits ? secret.size() >= 6 : secret.size() >= 8) return {};
  return digits ? SetUpPage::tr("A PIN needs at least 6 digits; %n more.", nullptr,
                                6 - static_cast<int>(secret.size()))
                : SetUpPage::tr("At least 8 characters, or a PIN of at least 6 digits.");
}

}  // namespace attest::ui
