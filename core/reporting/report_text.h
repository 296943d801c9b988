#pragma once

#include <string>
#include <utility>
#include <vector>

#include "core/domain/case_record.h"
#include "core/domain/report.h"

namespace attest::reporting {

/// A sentence with its measurements put in.
struct LiveSentence {
  std::string id;
  std::string text;  ///< without the line breaks at its beginning
  std::string madeBy;
  bool confirmed = false;
  std::vector<ItemId> items;  ///< those it names
  std::size_t breaks = 0;     ///< line breaks before it
};

/// The sentences of a section as they read now; those that name an item that does not stand are left out.
std::vector<LiveSentence> liveSection(const CaseRecord& record, SectionKind kind);
/// Those of them that may leave the house: a person wrote them, or confirmed what an agent wrote.
std::vector<LiveSentence> leavingSection(const CaseRecord& record, SectionKind kind);
/// The others: an agent wrote them, and nobody stands for them yet.
std::vector<LiveSentence> unconfirmedSection(const CaseRecord& record, SectionKind kind);
/// The live sentences, joined by spaces; a sentence that begins with line breaks keeps them instead, unless
/// it is the first.
std::string sectionText(const CaseRecord& record, SectionKind kind);

/// A section rewritten by a person: sentences whose words are unchanged keep their live measurements and
/// origin, the others become the person's. `text` may hold several sentences. Sentences that do not stand
/// now, and so were not shown, stay behind the one they stood behind. Pure: new sentences get ids made of the
/// case and their words.
Report withSection(const CaseRecord& record, SectionKind kind, const std::string& text);
/// Marks one sentence (by its id), or all of an agent's (by the agent's id), as confirmed by a person.
Report withConfirmed(const Report& report, const std::string& sentenceOrAgent);

/// Adds an agent's sentences; what the same agent wrote before and nobody touched is replaced, in its place.
/// Words of the same agent that a person confirmed are not said twice.
Report withAgentSentences(Report report, const std::string& agent,
                          const std::vector<std::pair<SectionKind, std::string>>& texts);

/// Is it a finding that the study of the comparison would have known, and did not.
bool isNew(const CaseRecord& record, const Item& item);
/// How a finding compares with its earlier self: "previously 0.42 mL on 2026-05-16, grown to 1.48 times the
/// volume, doubling time 160 days"; "new since 2026-05-16"; "not compared".
std::string changeText(const CaseRecord& record, const Item& item);
/// What stands, counted: "4 nodules, the largest 12.4 × 9.8 mm; since 2026-05-16: 1 new, 2 grown, 1
/// unchanged, 1 resolved". Empty where nothing stands.
std::string summaryText(const CaseRecord& record);
/// "12.4 × 9.8 mm", or the longest diameter alone; "n/a" without either.
std::string sizeText(const Measurement& measurement);
/// The mean value of an item in the unit of the images that it was measured on: "−12 HU"; "n/a" without one.
std::string meanText(const CaseRecord& record, const Item& item);
/// "resolved", "not evaluable", "measured again", "open".
std::string outcomeText(LesionOutcome outcome);

/// Are there sentences of this section that stand.
bool isEmpty(const CaseRecord& record, SectionKind kind);

}  // namespace attest::reporting
