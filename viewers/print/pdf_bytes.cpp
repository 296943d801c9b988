#include "viewers/print/pdf_bytes.h"

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <optional>
#include <string_view>
#include <vector>

namespace attest::viewers {
namespace {

/// What takes the place of `length` bytes at `at`.
struct Edit {
  std::size_t at = 0;
  std::size_t length = 0;
  std::string text;
};

tl::unexpected<Error> unknownForm() {
  return fail(ErrorCode::internal, "the PDF is not of the form that is known");
}

/// The bytes between two words, behind `from`.
Result<Edit> between(const std::string& pdf, const std::string& before, const std::string& after,
                     std::string text) {
  const std::size_t found = pdf.find(before);
  if (found == std::string::npos) return unknownForm();
  const std::size_t begin = found + before.size();
  const std::size_t end = pdf.find(after, begin);
  if (end == std::string::npos) return unknownForm();
  return Edit{begin, end - begin, std::move(text)};
}

/// How far a byte moves by the edits before it; they are in their order.
std::ptrdiff_t shift(const std::vector<Edit>& edits, std::size_t at) {
  std::ptrdiff_t by = 0;
  for (const Edit& edit : edits) {
    if (edit.at < at)
      by += static_cast<std::ptrdiff_t>(edit.text.size()) - static_cast<std::ptrdiff_t>(edit.length);
  }
  return by;
}

std::size_t moved(const std::vector<Edit>& edits, std::size_t at) {
  return static_cast<std::size_t>(static_cast<std::ptrdiff_t>(at) + shift(edits, at));
}

std::optional<std::size_t> number(std::string_view text) {
  std::size_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc{} && end != text.data() ? std::optional(value) : std::nullopt;
}

/// The table of offsets (PDF 1.4, 3.4.3): entries of 20 bytes, those in use marked n.
Result<std::vector<Edit>> movedOffsets(const std::string& pdf, const std::vector<Edit>& edits) {
  constexpr std::size_t entryBytes = 20;
  const std::size_t last = pdf.rfind("startxref\n");
  if (last == std::string::npos) return unknownForm();
  const std::size_t offsetAt = last + 10;
  const auto table = number(std::string_view(pdf).substr(offsetAt));
  if (!table || *table > last || pdf.compare(*table, 7, "xref\n0 ") != 0) return unknownForm();
  const auto count = number(std::string_view(pdf).substr(*table + 7));
  const std::size_t first = pdf.find('\n', *table + 7) + 1;
  if (!count || first + *count * entryBytes > last) return unknownForm();
  std::vector<Edit> all;
  for (std::size_t i = 0; i < *count; ++i) {
    const std::size_t at = first + i * entryBytes;
    const auto offset = number(std::string_view(pdf).substr(at, 10));
    if (!offset) return unknownForm();
    if (pdf[at + 17] != 'n') continue;
    char text[16];
    std::snprintf(text, sizeof text, "%010zu", moved(edits, *offset));
    all.push_back({at, 10, text});
  }
  all.push_back({offsetAt, std::to_string(*table).size(), std::to_string(moved(edits, *table))});
  return all;
}

}  // namespace

Result<std::string> withProperties(std::string pdf, Time created, const std::string& language) {
  const std::string second = toDicomDate(created) + toDicomTime(created).substr(0, 6);
  ATTEST_TRY(Edit date, between(pdf, "/CreationDate (", ")", "D:" + second + "Z"));
  ATTEST_TRY(Edit catalog,
             between(pdf, "/Type /Catalog", "\n",
                     " /Lang (" + language + ") /ViewerPreferences << /DisplayDocTitle true >>"));
  std::vector<Edit> edits{std::move(date), std::move(catalog)};
  std::ranges::sort(edits, {}, &Edit::at);
  ATTEST_TRY(auto offsets, movedOffsets(pdf, edits));
  edits.insert(edits.end(), offsets.begin(), offsets.end());
  for (auto edit = edits.rbegin(); edit != edits.rend(); ++edit)
    pdf.replace(edit->at, edit->length, edit->text);
  return pdf;
}

}  // namespace attest::viewers
