#include "ui/theme/theme.h"

#include <QApplication>
#include <QFontDatabase>
#include <QPalette>
#include <QStyleFactory>

#include "ui/theme/palette.h"

namespace attest::ui {
namespace {

QString familyName() {
  const QStringList installed = QFontDatabase::families();
  // Faces whose figures are tabular without being asked; Qt 6.4 cannot ask.
  for (const char* wished : {"Segoe UI", "Noto Sans", "Open Sans"}) {
    if (installed.contains(QLatin1String(wished))) return QLatin1String(wished);
  }
  return QFontDatabase::systemFont(QFontDatabase::GeneralFont).family();
}

QPalette qtPalette() {
  const Palette& p = palette();
  QPalette q;
  q.setColor(QPalette::Window, p.background);
  q.setColor(QPalette::WindowText, p.text);
  q.setColor(QPalette::Base, p.panel);
  q.setColor(QPalette::AlternateBase, p.raised);
  q.setColor(QPalette::Text, p.text);
  q.setColor(QPalette::Button, p.raised);
  q.setColor(QPalette::ButtonText, p.text);
  q.setColor(QPalette::BrightText, p.text);
  q.setColor(QPalette::ToolTipBase, p.raised);
  q.setColor(QPalette::ToolTipText, p.text);
  q.setColor(QPalette::PlaceholderText, p.quiet);
  q.setColor(QPalette::Highlight, p.primary);
  q.setColor(QPalette::HighlightedText, Qt::white);
  q.setColor(QPalette::Link, p.accent);
  for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText}) {
    q.setColor(QPalette::Disabled, role, blend(p.background, p.quiet, 0.6));
  }
  return q;
}

constexpr const char* sheet = R"(
QWidget { color: $text; selection-background-color: $primary; selection-color: white; }
QMainWindow, QDialog, QWidget[surface="background"] { background: $background; }
QDialog { border: 1px solid $line; }
QWidget[surface="panel"] { background: $panel; }
QWidget[surface="image"] { background: $image; }
QWidget[edge="left"] { border-left: 1px solid $line; }
QWidget[edge="right"] { border-right: 1px solid $line; }
QWidget[edge="top"] { border-top: 1px solid $line; }
QWidget[edge="bottom"] { border-bottom: 1px solid $line; }
QLabel { background: transparent; }
QLabel[role="page"] { font-size: 22px; font-weight: 600; }
QLabel[role="title"] { font-size: 15px; font-weight: 600; }
QLabel[role="strong"] { font-weight: 600; }
QLabel[role="quiet"] { color: $quiet; }
QLabel[role="small"] { color: $quiet; font-size: 12px; }
QLabel[role="caution"] { color: $caution; }
QLabel[role="danger"] { color: $danger; }
QLabel[role="good"] { color: $good; }
QToolTip { background: $raised; color: $text; border: 1px solid $line; padding: 4px 8px; }
QLineEdit, QPlainTextEdit, QComboBox {
  background: $field; color: $text; border: 1px solid $line; border-radius: 4px; padding: 4px 8px; }
QPlainTextEdit { padding: 4px; }
QLineEdit { min-height: 20px; }
QLineEdit:hover, QPlainTextEdit:hover, QComboBox:hover { border-color: $edge; }
QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus { border-color: $accent; }
QLineEdit:disabled { color: $quiet; background: $panel; }
QComboBox { min-height: 20px; }
QComboBox::drop-down { border: none; width: 20px; }
QComboBox QAbstractItemView { background: $raised; border: 1px solid $line; outline: none; padding: 4px; }
QMenu { background: $raised; border: 1px solid $line; border-radius: 4px; padding: 4px; }
QMenu::item { padding: 6px 24px 6px 12px; border-radius: 4px; background: transparent; }
QMenu::item:selected { background: $select; }
QMenu::item:checked { font-weight: 600; color: $accent; }
QMenu::item:disabled { color: $quiet; }
QMenu::separator { height: 1px; background: $line; margin: 4px 8px; }
QTableView { background: $background; border: none; outline: none; gridline-color: transparent; }
QTableView::item { border: none; }
QHeaderView { background: $panel; border: none; }
QHeaderView::section { background: $panel; color: $quiet; border: none; border-bottom: 1px solid $line;
  padding: 0 8px; height: 32px; font-size: 12px; text-align: left; }
QTableCornerButton::section { background: $panel; border: none; }
QScrollArea { background: transparent; border: none; }
QScrollArea > QWidget > QWidget { background: transparent; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 2px; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 2px; }
QScrollBar::handle { background: $edge; border-radius: 3px; min-height: 32px; min-width: 32px; }
QScrollBar::handle:hover { background: $quiet; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QSplitter::handle { background: $line; }
QSlider::groove:horizontal { height: 4px; background: $line; border-radius: 2px; }
QSlider::sub-page:horizontal { background: $accent; border-radius: 2px; }
QSlider::handle:horizontal { background: $text; width: 14px; height: 14px; margin: -5px 0; border-radius: 7px; }
QSlider::handle:horizontal:focus { background: $accent; }
)";

}  // namespace

QString styleSheet() {
  const Palette& p = palette();
  QString text = QString::fromLatin1(sheet);
  const auto put = [&text](const char* name, const QColor& color) {
    text.replace(QLatin1Char('$') + QLatin1String(name), color.name());
  };
  put("background", p.background);
  put("panel", p.panel);
  put("raised", p.raised);
  put("line", p.line);
  put("text", p.text);
  put("quiet", p.quiet);
  put("accent", p.accent);
  put("primary", p.primary);
  put("good", p.good);
  put("caution", p.caution);
  put("danger", p.danger);
  put("image", p.image);
  put("field", blend(p.background, p.raised, 0.5));
  put("edge", blend(p.line, p.quiet, 0.35));
  put("select", blend(p.raised, p.accent, 0.22));
  return text;
}

QFont textFont(int pixels, QFont::Weight weight) {
  static const QString family = familyName();
  QFont font(family);
  font.setPixelSize(pixels);
  font.setWeight(weight);
  return font;
}

void applyTheme(QApplication& application) {
  QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
  QApplication::setPalette(qtPalette());
  QApplication::setFont(textFont());
  application.setStyleSheet(styleSheet());
}

}  // namespace attest::ui
