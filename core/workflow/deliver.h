#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>

#include "core/base/result.h"
#include "core/domain/case_record.h"
#include "core/workflow/services.h"

namespace attest::workflow {

/// A delivery as it is now, each time that it moves on: sending, delivered, due again, failed. On the thread
/// that delivers.
using DeliveryListener = std::function<void(const CaseId& id, const Delivery& delivery)>;

/// How long another worker waits for one that shows no life; a transfer that takes longer renews it.
inline constexpr std::chrono::seconds deliveryLease{600};

/// Sends what is due (with `id` of that case alone) and returns when nothing is due now. Each object has the
/// same SOP Instance UID at every try, so that what arrives twice is one. Delivered is what the peer
/// confirmed. What did not work comes again after a growing pause, 17 hours long in all; then, or where
/// trying again cannot help, it is failed and waits for a person. Other processes may do the same at the same
/// time: nothing is sent by two. What a killed process held is taken over at once. On a stop request what is
/// being sent is due again. Errors: database, not_found (the case); what a delivery met is no error, it
/// stands in its row.
Result<> deliverDue(Services& services, const std::optional<CaseId>& id, std::stop_token stop,
                    const DeliveryListener& listen = {}, std::chrono::seconds lease = deliveryLease);

/// Makes whatever of the case is not delivered, and not just being sent, due now, as if it had never been
/// tried. That it may leave was decided by the signature. Errors: not_found.
Result<> retryDeliveries(Services& services, const CaseId& id, const std::string& actor);

}  // namespace attest::workflow
