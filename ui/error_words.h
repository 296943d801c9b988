#pragma once

#include <QString>

#include "core/base/result.h"

namespace attest::ui {

/// An error in the words of a person: what happened, and what to do now. The detail of an Error is for the
/// log.
struct ErrorWords {
  QString happened;
  QString advice;
};
ErrorWords words(const Error& error);

}  // namespace attest::ui
