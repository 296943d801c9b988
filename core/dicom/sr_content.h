#pragma once

#include <array>
#include <string>
#include <vector>

#include "core/dicom/sr.h"

class DcmItem;

namespace attest::dicom {

// The content tree of a structured report (PS3.3 C.17.3), item by item. The functions append a child to
// `parent` with a relationship ("CONTAINS", "HAS CONCEPT MOD", ...), a concept name and a value, and throw as
// put() does.

DcmItem& addContainer(DcmItem& parent, const Code& name, const char* templateId = nullptr);
DcmItem& addCode(DcmItem& parent, const char* relation, const Code& name, const Code& value);
void addText(DcmItem& parent, const char* relation, const Code& name, const std::string& value);
void addPersonName(DcmItem& parent, const char* relation, const Code& name, const std::string& value);
void addUid(DcmItem& parent, const char* relation, const Code& name, const std::string& uid);
/// The value exactly, and as the decimal string that comes nearest.
DcmItem& addNumber(DcmItem& parent, const Code& name, double value, const Code& unit);
/// A reference to an image, whose item of the Referenced SOP Sequence comes back; an empty `name` is left
/// out.
DcmItem& addImage(DcmItem& parent, const Code& name, const std::string& sopClass,
                  const std::string& sopInstanceUid);

/// A line in patient space, from which the number was inferred.
void addLine(DcmItem& number, const std::array<Vec3, 2>& endsMm, const std::string& frameOfReference);

/// What stands at the root of the tree: container, concept name, template.
void startTree(DcmItem& document, const Code& title, const char* templateId);

/// The children of that concept (by scheme and value).
std::vector<DcmItem*> children(DcmItem& parent, const Code& name);
DcmItem* child(DcmItem& parent, const Code& name);

/// An item and all below it as lines of text, each with its path: "Findings > Comment: small". Items of
/// containers that hold nothing are left out.
void appendLines(std::vector<std::string>& lines, DcmItem& item, const std::string& path);
/// The meaning of its concept name, or its value type.
std::string conceptOf(DcmItem& item);

/// Reads one measurement group.
MeasuredGroup readMeasuredGroup(DcmItem& group);

/// One measurement group: TID 1411 where it has a segment, TID 1501 where not.
void addMeasurementGroup(DcmItem& measurements, const SrOut& report, const MeasuredItem& measured);

}  // namespace attest::dicom
