#pragma once

#include <QLabel>
#include <QString>
#include <string>

class QBoxLayout;
class QWidget;

namespace attest::ui {

/// UTF-8 as core has it, and back.
inline QString text(const std::string& utf8) {
  return QString::fromUtf8(utf8.data(), static_cast<int>(utf8.size()));
}
inline std::string utf8(const QString& words) {
  return words.toStdString();
}

/// A label of plain text; `role` is a text role of the style sheet, `name` the object's name.
QLabel* label(const QString& words, const char* role = "", const QString& name = {});
/// The same, broken into lines where it must.
QLabel* paragraph(const QString& words, const char* role = "", const QString& name = {});
/// Gives a label another role.
void setRole(QLabel* label, const char* role);

/// A one-line label that ends in an ellipsis where there is no room, with the whole words as its tooltip.
class ElidedLabel final : public QLabel {
  Q_OBJECT
 public:
  explicit ElidedLabel(const char* role = "", QWidget* parent = nullptr);
  QSize minimumSizeHint() const override { return {24, QLabel::minimumSizeHint().height()}; }

 protected:
  void paintEvent(QPaintEvent* event) override;
};

/// A thin line between things.
QWidget* separator(Qt::Orientation orientation);
/// Names a widget for tests, for the style and for screen readers.
template <class W>
W* named(W* widget, const QString& objectName, const QString& accessibleName = {}) {
  widget->setObjectName(objectName);
  if (!accessibleName.isEmpty()) widget->setAccessibleName(accessibleName);
  return widget;
}
/// A widget painted as a surface of the style sheet: "background", "panel".
QWidget* surface(const char* kind, const char* edge = "", QWidget* parent = nullptr);
/// Takes everything out of a layout and deletes it.
void clear(QBoxLayout* layout);

}  // namespace attest::ui
