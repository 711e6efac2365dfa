// SPDX-License-Identifier: AGPL-3.0-or-later
#include "learned_traits.h"

#include <algorithm>
#include <cmath>

namespace chrona::oracle {
namespace {

/// Of one message's weight: a market that was silent for long tells with its first word no more
/// than this many seconds' worth.
constexpr double kStepSecondsMax = 5;
/// What the table's figure is worth at the beginning.
constexpr double kTableSeconds = 20;
/// One message against what is known: beyond this factor it is a moment's thing.
constexpr double kMessageFactorMax = 4;
/// Noise follows from the spread; a venue that scatters more than that is believed less, one that
/// scatters less is not believed more: what it does not show may be what others show for it.
constexpr double kNoiseFactorMax = 25;
constexpr double kNoiseGain = 0.003;
/// Of what others show, so much more is plain scatter. Where a market runs all show more.
constexpr double kScatterPlain = 1.4;
constexpr double kScatterLeast = 0.3, kScatterWeight = 0.02;

double weightOf(double &seen, std::int64_t &lastMs, std::int64_t atMs, double memory)
{
    const double step =
        lastMs == 0 ? 1
                    : std::clamp(static_cast<double>(atMs - lastMs) / 1e3, 0.0, kStepSecondsMax);
    lastMs = atMs;
    seen = std::min(seen + step, memory);
    return step / (seen + kTableSeconds);
}

bool areFigures(const KnownTraits &known)
{
    return std::isfinite(known.halfSpreadBps) && known.halfSpreadBps > 0 &&
           std::isfinite(known.volume24h) && known.volume24h >= 0 &&
           std::isfinite(known.noiseFactor) && known.noiseFactor >= 1 &&
           known.spreadSeconds >= 0 && known.volumeSeconds >= 0;
}

} // namespace

LearnedTraits::LearnedTraits(const VenueProfile &table, const Policy &policy)
    : m_halfSpread(table.halfSpreadBps), m_lowest(table.halfSpreadBps / policy.spreadFactorMax),
      m_highest(table.halfSpreadBps * policy.spreadFactorMax), m_tableShare(table.share),
      m_memorySeconds(policy.traitMemorySeconds)
{
    if (!table.known || m_memorySeconds <= 0 || !areFigures(*table.known))
        return;
    m_halfSpread = std::clamp(table.known->halfSpreadBps, m_lowest, m_highest);
    m_volume = table.known->volume24h;
    m_noiseFactor = std::min(table.known->noiseFactor, kNoiseFactorMax);
    m_spreadSeen = std::min(table.known->spreadSeconds, m_memorySeconds);
    m_volumeSeen = std::min(table.known->volumeSeconds, m_memorySeconds);
}

KnownTraits LearnedTraits::known() const
{
    return {m_halfSpread, m_volume, m_noiseFactor, m_spreadSeen, m_volumeSeen};
}

void LearnedTraits::observe(const Tick &tick, std::int64_t atMs)
{
    if (tick.bid > 0 && tick.ask > tick.bid && std::isfinite(tick.ask)) {
        const double half = 1e4 * (tick.ask - tick.bid) / (tick.ask + tick.bid);
        const double weight = weightOf(m_spreadSeen, m_spreadAtMs, atMs, m_memorySeconds);
        const double told = std::clamp(half, m_halfSpread / kMessageFactorMax,
                                       m_halfSpread * kMessageFactorMax);
        m_halfSpread = std::clamp(m_halfSpread * std::exp(weight * std::log(told / m_halfSpread)),
                                  m_lowest, m_highest);
    }
    if (tick.volume24h > 0 && std::isfinite(tick.volume24h)) {
        const double weight = weightOf(m_volumeSeen, m_volumeAtMs, atMs, m_memorySeconds);
        if (m_volume <= 0)
            m_volume = tick.volume24h;
        const double told = std::clamp(tick.volume24h, m_volume / kMessageFactorMax,
                                       m_volume * kMessageFactorMax);
        m_volume += weight * (told - m_volume);
    }
}

void LearnedTraits::observeScatter(double normed, double ofOthers)
{
    const double square = std::min(normed, 6.0);
    m_scatter += kScatterWeight * (square - m_scatter);
    const double push =
        kNoiseGain * (square - kScatterPlain * std::max(ofOthers, kScatterLeast));
    m_noiseFactor = std::clamp(m_noiseFactor * (1 + push), 1.0, kNoiseFactorMax);
}

} // namespace chrona::oracle
