#pragma once

#include <memory>

#include "core/workflow/ports.h"

class QGuiApplication;

namespace attest::app {

/// Draws pictures and documents with viewers/print. Documents need a QGuiApplication by then.
std::shared_ptr<const workflow::Pictures> pictures();

/// What gives a program without a window its fonts, and needs no display; null where the program has an
/// application already. For the main thread, which keeps it to its end.
std::unique_ptr<QGuiApplication> applicationWithoutDisplay();

}  // namespace attest::app
