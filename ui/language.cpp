#include "ui/language.h"

#include <QCoreApplication>
#include <QDir>
#include <QLibraryInfo>
#include <QLocale>
#include <QTranslator>

/// Of a static library: nobody else does it. The macro must stand outside every namespace.
static void loadTranslations() {
  Q_INIT_RESOURCE(translations);
}

namespace attest::ui {
namespace {

constexpr const char* translatorName = "attestTranslator";

/// Adds a translation to the application; answers whether there was one.
bool add(QCoreApplication& application, const QString& file) {
  auto* translator = new QTranslator(&application);
  translator->setObjectName(QLatin1String(translatorName));
  if (translator->load(file)) return application.installTranslator(translator);
  delete translator;
  return false;
}

}  // namespace

QStringList languages() {
  return {QStringLiteral("en"), QStringLiteral("de")};
}

QString languageName(const QString& code) {
  return code == QLatin1String("de") ? QStringLiteral("Deutsch") : QStringLiteral("English");
}

QString spokenLanguage(const QString& code) {
  const QString wanted = (code.isEmpty() ? QLocale::system().name() : code).left(2).toLower();
  return languages().contains(wanted) ? wanted : QStringLiteral("en");
}

QString setLanguage(QCoreApplication& application, const QString& code) {
  loadTranslations();
  for (auto* old : application.findChildren<QTranslator*>(QLatin1String(translatorName))) delete old;
  const QString language = spokenLanguage(code);
  // In English a number keeps its point and a day its ISO form, whatever the country.
  QLocale locale =
      language == QLatin1String("en") ? QLocale(QLocale::English, QLocale::UnitedKingdom) : QLocale(language);
  QLocale::setDefault(locale);
  if (language != QLatin1String("en")) {
    add(application, QDir(QLibraryInfo::path(QLibraryInfo::TranslationsPath))
                         .filePath(QStringLiteral("qtbase_%1.qm").arg(language)));
    add(application, QStringLiteral(":/translations/attest_%1.qm").arg(language));
  }
  return language;
}

}  // namespace attest::ui
