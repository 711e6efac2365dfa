// SPDX-License-Identifier: AGPL-3.0-or-later
#include "oracle_desk.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace chrona::service {
namespace {

constexpr std::int64_t kSecondMs = 1'000;
/// A longer gap between two turns was a sleep.
constexpr std::int64_t kGapMsMax = 30'000;
constexpr std::array<std::int32_t, 4> kWidths{1'000, 60'000, 3'600'000, 86'400'000};
constexpr std::size_t kClasses = 5; ///< of oracle::TickClass
constexpr std::size_t kRevealsMax = 1'024;
constexpr std::int64_t kEpochMax = 1'000'000'000; ///< some thousand years of them

double priceOf(const DeskTick &tick)
{
    const bool isBook =
        std::isfinite(tick.bid) && std::isfinite(tick.ask) && tick.bid > 0 && tick.ask >= tick.bid;
    const double price = isBook ? (tick.bid + tick.ask) / 2 : tick.last;
    return price > 0 ? price : std::nan("");
}

void addTo(DeskBar &bar, std::int64_t opensAtMs, double price, const DeskTick &tick)
{
    if (bar.ticks == 0) {
        bar.opensAtMs = opensAtMs;
        bar.open = bar.high = bar.low = price;
        bar.volume = bar.turnover = 0;
    }
    bar.high = std::max(bar.high, price);
    bar.low = std::min(bar.low, price);
    bar.close = price;
    ++bar.ticks;
    if (tick.size > 0 && std::isfinite(tick.size) && tick.last > 0 && std::isfinite(tick.last)) {
        bar.volume += tick.size;
        bar.turnover += tick.size * tick.last;
    }
}

} // namespace

struct OracleDesk::State {
    explicit State(OraclePlan given) : plan(std::move(given))
    {
        for (const oracle::FeedSetup &feed : plan.feeds)
            bands.emplace_back(oracle::BandPolicy{}, feed.crowd);
        for (const PlannedVenue &venue : plan.venues) {
            marketBegin.push_back(marketCount);
            marketCount += venue.markets.size();
        }
        marketBegin.push_back(marketCount);
        routeBegin.assign(marketCount + 1, 0);
        for (const FeedRoute &route : plan.routes)
            ++routeBegin[marketBegin[route.venue] + route.market + 1];
        for (std::size_t i = 1; i < routeBegin.size(); ++i)
            routeBegin[i] += routeBegin[i - 1];
        bars.resize(marketCount * kWidths.size());
        for (std::size_t v = 0; v < plan.venues.size(); ++v)
            for (std::size_t m = 0; m < plan.venues[v].markets.size(); ++m)
                for (std::size_t w = 0; w < kWidths.size(); ++w) {
                    DeskBar &bar = bars[(marketBegin[v] + m) * kWidths.size() + w];
                    bar.venue = static_cast<std::uint32_t>(v);
                    bar.market = static_cast<std::uint32_t>(m);
                    bar.widthMs = kWidths[w];
                }
        for (const oracle::FeedSetup &feed : plan.feeds) {
            anomalyBegin.push_back(anomalyCount);
            anomalyCount += feed.venues.size() * kClasses;
            heardBegin.push_back(heardBy.size());
            heardBy.resize(heardBy.size() + feed.venues.size());
        }
        reveals.reserve(kRevealsMax);
        anomalies.resize(anomalyCount);
        endedBars.reserve(bars.size());
        endedAnomalies.reserve(anomalies.size());
    }

    void take(const DeskTick &given, std::span<DeskSink *const> sinks)
    {
        DeskTick tick = given;
        tick.receivedMs = std::max(tick.receivedMs, endedMs + 1);
        if (tick.heardMs == 0)
            tick.heardMs = given.receivedMs;
        ++ticks;
        for (DeskSink *sink : sinks)
            sink->taken(tick);
        const std::size_t market = marketBegin[tick.venue] + tick.market;
        const double price = priceOf(tick);
        bool isSound = false;
        for (std::size_t r = routeBegin[market]; r < routeBegin[market + 1]; ++r)
            isSound |= give(plan.routes[r], tick, price);
        if (isSound && std::isfinite(price))
            for (std::size_t w = 0; w < kWidths.size(); ++w) {
                const std::int64_t opens = tick.receivedMs / kWidths[w] * kWidths[w];
                addTo(bars[market * kWidths.size() + w], opens, price, tick);
            }
    }

    bool give(const FeedRoute &route, const DeskTick &tick, double price)
    {
        const oracle::TickVerdict verdict = feeds[route.feed].update({.receivedMs = tick.receivedMs,
                                                                      .exchangeMs = tick.exchangeMs,
                                                                      .venue = route.venueInFeed,
                                                                      .currency = route.currency,
                                                                      .kind = route.kind,
                                                                      .bid = tick.bid,
                                                                      .ask = tick.ask,
                                                                      .last = tick.last,
                                                                      .size = tick.size,
                                                                      .volume24h = tick.volume24h});
        if (route.kind == oracle::TickKind::Price)
            heardBy[heardBegin[route.feed] + route.venueInFeed] = tick.collector;
        if (verdict.judged == oracle::TickClass::Sound)
            return true;
        DeskAnomaly &anomaly = anomalies[anomalyBegin[route.feed] + route.venueInFeed * kClasses +
                                         static_cast<std::size_t>(verdict.judged)];
        anomaly.feed = route.feed;
        anomaly.venueInFeed = route.venueInFeed;
        anomaly.verdict = verdict;
        anomaly.price = price;
        ++anomaly.count;
        return verdict.judged == oracle::TickClass::BadTime;
    }

    void endSecond(std::int64_t atMs, std::span<DeskSink *const> sinks)
    {
        takeReveals(atMs, sinks);
        const bool isEdge = (atMs - plan.epochStartMs) % plan.epochMs == 0;
        const std::int64_t epoch = (atMs - plan.epochStartMs) / plan.epochMs - 1;
        for (std::size_t f = 0; f < feeds.size(); ++f) {
            feeds[f].answer(atMs, answer);
            bands[f].observe(answer);
            const auto ears =
                std::span(heardBy).subspan(heardBegin[f], plan.feeds[f].venues.size());
            for (DeskSink *sink : sinks) {
                sink->heardBy(static_cast<std::uint32_t>(f), ears);
                sink->answered(static_cast<std::uint32_t>(f), answer);
            }
            if (!isEdge)
                continue;
            const oracle::BandChoice choice = bands[f].choose(answer);
            for (DeskSink *sink : sinks)
                sink->epochEnded(epoch, static_cast<std::uint32_t>(f), answer, choice);
        }
        endBars(atMs);
        endAnomalies(atMs);
        for (DeskSink *sink : sinks)
            sink->secondEnded(atMs, endedBars, endedAnomalies);
    }

    /// In the order in which they count, so that a replay learns alike.
    void takeReveals(std::int64_t atMs, std::span<DeskSink *const> sinks)
    {
        std::erase_if(reveals, [&](const DeskReveal &each) {
            if (each.knownMs > atMs)
                return false;
            bands[each.feed].reveal({.endMs = plan.epochStartMs + (each.epoch + 1) * plan.epochMs,
                                     .q25 = each.q25,
                                     .median = each.median,
                                     .q75 = each.q75,
                                     .knownMs = atMs});
            DeskReveal learned = each;
            learned.knownMs = atMs;
            for (DeskSink *sink : sinks)
                sink->learned(learned);
            return true;
        });
    }

    void endBars(std::int64_t atMs)
    {
        endedBars.clear();
        for (DeskBar &bar : bars)
            if (bar.ticks > 0 && atMs >= bar.opensAtMs + bar.widthMs) {
                endedBars.push_back(bar);
                bar.ticks = 0;
            }
    }

    void endAnomalies(std::int64_t atMs)
    {
        endedAnomalies.clear();
        for (DeskAnomaly &anomaly : anomalies)
            if (anomaly.count > 0) {
                anomaly.atMs = atMs;
                endedAnomalies.push_back(anomaly);
                anomaly.count = 0;
            }
    }

    OraclePlan plan;
    std::vector<oracle::Feed> feeds;
    std::vector<oracle::BandLayer> bands;
    std::vector<std::size_t> marketBegin;  ///< of each venue, in the list of all markets
    std::vector<std::size_t> routeBegin;   ///< of each market, in plan.routes
    std::vector<std::size_t> anomalyBegin; ///< of each feed
    std::size_t marketCount = 0, anomalyCount = 0;
    std::vector<DeskBar> bars; ///< of each market, one a width
    std::vector<DeskAnomaly> anomalies;
    std::vector<DeskBar> endedBars;
    std::vector<DeskAnomaly> endedAnomalies;
    std::vector<DeskReveal> reveals; ///< that wait for their moment
    std::vector<std::size_t> heardBegin; ///< of each feed, in heardBy
    std::vector<std::uint8_t> heardBy;
    oracle::Answer answer; ///< of one feed after another; its memory is kept
    std::int64_t endedMs = 0;
    std::uint64_t ticks = 0;
};

OracleDesk::OracleDesk(std::unique_ptr<State> state) : m_state(std::move(state)) {}
OracleDesk::~OracleDesk() = default;
OracleDesk::OracleDesk(OracleDesk &&) noexcept = default;
OracleDesk &OracleDesk::operator=(OracleDesk &&) noexcept = default;

Result<OracleDesk> OracleDesk::create(OraclePlan plan)
{
    if (plan.epochMs <= 0 || plan.epochMs % kSecondMs != 0 || plan.epochStartMs < 0)
        return fail(ErrorCode::InvalidInput, "epochs must be whole seconds");
    for (const FeedRoute &route : plan.routes)
        if (route.venue >= plan.venues.size() || route.feed >= plan.feeds.size() ||
            route.market >= plan.venues[route.venue].markets.size() ||
            route.venueInFeed >= plan.feeds[route.feed].venues.size())
            return fail(ErrorCode::InvalidInput, "a route of the plan leads nowhere");
    auto state = std::make_unique<State>(std::move(plan));
    for (const oracle::FeedSetup &setup : state->plan.feeds) {
        auto feed = oracle::Feed::create(setup);
        if (!feed)
            return std::unexpected(feed.error());
        state->feeds.push_back(std::move(*feed));
    }
    return OracleDesk(std::move(state));
}

void OracleDesk::take(const DeskTick &tick, std::span<DeskSink *const> sinks)
{
    if (tick.venue < m_state->plan.venues.size() &&
        tick.market < m_state->plan.venues[tick.venue].markets.size() &&
        tick.collector < m_state->plan.collectors.size())
        m_state->take(tick, sinks);
}

void OracleDesk::reveal(const DeskReveal &reveal)
{
    State &state = *m_state;
    if (reveal.feed >= state.feeds.size() || state.reveals.size() >= kRevealsMax ||
        reveal.epoch < 0 || reveal.epoch > kEpochMax)
        return;
    state.reveals.push_back(reveal);
    DeskReveal &kept = state.reveals.back();
    kept.knownMs =
        std::max(kept.knownMs, epochEndMs(reveal.epoch) + state.plan.revealAfterMs);
}

void OracleDesk::advance(std::int64_t nowMs, std::span<DeskSink *const> sinks)
{
    State &state = *m_state;
    const std::int64_t whole = nowMs / kSecondMs * kSecondMs;
    if (whole <= state.endedMs)
        return; // also when the clock stepped back: a second is answered once
    std::int64_t next = state.endedMs + kSecondMs;
    if (state.endedMs == 0 || whole - state.endedMs > kGapMsMax)
        next = whole;
    for (; next <= whole; next += kSecondMs)
        state.endSecond(next, sinks);
    state.endedMs = whole;
}

const OraclePlan &OracleDesk::plan() const
{
    return m_state->plan;
}

std::uint64_t OracleDesk::ticks() const
{
    return m_state->ticks;
}

oracle::KnownTraits OracleDesk::learned(std::size_t feed, std::size_t venueInFeed) const
{
    return m_state->feeds[feed].learned(venueInFeed);
}

std::vector<double> OracleDesk::learnedCrowd(std::size_t feed) const
{
    return m_state->bands[feed].learned();
}

std::int64_t OracleDesk::epochAt(std::int64_t ms) const
{
    return (ms - m_state->plan.epochStartMs) / m_state->plan.epochMs;
}

std::int64_t OracleDesk::epochEndMs(std::int64_t epoch) const
{
    return m_state->plan.epochStartMs + (epoch + 1) * m_state->plan.epochMs;
}

} // namespace chrona::service
