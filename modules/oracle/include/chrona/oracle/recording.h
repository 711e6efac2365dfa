// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/result.h"
#include "chrona/oracle/replay.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// A live oracle's work, kept so that it can be done again to the bit: who was listened to for
/// what, and then every message in the order in which it counted. Values in, values out.
namespace chrona::oracle {

struct RecordedRoute {
    std::uint32_t market = 0, feed = 0;
    std::uint16_t venueInFeed = 0, currency = 0;
    TickKind kind = TickKind::Price;
    friend bool operator==(const RecordedRoute &, const RecordedRoute &) = default;
};

/// What a recording says before its messages.
struct RecordedPlan {
    struct Market {
        std::string venue, symbol;
        friend bool operator==(const Market &, const Market &) = default;
    };
    std::vector<FeedSetup> feeds;
    std::vector<Market> markets;
    std::vector<RecordedRoute> routes;
    std::vector<std::string> collectors; ///< the first is the service itself
    std::int64_t epochStartMs = 0, epochMs = 90'000;
    bool isSynthetic = false;
};
[[nodiscard]] std::string writePlan(const RecordedPlan &plan);
/// Corrupt where the text is no plan, or one that leads nowhere.
[[nodiscard]] Result<RecordedPlan> readPlan(std::string_view text);

/// Prices one feed of a recording as it was priced then: given the same messages, seconds and
/// reveals, it tells the same bits. One thread at a time.
class RecordedReplay {
public:
    /// Fails with NotFound for a feed that the plan does not have.
    [[nodiscard]] static Result<RecordedReplay> create(const RecordedPlan &plan,
                                                       std::string_view feed,
                                                       const Policy &policy = {});

    /// What the next file of the recording says of itself: its markets' numbers count from now on,
    /// and what was known of venues and of others when the next run begins. Its feed must have the
    /// same venues. Fails with NotFound where it has no such feed.
    [[nodiscard]] Status follow(const RecordedPlan &plan);
    /// Whoever answered then began anew.
    void begin();
    /// `tick`'s venue, currency and kind are set by what the plan says of the market; one that does
    /// not concern the feed is passed over.
    void take(std::uint32_t market, Tick tick, PublishingSink &sink);
    void reveal(std::uint32_t feed, const RevealedBand &band);
    void endSecond(std::int64_t atMs, PublishingSink &sink);

    [[nodiscard]] const FeedSetup &setup() const { return m_feed.setup(); }
    [[nodiscard]] std::size_t ticks() const { return m_ticks; }

private:
    RecordedReplay(const RecordedPlan &plan, std::uint32_t feed, const Policy &policy, Feed made);
    void takePlan(const RecordedPlan &plan, std::uint32_t feed);

    Policy m_policy;
    FeedSetup m_setup; ///< that the next run begins with
    Feed m_feed;
    BandLayer m_band;
    Answer m_answer;
    std::uint32_t m_number = 0; ///< of the feed in the plan
    std::int64_t m_epochStartMs = 0, m_epochMs = 1;
    std::vector<RecordedRoute> m_routes; ///< of this feed, by market
    std::size_t m_ticks = 0;
};

} // namespace chrona::oracle
