#pragma once

#include "core/domain/node.h"
#include "ui/error_words.h"

namespace attest::ui {

/// What stands between us and that node, and what to do about it. Without a problem both are empty.
ErrorWords words(NodeProblem problem, const Node& node);
/// Does the other system's own, untranslated text add to these words.
bool hasMore(NodeProblem problem);

}  // namespace attest::ui
