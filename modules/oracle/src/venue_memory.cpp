// SPDX-License-Identifier: AGPL-3.0-or-later
#include "venue_memory.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace chrona::oracle {

double bpsOf(double price)
{
    return 1e4 * std::log(price);
}

double priceOf(double bps)
{
    return std::exp(bps * 1e-4);
}

void FrozenTest::observe(bool repeated)
{
    constexpr double kForget = 0.999;
    if (!repeated) {
        m_evidence = 0;
        m_run = 0;
        m_changes = m_changes * kForget + 1;
        m_repeats *= kForget;
        return;
    }
    const double probability = m_repeats / (m_repeats + m_changes);
    m_evidence -= std::log(probability);
    if (++m_run <= kRunCounted) {
        m_repeats = m_repeats * kForget + 1;
        m_changes *= kForget;
    }
}

const TickVerdict *Fingerprints::find(std::uint64_t print) const
{
    const auto found = std::ranges::find(m_prints, print);
    return found == m_prints.end()
               ? nullptr
               : &m_verdicts[static_cast<std::size_t>(found - m_prints.begin())];
}

void Fingerprints::remember(std::uint64_t print, TickVerdict verdict)
{
    m_prints[m_next] = print;
    m_verdicts[m_next] = verdict;
    m_next = (m_next + 1) % kKept;
}

std::uint64_t fingerprintOf(const Tick &tick)
{
    std::uint64_t print = 0x9E3779B97F4A7C15;
    for (const std::uint64_t part :
         {static_cast<std::uint64_t>(tick.exchangeMs), std::bit_cast<std::uint64_t>(tick.bid),
          std::bit_cast<std::uint64_t>(tick.ask), std::bit_cast<std::uint64_t>(tick.last),
          std::bit_cast<std::uint64_t>(tick.size)}) {
        print = (print ^ part) * 0xBF58476D1CE4E5B9;
        print ^= print >> 29;
    }
    return print | 1; // 0 marks an empty place
}

VenueClock::Reading VenueClock::read(const Tick &tick, const Policy &policy)
{
    const double offset =
        static_cast<double>(tick.receivedMs) - static_cast<double>(tick.exchangeMs);
    const double usual = std::max(m_latencyMs, 0.0);
    const double behindMax = std::max(policy.clockBehindMs, policy.clockBehindLatencies * usual);
    // A message may be under way for long now and then; a clock that is wrong is so twice running.
    const bool again = std::abs(offset - m_offsetMs) < policy.clockBehindMs / 2;
    m_offsetMs = offset;
    const std::int64_t asUsual = tick.receivedMs - static_cast<std::int64_t>(usual);
    if (offset < -policy.clockAheadMs || (offset > behindMax && again))
        return {asUsual, true};
    if (offset > behindMax)
        return {m_latencyMs < 0 ? asUsual : tick.exchangeMs, false};
    const double counted = std::clamp(offset, 0.0, m_latencyMs < 0 ? 2'000.0 : 3 * usual + 20);
    m_latencyMs = m_latencyMs < 0 ? counted : m_latencyMs + 0.03 * (counted - m_latencyMs);
    return {std::min(tick.exchangeMs, tick.receivedMs), false};
}

namespace {

bool isPlausible(double price, const Plausible &plausible)
{
    return std::isfinite(price) && price >= plausible.lowest && price <= plausible.highest;
}

TickVerdict badPrice(TickReason reason)
{
    return {TickClass::BadPrice, reason};
}

/// Without a usable book, the last trade: it stands half a spread to one side.
Reading readLast(const Tick &tick, double halfSpreadBps, TickVerdict verdict)
{
    return {true, bpsOf(tick.last), halfSpreadBps * halfSpreadBps, verdict};
}

} // namespace

Reading readPrice(const Tick &tick, double halfSpreadBps, const Plausible &plausible,
                  const Policy &policy)
{
    const bool lastSound = isPlausible(tick.last, plausible);
    const bool bookSound = isPlausible(tick.bid, plausible) && isPlausible(tick.ask, plausible);
    if (!bookSound) {
        if (!lastSound)
            return {.verdict = badPrice(TickReason::Unreadable)};
        const bool hasNone = std::isnan(tick.bid) && std::isnan(tick.ask);
        return readLast(tick, halfSpreadBps,
                        hasNone ? TickVerdict{}
                                : TickVerdict{TickClass::BadBook, TickReason::Unreadable});
    }
    if (tick.bid > tick.ask) {
        if (!lastSound)
            return {.verdict = badPrice(TickReason::Unreadable)};
        return readLast(tick, halfSpreadBps, {TickClass::BadBook, TickReason::Crossed});
    }
    const double mid = (tick.bid + tick.ask) / 2;
    const double half = 1e4 * (tick.ask - tick.bid) / (2 * mid);
    // A spread that has opened says less about the middle.
    const double opened = std::max(half - 2 * halfSpreadBps, 0.0) / 2;
    Reading reading{true, bpsOf(mid), opened * opened, {}};
    if (!lastSound)
        reading.verdict = badPrice(TickReason::Unreadable);
    else if (std::abs(1e4 * (tick.last / mid - 1)) >
             std::max(half, halfSpreadBps) + policy.lastOffBookBps)
        reading.verdict = badPrice(TickReason::LastOffBook);
    return reading;
}

} // namespace chrona::oracle
