#include <functional>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>

#include "app/command.h"
#include "app/node_text.h"
#include "core/network/peer.h"
#include "core/workflow/nodes.h"
#include "core/workflow/receive.h"
#include "core/workflow/send.h"
#include "core/workflow/upkeep.h"

namespace attest::app {

Command make_pacs();

namespace {

constexpr int exitSomeFailed = 3;

void tellProgress(std::size_t done, std::size_t total) {
  constexpr std::size_t step = 100;
  if (done % step == 0 || done == total) std::cerr << done << " of " << total << " objects\n";
}

template <class T>
nlohmann::json orNull(const std::optional<T>& value) {
  return value ? nlohmann::json(*value) : nlohmann::json(nullptr);
}

nlohmann::json toJson(const network::RemoteStudy& one) {
  return {{"study_uid", one.study.uid.value},
          {"patient_id", one.patient.id.reveal()},
          {"patient_name", one.patient.name.reveal()},
          {"birth_date", one.patient.birthDate.reveal()},
          {"sex", one.patient.sex},
          {"study_date", one.study.date},
          {"study_time", one.study.time},
          {"description", one.study.description},
          {"accession", one.study.accession.reveal()},
          {"modalities", one.modalities},
          {"series", orNull(one.series)},
          {"instances", orNull(one.instances)}};
}

nlohmann::json toJson(const network::RemoteSeries& one) {
  return {{"series_uid", one.info.uid.value},
          {"modality", one.info.modality},
          {"description", one.info.description},
          {"number", one.info.number},
          {"instances", orNull(one.instances)}};
}

std::string lineOf(const network::RemoteStudy& one) {
  std::string line =
      one.study.date + "  " + one.patient.name.reveal() + "  " + one.patient.id.reveal() + "  ";
  for (const auto& modality : one.modalities) line += modality + " ";
  return line + " " + one.study.description + "  " + one.study.uid.value + "\n";
}

/// KEY=VALUE words as a query; bad_argument for another key.
Result<network::StudyQuery> queryOf(Invocation& call) {
  network::StudyQuery query;
  const std::map<std::string, std::function<void(std::string)>> keys = {
      {"id", [&](std::string v) { query.patientId = Phi(std::move(v)); }},
      {"name", [&](std::string v) { query.patientName = Phi(std::move(v)); }},
      {"accession", [&](std::string v) { query.accession = Phi(std::move(v)); }},
      {"date", [&](std::string v) { query.dateFrom = query.dateTo = std::move(v); }},
      {"from", [&](std::string v) { query.dateFrom = std::move(v); }},
      {"to", [&](std::string v) { query.dateTo = std::move(v); }},
      {"modality", [&](std::string v) { query.modality = std::move(v); }},
      {"study", [&](std::string v) { query.uid = StudyUid{std::move(v)}; }}};
  for (std::size_t i = 2; i < call.arguments.size(); ++i) {
    const std::string& word = call.arguments[i];
    const std::size_t equals = word.find('=');
    const auto key = keys.find(word.substr(0, equals));
    if (equals == std::string::npos || key == keys.end()) {
      return call.misuse("KEY=VALUE with id, name, accession, date, from, to, modality or study, not " +
                         word);
    }
    key->second(word.substr(equals + 1));
  }
  return query;
}

Result<int> find(Invocation& call, const Node& node) {
  ATTEST_TRY(const auto query, queryOf(call));
  ATTEST_CHECK(call.noteRead("find", node.name));
  const auto peer = network::Peer::make(node);
  ATTEST_TRY(const auto list, peer->findStudies(query, call.stop));
  nlohmann::json studies = nlohmann::json::array();
  std::string text;
  for (const auto& one : list.studies) {
    studies.push_back(toJson(one));
    text += lineOf(one);
  }
  if (!query.uid.empty() && !list.studies.empty()) {
    ATTEST_TRY(const auto all, peer->findSeries(query.uid, call.stop));
    nlohmann::json series = nlohmann::json::array();
    for (const auto& one : all) series.push_back(toJson(one));
    studies.front()["series_list"] = std::move(series);
  }
  call.answer({{"studies", studies}, {"more", list.more}},
              text + std::to_string(list.studies.size()) + " studies" + (list.more ? " and more" : ""));
  return 0;
}

Result<int> get(Invocation& call, const Node& node) {
  ATTEST_CHECK(call.noteRead("get", call.arguments[2]));
  ATTEST_TRY(auto* const services, call.services());
  ATTEST_TRY(const auto setup, workflow::listenerSetup(*services));
  network::FetchRequest request{.study = StudyUid{call.arguments[2]}, .series = {}, .listenPort = setup.port};
  if (setup.everywhere) request.listenAddress = "0.0.0.0";
  ATTEST_TRY(const auto study, workflow::fetchStudy(*services, node, request, call.stop, tellProgress));
  nlohmann::json cases = nlohmann::json::array();
  std::string text;
  for (const auto& id : study.imported.cases) {
    cases.push_back(id.value);
    text += id.value + "\n";
  }
  call.answer({{"received", study.fetched.received},
               {"elsewhere", study.fetched.elsewhere},
               {"failed", study.fetched.failed},
               {"reason", study.fetched.reason},
               {"not_images", study.notImages},
               {"cases", cases},
               {"added", study.imported.added},
               {"duplicates", study.imported.duplicates}},
              text + std::to_string(study.fetched.received) + " objects came, " +
                  std::to_string(study.imported.added) + " images added");
  return study.fetched.failed == 0 && study.imported.skipped.empty() ? 0 : exitSomeFailed;
}

Result<int> send(Invocation& call, const Node& node) {
  ATTEST_TRY(const auto reader, call.reader());
  ATTEST_TRY(auto* const services, call.services());
  ATTEST_TRY(const auto id, call.caseOf(call.arguments[2]));
  std::set<std::string> formats;
  std::istringstream words(call.option("--format").value_or("seg,sr,pdf"));
  for (std::string word; std::getline(words, word, ',');) formats.insert(word);
  ATTEST_TRY(const auto sent,
             workflow::sendCase(*services, id, node, formats, reader, call.stop, tellProgress));
  nlohmann::json objects = nlohmann::json::array();
  std::string text;
  std::size_t failed = sent.refused.size();
  for (const auto& one : sent.objects) {
    failed += one.reason.empty() ? 0 : 1;
    objects.push_back({{"format", one.format},
                       {"sop_instance_uid", one.sopInstanceUid},
                       {"sent", one.reason.empty()},
                       {"reason", one.reason}});
    text += one.format + "  " + (one.reason.empty() ? "sent" : one.reason) + "\n";
  }
  nlohmann::json refused = nlohmann::json::array();
  for (const auto& one : sent.refused) {
    refused.push_back({{"format", one.format}, {"reason", one.reason}});
    text += one.format + "  refused: " + one.reason + "\n";
  }
  call.answer({{"objects", objects}, {"refused", refused}}, text + "to " + node.name);
  return failed == 0 ? 0 : exitSomeFailed;
}

Result<int> run(Invocation& call) {
  const std::string& what = call.arguments[1];
  const std::size_t words = call.arguments.size();
  const bool known =
      (what == "echo" && words == 2) || what == "find" || ((what == "get" || what == "send") && words == 3);
  if (!known) return call.misuse("pacs NODE echo, find KEY=VALUE…, get UID, or send CASE");
  if (what == "echo") return answerEcho(call, call.arguments.front());
  ATTEST_TRY(auto* const services, call.services());
  ATTEST_TRY(const auto node, workflow::nodeOf(*services, call.arguments.front()));
  if (what == "find") return find(call, node);
  return what == "get" ? get(call, node) : send(call, node);
}

}  // namespace

Command make_pacs() {
  return {.name = "pacs",
          .usage = "NODE echo | find KEY=VALUE… | get UID | send CASE [--format seg,sr,pdf] --as READER",
          .summary =
              "asks another system: whether it answers, what studies it has, for one of them; sends it "
              "what is signed",
          .options = {"--as", "--format"},
          .flags = {},
          .leastArguments = 2,
          .mostArguments = anyNumber,
          .run = run};
}

}  // namespace attest::app
