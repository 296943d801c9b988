// Other systems: nodes, what is fetched from them, what is delivered to them, our listener.
#include "core/network/peer.h"
#include "core/workflow/effect_jobs.h"
#include "core/workflow/nodes.h"
#include "core/workflow/reading.h"
#include "core/workflow/receive.h"
#include "core/workflow/throttle.h"
#include "core/workflow/users.h"

namespace attest::workflow {

namespace action = session::action;

namespace {

void answerNodes(Services& services, const Post& post, const Result<>& done) {
  auto nodes = done ? services.db().nodes() : fail(done.error());
  if (!nodes) return post(session::NodesAction{action::NodesFailed{nodes.error()}});
  for (Node& node : *nodes) node.password = {};  // the session never sees it
  post(session::NodesAction{action::NodesLoaded{*std::move(nodes)}});
}

/// What a reader changes about the nodes, with all of them as they then are.
void changeNodes(EffectContext& context, const ReaderId& name,
                 std::function<Result<>(Services&, const Reader&)> change) {
  context.submit(
      [&services = context.services, post = context.post, name, change = std::move(change)](std::stop_token) {
        const auto reader = readerOf(services, name);
        answerNodes(services, post, reader ? change(services, *reader) : fail(reader.error()));
      });
}

session::FoundStudy foundStudy(const network::RemoteStudy& remote) {
  session::FoundStudy found{remote.patient, remote.study, {}, remote.instances.value_or(0)};
  for (const std::string& modality : remote.modalities) {
    found.modalities += (found.modalities.empty() ? "" : "/") + modality;
  }
  return found;
}

network::StudyQuery remoteQuery(const session::StudyQuery& query) {
  network::StudyQuery remote;
  remote.patientName = Phi<std::string>(query.patientName);
  remote.patientId = Phi<std::string>(query.patientId);
  remote.accession = Phi<std::string>(query.accession);
  remote.modality = query.modality;
  const std::size_t dash = query.dates.find('-');
  remote.dateFrom = query.dates.substr(0, dash);
  remote.dateTo = dash == std::string::npos ? query.dates : query.dates.substr(dash + 1);
  return remote;
}

/// The node, where this reader may see what it has.
Result<Node> nodeFor(Services& services, const std::string& name, const ReaderId& readerName) {
  ATTEST_TRY(const auto reader, readerOf(services, readerName));
  ATTEST_CHECK(require(reader, identity::Act::read));
  return nodeOf(services, name);
}

Result<std::vector<session::FoundStudy>> findStudies(Services& services,
                                                     const session::effect::FindStudies& effect,
                                                     std::stop_token stop) {
  ATTEST_TRY(const auto node, nodeFor(services, effect.node, effect.reader));
  ATTEST_CHECK(note(services, {effect.reader.value, "find", node.name, ""}));
  ATTEST_TRY(const auto list, network::Peer::make(node)->findStudies(remoteQuery(effect.query), stop));
  std::vector<session::FoundStudy> found;
  for (const auto& study : list.studies) found.push_back(foundStudy(study));
  return found;
}

session::Listener listenerOf(const ListenerSetup& setup) {
  return {.port = setup.port, .aeTitle = setup.aeTitle, .everywhere = setup.everywhere, .error = {}};
}

void postListener(Services& services, const Post& post, bool running, const std::optional<Error>& error) {
  const auto setup = listenerSetup(services);
  session::Listener listener = listenerOf(setup.value_or(ListenerSetup{}));
  listener.running = running;
  listener.error = setup ? error : setup.error();
  post(session::NodesAction{action::ListenerChanged{listener}});
}

UpkeepEvents upkeepEvents(Services& services, const Post& post) {
  UpkeepEvents events;
  events.listening = [&services, post](int port, const std::optional<Error>& error) {
    postListener(services, post, port != 0, error);
  };
  events.arrived = [&services, post](const ImportReport& report) {
    for (const CaseId& id : report.grown) postRecord(services, post, id);
    if (!report.grown.empty()) post(session::WorklistAction{action::WorklistChanged{}});
  };
  events.queued = [&services, post](const RunId& id, const CaseId& caseId) {
    if (const auto run = services.db().run(id)) {
      post(session::AgentsAction{action::RunQueued{caseId, *run}});
    }
  };
  events.delivery = [&services, post](const CaseId& id, const Delivery& delivery) {
    postRecord(services, post, id);
    if (delivery.state != "sending") post(session::WorklistAction{action::WorklistChanged{}});
  };
  return events;
}

}  // namespace

void perform(EffectContext& context, const session::effect::LoadNodes&) {
  context.submit([&services = context.services, post = context.post](std::stop_token) {
    answerNodes(services, post, {});
  });
}

void perform(EffectContext& context, const session::effect::PutNode& effect) {
  changeNodes(context, effect.reader, [effect](Services& services, const Reader& reader) {
    return putNode(services, effect.node, reader, effect.before);
  });
}

void perform(EffectContext& context, const session::effect::RemoveNode& effect) {
  changeNodes(context, effect.reader, [effect](Services& services, const Reader& reader) {
    return removeNode(services, effect.name, reader);
  });
}

void perform(EffectContext& context, const session::effect::TestNode& effect) {
  const std::stop_token stop = context.leaving.get_token();
  const auto test = [&services = context.services, post = context.post, effect, stop](std::stop_token) {
    action::NodeTested tested{effect.name, {}};
    const auto node = nodeOf(services, effect.name);
    if (!node) {
      tested.test.error = node.error();
    } else {
      const network::EchoReport echo = network::Peer::make(*node)->echo(stop);
      tested.test.problem = echo.problem;
      tested.test.unencrypted = echo.unencrypted;
      tested.test.seconds = std::chrono::duration<double>(echo.latency).count();
      if (!echo.ok()) tested.test.error = Error{ErrorCode::network, echo.detail};
    }
    post(session::NodesAction{std::move(tested)});
  };
  context.services.pool().submit(jobs::Lane::network, jobs::Urgency::visible, test);
}

void perform(EffectContext& context, const session::effect::FindStudies& effect) {
  context.finding.cancel();
  context.finding = context.services.pool().submit(
      jobs::Lane::network, jobs::Urgency::visible,
      [&services = context.services, post = context.post, effect](std::stop_token stop) {
        auto found = findStudies(services, effect, stop);
        if (!found) return post(session::NodesAction{action::FindFailed{effect.ticket, found.error()}});
        post(session::NodesAction{action::StudiesFound{effect.ticket, *std::move(found)}});
      });
}

/// An import whose files come from elsewhere.
void perform(EffectContext& context, const session::effect::FetchStudy& effect) {
  const std::stop_token stop = context.imports[effect.ticket].get_token();
  const auto work = [&services = context.services, post = context.post, effect, stop](std::stop_token) {
    const auto throttle = std::make_shared<Throttle>();
    const auto progress = [&](std::size_t done, std::size_t total) {
      if (!throttle->due()) return;
      post(session::WorklistAction{action::ImportProgressed{effect.ticket, static_cast<std::int64_t>(done),
                                                            static_cast<std::int64_t>(total)}});
      post(session::WorklistAction{action::WorklistChanged{}});
    };
    const auto fetch = [&]() -> Result<FetchedStudy> {
      ATTEST_TRY(const auto node, nodeFor(services, effect.node, effect.reader));
      ATTEST_TRY(const auto setup, listenerSetup(services));
      network::FetchRequest request{.study = effect.study, .series = {}, .listenPort = setup.port};
      if (setup.everywhere) request.listenAddress = "0.0.0.0";
      return fetchStudy(services, node, request, stop, progress);
    };
    const auto fetched = fetch();
    post(session::WorklistAction{action::WorklistChanged{}});
    if (!fetched) return post(session::WorklistAction{action::ImportFailed{effect.ticket, fetched.error()}});
    std::vector<session::SkippedPath> skipped;
    for (const auto& file : fetched->imported.skipped) skipped.push_back({file.path, file.reason});
    if (fetched->fetched.failed > 0) skipped.push_back({effect.node, fetched->fetched.reason});
    post(session::WorklistAction{
        action::ImportFinished{effect.ticket, fetched->imported.grown, std::move(skipped)}});
  };
  context.services.pool().submit(jobs::Lane::network, jobs::Urgency::next, work);
}

void perform(EffectContext& context, const session::effect::StartServices&) {
  if (context.upkeep) return;
  context.upkeep = std::make_shared<Upkeep>(context.services, context.agents,
                                            upkeepEvents(context.services, context.post));
  context.submit([&services = context.services, post = context.post,
                  upkeep = std::weak_ptr(context.upkeep)](std::stop_token) {
    const auto setup = listenerSetup(services);
    postListener(services, post, false, std::nullopt);
    if (const auto going = upkeep.lock(); going && setup && setup->port != 0) going->listen(*setup);
  });
}

void perform(EffectContext& context, const session::effect::SetListener& effect) {
  context.submit([&services = context.services, post = context.post, effect,
                  upkeep = std::weak_ptr(context.upkeep)](std::stop_token) {
    const ListenerSetup setup{effect.listener.port, effect.listener.aeTitle, effect.listener.everywhere};
    const auto store = [&]() -> Result<> {
      ATTEST_TRY(const auto reader, readerOf(services, effect.reader));
      return storeListenerSetup(services, setup, reader);
    };
    if (const auto stored = store(); !stored) {
      return post(session::NodesAction{action::NodesFailed{stored.error()}});
    }
    postListener(services, post, false, std::nullopt);
    if (const auto going = upkeep.lock()) going->listen(setup);
  });
}

void perform(EffectContext& context, const session::effect::Deliver& effect) {
  const std::stop_token stop = context.leaving.get_token();
  const auto deliver = [&services = context.services, post = context.post, effect, stop](std::stop_token) {
    const auto retry = [&]() -> Result<> {
      ATTEST_TRY(const auto reader, readerOf(services, effect.reader));
      ATTEST_CHECK(require(reader, identity::Act::export_results));
      ATTEST_CHECK(retryDeliveries(services, effect.id, reader.id.value));
      postRecord(services, post, effect.id);
      return deliverDue(services, effect.id, stop, upkeepEvents(services, post).delivery);
    };
    const auto done = retry();
    if (!done) post(session::NodesAction{action::DeliveryFailed{effect.id, done.error()}});
  };
  context.services.pool().submit(jobs::Lane::network, jobs::Urgency::next, deliver);
}

}  // namespace attest::workflow
