// Character sets, against Python's codecs and pydicom's reader, and the examples of the standard.

#include <gmock/gmock.h>

#include <array>
#include <cstdio>
#include <memory>
#include <sstream>

#include "core/dicom/blocks.h"
#include "core/dicom/header.h"
#include "core/dicom/scan.h"
#include "core/dicom/text.h"
#include "tests/core/dicom/small_file.h"
#include "tests/support/real_data.h"
#include "tests/support/temp_dir.h"

namespace attest::dicom {
namespace {

using test::TempDir;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

std::string output(const std::string& command) {
  const std::unique_ptr<FILE, int (*)(FILE*)> pipe(popen(command.c_str(), "r"), pclose);
  std::string text;
  std::array<char, 4096> piece{};
  while (const std::size_t count = fread(piece.data(), 1, piece.size(), pipe.get()))
    text.append(piece.data(), count);
  return text;
}

std::string python(const std::string& arguments) {
  return output(std::string(ATTEST_PYTHON) + " " + arguments);
}

TEST(Charset, EveryDefinedTermIsReadAsOthersReadIt) {
  const TempDir folder;
  std::istringstream lines(
      python(ATTEST_SOURCE_DIR "/tests/core/dicom/charset_files.py " + folder.path().string()));
  int files = 0;
  for (std::string path, name, description;
       std::getline(lines, path, '\t') && std::getline(lines, name, '\t') && std::getline(lines, description);
       ++files) {
    const auto header = readHeader(path);
    ASSERT_TRUE(header) << path << header.error().detail;
    EXPECT_EQ(header->patient.name.reveal(), name) << path;
    EXPECT_EQ(header->study.description, description) << path;
    EXPECT_THAT(header->instance.textNote, IsEmpty()) << path;
  }
  EXPECT_EQ(files, 12 * 2 + 4 + 3 + 3);
}

TEST(Charset, TheExamplesOfTheStandard) {
  const auto name = [](const char* terms, std::string_view bytes) {
    const Decoded read = decode(bytes, terms, TextKind::name);
    EXPECT_EQ(read.fault, TextFault::none) << terms;
    return read.utf8;
  };
  // PS3.5 H.3.1, H.3.2
  EXPECT_EQ(name("\\ISO 2022 IR 87",
                 "Yamada^Tarou=\x1B$B;3ED\x1B(B^\x1B$BB@O:\x1B(B=\x1B$B$d$^$@\x1B(B^\x1B$B$?$m$&\x1B(B"),
            "Yamada^Tarou=山田^太郎=やまだ^たろう");
  EXPECT_EQ(
      name("ISO 2022 IR 13\\ISO 2022 IR 87",
           "\xD4\xCF\xC0\xDE^\xC0\xDB\xB3=\x1B$B;3ED\x1B(J^\x1B$BB@O:\x1B(J=\x1B$B$d$^$@\x1B(J^\x1B$B$?$m$&"
           "\x1B(J"),
      "ﾔﾏﾀﾞ^ﾀﾛｳ=山田^太郎=やまだ^たろう");
  // I.2
  EXPECT_EQ(
      name("\\ISO 2022 IR 149",
           "Hong^Gildong=\x1B$)C\xFB\xF3^\x1B$)C\xD1\xCE\xD4\xD7=\x1B$)C\xC8\xAB^\x1B$)C\xB1\xE6\xB5\xBF"),
      "Hong^Gildong=洪^吉洞=홍^길동");
  // J.1, J.3; GBK writes it as GB18030 does
  EXPECT_EQ(name("ISO_IR 192", "Wang^XiaoDong=\xE7\x8E\x8B^\xE5\xB0\x8F\xE6\x9D\xB1="),
            "Wang^XiaoDong=王^小東=");
  EXPECT_EQ(name("GB18030", "Wang^XiaoDong=\xCD\xF5^\xD0\xA1\xB6\xAB="), "Wang^XiaoDong=王^小东=");
  EXPECT_EQ(name("GBK", "Wang^XiaoDong=\xCD\xF5^\xD0\xA1\xB6\xAB="), "Wang^XiaoDong=王^小东=");
  // K.2
  EXPECT_EQ(name("\\ISO 2022 IR 58", "Zhang^XiaoDong=\x1B$)A\xD5\xC5^\x1B$)A\xD0\xA1\xB6\xAB="),
            "Zhang^XiaoDong=张^小东=");
}

TEST(Charset, TheFirstSetHoldsAgainBehindADelimiter) {
  const char* terms = "ISO 2022 IR 100\\ISO 2022 IR 144";
  const std::string bytes = "\x1B-L\xBB^\xE9\\\xE9\n\xE9";
  EXPECT_EQ(decode(bytes, terms, TextKind::name).utf8, "Л^é\\é\né");
  EXPECT_EQ(decode(bytes, terms, TextKind::values).utf8, "Л^щ\\é\né");
  EXPECT_EQ(decode(bytes, terms, TextKind::paragraph).utf8, "Л^щ\\щ\né");
  // Half of a character is no delimiter.
  EXPECT_EQ(decode("\x1B$B!^\x1B(B", "\\ISO 2022 IR 87", TextKind::name).utf8, "±");
  EXPECT_EQ(decode("\x81\x5C\\\x81\x5E", "GBK", TextKind::values).utf8, "乗\\乛");
  // ISO 646 of Japan has an overline; its yen is a backslash where values are separated.
  EXPECT_EQ(decode("A~\\B", "ISO_IR 13", TextKind::values).utf8, "A‾\\B");
  EXPECT_EQ(decode("A~\\B", "ISO_IR 13", TextKind::paragraph).utf8, "A‾¥B");
}

TEST(Charset, AWrongOrUnknownSetIsSaidAndNotHidden) {
  struct Case {
    const char* terms;
    const char* bytes;
    const char* text;
    TextFault fault;
  };
  for (const Case& one : {
           Case{"", "Miller", "Miller", TextFault::none},
           Case{"NO SUCH SET", "Miller", "Miller", TextFault::none},
           Case{"", "M\xFCller", "Müller", TextFault::undeclared},
           Case{"", "M\xC3\xBCller", "Müller", TextFault::undeclared},
           Case{"", "\x1B$B;3ED\x1B(B", "山田", TextFault::undeclared},
           Case{"NO SUCH SET", "M\xFCller", "Müller", TextFault::unknown_set},
           Case{"ISO_IR 192", "M\xFCller", "Müller", TextFault::mismatch},
           Case{"ISO_IR 100", "M\x81ller", "M\uFFFDller", TextFault::mismatch},
           Case{"ISO_IR 6", "M\xFCller", "Müller", TextFault::mismatch},
           Case{"ISO_IR 166", "\xFF", "ÿ", TextFault::mismatch},
           Case{"ISO_IR 100", "\x1B$B;3ED\x1B(B", "山田", TextFault::mismatch},
           Case{"\\ISO 2022 IR 87", "\x1B$B;3E", "\x1B$B;3E", TextFault::mismatch},
           Case{"\\ISO 2022 IR 87", "\x1B%G", "\x1B%G", TextFault::mismatch},
           Case{"GB18030", "\xFF\xFF", "ÿÿ", TextFault::mismatch},
           Case{"ISO-IR 100", "M\xFCller", "Müller", TextFault::none},
           Case{"ISO_IR 100\\NONE", "M\xFCller", "Müller", TextFault::none},
       }) {
    const Decoded read = readText(one.bytes, one.terms);
    EXPECT_EQ(read.utf8, one.text) << one.terms;
    EXPECT_EQ(read.fault, one.fault) << one.terms << one.bytes;
    EXPECT_EQ(faultNote(read.fault, one.terms).empty(), read.fault == TextFault::none);
  }
}

TEST(Charset, AReaderOfTheSeriesIsToldOfAWrongSet) {
  const TempDir folder;
  SmallFile file(2, 2);
  file.pixels = std::string(4, '\0');
  file.elements[0x00080005] = {"CS", "ISO_IR 192"};
  file.elements[0x00080016] = {"UI", "1.2.840.10008.5.1.4.1.1.7"};
  file.elements[0x00080018] = {"UI", "1.2.3"};
  file.elements[0x00100010] = {"PN", "M\xFCller"};
  file.elements[0x0020000D] = {"UI", "1.2"};
  file.elements[0x0020000E] = {"UI", "1.2.1"};
  const auto notes = [&] {
    const auto header = readHeader(file.write(folder / "one.dcm"));
    return formBlocks(std::array{header->instance}, header->series).front().notes;
  };
  EXPECT_THAT(notes(), Contains(HasSubstr("does not fit the character set they name (ISO_IR 192)")));
  file.elements[0x00080005] = {"CS", "ISO_IR 100"};
  EXPECT_THAT(notes(), Not(Contains(HasSubstr("character set"))));
  // What stands there may be anything, a name too: it is not repeated.
  file.elements[0x00080005] = {"CS", "Smith^John"};
  EXPECT_THAT(notes(),
              Contains("the character set of the files is not known; names and descriptions may be wrong"));
}

// What pydicom reads of real files in all kinds of sets.
TEST(Charset, OfRealFilesTheNamesAreThoseThatPydicomReads) {
  const auto folder = test::realData("pydicom-charsets-palettes");
  if (!folder) GTEST_SKIP() << "pydicom-charsets-palettes is not on this machine";
  const auto files = *folder / "pydicom+pydicom/src/pydicom/data/charset_files";
  std::istringstream lines(
      python("-c \"import glob, pydicom; [print(f, str(pydicom.dcmread(f).get('PatientName', '')), "
             "sep='\\t') for f in "
             "sorted(glob.glob('" +
             files.string() + "/*.dcm'))]\""));
  int compared = 0;
  for (std::string path, name; std::getline(lines, path, '\t') && std::getline(lines, name); ++compared) {
    auto scan = Scan::file(path, Scan::Part::header);
    ASSERT_TRUE(scan) << path;
    Decoded read = readText(scan->text(0x00100010), scan->text(0x00080005), TextKind::name);
    read.utf8.erase(read.utf8.find_last_not_of('=') + 1);  // pydicom leaves an empty group out
    EXPECT_EQ(read.utf8, name) << path;
    EXPECT_EQ(read.fault, TextFault::none) << path;
  }
  EXPECT_GE(compared, 15);
}

}  // namespace
}  // namespace attest::dicom
