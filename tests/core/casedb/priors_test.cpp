#include <gtest/gtest.h>

#include <algorithm>

#include "tests/core/casedb/samples.h"
#include "tests/support/temp_dir.h"

namespace attest::casedb {
namespace {

using test::finding;
using test::import;
using test::slice;
using test::write;

class Priors : public ::testing::Test {
 protected:
  struct Person {
    std::string id = "P1";
    std::string name = "DOE^Jane";
    std::string birthDate = "19700101";
  };
  CaseId study(int number, const std::string& date, const Person& person, const std::string& time = "") {
    NewInstance instance = slice(number, 1, 1);
    instance.header.patient.id = Phi(person.id);
    instance.header.patient.name = Phi(person.name);
    instance.header.patient.birthDate = Phi(person.birthDate);
    instance.header.study.date = date;
    instance.header.study.time = time;
    EXPECT_TRUE(write(*db, [&](WriteTx& tx) { return tx.addInstance(instance).map([](Stored) {}); }));
    return db->resolve(instance.header.study.uid.value).value();
  }
  std::vector<CaseId> priorsOf(const CaseId& id) {
    std::vector<CaseId> list;
    const CaseRecord record = db->record(id).value();
    for (const CaseRow& row : record.priors) list.push_back(row.id);
    return list;
  }

  attest::test::TempDir home;
  std::unique_ptr<CaseDb> db = CaseDb::open(home.path()).value();
};

using Cases = std::vector<CaseId>;

TEST_F(Priors, AreTheEarlierStudiesOfThePatientTheNewestFirst) {
  const CaseId oldest = study(1, "20250101", {});
  const CaseId later = study(2, "20260101", {}, "090000");
  const CaseId current = study(3, "20260101", {}, "101500.5");
  study(4, "20260601", {});
  study(5, "", {});
  EXPECT_EQ(priorsOf(current), (Cases{later, oldest}));
  EXPECT_EQ(priorsOf(oldest), Cases{});
}

TEST_F(Priors, AreNeverThoseOfAnotherPerson) {
  const CaseId current = study(1, "20260601", {});
  study(2, "20260101", {.id = "P2"});               // the name and the birthday alone
  study(3, "20260102", {.birthDate = "19700102"});  // the id and the name
  study(4, "20260103", {.name = "DOE^John"});       // a twin under one id
  study(5, "20260104", {.name = "SMITH^Jane"});     // a number that was used twice
  study(6, "20260105", {.birthDate = ""});          // nobody knows
  EXPECT_EQ(priorsOf(current), Cases{});
}

TEST_F(Priors, OfAPatientNobodyCanTellAreNone) {
  study(1, "20260101", {.birthDate = ""});
  EXPECT_EQ(priorsOf(study(2, "20260601", {.birthDate = ""})), Cases{});
  study(3, "20260101", {.id = ""});
  EXPECT_EQ(priorsOf(study(4, "20260601", {.id = ""})), Cases{});
}

TEST_F(Priors, AreFoundHoweverTheNameIsWritten) {
  const std::vector<std::string> spellings{"Mueller^Anna Maria",  "MUELLER^ANNA",           "Mueller^A",
                                           "mueller^Anna^^Dr",    "Mueller^Anna^M",         "Anna^Mueller",
                                           "Mueller^Anna=\u5C71", "M\u00FCeller^\u00C1nna", ""};
  Cases expected;
  int number = 0;
  for (const std::string& name : spellings) {
    ++number;
    expected.insert(expected.begin(), study(number, "202601" + std::to_string(10 + number), {.name = name}));
  }
  EXPECT_EQ(priorsOf(study(50, "20260601", {.name = "Mueller^Anna"})), expected);
}

TEST_F(Priors, AComparisonComesBackAsItWas) {
  const CaseId prior = study(1, "20260101", {});
  const CaseId id = study(2, "20260601", {});
  Comparison comparison;
  comparison.prior = prior;
  comparison.priorStudy.value = "1.2.3.1";
  comparison.priorDate = "20260101";
  comparison.priorVersion = 2;
  comparison.from = {SeriesUid{"1.2.3.1.1"}, 0};
  comparison.to = {SeriesUid{"1.2.3.2.1"}, 1};
  comparison.toCurrent = {{0, -1, 0, 1, 0, 0, 0, 0, 1}, {1.5, -2, 1.0 / 3}};
  comparison.errorMm = 0.7;
  CarriedLesion lesion;
  lesion.earlier = {prior, ItemId{"then"}, "20260101", 151, {}};
  lesion.earlier.measurement.volumeMm3 = 123.4;
  lesion.label = "nodule";
  lesion.category = {"SCT", "49755003", "Morphologically Altered Structure"};
  lesion.code = {"SCT", "27925004", "Nodule"};
  lesion.laterality = Code{"SCT", "24028007", "Right"};
  lesion.trackingUid = "2.25.1";
  lesion.maskHash = std::string(64, 'a');
  lesion.expectedMm = {1, 2, 3};
  lesion.uncertaintyMm = 4.5;
  comparison.lesions = {lesion, lesion};
  lesion.match = ItemId{"now"};
  lesion.outcome = LesionOutcome::not_evaluable;
  lesion.reviewedBy.value = "anna";
  lesion.reviewedAt = Time(std::chrono::milliseconds(5));
  comparison.lesions.push_back(lesion);

  const auto set = [&](const std::optional<Comparison>& to) {
    const auto before = db->record(id)->revision;
    EXPECT_TRUE(write(*db, [&](WriteTx& tx) { return tx.setComparison(id, to); }));
    return db->record(id)->revision - before;
  };
  EXPECT_EQ(set(comparison), 1);
  EXPECT_EQ(db->record(id)->comparison, comparison);
  EXPECT_EQ(set(comparison), 0) << "nothing changed";
  EXPECT_EQ(set(std::nullopt), 1);
  EXPECT_EQ(set(std::nullopt), 0);
  EXPECT_EQ(db->record(id)->comparison, std::nullopt);
}

TEST_F(Priors, AnItemKeepsWhatItWasEarlier) {
  const CaseId id = study(1, "20260601", {});
  Item item = finding();
  item.earlier = EarlierLesion{CaseId{"prior"}, ItemId{"then"}, "20260101", 151, {}};
  item.earlier->measurement.longestMm = 8.25;
  ASSERT_TRUE(write(*db, [&](WriteTx& tx) { return tx.putItem(id, item); }));
  EXPECT_EQ(db->record(id)->items.at(0), item);
}

TEST_F(Priors, WhoHasReadTheCaseIsKnown) {
  const CaseId id = study(1, "20260601", {});
  for (const char* reader : {"bob", "anna", "bob"}) {
    ASSERT_TRUE(write(*db, [&](WriteTx& tx) { return tx.markReadDone(id, ReaderId{reader}); }));
  }
  auto done = db->record(id)->readDone;
  std::ranges::sort(done);
  EXPECT_EQ(done, (std::vector{ReaderId{"anna"}, ReaderId{"bob"}}));
}

}  // namespace
}  // namespace attest::casedb
