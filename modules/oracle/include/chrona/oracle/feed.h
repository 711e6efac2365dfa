// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/result.h"
#include "chrona/oracle/policy.h"
#include "chrona/oracle/tick.h"

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace chrona::oracle {

/// Why a venue did or did not count in an answer.
enum class VenueStanding : std::uint8_t { Used, Silent, Stale, Deviating, Frozen };
[[nodiscard]] std::string_view toString(VenueStanding value);

/// What the engine has learned of a venue, and what it made of it in one answer.
struct VenueView {
    VenueStanding standing = VenueStanding::Silent;
    double price = 0;        ///< its vote in the feed's currency, basis and lag removed; NaN: none
    double weight = 0;       ///< 0–1 after caps
    double deviationBps = 0; ///< of the vote from the answer
    double basisBps = 0;     ///< how far it usually stands from the others
    double noiseBps = 0;     ///< of one message
    double lagSeconds = 0;   ///< by which it follows the market
    double latencyMs = 0;    ///< from its clock to ours
    double frozenEvidence = 0; ///< log likelihood ratio
    double share = 0;          ///< of the feed's volume, as learned so far
    double halfSpreadBps = 0;  ///< of its book, as learned so far
    std::int64_t ageMs = 0;    ///< of what it said last
};

/// Whether there is an answer, and how it came about.
enum class AnswerState : std::uint8_t {
    Sound,     ///< enough venues agree
    Abstained, ///< too few sound venues: the price is the last good one, not to be published
    None       ///< there has never been a price
};
enum class MarketRegime : std::uint8_t {
    Calm,
    Moving, ///< most of the volume moves together: gates are wide
    Depeg   ///< a stable currency leaves its rate
};
[[nodiscard]] std::string_view toString(AnswerState value);
[[nodiscard]] std::string_view toString(MarketRegime value);

/// The other ways to make a price of the same ticks; NaN where one has nothing to say.
struct SideBySide {
    double vwap = 0, twap = 0;       ///< over 30 s of trades
    double medianOfLast = 0;         ///< each venue alike
    double weightedMedianOfLast = 0; ///< by share of volume
    double weightedMedianOfMid = 0;
    double decayingMedianOfLast = 0; ///< by share, halved each 10 s of age
};

/// A price with everything that is needed to explain it. Reused between calls: `venues` keeps its
/// memory.
struct Answer {
    std::int64_t atMs = 0;
    AnswerState state = AnswerState::None;
    MarketRegime regime = MarketRegime::Calm;
    double price = 0;          ///< in the feed's currency; NaN: none
    double confidenceBps = 0;  ///< half-width of the band that holds the true price (95 %)
    int sources = 0;           ///< sound venues that counted
    double filteredBps = 0;    ///< the filter's price against the venues' weighted median
    double volatilityBps = 0;  ///< per square root of a second, as estimated now
    std::vector<double> rates; ///< of each currency in the feed's own; rates[0] is 1
    std::vector<VenueView> venues;
    SideBySide others;
    std::uint64_t stateHash = 0; ///< of the whole state: a replay that differs in one bit shows it
};

/// The price of one feed from many venues.
///
/// update() takes each message in the order of arrival and judges it; answer() says the price at a
/// moment from what has arrived, and changes nothing. Same setup, policy and ticks: same bits.
/// After create() nothing allocates, but for an Answer's first use.
///
/// One thread at a time. Pure: time comes with ticks and questions.
class Feed {
public:
    /// Fails with InvalidInput for a setup without venues or with more than 60, an unknown
    /// currency, shares or spreads that are not finite, or a policy that cannot work.
    [[nodiscard]] static Result<Feed> create(FeedSetup setup, const Policy &policy = {});
    ~Feed();
    Feed(Feed &&) noexcept;
    Feed &operator=(Feed &&) noexcept;

    /// A tick that is older than the one before is taken as of that one's moment. A venue or
    /// currency that is not in the setup is judged BadPrice and changes nothing.
    TickVerdict update(const Tick &tick);
    void answer(std::int64_t atMs, Answer &answer) const;
    [[nodiscard]] const FeedSetup &setup() const;
    /// Of setup().venues[venue]; to be its `known` in a later run.
    [[nodiscard]] KnownTraits learned(std::size_t venue) const;

private:
    struct State;
    explicit Feed(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

} // namespace chrona::oracle
