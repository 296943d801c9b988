#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "core/base/result.h"
#include "core/dicom/bytes.h"
#include "core/dicom/scan.h"

namespace attest::dicom {

/// How the elements of a dataset are written.
struct Layout {
  bool explicitVr = true;
  bool bigEndian = false;
};

/// An element's header at that place; its end is `offset`. None where the bytes end or are no element.
std::optional<Element> readElement(Bytes& bytes, std::uint64_t at, Layout layout);
/// True where the eight bytes at that place look like an element with an explicit VR.
bool looksExplicit(Bytes& bytes, std::uint64_t at);

/// What stands at the top level of a dataset, down to the first element of group 7FE0, which comes last.
/// Errors: bad_file (truncated, damaged), too_large (nested too deep, too many elements).
Result<std::vector<Element>> walkElements(Bytes& bytes, std::uint64_t at, Layout layout);

/// Told of an element inside a sequence: the number of the outermost item, the sequence whose item holds it.
using Visit = std::function<void(std::size_t item, Tag within, const Element& element)>;
/// Every element inside a sequence that was walked before, at any depth, in the order of the file and in one
/// pass.
void visitItems(Bytes& bytes, const Element& sequence, Layout layout, const Visit& visit);

}  // namespace attest::dicom
