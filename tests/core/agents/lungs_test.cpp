#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/core/agents/roster_run.h"
#include "tests/support/load_ct.h"
#include "tests/support/phantom.h"
#include "tests/support/real_data.h"

namespace attest::agents {
namespace {

using attest::test::ChestPhantom;
using attest::test::makeChestPhantom;
using test::RosterRun;

/// The same image on a grid whose axes are turned: axis a of the new grid is axis order[a] of the old one,
/// from its other end where flip[a].
struct Turn {
  std::array<int, 3> order{0, 1, 2};
  std::array<bool, 3> flip{};

  Index3 from(Index3 at, const Grid& old) const {
    const std::array<int, 3> index{at.i, at.j, at.k};
    const std::array<int, 3> size{old.dims.i, old.dims.j, old.dims.k};
    std::array<int, 3> source{};
    for (std::size_t a = 0; a < 3; ++a) {
      const auto axis = static_cast<std::size_t>(order[a]);
      source[axis] = flip[a] ? size[axis] - 1 - index[a] : index[a];
    }
    return {source[0], source[1], source[2]};
  }
  Grid grid(const Grid& old) const {
    const std::array<int, 3> size{old.dims.i, old.dims.j, old.dims.k};
    Grid turned;
    std::array<int, 3> dims{};
    std::array<double, 3> spacing{};
    for (std::size_t a = 0; a < 3; ++a) {
      const auto axis = static_cast<std::size_t>(order[a]);
      dims[a] = size[axis];
      spacing[a] = old.spacingMm[order[a]];
      turned.axes[a] = (flip[a] ? -1.0 : 1.0) * old.axes[axis];
    }
    turned.dims = {dims[0], dims[1], dims[2]};
    turned.spacingMm = {spacing[0], spacing[1], spacing[2]};
    turned.originMm = old.toPatient(from({0, 0, 0}, old));
    return turned;
  }
  imaging::VolumePtr volume(const imaging::Volume& old) const {
    auto turned = std::make_shared<imaging::Volume>(grid(old.grid()), old.type(), old.unit());
    const auto values = turned->writable<std::int16_t>();
    forEach(turned->grid(), [&](Index3 at) {
      values[turned->grid().offset(at)] = static_cast<std::int16_t>(old.at(from(at, old.grid())));
    });
    return turned;
  }
  imaging::Mask mask(const imaging::Mask& old) const {
    imaging::Mask turned(grid(old.grid()));
    forEach(turned.grid(), [&](Index3 at) {
      if (old.at(from(at, old.grid()))) turned.set(at, true);
    });
    return turned;
  }
  template <class F>
  static void forEach(const Grid& grid, F&& f) {
    for (int k = 0; k < grid.dims.k; ++k)
      for (int j = 0; j < grid.dims.j; ++j)
        for (int i = 0; i < grid.dims.i; ++i) f(Index3{i, j, k});
  }
};

TEST(Lungs, matchTheTruthOfThePhantom) {
  const ChestPhantom phantom = makeChestPhantom();
  RosterRun run(phantom.volume);
  const auto output = run.run("lungs");
  ASSERT_TRUE(output) << output.error().detail;
  ASSERT_EQ(run.items().size(), 3U);
  EXPECT_GE(dice(run.mask(run.item("Right lung")), phantom.rightLung), 0.95);
  EXPECT_GE(dice(run.mask(run.item("Left lung")), phantom.leftLung), 0.95);
  EXPECT_GE(dice(run.mask(run.item("Airways")), phantom.trachea), 0.8);
  EXPECT_EQ(run.item("Right lung").laterality->value, "24028007");
  EXPECT_EQ(run.item("Left lung").laterality->value, "7771000");
  EXPECT_TRUE((run.mask(run.item("Right lung")) & run.mask(run.item("Left lung"))).empty());
  EXPECT_TRUE((run.mask(run.item("Right lung")) & run.mask(run.item("Airways"))).empty());
}

TEST(Body, outlinesTheBodyAndItsBones) {
  const ChestPhantom phantom = makeChestPhantom();
  RosterRun run(phantom.volume);
  const auto output = run.run("body");
  ASSERT_TRUE(output) << output.error().detail;
  const auto where = [&](auto&& inside) {
    imaging::Mask mask(phantom.grid);
    mask.paint({{}, phantom.grid.dims}, true, [&](Index3 at) { return inside(phantom.volume->at(at)); });
    return mask;
  };
  EXPECT_GE(dice(run.mask(run.item("Bones")), where([](double hu) { return hu == 700; })), 0.9);
  const imaging::Mask tissue = where([](double hu) { return hu > -300; });
  const imaging::Mask& body = run.mask(run.item("Body"));
  EXPECT_GE(static_cast<double>((body & tissue).count()), 0.99 * static_cast<double>(tissue.count()));
  EXPECT_GE(static_cast<double>((body & phantom.rightLung).count()),
            0.99 * static_cast<double>(phantom.rightLung.count()));
  EXPECT_FALSE(body.at({0, 0, 0}));
}

TEST(Lungs, matchTheTruthOnFineVoxelsOfAnOddNumber) {
  const ChestPhantom phantom = makeChestPhantom({251, 249, 101}, {1.37, 1.37, 2.5});
  RosterRun run(phantom.volume);
  ASSERT_TRUE(run.run("lungs"));
  EXPECT_GE(dice(run.mask(run.item("Right lung")), phantom.rightLung), 0.95);
  EXPECT_GE(dice(run.mask(run.item("Left lung")), phantom.leftLung), 0.95);
}

TEST(Lungs, sidesFollowThePatientHoweverTheGridIsTurned) {
  const ChestPhantom phantom = makeChestPhantom();
  const std::array<Turn, 5> turns{Turn{{0, 1, 2}, {true, false, false}},  // columns from the patient's left
                                  Turn{{0, 1, 2}, {true, false, true}},   // feet first
                                  Turn{{0, 1, 2}, {true, true, false}},   // prone
                                  Turn{{0, 2, 1}, {false, true, false}},  // coronal
                                  Turn{{1, 2, 0}, {false, true, true}}};  // sagittal
  for (std::size_t n = 0; n < turns.size(); ++n) {
    SCOPED_TRACE(n);
    RosterRun run(turns[n].volume(*phantom.volume));
    const auto output = run.run("lungs");
    ASSERT_TRUE(output) << output.error().detail;
    EXPECT_GE(dice(run.mask(run.item("Right lung")), turns[n].mask(phantom.rightLung)), 0.95);
    EXPECT_GE(dice(run.mask(run.item("Left lung")), turns[n].mask(phantom.leftLung)), 0.95);
    EXPECT_LT(run.item("Right lung").measurement.centroidMm.x,
              run.item("Left lung").measurement.centroidMm.x);
  }
}

TEST(Lungs, readFloatVolumesToo) {
  const ChestPhantom phantom = makeChestPhantom();
  auto volume = std::make_shared<imaging::Volume>(phantom.grid, imaging::PixelType::float32, Unit::hu);
  std::ranges::copy(phantom.volume->values<std::int16_t>(), volume->writable<float>().begin());
  RosterRun run(volume);
  ASSERT_TRUE(run.run("lungs"));
  EXPECT_GE(dice(run.mask(run.item("Right lung")), phantom.rightLung), 0.95);
}

TEST(Qa, flagsWhatTheImagesCutOff) {
  const ChestPhantom phantom = makeChestPhantom();
  Grid lower = phantom.grid;
  lower.dims.k = 40;  // the upper slices are missing
  auto volume = std::make_shared<imaging::Volume>(lower, imaging::PixelType::int16, Unit::hu);
  std::ranges::copy(phantom.volume->values<std::int16_t>().first(static_cast<std::size_t>(lower.voxels())),
                    volume->writable<std::int16_t>().begin());
  RosterRun run(volume, "CT", {Geometry::gaps});
  ASSERT_TRUE(run.run("qa"));
  EXPECT_THAT(run.item("Right lung").flags,
              testing::IsSupersetOf({"touches_border", "few_slices", "irregular_geometry"}));
}

TEST(Qa, leavesASoundPhantomUnflagged) {
  const ChestPhantom phantom = makeChestPhantom();
  RosterRun run(phantom.volume);
  ASSERT_TRUE(run.run("qa"));
  EXPECT_THAT(run.item("Right lung").flags, testing::IsEmpty());
  EXPECT_THAT(run.item("Left lung").flags, testing::IsEmpty());
}

TEST(ReportText, namesEveryFindingLive) {
  const ChestPhantom phantom = makeChestPhantom();
  RosterRun run(phantom.volume);
  const auto output = run.run("report_text");
  ASSERT_TRUE(output) << output.error().detail;
  for (const Item& item : run.items()) {
    if (item.label == "Airways" || item.madeBy.agent == "body") continue;
    const auto names = [&](const ProposedSentence& sentence) {
      return sentence.text.find("{" + item.id.value + ":volume}") != std::string::npos;
    };
    EXPECT_EQ(std::ranges::count_if(output->sentences, names), 1) << item.label;
  }
}

TEST(Roster, readsARealChestWithPlausibleNumbers) {
  const auto folder = attest::test::realData("ct-chest-248");
  if (!folder) GTEST_SKIP() << "ct-chest-248 is not on this machine";
  const auto volume = attest::test::loadLargest(*folder);
  ASSERT_TRUE(volume) << volume.error().detail;
  RosterRun run(attest::test::thinned(**volume, {2, 2, 1}));
  const auto output = run.run("report_text");
  ASSERT_TRUE(output) << output.error().detail;
  const Item& right = run.item("Right lung");
  const Item& left = run.item("Left lung");
  EXPECT_GT(right.measurement.volumeMm3, 1.0e6);
  EXPECT_LT(right.measurement.volumeMm3, 2.0e6);
  EXPECT_GT(left.measurement.volumeMm3, 1.0e6);
  EXPECT_LT(left.measurement.volumeMm3, 1.7e6);
  EXPECT_LT(right.measurement.centroidMm.x, left.measurement.centroidMm.x);
  EXPECT_GT(run.item("Airways").measurement.volumeMm3, 20e3);
  EXPECT_LT(run.item("Airways").measurement.volumeMm3, 120e3);
  EXPECT_GE(std::ranges::count(run.items(), "112001", [](const Item& item) { return item.code.value; }), 4);
  // a patient with COVID-19: what looks like nodules is part of a disease of the lung, and qa says so
  for (const Item& item : run.items()) {
    if (item.kind != ItemKind::finding) continue;
    EXPECT_THAT(item.flags, testing::Contains("diffuse"));
  }
}

}  // namespace
}  // namespace attest::agents
