// Storing and fetching a study at an Orthanc, beside DCMTK's storescu and getscu with the same files (both
// without Nagle's delay). The tools' figures hold the start of their process, which is that of echoscu; the
// ratios are without it.
#include <algorithm>
#include <chrono>
#include <fstream>
#include <functional>
#include <iostream>
#include <nlohmann/json.hpp>
#include <thread>
#include <vector>

#include "bench/child.h"
#include "core/network/peer.h"
#include "tests/support/peers.h"
#include "tests/support/phantom.h"

namespace {

using namespace attest;

constexpr int images = 100;
constexpr int rounds = 5;
constexpr const char* study = "2.25.100";

double seconds(const std::function<bool()>& work) {
  const auto start = std::chrono::steady_clock::now();
  if (!work()) throw std::runtime_error("a round failed");
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

/// Median seconds of each work, one after the other in every round.
std::vector<double> medians(const std::vector<std::function<bool()>>& works) {
  std::vector<std::vector<double>> times(works.size());
  for (int round = 0; round < rounds; ++round) {
    for (std::size_t i = 0; i < works.size(); ++i) times[i].push_back(seconds(works[i]));
  }
  std::vector<double> all;
  for (const auto& one : times) all.push_back(bench::median(one));
  return all;
}

bool fetch(network::Peer& peer, const std::filesystem::path& folder) {
  const auto keep = [&](const network::ReceivedObject& object) -> Result<> {
    std::ofstream(folder / (object.sopUid.value + ".dcm"), std::ios::binary)
        .write(reinterpret_cast<const char*>(object.file.data()),
               static_cast<std::streamsize>(object.file.size()));
    return {};
  };
  const auto report = peer.fetch({.study = StudyUid{study}, .series = {}}, keep, {}, {});
  return report && report->received == images;
}

/// Milliseconds from a stop request to the end of a call to a peer that hangs; the longest of some.
double stopMs(const Node& node) {
  double longest = 0;
  for (int round = 0; round < rounds; ++round) {
    std::stop_source stop;
    auto asked = std::chrono::steady_clock::now();
    std::jthread other([&] {
      std::this_thread::sleep_for(std::chrono::milliseconds(205));  // until the call waits
      asked = std::chrono::steady_clock::now();
      stop.request_stop();
    });
    const auto report = network::Peer::make(node)->echo(stop.get_token());
    const auto ended = std::chrono::steady_clock::now();
    other.join();
    if (report.problem != network::Problem::cancelled) throw std::runtime_error("it did not wait");
    longest = std::max(longest, std::chrono::duration<double, std::milli>(ended - asked).count());
  }
  return longest;
}

Node dimseNode(const test::Orthanc& orthanc) {
  Node node;
  node.aeTitle = test::Orthanc::aeTitle;
  node.host = "127.0.0.1";
  node.port = orthanc.dicomPort;
  return node;
}

Node webNode(const test::Orthanc& orthanc) {
  Node node;
  node.kind = NodeKind::dicomweb;
  node.url = "http://127.0.0.1:" + std::to_string(orthanc.httpPort) + "/dicom-web";
  node.user = test::Orthanc::user;
  node.password = Phi<std::string>(test::Orthanc::password);
  return node;
}

/// One of DCMTK's tools against that Orthanc.
bool tool(const test::Orthanc& orthanc, std::vector<std::string> words,
          const std::vector<std::string>& more) {
  const std::vector<std::string> at = {"-aec", test::Orthanc::aeTitle, "127.0.0.1",
                                       std::to_string(orthanc.dicomPort)};
  words.insert(words.end(), at.begin(), at.end());
  words.insert(words.end(), more.begin(), more.end());
  return test::runProgram(words).status == 0;
}

nlohmann::json measure(const test::Orthanc& orthanc, const test::TempDir& folder,
                       const std::vector<std::filesystem::path>& files) {
  const auto dimse = network::Peer::make(dimseNode(orthanc));
  const auto web = network::Peer::make(webNode(orthanc));
  const std::vector<std::string> paths(files.begin(), files.end());
  const auto send = [&](network::Peer& peer) {
    const auto report = peer.send(files, {}, {});
    return report && report->sent == images;
  };
  const auto out = folder / "out";
  std::filesystem::create_directory(out);
  const std::vector<std::string> getscu = {
      "getscu", "-S",        "+B", "-k", "0008,0052=STUDY", "-k", std::string("0020,000D=") + study,
      "-od",    out.string()};
  const auto s = medians({
      [&] { return tool(orthanc, {"echoscu"}, {}); },
      [&] { return tool(orthanc, {"storescu"}, paths); },
      [&] { return send(*dimse); },
      [&] { return send(*web); },
      [&] { return tool(orthanc, getscu, {}); },
      [&] { return fetch(*dimse, out); },
      [&] { return fetch(*web, out); },
  });
  return {
      {"images", images},
      {"rounds", rounds},
      {"tool_start_s", s[0]},
      {"store", {{"storescu_s", s[1]}, {"dimse_s", s[2]}, {"stow_s", s[3]}, {"ratio", s[2] / (s[1] - s[0])}}},
      {"fetch", {{"getscu_s", s[4]}, {"dimse_s", s[5]}, {"wado_s", s[6]}, {"ratio", s[5] / (s[4] - s[0])}}}};
}

}  // namespace

int main() {
  const auto orthanc = test::Orthanc::start();
  if (orthanc == nullptr || !test::findProgram("getscu")) {
    std::cerr << "Orthanc and DCMTK's tools are not here\n";
    return 1;
  }
  const test::TempDir folder;
  const auto phantom = test::makeChestPhantom({512, 512, images}, {0.7, 0.7, 2.5});
  test::CtOptions options;
  options.studyUid = study;
  const auto files = test::writeCt(folder / "ct", *phantom.volume, options);
  auto figures = measure(*orthanc, folder, files);
  orthanc->program->freeze();
  figures["stop_of_a_hanging_peer_ms"] = {{"dimse", stopMs(dimseNode(*orthanc))},
                                          {"web", stopMs(webNode(*orthanc))}};
  std::cout << figures.dump(2) << std::endl;
  return 0;
}
