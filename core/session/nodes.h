#pragma once

#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/base/result.h"
#include "core/domain/case_record.h"
#include "core/domain/node.h"
#include "core/domain/patient.h"
#include "core/domain/study.h"
#include "core/session/ticket.h"

namespace attest::session {

/// What the test button of a node said last.
struct NodeTest {
  bool running = false;
  std::optional<Error> error;  ///< it does not work; the detail is the other system's, untranslated
  NodeProblem problem = NodeProblem::none;  ///< why; none where it was not even asked
  bool unencrypted = false;                 ///< it works, and what goes there can be read on its way
  double seconds = 0;                       ///< how long the answer took
};

/// What to look for at a node; empty fields match all. Wildcards * and ? as in DICOM.
struct StudyQuery {
  std::string patientName;
  std::string patientId;
  std::string dates;  ///< DICOM DA, or a range: "20260101-20260331", "20260101-"
  std::string modality;
  std::string accession;
  bool operator==(const StudyQuery&) const = default;
};
/// A study that a node has.
struct FoundStudy {
  Patient patient;
  StudyInfo study;
  std::string modalities;  ///< joined by a slash
  int images = 0;          ///< 0 where the node does not say
};
struct StudySearch {
  std::optional<Ticket> ticket;  ///< of the one under way
  std::string node;
  StudyQuery query;
  std::vector<FoundStudy> found;
  std::optional<Error> error{};
};

/// Our own DICOM listener.
struct Listener {
  int port = 0;  ///< as set; 0: off
  std::string aeTitle = "ATTEST";
  bool everywhere = false;  ///< else only this machine may connect
  bool running = false;
  std::optional<Error> error{};  ///< why it does not run
};

/// The nodes page.
struct Nodes {
  bool open = false;
  bool loading = false;
  std::vector<Node> list;  ///< by name; without their passwords
  std::map<std::string, NodeTest> tests;
  StudySearch search;
  Listener listener;
  std::optional<Error> error;  ///< of the last reading or change
};

struct State;
/// May the reader add, change and remove nodes and the listener.
bool mayAdminister(const State& state);

namespace action {
struct OpenNodes {};
struct CloseNodes {};
struct NodesLoaded {
  std::vector<Node> nodes;
};
struct NodesFailed {
  Error error;
};
/// Adds or replaces. `before`: the name it had, where it is another one. An empty password keeps the one that
/// is stored.
struct PutNode {
  Node node;
  std::string before;
};
struct RemoveNode {
  std::string name;
};
struct TestNode {
  std::string name;
};
struct NodeTested {
  std::string name;
  NodeTest test;
};
struct FindStudies {
  std::string node;
  StudyQuery query;
};
struct StudiesFound {
  Ticket ticket = 0;
  std::vector<FoundStudy> studies;
};
struct FindFailed {
  Ticket ticket = 0;
  Error error;
};
/// Fetches a study; it is an import like any other (Worklist::imports), and is cancelled as one.
struct FetchStudy {
  std::string node;
  StudyUid study;
};
/// What we listen on; running and error are not looked at.
struct SetListener {
  Listener listener;
};
struct ListenerChanged {
  Listener listener;
};
/// Whatever of the open case's last version is not delivered is tried again now.
struct RetryDeliveries {};
struct DeliveryFailed {
  CaseId id;
  Error error;
};
}  // namespace action

using NodesAction = std::variant<action::OpenNodes, action::CloseNodes, action::NodesLoaded,
                                 action::NodesFailed, action::PutNode, action::RemoveNode, action::TestNode,
                                 action::NodeTested, action::FindStudies, action::StudiesFound,
                                 action::FindFailed, action::FetchStudy, action::SetListener,
                                 action::ListenerChanged, action::RetryDeliveries, action::DeliveryFailed>;

namespace effect {
/// Answered by NodesLoaded / NodesFailed, all three.
struct LoadNodes {};
struct PutNode {
  ReaderId reader;
  Node node;
  std::string before;
};
struct RemoveNode {
  ReaderId reader;
  std::string name;
};
/// Answered by NodeTested.
struct TestNode {
  std::string name;
};
/// Answered by StudiesFound / FindFailed. A new one takes the place of an earlier one.
struct FindStudies {
  Ticket ticket = 0;
  ReaderId reader;
  std::string node;
  StudyQuery query;
};
/// Answered as ImportPaths is; cancelled by CancelImport.
struct FetchStudy {
  Ticket ticket = 0;
  ReaderId reader;
  std::string node;
  StudyUid study;
};
/// What goes on while the window is open: runs of agents are worked off (also those that an earlier program
/// left), what is signed is delivered, and the listener listens where one is set. Answered by
/// ListenerChanged; later by StepChanged, RunQueued, RecordChanged and WorklistChanged, as things move on.
struct StartServices {};
/// Stored, and obeyed at once. Answered by ListenerChanged.
struct SetListener {
  ReaderId reader;
  Listener listener;
};
/// Answered by RecordChanged (as the deliveries move on) / DeliveryFailed.
struct Deliver {
  CaseId id;
  ReaderId reader;
};
}  // namespace effect

}  // namespace attest::session
