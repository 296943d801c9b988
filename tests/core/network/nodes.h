#pragma once

#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <string>
#include <vector>

#include "core/domain/node.h"
#include "core/network/part10.h"
#include "core/network/peer.h"
#include "tests/support/peers.h"
#include "tests/support/phantom.h"

// A machine without Orthanc or DCMTK's tools skips what needs them, and says so.
#define NEEDS(variable, maker) \
  const auto variable = maker; \
  if (variable == nullptr) GTEST_SKIP() << "the peer " #maker " is not installed here"

namespace attest::network {

inline Node dimseNode(int port, const std::string& aeTitle) {
  Node node;
  node.name = "peer";
  node.aeTitle = aeTitle;
  node.host = "127.0.0.1";
  node.port = port;
  return node;
}
inline Node dimseNode(const test::Orthanc& peer) {
  return dimseNode(peer.dicomPort, test::Orthanc::aeTitle);
}
inline Node webNode(const test::Orthanc& peer, const std::string& scheme = "http") {
  Node node;
  node.name = "web";
  node.kind = NodeKind::dicomweb;
  node.url = scheme + "://127.0.0.1:" + std::to_string(peer.httpPort) + "/dicom-web";
  node.user = test::Orthanc::user;
  node.password = Phi<std::string>(test::Orthanc::password);
  return node;
}

inline Buffer bytesOf(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  const std::string text(std::istreambuf_iterator<char>(in), {});
  const auto bytes = std::as_bytes(std::span(text));
  return {bytes.begin(), bytes.end()};
}
/// What stands behind the head of a DICOM file.
inline Buffer dataSetOf(const Buffer& file) {
  const auto meta = readFileHead(file);
  if (!meta) return {};
  return {file.begin() + static_cast<std::ptrdiff_t>(meta->dataAt), file.end()};
}

/// Keeps what comes, by SOP UID.
struct Shelf {
  std::map<std::string, Buffer> files;
  std::map<std::string, std::string> syntaxes;
  Sink sink() {
    return [this](const ReceivedObject& object) -> Result<> {
      files[object.sopUid.value] = Buffer(object.file.begin(), object.file.end());
      syntaxes[object.sopUid.value] = object.transferSyntax;
      return {};
    };
  }
};

/// A few slices of the phantom.
inline std::vector<std::filesystem::path> somePhantom(const std::filesystem::path& folder, int slices,
                                                      test::CtOptions options) {
  const auto phantom = test::makeChestPhantom({64, 64, slices}, {5.4, 5.4, 8.0});
  return test::writeCt(folder, *phantom.volume, options);
}

}  // namespace attest::network
