#include "core/network/web_peer.h"

#include <algorithm>

#include "core/base/ids.h"
#include "core/network/dicom_json.h"
#include "core/network/identifier.h"
#include "core/network/multipart.h"
#include "core/network/web_answer.h"

namespace attest::network {
namespace {

const std::string acceptJson = "Accept: application/dicom+json";

/// One of the query's parameters, where it restricts.
void add(std::string& path, const char* name, const std::string& value) {
  if (!value.empty()) path += std::string("&") + name + "=" + urlEncoded(value);
}

std::string pathOf(const FetchRequest& request) {
  std::string path = "/studies/" + request.study.value;
  if (request.series) path += "/series/" + request.series->value;
  return path;
}

/// A file between the two ends of a multipart body with that one part.
Payload wrapped(const std::string& boundary, const Payload& file) {
  std::string front = "--" + boundary + "\r\nContent-Type: application/dicom\r\n\r\n";
  std::string back = "\r\n--" + boundary + "--\r\n";
  const auto take = [](std::string& text, std::span<std::byte>& to) {
    const std::size_t count = std::min(text.size(), to.size());
    std::ranges::copy(std::as_bytes(std::span(text).first(count)), to.begin());
    text.erase(0, count);
    to = to.subspan(count);
  };
  auto read = [front, back, left = file.size, file, take](std::span<std::byte> to) mutable -> Result<> {
    take(front, to);
    const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(left, to.size()));
    if (count > 0) ATTEST_CHECK(file.read(to.first(count)));
    left -= count;
    to = to.subspan(count);
    take(back, to);
    return {};
  };
  return {front.size() + file.size + back.size(), std::move(read)};
}

}  // namespace

Outcome<std::string> WebPeer::url(const std::string& path) const {
  ATTEST_TRY(std::string root, rootOf(node_));
  return root + path;
}

Outcome<HttpResponse> WebPeer::query(const std::string& path, const std::stop_token& stop) {
  ATTEST_TRY(std::string address, url(path));
  ATTEST_TRY(auto response, http_.call({std::move(address), {acceptJson}, {}}, stop));
  ATTEST_CHECK(checkStatus(response, node_));
  return response;
}

Outcome<EchoReport> WebPeer::tryEcho(const std::stop_token& stop) {
  const auto response = query("/studies?limit=1", stop);
  if (!response && response.error().problem == Problem::http_status) {
    // Every DICOMweb server understands this query: what calls it wrong is none.
    return trouble(Problem::not_dicomweb,
                   "this URL is not the root of a DICOMweb service: " + response.error().error.detail);
  }
  if (!response) return fail(response.error());
  ATTEST_CHECK(studiesOf(response->body));
  EchoReport report;
  report.latency = response->latency;
  report.unencrypted = goesUnencrypted(node_);
  return report;
}

EchoReport WebPeer::echo(std::stop_token stop) {
  auto report = tryEcho(stop);
  if (report) return *std::move(report);
  EchoReport failed;
  failed.problem = report.error().problem;
  failed.detail = report.error().error.detail;
  return failed;
}

Result<StudyList> WebPeer::findStudies(const StudyQuery& what, std::stop_token stop) {
  std::string path = "/studies?includefield=00081030&limit=" + std::to_string(limits_.matches + 1);
  add(path, "PatientID", what.patientId.reveal());
  add(path, "PatientName", what.patientName.reveal());
  add(path, "AccessionNumber", what.accession.reveal());
  add(path, "StudyDate", dateRange(what));
  add(path, "ModalitiesInStudy", what.modality);
  add(path, "StudyInstanceUID", what.uid.value);
  const auto studies = query(path, stop).and_then([](const HttpResponse& r) { return studiesOf(r.body); });
  if (!studies) return fail(toError(studies.error()));
  StudyList list{*studies, studies->size() > limits_.matches};
  if (list.more) list.studies.resize(limits_.matches);
  return list;
}

Result<std::vector<RemoteSeries>> WebPeer::findSeries(const StudyUid& study, std::stop_token stop) {
  if (!isUid(study.value)) return fail(ErrorCode::bad_argument, "this is no study UID");
  const auto series =
      query("/studies/" + study.value + "/series?includefield=0008103E&includefield=00201209", stop)
          .and_then([](const HttpResponse& r) { return seriesOf(r.body); });
  if (!series) return fail(toError(series.error()));
  return *series;
}

Outcome<std::size_t> WebPeer::expected(const FetchRequest& request, const std::stop_token& stop) {
  ATTEST_TRY(const auto response,
             query("/studies/" + request.study.value + "/series?includefield=00201209", stop));
  ATTEST_TRY(const auto all, seriesOf(response.body));
  std::size_t total = 0;
  for (const auto& one : all) {
    if (!request.series || *request.series == one.info.uid) {
      total += static_cast<std::size_t>(one.instances.value_or(0));
    }
  }
  return total;
}

Result<FetchReport> WebPeer::fetch(const FetchRequest& request, const Sink& sink, std::stop_token stop,
                                   const Progress& progress) {
  auto report = tryFetch(request, sink, stop, progress);
  if (!report) return fail(toError(std::move(report).error()));
  return *report;
}

Outcome<FetchReport> WebPeer::tryFetch(const FetchRequest& request, const Sink& sink,
                                       const std::stop_token& stop, const Progress& progress) {
  if (!isUid(request.study.value) || (request.series && !isUid(request.series->value))) {
    return trouble(Problem::bad_node, "this is no UID");
  }
  ATTEST_TRY(const std::size_t total, expected(request, stop));
  ATTEST_TRY(const std::string address, url(pathOf(request)));
  FetchReport report;
  const auto onPart = [&](std::span<const std::byte> file) -> Outcome<> {
    if (stop.stop_requested()) return trouble(Problem::cancelled, "stopped");
    if (report.received == limits_.objects) {
      return trouble(Problem::too_large, "the study has more objects than the limits allow");
    }
    const auto meta = readFileHead(file);
    if (!meta) return trouble(Problem::protocol, "the server sent a part that is no DICOM file");
    Buffer whole = fileHead(*meta);  // in place of the server's own head
    const auto dataSet = file.subspan(static_cast<std::size_t>(meta->dataAt));
    whole.insert(whole.end(), dataSet.begin(), dataSet.end());
    const auto kept =
        sink({SopUid{meta->sopInstance}, meta->sopClass, meta->transferSyntax, node_.url, whole});
    if (!kept) return trouble(kept.error());
    ++report.received;
    if (progress) progress(report.received, std::max(total, report.received));
    return {};
  };
  std::optional<MultipartReader> parts;
  const BodySink onBody = [&](const HttpResponse& head, std::span<const std::byte> bytes) -> Outcome<> {
    if (!parts) {
      const auto boundary = boundaryOf(head.contentType);
      if (!boundary) return trouble(Problem::protocol, "the server does not send the study as DICOM files");
      parts.emplace(*boundary, limits_.objectBytes, onPart);
    }
    return parts->add(bytes);
  };
  const HttpRequest get{
      address, {"Accept: multipart/related; type=\"application/dicom\"; transfer-syntax=*"}, {}};
  ATTEST_TRY(const auto response, http_.call(get, stop, onBody));
  if (response.status == 404)
    return trouble(Problem::service_failed, "the server has no such study (HTTP 404)");
  ATTEST_CHECK(checkStatus(response, node_));
  if (!parts || !parts->isComplete()) {
    return trouble(Problem::closed, "the server ended the study in the middle");
  }
  report.failed = total > report.received ? total - report.received : 0;
  if (report.failed > 0) report.reason = "the server lists more objects than it sent";
  return report;
}

Outcome<> WebPeer::storeOne(const Outgoing& file, SendReport& report, const std::stop_token& stop) {
  const auto refuse = [&](std::string reason, bool permanent) {
    report.unsent.push_back({file.path, SopUid{file.meta.sopInstance}, std::move(reason), permanent});
    return Outcome<>{};
  };
  const auto bytes = file.open(0);
  if (!bytes) return refuse(bytes.error().detail, false);
  ATTEST_TRY(const std::string address, url("/studies"));
  const std::string boundary = "attest-" + newUuid();
  const HttpRequest post{
      address,
      {acceptJson, "Content-Type: multipart/related; type=\"application/dicom\"; boundary=" + boundary},
      wrapped(boundary, *bytes)};
  ATTEST_TRY(const auto response, http_.call(post, stop));
  // 409: nothing was stored, and the body says why.
  if (response.status != 409) ATTEST_CHECK(checkStatus(response, node_));
  const auto answer = storeAnswerOf(response.body);
  if (answer && answer->refused.contains(file.meta.sopInstance)) {
    return refuse(refusal(answer->refused.at(file.meta.sopInstance)), true);
  }
  const bool named =
      answer && std::ranges::find(answer->stored, file.meta.sopInstance) != answer->stored.end();
  if (!named && response.status != 200)
    return refuse("the server does not confirm that it stored this", false);
  ++report.sent;
  return {};
}

Result<SendReport> WebPeer::send(const std::vector<std::filesystem::path>& paths, std::stop_token stop,
                                 const Progress& progress) {
  SendReport report;
  const auto files = readOutgoing(paths, report);
  for (std::size_t done = 0; done < files.size(); ++done) {
    if (const auto ok = storeOne(files[done], report, stop); !ok) {
      if (done == 0 || ok.error().problem == Problem::cancelled) return fail(toError(ok.error()));
      giveUp(files, done, ok.error().error, report);
      break;
    }
    if (progress) progress(done + 1, files.size());
  }
  return report;
}

}  // namespace attest::network
