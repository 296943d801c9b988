#pragma once

#include <QString>
#include <string>

namespace attest::ui {

/// Words of the clinic that come as English from agents, from review and from core/view, in the person's
/// language: the whole phrase, else its parts between commas, else as it came ("Nodule, right lower lobe").
QString term(const std::string& english);

}  // namespace attest::ui
