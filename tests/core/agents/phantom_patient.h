#pragma once

#include "core/imaging/phantom/phantom.h"
#include "tests/core/agents/roster_run.h"

namespace attest::agents::test {

/// Both studies of the patient whose truth is known, and the agents that ran on them. Made once for all tests
/// of the program, which change only copies of the runs. The voxels are twice as wide as those of the
/// demonstration, whose figures bench/phantom_bench judges.
struct PhantomPatient {
  imaging::phantom::Chest then = chest(imaging::phantom::Study::prior);
  imaging::phantom::Chest now = chest(imaging::phantom::Study::current);
  RosterRun earlier{then.volume};  ///< its findings are what the reader accepted
  RosterRun run{now.volume};       ///< compared with `earlier`: every agent but report_text

  static const PhantomPatient& made() {
    static const PhantomPatient patient;
    return patient;
  }

 private:
  static imaging::phantom::Chest chest(imaging::phantom::Study study) {
    Serial serial;
    return *imaging::phantom::makeChest({.study = study, .spacingMm = {1.4, 1.4, 2}}, serial, {});
  }
  PhantomPatient() {
    if (!earlier.run("lung_nodules")) throw std::runtime_error("no nodules in the earlier study");
    run.compareWith(earlier, 90);
    if (!run.run("qa")) throw std::runtime_error("no checked results");
    if (!run.run("prior")) throw std::runtime_error("no comparison");
  }
};

}  // namespace attest::agents::test
