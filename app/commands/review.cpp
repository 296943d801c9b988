#include "core/workflow/review.h"

#include <nlohmann/json.hpp>

#include "app/command.h"
#include "app/json_text.h"
#include "core/domain/terms.h"
#include "core/files/nifti.h"
#include "core/workflow/source.h"

namespace attest::app {

Command make_review();

namespace {

/// The parts of "a:b:c" at the first colons, at most `most` of them.
std::vector<std::string> split(const std::string& text, char by, std::size_t most) {
  std::vector<std::string> parts;
  std::size_t begin = 0;
  while (parts.size() + 1 < most) {
    const auto end = text.find(by, begin);
    if (end == std::string::npos) break;
    parts.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  parts.push_back(text.substr(begin));
  return parts;
}

Result<imaging::MaskPtr> readMask(workflow::Services& services, const BlockRef& source,
                                  const std::string& path) {
  ATTEST_TRY(const auto mask, files::readNiftiMask(path));
  ATTEST_TRY(const auto block, workflow::blockOf(services.db(), source));
  if (!block.grid) return fail(ErrorCode::bad_geometry, "the images form no volume that a mask could lie on");
  ATTEST_TRY(auto placed, workflow::ontoGrid(mask, *block.grid));
  return std::make_shared<const imaging::Mask>(std::move(placed));
}

/// "SCHEME:VALUE" as a code whose meaning is known from the case itself: it is never guessed.
Result<review::Verdict> relabel(Invocation& call, const CaseRecord& record, const ItemId& id,
                                const std::string& text) {
  const auto parts = split(text, ':', 2);
  if (parts.size() != 2) return call.misuse("relabel:SCHEME:VALUE");
  for (const auto& item : record.items) {
    if (item.code.scheme == parts[0] && item.code.value == parts[1]) {
      return review::Relabel{id, item.code.meaning, item.code};
    }
  }
  const auto code = knownCode(parts[0], parts[1]);
  if (!code) return fail(ErrorCode::not_found, "no meaning is known here for " + text);
  return review::Relabel{id, code->meaning, *code};
}

/// resolved, not_evaluable, measured:FINDING or open, of a lesion of the earlier study.
Result<workflow::Act> lesionAct(Invocation& call, const ItemId& earlier, const std::string& verdict) {
  const auto parts = split(verdict, ':', 2);
  const auto outcome = lesionOutcome(parts[0]);
  if (!outcome) return call.misuse("no such verdict on an earlier lesion: " + verdict);
  review::JudgeLesion judged{earlier, *outcome};
  if (parts.size() > 1) judged.match = ItemId{parts[1]};
  return review::Verdict{judged};
}

Result<workflow::Act> findingAct(Invocation& call, workflow::Services& services, const CaseRecord& record,
                                 const std::string& finding, const std::string& verdict) {
  const ItemId id{finding};
  if (review::findLesion(record, id) != nullptr) return lesionAct(call, id, verdict);
  const Item* item = findItem(record, id);
  if (item == nullptr) return fail(ErrorCode::not_found, "the case has no finding " + finding);
  if (verdict == "accept") return review::Verdict{review::Accept{id}};
  if (verdict == "unsure") return review::Verdict{review::Unsure{id}};
  if (verdict.starts_with("reject:")) {
    const auto parts = split(verdict, ':', 3);
    return review::Verdict{review::Reject{id, {parts[1], parts.size() > 2 ? parts[2] : ""}}};
  }
  if (verdict.starts_with("correct:mask=")) {
    ATTEST_TRY(const auto mask, readMask(services, item->source, verdict.substr(13)));
    return workflow::CorrectMask{id, mask};
  }
  if (verdict.starts_with("relabel:")) {
    ATTEST_TRY(auto changed, relabel(call, record, id, verdict.substr(8)));
    return changed;
  }
  if (verdict == "ack") return review::Verdict{review::Acknowledge{id}};
  return call.misuse("no such verdict: " + verdict);
}

/// new:mask=F.nii.gz,label=TEXT
Result<workflow::Act> newFinding(Invocation& call, workflow::Services& services, const CaseRecord& record,
                                 const std::string& text) {
  std::string path;
  std::string label;
  for (const auto& part : split(text, ',', anyNumber)) {
    if (part.starts_with("mask=")) path = part.substr(5);
    if (part.starts_with("label=")) label = part.substr(6);
  }
  if (path.empty() || label.empty()) return call.misuse("new: wants mask=FILE,label=TEXT");
  const auto main = workflow::mainBlock(record.series);
  if (!main) return fail(ErrorCode::not_found, "the case has no images to draw on");
  ATTEST_TRY(const auto mask, readMask(services, *main, path));
  return workflow::DrawMask{workflow::newDrawing(*main, label, {"SCT", "4147007", "Mass"}), mask};
}

Result<std::vector<workflow::Act>> parseActs(Invocation& call, workflow::Services& services,
                                             const CaseRecord& record,
                                             const std::vector<std::string>& words) {
  std::vector<workflow::Act> acts;
  for (const auto& word : words) {
    if (word == "structures=confirm") {
      acts.emplace_back(review::Verdict{review::ConfirmStructures{}});
    } else if (word == "read=done") {
      acts.emplace_back(workflow::ReadDone{});
    } else if (word.starts_with("new:")) {
      ATTEST_TRY(auto act, newFinding(call, services, record, word.substr(4)));
      acts.push_back(std::move(act));
    } else if (const auto parts = split(word, '=', 2); parts.size() == 2) {
      ATTEST_TRY(auto act, findingAct(call, services, record, parts[0], parts[1]));
      acts.push_back(std::move(act));
    } else {
      return call.misuse("FINDING=VERDICT, not " + word);
    }
  }
  return acts;
}

Result<int> run(Invocation& call) {
  ATTEST_TRY(const auto reader, call.reader());
  ATTEST_TRY(auto* const services, call.services());
  ATTEST_TRY(const auto id, call.caseOf(call.arguments.front()));
  ATTEST_TRY(const auto record, services->db().record(id));
  ATTEST_TRY(const auto acts,
             parseActs(call, *services, record, {call.arguments.begin() + 1, call.arguments.end()}));
  ATTEST_TRY(const auto after, workflow::submit(*services, id, acts, reader));
  call.answer(toJson(after), toText(after));
  return 0;
}

}  // namespace

Command make_review() {
  return {.name = "review",
          .usage = "CASE --as READER FINDING=VERDICT…",
          .summary =
              "accept, reject:CODE[:TEXT], correct:mask=FILE, relabel:SCHEME:VALUE, unsure; "
              "new:mask=FILE,label=TEXT; an earlier lesion: resolved, not_evaluable, measured:FINDING, open; "
              "structures=confirm; read=done; all or nothing",
          .options = {"--as"},
          .flags = {},
          .leastArguments = 2,
          .mostArguments = anyNumber,
          .run = run};
}

}  // namespace attest::app
