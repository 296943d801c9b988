// The screens in both languages, at 100 % and (run again with QT_SCALE_FACTOR=2) at 200 %, beside pictures
// that a person has looked at. ATTEST_RENEW_BASELINES=1 writes them anew: see ./dev baselines.
#include <gtest/gtest.h>

#include <QApplication>
#include <QDir>
#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "tests/ui/desk.h"
#include "ui/dialogs/sign_dialog.h"
#include "ui/language.h"
#include "ui/theme/theme.h"

namespace attest::ui {
namespace {

namespace act = session::action;
using test::Desk;

constexpr QSize windowSize(1440, 900);
/// Pictures are compared in squares of so many pixels: what fonts are hinted like is not seen there, a
/// missing button is.
constexpr int square = 16;
constexpr double mostOff = 26;    ///< of 255, in one square
constexpr double mostOffAll = 2;  ///< on average

QString folder() {
  return QStringLiteral(ATTEST_SOURCE_DIR "/tests/ui/baselines");
}

/// Means of grey over squares.
QImage coarse(const QImage& picture) {
  return picture.convertToFormat(QImage::Format_RGB32)
      .scaled(windowSize / square, Qt::IgnoreAspectRatio, Qt::SmoothTransformation)
      .convertToFormat(QImage::Format_Grayscale8);
}

struct Offset {
  double most = 0;
  double mean = 0;
  QPoint at;
};

Offset offset(const QImage& one, const QImage& other) {
  const QImage a = coarse(one);
  const QImage b = coarse(other);
  Offset found;
  for (int y = 0; y < a.height(); ++y) {
    for (int x = 0; x < a.width(); ++x) {
      const double off = std::abs(qGray(a.pixel(x, y)) - qGray(b.pixel(x, y)));
      found.mean += off / (a.width() * a.height());
      if (off > found.most) found = {off, found.mean, QPoint(x, y) * square};
    }
  }
  return found;
}

/// A window at one of its screens.
struct Screen {
  const char* name;
  void (*go)(Desk& desk);
  bool inLight = false;  ///< also in the light theme
};

void toReading(Desk& desk) {
  desk.openCase();
  desk.store.dispatch(act::SelectItem{ItemId{"nodule-b"}});
}

void toTab(Desk& desk, session::Tab tab) {
  desk.openCase();
  desk.store.dispatch(act::SetTab{tab});
}

constexpr std::array screens{
    Screen{"worklist",
           [](Desk& desk) {
             desk.store.dispatch(act::SelectCase{CaseId{"case-1"}});
             desk.store.dispatch(act::PreviewLoaded{desk.record});
             desk.showPicturesAndCounts();
           },
           true},
    Screen{"reading", toReading, true},
    Screen{"compare",
           [](Desk& desk) {
             desk.openCase();
             desk.store.dispatch(act::ToggleComparison{});
             desk.loadPriorImages();
             desk.store.dispatch(act::SelectLesion{ItemId{"earlier-nodule-b"}});
           }},
    Screen{"report", [](Desk& desk) { toTab(desk, session::Tab::report); }},
    Screen{"agents", [](Desk& desk) { toTab(desk, session::Tab::agents); }},
    Screen{
        "nodes", [](Desk& desk) {
          desk.store.dispatch(act::OpenNodes{});
          Node pacs;
          pacs.name = "Archive";
          pacs.aeTitle = "ORTHANC";
          pacs.host = "127.0.0.1";
          pacs.port = 4242;
          pacs.deliver = true;
          desk.store.dispatch(act::NodesLoaded{{pacs}});
          desk.store.dispatch(act::TestNode{"Archive"});
          desk.store.dispatch(act::NodeTested{"Archive", Desk::failedTest(NodeProblem::connection_refused)});
        }}};

class Baselines : public testing::TestWithParam<const char*> {
 protected:
  void SetUp() override {
    ratio = static_cast<int>(std::lround(qApp->devicePixelRatio()));
    setLanguage(*qApp, QLatin1String(GetParam()));
  }
  void TearDown() override { setLanguage(*qApp, QStringLiteral("en")); }

  /// A window in which somebody signed in, with a prior to compare with.
  struct Opened {
    Opened() {
      desk.addPrior();
      window.resize(windowSize);
      window.show();
      desk.signIn();
    }
    Desk desk;
    MainWindow window{desk.store, desk.withoutVolumes()};
  };

  void show(const Screen& screen, const std::string& name) {
    Opened opened;
    screen.go(opened.desk);
    compare(opened.window, name);
    EXPECT_EQ(opened.window.size(), windowSize) << name;  // nothing in it is wider than a laptop's screen
  }

  void compare(QWidget& shown, const std::string& name) {
    Desk::settle();
    QImage picture = shown.grab().toImage();
    picture.setDevicePixelRatio(1);
    const QString file =
        QDir(folder()).filePath(QStringLiteral("%1-%2-%3.png")
                                    .arg(QString::fromStdString(name), QLatin1String(GetParam()))
                                    .arg(ratio * 100));
    if (std::getenv("ATTEST_RENEW_BASELINES") != nullptr) {
      QDir().mkpath(folder());
      // Half the size keeps the repository small, and still shows what is wrong.
      const QImage small =
          picture.scaled(picture.size() / (2 * ratio), Qt::KeepAspectRatio, Qt::SmoothTransformation);
      ASSERT_TRUE(small.convertToFormat(QImage::Format_RGB32).save(file, "PNG", 0));
      return;
    }
    const QImage wanted(file);
    ASSERT_FALSE(wanted.isNull()) << file.toStdString() << ": ./dev baselines makes it";
    const Offset off = offset(picture, wanted);
    EXPECT_LE(off.most, mostOff) << file.toStdString() << " differs around " << off.at.x() << ", "
                                 << off.at.y();
    EXPECT_LE(off.mean, mostOffAll) << file.toStdString();
  }

  int ratio = 1;
};

TEST_P(Baselines, OfEveryScreen) {
  for (const Screen& screen : screens) show(screen, screen.name);
}

TEST_P(Baselines, InTheLightTheme) {
  applyTheme(*qApp, session::Theme::light);
  for (const Screen& screen : screens) {
    if (screen.inLight) show(screen, std::string(screen.name) + "_light");
  }
  applyTheme(*qApp);
}

TEST_P(Baselines, OfTheSignDialog) {
  Opened opened;
  opened.desk.openCase();
  opened.desk.store.dispatch(act::OpenSignDialog{});
  Desk::settle();
  auto* dialog = opened.window.findChild<SignDialog*>();
  ASSERT_TRUE(dialog->isVisible());
  compare(*dialog, "sign");
}

INSTANTIATE_TEST_SUITE_P(InBothLanguages, Baselines, testing::Values("en", "de"));

}  // namespace
}  // namespace attest::ui
