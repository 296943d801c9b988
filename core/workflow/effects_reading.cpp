// The open case: its record, voxels and masks.
#include <algorithm>

#include "core/dicom/load.h"
#include "core/imaging/mask.h"
#include "core/workflow/effect_jobs.h"
#include "core/workflow/reading.h"
#include "core/workflow/review.h"
#include "core/workflow/throttle.h"
#include "core/workflow/users.h"

namespace attest::workflow {

namespace action = session::action;

void perform(EffectContext& context, const session::effect::OpenCase& effect) {
  context.submit([&services = context.services, post = context.post, effect](std::stop_token) {
    auto record = openCase(services, effect.id, effect.reader);
    if (!record) return post(session::ReadingAction{action::CaseOpenFailed{effect.id, record.error()}});
    post(session::ReadingAction{action::CaseOpened{std::make_shared<const CaseRecord>(*std::move(record))}});
  });
}

void perform(EffectContext& context, const session::effect::CloseCase&) {
  for (auto& job : context.caseJobs) job.cancel();
  context.caseJobs.clear();
}

void perform(EffectContext& context, const session::effect::RefreshCase& effect) {
  context.submit([&services = context.services, post = context.post, effect](std::stop_token) {
    postRecord(services, post, effect.id);
  });
}

void perform(EffectContext& context, const session::effect::LoadVolume& effect) {
  const auto work = [&services = context.services, post = context.post, effect,
                     hold = context.prefetcher->hold()](std::stop_token stop) {
    Throttle throttle;
    std::mutex mutex;  // slices end on several threads
    const auto progress = [&](std::size_t done, std::size_t total) {
      const std::lock_guard lock(mutex);
      if (!throttle.due()) return;
      const double fraction =
          static_cast<double>(done) / static_cast<double>(std::max<std::size_t>(total, 1));
      post(session::ReadingAction{action::VolumeProgressed{effect.block, fraction}});
    };
    const auto seen =
        services.volumes().loadSeen(services.db(), effect.block, services.pool().parallel(), stop, progress);
    if (!seen) return post(session::ReadingAction{action::VolumeFailed{effect.block, seen.error()}});
    post(session::ReadingAction{
        action::VolumeLoaded{effect.block, seen->volume, seen->look.window, seen->look.range}});
  };
  context.caseJobs.push_back(context.services.pool().submit(jobs::Lane::cpu, jobs::Urgency::visible, work));
}

void perform(EffectContext& context, const session::effect::LoadSlice& effect) {
  const auto load = [](Services& services, const session::effect::LoadSlice& wanted,
                       const Block& block) -> Result<imaging::VolumePtr> {
    ATTEST_TRY(const auto slices, services.db().slices(wanted.block));
    if (wanted.slice < 0 || static_cast<std::size_t>(wanted.slice) >= slices.size()) {
      return fail(ErrorCode::bad_argument, "there is no such image");
    }
    const auto& slice = slices[static_cast<std::size_t>(wanted.slice)];
    return dicom::loadFrame({slice.path, slice.frame}, block.suv);
  };
  const auto work = [&services = context.services, post = context.post, effect, load,
                     hold = context.prefetcher->hold()](std::stop_token) {
    const auto block = blockOf(services.db(), effect.block);
    const auto volume = block ? load(services, effect, *block) : fail(block.error());
    if (!volume)
      return post(session::ReadingAction{action::SliceFailed{effect.block, effect.slice, volume.error()}});
    const Look look = lookOf(**volume, *block);
    post(session::ReadingAction{
        action::SliceLoaded{effect.block, effect.slice, *volume, look.window, look.range}});
  };
  context.caseJobs.push_back(context.services.pool().submit(jobs::Lane::io, jobs::Urgency::visible, work));
}

void perform(EffectContext& context, const session::effect::OpenAddendum& effect) {
  context.submit([&services = context.services, post = context.post, effect](std::stop_token) {
    auto record = openAddendum(services, effect.id, effect.reader);
    if (!record) return post(session::ReadingAction{action::AddendumFailed{effect.id, record.error()}});
    post(session::ReadingAction{
        action::RecordChanged{std::make_shared<const CaseRecord>(*std::move(record))}});
    post(session::WorklistAction{action::WorklistChanged{}});
  });
}

void perform(EffectContext& context, const session::effect::LoadMask& effect) {
  const auto work = [&services = context.services, post = context.post, effect](std::stop_token) {
    const auto mask = loadMask(services, effect.hash);
    if (mask) {
      post(session::ReadingAction{action::MaskLoaded{effect.id, effect.hash, *mask}});
    } else {
      post(session::ReadingAction{action::MaskFailed{effect.id, effect.hash, mask.error()}});
    }
  };
  context.caseJobs.push_back(context.services.pool().submit(jobs::Lane::io, jobs::Urgency::visible, work));
}

void perform(EffectContext& context, const session::effect::MarkViewed& effect) {
  context.submit([&services = context.services, post = context.post, effect](std::stop_token) {
    const auto reader = readerOf(services, effect.reader);
    const AuditEvent event{effect.reader.value, "view", effect.id.value, effect.series.value};
    const auto mark = [&](casedb::WriteTx& tx, AuditEvent&) -> Result<> {
      ATTEST_CHECK(stillMay(tx, *reader, identity::Act::read));
      return tx.markViewed(effect.id, effect.series);
    };
    if (reader && services.db().write(event, mark)) postRecord(services, post, effect.id);
  });
}

}  // namespace attest::workflow
