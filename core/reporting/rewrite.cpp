#include <algorithm>
#include <set>

#include "core/base/hash.h"
#include "core/reporting/report_text.h"
#include "core/review/sentences.h"

namespace attest::reporting {
namespace {

constexpr const char* blanks = " \t\r\n";

std::string trimmed(const std::string& text) {
  const std::size_t begin = text.find_first_not_of(blanks);
  if (begin == std::string::npos) return "";
  return text.substr(begin, text.find_last_not_of(blanks) - begin + 1);
}

/// A UUID (version 8, by its own rule) that is the same for the same seed.
std::string idOf(const std::string& seed) {
  std::string hex = sha256(seed).substr(0, 32);
  hex[12] = '8';
  hex[16] = '8';
  return hex.substr(0, 8) + "-" + hex.substr(8, 4) + "-" + hex.substr(12, 4) + "-" + hex.substr(16, 4) + "-" +
         hex.substr(20);
}

bool isBlank(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/// Where the sentence that begins at `from` ends: behind a stop that blanks or nothing follow, or before a
/// line break.
std::size_t sentenceEnd(const std::string& text, std::size_t from) {
  for (std::size_t at = from; at < text.size(); ++at) {
    if (text[at] == '\n') return at;
    const bool stop = text[at] == '.' || text[at] == '!' || text[at] == '?';
    if (stop && (at + 1 == text.size() || isBlank(text[at + 1]))) return at + 1;
  }
  return text.size();
}

/// One sentence that is shown now, and what it reads like.
struct Shown {
  const Sentence* sentence;
  std::string text;
  bool taken = false;
};

/// Takes a person's text apart, sentence by sentence; words that are shown already keep their sentence.
class Rewrite {
 public:
  Rewrite(const CaseRecord& record, SectionKind kind) : record_(record), kind_(kind) {
    for (const LiveSentence& sentence : liveSection(record, kind)) {
      const auto& all = record.report.section(kind);
      shown_.push_back({&*std::ranges::find(all, sentence.id, &Sentence::id), trimmed(sentence.text)});
    }
    for (const Sentence& sentence : record.report.section(kind)) used_.insert(sentence.id);
  }

  std::vector<Sentence> read(const std::string& text) {
    std::size_t at = 0;
    while (true) {
      const std::size_t begin = text.find_first_not_of(blanks, at);
      if (begin == std::string::npos) break;
      const auto breaks = std::count(text.begin() + static_cast<std::ptrdiff_t>(at),
                                     text.begin() + static_cast<std::ptrdiff_t>(begin), '\n');
      at = next(text, begin, out_.empty() ? 0 : static_cast<std::size_t>(breaks));
    }
    addHidden();
    return std::move(out_);
  }

 private:
  /// Reads one sentence and gives the place behind it.
  std::size_t next(const std::string& text, std::size_t begin, std::size_t breaks) {
    const std::string lead(breaks, '\n');
    if (Shown* known = longestMatch(text, begin)) {
      known->taken = true;
      Sentence kept = *known->sentence;
      if (!out_.empty()) kept.text = lead + trimmed(kept.text);
      out_.push_back(std::move(kept));
      return begin + known->text.size();
    }
    const std::size_t end = sentenceEnd(text, begin);
    const std::string words = trimmed(text.substr(begin, end - begin));
    out_.push_back({newId(words), lead + words, "", true});
    return end;
  }

  Shown* longestMatch(const std::string& text, std::size_t begin) {
    Shown* best = nullptr;
    for (Shown& shown : shown_) {
      if (shown.taken || text.compare(begin, shown.text.size(), shown.text) != 0) continue;
      const std::size_t end = begin + shown.text.size();
      if (end < text.size() && !isBlank(text[end])) continue;
      if (best == nullptr || shown.text.size() > best->text.size()) best = &shown;
    }
    return best;
  }

  std::string newId(const std::string& words) {
    for (int attempt = 0;; ++attempt) {
      const std::string id =
          idOf(record_.row.id.value + '|' + name(kind_) + '|' + std::to_string(attempt) + '|' + words);
      if (used_.insert(id).second) return id;
    }
  }

  void addHidden() {
    std::string anchor;  // the last sentence before it that is still there
    for (const Sentence& sentence : record_.report.section(kind_)) {
      const bool isShown =
          std::ranges::any_of(shown_, [&](const Shown& shown) { return shown.sentence == &sentence; });
      if (!isShown) {
        const auto at = std::ranges::find(out_, anchor, &Sentence::id);
        out_.insert(at == out_.end() ? out_.begin() : std::next(at), sentence);
      }
      if (std::ranges::find(out_, sentence.id, &Sentence::id) != out_.end()) anchor = sentence.id;
    }
  }

  const CaseRecord& record_;
  SectionKind kind_;
  std::vector<Shown> shown_;
  std::set<std::string> used_;
  std::vector<Sentence> out_;
};

}  // namespace

Report withSection(const CaseRecord& record, SectionKind kind, const std::string& text) {
  Report report = record.report;
  report.section(kind) = Rewrite(record, kind).read(text);
  return report;
}

Report withConfirmed(const Report& report, const std::string& sentenceOrAgent) {
  Report confirmed = report;
  if (sentenceOrAgent.empty()) return confirmed;
  for (auto& section : confirmed.sections) {
    for (Sentence& sentence : section) {
      if (sentence.id == sentenceOrAgent || sentence.madeBy == sentenceOrAgent) sentence.confirmed = true;
    }
  }
  return confirmed;
}

Report withAgentSentences(Report report, const std::string& agent,
                          const std::vector<std::pair<SectionKind, std::string>>& texts) {
  for (const SectionKind kind : sectionKinds) {
    std::vector<Sentence>& section = report.section(kind);
    const auto old = [&](const Sentence& sentence) {
      return sentence.madeBy == agent && !sentence.confirmed;
    };
    auto at = std::ranges::find_if(section, old) - section.begin();
    std::erase_if(section, old);
    for (const auto& [where, text] : texts) {
      const bool said = std::ranges::any_of(section, [&](const Sentence& sentence) {
        return sentence.madeBy == agent && sentence.text == text;
      });
      if (where != kind || said) continue;
      section.insert(section.begin() + at++, {newUuid(), text, agent, false});
    }
  }
  return report;
}

}  // namespace attest::reporting
