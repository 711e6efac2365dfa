// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/oracle/aggregates.h"

#include "chrona/oracle/tick.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace chrona::oracle {
namespace {

constexpr double kNothing = std::numeric_limits<double>::quiet_NaN();
constexpr int kCapRounds = 4; ///< of groups; two cannot both hold more than half

} // namespace

double weightedQuantileInPlace(std::span<WeightedPrice> votes, double part)
{
    double total = 0;
    for (const WeightedPrice &vote : votes)
        total += vote.weight;
    if (!(total > 0))
        return kNothing;
    std::ranges::sort(votes, {}, &WeightedPrice::price);
    double reached = 0;
    double found = kNothing;
    for (const WeightedPrice &vote : votes) {
        if (!(vote.weight > 0))
            continue;
        found = vote.price;
        reached += vote.weight;
        if (reached >= part * total)
            break;
    }
    return found;
}

double weightedMedianInPlace(std::span<WeightedPrice> votes)
{
    return weightedQuantileInPlace(votes, 0.5);
}

namespace {

double sumOf(std::span<const double> weights)
{
    double total = 0;
    for (const double weight : weights)
        total += weight;
    return total;
}

/// Sets the heaviest to the cap's part of the whole that then results; the others keep theirs.
void capSingles(std::span<double> weights, double cap)
{
    std::uint64_t capped = 0; // one bit a venue
    double whole = sumOf(weights);
    for (bool changed = true; changed;) {
        changed = false;
        double free = 0, left = 1;
        for (std::size_t i = 0; i < weights.size(); ++i) {
            const std::uint64_t bit = std::uint64_t{1} << i;
            if ((capped & bit) == 0 && weights[i] > cap * whole * (1 + 1e-12)) {
                capped |= bit;
                changed = true;
            }
            free += (capped & bit) == 0 ? weights[i] : 0;
            left -= (capped & bit) == 0 ? 0 : cap;
        }
        if (!(free > 0 && left > 1e-9))
            break; // all are at the cap: the whole as it is divides evenly
        whole = free / left;
    }
    for (std::size_t i = 0; i < weights.size(); ++i)
        if ((capped >> i & 1) != 0)
            weights[i] = cap * whole;
}

/// The same for the first group that has too much; false when none has.
bool capOneGroup(std::span<double> weights, std::span<const std::uint16_t> groups, double cap)
{
    const double total = sumOf(weights);
    for (std::size_t i = 0; i < weights.size(); ++i) {
        if (groups[i] == VenueProfile::kNoGroup || !(weights[i] > 0))
            continue;
        double held = 0;
        for (std::size_t j = 0; j < weights.size(); ++j)
            held += groups[j] == groups[i] ? weights[j] : 0;
        if (held <= cap * total * (1 + 1e-9) || held >= total)
            continue;
        const double scale = cap * (total - held) / ((1 - cap) * held);
        for (std::size_t j = 0; j < weights.size(); ++j)
            weights[j] *= groups[j] == groups[i] ? scale : 1;
        return true;
    }
    return false;
}

} // namespace

void capWeights(std::span<double> weights, std::span<const std::uint16_t> groups,
                const WeightCaps &caps)
{
    const auto counted = std::ranges::count_if(weights, [](double weight) { return weight > 0; });
    if (counted == 0)
        return;
    // Fewer venues than the cap has room for share alike.
    const double single = std::max(caps.single, 1.0 / static_cast<double>(counted));
    for (int round = 0; round < kCapRounds; ++round) {
        capSingles(weights, single);
        if (!capOneGroup(weights, groups, caps.group))
            break;
    }
    capSingles(weights, single);
    const double total = sumOf(weights);
    for (double &weight : weights)
        weight /= total;
}

TradeWindow::TradeWindow(int seconds) : m_seconds(static_cast<std::size_t>(std::max(seconds, 1))) {}

void TradeWindow::add(std::int64_t atMs, double price, double size)
{
    const std::int64_t second = atMs / 1'000;
    Second &slot = m_seconds[static_cast<std::size_t>(second) % m_seconds.size()];
    if (slot.second != second)
        slot = {.second = second};
    slot.volume += size;
    slot.turnover += size * price;
    slot.sum += price;
    slot.count += 1;
}

template <class Take> void TradeWindow::eachSecond(std::int64_t nowMs, Take take) const
{
    const std::int64_t newest = nowMs / 1'000;
    const auto length = static_cast<std::int64_t>(m_seconds.size());
    for (const Second &slot : m_seconds)
        if (slot.count > 0 && slot.second <= newest && slot.second > newest - length)
            take(slot);
}

double TradeWindow::vwap(std::int64_t nowMs) const
{
    double volume = 0, turnover = 0;
    eachSecond(nowMs, [&](const Second &slot) {
        volume += slot.volume;
        turnover += slot.turnover;
    });
    return volume > 0 ? turnover / volume : kNothing;
}

double TradeWindow::twap(std::int64_t nowMs) const
{
    double sum = 0, count = 0;
    eachSecond(nowMs, [&](const Second &slot) {
        sum += slot.sum / slot.count;
        count += 1;
    });
    return count > 0 ? sum / count : kNothing;
}

} // namespace chrona::oracle
