#include "core/domain/terms.h"

#include <algorithm>
#include <array>

namespace attest {
namespace {

struct Term {
  std::string_view value;
  const char* meaning;
};

// SNOMED CT, as segmented properties are named in practice (PS3.16 CID 7166 and the common anatomic colour
// tables).
constexpr std::array terms{Term{"39607008", "Lung"},
                           Term{"45653009", "Upper lobe of lung"},
                           Term{"72481006", "Middle lobe of lung"},
                           Term{"90572001", "Lower lobe of lung"},
                           Term{"44567001", "Trachea"},
                           Term{"80891009", "Heart"},
                           Term{"15825003", "Aorta"},
                           Term{"51114001", "Artery"},
                           Term{"29092000", "Vein"},
                           Term{"10200004", "Liver"},
                           Term{"78961009", "Spleen"},
                           Term{"64033007", "Kidney"},
                           Term{"69748006", "Thyroid gland"},
                           Term{"272673000", "Bone"},
                           Term{"113197003", "Rib"},
                           Term{"59441001", "Lymph node"},
                           Term{"4147007", "Mass"},
                           Term{"50960005", "Hemorrhage"},
                           Term{"79654002", "Edema"},
                           Term{"6574001", "Necrosis"},
                           Term{"367643001", "Cyst"}};

}  // namespace

std::optional<Code> knownCode(std::string_view scheme, std::string_view value) {
  const auto at = std::ranges::find(terms, value, &Term::value);
  if (scheme != "SCT" || at == terms.end()) return std::nullopt;
  return Code{std::string(scheme), std::string(value), at->meaning};
}

}  // namespace attest
