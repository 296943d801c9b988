#pragma once

#include <string>

#include "core/base/result.h"
#include "core/view/document.h"

namespace attest::viewers {

/// A document as the bytes of a PDF file: A4, fonts embedded, pictures without loss. On every page its head
/// with the patient, its warning, its notice and the page's number. The same document gives the same bytes
/// wherever the same fonts are. Needs a QGuiApplication (for fonts; offscreen is enough), no display; any
/// thread. Errors: bad_file (a picture that is none), internal.
Result<std::string> pdfDocument(const view::Document& document);

}  // namespace attest::viewers
