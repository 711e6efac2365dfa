// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/connect/venue_message.h"

#include "chrona/connect/venue.h"

#include <format>

#include "chrona/connect/venue.h"

#include <array>

namespace chrona::connect {
namespace {

template <class Enum, std::size_t count>
std::string_view nameOf(Enum value, const std::array<std::string_view, count> &names)
{
    const auto index = static_cast<std::size_t>(value);
    return index < count ? names[index] : std::string_view();
}

} // namespace

std::string_view toString(InstrumentKind kind)
{
    static constexpr std::array<std::string_view, 7> kNames{
        "spot", "swap", "future", "option", "leveraged", "funding", "test"};
    return nameOf(kind, kNames);
}

std::string_view toString(Side side)
{
    static constexpr std::array<std::string_view, 3> kNames{"unknown", "buy", "sell"};
    return nameOf(side, kNames);
}

std::string_view toString(BookAction action)
{
    static constexpr std::array<std::string_view, 3> kNames{"snapshot", "delta", "bbo"};
    return nameOf(action, kNames);
}

std::string_view toString(ControlKind kind)
{
    static constexpr std::array<std::string_view, 9> kNames{"ack",     "error",     "heartbeat",
                                                            "ping",    "pong",      "status",
                                                            "welcome", "reconnect", "maintenance"};
    return nameOf(kind, kNames);
}

std::string_view toString(Outcome outcome)
{
    static constexpr std::array<std::string_view, 12> kNames{
        "accept",  "accept_flag", "partial",   "dedupe",       "reject",      "retry_after",
        "backoff", "ban",         "geo_block", "fatal_symbol", "maintenance", "resync"};
    return nameOf(outcome, kNames);
}

std::string_view toString(RequestKind kind)
{
    static constexpr std::array<std::string_view, 6> kNames{"ticker", "tickers",   "trades",
                                                            "ohlcv",  "orderbook", "status"};
    return nameOf(kind, kNames);
}

Ticker tickerFrom(const Book &book)
{
    Ticker ticker;
    ticker.market = book.market;
    if (!book.bids.empty())
        ticker.bid = book.bids.front().price;
    if (!book.asks.empty())
        ticker.ask = book.asks.front().price;
    ticker.timestampMs = book.timestampMs;
    ticker.sequence = book.sequence;
    return ticker;
}

Result<StreamTicket> Venue::readTicket(std::string_view /*body*/, std::int64_t /*nowMs*/) const
{
    return fail(ErrorCode::Corrupt, std::format("{} hands out no tickets", id()));
}

} // namespace chrona::connect
