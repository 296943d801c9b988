#include "core/network/http.h"

#include <curl/curl.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cerrno>
#include <cstdlib>
#include <mutex>

#include "core/network/socket.h"

namespace attest::network {
namespace {

constexpr std::size_t longestBody = std::size_t{64} << 20;
constexpr long readBuffer = 512 * 1024;

template <auto free>
struct Freed {
  template <class T>
  void operator()(T* handle) const {
    free(handle);
  }
};

/// What goes to this machine itself never takes the way over a proxy.
std::string withoutProxy() {
  std::string hosts = "localhost,127.0.0.1,::1";
  for (const char* name : {"no_proxy", "NO_PROXY"}) {
    if (const char* more = std::getenv(name)) hosts += std::string(",") + more;
  }
  return hosts;
}

Problem problemOf(CURLcode code, long osError) {
  switch (code) {
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY:
      return Problem::name_not_resolved;
    case CURLE_COULDNT_CONNECT:
      return osError == ECONNREFUSED ? Problem::connection_refused : Problem::unreachable;
    case CURLE_OPERATION_TIMEDOUT:
      return Problem::timeout;
    case CURLE_URL_MALFORMAT:
      return Problem::bad_node;
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_WEIRD_SERVER_REPLY:
      return Problem::not_dicomweb;
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CIPHER:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_INVALIDCERTSTATUS:
      return Problem::tls;
    default:
      return Problem::closed;
  }
}

const char* wordsOf(Problem problem) {
  switch (problem) {
    case Problem::name_not_resolved:
      return "the name in the URL has no address";
    case Problem::connection_refused:
      return "nothing listens at the URL's host and port";
    case Problem::timeout:
      return "the server does not answer in time";
    case Problem::bad_node:
      return "the URL is not well formed";
    case Problem::not_dicomweb:
      return "what answers there does not speak HTTP";
    case Problem::tls:
      return "no trusted connection";
    case Problem::unreachable:
      return "the server cannot be reached";
    default:
      return "the server ended the connection";
  }
}

}  // namespace

struct Http::State {
  std::unique_ptr<CURL, Freed<curl_easy_cleanup>> easy{curl_easy_init()};
  std::unique_ptr<CURLM, Freed<curl_multi_cleanup>> multi{curl_multi_init()};
  std::array<char, CURL_ERROR_SIZE> words{};
};

/// One request on its way.
struct Http::Transfer {
  CURL* easy = nullptr;
  const BodySink* sink = nullptr;
  std::optional<Payload> body;
  std::uint64_t bodyLeft = 0;
  std::unique_ptr<curl_slist, Freed<curl_slist_free_all>> headers;
  HttpResponse response;
  std::optional<Fault> ours;  ///< why we ended it

  std::size_t end(Fault fault) {
    ours = std::move(fault);
    return CURL_WRITEFUNC_ERROR;
  }

  static std::size_t onHeader(const char* data, std::size_t one, std::size_t count, void* self) {
    auto& transfer = *static_cast<Transfer*>(self);
    const std::string line(data, one * count);
    const std::size_t colon = line.find(':');
    if (colon == std::string::npos) return one * count;
    std::string name = line.substr(0, colon);
    std::ranges::transform(name, name.begin(),
                           [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    const std::size_t begin = line.find_first_not_of(' ', colon + 1);
    const std::size_t end = line.find_last_not_of("\r\n ");
    std::string value = begin < line.size() && end >= begin ? line.substr(begin, end - begin + 1) : "";
    if (name == "content-type") transfer.response.contentType = std::move(value);
    if (name == "location") transfer.response.location = std::move(value);
    return one * count;
  }

  static std::size_t onBody(const char* data, std::size_t one, std::size_t count, void* self) {
    auto& transfer = *static_cast<Transfer*>(self);
    const std::size_t size = one * count;
    curl_easy_getinfo(transfer.easy, CURLINFO_RESPONSE_CODE, &transfer.response.status);
    if (*transfer.sink && transfer.response.status == 200) {
      const auto taken = (*transfer.sink)(transfer.response, std::as_bytes(std::span(data, size)));
      return taken ? size : transfer.end(taken.error());
    }
    if (transfer.response.body.size() + size > longestBody) {
      return transfer.end(trouble(Problem::too_large, "the server sent more than the limits allow").value());
    }
    transfer.response.body.append(data, size);
    return size;
  }

  static std::size_t onSend(char* to, std::size_t one, std::size_t count, void* self) {
    auto& transfer = *static_cast<Transfer*>(self);
    const auto size = static_cast<std::size_t>(std::min<std::uint64_t>(one * count, transfer.bodyLeft));
    if (const auto read = transfer.body->read(std::as_writable_bytes(std::span(to, size))); !read) {
      transfer.end(trouble(read.error()).value());
      return CURL_READFUNC_ABORT;
    }
    transfer.bodyLeft -= size;
    return size;
  }
};

Http::Http(const Node& node, const Limits& limits) : limits_(limits) {
  static std::once_flag once;
  std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
  state_ = std::make_unique<State>();
  CURL* const easy = state_->easy.get();
  curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 1L);
  curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 2L);
  curl_easy_setopt(easy, CURLOPT_USERAGENT, ourImplementationName);
  curl_easy_setopt(easy, CURLOPT_BUFFERSIZE, readBuffer);
  curl_easy_setopt(easy, CURLOPT_NOPROXY, withoutProxy().c_str());
  curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, state_->words.data());
  curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(limits.connect.count()));
  if (!node.user.empty()) {
    curl_easy_setopt(easy, CURLOPT_HTTPAUTH, CURLAUTH_BASIC);
    curl_easy_setopt(easy, CURLOPT_USERNAME, node.user.c_str());
    curl_easy_setopt(easy, CURLOPT_PASSWORD, node.password.reveal().c_str());
  }
}

Http::~Http() = default;

void Http::prepare(Transfer& transfer, const HttpRequest& request) {
  CURL* const easy = transfer.easy;
  curl_slist* list = curl_slist_append(nullptr, "Expect:");  // no waiting for a "100 Continue"
  for (const auto& header : request.headers) list = curl_slist_append(list, header.c_str());
  transfer.headers.reset(list);
  transfer.body = request.body;
  transfer.bodyLeft = request.body ? request.body->size : 0;
  curl_easy_setopt(easy, CURLOPT_URL, request.url.c_str());
  curl_easy_setopt(easy, CURLOPT_HTTPHEADER, list);
  curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, &Transfer::onHeader);
  curl_easy_setopt(easy, CURLOPT_HEADERDATA, &transfer);
  curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, &Transfer::onBody);
  curl_easy_setopt(easy, CURLOPT_WRITEDATA, &transfer);
  if (request.body) {
    curl_easy_setopt(easy, CURLOPT_POST, 1L);
    curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body->size));
    curl_easy_setopt(easy, CURLOPT_READFUNCTION, &Transfer::onSend);
    curl_easy_setopt(easy, CURLOPT_READDATA, &transfer);
  } else {
    curl_easy_setopt(easy, CURLOPT_HTTPGET, 1L);
  }
}

Outcome<HttpResponse> Http::finish(Transfer& transfer, int code) {
  CURL* const easy = transfer.easy;
  curl_multi_remove_handle(state_->multi.get(), easy);
  curl_off_t before = 0;
  curl_off_t first = 0;
  curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &transfer.response.status);
  curl_easy_getinfo(easy, CURLINFO_PRETRANSFER_TIME_T, &before);
  curl_easy_getinfo(easy, CURLINFO_STARTTRANSFER_TIME_T, &first);
  transfer.response.latency = std::chrono::microseconds(first - before);
  if (transfer.ours) return tl::unexpected(*transfer.ours);
  if (code == CURLE_OK) return std::move(transfer.response);
  long osError = 0;
  curl_easy_getinfo(easy, CURLINFO_OS_ERRNO, &osError);
  const Problem problem = problemOf(static_cast<CURLcode>(code), osError);
  const std::string why = problem == Problem::tls ? std::string(": ") + state_->words.data() : "";
  return trouble(problem, wordsOf(problem) + why);
}

Outcome<HttpResponse> Http::call(const HttpRequest& request, const std::stop_token& stop,
                                 const BodySink& sink) {
  Transfer transfer;
  transfer.easy = state_->easy.get();
  transfer.sink = &sink;
  prepare(transfer, request);
  CURLM* const multi = state_->multi.get();
  curl_multi_add_handle(multi, transfer.easy);
  using Clock = std::chrono::steady_clock;
  auto lastSign = Clock::now();
  for (curl_off_t moved = -1;;) {
    int running = 0;
    curl_multi_perform(multi, &running);
    int left = 0;
    if (const CURLMsg* message = curl_multi_info_read(multi, &left); message != nullptr && running == 0) {
      return finish(transfer, message->data.result);
    }
    curl_off_t down = 0;
    curl_off_t up = 0;
    curl_easy_getinfo(transfer.easy, CURLINFO_SIZE_DOWNLOAD_T, &down);
    curl_easy_getinfo(transfer.easy, CURLINFO_SIZE_UPLOAD_T, &up);
    if (std::exchange(moved, down + up) != down + up) lastSign = Clock::now();
    if (stop.stop_requested()) transfer.ours = trouble(Problem::cancelled, "stopped").value();
    if (transfer.ours) return finish(transfer, CURLE_ABORTED_BY_CALLBACK);
    if (Clock::now() - lastSign > limits_.silence) return finish(transfer, CURLE_OPERATION_TIMEDOUT);
    curl_multi_poll(multi, nullptr, 0, static_cast<int>(stopLook.count()), nullptr);
  }
}

std::string urlEncoded(const std::string& text) {
  constexpr std::string_view asTheyAre = "-._~*?";  // the wildcards too: Orthanc does not decode those
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte < 0x80 && std::isalnum(byte) != 0) || asTheyAre.find(c) != std::string_view::npos) {
      out += c;
    } else {
      out += {'%', digits[byte >> 4], digits[byte & 0xF]};
    }
  }
  return out;
}

}  // namespace attest::network
