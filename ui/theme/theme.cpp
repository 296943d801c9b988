#include "ui/theme/theme.h"

#include <QApplication>
#include <QFontDatabase>
#include <QPainter>
#include <QPalette>
#include <QProxyStyle>
#include <QStyleOption>

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

/// Fusion draws the box of a check box in shades of the window, which nobody sees on a dark one.
class Style final : public QProxyStyle {
 public:
  Style() : QProxyStyle(QStringLiteral("Fusion")) {}
  void drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                     const QWidget* widget) const override {
    if (element != PE_IndicatorCheckBox) return QProxyStyle::drawPrimitive(element, option, painter, widget);
    const Palette& p = palette();
    const bool on = option->state.testFlag(State_On);
    const bool focused = option->state.testFlag(State_HasFocus);
    const QRectF box = QRectF(option->rect).adjusted(1, 1, -1, -1);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(focused || on ? p.accent : p.quiet, focused ? 1.6 : 1));
    painter->setBrush(on ? p.primary : p.background);
    painter->drawRoundedRect(box, 3, 3);
    if (on) {
      const QPointF corner = box.topLeft();
      const double unit = box.width() / 12;
      painter->setPen(QPen(p.onPrimary, 1.8, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
      painter->drawPolyline(QPolygonF{corner + QPointF(2.8, 6.2) * unit, corner + QPointF(5, 8.6) * unit,
                                      corner + QPointF(9.2, 3.4) * unit});
    }
    painter->restore();
  }
};

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
  q.setColor(QPalette::HighlightedText, p.onPrimary);
  q.setColor(QPalette::Link, p.accent);
  for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText}) {
    q.setColor(QPalette::Disabled, role, blend(p.background, p.quiet, 0.6));
  }
  return q;
}

constexpr const char* sheet = R"(
QWidget { color: $text; selection-background-color: $primary; selection-color: $onPrimary; }
QMainWindow, QDialog, QWidget[surface="background"] { background: $background; }
QDialog { border: 1px solid $line; }
QWidget[surface="panel"] { background: $panel; }
QWidget[surface="image"] { background: $image; }
QWidget[surface="gap"] { background: $gap; }
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
QLabel[role="danger"] { color: $dangerText; }
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
QMenu::item:checked:selected { color: $text; }
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
  put("onPrimary", p.onPrimary);
  put("primary", p.primary);
  put("good", p.good);
  put("caution", p.caution);
  put("dangerText", p.dangerText);
  put("image", p.image);
  put("gap", p.gap);
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

bool systemIsDark() {
  // Asked before anything here changes it. Qt 6.4 does not tell when the machine's theme changes.
  static const bool dark = QGuiApplication::palette().color(QPalette::Window).lightness() < 128;
  return dark;
}

void applyTheme(QApplication& application, session::Theme theme) {
  const bool system = systemIsDark();
  const bool dark = theme == session::Theme::system ? system : theme == session::Theme::dark;
  setPalette(dark ? darkPalette() : lightPalette());
  QApplication::setStyle(new Style);
  QApplication::setPalette(qtPalette());
  QApplication::setFont(textFont());
  application.setStyleSheet(styleSheet());
}

}  // namespace attest::ui
