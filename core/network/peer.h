#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/ids.h"
#include "core/base/parallel.h"
#include "core/base/phi.h"
#include "core/base/result.h"
#include "core/domain/node.h"
#include "core/domain/patient.h"
#include "core/domain/study.h"
#include "core/network/fault.h"
#include "core/network/object.h"

namespace attest::network {

/// How long we wait, and how much of a peer we bear.
struct Limits {
  std::chrono::milliseconds connect{10'000};  ///< until the connection stands
  std::chrono::milliseconds silence{60'000};  ///< longest time without a byte in the middle of something
  std::size_t objectBytes = std::size_t{1} << 30;
  std::size_t matches = 1000;     ///< of one query; the rest is left there
  std::size_t objects = 100'000;  ///< of one fetch
};

/// What a test of a connection found.
struct EchoReport {
  Problem problem = Problem::none;      ///< none: it works
  std::string detail;                   ///< what is wrong, or how the peer calls itself
  bool unencrypted = false;             ///< it works, and what goes there can be read on its way
  std::chrono::microseconds latency{};  ///< of the answer, the connection standing
  bool ok() const { return problem == Problem::none; }
};

/// Empty members do not restrict. Names and ids may hold the wildcards * and ?.
struct StudyQuery {
  Phi<std::string> patientId;
  Phi<std::string> patientName;
  Phi<std::string> accession;
  std::string dateFrom;  ///< DICOM DA, both ends included
  std::string dateTo;
  std::string modality;  ///< of any series of the study
  StudyUid uid;
};

/// A study as the peer describes it, in UTF-8. Counts are none where the peer does not tell them.
struct RemoteStudy {
  StudyInfo study;
  Patient patient;
  std::vector<std::string> modalities;
  std::optional<int> series;
  std::optional<int> instances;
};
struct RemoteSeries {
  SeriesInfo info;
  std::optional<int> instances;
};
struct StudyList {
  std::vector<RemoteStudy> studies;
  bool more = false;  ///< the peer had more than the limit
};

struct FetchRequest {
  StudyUid study;
  std::optional<SeriesUid> series;
  /// Where a peer without C-GET can reach us under the node's calling AE title (C-MOVE); 0: nowhere. Where
  /// our own listener holds the port, the objects come to that one and are only counted here.
  int listenPort = 0;
  std::string listenAddress = "127.0.0.1";
};
struct FetchReport {
  std::size_t received = 0;   ///< handed to the sink, which kept them
  std::size_t elsewhere = 0;  ///< sent to the listener that holds the port
  std::size_t failed = 0;     ///< the peer could not send them
  std::string reason;         ///< of those that failed, as the peer says it
};

/// Takes an object and answers when it is kept. An error ends the transfer and is handed on.
using Sink = std::function<Result<>(const ReceivedObject& object)>;

struct Unsent {
  std::filesystem::path path;
  SopUid sopUid;
  std::string reason;
  bool permanent = false;  ///< trying again will not help
};
struct SendReport {
  std::size_t sent = 0;  ///< confirmed by the peer
  std::vector<Unsent> unsent;
};

/// Another system, over DIMSE or DICOMweb alike. Every call stands alone and blocks its thread; a stop
/// request ends it within 200 ms with `cancelled` (a name that is just being resolved within its time). Not
/// for use from two threads at once. Errors of all: bad_argument (the node's settings), network (not reached,
/// broken off, no answer in time: trying again may work), refused (it says no), too_large, cancelled.
class Peer {
 public:
  static std::unique_ptr<Peer> make(const Node& node, const Limits& limits = {});
  virtual ~Peer() = default;

  /// Whether the peer is there, knows us, and answers: C-ECHO, or a QIDO-RS query for one study.
  virtual EchoReport echo(std::stop_token stop) = 0;
  /// C-FIND in the Study Root, or QIDO-RS.
  virtual Result<StudyList> findStudies(const StudyQuery& query, std::stop_token stop) = 0;
  virtual Result<std::vector<RemoteSeries>> findSeries(const StudyUid& study, std::stop_token stop) = 0;
  /// C-GET, C-MOVE where the peer has no C-GET, or WADO-RS. One object at a time is in memory. The data sets
  /// are the peer's, byte by byte, in whatever transfer syntax it keeps them.
  virtual Result<FetchReport> fetch(const FetchRequest& request, const Sink& sink, std::stop_token stop,
                                    const Progress& progress) = 0;
  /// C-STORE or STOW-RS of DICOM files in their own transfer syntax. What one file meets is in the report and
  /// does not hold up the others; an error is what ends all.
  virtual Result<SendReport> send(const std::vector<std::filesystem::path>& files, std::stop_token stop,
                                  const Progress& progress) = 0;
};

}  // namespace attest::network
