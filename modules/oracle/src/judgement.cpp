// SPDX-License-Identifier: AGPL-3.0-or-later
#include "judgement.h"

#include <algorithm>
#include <cmath>

namespace chrona::oracle {
namespace {

/// Of a deviation, what another venue must show of it to agree.
constexpr double kAgreeingPart = 0.4;
/// Of all live venues' volume, what must agree before a deviation is the market's move. Fewer could
/// be two that were drawn away together before anybody else has spoken.
constexpr double kMovingPart = 1.0 / 3;
/// How much of the market must speak before somebody is contradicted.
constexpr double kContradictionMin = 0.12;
/// A single step beyond this plus six sigmas is no market's between two messages, basis points.
constexpr double kLeapBps = 70;
/// The filter knows what the market was at a moment best a little later, ms.
constexpr double kHindsightMs = 150;
/// Mean of a squared innovation in units of its variance, cut at 6, and a little more: with it the
/// confidence bands hold what they promise.
constexpr double kNormedMean = 1.03;
constexpr double kSlack = 100; ///< ms, by which moments of different venues are compared

} // namespace

/// Of a message whose stamp the clock does not believe: when it was said after all. Either the
/// venue's clock is wrong and the price is of now, or the price is as late as it says. Which of the
/// two fits the market better shows after some messages; until then it counts for little, lest the
/// market be bent towards what is to be compared with it.
std::int64_t Feed::State::momentOf(VenueMemory &venue, const Tick &tick, std::int64_t byClockMs,
                                   Reading &reading) const
{
    constexpr std::int64_t kBehindMsMax = 20'000; ///< as far back as the market is known
    constexpr double kEnough = 6, kMost = 15, kOfOne = 2, kKept = 0.99;
    const std::int64_t behind = m_nowMs - tick.exchangeMs;
    if (!m_started || behind <= 0 || behind > kBehindMsMax)
        return byClockMs;
    const auto index = static_cast<std::size_t>(&venue - m_venues.data());
    const MarketHistory &view = m_views[setup.venues[index].currency];
    const double variance =
        venue.noiseVariance + reading.extraVariance + m_filter.basisVariance(index) + 1;
    const auto misfit = [&](std::int64_t ms) {
        const double moment = static_cast<double>(ms) - venue.lagMs + kHindsightMs;
        const double off = reading.value - m_filter.basis(index) - view.at(moment);
        return off * off / variance;
    };
    const double gain =
        std::clamp((misfit(byClockMs) - misfit(tick.exchangeMs)) / 2, -kOfOne, kOfOne);
    venue.lateEvidence = std::clamp(kKept * venue.lateEvidence + gain, -kMost, kMost);
    if (std::abs(venue.lateEvidence) < kEnough)
        reading.extraVariance += m_restless.variance * static_cast<double>(behind) / 1e3;
    return venue.lateEvidence > kEnough ? tick.exchangeMs : byClockMs;
}

Feed::State::Word Feed::State::weigh(const VenueMemory &venue, std::size_t index,
                                     const Reading &reading, std::int64_t spokenOfMs) const
{
    Word word;
    word.venue = index;
    word.currency = setup.venues[index].currency;
    word.value = reading.value;
    word.ofMs = static_cast<double>(spokenOfMs) - venue.lagMs;
    const MarketHistory &view = m_views[word.currency];
    word.innovation = reading.value - view.at(word.ofMs + kHindsightMs) - m_filter.basis(index);
    // Where the market runs, a lag that is not quite known matters.
    const double doubt = 0.25 * venue.lagMs + 30;
    const double slope = view.at(word.ofMs + doubt) - view.at(word.ofMs - doubt);
    const double unseenSeconds =
        std::clamp((static_cast<double>(m_nowMs) - word.ofMs) / 1e3, 0.0, 20.0);
    word.measurement = {word.currency, index, word.innovation,
                        (m_restless.variance + m_restless.urgent) * unseenSeconds,
                        venue.noiseVariance + reading.extraVariance + 0.25 * slope * slope};
    word.variance = m_filter.innovationVariance(word.measurement);
    word.sigma = std::sqrt(word.variance);
    return word;
}

/// Who else has spoken since the deviation began, and on which side they stand.
Support Feed::State::supportOf(const Word &word, std::int64_t sinceMs) const
{
    Support support;
    const double side = word.innovation < 0 ? -1 : 1;
    const double enough = kAgreeingPart * std::abs(word.innovation);
    support.live = m_venues[word.venue].influence;
    for (std::size_t j = 0; j < m_venues.size(); ++j) {
        const VenueMemory &other = m_venues[j];
        if (j == word.venue || standingOf(other, m_nowMs) == VenueStanding::Stale ||
            std::isnan(other.readable) || other.frozen.evidence() > m_policy.frozenEvidence)
            continue;
        support.live += other.influence;
        if (static_cast<double>(other.spokenOfMs) - other.lagMs + kSlack <
            static_cast<double>(sinceMs))
            continue;
        const std::size_t currency = setup.venues[j].currency;
        const double stands = side * (other.readable - viewOf(currency) - m_filter.basis(j));
        const bool agrees = stands > enough;
        (agrees ? support.agree : support.against) += other.influence;
        if (currency == word.currency)
            (agrees ? support.agreeSameCurrency : support.againstSameCurrency) += other.influence;
    }
    return support;
}

/// How far the word lies outside everything that the market was in the time that a slow venue may
/// still speak of.
double Feed::State::outsideHistory(const Word &word) const
{
    const VenueMemory &venue = m_venues[word.venue];
    const double spread = venue.lagMs + 1'500;
    const auto range = m_views[word.currency].range(word.ofMs - spread, word.ofMs + spread);
    const double level = word.value - m_filter.basis(word.venue);
    return std::max({range.low - level, level - range.high, 0.0});
}

TickVerdict Feed::State::judgeDeviation(VenueMemory &venue, const Word &word)
{
    const double size = std::abs(word.innovation);
    if (size <= 3 * word.sigma) {
        venue.deviatingSinceMs = 0;
        absorb(venue, word);
        return {};
    }
    if (venue.deviatingSinceMs == 0)
        venue.deviatingSinceMs = std::max<std::int64_t>(static_cast<std::int64_t>(word.ofMs), 1);
    const Support support = supportOf(word, venue.deviatingSinceMs);
    const double backing = support.agree + venue.influence;
    if (support.agree > support.against && backing > kMovingPart * support.live) {
        moveMarket(word, support);
        Word moved = word;
        moved.variance = m_filter.innovationVariance(word.measurement);
        moved.sigma = std::sqrt(moved.variance);
        absorb(venue, moved);
        return {};
    }
    const bool contradicted =
        support.against >= kContradictionMin && support.against > 2 * support.agree;
    const bool leaps = size > kLeapBps + 6 * word.sigma && m_nowMs > m_restless.movingUntilMs;
    const double tolerated =
        std::max(m_policy.deviationBpsMin, m_policy.deviationSigmas * word.sigma);
    if ((contradicted || leaps) && size > tolerated && outsideHistory(word) > tolerated)
        return {TickClass::BadPrice, TickReason::Deviating};
    absorb(venue, word);
    return {};
}

/// Most of those who have spoken since agree: a move of the market, or, where only the venues of
/// one currency moved, of that currency.
void Feed::State::moveMarket(const Word &word, const Support &support)
{
    const double squared = word.innovation * word.innovation;
    const bool onlyThisCurrency =
        support.agree <= support.agreeSameCurrency && support.against > support.againstSameCurrency;
    if (word.currency > 0 && onlyThisCurrency) {
        m_filter.diffuseRate(word.currency, squared);
        m_restless.rate[word.currency] += 0.3 * squared;
        return;
    }
    m_filter.diffuseFactor(squared);
    m_restless.urgent = std::min(m_restless.urgent + 0.5 * squared, 2'500.0);
    m_restless.movingUntilMs = m_nowMs + 3'000;
}

/// How much the other venues scatter just now, each by its influence.
double Feed::State::scatterBeside(std::size_t index) const
{
    double sum = 0, weight = 0;
    for (std::size_t v = 0; v < m_venues.size(); ++v)
        if (v != index && !std::isnan(m_venues[v].value)) {
            sum += m_venues[v].influence * m_venues[v].traits.scatter();
            weight += m_venues[v].influence;
        }
    return weight > 0 ? sum / weight : 1;
}

/// Into the filter, with bounded influence.
void Feed::State::absorb(VenueMemory &venue, const Word &word)
{
    JointFilter::Measurement measurement = word.measurement;
    const double reach = m_policy.huberSigmas * word.sigma;
    measurement.innovation = std::clamp(word.innovation, -reach, reach);
    learn(word);
    venue.traits.observeScatter(word.innovation * word.innovation / word.variance,
                                scatterBeside(word.venue));
    std::array<double, kCurrenciesMax> before{};
    for (std::size_t c = 0; c < m_views.size(); ++c)
        before[c] = viewOf(c);
    m_filter.update(measurement);
    for (std::size_t c = 0; c < m_views.size(); ++c)
        m_views[c].correct(word.ofMs + kHindsightMs, viewOf(c) - before[c]);
    recordHistory();
    m_absorbedMs = m_nowMs;
    venue.value = word.value;
    venue.valueVariance = word.measurement.noiseVariance;
    venue.valueOfMs = static_cast<std::int64_t>(word.ofMs);
    venue.valueReceivedMs = m_nowMs;
    venue.residual = word.value - m_views[word.currency].at(word.ofMs + kHindsightMs);
}

/// The market's own pace, from innovations in which noise is the smaller part; and whether they
/// lean to one side, which a filter that keeps up never shows.
void Feed::State::learn(const Word &word)
{
    const double normed = word.innovation * word.innovation / word.variance;
    const double gain = 0.2 / m_policy.volatilityMemorySeconds *
                        std::min(m_filter.recentVariance() / word.variance, 1.0);
    const double low = m_policy.volatilityBpsMin * m_policy.volatilityBpsMin;
    const double high = m_policy.volatilityBpsMax * m_policy.volatilityBpsMax;
    m_restless.variance = std::clamp(
        m_restless.variance * (1 + gain * (std::min(normed, 6.0) - kNormedMean)), low, high);
    double &bias = m_restless.bias[word.currency];
    bias += 0.1 * (std::clamp(word.innovation / word.sigma, -3.0, 3.0) - bias);
    constexpr double kLeaning = 0.9;
    if (std::abs(bias) > kLeaning)
        m_restless.urgent =
            std::min(m_restless.urgent + 0.3 * bias * bias * word.variance, 2'500.0);
}

} // namespace chrona::oracle
