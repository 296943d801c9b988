#include <algorithm>
#include <random>
#include <set>

#include "core/network/association.h"
#include "core/network/command.h"
#include "core/network/dicom_json.h"
#include "core/network/identifier.h"
#include "core/network/message.h"
#include "core/network/multipart.h"
#include "core/network/storage.h"
#include "core/network/web_answer.h"
#include "tests/core/network/nodes.h"

namespace attest::network {
namespace {

std::span<const std::byte> bytesOf(const std::string& text) {
  return std::as_bytes(std::span(text));
}

std::vector<std::string> parts(const std::string& body, std::size_t pieces, bool& complete) {
  std::vector<std::string> found;
  MultipartReader reader("B", 1000, [&](std::span<const std::byte> part) -> Outcome<> {
    found.emplace_back(reinterpret_cast<const char*>(part.data()), part.size());
    return {};
  });
  for (std::size_t at = 0; at < body.size(); at += pieces) {
    EXPECT_TRUE(reader.add(bytesOf(body).subspan(at, std::min(pieces, body.size() - at))));
  }
  complete = reader.isComplete();
  return found;
}

TEST(Multipart, PartsComeWholeHoweverTheBytesArrive) {
  const std::string body =
      "--B\r\nContent-Type: application/dicom\r\n\r\none\r\n--\r\n-B\r\n--B\r\n\r\ntwo\r\n--B\r\n"
      "Content-Length: 0\r\n\r\n\r\n--B--\r\nepilogue";
  for (const std::size_t pieces : {1U, 2U, 3U, 7U, 1000U}) {
    bool complete = false;
    EXPECT_EQ(parts(body, pieces, complete), (std::vector<std::string>{"one\r\n--\r\n-B", "two", ""}))
        << pieces;
    EXPECT_TRUE(complete);
  }
  bool complete = true;
  EXPECT_EQ(parts(body.substr(0, body.size() - 20), 5, complete).size(), 2U);
  EXPECT_FALSE(complete) << "a body that was cut off";
}

TEST(Multipart, ItsBoundaryIsReadFromTheContentType) {
  EXPECT_EQ(boundaryOf("multipart/related; type=\"application/dicom\"; boundary=\"a b\""), "a b");
  EXPECT_EQ(boundaryOf("Multipart/Related;boundary=x;type=y"), "x");
  EXPECT_FALSE(boundaryOf("application/json"));
  EXPECT_FALSE(boundaryOf("multipart/related; boundary="));
}

TEST(Wire, ACommandReadsBackAsItWasWritten) {
  Command command;
  command.verb = Verb::move;
  command.messageId = 7;
  command.hasData = true;
  command.sopClass = service::studyMove;
  command.moveDestination = "ATTEST";
  const auto back = decodeCommand(encode(command));
  ASSERT_TRUE(back);
  EXPECT_EQ(back->verb, Verb::move);
  EXPECT_EQ(back->messageId, 7);
  EXPECT_TRUE(back->hasData);
  EXPECT_EQ(back->sopClass, service::studyMove);
  EXPECT_EQ(back->moveDestination, "ATTEST");
}

TEST(Wire, WhateverComesIsRefusedOrReadButNeverHurts) {
  Associate associate{"CALLED", "CALLING", storageContexts({"CT"}, 3), {"1.2.3"}, ourMaxPdu, "X"};
  Command command;
  command.sopClass = service::studyFind;
  const Buffer identifier = studyIdentifier({}, syntax::explicitLittle);
  const std::vector<Buffer> good = {encode(PduType::associate_request, associate), encode(command),
                                    identifier, fileHead({"1.2", "1.3", syntax::explicitLittle, 0})};
  std::mt19937 random(4);
  for (int round = 0; round < 4000; ++round) {
    Buffer bytes = good[random() % good.size()];
    for (unsigned flips = random() % 8; flips > 0; --flips) {
      bytes[random() % bytes.size()] = static_cast<std::byte>(random());
    }
    bytes.resize(random() % 4 == 0 ? random() % bytes.size() : bytes.size());
    static_cast<void>(decodeAssociate(PduType::associate_request, bytes));
    static_cast<void>(decodeReject(bytes));
    static_cast<void>(decodeData(bytes));
    static_cast<void>(decodeCommand(bytes));
    static_cast<void>(readStudy(bytes, round % 2 == 0 ? syntax::explicitLittle : syntax::implicitLittle));
    static_cast<void>(readFileHead(bytes));
    PduReader reader;
    const auto space = reader.space();
    std::ranges::copy(bytes, space.begin());
    reader.arrived(bytes.size());
    const auto pdu = reader.next();
    EXPECT_TRUE(!pdu || !*pdu || (*pdu)->body.size() <= bytes.size());
  }
}

TEST(Wire, AMessageLargerThanItsLimitKeepsOnlyItsCommand) {
  MessageReader reader;
  reader.setLimit(100);
  Command command;
  command.verb = Verb::store;
  command.hasData = true;
  const Buffer head = encode(command);
  ASSERT_TRUE(reader.add({1, true, true, head}));
  const Buffer data(80);
  EXPECT_EQ(reader.add({1, false, false, data}), false);
  EXPECT_EQ(reader.add({1, false, true, data}), true);
  EXPECT_TRUE(reader.isTooLarge());
  EXPECT_TRUE(reader.data().empty());
  ASSERT_TRUE(reader.add({1, true, true, head}));
  EXPECT_EQ(reader.add({1, false, true, data}), true);
  EXPECT_FALSE(reader.isTooLarge());
  EXPECT_EQ(reader.data().size(), 80U);
}

TEST(Wire, StorageContextsPutTheStudysOwnClassesFirst) {
  const auto contexts = storageContexts({"MR", "SEG"}, 3);
  EXPECT_EQ(contexts.size(), 127U);
  EXPECT_EQ(contexts.front().abstractSyntax, "1.2.840.10008.5.1.4.1.1.4");
  std::set<int> ids;
  for (const auto& one : contexts) {
    EXPECT_EQ(one.id % 2, 1);
    ids.insert(one.id);
  }
  EXPECT_EQ(ids.size(), contexts.size());
  EXPECT_TRUE(std::ranges::any_of(contexts, [](const Context& one) {
    return one.abstractSyntax.ends_with(".4") && one.transferSyntaxes.front().ends_with("4.90");
  }));
}

TEST(DicomJson, AnswersOfOtherServersAreReadOrRefused) {
  const auto studies =
      studiesOf(R"([{"0020000D":{"vr":"UI","Value":["1.2"]},"00201208":{"vr":"IS","Value":["12"]},
    "00100010":{"vr":"PN","Value":[{"Ideographic":"\u5c71\u7530^\u592a\u90ce"}]},"00080061":{"vr":"CS","Value":["CT","SR"]},
    "00080050":{"vr":"SH"},"00080020":{"vr":"DA","Value":[null]}}])");
  ASSERT_TRUE(studies);
  EXPECT_EQ(studies->front().instances, 12);
  EXPECT_EQ(studies->front().patient.name.reveal(), "\u5c71\u7530^\u592a\u90ce");
  EXPECT_EQ(studies->front().modalities.size(), 2U);
  EXPECT_TRUE(studiesOf("")->empty());
  for (const char* bad : {"<html></html>", "{}", "[1]", "[\"a\"]", "[{", "null"}) {
    const auto refused = studiesOf(bad);
    ASSERT_FALSE(refused) << bad;
    EXPECT_EQ(refused.error().problem, Problem::not_dicomweb);
  }
  const auto stored =
      storeAnswerOf(R"({"00081199":{"vr":"SQ","Value":[{"00081155":{"vr":"UI","Value":["1.1"]}}]},
    "00081198":{"vr":"SQ","Value":[{"00081155":{"vr":"UI","Value":["1.2"]},"00081197":{"vr":"US","Value":[272]}}]}})");
  ASSERT_TRUE(stored);
  EXPECT_EQ(stored->stored, std::vector<std::string>{"1.1"});
  EXPECT_EQ(stored->refused.at("1.2"), 272);
}

TEST(WebAnswer, ARedirectIsNamedWithoutItsQueryAndNotFollowed) {
  HttpResponse response;
  response.status = 302;
  response.location = "https://elsewhere/dicom?PatientID=4711";
  const auto moved = checkStatus(response, {});
  ASSERT_FALSE(moved);
  EXPECT_EQ(moved.error().problem, Problem::moved);
  EXPECT_NE(moved.error().error.detail.find("https://elsewhere/dicom"), std::string::npos);
  EXPECT_EQ(moved.error().error.detail.find("4711"), std::string::npos);
}

TEST(WebAnswer, AnUnencryptedWayIsWarnedOf) {
  const auto warned = [](const std::string& url) {
    Node node;
    node.url = url;
    return goesUnencrypted(node);
  };
  EXPECT_TRUE(warned("http://pacs/dicom-web"));
  EXPECT_TRUE(warned("http://127.0.0.1.example.org:8042/dicom-web"));
  EXPECT_FALSE(warned("https://pacs/dicom-web"));
  EXPECT_FALSE(warned("http://127.0.0.1:8042/dicom-web"));
  EXPECT_FALSE(warned("http://localhost/dicom-web"));
}

}  // namespace
}  // namespace attest::network
