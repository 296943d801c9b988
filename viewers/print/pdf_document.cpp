#include "viewers/print/pdf_document.h"

#include <QBuffer>
#include <QGuiApplication>
#include <QHashSeed>
#include <QPageSize>
#include <QPdfWriter>
#include <algorithm>
#include <mutex>

#include "viewers/print/parts.h"
#include "viewers/print/pdf_bytes.h"

namespace attest::viewers {
namespace {

constexpr double marginMm = 18;
constexpr double topMm = 13;
constexpr double bottomMm = 11;
constexpr double panelMarginMm = 3.2;

/// QPdfWriter embeds fonts in the order of a hash table, whose seed is the whole program's: one at a time.
class SameOrder {
 public:
  SameOrder() : lock_(mutex()) { QHashSeed::setDeterministicGlobalSeed(); }
  ~SameOrder() { QHashSeed::resetRandomGlobalSeed(); }
  SameOrder(const SameOrder&) = delete;
  SameOrder& operator=(const SameOrder&) = delete;

 private:
  static std::mutex& mutex() {
    static std::mutex one;
    return one;
  }
  std::lock_guard<std::mutex> lock_;
};

/// What stands on every page around its body.
class Frame {
 public:
  Frame(const view::Document& document, QSizeF page)
      : document_(document),
        page_(page),
        name_(value(0), face(12, true), ink::text, width() - 2 * mm(panelMarginMm)),
        facts_(rest(), width() - 2 * mm(panelMarginMm), 8.5) {}

  QRectF body() const {
    const double top = headBottom() + mm(4);
    return {mm(marginMm), top, width(), footTop() - mm(4) - top};
  }

  void draw(QPainter& painter, std::size_t number, std::size_t count) const {
    drawWatermark(painter);
    drawHead(painter);
    drawFoot(painter, number, count);
  }

 private:
  double width() const { return page_.width() - 2 * mm(marginMm); }
  double left() const { return mm(marginMm); }
  double right() const { return left() + width(); }
  double footTop() const { return page_.height() - mm(bottomMm) - mm(8); }
  double warningTop() const { return mm(topMm) + mm(7); }
  double panelTop() const { return warningTop() + (document_.warning.empty() ? 0 : mm(8)); }
  double panelHeight() const { return name_.height() + mm(0.8) + facts_.height() + 2 * mm(panelMarginMm); }
  double headBottom() const { return panelTop() + panelHeight(); }

  QString value(std::size_t index) const {
    return index < document_.patient.size() ? QString::fromStdString(document_.patient[index].value)
                                            : QString();
  }
  std::vector<view::Fact> rest() const {
    return {document_.patient.begin() + (document_.patient.empty() ? 0 : 1), document_.patient.end()};
  }

  void drawHead(QPainter& painter) const {
    const double top = mm(topMm);
    const TextBlock title(QString::fromStdString(document_.title), face(12.5, true), ink::accent, width());
    title.draw(painter, {left(), top - mm(1)});
    const double rest = width() - title.naturalWidth() - mm(6);
    const TextBlock subtitle(QString::fromStdString(document_.subtitle), face(9), ink::quiet, rest,
                             Qt::AlignRight);
    const double baseline = top - mm(1) + title.ascent();
    subtitle.drawLine(painter, 0, {right() - rest, baseline - subtitle.ascent()});
    if (!document_.warning.empty()) drawWarning(painter);
    drawPanel(painter, {left(), panelTop(), width(), panelHeight()}, ink::panel);
    const QPointF inside(left() + mm(panelMarginMm), panelTop() + mm(panelMarginMm));
    name_.draw(painter, inside);
    facts_.draw(painter, inside + QPointF(0, name_.height() + mm(0.8)));
  }

  void drawWarning(QPainter& painter) const {
    const QRectF strip(left(), warningTop(), width(), mm(6.4));
    drawPanel(painter, strip, ink::cautionPanel);
    painter.setFont(face(9, true));
    painter.setPen(ink::cautionText);
    painter.drawText(strip, Qt::AlignCenter, QString::fromStdString(document_.warning));
  }

  void drawWatermark(QPainter& painter) const {
    if (document_.warning.empty()) return;
    painter.save();
    painter.translate(page_.width() / 2, page_.height() / 2);
    painter.rotate(-52);
    painter.setFont(face(84, true));
    painter.setPen(ink::watermark);
    const QRectF around(-page_.height(), -page_.width() / 2, 2 * page_.height(), page_.width());
    painter.drawText(around, Qt::AlignCenter, QString::fromStdString(document_.warning).section(u' ', 0, 0));
    painter.restore();
  }

  void drawFoot(QPainter& painter, std::size_t number, std::size_t count) const {
    const double top = footTop();
    drawRule(painter, left(), right(), top);
    const double textWidth = width() - mm(20);
    const TextBlock notice(QString::fromStdString(document_.notice), face(7, true), ink::quiet, textWidth);
    const TextBlock identity(QString::fromStdString(document_.identity), face(6.5), ink::quiet, textWidth);
    notice.drawLine(painter, 0, {left(), top + mm(1.6)});
    identity.drawLine(painter, 0, {left(), top + mm(1.6) + notice.lineHeight(0)});
    painter.setFont(face(8.5, true));
    painter.setPen(ink::text);
    painter.drawText(QRectF(right() - mm(20), top + mm(1.4), mm(20), mm(6)), Qt::AlignRight | Qt::AlignTop,
                     QStringLiteral("%1 / %2").arg(number).arg(count));
  }

  const view::Document& document_;
  QSizeF page_;
  TextBlock name_;
  FactRaster facts_;
};

Result<QByteArray> written(const view::Document& document) {
  QByteArray bytes;
  QBuffer buffer(&bytes);
  buffer.open(QIODevice::WriteOnly);
  QPdfWriter writer(&buffer);
  writer.setResolution(printResolution);
  writer.setPageSize(QPageSize(QPageSize::A4));
  writer.setPageMargins({});
  writer.setTitle(QString::fromStdString(document.title));
  writer.setCreator(QStringLiteral("Attest"));
  const Frame frame(document, QSizeF(writer.width(), writer.height()));
  Pages pages(frame.body());
  for (const view::Section& section : document.sections) ATTEST_CHECK(putSection(pages, section));
  if (document.seal) putSeal(pages, *document.seal);

  QPainter painter(&writer);
  if (!painter.isActive()) return fail(ErrorCode::internal, "the PDF cannot be drawn");
  painter.setRenderHint(QPainter::LosslessImageRendering);
  for (std::size_t i = 0; i < pages.count(); ++i) {
    if (i > 0) writer.newPage();
    frame.draw(painter, i + 1, pages.count());
    for (const auto& draw : pages.page(i)) draw(painter);
  }
  painter.end();
  return bytes;
}

}  // namespace

Result<std::string> pdfDocument(const view::Document& document) {
  if (qobject_cast<QGuiApplication*>(QCoreApplication::instance()) == nullptr)
    return fail(ErrorCode::internal, "there are no fonts without a QGuiApplication");
  const SameOrder order;
  ATTEST_TRY(const QByteArray bytes, written(document));
  return withProperties(bytes.toStdString(), document.time, document.language);
}

}  // namespace attest::viewers
