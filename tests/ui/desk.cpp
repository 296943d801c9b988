#include "tests/ui/desk.h"

#include <QDir>
#include <algorithm>
#include <array>
#include <cstdlib>

#include "core/agents/agent.h"
#include "core/imaging/measure.h"

namespace attest::test {
namespace {

namespace act = session::action;
using imaging::Mask;

/// Named in the report, so shaped as the ids of items are.
constexpr const char* noduleA = "00000000-0000-4000-8000-00000000000a";

Item madeItem(const ChestPhantom& phantom, const char* id, ItemKind kind, const char* label, const Mask& mask,
              std::array<std::uint8_t, 3> color) {
  Item item;
  item.id = ItemId{id};
  item.kind = kind;
  item.label = label;
  item.code = {"SCT", "27925004", "Nodule"};
  item.color = color;
  item.source = {SeriesUid{"1.2.3.4"}, 0};
  item.maskHash = std::string("hash-") + id;
  item.maskVersion = 1;
  item.measurement = imaging::measure(mask, phantom.volume.get());
  item.madeBy = {kind == ItemKind::structure ? "lungs" : "lung_nodules", "1.0", "", ""};
  return item;
}

Mask ball(const ChestPhantom& phantom, Vec3 centreMm, double radiusMm) {
  Mask mask(phantom.grid);
  const Index3 last{phantom.grid.dims.i - 1, phantom.grid.dims.j - 1, phantom.grid.dims.k - 1};
  mask.paint({{0, 0, 0}, last}, true,
             [&](Index3 at) { return length(phantom.grid.toPatient(at) - centreMm) <= radiusMm; });
  return mask;
}

Run doneRun() {
  Run run;
  run.id = RunId{"run-1"};
  run.caseId = CaseId{"case-1"};
  run.pipeline = "chest";
  run.state = RunState::done;
  run.created = fromIso8601("2026-08-14T09:14:00.000Z");
  constexpr std::array names{"study_context", "lungs", "measurement", "lung_nodules", "qa", "report_text"};
  const std::vector<std::vector<Note>> notes{
      {makeNote(NoteCode::main_block, 310, 1)},
      {makeNote(NoteCode::structures, 3)},
      {makeNote(NoteCode::lungs, 4.5e6, -851)},
      {makeNote(NoteCode::findings, 3), makeNote(NoteCode::below_threshold, 1)},
      {makeNote(NoteCode::flagged, 2, 7), makeNote(NoteCode::noise, 21)},
      {makeNote(NoteCode::sentences, 4)}};
  constexpr std::array seconds{0.2, 4.1, 0.8, 6.8, 0.4, 0.1};
  for (std::size_t i = 0; i < names.size(); ++i) {
    Step step;
    step.number = static_cast<int>(i);
    step.agent = names[i];
    step.agentVersion = "1.0";
    step.state = StepState::done;
    step.attempts = i == 3 ? 2 : 1;
    step.seconds = seconds[i];
    step.notes = notes[i];
    run.steps.push_back(step);
  }
  return run;
}

Report draft() {
  Report report;
  report.section(SectionKind::indication) = {{"s1", "Follow-up of pulmonary nodules.", "", true}};
  report.section(SectionKind::technique) = {
      {"s2", "CT of the chest without contrast.", "report_text", false}};
  report.section(SectionKind::findings) = {
      {"s3", std::string("Nodule in the right lower lobe, {") + noduleA + ":size}, {" + noduleA + ":volume}.",
       "report_text", false}};
  return report;
}

Series phantomSeries(const ChestPhantom& phantom) {
  Series series;
  series.info.uid = SeriesUid{"1.2.3.4"};
  series.info.frameOfReference = FrameUid{"1.2.3.9"};
  series.info.modality = "CT";
  series.info.description = "Lung 1.0";
  series.info.number = 2;
  series.info.bodyPart = "CHEST";
  series.info.manufacturer = "Phantom";
  series.info.model = "Works";
  series.instances = phantom.grid.dims.k;
  Block block;
  block.grid = phantom.grid;
  block.dims = phantom.grid.dims;
  block.unit = Unit::hu;
  block.frameOfReference = series.info.frameOfReference;
  for (int k = 0; k < phantom.grid.dims.k; ++k)
    block.slices.push_back({SopUid{"1.2.3.5." + std::to_string(k)}, 0});
  series.blocks.push_back(block);
  return series;
}

}  // namespace

CaseRow phantomRow(int number) {
  CaseRow row;
  row.id = CaseId{"case-" + std::to_string(number)};
  row.patient.id = Phi<std::string>("ATT-" + std::to_string(1000 + number));
  constexpr std::array names{"PHANTOM^Chest A", "PHANTOM^Head C", "PHANTOM^Brain B", "PHANTOM^Thorax D",
                             "PHANTOM^Abdomen E"};
  constexpr std::array states{CaseStatus::ready, CaseStatus::analyzing, CaseStatus::in_review,
                              CaseStatus::failed, CaseStatus::approved};
  const auto kind = static_cast<std::size_t>(number - 1) % names.size();
  row.patient.name = Phi<std::string>(names[kind]);
  row.patient.birthDate = Phi<std::string>("19630214");
  row.patient.sex = number % 2 == 0 ? "F" : "M";
  row.status = states[kind];
  row.priority = number == 2 ? Priority::stat : Priority::routine;
  row.modality = "CT";
  row.bodyPart = "CHEST";
  row.description = "CT chest follow-up";
  row.studyDate = "20260814";
  row.studyTime = "091230";
  row.images = 310;
  row.findings = 3;
  row.unreviewed = kind == 0 ? 2 : 0;
  row.stepsTotal = 6;
  row.stepsDone = row.status == CaseStatus::analyzing ? 3 : 6;
  row.recency = 1000000 - number;
  if (row.status == CaseStatus::in_review) row.reader = ReaderId{"A. Reader"};
  return row;
}

CaseRecord phantomCase(const ChestPhantom& phantom,
                       std::vector<std::pair<std::string, imaging::MaskPtr>>& masks) {
  CaseRecord record;
  record.row = phantomRow(1);
  record.patient = record.row.patient;
  record.study.uid = StudyUid{"1.2.3"};
  record.study.description = "CT chest follow-up";
  record.study.date = "20260814";
  record.study.time = "091230";
  record.study.accession = Phi<std::string>("4711");
  record.series.push_back(phantomSeries(phantom));
  const auto add = [&](const char* id, ItemKind kind, const char* label, Mask mask,
                       std::array<std::uint8_t, 3> color) -> Item& {
    record.items.push_back(madeItem(phantom, id, kind, label, mask, color));
    masks.emplace_back(record.items.back().maskHash, std::make_shared<const Mask>(std::move(mask)));
    return record.items.back();
  };
  add("lung-r", ItemKind::structure, "Right lung", phantom.rightLung, {205, 160, 140});
  add("lung-l", ItemKind::structure, "Left lung", phantom.leftLung, {190, 175, 150});
  add("trachea", ItemKind::structure, "Trachea", phantom.trachea, {182, 228, 255});
  const Vec3 a = phantom.nodulesMm.at(0);
  const Vec3 b = phantom.nodulesMm.at(1);
  Item& first =
      add(noduleA, ItemKind::finding, "Nodule, right lower lobe", ball(phantom, a, 9), {255, 181, 71});
  first.state = ItemState::accepted;
  first.confidence = 0.91;
  first.reviewedBy = ReaderId{"A. Reader"};
  Item& second =
      add("nodule-b", ItemKind::finding, "Nodule, left upper lobe", ball(phantom, b, 7), {120, 200, 255});
  second.confidence = 0.74;
  second.flags = {"touches_edge"};
  Item& third = add("ggo", ItemKind::finding, "Ground-glass, lingula", ball(phantom, b + Vec3{0, 20, 20}, 10),
                    {190, 140, 255});
  third.confidence = 0.42;
  third.flags = {"low_confidence"};
  Item& rest = add("rest", ItemKind::finding, "Nodule candidate", ball(phantom, a + Vec3{10, 10, 10}, 4),
                   {120, 220, 150});
  rest.confidence = 0.11;
  rest.flags = {review::flagBelowThreshold};
  record.runs.push_back(doneRun());
  record.report = draft();
  record.revision = 7;
  return record;
}

Desk::Desk()
    : store([this](session::Effect effect) { effects.push_back(std::move(effect)); }, {}, clock),
      phantom(makeChestPhantom()) {
  record = std::make_shared<const CaseRecord>(phantomCase(phantom, masks));
}

void Desk::signIn(ReadingMode mode) {
  Reader reader;
  reader.id = ReaderId{"A. Reader"};
  reader.roles = {Role::attending};
  store.dispatch(act::ReadersLoaded{{reader.id}});
  store.dispatch(act::EnterSecret{reader.id, "correct horse"});
  store.dispatch(act::SignedIn{reader});
  AgentCard nodules;
  nodules.id = "nodule_candidates";
  nodules.readingMode = ReadingMode::after;
  store.dispatch(act::CardsLoaded{{nodules}});
  store.dispatch(act::PreferencesLoaded{reader.id, {{{nodules.id, mode}}, 10}});
  const auto page = last<session::effect::LoadWorklistPage>();
  if (page) {
    std::vector<CaseRow> rows;
    for (int i = 1; i <= 12; ++i) rows.push_back(phantomRow(i));
    store.dispatch(act::WorklistPageLoaded{page->generation, page->page, 12, rows});
  }
  settle();
}

void Desk::addPrior() {
  auto earlier = std::make_shared<CaseRecord>(*record);
  earlier->row = phantomRow(5);
  earlier->row.patient = record->row.patient;
  earlier->row.studyDate = earlier->study.date = "20260512";
  earlier->study.uid = StudyUid{"1.2.2"};
  earlier->series.front().info.uid = SeriesUid{"1.2.2.4"};
  earlier->series.front().info.frameOfReference = FrameUid{"1.2.2.9"};
  earlier->series.front().blocks.front().frameOfReference = FrameUid{"1.2.2.9"};
  for (Item& item : earlier->items) item.source.series = SeriesUid{"1.2.2.4"};
  prior = earlier;

  auto now = copy();
  const auto lesion = [&](const Item& item, std::size_t place, double uncertaintyMm) {
    CarriedLesion made;
    made.earlier = {earlier->row.id, ItemId{"earlier-" + item.id.value}, "20260512", 94, item.measurement};
    made.earlier.measurement.volumeMm3 /= 2;
    made.label = item.label;
    made.expectedMm = phantom.nodulesMm.at(place);
    made.uncertaintyMm = uncertaintyMm;
    return made;
  };
  Comparison comparison;
  comparison.prior = earlier->row.id;
  comparison.priorStudy = earlier->study.uid;
  comparison.priorDate = "20260512";
  comparison.priorVersion = 1;
  comparison.from = {SeriesUid{"1.2.2.4"}, 0};
  comparison.to = {SeriesUid{"1.2.3.4"}, 0};
  comparison.errorMm = 1.1;
  Item& grown = now->items.at(3);
  CarriedLesion paired = lesion(grown, 0, 14);
  paired.match = grown.id;
  CarriedLesion lost = lesion(now->items.at(4), 1, 18);
  lost.label = "Nodule, lingula";
  grown.earlier = paired.earlier;
  comparison.lesions = {paired, lost};
  now->comparison = comparison;
  now->priors = {earlier->row};
  record = now;
}

void Desk::openCase() {
  store.dispatch(act::OpenCase{record->row.id});
  store.dispatch(act::CaseOpened{record});
  std::vector<AgentCard> cards;
  for (const auto& agent : agents::makeRoster()) cards.push_back(agent->card());
  store.dispatch(act::CardsLoaded{cards});
  const BlockRef block{SeriesUid{"1.2.3.4"}, 0};
  store.dispatch(act::VolumeLoaded{block, phantom.volume, Window{-600, 1500}, {-1000, 1200}});
  for (const auto& [hash, mask] : masks) store.dispatch(act::MaskLoaded{record->row.id, hash, mask});
  if (prior != nullptr) store.dispatch(act::PriorLoaded{prior});
  settle();
}

void Desk::loadPriorImages() {
  store.dispatch(
      act::VolumeLoaded{{SeriesUid{"1.2.2.4"}, 0}, phantom.volume, Window{-600, 1500}, {-1000, 1200}});
  settle();
}

void Desk::showPicturesAndCounts() {
  using session::Filter;
  constexpr std::array counts{std::pair{Filter::unread, 14}, std::pair{Filter::stat, 1},
                              std::pair{Filter::mine, 6}, std::pair{Filter::signed_off, 31},
                              std::pair{Filter::all, 1204331}};
  for (const auto& [filter, count] : counts) store.dispatch(act::CasesCounted{filter, count});
  const Index3 size = phantom.grid.dims;
  session::Thumbnail picture{size.i, size.j, {}};
  const auto all = phantom.volume->values<std::int16_t>();
  const auto first = phantom.grid.offset({0, 0, size.k / 2});
  for (const int hu : all.subspan(first, static_cast<std::size_t>(size.i) * static_cast<std::size_t>(size.j)))
    picture.gray.push_back(static_cast<std::uint8_t>(std::clamp((hu + 1350) * 255 / 1500, 0, 255)));
  store.dispatch(act::ThumbnailLoaded{SeriesUid{"1.2.3.4"}, std::make_shared<session::Thumbnail>(picture)});
  settle();
}

void Desk::change(const std::shared_ptr<CaseRecord>& changed) {
  changed->revision = record->revision + 1;
  record = changed;
  store.dispatch(act::RecordChanged{changed});
  settle();
}

void keepPicture(QWidget& widget, const std::string& name) {
  Desk::settle();
  const char* folder = std::getenv("ATTEST_PICTURES");
  if (folder == nullptr) return;
  QDir().mkpath(QString::fromLocal8Bit(folder));
  widget.grab().save(
      QDir(QString::fromLocal8Bit(folder)).filePath(QString::fromStdString(name) + QStringLiteral(".png")));
}

}  // namespace attest::test
