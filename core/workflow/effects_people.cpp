// Sign-in, the worklist and import.
#include <algorithm>
#include <memory>

#include "core/workflow/demo.h"
#include "core/workflow/effect_jobs.h"
#include "core/workflow/import.h"
#include "core/workflow/reading.h"
#include "core/workflow/throttle.h"
#include "core/workflow/users.h"

namespace attest::workflow {

namespace action = session::action;

void EffectContext::cancelAll() {
  for (auto& [ticket, stop] : imports) stop.request_stop();
  for (auto& job : caseJobs) job.cancel();
  finding.cancel();
  prefetcher->stop();
  upkeep.reset();
  leaving.request_stop();
}

void EffectContext::submit(std::function<void(std::stop_token)> work, jobs::Urgency urgency) {
  services.pool().submit(jobs::Lane::database, urgency, std::move(work));
}

Result<std::shared_ptr<const CaseRecord>> sharedRecord(Services& services, const CaseId& id) {
  ATTEST_TRY(auto record, services.db().record(id));
  return std::make_shared<const CaseRecord>(std::move(record));
}

void postRecord(Services& services, const Post& post, const CaseId& id) {
  if (const auto record = sharedRecord(services, id))
    post(session::ReadingAction{action::RecordChanged{*record}});
}

namespace {

/// The session never sees what opens a reader's key.
Reader withoutSecrets(Reader reader) {
  reader.secretHash.clear();
  reader.sealedKey.clear();
  return reader;
}

void answerSignIn(const Post& post, const Result<Reader>& reader) {
  if (reader) {
    post(session::SignInAction{action::SignedIn{withoutSecrets(*reader)}});
  } else {
    post(session::SignInAction{action::SignInFailed{reader.error()}});
  }
}

}  // namespace

void perform(EffectContext& context, const session::effect::LoadReaders&) {
  context.submit([&services = context.services, post = context.post](std::stop_token) {
    const auto readers = services.db().readers();
    if (!readers) return post(session::SignInAction{action::ReadersFailed{readers.error()}});
    std::vector<ReaderId> names;
    for (const auto& reader : *readers) {
      if (!reader.disabled) names.push_back(reader.id);
    }
    const auto hint = services.db().setting(demoHintKey);
    post(session::SignInAction{action::ReadersLoaded{std::move(names), hint ? hint->value_or("") : ""}});
  });
}

void perform(EffectContext& context, const session::effect::CreateFirstReader& effect) {
  context.submit([&services = context.services, post = context.post, effect](std::stop_token) {
    answerSignIn(post, createReader(services, effect.name, {}, effect.secret, nullptr));
  });
}

void perform(EffectContext& context, const session::effect::SignIn& effect) {
  context.submit([&services = context.services, post = context.post, effect](std::stop_token) {
    answerSignIn(post, authenticate(services, effect.reader, effect.secret));
  });
}

void perform(EffectContext& context, const session::effect::LoadWorklistPage& effect) {
  context.submit([&services = context.services, post = context.post, effect](std::stop_token) {
    auto page = services.db().worklist({effect.query, effect.after, session::worklistPageSize});
    if (page) {
      post(session::WorklistAction{
          action::WorklistPageLoaded{effect.generation, effect.page, page->total, std::move(page->rows)}});
    } else {
      post(session::WorklistAction{action::WorklistPageFailed{effect.generation, effect.page, page.error()}});
    }
  });
}

void perform(EffectContext& context, const session::effect::LoadPreview& effect) {
  context.submit([&services = context.services, post = context.post, effect](std::stop_token) {
    const auto record = sharedRecord(services, effect.id);
    if (record) {
      post(session::WorklistAction{action::PreviewLoaded{*record}});
    } else {
      post(session::WorklistAction{action::PreviewFailed{effect.id, record.error()}});
    }
  });
}

void perform(EffectContext& context, const session::effect::ImportPaths& effect) {
  const std::stop_token stop = context.imports[effect.ticket].get_token();
  const auto work = [&services = context.services, post = context.post, effect, stop](std::stop_token) {
    ImportRequest request;
    for (const auto& path : effect.paths) request.paths.emplace_back(path);
    request.inPlace = effect.reference;
    const auto throttle = std::make_shared<Throttle>();
    const auto report = importPaths(services, request, stop, [&](std::size_t done, std::size_t total) {
      if (!throttle->due()) return;
      post(session::WorklistAction{action::ImportProgressed{effect.ticket, static_cast<std::int64_t>(done),
                                                            static_cast<std::int64_t>(total)}});
      post(session::WorklistAction{action::WorklistChanged{}});
    });
    post(session::WorklistAction{action::WorklistChanged{}});  // an import that fails keeps its whole batches
    if (!report) return post(session::WorklistAction{action::ImportFailed{effect.ticket, report.error()}});
    std::vector<session::SkippedPath> skipped;
    for (const auto& file : report->skipped) skipped.push_back({file.path, file.reason});
    post(session::WorklistAction{action::ImportFinished{effect.ticket, report->grown, std::move(skipped)}});
  };
  context.services.pool().submit(jobs::Lane::io, jobs::Urgency::next, work);
}

/// An import whose files are made first.
void perform(EffectContext& context, const session::effect::LoadDemo& effect) {
  const std::stop_token stop = context.imports[effect.ticket].get_token();
  const auto work = [&services = context.services, post = context.post, effect, stop](std::stop_token) {
    const auto make = [&]() -> Result<std::vector<CaseId>> {
      ATTEST_CHECK(readerOf(services, effect.reader));
      std::vector<CaseId> fresh;
      for (std::size_t i = 0; i < demoStudies.size(); ++i) {
        post(session::WorklistAction{
            action::ImportProgressed{effect.ticket, static_cast<std::int64_t>(i), std::ssize(demoStudies)}});
        ATTEST_TRY(auto id,
                   importDemoStudy(services, demoStudies[i], effect.coarser, effect.reader.value, stop));
        post(session::WorklistAction{action::WorklistChanged{}});
        ATTEST_TRY(const auto runs, services.db().runs(id));
        if (runs.empty()) fresh.insert(fresh.begin(), std::move(id));
      }
      return fresh;
    };
    auto cases = make();
    if (!cases) return post(session::WorklistAction{action::ImportFailed{effect.ticket, cases.error()}});
    post(session::WorklistAction{action::ImportFinished{effect.ticket, *std::move(cases), {}}});
  };
  context.services.pool().submit(jobs::Lane::cpu, jobs::Urgency::background, work);
}

void perform(EffectContext& context, const session::effect::CancelImport& effect) {
  const auto at = context.imports.find(effect.ticket);
  if (at != context.imports.end()) at->second.request_stop();
}

}  // namespace attest::workflow
