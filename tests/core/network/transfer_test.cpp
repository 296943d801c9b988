#include <signal.h>

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dctk.h>

#include <algorithm>
#include <thread>

#include "core/dicom/header.h"
#include "core/network/listener.h"
#include "tests/core/network/nodes.h"
#include "tests/support/real_data.h"

namespace attest::network {
namespace {

using test::Orthanc;

constexpr const char* jpegLossless = "1.2.840.10008.1.2.4.70";
constexpr const char* study = "2.25.4711";

test::CtOptions named(const std::string& syntax, const char* characterSet, const char* patient) {
  test::CtOptions options;
  options.studyUid = study;
  options.transferSyntax = syntax;
  options.patientName = patient;
  options.change = [characterSet](void* data, int) {
    static_cast<DcmDataset*>(data)->putAndInsertString(DCM_SpecificCharacterSet, characterSet);
  };
  return options;
}

SendReport sendAll(const Node& node, const std::vector<std::filesystem::path>& files) {
  const auto report = Peer::make(node)->send(files, {}, {});
  EXPECT_TRUE(report.has_value()) << report.error().detail;
  if (!report) return {};
  for (const auto& one : report->unsent) ADD_FAILURE() << one.path << ": " << one.reason;
  EXPECT_EQ(report->sent, files.size());
  return *report;
}

Shelf fetchAll(const Node& node, std::size_t expected, int listenPort = 0) {
  Shelf shelf;
  const FetchRequest request{.study = StudyUid{study}, .series = {}, .listenPort = listenPort};
  const auto report = Peer::make(node)->fetch(request, shelf.sink(), {}, {});
  EXPECT_TRUE(report.has_value()) << report.error().detail;
  EXPECT_EQ(report ? report->received : 0, expected);
  EXPECT_EQ(shelf.files.size(), expected);
  return shelf;
}

/// The patient, the pixels and the transfer syntax of what came are those of what was sent.
void expectSame(const Shelf& shelf, const std::vector<std::filesystem::path>& sent,
                const std::string& syntax) {
  for (const auto& path : sent) {
    const Buffer original = bytesOf(path);
    const auto meta = readFileHead(original);
    ASSERT_TRUE(meta);
    ASSERT_TRUE(shelf.files.contains(meta->sopInstance));
    EXPECT_EQ(shelf.syntaxes.at(meta->sopInstance), syntax);
    EXPECT_EQ(dataSetOf(shelf.files.at(meta->sopInstance)), dataSetOf(original)) << path;
  }
}

TEST(Transfer, WhatIsSentComesBackAsItWas) {
  NEEDS(peer, Orthanc::start());
  for (const std::string syntax : {jpegLossless, "1.2.840.10008.1.2.1"}) {
    for (const Node& to : {dimseNode(*peer), webNode(*peer)}) {
      const test::TempDir folder;
      const auto files = somePhantom(folder.path(), 4, named(syntax, "ISO_IR 100", "TEST^Chest"));
      sendAll(to, files);
      std::vector<Shelf> shelves(2);
      const FetchRequest request{.study = StudyUid{study}, .series = {}};
      ASSERT_TRUE(Peer::make(dimseNode(*peer))->fetch(request, shelves[0].sink(), {}, {}));
      ASSERT_TRUE(Peer::make(webNode(*peer))->fetch(request, shelves[1].sink(), {}, {}));
      for (const Shelf& shelf : shelves) expectSame(shelf, files, syntax);
      EXPECT_EQ(shelves[0].files, shelves[1].files) << "the same files whatever way they took";
    }
  }
}

TEST(Transfer, AStudyIsFoundByEachKeyAndInUtf8) {
  NEEDS(peer, Orthanc::start());
  const test::TempDir folder;
  sendAll(dimseNode(*peer),
          somePhantom(folder.path(), 3, named("1.2.840.10008.1.2.1", "ISO_IR 100", "M\xFCller^J\xF6rg")));
  for (const Node& node : {dimseNode(*peer), webNode(*peer)}) {
    const auto client = Peer::make(node);
    std::vector<StudyQuery> queries(5);
    queries[1].patientId = Phi<std::string>("ATT-TEST-1");
    queries[2].uid = StudyUid{study};
    queries[3].modality = "CT";
    // Orthanc's DICOMweb finds no name by letters beyond ASCII.
    queries[4].patientName = Phi<std::string>(node.kind == NodeKind::dimse ? "M\u00FCller*" : "M*");
    for (const auto& query : queries) {
      const auto list = client->findStudies(query, {});
      ASSERT_TRUE(list) << list.error().detail;
      ASSERT_EQ(list->studies.size(), 1U) << name(node.kind) << " query " << &query - queries.data();
      const RemoteStudy& found = list->studies.front();
      EXPECT_EQ(found.study.uid.value, study);
      EXPECT_EQ(found.patient.name.reveal(), "M\u00FCller^J\u00F6rg");
      EXPECT_EQ(found.patient.id.reveal(), "ATT-TEST-1");
      EXPECT_EQ(found.series, 1);
      EXPECT_EQ(found.instances, 3);
      EXPECT_EQ(found.modalities, std::vector<std::string>{"CT"});
    }
    StudyQuery other;
    other.dateFrom = "18000101";
    other.dateTo = "18001231";
    EXPECT_TRUE(client->findStudies(other, {})->studies.empty());

    const auto series = client->findSeries(StudyUid{study}, {});
    ASSERT_TRUE(series) << series.error().detail;
    ASSERT_EQ(series->size(), 1U);
    EXPECT_EQ(series->front().info.modality, "CT");
    EXPECT_EQ(series->front().instances, 3);
  }
}

TEST(Transfer, MoreMatchesThanTheLimitAreLeftThere) {
  NEEDS(peer, Orthanc::start());
  for (int i = 0; i < 3; ++i) {
    const test::TempDir folder;
    sendAll(dimseNode(*peer), somePhantom(folder.path(), 1, {}));
  }
  for (const Node& node : {dimseNode(*peer), webNode(*peer)}) {
    const auto list = Peer::make(node, {.matches = 2})->findStudies({}, {});
    ASSERT_TRUE(list) << list.error().detail;
    EXPECT_EQ(list->studies.size(), 2U);
    EXPECT_TRUE(list->more);
  }
}

TEST(Transfer, WithoutCGetThePeerMovesToOurPort) {
  const int port = test::freePort();
  NEEDS(dcmtk, test::DcmtkArchive::start(port, false));                  // does not offer it
  NEEDS(orthanc, Orthanc::start({.withGet = false, .movePort = port}));  // offers it, and then aborts
  for (const Node& node : {dimseNode(dcmtk->port, test::DcmtkArchive::aeTitle), dimseNode(*orthanc)}) {
    const test::TempDir folder;
    const auto files =
        somePhantom(folder.path(), 5, named("1.2.840.10008.1.2.1", "ISO_IR 100", "TEST^Chest"));
    sendAll(node, files);
    expectSame(fetchAll(node, files.size(), port), files, "1.2.840.10008.1.2.1");

    const FetchRequest nowhere{.study = StudyUid{study}, .series = {}};
    EXPECT_FALSE(Peer::make(node)->fetch(nowhere, Shelf().sink(), {}, {}));

    // Where our own listener holds the port, the objects go there.
    ListenerSettings settings;
    settings.port = port;
    settings.callers = {{node.aeTitle, ""}};
    Shelf shelf;
    const auto listener = Listener::open(settings, shelf.sink());
    ASSERT_TRUE(listener) << listener.error().detail;
    std::jthread serving([&](std::stop_token stop) { EXPECT_TRUE((*listener)->serve(std::move(stop))); });
    const FetchRequest request{.study = StudyUid{study}, .series = {}, .listenPort = port};
    const auto report = Peer::make(node)->fetch(request, Shelf().sink(), {}, {});
    ASSERT_TRUE(report) << report.error().detail;
    EXPECT_EQ(report->received, 0U);
    EXPECT_EQ(report->elsewhere, files.size());
    EXPECT_EQ(shelf.files.size(), files.size());
  }
}

TEST(Transfer, DcmtksArchiveAnswersCGet) {
  NEEDS(peer, test::DcmtkArchive::start(test::freePort(), true));
  const Node node = dimseNode(peer->port, test::DcmtkArchive::aeTitle);
  const test::TempDir folder;
  const auto files = somePhantom(folder.path(), 5, named("1.2.840.10008.1.2.1", "ISO_IR 100", "TEST^Chest"));
  sendAll(node, files);
  expectSame(fetchAll(node, files.size()), files, "1.2.840.10008.1.2.1");
}

TEST(Transfer, WhatThePeerDoesNotTakeIsNamedAndTheRestIsSent) {
  NEEDS(peer, test::DcmtkArchive::start(test::freePort(), true));
  const Node node = dimseNode(peer->port, test::DcmtkArchive::aeTitle);
  const test::TempDir folder;
  auto files = somePhantom(folder / "plain", 1, {});
  files.push_back(somePhantom(folder / "jpeg", 1, named(jpegLossless, "ISO_IR 100", "A^B")).front());
  files.push_back(folder / "note.dcm");
  std::ofstream(files.back()) << "this is no DICOM";
  const auto report = Peer::make(node)->send(files, {}, {});
  ASSERT_TRUE(report) << report.error().detail;
  EXPECT_EQ(report->sent, 1U);
  ASSERT_EQ(report->unsent.size(), 2U);
  for (const auto& one : report->unsent) EXPECT_TRUE(one.permanent) << one.reason;
  EXPECT_NE(report->unsent[0].reason.find("DICM"), std::string::npos);
  EXPECT_EQ(report->unsent[1].path, files[1]);
  EXPECT_NE(report->unsent[1].reason.find("CT Image Storage"), std::string::npos) << report->unsent[1].reason;
}

TEST(Transfer, WhoTakesOnlyImplicitLittleEndianGetsThat) {
  const auto binary = test::findProgram("storescp");
  if (!binary) GTEST_SKIP() << "the peer storescp is not installed here";
  const test::TempDir folder;
  const int port = test::freePort();
  test::Program peer({*binary, "+xi", "-od", folder.path().string(), std::to_string(port)}, folder.path());
  ASSERT_TRUE(peer.awaitPort(port)) << peer.output();
  const auto files = somePhantom(folder / "ct", 2, named("1.2.840.10008.1.2.1", "ISO_IR 100", "A^B"));
  sendAll(dimseNode(port, "ANY"), files);
  std::size_t came = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder.path())) {
    const auto meta = readFileHead(entry.path());
    if (!entry.is_regular_file() || !meta) continue;
    ++came;
    EXPECT_EQ(meta->transferSyntax, syntax::implicitLittle);
    const auto header = dicom::readHeader(entry.path());
    ASSERT_TRUE(header) << header.error().detail;
    EXPECT_EQ(header->instance.sopUid.value, meta->sopInstance);
    EXPECT_EQ(header->patient.name.reveal(), "A^B");
  }
  EXPECT_EQ(came, files.size());
}

TEST(Transfer, AStopEndsItBetweenTwoObjects) {
  NEEDS(peer, Orthanc::start());
  const test::TempDir folder;
  const auto files = somePhantom(folder.path(), 20, named("1.2.840.10008.1.2.1", "ISO_IR 100", "TEST^Chest"));
  for (const Node& node : {dimseNode(*peer), webNode(*peer)}) {
    std::stop_source stopSend;
    const auto sent = Peer::make(node)->send(files, stopSend.get_token(), [&](std::size_t done, std::size_t) {
      if (done == 5) stopSend.request_stop();
    });
    ASSERT_FALSE(sent);
    EXPECT_EQ(sent.error().code, ErrorCode::cancelled);

    sendAll(node, files);
    std::stop_source stopFetch;
    std::size_t received = 0;
    const auto count = [&](const ReceivedObject&) -> Result<> {
      if (++received == 5) stopFetch.request_stop();
      return {};
    };
    const FetchRequest request{.study = StudyUid{study}, .series = {}};
    const auto fetched = Peer::make(node)->fetch(request, count, stopFetch.get_token(), {});
    ASSERT_FALSE(fetched);
    EXPECT_EQ(fetched.error().code, ErrorCode::cancelled);
    EXPECT_LT(received, files.size());
    EXPECT_TRUE(Peer::make(node)->echo({}).ok()) << "the peer is well after it";
  }
}

TEST(Transfer, AnErrorOfTheSinkEndsTheFetchAndIsHandedOn) {
  NEEDS(peer, Orthanc::start());
  const test::TempDir folder;
  sendAll(dimseNode(*peer),
          somePhantom(folder.path(), 4, named("1.2.840.10008.1.2.1", "ISO_IR 100", "TEST^Chest")));
  for (const Node& node : {dimseNode(*peer), webNode(*peer)}) {
    const FetchRequest request{.study = StudyUid{study}, .series = {}};
    const auto full = [](const ReceivedObject&) -> Result<> { return fail(ErrorCode::disk_full, "no room"); };
    const auto fetched = Peer::make(node)->fetch(request, full, {}, {});
    ASSERT_FALSE(fetched);
    EXPECT_EQ(fetched.error().code, ErrorCode::disk_full);

    const auto tooLarge = Peer::make(node, {.objectBytes = 1000})->fetch(request, Shelf().sink(), {}, {});
    ASSERT_FALSE(tooLarge);
    EXPECT_EQ(tooLarge.error().code, ErrorCode::too_large);
  }
}

TEST(Transfer, APeerThatDiesIsAnErrorOfTheNetwork) {
  const test::TempDir folder;
  const auto files = somePhantom(folder.path(), 20, named("1.2.840.10008.1.2.1", "ISO_IR 100", "TEST^Chest"));
  for (const bool web : {false, true}) {
    NEEDS(peer, Orthanc::start());
    const Node node = web ? webNode(*peer) : dimseNode(*peer);
    sendAll(node, files);
    // It dies before it can have sent all: what is in the pipe may still come.
    const auto dies = [&](std::size_t done, std::size_t) {
      if (done == 1) peer->program->signal(SIGKILL);
    };
    const auto sent = Peer::make(node)->send(files, {}, dies);
    ASSERT_TRUE(sent) << sent.error().detail;
    EXPECT_EQ(sent->sent + sent->unsent.size(), files.size());
    ASSERT_GE(sent->unsent.size(), 1U);
    EXPECT_FALSE(sent->unsent.front().permanent);
    const auto gone = Peer::make(node)->send(files, {}, {});
    ASSERT_FALSE(gone);
    EXPECT_EQ(gone.error().code, ErrorCode::network);
  }
}

TEST(Transfer, ARealStudyOfHundredsOfImages) {
  const auto data = test::realData("ct-chest-248");
  if (!data) GTEST_SKIP() << "ct-chest-248 is not here";
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(*data)) {
    if (entry.is_regular_file() && readFileHead(entry.path())) files.push_back(entry.path());
  }
  ASSERT_GT(files.size(), 200U);
  const auto header = dicom::readHeader(files.front());
  ASSERT_TRUE(header);
  NEEDS(peer, Orthanc::start());
  sendAll(dimseNode(*peer), files);
  for (const Node& node : {dimseNode(*peer), webNode(*peer)}) {
    std::size_t known = 0;
    Shelf shelf;
    const FetchRequest request{.study = header->study.uid, .series = {}};
    const auto report = Peer::make(node)->fetch(request, shelf.sink(), {},
                                                [&](std::size_t, std::size_t total) { known = total; });
    ASSERT_TRUE(report) << report.error().detail;
    EXPECT_EQ(report->received, files.size());
    EXPECT_EQ(known, files.size());
    for (const auto& [uid, syntax] : shelf.syntaxes) ASSERT_EQ(syntax, jpegLossless);
  }
}

}  // namespace
}  // namespace attest::network
