// Both themes, and a window that is made anew over a state, as when a reader chooses another look.
#include <gtest/gtest.h>

#include <QApplication>
#include <QLineEdit>
#include <QMenu>
#include <QtTest/QTest>
#include <cmath>

#include "tests/ui/desk.h"
#include "ui/language.h"
#include "ui/parts/button.h"
#include "ui/theme/palette.h"
#include "ui/theme/theme.h"

namespace attest::ui {
namespace {

namespace act = session::action;
namespace effect = session::effect;
using test::Desk;

/// WCAG 2.1, relative luminance.
double luminance(const QColor& color) {
  const auto linear = [](double share) {
    return share <= 0.04045 ? share / 12.92 : std::pow((share + 0.055) / 1.055, 2.4);
  };
  return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}
double contrast(const QColor& one, const QColor& other) {
  const double a = luminance(one) + 0.05;
  const double b = luminance(other) + 0.05;
  return std::max(a, b) / std::min(a, b);
}

TEST(Look, EveryWordReadsOnEveryFaceOfBothThemes) {
  for (const Palette& p : {darkPalette(), lightPalette()}) {
    for (const QColor& face : {p.background, p.panel, p.raised, p.hover}) {
      for (const QColor& ink : {p.text, p.quiet, p.accent, p.good, p.caution, p.dangerText}) {
        EXPECT_GE(contrast(ink, face), 4.5)
            << ink.name().toStdString() << " on " << face.name().toStdString();
      }
    }
    EXPECT_GE(contrast(p.onPrimary, p.primary), 4.5);
    EXPECT_EQ(p.image, QColor(Qt::black));
    EXPECT_GE(contrast(p.quietOnImage, p.image), 4.5);
    EXPECT_GE(contrast(p.cautionOnImage, p.image), 4.5);
  }
}

TEST(Look, TheReaderChoosesItInTheirMenuByKeyboard) {
  Desk desk;
  MainWindow window(desk.store, desk.withoutVolumes());
  window.show();
  desk.signIn();
  AgentCard nodules;
  nodules.id = "lung_nodules";
  nodules.readingMode = ReadingMode::after;
  desk.store.dispatch(act::CardsLoaded{{nodules}});
  window.activateWindow();
  Desk::settle();
  QTest::keyClick(&window, Qt::Key_Comma, Qt::ControlModifier);
  Desk::settle();
  auto* menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
  ASSERT_NE(menu, nullptr);
  const auto choose = [&](const QString& submenu, const QString& entry) {
    for (const QAction* one : menu->actions()) {
      if (one->menu() == nullptr || one->text() != submenu) continue;
      for (QAction* choice : one->menu()->actions()) {
        if (choice->text() == entry) return choice->trigger();
      }
    }
    ADD_FAILURE() << entry.toStdString();
  };
  choose(QStringLiteral("Appearance"), QStringLiteral("Light"));
  EXPECT_EQ(desk.last<effect::SavePreferences>()->preferences.theme, session::Theme::light);
  choose(QStringLiteral("Lung nodules"), QStringLiteral("AI first: start at the first proposal"));
  EXPECT_EQ(desk.last<effect::SavePreferences>()->preferences.modes.at("lung_nodules"), ReadingMode::first);
  choose(QStringLiteral("Language"), QStringLiteral("Deutsch"));
  EXPECT_EQ(desk.last<effect::SavePreferences>()->preferences.language, "de");
  menu->close();
}

TEST(Look, AWindowMadeAnewShowsWhatTheOneBeforeDid) {
  Desk desk;
  desk.addPrior();
  const auto picture = [](MainWindow& window, const char* part) {
    window.resize(1440, 900);
    window.show();
    window.activateWindow();
    for (int i = 0; i < 4; ++i) Desk::settle();
    return window.findChild<QWidget*>(QLatin1String(part))->grab().toImage();
  };
  const auto expectSame = [&](MainWindow& before, const char* part) {
    MainWindow fresh(desk.store, desk.withoutVolumes());
    const QImage made = picture(fresh, part);
    EXPECT_TRUE(made == picture(before, part)) << part;
  };
  MainWindow window(desk.store, desk.withoutVolumes());
  picture(window, "signInPage");
  desk.signIn();
  desk.store.dispatch(act::SelectCase{CaseId{"case-1"}});
  desk.store.dispatch(act::PreviewLoaded{desk.record});
  window.findChild<QLineEdit*>(QStringLiteral("search"))->setText(QStringLiteral("chest"));
  Desk::settle();
  {  // not the search box: the cross in it fades in
    const MainWindow fresh(desk.store, desk.withoutVolumes());
    EXPECT_EQ(fresh.findChild<QLineEdit*>(QStringLiteral("search"))->text(), QStringLiteral("chest"));
  }
  expectSame(window, "worklistTable");
  expectSame(window, "preview");
  desk.store.dispatch(act::OpenNodes{});
  expectSame(window, "nodesPage");
  desk.store.dispatch(act::CloseNodes{});
  desk.openCase();
  desk.store.dispatch(act::SelectItem{ItemId{"nodule-b"}});
  expectSame(window, "images");
}

}  // namespace
}  // namespace attest::ui
