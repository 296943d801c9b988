#pragma once

#include <QPlainTextEdit>
#include <array>
#include <functional>
#include <memory>

#include "core/domain/report.h"
#include "ui/store.h"

class QLabel;
class QTemporaryDir;
class QTimer;

namespace attest::ui {

class Button;
class Chip;

/// A text field as tall as its words.
class GrowingText final : public QPlainTextEdit {
  Q_OBJECT
 public:
  explicit GrowingText(QWidget* parent = nullptr);
  /// What the tip over a place in the words says; empty for none.
  void setTips(std::function<QString(int position)> tips) { tips_ = std::move(tips); }
  /// Takes the height of its words; needed after they were set with its signals blocked.
  void fit();

 Q_SIGNALS:
  void left();  ///< it lost the keyboard

 protected:
  bool viewportEvent(QEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void focusOutEvent(QFocusEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;

 private:
  std::function<QString(int)> tips_;
};

/// The report, section by section. Measurements in it are live; what an agent wrote is marked until a person
/// confirmed it.
class ReportPanel final : public QWidget {
  Q_OBJECT
 public:
  explicit ReportPanel(Store& store, QWidget* parent = nullptr);
  ~ReportPanel() override;

 private:
  struct Section {
    SectionKind kind{};
    Chip* mark = nullptr;
    Button* confirm = nullptr;
    GrowingText* text = nullptr;
    QLabel* origin = nullptr;
  };
  Section makeSection(SectionKind kind);
  void draw(const session::State& now);
  void drawSection(Section& section, const session::State& now);
  void confirm(SectionKind kind);
  QWidget* makeFoot();
  void preview();
  void exportPdf();
  void openPreview(const session::Exporting& done);
  Store& store_;
  std::array<Section, sectionKinds.size()> sections_;
  QLabel* saved_;
  Button* preview_;
  Button* export_;
  std::unique_ptr<QTemporaryDir> previews_;  ///< of PDF files, gone with the window
  QTimer* pause_;
};

}  // namespace attest::ui
