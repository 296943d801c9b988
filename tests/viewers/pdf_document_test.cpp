#include "viewers/print/pdf_document.h"

#include <gmock/gmock.h>

#include <QBuffer>
#include <QImage>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <fstream>
#include <thread>

#include "viewers/print/pdf_bytes.h"

namespace attest::viewers {
namespace {

using view::Document;

std::string redSquare() {
  QImage image(40, 40, QImage::Format_RGB888);
  image.fill(Qt::red);
  QByteArray bytes;
  QBuffer buffer(&bytes);
  image.save(&buffer, "PNG");
  return bytes.toStdString();
}

Document letter() {
  Document document;
  document.title = "Radiology report";
  document.subtitle = "CT Thorax";
  document.patient = {{"Name", "PHANTOM, Ångström"}, {"Patient ID", "ATT-1"}, {"Born", ""}};
  document.notice = "For research use.";
  document.identity = "Version 1";
  document.time = fromIso8601("2026-08-14T09:12:30.250Z");
  document.sections = {{"Findings", {view::Paragraph{{{"A nodule of 12.4 × 9.8 mm.", "A"}, {"Unchanged."}}}}},
                       {"Key images", {view::Figures{{{{{redSquare(), 100}}, "1  Nodule", "Axial"}}}}}};
  document.seal = view::Seal{"Signed by anna", "The signature covers all.", {{"Version", "1"}}};
  return document;
}

/// A table of so many rows.
Document longLetter(int rows) {
  Document document = letter();
  view::Table table{{{"#", 1}, {"Finding", 5}, {"Volume", 2, true}}, {}};
  for (int i = 1; i <= rows; ++i)
    table.rows.push_back(
        {{std::to_string(i), "Finding " + std::to_string(i) + "\nbelow", "0.62 mL"}, view::Color{}});
  document.sections.push_back({"Measurements", {table}});
  return document;
}

std::string pdfOf(const Document& document) {
  const auto pdf = pdfDocument(document);
  EXPECT_TRUE(pdf) << pdf.error().detail;
  return pdf.value_or("");
}

/// What another program does with a PDF.
class Reader {
 public:
  explicit Reader(const std::string& pdf) { std::ofstream(path().toStdString(), std::ios::binary) << pdf; }
  /// The text of each page, by poppler.
  QStringList pages() const {
    QStringList pages =
        run(QStringLiteral("pdftotext"), {QStringLiteral("-layout"), path(), QStringLiteral("-")})
            .split(QChar(u'\f'));
    pages.removeLast();
    return pages;
  }
  QString properties() const { return run(QStringLiteral("pdfinfo"), {path()}); }
  QString fonts() const { return run(QStringLiteral("pdffonts"), {path()}); }

 private:
  QString path() const { return folder_.filePath(QStringLiteral("letter.pdf")); }
  static QString run(const QString& program, const QStringList& words) {
    QProcess process;
    process.start(program, words);
    EXPECT_TRUE(process.waitForFinished()) << program.toStdString();
    EXPECT_EQ(process.exitCode(), 0);
    EXPECT_EQ(process.readAllStandardError(), "") << "of a file that is damaged";
    return QString::fromUtf8(process.readAllStandardOutput());
  }
  QTemporaryDir folder_;
};

MATCHER_P(HasText, wanted, "") {
  return arg.contains(QString::fromUtf8(wanted));
}

TEST(PdfDocument, SaysEverythingThatTheDocumentHolds) {
  const Reader reader(pdfOf(letter()));
  const QStringList pages = reader.pages();
  ASSERT_EQ(pages.size(), 1);
  for (const char* words : {"Radiology report", "CT Thorax", "PHANTOM, Ångström", "Patient ID", "ATT-1",
                            "Findings", "A nodule of 12.4 × 9.8 mm.", "Unchanged.", "1 Nodule", "Axial",
                            "Signed by anna", "For research use.", "Version 1"}) {
    EXPECT_THAT(pages[0].simplified(), HasText(words));
  }
  EXPECT_FALSE(pages[0].contains(QStringLiteral("Born"))) << "a fact without a value is left out";
  EXPECT_FALSE(pages[0].contains(QStringLiteral("UNSIGNED")));
}

TEST(PdfDocument, EveryPageOfALongOneTellsWhoseItIsAndWhichOfHowMany) {
  Document document = longLetter(120);
  document.warning = "UNSIGNED";
  const QStringList pages = Reader(pdfOf(document)).pages();
  ASSERT_GT(pages.size(), 3);
  for (qsizetype i = 0; i < pages.size(); ++i) {
    for (const char* words : {"PHANTOM, Ångström", "ATT-1", "For research use.", "UNSIGNED"})
      EXPECT_THAT(pages[i], HasText(words)) << "page " << i + 1;
    EXPECT_TRUE(pages[i].contains(
        QRegularExpression(QStringLiteral("\\b%1 ?/ ?%2\\b").arg(i + 1).arg(pages.size()))));
  }
}

TEST(PdfDocument, ALongTableHasItsTitlesOnEveryPageAndEveryRowOnce) {
  const QStringList pages = Reader(pdfOf(longLetter(120))).pages();
  const QRegularExpression row(QStringLiteral("Finding (\\d+)"));
  QList<int> rows;
  for (const QString& page : pages) {
    auto found = row.globalMatch(page);
    EXPECT_TRUE(!found.hasNext() || page.contains(QStringLiteral("Volume")));
    while (found.hasNext()) rows << found.next().captured(1).toInt();
  }
  ASSERT_EQ(rows.size(), 120);
  for (int i = 0; i < 120; ++i) EXPECT_EQ(rows[i], i + 1);
}

TEST(PdfDocument, IsTheSameBytesEachTimeAndFromEveryThread) {
  const std::string first = pdfOf(longLetter(30));
  std::string second;
  std::jthread([&] { second = pdfOf(longLetter(30)); }).join();
  EXPECT_EQ(first, second);
}

TEST(PdfDocument, ItsPropertiesAreThoseOfTheDocumentNotOfTheMoment) {
  const Reader reader(pdfOf(letter()));
  EXPECT_THAT(reader.properties(), HasText("Radiology report"));
  EXPECT_TRUE(reader.properties().contains(QRegularExpression(QStringLiteral("Aug 14 \\d\\d:12:30 2026"))))
      << reader.properties().toStdString();
  EXPECT_FALSE(reader.properties().contains(QStringLiteral("PHANTOM")));
  EXPECT_FALSE(reader.fonts().contains(QRegularExpression(QStringLiteral("Identity-H +no"))))
      << "a font is not embedded:\n"
      << reader.fonts().toStdString();
}

TEST(PdfDocument, AnEmptyOneIsAPageAndADamagedImageIsAnError) {
  EXPECT_EQ(Reader(pdfOf({})).pages().size(), 1);
  Document document = letter();
  std::get<view::Figures>(document.sections[1].parts[0]).figures[0].pictures[0].png = "no image";
  const auto refused = pdfDocument(document);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::bad_file);
}

TEST(PdfBytes, OnlyFilesOfTheKnownFormAreChanged) {
  for (const char* text : {"", "%PDF-1.4", "/CreationDate (D:2026)\n/Type /Catalog\nstartxref\n99999\n"})
    EXPECT_FALSE(withProperties(text, Time{}, "en")) << text;
}

}  // namespace
}  // namespace attest::viewers
