// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/connect/ports.h"
#include "chrona/connect/venue_message.h"
#include "chrona/connect/venue_session.h"

#include <chrono>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace chrona::connect {

/// What is asked of a venue over HTTP.
enum class RequestKind : std::uint8_t { Ticker, Tickers, Trades, Candles, Book, Status };
[[nodiscard]] std::string_view toString(RequestKind kind);

/// An answer as it came. Views: they must live until the reading is made.
struct HttpReply {
    RequestKind kind = RequestKind::Ticker;
    /// URL or its path and query; names the market where the body does not.
    std::string_view target{};
    int status = 200;
    std::span<const Header> headers{};
    std::string_view body{};
    std::optional<std::int64_t> receivedMs{}; ///< absent: stamps are not judged
};

/// A stream's rules, as data for the one collector that serves all venues.
struct StreamRules {
    std::string_view url{}; ///< empty: the venue is polled, unless it hands out tickets
    /// To POST to for the stream's address, where a venue gives it for a while only.
    std::string_view ticketUrl{};
    /// How often a sign of life is sent; 0: never, the venue's own are answered.
    std::chrono::milliseconds keepAliveEvery{0};
    /// Without any frame for so long, the stream counts as silent and polling takes over.
    std::chrono::milliseconds silenceMax{30'000};
    /// After so long another connection is opened and takes over; 0: no known life time.
    std::chrono::minutes lifetime{0};
    std::size_t marketsPerFrame = 10;    ///< of one subscription
    std::size_t marketsPerConnection = 0; ///< more need another one; 0: all on one
    /// Connections of one venue are opened no faster, whatever broke.
    std::chrono::milliseconds connectEvery{500};
    std::chrono::milliseconds settle{0}; ///< to wait between connect and subscribe
};

/// A stream's address as a venue handed it out.
struct StreamTicket {
    std::string url;
    friend bool operator==(const StreamTicket &, const StreamTicket &) = default;
};

/// A trading venue: its addresses, its rules and its way of speaking, as data and pure functions.
///
/// Nothing here does I/O or asks a clock, so live collection, replays and conformance run the same
/// code. Any thread; the session belongs to its caller. Hostile bytes end in a verdict.
class Venue {
public:
    virtual ~Venue() = default;
    [[nodiscard]] virtual std::string_view id() const = 0; ///< "kraken"
    [[nodiscard]] virtual StreamRules stream() const = 0;

    /// The canonical market of a native name. A name that no table explains has an empty symbol.
    [[nodiscard]] virtual Market market(std::string_view native) const = 0;
    /// The native name to ask for: nativeName("BTC", "USDT") → "BTC-USDT".
    [[nodiscard]] virtual std::string nativeName(std::string_view base,
                                                 std::string_view quote) const = 0;
    /// The URL of a request; `native` is not used by Tickers and Status. Empty: not offered.
    [[nodiscard]] virtual std::string url(RequestKind kind, std::string_view native) const = 0;
    /// The frames that ask for prices and trades of these markets.
    [[nodiscard]] virtual std::vector<std::string>
    subscribe(std::span<const std::string> natives) const = 0;
    /// The sign of life to send every keepAliveEvery.
    [[nodiscard]] virtual std::string keepAlive(std::int64_t nowMs) const = 0;

    /// What the answer of `ticketUrl` says; Corrupt where it is none.
    [[nodiscard]] virtual Result<StreamTicket> readTicket(std::string_view body,
                                                          std::int64_t nowMs) const;

    [[nodiscard]] virtual Reading readReply(const HttpReply &reply) const = 0;
    /// `frame` is the payload as received, text or binary. Frames are read in their order: the
    /// session remembers channel numbers, seen trades, sequences and books.
    [[nodiscard]] virtual Reading readFrame(std::string_view frame, Session &session) const = 0;
};

} // namespace chrona::connect
