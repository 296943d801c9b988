#include <algorithm>
#include <mutex>
#include <thread>

#include "core/dicom/header.h"
#include "core/network/association.h"
#include "core/network/listener.h"
#include "core/network/pdu.h"
#include "core/network/socket.h"
#include "tests/core/network/nodes.h"

#define NEEDS_TOOL(name) \
  if (!test::findProgram(name)) GTEST_SKIP() << "the peer " name " is not installed here"

namespace attest::network {
namespace {

constexpr std::chrono::milliseconds patient{10'000};

/// A listener that serves beside the test.
class Running {
 public:
  explicit Running(ListenerSettings settings = {}, KeepObject keep = {}) {
    settings.port = 0;
    if (settings.callers.empty()) settings.callers = {{"STORESCU", "127.0.0.1"}, {"ECHOSCU", "localhost"}};
    if (!keep) keep = [this](const ReceivedObject& object) { return shelve(object); };
    listener_ = *Listener::open(settings, std::move(keep));
    thread_ = std::jthread([this](std::stop_token stop) { EXPECT_TRUE(listener_->serve(std::move(stop))); });
  }
  Listener& listener() { return *listener_; }
  std::string port() const { return std::to_string(listener_->port()); }
  Shelf shelf;

  test::Ran storescu(const std::vector<std::filesystem::path>& files, std::vector<std::string> more = {}) {
    std::vector<std::string> words{"storescu", "-aec", "ATTEST"};
    words.insert(words.end(), more.begin(), more.end());
    words.insert(words.end(), {"127.0.0.1", port()});
    for (const auto& file : files) words.push_back(file.string());
    return test::runProgram(words);
  }
  int echoscu(const std::string& aeTitle = "ECHOSCU", const std::string& called = "ATTEST") {
    return test::runProgram({"echoscu", "-aet", aeTitle, "-aec", called, "127.0.0.1", port()}).status;
  }

 private:
  Result<> shelve(const ReceivedObject& object) { return shelf.sink()(object); }
  std::unique_ptr<Listener> listener_;
  std::jthread thread_;
};

/// A connection that speaks by hand.
Socket stranger(const Running& running) {
  return *Socket::connect("127.0.0.1", std::stoi(running.port()), patient, {});
}
Buffer request(std::vector<Context> contexts) {
  return encode(PduType::associate_request,
                {"ATTEST", "STORESCU", std::move(contexts), {}, ourMaxPdu, "TEST"});
}
/// The type of the next unit, or none where the listener ended the connection.
std::optional<PduType> answer(Socket& socket, PduReader& reader) {
  while (true) {
    const auto pdu = reader.next();
    if (!pdu) return std::nullopt;
    if (*pdu) return (*pdu)->type;
    const auto count = socket.receive(reader.space(), patient, {});
    if (!count) return std::nullopt;
    reader.arrived(*count);
  }
}

TEST(Listener, KeepsWhatDcmtkSendsInItsTransferSyntax) {
  NEEDS_TOOL("storescu");
  for (const std::string syntax : {"1.2.840.10008.1.2.1", "1.2.840.10008.1.2.4.70"}) {
    Running running;
    const test::TempDir folder;
    test::CtOptions options;
    options.transferSyntax = syntax;
    const auto files = somePhantom(folder.path(), 6, options);
    const auto sent = running.storescu(
        files, syntax.ends_with(".70") ? std::vector<std::string>{"-xs"} : std::vector<std::string>{});
    ASSERT_EQ(sent.status, 0) << sent.output;
    ASSERT_EQ(running.shelf.files.size(), files.size());
    for (const auto& [uid, bytes] : running.shelf.files) {
      EXPECT_EQ(running.shelf.syntaxes.at(uid), syntax);
      const auto path = folder / "came.dcm";
      std::ofstream(path, std::ios::binary)
          .write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
      const auto header = dicom::readHeader(path);
      ASSERT_TRUE(header) << header.error().detail;
      EXPECT_EQ(header->instance.sopUid.value, uid);
    }
  }
}

TEST(Listener, OnlyWhoIsOnTheListMayTalkToIt) {
  NEEDS_TOOL("echoscu");
  Running running;
  EXPECT_EQ(running.echoscu(), 0);
  EXPECT_NE(running.echoscu("STRANGER"), 0);
  EXPECT_NE(running.echoscu("ECHOSCU", "SOMEBODY"), 0);
  running.listener().allow({{"STRANGER", ""}});
  EXPECT_EQ(running.echoscu("STRANGER"), 0);
  EXPECT_NE(running.echoscu("ECHOSCU"), 0);
  running.listener().allow({{"STRANGER", "192.0.2.1"}});  // another host's name is not enough
  EXPECT_NE(running.echoscu("STRANGER"), 0);

  const auto report = Peer::make(dimseNode(running.listener().port(), "ATTEST"))->echo({});
  EXPECT_EQ(report.problem, Problem::calling_ae_unknown);
}

TEST(Listener, WhatIsNotKeptIsNotConfirmed) {
  NEEDS_TOOL("storescu");
  const test::TempDir folder;
  const auto files = somePhantom(folder.path(), 3, {});
  const std::vector<std::pair<ErrorCode, std::string>> answers = {{ErrorCode::disk_full, "outofresources"},
                                                                  {ErrorCode::bad_file, "cannotunderstand"},
                                                                  {ErrorCode::not_allowed, "0x124"},
                                                                  {ErrorCode::database, "0x110"}};
  for (const auto& [code, status] : answers) {
    Running running({}, [code](const ReceivedObject&) -> Result<> { return fail(code); });
    const auto sent = running.storescu(files, {"-v"});
    EXPECT_NE(sent.status, 0);
    std::string words = sent.output;
    std::ranges::transform(words, words.begin(),
                           [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    EXPECT_NE(words.find(status), std::string::npos) << words;
  }
  ListenerSettings small;
  small.objectBytes = 1000;
  Running running(small);
  EXPECT_NE(running.storescu(files).status, 0);
  EXPECT_TRUE(running.shelf.files.empty());
}

TEST(Listener, SeveralSendAtOnce) {
  NEEDS_TOOL("storescu");
  Running running;
  std::vector<test::TempDir> folders(6);
  std::vector<std::unique_ptr<test::Program>> senders;
  for (const auto& folder : folders) {
    std::vector<std::string> words{"storescu", "-aec", "ATTEST", "127.0.0.1", running.port()};
    for (const auto& file : somePhantom(folder.path(), 10, {})) words.push_back(file.string());
    senders.push_back(std::make_unique<test::Program>(words, folder.path()));
  }
  for (auto& sender : senders) EXPECT_EQ(sender->wait(), 0) << sender->output();
  EXPECT_EQ(running.shelf.files.size(), 60U);
}

TEST(Listener, MoreThanItsAssociationsAreSentAway) {
  ListenerSettings settings;
  settings.associations = 2;
  Running running(settings);
  std::vector<Socket> open;
  for (int i = 0; i < 2; ++i) {
    PduReader reader;
    open.push_back(stranger(running));
    ASSERT_TRUE(open.back().send(request({serviceContext(1, service::verification)}), patient, {}));
    EXPECT_EQ(answer(open.back(), reader), PduType::associate_accept);
  }
  PduReader reader;
  Socket third = stranger(running);
  ASSERT_TRUE(third.send(request({serviceContext(1, service::verification)}), patient, {}));
  EXPECT_EQ(answer(third, reader), PduType::associate_reject);
}

/// An association of 60 KB with thousands of transfer syntaxes, the last of them longer than what holds it.
Buffer contradictory() {
  Context context{1, service::verification, std::vector<std::string>(15'000), 0};
  context.transferSyntaxes.emplace_back("X");
  Buffer pdu = request({std::move(context)});
  const auto last = std::ranges::find(pdu, std::byte{'X'}) - 1;  // the lower half of its length
  *last = std::byte{200};
  return pdu;
}

TEST(Listener, NothingThatAStrangerSendsHurtsIt) {
  Running running;
  const Context ct{1, "1.2.840.10008.5.1.4.1.1.2", {syntax::explicitLittle}, 0};
  const auto bytes = [](std::initializer_list<int> values) {
    Buffer out;
    for (const int value : values) out.push_back(static_cast<std::byte>(value));
    return out;
  };
  const std::vector<Buffer> first = {
      bytes({'G', 'E', 'T', ' ', '/', ' '}),
      bytes({1, 0, 0xFF, 0xFF, 0xFF, 0xFF}),        // a unit of four gigabytes
      bytes({1, 0, 0, 0, 0, 4, 0, 1, 0, 0}),        // an association that ends too early
      bytes({4, 0, 0, 0, 0, 6, 0, 0, 0, 2, 1, 3}),  // data without an association
      bytes({2, 0, 0, 0, 0, 0}),                    // an answer to nothing
      contradictory(),
  };
  for (const auto& sent : first) {
    Socket socket = stranger(running);
    PduReader reader;
    ASSERT_TRUE(socket.send(sent, patient, {}));
    const auto said = answer(socket, reader);
    EXPECT_TRUE(!said || *said == PduType::abort);
  }
  const std::vector<Buffer> second = {
      bytes({4, 0, 0, 0, 0, 6, 0xFF, 0xFF, 0xFF, 0xFF, 1, 3}),   // a fragment beyond its unit
      bytes({4, 0, 0, 0, 0, 6, 0, 0, 0, 2, 1, 0}),               // data before its command
      bytes({4, 0, 0, 0, 0, 10, 0, 0, 0, 6, 1, 3, 9, 9, 9, 9}),  // a command that is none
      bytes(
          {4, 0, 0, 0, 0, 14, 0, 0, 0, 10, 1, 3, 0, 0, 0, 1, 0xFF, 0xFF, 0xFF, 0xFF}),  // an endless element
  };
  for (const auto& sent : second) {
    Socket socket = stranger(running);
    PduReader reader;
    ASSERT_TRUE(socket.send(request({ct}), patient, {}));
    ASSERT_EQ(answer(socket, reader), PduType::associate_accept);
    ASSERT_TRUE(socket.send(sent, patient, {}));
    const auto said = answer(socket, reader);
    EXPECT_TRUE(!said || *said == PduType::abort);
  }
  EXPECT_TRUE(running.shelf.files.empty());
  Node node = dimseNode(running.listener().port(), "ATTEST");
  node.callingAe = "STORESCU";
  EXPECT_TRUE(Peer::make(node)->echo({}).ok());
}

TEST(Listener, WhoSaysNothingIsSentAway) {
  ListenerSettings settings;
  settings.silence = std::chrono::milliseconds(100);
  Running running(settings);
  Socket silent = stranger(running);
  PduReader reader;
  const auto said = answer(silent, reader);
  EXPECT_TRUE(!said || *said == PduType::abort);
}

TEST(Listener, StopEndsItAndItsAssociations) {
  auto running = std::make_unique<Running>();
  Socket socket = stranger(*running);
  PduReader reader;
  ASSERT_TRUE(socket.send(request({serviceContext(1, service::verification)}), patient, {}));
  ASSERT_EQ(answer(socket, reader), PduType::associate_accept);
  running.reset();
  const auto said = answer(socket, reader);
  EXPECT_TRUE(!said || *said == PduType::abort);
}

TEST(Listener, APortThatIsTakenIsSaid) {
  Running running;
  ListenerSettings settings;
  settings.port = running.listener().port();
  const auto second = Listener::open(settings, [](const ReceivedObject&) -> Result<> { return {}; });
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, ErrorCode::busy);
  settings.port = 0;
  settings.address = "192.0.2.1";
  const auto nowhere = Listener::open(settings, [](const ReceivedObject&) -> Result<> { return {}; });
  ASSERT_FALSE(nowhere);
  EXPECT_EQ(nowhere.error().code, ErrorCode::bad_argument);
}

}  // namespace
}  // namespace attest::network
