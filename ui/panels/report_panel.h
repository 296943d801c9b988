#pragma once

#include <QPlainTextEdit>
#include <array>

#include "core/domain/report.h"
#include "ui/store.h"

class QLabel;
class QTimer;

namespace attest::ui {

class Button;
class Chip;

/// A text field as tall as its words.
class GrowingText final : public QPlainTextEdit {
  Q_OBJECT
 public:
  explicit GrowingText(QWidget* parent = nullptr);

 Q_SIGNALS:
  void left();  ///< it lost the keyboard

 protected:
  void resizeEvent(QResizeEvent* event) override;
  void focusOutEvent(QFocusEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;

 private:
  void fit();
};

/// The report, section by section. Measurements in it are live; what an agent wrote is marked until a person
/// confirmed it.
class ReportPanel final : public QWidget {
  Q_OBJECT
 public:
  explicit ReportPanel(Store& store, QWidget* parent = nullptr);

 private:
  struct Section {
    SectionKind kind{};
    Chip* mark = nullptr;
    Button* confirm = nullptr;
    GrowingText* text = nullptr;
  };
  Section makeSection(SectionKind kind);
  void draw(const session::State& now);
  void drawSection(Section& section, const session::State& now);
  void confirm(SectionKind kind);
  Store& store_;
  std::array<Section, sectionKinds.size()> sections_;
  QLabel* saved_;
  QTimer* pause_;
};

}  // namespace attest::ui
