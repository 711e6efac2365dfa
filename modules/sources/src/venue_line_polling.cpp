// SPDX-License-Identifier: AGPL-3.0-or-later
#include "source_fetcher.h"
#include "venue_line.h"

#include <algorithm>
#include <format>
#include <set>
#include <string_view>

/// Asking over HTTP while a stream says nothing, and what follows from what venues answer.
namespace chrona::sources {
namespace {

using namespace std::chrono_literals;

constexpr double kBudgetShare = 0.25; ///< of the rate that the registry allows
constexpr Duration kPollAllEvery = 5s;
constexpr std::size_t kMarketsAsked = 4; ///< so few are asked one by one
constexpr Duration kMarketOffFor = 1h;   ///< a renamed or delisted market may come back
constexpr Duration kBlockedFor = 15min, kBlockedByPlaceFor = 6h, kBannedFor = 10min;
constexpr Duration kHeardFor = 30s; ///< after a price a venue counts as heard for so long
constexpr std::size_t kDaysKept = 7;
constexpr std::int64_t kStatedMsMax = 24 * 3'600'000;
constexpr Duration kWatchedMax = 30s; ///< between two turns

} // namespace

bool VenueLine::pollsAll() const
{
    return m_natives.size() > kMarketsAsked &&
           !m_parts.venue.url(connect::RequestKind::Tickers, {}).empty();
}

Duration VenueLine::pollEvery() const
{
    const double perSecond = std::max(m_parts.source.rate.requestsPerSecond, 0.01) * kBudgetShare *
                             m_commons.budgetShare();
    const auto least = Duration(static_cast<std::int64_t>(1e6 / perSecond));
    return std::max(least, pollsAll() ? kPollAllEvery : Duration(250ms));
}

/// Which of our markets there are, where a venue lists all of its: one that was renamed or delisted
/// is not asked for, since some venues refuse a whole subscription for it. Looked at again when the
/// stream is opened next, an hour later at the earliest.
void VenueLine::learnMarkets(Instant now, std::stop_token stop)
{
    const std::string url = m_parts.venue.url(connect::RequestKind::Tickers, {});
    if (url.empty())
        return;
    const auto listed = m_commons.listed(now, kMarketOffFor, [&]() -> VenueCommons::Listed {
        FetchMemory unused;
        SourceFetcher fetcher(
            {m_parts.source, m_parts.http, std::nullopt, stop, SourceFetcher::Haste::Urgent},
            unused);
        const auto answer = fetcher.get({.url = url, .accept = "application/json"});
        VenueCommons::Listed markets;
        if (!answer)
            return markets;
        const connect::Reading reading = m_parts.venue.readReply(
            {.kind = connect::RequestKind::Tickers, .target = url, .body = answer->body});
        for (const connect::Message &message : reading.messages)
            if (const auto *ticker = std::get_if<connect::Ticker>(&message))
                markets.insert(ticker->market.symbol);
        return markets;
    });
    if (!listed || listed == m_listed)
        return; // none: then all are asked for
    m_listed = listed;
    for (std::size_t market = 0; market < m_symbols.size(); ++market)
        m_offUntil[market] = listed->contains(m_symbols[market]) ? Instant{} : now + kMarketOffFor;
}

std::optional<std::size_t> VenueLine::nextMarket(Instant now)
{
    for (std::size_t tried = 0; tried < m_natives.size(); ++tried) {
        const std::size_t market = m_nextMarket++ % m_natives.size();
        if (now >= m_offUntil[market] && now >= m_unpolledUntil[market])
            return market;
    }
    return std::nullopt;
}

void VenueLine::poll(Instant now, std::vector<VenueRow> &rows, std::stop_token stop)
{
    using connect::RequestKind;
    m_watch.polled(now);
    const bool all = pollsAll();
    const auto market = all ? std::nullopt : nextMarket(now);
    if (!all && !market)
        return;
    const RequestKind kind = all ? RequestKind::Tickers : RequestKind::Ticker;
    const std::string url = m_parts.venue.url(kind, all ? std::string_view{} : m_natives[*market]);
    if (url.empty())
        return;
    ++m_health.polls;
    SourceFetcher fetcher(
        {m_parts.source, m_parts.http, std::nullopt, stop, SourceFetcher::Haste::Urgent}, m_memory);
    auto answer = fetcher.get({.url = url, .accept = "application/json"});
    const Instant received = m_clock->now();
    if (!answer) {
        // The address may be what is gone: the stream is still asked for it.
        if (market && answer.error().code == ErrorCode::NotFound)
            m_unpolledUntil[*market] = received + kMarketOffFor;
        pausePolling(received);
        if (const auto until = fetcher.closedUntil())
            m_pollFrom = std::max(m_pollFrom.value_or(*until), *until);
        return failed(answer.error(), received);
    }
    m_pollFailures = 0;
    if (answer->notModified)
        return;
    connect::HttpReply reply{.kind = kind, .target = url, .body = answer->body};
    reply.receivedMs =
        std::chrono::floor<std::chrono::milliseconds>(received).time_since_epoch().count();
    const connect::Reading reading = m_parts.venue.readReply(reply);
    const std::size_t before = rows.size();
    m_intake.take(reading, {received, std::max((received - now) / 2, Duration{0}), true}, rows);
    if (rows.size() > before)
        m_heardAt = received;
    if (market && reading.verdict.outcome == connect::Outcome::FatalSymbol)
        m_offUntil[*market] = received + kMarketOffFor;
    else if (reading.verdict.outcome != connect::Outcome::Accept)
        obey(reading.verdict, received);
}

void VenueLine::obey(const connect::Verdict &verdict, Instant now)
{
    using connect::Outcome;
    const std::string why = std::format("{}: {}", verdict.reason, verdict.detail);
    // A day at most, whatever the venue says.
    const auto stated = [&](Duration otherwise) {
        const std::int64_t nowMs = now.time_since_epoch() / 1ms;
        const std::int64_t untilMs =
            verdict.untilMs  ? *verdict.untilMs
            : verdict.waitMs ? nowMs + std::clamp<std::int64_t>(*verdict.waitMs, 0, kStatedMsMax)
                             : nowMs + otherwise / 1ms;
        return Instant(std::chrono::milliseconds(std::clamp(untilMs, nowMs, nowMs + kStatedMsMax)));
    };
    switch (verdict.outcome) {
    case Outcome::RetryAfter: m_pollFrom = stated(10s); break;
    case Outcome::Backoff: pausePolling(now); break;
    case Outcome::Ban: return restUntil(stated(kBannedFor), VenueState::Resting, why);
    case Outcome::GeoBlock: return restUntil(now + kBlockedByPlaceFor, VenueState::Blocked, why);
    case Outcome::Maintenance: return restUntil(stated(60s), VenueState::Maintenance, why);
    case Outcome::Resync: m_wantsReconnect = true; break;
    default: break;
    }
    m_health.detail = why.substr(0, kDetailBytesMax);
}

void VenueLine::failed(const Error &error, Instant now)
{
    if (error.code == ErrorCode::Cancelled)
        return;
    ++m_health.failures;
    m_health.detail = error.what.substr(0, kDetailBytesMax);
    if (error.code == ErrorCode::Denied)
        return restUntil(now + kBlockedFor, VenueState::Blocked, error.what);
}

void VenueLine::pausePolling(Instant now)
{
    m_pollFrom = now + std::min<Duration>(1s * (1U << std::min(m_pollFailures++, 6U)), 60s);
}

void VenueLine::restUntil(Instant until, VenueState state, std::string why)
{
    m_commons.rest({until, state, why});
    // Closed in the next turn: who calls may still be reading from it.
    m_wantsReconnect = m_wire != nullptr;
    m_restUntil = until;
    m_restState = state;
    m_health.detail = why.substr(0, kDetailBytesMax);
}

/// The venue told one of its connections to leave it alone, and means all.
void VenueLine::joinRest(Instant now)
{
    const auto rest = m_commons.restAt(now);
    if (!rest || (m_restUntil && *m_restUntil >= rest->until))
        return;
    m_wantsReconnect = m_wire != nullptr;
    m_restUntil = rest->until;
    m_restState = rest->state;
    m_health.detail = rest->why.substr(0, kDetailBytesMax);
}

/// What is to be seen of all this.
void VenueLine::settle(Instant now)
{
    const bool isHeard = m_heardAt && now - *m_heardAt <= std::max(kHeardFor, m_watch.silenceMax());
    VenueState state = VenueState::Connecting;
    if (m_restUntil)
        state = m_restState;
    else if (m_wire && isHeard && !m_watch.isSilent(now))
        state = VenueState::Streaming;
    else if (isHeard)
        state = VenueState::Polling;
    else if (m_heardAt || m_watch.failuresInRow() > 1)
        state = VenueState::Silent;
    if (state != m_health.state) {
        m_health.state = state;
        m_health.since = now;
    }
    m_health.until = m_restUntil;
    m_health.heardAt = m_heardAt;
    m_health.failuresInRow = m_watch.failuresInRow();
    m_health.marketsOff = static_cast<std::uint32_t>(
        std::ranges::count_if(m_offUntil, [now](Instant until) { return now < until; }));

    const Date today = std::chrono::floor<std::chrono::days>(now);
    if (m_health.days.empty() || m_health.days.back().day != today) {
        if (m_health.days.size() == kDaysKept)
            m_health.days.erase(m_health.days.begin());
        m_health.days.push_back({.day = today});
    }
    // In a sleep nobody watched.
    const Duration watched = now - m_settledAt.value_or(now);
    m_settledAt = now;
    if (watched < Duration{0} || watched > kWatchedMax)
        return;
    const double seconds = std::chrono::duration<double>(watched).count();
    m_health.days.back().watchedSeconds += seconds;
    m_health.days.back().heardSeconds += isHeard ? seconds : 0;
}

} // namespace chrona::sources
