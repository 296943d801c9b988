#include <gtest/gtest.h>

#include <QApplication>
#include <QDir>
#include <QFile>
#include <QLabel>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QXmlStreamReader>
#include <map>
#include <set>

#include "core/agents/agent.h"
#include "tests/ui/desk.h"
#include "ui/language.h"
#include "ui/parts/button.h"
#include "ui/parts/tabs.h"
#include "ui/parts/text.h"
#include "ui/words.h"

namespace attest::ui {
namespace {

namespace act = session::action;
using test::Desk;

struct Message {
  QString context;
  QString source;
  QStringList translations;
  bool isFinished = true;
};

std::vector<Message> messagesOf(const QString& path) {
  QFile file(path);
  EXPECT_TRUE(file.open(QIODevice::ReadOnly)) << path.toStdString();
  QXmlStreamReader xml(&file);
  std::vector<Message> found;
  QString context;
  while (!xml.atEnd()) {
    if (xml.readNext() != QXmlStreamReader::StartElement) continue;
    if (xml.name() == QLatin1String("name")) context = xml.readElementText();
    if (xml.name() == QLatin1String("message")) found.push_back({context, {}, {}, true});
    if (xml.name() == QLatin1String("source")) found.back().source = xml.readElementText();
    if (xml.name() == QLatin1String("translation")) {
      found.back().isFinished = xml.attributes().value(QLatin1String("type")).isEmpty();
      const QString words = xml.readElementText(QXmlStreamReader::IncludeChildElements);
      found.back().translations << words;
    }
  }
  return found;
}

QString sourceFolder() {
  return QStringLiteral(ATTEST_SOURCE_DIR);
}

std::set<QString> placesIn(const QString& words) {
  static const QRegularExpression place(QStringLiteral("%(\\d|n)"));
  std::set<QString> found;
  for (auto at = place.globalMatch(words); at.hasNext();) found.insert(at.next().captured());
  return found;
}

/// Speaks German as long as it lives.
class InGerman {
 public:
  InGerman() { EXPECT_EQ(setLanguage(*qApp, QStringLiteral("de")), QStringLiteral("de")); }
  ~InGerman() { setLanguage(*qApp, QStringLiteral("en")); }
};

TEST(Translations, EveryTextOfTheSourcesHasItsGerman) {
  QTemporaryDir folder;
  const QString copy = folder.filePath(QStringLiteral("attest_de.ts"));
  ASSERT_TRUE(QFile::copy(sourceFolder() + QStringLiteral("/translations/attest_de.ts"), copy));
  QProcess lupdate;
  lupdate.setWorkingDirectory(sourceFolder());
  lupdate.start(
      QStringLiteral(ATTEST_LUPDATE),
      {QStringLiteral("-silent"), QStringLiteral("-no-obsolete"), QStringLiteral("-I"), sourceFolder(),
       QStringLiteral("ui"), QStringLiteral("viewers"), QStringLiteral("app"), QStringLiteral("-ts"), copy});
  ASSERT_TRUE(lupdate.waitForFinished(120'000));
  ASSERT_EQ(lupdate.exitCode(), 0) << lupdate.readAllStandardError().toStdString();
  const auto messages = messagesOf(copy);
  EXPECT_GT(messages.size(), 500U);
  for (const Message& message : messages) {
    EXPECT_TRUE(message.isFinished && !message.translations.first().isEmpty())
        << message.context.toStdString() << ": \"" << message.source.toStdString()
        << "\" has no German. ./dev words brings it into translations/attest_de.ts";
    if (!message.isFinished) continue;
    EXPECT_EQ(placesIn(message.source), placesIn(message.translations.first()))
        << message.source.toStdString();
  }
}

TEST(Translations, TheWindowSpeaksGermanAndWritesItsNumbersAndDays) {
  const InGerman german;
  EXPECT_EQ(words(CaseStatus::in_review), QStringLiteral("in Befundung"));
  EXPECT_EQ(words(SectionKind::impression), QStringLiteral("Beurteilung"));
  EXPECT_EQ(term("Nodule, right lower lobe"), QStringLiteral("Rundherd, rechter Unterlappen"));
  EXPECT_EQ(local("12.4 mm"), QStringLiteral("12,4 mm"));
  EXPECT_EQ(dayWords("20260814"), QStringLiteral("14.08.2026"));
}

TEST(Translations, InEnglishDaysAreIsoAndNumbersHavePoints) {
  setLanguage(*qApp, QStringLiteral("en"));
  EXPECT_EQ(local("12.4 mm"), QStringLiteral("12.4 mm"));
  EXPECT_EQ(dayWords("20260814"), QStringLiteral("2026-08-14"));
  EXPECT_EQ(dayWords("not a day"), QStringLiteral("not a day"));
  EXPECT_EQ(term("Nodule, somewhere else"), QStringLiteral("Nodule, somewhere else"));
}

/// What an agent can say of itself and of its run.
const std::vector<Note>& everyNote() {
  static const std::vector<Note> notes = [] {
    std::vector<Note> made;
    for (int i = 1; i <= static_cast<int>(NoteCode::not_aligned); ++i)
      for (const double first : {1.0, 2.5e6}) made.push_back({static_cast<NoteCode>(i), {first, -7}, {}});
    return made;
  }();
  return notes;
}

TEST(Translations, AgentsAreNamedAsOnTheirCards) {
  for (const auto& agent : agents::makeRoster()) {
    const AgentCard& card = agent->card();
    EXPECT_EQ(agentWords(card.id), text(card.title)) << "ui/words_of_agents.cpp lacks " << card.id;
  }
  EXPECT_EQ(agentWords("one_of_others"), QStringLiteral("one of others"));
  for (const Note& note : everyNote()) EXPECT_EQ(noteWords(note), text(noteLine({note})));
}

TEST(Translations, AgentsSpeakGerman) {
  const InGerman german;
  for (const auto& agent : agents::makeRoster()) {
    const AgentCard& card = agent->card();
    EXPECT_NE(agentWords(card.id), text(card.title)) << card.id;
    EXPECT_NE(term(card.operatingPoint), text(card.operatingPoint)) << "ui/terms.cpp lacks " << card.id;
  }
  for (const Note& note : everyNote()) {
    const QString said = noteWords(note);
    EXPECT_NE(said, text(noteLine({note}))) << "ui/words_of_agents.cpp lacks " << name(note.code);
    for (const std::string& figure : noteFigures(note)) EXPECT_TRUE(said.contains(local(figure)));
  }
  EXPECT_EQ(noteWords(makeNote(NoteCode::thick_slices, 2.5, 6.25)),
            QStringLiteral("2,5 mm zwischen den Schichten: Rundherde unter 6,2 mm können fehlen"));
  EXPECT_EQ(noteWords({NoteCode::text, {}, "3 structures, 1.5 mm"}), QStringLiteral("3 structures, 1.5 mm"));
}

TEST(Translations, TheAgentsTabIsGerman) {
  const InGerman german;
  Desk desk;
  auto record = desk.copy();
  std::vector<Step>& steps = record->runs.back().steps;
  const auto skip = [&](std::size_t at, const char* why) {
    steps.at(at).state = StepState::skipped;
    steps.at(at).notes.clear();
    steps.at(at).error = why;
  };
  skip(2, "no lungs to measure");
  skip(4, "lung_nodules failed");
  desk.record = record;
  MainWindow window(desk.store, desk.withoutVolumes());
  window.show();
  desk.signIn();
  desk.openCase();
  desk.store.dispatch(act::SetTab{session::Tab::agents});
  Desk::settle();
  const auto said = [&window](int step) {
    QStringList parts;
    for (const auto* label :
         window.findChild<QWidget*>(QStringLiteral("step_%1").arg(step))->findChildren<QLabel*>())
      parts << label->text();
    return parts.join(QStringLiteral(" | "));
  };
  EXPECT_TRUE(said(0).contains(QStringLiteral("Hauptblock (von 1): 310 Bilder"))) << utf8(said(0));
  EXPECT_TRUE(said(1).contains(QStringLiteral("3 Strukturen"))) << utf8(said(1));
  EXPECT_TRUE(said(1).contains(QStringLiteral("Version 1.0 · höchstens drei Strukturen"))) << utf8(said(1));
  EXPECT_TRUE(said(2).contains(QStringLiteral("keine Lunge zu messen"))) << utf8(said(2));
  EXPECT_TRUE(said(3).contains(QStringLiteral("3 Befunde · außerdem 1 unter der Schwelle"))) << utf8(said(3));
  EXPECT_TRUE(said(4).contains(QStringLiteral("Rundherde der Lunge: fehlgeschlagen"))) << utf8(said(4));
}

TEST(Translations, NoScreenKeepsAnEnglishText) {
  std::map<QString, QString> german;
  for (const Message& message : messagesOf(sourceFolder() + QStringLiteral("/translations/attest_de.ts"))) {
    if (message.source != message.translations.first()) german[message.source] = message.translations.first();
  }
  const InGerman speaking;
  Desk desk;
  desk.addPrior();
  MainWindow window(desk.store, desk.withoutVolumes());
  window.show();
  const auto expectGerman = [&](const char* screen) {
    Desk::settle();
    QStringList said;
    for (const auto* label : window.findChildren<QLabel*>()) said << label->text() << label->toolTip();
    for (const auto* button : window.findChildren<Button*>()) said << button->text() << button->toolTip();
    for (const QString& words : said) {
      EXPECT_FALSE(german.contains(words) && !words.isEmpty()) << screen << ": " << words.toStdString();
    }
  };
  expectGerman("sign in");
  desk.signIn();
  desk.store.dispatch(act::SelectCase{CaseId{"case-1"}});
  desk.store.dispatch(act::PreviewLoaded{desk.record});
  expectGerman("worklist");
  desk.openCase();
  desk.store.dispatch(act::SelectItem{ItemId{"nodule-b"}});
  expectGerman("reading room");
  desk.store.dispatch(act::SetTab{session::Tab::agents});
  expectGerman("agents");
  desk.store.dispatch(act::OpenSignDialog{});
  expectGerman("sign");
}

}  // namespace
}  // namespace attest::ui
