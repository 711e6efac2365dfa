// SPDX-License-Identifier: AGPL-3.0-or-later
#include "judgement.h"

#include "chrona/stats/distributions.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace chrona::oracle {
namespace {

/// In which the weight of an old word halves where others decay it (basis of comparison only).
constexpr double kDecayMs = 15'000;
/// Others drop what is older than this.
constexpr std::int64_t kPlainAgeMaxMs = 120'000;

struct Mixer {
    std::uint64_t state = 0xCBF29CE484222325;
    void add(std::uint64_t part) { state = (state ^ part) * 0x100000001B3 ^ (state >> 47); }
    void add(double part) { add(std::bit_cast<std::uint64_t>(part)); }
};

} // namespace

VenueStanding Feed::State::standingOf(const VenueMemory &venue, std::int64_t atMs) const
{
    if (venue.receivedMs == 0)
        return VenueStanding::Silent;
    const double staleMs =
        std::max(1e3 * m_policy.staleSecondsMin, m_policy.staleGaps * venue.usualGapMs);
    if (static_cast<double>(atMs - venue.receivedMs) > staleMs)
        return VenueStanding::Stale;
    if (venue.frozen.evidence() > m_policy.frozenEvidence)
        return VenueStanding::Frozen;
    if (venue.contradicted)
        return VenueStanding::Deviating;
    if (std::isnan(venue.value) || static_cast<double>(atMs - venue.valueReceivedMs) > staleMs)
        return VenueStanding::Stale;
    return VenueStanding::Used;
}

/// Each venue's vote: where the factor would be if it alone were asked.
void Feed::State::viewVenues(std::int64_t atMs, Answer &answer) const
{
    std::array<double, kVenuesMax> weights{};
    answer.venues.resize(m_venues.size());
    answer.sources = 0;
    for (std::size_t i = 0; i < m_venues.size(); ++i) {
        const VenueMemory &venue = m_venues[i];
        VenueView &view = answer.venues[i];
        view = {};
        view.standing = m_started ? standingOf(venue, atMs) : VenueStanding::Silent;
        view.basisBps = m_filter.basis(i);
        view.noiseBps = std::sqrt(venue.noiseVariance);
        view.lagSeconds = venue.lagMs / 1e3;
        view.latencyMs = std::max(venue.clock.latencyMs(), 0.0);
        view.frozenEvidence = venue.frozen.evidence();
        view.share = venue.share;
        view.halfSpreadBps = venue.halfSpreadBps;
        view.ageMs = venue.receivedMs == 0 ? 0 : atMs - venue.receivedMs;
        view.deviationBps = std::isnan(venue.value) ? kNoPrice : venue.residual - view.basisBps;
        if (view.standing != VenueStanding::Used)
            continue;
        ++answer.sources;
        const double age = std::max(static_cast<double>(atMs - venue.valueOfMs), 0.0) / 1e3;
        weights[i] = 1 / (venue.valueVariance + m_filter.basisVariance(i) +
                          (m_restless.variance + m_restless.urgent) * age);
    }
    capWeights(std::span(weights).first(m_venues.size()), m_groups,
               {m_policy.venueWeightMax, m_policy.groupWeightMax});
    for (std::size_t i = 0; i < m_venues.size(); ++i)
        answer.venues[i].weight = weights[i];
}

/// The filter's factor is the efficient estimate, the capped weighted median of the votes the
/// robust one. The answer is the first, held within some errors of the second: one Huber step from
/// the median, so that no venue moves it further than its cap allows, whatever the filter believed.
void Feed::State::combine(Answer &answer) const
{
    std::array<WeightedPrice, kVenuesMax> votes{};
    std::size_t count = 0;
    double spread = 0;
    for (const VenueView &view : answer.venues)
        if (view.weight > 0)
            votes[count++] = {view.deviationBps, view.weight};
    const auto used = std::span(votes).first(count);
    const double median = count > 0 ? weightedMedianInPlace(used) : 0;
    double squares = 0, total = 0;
    for (const WeightedPrice &vote : used) {
        spread += vote.weight * std::abs(vote.price - median);
        squares += vote.weight * vote.weight;
        total += vote.weight;
    }
    const double error = total > 0 ? 1.25 * 1.25 * spread / total * std::sqrt(squares) / total : 0;
    const double reach = m_policy.medianSigmas * std::max(error, 0.5);
    const double step = std::clamp(0.0, median - reach, median + reach);
    answer.filteredBps = -median;
    const double ahead =
        static_cast<double>(std::clamp<std::int64_t>(answer.atMs - m_nowMs, 0, 86'400'000)) / 1e3;
    const double variance =
        m_filter.factorVariance() + (m_restless.variance + m_restless.urgent) * ahead;
    answer.price = priceOf(m_filter.factor() + step);
    answer.confidenceBps =
        stats::normalQuantile(0.5 + m_policy.coverage / 2) * std::sqrt(variance) + std::abs(step);
    for (VenueView &view : answer.venues) {
        view.price = priceOf(m_filter.factor() + view.deviationBps);
        view.deviationBps -= step;
    }
}

void Feed::State::answer(std::int64_t atMs, Answer &answer) const
{
    answer.atMs = std::max(atMs, m_nowMs);
    viewVenues(answer.atMs, answer);
    answer.rates.resize(m_views.size());
    for (std::size_t c = 0; c < m_views.size(); ++c)
        answer.rates[c] = priceOf(m_filter.rate(c));
    answer.volatilityBps = std::sqrt(m_restless.variance + m_restless.urgent);
    answer.regime =
        answer.atMs <= m_restless.movingUntilMs ? MarketRegime::Moving : MarketRegime::Calm;
    for (std::size_t c = 1; c < m_views.size(); ++c)
        if (m_restless.rate[c] > 1)
            answer.regime = MarketRegime::Depeg;
    fillPlain(answer.atMs, answer.others);
    answer.stateHash = hash();
    if (!m_started) {
        answer.state = AnswerState::None;
        answer.price = kNoPrice;
        answer.confidenceBps = kNoPrice;
        return;
    }
    answer.state =
        answer.sources >= m_policy.venuesMin ? AnswerState::Sound : AnswerState::Abstained;
    combine(answer);
}

/// As those would answer who have no gates and no memory.
void Feed::State::fillPlain(std::int64_t atMs, SideBySide &others) const
{
    std::array<WeightedPrice, kVenuesMax> each{}, shared{}, mids{}, decayed{};
    std::size_t count = 0;
    for (std::size_t i = 0; i < m_venues.size(); ++i) {
        const VenueMemory &venue = m_venues[i];
        const std::int64_t age = atMs - venue.plainAtMs;
        if (std::isnan(venue.plainLast) || age >= kPlainAgeMaxMs)
            continue;
        const double rate = m_plainRates[setup.venues[i].currency];
        const double share = venue.share;
        each[count] = {venue.plainLast * rate, 1};
        shared[count] = {venue.plainLast * rate, share};
        mids[count] = {venue.plainMid * rate, std::isfinite(venue.plainMid) ? share : 0};
        decayed[count] = {venue.plainLast * rate,
                          share * std::exp(-static_cast<double>(age) / kDecayMs)};
        ++count;
    }
    others.medianOfLast = weightedMedianInPlace(std::span(each).first(count));
    others.weightedMedianOfLast = weightedMedianInPlace(std::span(shared).first(count));
    others.weightedMedianOfMid = weightedMedianInPlace(std::span(mids).first(count));
    others.decayingMedianOfLast = weightedMedianInPlace(std::span(decayed).first(count));
    others.vwap = m_trades.vwap(atMs);
    others.twap = m_trades.twap(atMs);
}

std::uint64_t Feed::State::hash() const
{
    Mixer mixer;
    for (const double x : m_filter.mean())
        mixer.add(x);
    for (const double x : m_filter.covariance())
        mixer.add(x);
    for (const VenueMemory &venue : m_venues) {
        mixer.add(static_cast<std::uint64_t>(venue.receivedMs));
        mixer.add(venue.readable);
        mixer.add(venue.residual);
        mixer.add(venue.frozen.evidence());
        mixer.add(venue.noiseVariance);
        mixer.add(venue.lateEvidence);
        mixer.add(venue.share);
    }
    mixer.add(m_restless.variance);
    mixer.add(m_restless.urgent);
    mixer.add(static_cast<std::uint64_t>(m_nowMs));
    return mixer.state;
}

} // namespace chrona::oracle
