// What of a PET file goes into its uptake values.

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dcuid.h>

#include <algorithm>
#include <string_view>

#include "core/dicom/suv.h"
#include "core/dicom/text.h"

namespace attest::dicom {
namespace {

constexpr std::string_view petClasses[] = {UID_PositronEmissionTomographyImageStorage,
                                           UID_EnhancedPETImageStorage,
                                           UID_LegacyConvertedEnhancedPETImageStorage};
constexpr Tag radiopharmaceuticals = 0x00540016;

void readInjection(Scan& scan, PetInputs& pet) {
  scan.visit(radiopharmaceuticals, [&](std::size_t item, Tag within, const Element& element) {
    if (within != radiopharmaceuticals) return;
    const auto number = [&] {
      const auto values = scan.numbers(element, "DS");
      return values.empty() ? 0 : values.front();
    };
    if (element.tag == 0x00181072 && item == 0) pet.injectionTime = scan.text(element);
    if (element.tag == 0x00181078 && item == 0) pet.injectionDateTime = scan.text(element);
    if (element.tag == 0x00181074) pet.doseBq = item == 0 ? number() : 0;
    if (element.tag == 0x00181075) pet.halfLifeS = item == 0 ? number() : 0;
  });
}

}  // namespace

std::optional<PetInputs> readPet(Scan& scan) {
  if (std::ranges::find(petClasses, scan.text(0x00080016)) == std::end(petClasses)) return std::nullopt;
  PetInputs pet;
  const auto word = [&](Tag tag) { return toUtf8(scan.text(tag), {}); };
  const auto number = [&](Tag tag) { return scan.number(tag).value_or(0); };
  pet.units = word(0x00541001);
  pet.suvType = word(0x00541006);
  pet.correctedImage = word(0x00280051);
  pet.decayCorrection = word(0x00541102);
  pet.sex = word(0x00100040);
  pet.weightKg = number(0x00101030);
  pet.heightM = number(0x00101020);
  pet.seriesDate = word(0x00080021);
  pet.seriesTime = word(0x00080031);
  pet.timezone = word(0x00080201);
  readInjection(scan, pet);
  if (const Element* start = scan.findPrivate(0x0009, "GEMS_PETD_01", 0x0D))
    pet.privateStart = toUtf8(scan.text(*start), {});
  const auto factor = [&](std::uint8_t element) {
    const Element* found = scan.findPrivate(0x7053, "Philips PET Private Group", element);
    const auto values = found == nullptr ? std::vector<double>() : scan.numbers(*found, "DS");
    return values.empty() ? 0 : values.front();
  };
  pet.suvPerCount = factor(0x00);
  pet.activityPerCount = factor(0x09);
  return pet;
}

}  // namespace attest::dicom
