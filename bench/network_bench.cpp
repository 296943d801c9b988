// Storing and fetching a study at an Orthanc, beside DCMTK's storescu and getscu with the same files (both
// without Nagle's delay). The tools' figures hold the start of their process, which is measured by echoscu.
#include <algorithm>
#include <chrono>
#include <fstream>
#include <functional>
#include <iostream>
#include <nlohmann/json.hpp>
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

  Node node;
  node.aeTitle = test::Orthanc::aeTitle;
  node.host = "127.0.0.1";
  node.port = orthanc->dicomPort;
  const auto dimse = network::Peer::make(node);
  Node webNode;
  webNode.kind = NodeKind::dicomweb;
  webNode.url = "http://127.0.0.1:" + std::to_string(orthanc->httpPort) + "/dicom-web";
  webNode.user = test::Orthanc::user;
  webNode.password = Phi<std::string>(test::Orthanc::password);
  const auto web = network::Peer::make(webNode);

  const std::string port = std::to_string(orthanc->dicomPort);
  const std::vector<std::string> at = {"-aec", test::Orthanc::aeTitle, "127.0.0.1", port};
  const auto tool = [&](std::vector<std::string> words, const std::vector<std::string>& more) {
    words.insert(words.end(), at.begin(), at.end());
    words.insert(words.end(), more.begin(), more.end());
    return test::runProgram(words).status == 0;
  };
  std::vector<std::string> paths;
  for (const auto& file : files) paths.push_back(file.string());
  const auto sendAll = [&](network::Peer& peer) {
    const auto report = peer.send(files, {}, {});
    return report && report->sent == images;
  };
  const auto out = folder / "out";
  std::filesystem::create_directory(out);
  const std::string key = std::string("0020,000D=") + study;
  const auto times = medians({
      [&] { return tool({"echoscu"}, {}); },
      [&] { return tool({"storescu"}, paths); },
      [&] { return sendAll(*dimse); },
      [&] { return sendAll(*web); },
      [&] {
        return tool({"getscu", "-S", "+B", "-k", "0008,0052=STUDY", "-k", key, "-od", out.string()}, {});
      },
      [&] { return fetch(*dimse, out); },
      [&] { return fetch(*web, out); },
  });
  const double start = times[0];
  std::cout << nlohmann::json{{"images", images},
                              {"rounds", rounds},
                              {"tool_start_s", start},
                              {"store",
                               {{"storescu_s", times[1]},
                                {"dimse_s", times[2]},
                                {"stow_s", times[3]},
                                {"dimse_to_storescu", times[2] / (times[1] - start)}}},
                              {"fetch",
                               {{"getscu_s", times[4]},
                                {"dimse_s", times[5]},
                                {"wado_s", times[6]},
                                {"dimse_to_getscu", times[5] / (times[4] - start)}}}}
                   .dump(2)
            << std::endl;
  return 0;
}
