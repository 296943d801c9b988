#pragma once

#include <cstdint>
#include <memory>
#include <optional>

#include "core/base/clock.h"
#include "core/session/agents.h"
#include "core/session/comparison.h"
#include "core/session/exporting.h"
#include "core/session/nodes.h"
#include "core/session/notices.h"
#include "core/session/preferences.h"
#include "core/session/queue.h"
#include "core/session/reading.h"
#include "core/session/report.h"
#include "core/session/reveal.h"
#include "core/session/review.h"
#include "core/session/sign.h"
#include "core/session/sign_in.h"
#include "core/session/thumbnails.h"
#include "core/session/worklist.h"

namespace attest::session {

/// All that the window shows. Topics are immutable values: an equal pointer means that nothing in it changed.
/// None of the pointers is ever null.
struct State {
  std::shared_ptr<const SignIn> signIn = std::make_shared<SignIn>();
  std::shared_ptr<const Worklist> worklist = std::make_shared<Worklist>();
  std::shared_ptr<const Reading> reading = std::make_shared<Reading>();
  std::shared_ptr<const Review> review = std::make_shared<Review>();
  std::shared_ptr<const ReportDraft> report = std::make_shared<ReportDraft>();
  std::shared_ptr<const Agents> agents = std::make_shared<Agents>();
  std::shared_ptr<const Signing> signing = std::make_shared<Signing>();
  std::shared_ptr<const Exporting> exporting = std::make_shared<Exporting>();
  std::shared_ptr<const Queue> queue = std::make_shared<Queue>();
  std::shared_ptr<const Nodes> nodes = std::make_shared<Nodes>();
  std::shared_ptr<const Preferences> preferences = std::make_shared<Preferences>();
  std::shared_ptr<const Thumbnails> thumbnails = std::make_shared<Thumbnails>();
  std::shared_ptr<const Notices> notices = std::make_shared<Notices>();
  Ticket nextTicket = 1;
  std::optional<Time> movedAt;  ///< when the person was last seen to move
};

/// Which screen is on.
enum class Screen { sign_in, worklist, reading, nodes };
Screen screen(const State& state);

}  // namespace attest::session
