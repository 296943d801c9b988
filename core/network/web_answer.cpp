#include "core/network/web_answer.h"

#include "core/network/command.h"

namespace attest::network {
namespace {

/// Scheme, host and path; never what stands in a query.
std::string withoutQuery(const std::string& url) {
  return url.substr(0, url.find_first_of("?#"));
}

std::string hostOf(const std::string& url) {
  const std::size_t scheme = url.find("://");
  const std::size_t begin = scheme == std::string::npos ? 0 : scheme + 3;
  return url.substr(begin, url.find_first_of(":/", begin) - begin);
}

}  // namespace

Outcome<std::string> rootOf(const Node& node) {
  std::string root = node.url;
  while (root.ends_with('/')) root.pop_back();
  if (!root.starts_with("http://") && !root.starts_with("https://")) {
    return trouble(Problem::bad_node, "the URL must begin with https:// or http://");
  }
  if (root.find_first_of("?# ") != std::string::npos || root.find('@') < root.find('/', 8)) {
    return trouble(Problem::bad_node,
                   "the URL is more than scheme, host and path; user and password have fields of their own");
  }
  return root;
}

bool goesUnencrypted(const Node& node) {
  const std::string host = hostOf(node.url);
  const bool isHere =
      host == "localhost" || node.url.starts_with("http://[::1]") ||
      (host.starts_with("127.") && host.find_first_not_of("0123456789.") == std::string::npos);
  return !node.url.starts_with("https://") && !isHere;
}

Outcome<> checkStatus(const HttpResponse& response, const Node& node) {
  const std::string code = " (HTTP " + std::to_string(response.status) + ")";
  switch (response.status) {
    case 200:
    case 202:
    case 204:
      return {};
    case 401:
      return trouble(Problem::password_needed,
                     (node.user.empty() ? "the server wants a user and a password"
                                        : "the server does not accept this user and password") +
                         code);
    case 403:
      return trouble(Problem::forbidden, "the server does not let us do this" + code);
    case 404:
      return trouble(Problem::not_dicomweb, "there is nothing under this URL" + code);
    case 406:
    case 415:
      return trouble(Problem::not_supported, "the server does not offer this form of DICOM" + code);
    case 413:
      return trouble(Problem::service_failed, "the server does not take so much at once" + code);
    default:
      break;
  }
  if (response.status >= 300 && response.status < 400) {
    return trouble(Problem::moved, "the server sends us elsewhere, to " + withoutQuery(response.location) +
                                       ": where that is right, enter it" + code);
  }
  return trouble(Problem::http_status, "the server answers with an error" + code);
}

std::string refusal(int reason) {
  return reason == 0 ? "the server did not store it, without a reason"
                     : meaning(static_cast<std::uint16_t>(reason));
}

}  // namespace attest::network
