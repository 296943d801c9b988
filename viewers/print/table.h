#pragma once

#include "core/view/document.h"
#include "viewers/print/sheet.h"

namespace attest::viewers {

/// How high a table is on one page.
double tableHeight(const Pages& pages, const view::Table& table);
/// Puts a table on the pages; its titles on each of them.
void putTable(Pages& pages, const view::Table& table);

}  // namespace attest::viewers
