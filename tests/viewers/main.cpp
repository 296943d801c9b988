#include <gmock/gmock.h>

#include <QApplication>
#include <algorithm>
#include <memory>
#include <string_view>

int main(int argc, char** argv) {
  testing::InitGoogleMock(&argc, argv);
  const bool without = std::any_of(
      argv, argv + argc, [](const char* a) { return std::string_view(a) == "--without-application"; });
  if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", "offscreen");
  const auto application = without ? nullptr : std::make_unique<QApplication>(argc, argv);
  return RUN_ALL_TESTS();
}
