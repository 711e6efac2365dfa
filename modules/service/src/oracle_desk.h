// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "oracle_plan.h"

#include "chrona/oracle/band.h"
#include "chrona/oracle/feed.h"

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace chrona::service {

/// Prices of one market over a stretch of time: mid where there is a book, else last.
struct DeskBar {
    std::int64_t opensAtMs = 0;
    std::int32_t widthMs = 0;
    std::uint32_t venue = 0, market = 0; ///< places in the plan
    double open = 0, high = 0, low = 0, close = 0;
    double volume = 0, turnover = 0; ///< of trades; VWAP is their ratio
    std::int32_t ticks = 0;
};

/// What one venue said of one feed in one second that was not sound.
struct DeskAnomaly {
    std::int64_t atMs = 0; ///< the second's end
    std::uint32_t feed = 0;
    std::uint16_t venueInFeed = 0;
    oracle::TickVerdict verdict; ///< the last of its kind
    std::int32_t count = 0;
    double price = 0; ///< mid or last
};

/// One message of a venue, flat; NaN where it says nothing.
struct DeskTick {
    std::int64_t receivedMs = 0, exchangeMs = 0; ///< received: by this service
    std::int64_t heardMs = 0;                    ///< by who listened, on this service's clock
    std::uint32_t venue = 0, market = 0;         ///< places in the plan
    std::uint8_t collector = 0;                  ///< place in the plan's
    bool isPolled = false;
    double bid = 0, ask = 0, last = 0, size = 0, volume24h = 0;
};

/// What others said of one feed in an epoch, as it became known afterwards.
struct DeskReveal {
    std::int64_t epoch = 0;
    std::int64_t knownMs = 0; ///< when it became known
    std::uint32_t feed = 0;
    double q25 = 0, median = 0, q75 = 0;
};

/// Where answers go: the database, a chain, a test. The desk knows none of them. References hold
/// during the call only.
class DeskSink {
public:
    virtual ~DeskSink() = default;
    virtual void answered(std::uint32_t feed, const oracle::Answer &answer) = 0;
    /// At an epoch's end. Whether to publish what is not Sound is the sink's own rule.
    virtual void epochEnded(std::int64_t epoch, std::uint32_t feed, const oracle::Answer &answer,
                            const oracle::BandChoice &choice) = 0;
    virtual void secondEnded(std::int64_t atMs, std::span<const DeskBar> bars,
                             std::span<const DeskAnomaly> anomalies) = 0;
    /// What the desk took in, in the order in which it counted: to be kept, so that a replay gives
    /// the same bits. A market that is not in the plan never comes here.
    virtual void taken(const DeskTick &) {}
    /// Before each answer: who listened to each venue of the feed last, as places in the plan.
    virtual void heardBy(std::uint32_t, std::span<const std::uint8_t>) {}
    virtual void learned(const DeskReveal &) {}
};

/// All feeds on one clock: messages in, one answer a second for each feed out, and at epoch edges
/// the price to hand in. Flat arrays; nothing allocates once every feed has answered.
///
/// Pure: time comes with messages and advance(). Same plan, messages and moments: same bits. One
/// thread at a time.
class OracleDesk {
public:
    [[nodiscard]] static Result<OracleDesk> create(OraclePlan plan);
    ~OracleDesk();
    OracleDesk(OracleDesk &&) noexcept;
    OracleDesk &operator=(OracleDesk &&) noexcept;

    /// In the order of arrival. A venue or market that is not in the plan is passed over, and what
    /// comes after its second was answered counts in the next.
    void take(const DeskTick &tick, std::span<DeskSink *const> sinks = {});
    /// Counts from the first second that ends after it became known, and never before the epoch's
    /// reveals are over, whoever says so.
    void reveal(const DeskReveal &reveal);
    /// Ends the whole seconds up to a moment. After a sleep the seconds that nobody saw are left
    /// out: there is one answer, of now.
    void advance(std::int64_t nowMs, std::span<DeskSink *const> sinks);

    [[nodiscard]] const OraclePlan &plan() const;
    [[nodiscard]] std::uint64_t ticks() const;
    /// What a venue of a feed has shown of itself, and what others' values have taught.
    [[nodiscard]] oracle::KnownTraits learned(std::size_t feed, std::size_t venueInFeed) const;
    [[nodiscard]] std::vector<double> learnedCrowd(std::size_t feed) const;
    [[nodiscard]] std::int64_t epochAt(std::int64_t ms) const;
    [[nodiscard]] std::int64_t epochEndMs(std::int64_t epoch) const;

private:
    struct State;
    explicit OracleDesk(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

} // namespace chrona::service
