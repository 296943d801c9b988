#include "app/printing.h"

#include <QGuiApplication>
#include <clocale>

#include "viewers/print/pdf_document.h"
#include "viewers/print/pictures.h"

namespace attest::app {
namespace {

class PrintedPictures final : public workflow::Pictures {
 public:
  Result<std::string> png(const view::ViewportState& state, const imaging::VolumePtr& volume,
                          std::span<const view::OverlayItem> overlays, int width, int height,
                          Parallel& parallel, std::stop_token stop) const override {
    return viewers::pngPicture(state, volume, overlays, width, height, parallel, stop);
  }
  Result<std::string> pdf(const view::Document& document) const override {
    return viewers::pdfDocument(document);
  }
};

}  // namespace

std::shared_ptr<const workflow::Pictures> pictures() {
  return std::make_shared<const PrintedPictures>();
}

std::unique_ptr<QGuiApplication> applicationWithoutDisplay() {
  if (QCoreApplication::instance() != nullptr) return nullptr;
  static int count = 3;
  static char program[] = "attest";
  static char option[] = "-platform";
  static char platform[] = "offscreen";
  static char* arguments[] = {program, option, platform, nullptr};
  // What Qt has to say of folders that a server has not is nothing for the answer of a command.
  const auto before = qInstallMessageHandler([](QtMsgType, const QMessageLogContext&, const QString&) {});
  auto application = std::make_unique<QGuiApplication>(count, arguments);
  qInstallMessageHandler(before);
  std::setlocale(LC_NUMERIC, "C");  // Qt takes over the locale of the machine; our numbers keep their point
  return application;
}

}  // namespace attest::app
