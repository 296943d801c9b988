#include "core/workflow/deliver.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <set>

#include "core/network/peer.h"
#include "core/workflow/parcel.h"
#include "core/workflow/users.h"
#include "core/workflow/worker.h"

namespace attest::workflow {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

/// After so many tries that failed the next one waits so long; behind the last, a person is needed.
constexpr std::array<std::chrono::minutes, 7> pauses{1min, 2min, 5min, 15min, 60min, 240min, 720min};

/// What became of one try.
enum class Outcome { delivered, again, person, stopped };
struct Attempt {
  Outcome outcome = Outcome::delivered;
  std::string error{};
};

/// Worth another try by itself: it is the network, a disk that is full or away, or another program.
bool passes(ErrorCode code) {
  switch (code) {
    case ErrorCode::network:
    case ErrorCode::refused:
    case ErrorCode::not_found:
    case ErrorCode::io:
    case ErrorCode::disk_full:
    case ErrorCode::busy:
    case ErrorCode::database:
      return true;
    default:
      return false;
  }
}

Attempt failed(const Error& error) {
  if (error.code == ErrorCode::cancelled) return {Outcome::stopped};
  const std::string words = error.detail.empty() ? name(error.code) : error.detail;
  return {passes(error.code) ? Outcome::again : Outcome::person, words};
}

const std::set<std::string> formats{"seg", "sr", "pdf"};

/// The objects of a format, of that version.
Result<std::vector<fs::path>> filesFor(const Parcel& parcel, const Delivery& delivery) {
  std::vector<fs::path> files;
  for (const Parcel::Object& object : parcel.objects()) {
    if (object.format != delivery.format) continue;
    if (object.version != delivery.version)
      return fail(ErrorCode::stale, "version " + std::to_string(object.version) + " took its place");
    files.push_back(object.path);
  }
  if (!files.empty()) return files;
  const auto why = std::ranges::find(parcel.refused(), delivery.format, &RefusedFormat::format);
  if (why == parcel.refused().end()) return fail(ErrorCode::unsupported, "there is nothing of this format");
  return fail(why->code, why->reason);
}

Attempt send(const Node& node, const std::vector<fs::path>& files, std::stop_token stop) {
  const auto sent = network::Peer::make(node)->send(files, stop, {});
  if (!sent) return failed(sent.error());
  if (sent->unsent.empty() && sent->sent == files.size()) return {};
  if (stop.stop_requested()) return {Outcome::stopped};
  if (sent->unsent.empty()) return {Outcome::again, "the peer did not confirm everything"};
  const auto worst = std::ranges::find(sent->unsent, true, &network::Unsent::permanent);
  const auto& one = worst == sent->unsent.end() ? sent->unsent.front() : *worst;
  return {one.permanent ? Outcome::person : Outcome::again, one.reason};
}

/// The row as the attempt leaves it.
Delivery after(Delivery delivery, const Attempt& attempt, Time now) {
  delivery.worker.clear();
  delivery.leaseUntil = {};
  delivery.error = attempt.error;
  delivery.notBefore = now;
  const auto tries = static_cast<std::size_t>(std::max(delivery.attempts, 1));
  if (attempt.outcome == Outcome::delivered) {
    delivery.state = "delivered";
  } else if (attempt.outcome == Outcome::stopped) {
    delivery.state = "due";
    --delivery.attempts;
  } else if (attempt.outcome == Outcome::person || tries > pauses.size()) {
    delivery.state = "failed";
  } else {
    delivery.state = "due";
    delivery.notBefore = now + pauses[tries - 1];
  }
  return delivery;
}

std::string what(const Delivery& delivery) {
  return "version " + std::to_string(delivery.version) + " " + delivery.format + " to " +
         delivery.destination;
}

/// Renews the lease of a delivery for as long as it lives: a transfer ends by itself where its peer stands
/// still.
class Hold {
 public:
  Hold(Services& services, const casedb::ClaimedDelivery& claimed, std::chrono::seconds lease)
      : job_(services.pool().repeat(
            jobs::Lane::database, std::chrono::milliseconds(lease) / 3,
            [&services, claimed, lease](std::stop_token over) {
              Delivery held = claimed.delivery;
              const AuditEvent event{"system", "delivery.lease", claimed.caseId.value, what(held)};
              // Where it fails the lease lasts for another look, or it is another worker's by now.
              static_cast<void>(services.db().write(event, [&](casedb::WriteTx& tx, AuditEvent&) -> Result<> {
                if (over.stop_requested()) return fail(ErrorCode::cancelled);
                held.leaseUntil = tx.now() + lease;
                return tx.setDelivery(held, claimed.delivery.worker);
              }));
            })) {}
  ~Hold() { job_.cancel(); }
  Hold(const Hold&) = delete;
  Hold& operator=(const Hold&) = delete;

 private:
  jobs::Job job_;
};

/// One worker that delivers.
class Courier {
 public:
  Courier(Services& services, std::stop_token stop, const DeliveryListener& listen,
          std::chrono::seconds lease)
      : services_(services), stop_(std::move(stop)), listen_(listen), lease_(lease) {}

  Result<> work(const std::optional<CaseId>& id) {
    while (!stop_.stop_requested()) {
      ATTEST_TRY(const auto claimed, services_.db().claimDelivery(worker_, lease_, id));
      if (!claimed) return {};
      tell(claimed->caseId, claimed->delivery);
      ATTEST_CHECK(finish(*claimed, attempt(*claimed)));
    }
    return {};
  }

 private:
  Attempt attempt(const casedb::ClaimedDelivery& claimed) {
    const auto node = services_.db().node(claimed.delivery.destination);
    if (!node) return failed(node.error());
    if (!*node) return {Outcome::person, "there is no node of this name any more"};
    const Hold hold(services_, claimed, lease_);
    if (packed_ != claimed.caseId) {
      parcel_ = Parcel::pack(services_, claimed.caseId, formats);
      packed_ = claimed.caseId;
    }
    if (!parcel_) return failed(parcel_.error());
    const auto files = filesFor(**parcel_, claimed.delivery);
    return files ? send(**node, *files, stop_) : failed(files.error());
  }

  Result<> finish(const casedb::ClaimedDelivery& claimed, const Attempt& attempt) {
    const Delivery ended = after(claimed.delivery, attempt, services_.clock().now());
    const AuditEvent event{"system", "delivery." + ended.state, claimed.caseId.value,
                           what(ended) + (ended.error.empty() ? "" : ": " + ended.error)};
    const auto written = services_.db().write(
        event, [&](casedb::WriteTx& tx, AuditEvent&) { return tx.setDelivery(ended, worker_); });
    // Another worker has it by now: the peer gets the same object twice, which is one.
    if (!written && written.error().code != ErrorCode::stale) return written;
    if (written) tell(claimed.caseId, ended);
    return {};
  }

  void tell(const CaseId& id, const Delivery& delivery) const {
    if (listen_) listen_(id, delivery);
  }

  Services& services_;
  std::stop_token stop_;
  const DeliveryListener& listen_;
  std::chrono::seconds lease_;
  std::string worker_ = workerName();
  CaseId packed_;  ///< what is due for one case mostly comes together
  Result<std::unique_ptr<Parcel>> parcel_;
};

/// Gives back at once what killed processes of this machine held.
Result<> releaseDead(Services& services) {
  ATTEST_TRY(const auto held, services.db().heldDeliveries());
  for (const auto& [id, delivery] : held) {
    if (!isDead(delivery.worker)) continue;
    const std::string holder = delivery.worker;
    Delivery free = delivery;
    free.state = "due";
    free.worker.clear();
    free.leaseUntil = {};
    const AuditEvent event{"system", "delivery.due", id.value, what(free) + ": its worker is gone"};
    const auto written = services.db().write(
        event, [&](casedb::WriteTx& tx, AuditEvent&) { return tx.setDelivery(free, holder); });
    if (!written && written.error().code != ErrorCode::stale) return written;
  }
  return {};
}

}  // namespace

Result<> deliverDue(Services& services, const std::optional<CaseId>& id, std::stop_token stop,
                    const DeliveryListener& listen, std::chrono::seconds lease) {
  ATTEST_TRY(const auto next, services.db().nextDelivery());
  if (!next) return {};
  ATTEST_CHECK(releaseDead(services));
  sweepParcels(services);
  return Courier(services, std::move(stop), listen, lease).work(id);
}

Result<> retryDeliveries(Services& services, const CaseId& id, const std::string& actor) {
  const AuditEvent event{actor, "delivery.retry", id.value, ""};
  return services.db().write(event, [&](casedb::WriteTx& tx, AuditEvent&) -> Result<> {
    ATTEST_TRY(const auto record, tx.record(id));
    for (Delivery delivery : record.deliveries) {
      if (delivery.state != "failed" && delivery.state != "due") continue;
      delivery.state = "due";
      delivery.attempts = 0;
      delivery.notBefore = tx.now();
      ATTEST_CHECK(tx.setDelivery(delivery));
    }
    return {};
  });
}

}  // namespace attest::workflow
