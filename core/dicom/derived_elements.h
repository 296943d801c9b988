#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/domain/code.h"

class DcmItem;
class DcmTagKey;

namespace attest::dicom {

// Elements of the objects that we write (UTF-8), and of those that others wrote. Writing throws
// std::runtime_error where DCMTK refuses; whoever calls these catches at the room's wall. A later value
// replaces an earlier one.

/// A text value. Where the element's VR has a maximum (LO, SH) the text is cut to it at a whole
/// character, and what the VR does not allow (backslash, control characters) becomes a space. An empty text
/// makes an empty element.
void put(DcmItem& item, const DcmTagKey& tag, std::string_view text);
/// Decimal strings, each of at most 16 characters, with all the digits that fit.
void put(DcmItem& item, const DcmTagKey& tag, std::initializer_list<double> values);
void putShort(DcmItem& item, const DcmTagKey& tag, std::uint16_t value);
void putEmpty(DcmItem& item, const DcmTagKey& tag);
/// A sequence of one item that holds the code.
void putCode(DcmItem& item, const DcmTagKey& tag, const Code& code);
/// A new item at the end of the sequence `tag`, which is made where it is not there yet.
DcmItem& addItem(DcmItem& parent, const DcmTagKey& tag);

/// All values joined by a backslash; empty where the element is absent.
std::string text(DcmItem& item, const DcmTagKey& tag);
/// The numbers of an element, however they are stored; none where there are not exactly `count` finite ones.
std::optional<std::vector<double>> numbers(DcmItem& item, const DcmTagKey& tag, unsigned long count);
/// The items of a sequence; empty where it is absent or no sequence.
std::vector<DcmItem*> items(DcmItem& item, const DcmTagKey& tag);
/// The first item of a sequence, or null.
DcmItem* firstItem(DcmItem& item, const DcmTagKey& tag);
/// The code in the first item of a sequence; none where it has no value.
std::optional<Code> code(DcmItem& item, const DcmTagKey& tag);

}  // namespace attest::dicom
