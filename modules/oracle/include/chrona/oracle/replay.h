// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/result.h"
#include "chrona/oracle/band.h"
#include "chrona/oracle/feed.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

/// Recorded ticks through the same code as live ones, on a clock that the ticks drive.
namespace chrona::oracle {

/// Where prices go: a chain, a file, a test. The engine knows none of them. References are valid
/// during the call only.
class PublishingSink {
public:
    virtual ~PublishingSink() = default;
    /// A tick's verdict, in the order of the ticks.
    virtual void judged(std::size_t tick, const TickVerdict &verdict) = 0;
    virtual void answered(const Answer &answer) = 0;
    /// At an epoch's end; whether to publish when `answer` is not Sound is the sink's own rule.
    virtual void epochEnded(std::int64_t epoch, const Answer &answer, const BandChoice &choice) = 0;
};

struct ReplayPlan {
    std::int64_t startMs = 0; ///< epoch 1 begins here
    std::int64_t endMs = 0;   ///< the last moment that is asked about
    std::int64_t answerEveryMs = 1'000;
    std::int64_t epochMs = 90'000;       ///< a multiple of answerEveryMs
    std::int64_t revealAfterMs = 90'000; ///< from an epoch's end until its band is known
    /// Where epochs are counted from, 0 being the first that begins there; absent: epoch 1 begins
    /// at startMs.
    std::optional<std::int64_t> epochsFromMs{};
};

/// From the whole second before the first tick to the one after the last.
/// Fails with InvalidInput for no ticks or more than 32 days of them.
[[nodiscard]] Result<ReplayPlan> planFor(std::span<const Tick> ticks);

/// Replays ticks, in the order in which they stand, and tells the sink what came of it. An answer
/// for t has seen the ticks with receivedMs ≤ t and the bands revealed by t, and nothing else.
/// `bands` ascend by the moment at which they became known. Fails with InvalidInput for a plan that
/// cannot work. Any thread.
[[nodiscard]] Status replay(Feed &feed, BandLayer &band, std::span<const Tick> ticks,
                            std::span<const RevealedBand> bands, const ReplayPlan &plan,
                            PublishingSink &sink);

} // namespace chrona::oracle
