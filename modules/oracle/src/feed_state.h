// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "joint_filter.h"
#include "market_history.h"
#include "venue_memory.h"

#include "chrona/oracle/aggregates.h"
#include "chrona/oracle/feed.h"

#include <cstdint>
#include <vector>

namespace chrona::oracle {

inline constexpr std::size_t kVenuesMax = 60;
inline constexpr std::size_t kCurrenciesMax = 8;

/// How restless the common factor and the rates are now.
struct Restlessness {
    double variance = 0; ///< bps² a second of the common factor, slowly learned
    double urgent = 0;   ///< more of it while most of the market moves, fading in seconds
    std::int64_t movingUntilMs = 0;
    std::vector<double> rate; ///< bps² a second of each rate, fading to its floor
    std::vector<double> bias; ///< of late innovations, by currency: white noise keeps it near 0
};

/// What other venues say of a deviation.
struct Support {
    double agree = 0, agreeSameCurrency = 0;
    double against = 0, againstSameCurrency = 0;
    double live = 0; ///< all who could speak, the deviating one included
};

struct Feed::State {
    State(FeedSetup setup, const Policy &policy);

    TickVerdict update(const Tick &given);
    void answer(std::int64_t atMs, Answer &answer) const;
    [[nodiscard]] KnownTraits learned(std::size_t venue) const
    {
        return m_venues[venue].traits.known();
    }

private:
    struct Word; ///< one readable price on its way into the filter

    void advance(std::int64_t toMs);
    void applyTraits(std::size_t index);
    void learnTraits();
    void recordHistory();
    TickVerdict updateRate(const Tick &tick);
    TickVerdict updatePrice(const Tick &tick);
    [[nodiscard]] std::int64_t momentOf(VenueMemory &venue, const Tick &tick,
                                        std::int64_t byClockMs, Reading &reading) const;
    TickVerdict judge(VenueMemory &venue, const Tick &tick, const Reading &reading,
                      std::int64_t spokenOfMs);
    TickVerdict judgeDeviation(VenueMemory &venue, const Word &word);
    void absorb(VenueMemory &venue, const Word &word);
    [[nodiscard]] double scatterBeside(std::size_t index) const;
    void learn(const Word &word);
    void moveMarket(const Word &word, const Support &support);
    [[nodiscard]] Word weigh(const VenueMemory &venue, std::size_t index, const Reading &reading,
                             std::int64_t spokenOfMs) const;
    [[nodiscard]] Support supportOf(const Word &word, std::int64_t sinceMs) const;
    [[nodiscard]] double outsideHistory(const Word &word) const;
    [[nodiscard]] Plausible plausible(std::size_t currency) const;
    [[nodiscard]] double viewOf(std::size_t currency) const
    {
        return m_filter.factor() - m_filter.rate(currency);
    }
    [[nodiscard]] bool isLost() const;
    void notePlain(VenueMemory &venue, const Tick &tick) const;
    bool noteArrival(VenueMemory &venue, const Tick &tick, std::int64_t spokenOfMs) const;
    void tryToStart();

    [[nodiscard]] VenueStanding standingOf(const VenueMemory &venue, std::int64_t atMs) const;
    void viewVenues(std::int64_t atMs, Answer &answer) const;
    void combine(Answer &answer) const;
    void fillPlain(std::int64_t atMs, SideBySide &others) const;
    [[nodiscard]] std::uint64_t hash() const;

public:
    FeedSetup setup;

private:
    Policy m_policy;
    JointFilter m_filter;
    std::vector<VenueMemory> m_venues;
    std::vector<std::uint16_t> m_groups;
    std::vector<MarketHistory> m_views; ///< the factor as each currency sees it
    Restlessness m_restless;
    TradeWindow m_trades;
    std::int64_t m_nowMs = 0;
    std::int64_t m_relaxedMs = 0;
    std::int64_t m_absorbedMs = 0;    ///< when the filter last took something in
    std::vector<double> m_plainRates; ///< last direct quotes, unfiltered
    bool m_started = false;
};

} // namespace chrona::oracle
