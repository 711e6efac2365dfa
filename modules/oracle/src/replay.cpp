// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/oracle/replay.h"

#include <algorithm>

namespace chrona::oracle {
namespace {

constexpr std::int64_t kSpanMsMax = std::int64_t{32} * 86'400'000;

std::int64_t knownAt(const RevealedBand &band, const ReplayPlan &plan)
{
    return band.knownMs > 0 ? std::max(band.knownMs, band.endMs)
                            : band.endMs + plan.revealAfterMs;
}

} // namespace

Result<ReplayPlan> planFor(std::span<const Tick> ticks)
{
    if (ticks.empty())
        return fail(ErrorCode::InvalidInput, "there is no tick to replay");
    std::int64_t first = ticks.front().receivedMs, last = first;
    for (const Tick &tick : ticks) {
        first = std::min(first, tick.receivedMs);
        last = std::max(last, tick.receivedMs);
    }
    if (first < 0 || last - first > kSpanMsMax)
        return fail(ErrorCode::InvalidInput, "the ticks span more than 32 days",
                    "look for a wrong recv_ms, or replay a month at a time");
    ReplayPlan plan;
    plan.startMs = first / plan.answerEveryMs * plan.answerEveryMs;
    plan.endMs = (last + plan.answerEveryMs - 1) / plan.answerEveryMs * plan.answerEveryMs;
    return plan;
}

Status replay(Feed &feed, BandLayer &band, std::span<const Tick> ticks,
              std::span<const RevealedBand> bands, const ReplayPlan &plan, PublishingSink &sink)
{
    const std::int64_t epochsFrom = plan.epochsFromMs.value_or(plan.startMs);
    if (epochsFrom > plan.startMs || plan.answerEveryMs <= 0 || plan.epochMs <= 0 ||
        plan.epochMs % plan.answerEveryMs != 0 ||
        plan.startMs < 0 || plan.endMs < plan.startMs || plan.endMs - plan.startMs > kSpanMsMax)
        return fail(ErrorCode::InvalidInput, "the replay's times do not fit together");
    std::size_t next = 0, revealed = 0;
    Answer answer;
    for (std::int64_t at = plan.startMs + plan.answerEveryMs; at <= plan.endMs;
         at += plan.answerEveryMs) {
        for (; next < ticks.size() && ticks[next].receivedMs <= at; ++next)
            sink.judged(next, feed.update(ticks[next]));
        for (; revealed < bands.size() && knownAt(bands[revealed], plan) <= at; ++revealed)
            band.reveal(bands[revealed]);
        feed.answer(at, answer);
        band.observe(answer);
        sink.answered(answer);
        if ((at - epochsFrom) % plan.epochMs == 0)
            sink.epochEnded((at - epochsFrom) / plan.epochMs - (plan.epochsFromMs ? 1 : 0), answer,
                            band.choose(answer));
    }
    return {};
}

} // namespace chrona::oracle
