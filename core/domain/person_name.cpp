#include "core/domain/person_name.h"

#include <algorithm>

namespace attest {

PersonName splitName(std::string_view dicomName) {
  PersonName name;
  for (std::string* group : {&name.alphabetic, &name.ideographic, &name.phonetic}) {
    const std::size_t end = std::min(dicomName.find('='), dicomName.size());
    *group = dicomName.substr(0, end);
    dicomName.remove_prefix(std::min(end + 1, dicomName.size()));
  }
  return name;
}

}  // namespace attest
