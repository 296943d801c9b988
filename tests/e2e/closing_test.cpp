// The window is closed while something is under way: it goes at once, and what is on disk is whole.
#include <gtest/gtest.h>

#include <QPlainTextEdit>

#include "core/audit/chain.h"
#include "tests/e2e/reading_room.h"

namespace attest::test {
namespace {

class Closing : public ReadingRoom {
 protected:
  void SetUp() override {
    open();
    if (!HasFatalFailure()) setUpFirstReader();
  }
  /// The home as the next start finds it.
  std::unique_ptr<workflow::Services> reopened() {
    auto services = workflow::Services::open(folder / "home");
    EXPECT_TRUE(services);
    audit::Verifier verifier;
    EXPECT_TRUE((*services)->db().auditTrail([&](const AuditRecord& event) { verifier.add(event); }));
    EXPECT_TRUE(verifier.broken().empty());
    EXPECT_TRUE((*services)->db().integrity()->empty());
    return std::move(*services);
  }
  static constexpr Index3 large{256, 256, 128};
  static constexpr Vec3 fine{1.35, 1.35, 2};
};

TEST_F(Closing, DuringAnImportKeepsWholeBatches) {
  person->drop({writeChest(large, fine)});
  ASSERT_TRUE(until([&] { return !state().worklist->imports.empty(); }));
  EXPECT_FALSE(state().worklist->imports.back().finished);
  ASSERT_NO_FATAL_FAILURE(close());
  const auto services = reopened();
  const auto list = services->db().worklist({});
  ASSERT_TRUE(list);
  for (const CaseRow& row : list->rows) {
    const auto record = services->db().record(row.id);
    ASSERT_TRUE(record);
    ASSERT_EQ(record->series.size(), 1U);
    EXPECT_EQ(record->series.front().instances, row.images);
  }
}

TEST_F(Closing, DuringARunPutsItBackInTheQueue) {
  person->drop({writeChest(large, fine)});
  ASSERT_TRUE(until([&] { return firstRow() != nullptr && firstRow()->status == CaseStatus::analyzing; }));
  const CaseId id = firstRow()->id;
  ASSERT_NO_FATAL_FAILURE(close());
  const auto services = reopened();
  const auto runs = services->db().runs(id);
  ASSERT_TRUE(runs);
  ASSERT_EQ(runs->size(), 1U);
  for (const Step& step : runs->front().steps) {
    EXPECT_TRUE(step.state == StepState::queued || step.state == StepState::done) << name(step.state);
  }
}

TEST_F(Closing, KeepsWhatWasJustTyped) {
  ASSERT_NO_FATAL_FAILURE(importAndAnalyze(writeChest()));
  ASSERT_NO_FATAL_FAILURE(openFirstCase());
  const CaseId id = *state().reading->caseId;
  station->store().dispatch(session::action::SetTab{session::Tab::report});
  ASSERT_TRUE(until([&] { return widget("section_impression").isVisible(); }));
  person->click(widget("section_impression"));
  person->type(QStringLiteral("Half a sent"));
  ASSERT_NO_FATAL_FAILURE(close());
  const auto record = reopened()->db().record(id);
  ASSERT_TRUE(record);
  const auto& written = record->report.section(SectionKind::impression);
  ASSERT_FALSE(written.empty());
  EXPECT_EQ(written.back().text, "Half a sent");
}

}  // namespace
}  // namespace attest::test
