#pragma once

#include <utility>

#include "core/network/http.h"
#include "core/network/outgoing.h"
#include "core/network/peer.h"

namespace attest::network {

/// A peer over DICOMweb (PS3.18): QIDO-RS, WADO-RS, STOW-RS.
class WebPeer final : public Peer {
 public:
  WebPeer(Node node, const Limits& limits) : node_(std::move(node)), limits_(limits), http_(node_, limits) {}

  EchoReport echo(std::stop_token stop) override;
  Result<StudyList> findStudies(const StudyQuery& query, std::stop_token stop) override;
  Result<std::vector<RemoteSeries>> findSeries(const StudyUid& study, std::stop_token stop) override;
  Result<FetchReport> fetch(const FetchRequest& request, const Sink& sink, std::stop_token stop,
                            const Progress& progress) override;
  Result<SendReport> send(const std::vector<std::filesystem::path>& files, std::stop_token stop,
                          const Progress& progress) override;

 private:
  /// The URL's root with `path` behind it. Fault: bad_node.
  Outcome<std::string> url(const std::string& path) const;
  /// A QIDO-RS query; its answer was good.
  Outcome<HttpResponse> query(const std::string& path, const std::stop_token& stop);
  Outcome<EchoReport> tryEcho(const std::stop_token& stop);
  Outcome<FetchReport> tryFetch(const FetchRequest& request, const Sink& sink, const std::stop_token& stop,
                                const Progress& progress);
  Outcome<std::size_t> expected(const FetchRequest& request, const std::stop_token& stop);
  Outcome<> storeOne(const Outgoing& file, SendReport& report, const std::stop_token& stop);

  Node node_;
  Limits limits_;
  Http http_;
};

}  // namespace attest::network
