#pragma once

#include <functional>
#include <utility>

#include "core/network/association.h"
#include "core/network/outgoing.h"
#include "core/network/peer.h"

namespace attest::network {

/// A peer over DIMSE: each call is an association of its own.
class DimsePeer final : public Peer {
 public:
  DimsePeer(Node node, const Limits& limits) : node_(std::move(node)), limits_(limits) {}

  EchoReport echo(std::stop_token stop) override;
  Result<StudyList> findStudies(const StudyQuery& query, std::stop_token stop) override;
  Result<std::vector<RemoteSeries>> findSeries(const StudyUid& study, std::stop_token stop) override;
  Result<FetchReport> fetch(const FetchRequest& request, const Sink& sink, std::stop_token stop,
                            const Progress& progress) override;
  Result<SendReport> send(const std::vector<std::filesystem::path>& files, std::stop_token stop,
                          const Progress& progress) override;

 private:
  using Match = std::function<Outcome<>(std::span<const std::byte> dataSet, const std::string& syntax)>;
  using Identifier = std::function<Buffer(const std::string& syntax)>;

  Outcome<Association> associate(std::vector<Context> contexts, const std::stop_token& stop,
                                 std::vector<std::string> storingRoles = {}) const;
  Outcome<EchoReport> tryEcho(const std::stop_token& stop) const;
  /// C-FIND; true where there was more than the limit.
  Outcome<bool> find(const Identifier& identifier, const Match& match, const std::stop_token& stop) const;
  Outcome<FetchReport> get(Association& peer, const FetchRequest& request, const Sink& sink,
                           const Progress& progress) const;
  Outcome<FetchReport> tryFetch(const FetchRequest& request, const Sink& sink, const std::stop_token& stop,
                                const Progress& progress);
  Outcome<FetchReport> move(const FetchRequest& request, const Sink& sink, const std::stop_token& stop,
                            const Progress& progress) const;

  static Outcome<std::uint16_t> store(Association& peer, const Context& context, const Outgoing& file,
                                      const Payload& data);
  Outcome<> storeOne(Association& peer, const Outgoing& file, SendReport& report) const;

  Node node_;
  Limits limits_;
};

}  // namespace attest::network
