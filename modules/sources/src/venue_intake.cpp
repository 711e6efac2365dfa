// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/sources/venue_intake.h"

#include "millis.h"

#include "chrona/connect/venue_text.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace chrona::sources {
namespace {

using namespace std::chrono_literals;

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
constexpr Duration kTradeAgeMax = 10s;
constexpr Duration kOffsetTrusted = 1s; ///< within it stamps are taken as they are
constexpr double kLatencyWeight = 0.02;

double numberOr(const std::optional<connect::DecimalText> &text)
{
    return text ? connect::toDouble(*text) : kNone;
}

} // namespace

std::string_view toString(VenueState state)
{
    switch (state) {
    case VenueState::Connecting: return "connecting";
    case VenueState::Streaming: return "streaming";
    case VenueState::Polling: return "polling";
    case VenueState::Silent: return "silent";
    case VenueState::Maintenance: return "maintenance";
    case VenueState::Resting: return "resting";
    case VenueState::Blocked: return "blocked";
    }
    return "unknown";
}

VenueIntake::VenueIntake(std::span<const std::string> symbols) : m_heard(symbols.size())
{
    for (std::size_t i = 0; i < symbols.size(); ++i)
        m_places.emplace(symbols[i], static_cast<std::uint32_t>(i));
}

std::optional<std::uint32_t> VenueIntake::marketOf(const connect::Market &market)
{
    if (market.kind != connect::InstrumentKind::Spot)
        return std::nullopt;
    const auto found = m_places.find(market.symbol);
    if (found == m_places.end())
        return std::nullopt;
    return found->second;
}

VenueRow VenueIntake::rowAt(std::uint32_t market, const Arrival &arrival,
                            std::optional<std::int64_t> stampMs)
{
    VenueRow row;
    row.market = market;
    row.isPolled = arrival.isPolled;
    row.receivedMs = millis(arrival.receivedAt);
    row.exchangeMs = millis(arrival.receivedAt - arrival.halfTrip);
    row.isOwnStamp = true;
    row.bid = row.ask = row.last = row.size = row.volume24h = kNone;
    m_heard[market] = true;
    ++m_rows;
    if (!stampMs)
        return row;
    const Instant stamp{std::chrono::milliseconds(*stampMs)};
    if (m_clock.judge(stamp, arrival.receivedAt) != ClockOffset::Stamp::Sound) {
        ++m_doubtful;
        return row;
    }
    const Duration offset = m_clock.offset().value_or(Duration{0});
    const bool isOff = std::chrono::abs(offset) > kOffsetTrusted;
    row.exchangeMs = millis(isOff ? stamp + offset : stamp);
    row.isOwnStamp = isOff;
    const auto delay = std::chrono::duration<double, std::milli>(arrival.receivedAt - stamp -
                                                                 (isOff ? offset : 0s));
    m_latencyMs += (m_latencyMs == 0 ? 1 : kLatencyWeight) * (delay.count() - m_latencyMs);
    return row;
}

void VenueIntake::takeTicker(const connect::Ticker &ticker, const Arrival &arrival,
                             std::vector<VenueRow> &rows)
{
    const auto market = marketOf(ticker.market);
    if (!market || (!ticker.last && !ticker.bid && !ticker.ask))
        return;
    VenueRow row = rowAt(*market, arrival, ticker.timestampMs);
    row.bid = numberOr(ticker.bid);
    row.ask = numberOr(ticker.ask);
    row.last = numberOr(ticker.last);
    row.volume24h = numberOr(ticker.baseVolume);
    rows.push_back(row);
}

/// Before the first stamp of a price our own clock judges; afterwards the venue's, set right.
bool VenueIntake::isHistory(std::int64_t stampMs, Instant receivedAt) const
{
    const Instant stamp{std::chrono::milliseconds(stampMs)};
    return receivedAt - stamp - m_clock.offset().value_or(Duration{0}) > kTradeAgeMax;
}

void VenueIntake::takeTrades(const connect::Trades &trades, const Arrival &arrival,
                             std::vector<VenueRow> &rows)
{
    const auto market = marketOf(trades.market);
    if (!market)
        return;
    const std::size_t first = rows.size();
    for (const connect::Trade &trade : trades.trades) {
        if (trade.timestampMs && isHistory(*trade.timestampMs, arrival.receivedAt))
            continue;
        VenueRow row = rowAt(*market, arrival, trade.timestampMs);
        row.last = connect::toDouble(trade.price);
        row.size = connect::toDouble(trade.amount);
        rows.push_back(row);
    }
    // Some venues tell the newest first; the engine wants them as they happened.
    std::stable_sort(
        rows.begin() + static_cast<std::ptrdiff_t>(first), rows.end(),
        [](const VenueRow &a, const VenueRow &b) { return a.exchangeMs < b.exchangeMs; });
}

void VenueIntake::take(const connect::Reading &reading, const Arrival &arrival,
                       std::vector<VenueRow> &rows)
{
    using connect::Outcome;
    switch (reading.verdict.outcome) {
    case Outcome::Reject:
    case Outcome::AcceptFlag: ++m_rejected; break;
    case Outcome::Dedupe: ++m_duplicates; break;
    case Outcome::Resync: ++m_gaps; break;
    default: break;
    }
    if (reading.verdict.outcome == Outcome::Dedupe)
        return;
    for (const connect::Message &message : reading.messages) {
        if (const auto *ticker = std::get_if<connect::Ticker>(&message))
            takeTicker(*ticker, arrival, rows);
        else if (const auto *trades = std::get_if<connect::Trades>(&message))
            takeTrades(*trades, arrival, rows);
        else if (const auto *book = std::get_if<connect::Book>(&message);
                 book != nullptr && book->action != connect::BookAction::Delta)
            takeTicker(connect::tickerFrom(*book), arrival, rows);
    }
}

void VenueIntake::report(VenueHealth &health) const
{
    health.latencyMs = std::max(m_latencyMs, 0.0);
    health.clockOffset = m_clock.offset();
    health.rows = m_rows;
    health.rejected = m_rejected;
    health.duplicates = m_duplicates;
    health.gaps = m_gaps;
    health.doubtfulStamps = m_doubtful;
    health.marketsAsked = static_cast<std::uint32_t>(m_heard.size());
    health.marketsHeard = static_cast<std::uint32_t>(std::ranges::count(m_heard, true));
}

} // namespace chrona::sources
