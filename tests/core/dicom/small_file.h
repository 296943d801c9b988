#pragma once

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace attest::dicom {

/// Little-endian bytes of numbers.
template <class T>
std::string bytesOf(const std::vector<T>& values) {
  return {reinterpret_cast<const char*>(values.data()), values.size() * sizeof(T)};
}

/// A DICOM file put together by hand, in syntaxes and with pixels that DCMTK does not write: a grey image of
/// 8 bits, explicit little endian, unless told otherwise.
struct SmallFile {
  std::string syntax = "1.2.840.10008.1.2.1";
  std::map<std::uint32_t, std::pair<std::string, std::string>> elements;  ///< by tag: VR, value
  std::string pixels;                                                     ///< native
  std::uint32_t pixelTag = 0x7FE00010;
  std::string pixelVr = "OW";
  std::string offsetTable;             ///< of `fragments`
  std::vector<std::string> fragments;  ///< encapsulated, where there are any

  SmallFile(int rows, int columns, const std::string& photometric = "MONOCHROME2") {
    word(0x00280002, photometric.starts_with("MONO") || photometric.starts_with("PAL") ? 1 : 3);
    elements[0x00280004] = {"CS", photometric};
    word(0x00280010, rows);
    word(0x00280011, columns);
    bits(8, 8, false);
  }
  void word(std::uint32_t tag, int value) {
    elements[tag] = {"US", bytesOf(std::vector{static_cast<std::uint16_t>(value)})};
  }
  void bits(int allocated, int stored, bool isSigned) {
    word(0x00280100, allocated);
    word(0x00280101, stored);
    word(0x00280102, stored - 1);
    word(0x00280103, isSigned ? 1 : 0);
  }
  void frames(int count) { elements[0x00280008] = {"IS", std::to_string(count)}; }

  std::filesystem::path write(const std::filesystem::path& path) const {
    std::ofstream file(path, std::ios::binary);
    file << std::string(128, '\0') << "DICM" << element(0x00020010, "UI", syntax);
    for (const auto& [tag, value] : elements) file << element(tag, value.first, value.second);
    if (fragments.empty()) {
      file << element(pixelTag, pixelVr, pixels);
      return path;
    }
    file << tagBytes(pixelTag) << std::string("OB\0\0\xFF\xFF\xFF\xFF", 8) << item(offsetTable);
    for (const std::string& fragment : fragments) file << item(fragment);
    file << std::string("\xFE\xFF\xDD\xE0\0\0\0\0", 8);
    return path;
  }

 private:
  static std::string padded(std::string value, char with) {
    if (value.size() % 2 != 0) value += with;
    return value;
  }
  static std::string length(std::size_t bytes) {
    return bytesOf(std::vector{static_cast<std::uint32_t>(bytes)});
  }
  static std::string tagBytes(std::uint32_t tag) {
    return bytesOf(std::vector{static_cast<std::uint16_t>(tag >> 16), static_cast<std::uint16_t>(tag)});
  }
  static std::string item(const std::string& value) {
    const std::string even = padded(value, '\0');
    return std::string("\xFE\xFF\x00\xE0", 4) + length(even.size()) + even;
  }
  static std::string element(std::uint32_t tag, const std::string& vr, const std::string& value) {
    const std::string even = padded(value, vr == "CS" || vr == "IS" || vr == "DS" ? ' ' : '\0');
    const std::string head = tagBytes(tag) + vr;
    if (vr.front() == 'O') return head + std::string(2, '\0') + length(even.size()) + even;
    return head + bytesOf(std::vector{static_cast<std::uint16_t>(even.size())}) + even;
  }
};

}  // namespace attest::dicom
