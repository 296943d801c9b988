#pragma once

#include <QFont>
#include <QString>

#include "core/session/preferences.h"

class QApplication;

namespace attest::ui {

/// Is the machine's own theme a dark one, as it was at the first call; to be asked before applyTheme().
bool systemIsDark();

/// Font, palette and style sheet of the whole program. What is painted from now on has them; a window that is
/// there already must be made anew.
void applyTheme(QApplication& application, session::Theme theme = session::Theme::dark);

/// The style sheet of the palette. Text roles are the dynamic property "role" of a QLabel: title, strong,
/// quiet, small.
QString styleSheet();

/// The system's sans in its 13 px base, or another size, or heavier.
QFont textFont(int pixels = 13, QFont::Weight weight = QFont::Normal);

}  // namespace attest::ui
