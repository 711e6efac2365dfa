// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/connect/venue.h"
#include "chrona/sources/stream_watch.h"
#include "chrona/sources/venue_health.h"

#include <cstdint>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

namespace chrona::sources {

/// One message about one market, flat: what the oracle takes in. NaN where a venue says nothing.
struct VenueRow {
    std::int64_t receivedMs = 0;
    std::int64_t exchangeMs = 0; ///< the venue's clock; our own where it gives none
    /// When a collector elsewhere heard it, on this machine's clock; 0: heard here, when received.
    std::int64_t heardMs = 0;
    std::uint32_t market = 0;    ///< place in the collector's list
    bool isPolled = false;
    bool isOwnStamp = false; ///< exchangeMs is by our own clock, or was set right by it
    double bid = 0, ask = 0, last = 0, size = 0, volume24h = 0;
    friend bool operator==(const VenueRow &, const VenueRow &) = default;
};

/// How a reading came in.
struct Arrival {
    Instant receivedAt;
    Duration halfTrip{0}; ///< of a poll: what the answer is older than its arrival, at least
    bool isPolled = false;
};

/// Turns what a venue said into rows of the markets that were asked for. Pure; one thread.
///
/// Only spot markets enter. Trades that are older than some seconds (a snapshot after subscribing)
/// are history and no price of now. A clock that is off by more than a second is set right by its
/// least delay; a stamp far from what this venue's stamps usually are is not believed.
class VenueIntake {
public:
    /// Canonical symbols; a message about another one is passed over.
    explicit VenueIntake(std::span<const std::string> symbols);

    void take(const connect::Reading &reading, const Arrival &arrival, std::vector<VenueRow> &rows);
    /// After a sleep or a jump of our own clock nothing that was learned of theirs holds.
    void forgetClock() { m_clock = {}; }
    void report(VenueHealth &health) const;

private:
    void takeTicker(const connect::Ticker &ticker, const Arrival &arrival,
                    std::vector<VenueRow> &rows);
    void takeTrades(const connect::Trades &trades, const Arrival &arrival,
                    std::vector<VenueRow> &rows);
    [[nodiscard]] bool isHistory(std::int64_t stampMs, Instant receivedAt) const;
    [[nodiscard]] std::optional<std::uint32_t> marketOf(const connect::Market &market);
    [[nodiscard]] VenueRow rowAt(std::uint32_t market, const Arrival &arrival,
                                 std::optional<std::int64_t> stampMs);

    std::unordered_map<std::string, std::uint32_t> m_places;
    std::vector<bool> m_heard;
    ClockOffset m_clock;
    double m_latencyMs = 0;
    std::uint64_t m_rows = 0, m_rejected = 0, m_duplicates = 0, m_gaps = 0, m_doubtful = 0;
};

} // namespace chrona::sources
