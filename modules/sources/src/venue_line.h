// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "fetch_memory.h"
#include "source_streams.h"

#include "chrona/net/politeness.h"
#include "chrona/sources/stream_watch.h"
#include "chrona/sources/venue_collector.h"

#include <algorithm>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <stop_token>
#include <string>
#include <vector>

namespace chrona::sources {

/// Of what a venue says about an error.
inline constexpr std::size_t kDetailBytesMax = 300;

/// What the connections of one venue have in common. Any thread.
class VenueCommons {
public:
    VenueCommons(std::size_t connections, Duration connectEvery)
        : m_share(1.0 / static_cast<double>(std::max<std::size_t>(connections, 1))),
          m_connectEvery(connectEvery)
    {
    }
    [[nodiscard]] double budgetShare() const { return m_share; } ///< of one connection
    /// Whether one may connect now; who was allowed has.
    [[nodiscard]] bool mayConnect(Instant now);

    struct Rest {
        Instant until;
        VenueState state = VenueState::Resting;
        std::string why;
    };
    void rest(const Rest &rest);
    [[nodiscard]] std::optional<Rest> restAt(Instant now) const;

    /// The venue's own list of its markets; `ask` is called when it is too old, one at a time, and
    /// returns nothing where the venue gives none.
    using Listed = std::set<std::string, std::less<>>;
    [[nodiscard]] std::shared_ptr<const Listed>
    listed(Instant now, Duration ageMax, const std::function<Listed()> &ask);
    void forgetTimes();

private:
    const double m_share;
    const Duration m_connectEvery;
    mutable std::mutex m_mutex;
    std::mutex m_asking;
    std::optional<Instant> m_connectFrom, m_listedAt;
    std::optional<Rest> m_rest;
    std::shared_ptr<const Listed> m_listed;
};

/// One connection to a venue, turn by turn. One thread.
class VenueLine {
public:
    VenueLine(const VenueCollector::Parts &parts, VenueCommons &commons);

    /// Does what is due, then listens; returns after some tenths of a second at most, unless an
    /// open or a poll takes longer. `rows` is overwritten.
    void turn(std::vector<VenueRow> &rows, std::stop_token stop);
    [[nodiscard]] VenueHealth health() const;

private:
    /// One connection with what must be remembered to read it.
    struct Wire {
        std::unique_ptr<connect::Stream> stream;
        connect::Session session;
        std::deque<std::string> unsent; ///< subscriptions
        Instant sendFrom;
        Instant spokeAt;        ///< a price or trade; at first when it was opened
        bool hasSpoken = false; ///< a price or trade
        bool isSingly = false;  ///< subscribed market by market
    };

    void noticeSleep(Instant now);
    void joinRest(Instant now);
    void forgetTimes();
    [[nodiscard]] bool isMute(Instant now) const;
    void open(Instant now, std::stop_token stop);
    void openSuccessor(Instant now, std::stop_token stop);
    [[nodiscard]] Result<std::unique_ptr<Wire>> connectWire(Instant now, std::stop_token stop);
    [[nodiscard]] Result<std::string> streamUrl(Instant now, std::stop_token stop);
    void learnMarkets(Instant now, std::stop_token stop);
    void queueSubscriptions(Wire &wire, std::size_t marketsPerFrame, Instant now) const;
    void subscribe(Wire &wire, Instant now);
    void close(Instant now, std::string why);
    void listen(std::vector<VenueRow> &rows, std::stop_token stop);
    void hear(Wire &wire, const connect::StreamMessage &message, std::vector<VenueRow> &rows);
    void drainSuccessor(std::vector<VenueRow> &rows, std::stop_token stop);
    void poll(Instant now, std::vector<VenueRow> &rows, std::stop_token stop);
    [[nodiscard]] std::optional<std::size_t> nextMarket(Instant now);
    [[nodiscard]] bool pollsAll() const;
    [[nodiscard]] Duration pollEvery() const;
    void obey(const connect::Verdict &verdict, Instant now);
    void control(Wire &wire, const connect::Control &control, Instant now);
    void failed(const Error &error, Instant now);
    void pausePolling(Instant now);
    void restUntil(Instant until, VenueState state, std::string why);
    void settle(Instant now);

    const VenueCollector::Parts &m_parts;
    VenueCommons &m_commons;
    std::shared_ptr<const VenueCommons::Listed> m_listed;
    std::shared_ptr<const Clock> m_clock;
    SourceStreams m_streams;
    FetchMemory m_memory;
    connect::StreamRules m_rules;
    std::vector<std::string> m_symbols, m_natives;
    /// Of each market: not there at all, and not to be had by polling.
    std::vector<Instant> m_offUntil, m_unpolledUntil;
    VenueIntake m_intake;
    StreamWatch m_watch;
    static constexpr net::Rate kWordsRate{.perSecond = 4, .burst = 4, .concurrentMax = 1};
    net::TokenBucket m_words{kWordsRate};
    std::unique_ptr<Wire> m_wire, m_successor;
    std::optional<Instant> m_restUntil, m_pollFrom;
    VenueState m_restState = VenueState::Resting;
    std::uint32_t m_pollFailures = 0;
    std::size_t m_nextMarket = 0;
    std::chrono::steady_clock::time_point m_steadyTurnAt;
    std::optional<Instant> m_turnAt, m_settledAt, m_heardAt;
    bool m_wantsReconnect = false;
    VenueHealth m_health;
};

} // namespace chrona::sources
