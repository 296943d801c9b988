#include "ui/pages/top_bar.h"

#include <QHBoxLayout>
#include <QMenu>
#include <array>

#include "core/view/corner_texts.h"
#include "ui/commands.h"
#include "ui/language.h"
#include "ui/parts/button.h"
#include "ui/parts/text.h"
#include "ui/words.h"

namespace attest::ui {
namespace {

namespace act = session::action;

constexpr std::array lockChoices{5, 10, 30, 0};

QString lockWords(int minutes) {
  return minutes == 0 ? TopBar::tr("Never") : TopBar::tr("When nobody moved for %1 minutes").arg(minutes);
}

QString themeWords(session::Theme theme) {
  switch (theme) {
    case session::Theme::dark:
      return TopBar::tr("Dark");
    case session::Theme::light:
      return TopBar::tr("Light");
    case session::Theme::system:
      return TopBar::tr("As the system");
  }
  return {};
}

QString readerWords(const session::SignIn& signIn) {
  if (!signIn.reader) return {};
  QString role;
  for (const Role one :
       {Role::admin, Role::resident, Role::reader, Role::attending}) {  // the last one is shown
    if (signIn.reader->roles.contains(one)) role = words(one);
  }
  return QStringLiteral("%1 · %2").arg(text(signIn.reader->id.value), role);
}

}  // namespace

TopBar::TopBar(Store& store, QWidget* parent)
    : QWidget(parent),
      store_(store),
      worklist_(named(new Button(tr("Worklist"), Button::Look::tool), QStringLiteral("goWorklist"))),
      nodes_(named(new Button(tr("PACS"), Button::Look::tool), QStringLiteral("goNodes"))),
      parked_(named(new Button({}, Button::Look::tool), QStringLiteral("parkedMenu"))),
      parkedMenu_(new QMenu),
      middle_(new QHBoxLayout),
      reader_(named(new Button({}, Button::Look::quiet), QStringLiteral("readerMenu"), tr("Reader"))),
      readerMenu_(new QMenu) {
  named(this, QStringLiteral("topBar"), tr("Places"));
  setAttribute(Qt::WA_StyledBackground);
  setProperty("surface", "panel");
  setProperty("edge", "bottom");
  setFixedHeight(45);
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(12, 0, 12, 1);
  row->setSpacing(4);
  addPlaces(row);
  row->addLayout(middle_, 1);
  row->addWidget(separator(Qt::Vertical));
  reader_->setMenu(readerMenu_);
  reader_->setToolTip(tr("Your settings, lock, sign out (%1)").arg(keyHint(Command::settings)));
  row->addWidget(reader_);
  connect(readerMenu_, &QMenu::aboutToShow, this, &TopBar::fillReaderMenu);
  connect(&store_, &Store::changed, this, [this](const session::State& old, const session::State& now) {
    if (old.signIn != now.signIn || old.nodes != now.nodes || old.queue != now.queue) draw(now);
  });
  draw(store_.state());
}

void TopBar::addPlaces(QHBoxLayout* row) {
  row->addWidget(label(QStringLiteral("Attest"), "strong", QStringLiteral("product")));
  row->addSpacing(12);
  worklist_->setToolTip(
      QStringLiteral("%1 (%2)").arg(words(Command::leave_nodes), keyHint(Command::leave_nodes)));
  nodes_->setToolTip(QStringLiteral("%1 (%2)").arg(words(Command::query_pacs), keyHint(Command::query_pacs)));
  for (Button* one : {worklist_, nodes_}) {
    one->setCheckable(true);
    row->addWidget(one);
  }
  connect(worklist_, &Button::clicked, this, [this] { store_.dispatch(act::CloseNodes{}); });
  connect(nodes_, &Button::clicked, this, [this] { store_.dispatch(act::OpenNodes{}); });
  parked_->setMenu(parkedMenu_);
  parked_->setToolTip(
      tr("Cases that come back as you left them (%1: the last one)").arg(keyHint(Command::return_to_parked)));
  row->addWidget(parked_);
  connect(parkedMenu_, &QMenu::aboutToShow, this, [this] {
    parkedMenu_->clear();
    for (const session::ParkedCase& one : store_.state().queue->parked) {
      const QString name = text(view::personName(one.row.patient.name.reveal()));
      parkedMenu_->addAction(QStringLiteral("%1 · %2").arg(name, text(one.row.description)), this,
                             [this, id = one.row.id] { store_.dispatch(act::OpenCase{id}); });
    }
  });
}

void TopBar::openReaderMenu() {
  reader_->click();
}

void TopBar::fillReaderMenu() {
  readerMenu_->clear();
  const session::Preferences& own = *store_.state().preferences;
  const auto add = [this](QMenu* menu, const QString& words, bool on, const session::Action& action) {
    QAction* made = menu->addAction(words, this, [this, action] { store_.dispatch(action); });
    made->setCheckable(true);
    made->setChecked(on);
  };
  for (const AgentCard& card : store_.state().agents->cards) {
    if (!card.readingMode) continue;
    QMenu* agent = readerMenu_->addMenu(agentWords(card.id));
    const ReadingMode set = modeOf(store_.state(), card.id);
    for (const auto mode : {ReadingMode::after, ReadingMode::with, ReadingMode::first})
      add(agent, words(mode), set == mode, act::SetReadingMode{card.id, mode});
  }
  readerMenu_->addSeparator();
  QMenu* language = readerMenu_->addMenu(tr("Language"));
  add(language, tr("As the system"), own.language.empty(), act::SetLanguage{});
  for (const QString& code : languages())
    add(language, languageName(code), own.language == utf8(code), act::SetLanguage{utf8(code)});
  QMenu* theme = readerMenu_->addMenu(tr("Appearance"));
  for (const auto one : {session::Theme::dark, session::Theme::light, session::Theme::system})
    add(theme, themeWords(one), own.theme == one, act::SetTheme{one});
  QMenu* lock = readerMenu_->addMenu(tr("Lock by itself"));
  for (const int minutes : lockChoices)
    add(lock, lockWords(minutes), own.lockMinutes == minutes, act::SetLockMinutes{minutes});
  readerMenu_->addSeparator();
  readerMenu_->addAction(QStringLiteral("%1\t%2").arg(words(Command::help), keyHint(Command::help)), this,
                         &TopBar::helpWanted);
  readerMenu_->addAction(QStringLiteral("%1\t%2").arg(tr("Lock"), keyHint(Command::lock)), this,
                         [this] { store_.dispatch(act::Lock{}); });
  readerMenu_->addAction(QStringLiteral("%1\t%2").arg(tr("Sign out"), keyHint(Command::sign_out)), this,
                         [this] { store_.dispatch(act::SignOut{}); });
}

void TopBar::draw(const session::State& now) {
  reader_->setText(readerWords(*now.signIn));
  reader_->updateGeometry();
  worklist_->setChecked(!now.nodes->open);
  nodes_->setChecked(now.nodes->open);
  parked_->setVisible(!now.queue->parked.empty());
  parked_->setText(tr("Parked · %1").arg(now.queue->parked.size()));
  parked_->setAccessibleName(parked_->text());
  parked_->updateGeometry();
}

}  // namespace attest::ui
