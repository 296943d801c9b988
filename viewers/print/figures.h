#pragma once

#include "core/base/result.h"
#include "core/view/document.h"
#include "viewers/print/sheet.h"

namespace attest::viewers {

/// Puts figures on the pages, side by side where they are narrow. Errors: bad_file (a picture that is none).
Result<> putFigures(Pages& pages, const view::Figures& figures);

}  // namespace attest::viewers
