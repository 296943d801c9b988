#pragma once

#include <QString>
#include <QStringList>

class QCoreApplication;

namespace attest::ui {

/// Codes of the languages that the window speaks: "en", "de".
QStringList languages();
/// How those who speak it call it: "Deutsch".
QString languageName(const QString& code);
/// What would be spoken for that code: empty, or a language that the window does not speak, is that of the
/// machine, else English.
QString spokenLanguage(const QString& code);
/// Makes the window speak it, with its way to write numbers and dates. Windows that are there already must be
/// made anew. Returns the code of what is spoken now.
QString setLanguage(QCoreApplication& application, const QString& code);

}  // namespace attest::ui
