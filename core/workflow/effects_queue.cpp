// What comes beside and after the open case: priors, the queue, parked images, small pictures.
#include "core/workflow/effect_jobs.h"
#include "core/workflow/parked.h"
#include "core/workflow/preferences.h"
#include "core/workflow/reading.h"
#include "core/workflow/thumbnail.h"

namespace attest::workflow {

namespace action = session::action;

void perform(EffectContext& context, const session::effect::LoadPrior& effect) {
  context.submit([&services = context.services, post = context.post, effect](std::stop_token) {
    auto record = openPrior(services, effect.id, effect.reader);
    if (!record) return post(session::ComparisonAction{action::PriorFailed{effect.id, record.error()}});
    post(session::ComparisonAction{
        action::PriorLoaded{std::make_shared<const CaseRecord>(*std::move(record))}});
  });
}

void perform(EffectContext& context, const session::effect::MarkReadDone& effect) {
  context.submit([&services = context.services, post = context.post, effect](std::stop_token) {
    auto record = markReadDone(services, effect.id, effect.reader);
    if (!record) return post(session::RevealAction{action::ReadDoneFailed{effect.id, record.error()}});
    post(session::ReadingAction{
        action::RecordChanged{std::make_shared<const CaseRecord>(*std::move(record))}});
  });
}

void perform(EffectContext& context, const session::effect::LoadQueue& effect) {
  context.submit([&services = context.services, post = context.post, effect](std::stop_token) {
    auto rows = services.db().queue(effect.reader, effect.skip, effect.limit);
    if (!rows) return post(session::QueueAction{action::QueueFailed{effect.ticket, rows.error()}});
    post(session::QueueAction{action::QueueLoaded{effect.ticket, *std::move(rows)}});
  });
}

void perform(EffectContext& context, const session::effect::LoadParked& effect) {
  context.submit([&services = context.services, post = context.post, effect](std::stop_token) {
    auto parked = loadParked(services, effect.reader);
    if (!parked) return post(session::QueueAction{action::ParkedFailed{parked.error()}});
    post(session::QueueAction{action::ParkedLoaded{effect.reader, *std::move(parked)}});
  });
}

void perform(EffectContext& context, const session::effect::KeepParked& effect) {
  context.submit([&services = context.services, post = context.post, effect](std::stop_token) {
    const auto kept = keepParked(services, effect.parked, effect.reader);
    if (!kept) post(session::QueueAction{action::ParkedFailed{kept.error()}});
  });
}

void perform(EffectContext& context, const session::effect::ForgetParked& effect) {
  context.submit([&services = context.services, post = context.post, effect](std::stop_token) {
    const auto forgotten = forgetParked(services, effect.id, effect.reader);
    if (!forgotten) post(session::QueueAction{action::ParkedFailed{forgotten.error()}});
  });
}

void perform(EffectContext& context, const session::effect::Prefetch& effect) {
  context.prefetcher->start(effect.cases);
}

void perform(EffectContext& context, const session::effect::LoadThumbnails& effect) {
  for (const BlockRef& ref : effect.blocks) {
    context.services.pool().submit(
        jobs::Lane::io, jobs::Urgency::next,
        [&services = context.services, post = context.post, ref](std::stop_token) {
          const auto picture = thumbnail(services, ref);
          post(session::ThumbnailAction{action::ThumbnailLoaded{ref.series, picture.value_or(nullptr)}});
        });
  }
}

/// Counting a million cases takes its time: beside the database lane, and only the newest question.
void perform(EffectContext& context, const session::effect::CountCases& effect) {
  const auto count = [&services = context.services, post = context.post, effect](std::stop_token) {
    const auto page = services.db().worklist({effect.query, std::nullopt, 1});
    if (page) post(session::WorklistAction{action::CasesCounted{effect.filter, page->total}});
  };
  jobs::Job& job = context.counting[effect.filter];
  job.cancel();
  job = context.services.pool().submit(jobs::Lane::io, jobs::Urgency::background, count);
}

void perform(EffectContext& context, const session::effect::SetPriority& effect) {
  context.submit([&services = context.services, post = context.post, effect](std::stop_token) {
    const auto set = setPriority(services, effect.id, effect.priority, effect.reader);
    if (!set) return post(session::WorklistAction{action::PriorityFailed{effect.id, set.error()}});
    postRecord(services, post, effect.id);
    post(session::WorklistAction{action::WorklistChanged{}});
  });
}

namespace {

void answerPreferences(const Post& post, const ReaderId& reader,
                       const Result<session::Preferences>& preferences) {
  if (preferences) {
    post(session::PreferencesAction{action::PreferencesLoaded{reader, *preferences}});
  } else {
    post(session::PreferencesAction{action::PreferencesFailed{preferences.error()}});
  }
}

}  // namespace

void perform(EffectContext& context, const session::effect::LoadPreferences& effect) {
  context.submit([&services = context.services, post = context.post, effect](std::stop_token) {
    answerPreferences(post, effect.reader, loadPreferences(services, effect.reader));
    if (const auto kept = rememberReader(services, effect.reader); !kept)
      post(session::PreferencesAction{action::PreferencesFailed{kept.error()}});
  });
}

void perform(EffectContext& context, const session::effect::SavePreferences& effect) {
  context.submit([&services = context.services, post = context.post, effect](std::stop_token) {
    const auto save = [&]() -> Result<session::Preferences> {
      ATTEST_CHECK(savePreferences(services, effect.reader, effect.preferences));
      return loadPreferences(services, effect.reader);
    };
    answerPreferences(post, effect.reader, save());
  });
}

}  // namespace attest::workflow
