#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/base/clock.h"

namespace attest::view {

// A paper document as values: what stands on it and in which order, never where. All text is UTF-8 and final;
// whoever draws it adds nothing but page numbers.

/// Words of one origin. `mark` is a short raised sign behind them, which a note of the document explains.
struct Words {
  std::string text;
  std::string mark{};
  bool operator==(const Words&) const = default;
};
struct Paragraph {
  std::vector<Words> words;
  bool isNote = false;  ///< smaller and quieter than the body
  bool operator==(const Paragraph&) const = default;
};

struct Fact {
  std::string name;
  std::string value;
  bool operator==(const Fact&) const = default;
};
/// Names above their values, side by side; those without a value are left out.
struct Facts {
  std::vector<Fact> facts;
  bool operator==(const Facts&) const = default;
};

using Color = std::array<std::uint8_t, 3>;

struct Column {
  std::string title;
  double share = 1;       ///< of the width, beside the other columns' shares
  bool isNumber = false;  ///< set to the right
  bool operator==(const Column&) const = default;
};
/// A line break in a cell puts what follows below it, in the quiet tone. A row is never split.
struct Row {
  std::vector<std::string> cells;
  std::optional<Color> color{};  ///< a swatch before the first cell
  bool operator==(const Row&) const = default;
};
/// The titles stand again on every page that it reaches.
struct Table {
  std::vector<Column> columns;
  std::vector<Row> rows;
  bool operator==(const Table&) const = default;
};

struct Picture {
  std::string png;
  double widthMm = 0;  ///< of the patient, from edge to edge; 0: it has no scale
  bool operator==(const Picture&) const = default;
};
/// Square pictures of one thing, side by side, and what they show.
struct Figure {
  std::vector<Picture> pictures;
  std::string title;
  std::string caption;
  std::optional<Color> color{};
  bool operator==(const Figure&) const = default;
};
struct Figures {
  std::vector<Figure> figures;
  bool operator==(const Figures&) const = default;
};

using Part = std::variant<Paragraph, Facts, Table, Figures>;
struct Section {
  std::string title;
  std::vector<Part> parts;
  bool operator==(const Section&) const = default;
};

/// What stands below a document: who stands for it, and what proves it. Never split.
struct Seal {
  std::string title;
  std::string words;
  std::vector<Fact> facts;
  bool operator==(const Seal&) const = default;
};

struct Document {
  std::string language = "en";  ///< BCP 47
  std::string title;
  std::string subtitle;
  std::vector<Fact> patient;  ///< at the head of every page; the first is the name
  std::vector<Section> sections;
  std::optional<Seal> seal;
  std::string warning;   ///< at the head of every page, and in large letters behind it: "UNSIGNED"; or empty
  std::string notice;    ///< at the foot of every page
  std::string identity;  ///< beside it: which version this is
  Time time{};           ///< when it was made, as its properties say
  bool operator==(const Document&) const = default;
};

}  // namespace attest::view
