#pragma once

#include <QFont>
#include <QString>

class QApplication;

namespace attest::ui {

/// Font, palette and style sheet of the whole program; to be called once, before the first window.
void applyTheme(QApplication& application);

/// The style sheet of the palette. Text roles are the dynamic property "role" of a QLabel: title, strong,
/// quiet, small.
QString styleSheet();

/// The system's sans in its 13 px base, or another size, or heavier.
QFont textFont(int pixels = 13, QFont::Weight weight = QFont::Normal);

}  // namespace attest::ui
