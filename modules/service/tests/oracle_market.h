// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "oracle_desk.h"

#include <cmath>
#include <cstdint>
#include <functional>
#include <random>
#include <span>
#include <utility>
#include <vector>

namespace chrona::service::tests {

inline constexpr std::int64_t kStartMs = 1'700'000'010'000; ///< an epoch's end

/// Five venues, two feeds; every venue quotes each market twice a second.
inline OraclePlan smallPlan()
{
    std::vector<RecordedMarket> markets;
    for (const char *symbol : {"BTC/USD", "ETH/USD"})
        for (const char *venue : {"alder", "birch", "cedar", "elm", "fir"})
            markets.push_back({venue, symbol, 1.0, 0.2});
    OraclePlan plan = planOf(markets).value();
    plan.epochStartMs = kStartMs - 100 * plan.epochMs;
    return plan;
}

/// A market with a known price, and what its venues say of it.
class SmallMarket {
public:
    explicit SmallMarket(const OraclePlan &plan) : m_plan(plan) {}

    /// The ticks of one second that begins there, by arrival.
    std::vector<DeskTick> second(std::int64_t beginMs, int perVenue = 2)
    {
        std::vector<DeskTick> ticks;
        m_price *= std::exp(1e-4 * m_normal(m_random));
        for (int round = 0; round < perVenue; ++round)
            for (std::uint32_t v = 0; v < m_plan.venues.size(); ++v)
                for (std::uint32_t m = 0; m < m_plan.venues[v].markets.size(); ++m) {
                    const double mid = m_price / (m + 1) * std::exp(0.3e-4 * m_normal(m_random));
                    const std::int64_t at = beginMs + (round * 1000 + 500) / perVenue + v;
                    ticks.push_back({.receivedMs = at,
                                     .exchangeMs = at - 50,
                                     .venue = v,
                                     .market = m,
                                     .isPolled = false,
                                     .bid = mid * (1 - 1e-4),
                                     .ask = mid * (1 + 1e-4),
                                     .last = mid,
                                     .size = 1,
                                     .volume24h = 1000});
                }
        return ticks;
    }
    [[nodiscard]] double price() const { return m_price; }

private:
    const OraclePlan &m_plan;
    std::mt19937_64 m_random{7};
    std::normal_distribution<double> m_normal;
    double m_price = 50'000;
};

/// Keeps what it hears; one of many a desk can have.
class KeepingSink : public DeskSink {
public:
    void answered(std::uint32_t feed, const oracle::Answer &answer) override
    {
        if (feed == 0)
            answers.push_back(answer);
    }
    void epochEnded(std::int64_t epoch, std::uint32_t feed, const oracle::Answer &,
                    const oracle::BandChoice &choice) override
    {
        if (feed == 0)
            epochs.emplace_back(epoch, choice.price), choices.push_back(choice);
    }
    void secondEnded(std::int64_t, std::span<const DeskBar> some,
                     std::span<const DeskAnomaly> odd) override
    {
        bars.insert(bars.end(), some.begin(), some.end());
        anomalies.insert(anomalies.end(), odd.begin(), odd.end());
    }
    std::vector<oracle::Answer> answers;
    std::vector<std::pair<std::int64_t, double>> epochs;
    std::vector<oracle::BandChoice> choices; ///< of each of them
    std::vector<DeskBar> bars;
    std::vector<DeskAnomaly> anomalies;
};

using Change = std::function<void(std::vector<DeskTick> &, int second)>;

inline void run(OracleDesk &desk, int seconds, std::span<DeskSink *const> sinks,
                const Change &change = {})
{
    SmallMarket market(desk.plan());
    for (int s = 0; s < seconds; ++s) {
        auto ticks = market.second(kStartMs + s * 1'000);
        if (change)
            change(ticks, s);
        for (const DeskTick &tick : ticks)
            desk.take(tick);
        desk.advance(kStartMs + (s + 1) * 1'000, sinks);
    }
}

} // namespace chrona::service::tests
