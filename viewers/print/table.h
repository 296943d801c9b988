#pragma once

#include "core/view/document.h"
#include "viewers/print/sheet.h"

namespace attest::viewers {

/// Puts a table on the pages; its titles on each of them.
void putTable(Pages& pages, const view::Table& table);

}  // namespace attest::viewers
