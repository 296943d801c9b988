#include "core/dicom/utf8_items.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dctk.h>

#include "core/dicom/derived_elements.h"
#include "core/dicom/text.h"

namespace attest::dicom {
namespace {

TextKind kindOf(const DcmElement& element) {
  switch (element.getVR()) {
    case EVR_PN:
      return TextKind::name;
    case EVR_LT:
    case EVR_ST:
    case EVR_UT:
      return TextKind::paragraph;
    default:
      return TextKind::values;
  }
}

void makeUtf8(DcmElement& element, const std::string& characterSet) {
  OFString bytes;
  if (element.getOFStringArray(bytes, OFFalse).bad()) return;
  const std::string text = readText({bytes.data(), bytes.size()}, characterSet, kindOf(element)).utf8;
  if (text != std::string_view(bytes.data(), bytes.size()))
    element.putOFStringArray(OFString(text.data(), text.size()));
}

void makeUtf8(DcmItem& item, std::string characterSet) {
  if (item.tagExists(DCM_SpecificCharacterSet)) characterSet = text(item, DCM_SpecificCharacterSet);
  for (unsigned long i = 0; i < item.card(); ++i) {
    DcmElement& element = *item.getElement(i);
    if (auto* sequence = dynamic_cast<DcmSequenceOfItems*>(&element); sequence != nullptr) {
      for (unsigned long k = 0; k < sequence->card(); ++k) {
        makeUtf8(*sequence->getItem(k), characterSet);
        sequence->getItem(k)->findAndDeleteElement(DCM_SpecificCharacterSet);
      }
    } else if (element.isAffectedBySpecificCharacterSet()) {
      makeUtf8(element, characterSet);
    }
  }
}

}  // namespace

void makeUtf8(DcmItem& item) {
  makeUtf8(item, std::string());
  put(item, DCM_SpecificCharacterSet, "ISO_IR 192");
}

}  // namespace attest::dicom
