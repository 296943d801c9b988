#pragma once

#include <QString>
#include <QStringList>

class QCoreApplication;

namespace attest::ui {

/// Codes of the languages that the window speaks: "en", "de".
QStringList languages();
/// Makes the window speak one of them, with its way to write numbers and dates. Empty, or a language that it
/// does not speak: that of the machine, else English. To be called before the first window. Returns the code
/// of what is spoken now.
QString setLanguage(QCoreApplication& application, const QString& code);

}  // namespace attest::ui
