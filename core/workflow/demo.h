#pragma once

#include <array>
#include <functional>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/imaging/phantom/phantom.h"
#include "core/workflow/services.h"

namespace attest::workflow {

/// The reader of the demonstration, who has every role in a home that holds nobody's images.
inline constexpr const char* demoReader = "demo";
inline constexpr const char* demoSecret = "demonstration";
/// The setting that is there in such a home: the secret, for the window to show where it asks for it.
inline constexpr const char* demoHintKey = "demo.hint";

enum class DemoStep { images, import, analysis, signature };
using DemoProgress = std::function<void(DemoStep step, const std::string& study)>;

/// The studies of the demonstration in the order in which they are brought in: the case to read comes last,
/// and so stands first in the worklist.
inline constexpr std::array demoStudies{imaging::phantom::Study::clear, imaging::phantom::Study::prior,
                                        imaging::phantom::Study::current};

/// Makes one of them in HOME/demo and imports it in place, as `actor`: an ordinary case that nobody signed.
/// What is there already, whole, is not made again. Errors: cancelled, bad_file (the folder was changed), and
/// those of import.
Result<CaseId> importDemoStudy(Services& services, imaging::phantom::Study study, double coarser,
                               const std::string& actor, std::stop_token stop,
                               const DemoProgress& progress = {});

struct Demo {
  std::vector<CaseId> cases;  ///< the first is the one to read, the second is its prior
};

/// Makes a home ready to be shown: phantoms with known truth as three studies (a patient, their study of
/// three months before, and another patient without findings), imported and analyzed, the earlier one
/// accepted as it was found and signed by demoReader. What is there already is not made again, so a second
/// call finishes one that was stopped, and does nothing after one that was not. `coarser` times coarser
/// voxels take less time. Errors: not_allowed (the home has readers, but not that of the demonstration),
/// bad_secret (who has another secret now, where something is left to sign), not_signable, cancelled,
/// internal (the agents failed), and those of import.
Result<Demo> makeDemo(Services& services, double coarser, std::stop_token stop,
                      const DemoProgress& progress = {});

}  // namespace attest::workflow
