// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/oracle/band.h"

#include "venue_memory.h"

#include "chrona/oracle/aggregates.h"

#include "chrona/stats/distributions.h"

#include <algorithm>
#include <cmath>
#include <tuple>

namespace chrona::oracle {
namespace {

constexpr std::array<double, 6> kLagCandidates{1, 4, 7, 10, 14, 20};
/// How common the simple methods are: median, share-weighted median (twice as common), the same of
/// mids, the same with decay.
constexpr std::array<double, 4> kMethodWeights{1, 2, 1, 1};
constexpr double kPriorDeviation = 1.5; ///< of a forecast, bps
constexpr double kPriorWeight = 6;      ///< epochs that this is worth
constexpr double kSurpriseMax = 6;      ///< bps: one wild epoch must not teach more
constexpr double kHalfWidthMax = 20;    ///< bps

} // namespace

BandLayer::BandLayer(const BandPolicy &policy, std::span<const double> crowd) : m_policy(policy)
{
    constexpr std::size_t kOfLag = 3;
    if (crowd.size() != kOfLag * kLags + 4 ||
        !std::ranges::all_of(crowd, [](double figure) { return std::isfinite(figure); }))
        return;
    std::array<Learned, kLags> learned{};
    for (std::size_t i = 0; i < kLags; ++i) {
        const auto [weight, bias, squares] =
            std::tuple(crowd[kOfLag * i], crowd[kOfLag * i + 1], crowd[kOfLag * i + 2]);
        if (weight < 0 || weight > policy.memoryEpochs || squares < 0 ||
            std::abs(bias) > kSurpriseMax * weight)
            return;
        learned[i] = {weight, bias, squares};
    }
    const auto rest = crowd.subspan(kOfLag * kLags);
    if (rest[0] < 0 || rest[0] > kHalfWidthMax || rest[1] < m_halfWidthWeight ||
        std::abs(rest[2]) > kSurpriseMax || rest[3] < 0 || rest[3] > 1e9)
        return;
    m_learned = learned;
    m_halfWidth = rest[0];
    m_halfWidthWeight = rest[1];
    m_medianOff = rest[2];
    m_revealsLearned = static_cast<std::uint32_t>(rest[3]);
}

std::vector<double> BandLayer::learned() const
{
    if (m_revealsLearned == 0)
        return {};
    std::vector<double> crowd;
    for (const Learned &each : m_learned)
        crowd.insert(crowd.end(), {each.weight, each.bias, each.squares});
    crowd.insert(crowd.end(), {m_halfWidth, m_halfWidthWeight, m_medianOff,
                               static_cast<double>(m_revealsLearned)});
    return crowd;
}

void BandLayer::observe(const Answer &answer)
{
    const std::int64_t second = answer.atMs / 1'000;
    const SideBySide &others = answer.others;
    m_seconds[static_cast<std::size_t>(second) % kSeconds] = {
        second,
        {bpsOf(others.medianOfLast), bpsOf(others.weightedMedianOfLast),
         bpsOf(others.weightedMedianOfMid), bpsOf(others.decayingMedianOfLast)},
        bpsOf(answer.price)};
}

/// A crowd that was led astray is not followed: the choice stays near what the own price was at
/// some time in the last seconds.
double BandLayer::heldToOwn(double choice, std::int64_t atMs, double own) const
{
    double low = own, high = own;
    const std::int64_t newest = atMs / 1'000;
    for (const Second &kept : m_seconds) {
        const std::int64_t age = newest - kept.second;
        if (age < 0 || age > static_cast<std::int64_t>(kLagCandidates.back()) ||
            !std::isfinite(kept.own))
            continue;
        low = std::min(low, kept.own);
        high = std::max(high, kept.own);
    }
    return std::clamp(choice, low - m_policy.leaveBpsMax, high + m_policy.leaveBpsMax);
}

/// The middle of a crowd that uses simple methods on prices up to so many seconds old.
double BandLayer::crowdAt(std::int64_t atMs, double lagSecondsMax, double own) const
{
    std::array<WeightedPrice, kSeconds * kMethods> votes{};
    std::size_t count = 0;
    const std::int64_t newest = atMs / 1'000;
    // They take the last whole second before the moment at which they begin.
    const auto oldest = newest - 1 - static_cast<std::int64_t>(lagSecondsMax);
    for (std::int64_t second = oldest; second < newest; ++second) {
        const Second &kept = m_seconds[static_cast<std::size_t>(second) % kSeconds];
        if (kept.second != second)
            continue;
        for (std::size_t method = 0; method < kMethods; ++method)
            if (std::isfinite(kept.says[method]))
                votes[count++] = {kept.says[method], kMethodWeights[method]};
    }
    if (count == 0)
        return own;
    return weightedMedianInPlace(std::span(votes).first(count));
}

double BandLayer::biasOf(const Learned &learned) const
{
    const double bias = learned.bias / (learned.weight + m_policy.priorEpochs);
    return std::clamp(bias, -m_policy.biasBpsMax, m_policy.biasBpsMax);
}

double BandLayer::varianceOf(const Learned &learned) const
{
    const double bias = biasOf(learned);
    const double squares = learned.squares - 2 * bias * learned.bias + bias * bias * learned.weight;
    return (std::max(squares, 0.0) + kPriorWeight * kPriorDeviation * kPriorDeviation) /
           (learned.weight + kPriorWeight);
}

std::size_t BandLayer::bestLag() const
{
    constexpr double kDistrust = 0.01; ///< of a candidate, for each second from the prior
    std::size_t best = 0;
    double least = 1e300;
    for (std::size_t i = 0; i < kLags; ++i) {
        const double away = std::abs(kLagCandidates[i] - m_policy.crowdLagSecondsMax);
        const double loss = varianceOf(m_learned[i]) * (1 + kDistrust * away);
        if (loss < least) {
            least = loss;
            best = i;
        }
    }
    return best;
}

BandChoice BandLayer::choose(const Answer &answer)
{
    if (!std::isfinite(answer.price) || answer.price <= 0)
        return {.price = kNoPrice};
    const double own = bpsOf(answer.price);
    Forecast &forecast = m_pending[m_nextPending];
    m_nextPending = (m_nextPending + 1) % kPending;
    forecast.endMs = answer.atMs;
    for (std::size_t i = 0; i < kLags; ++i)
        forecast.centre[i] = crowdAt(answer.atMs, kLagCandidates[i], own);
    const std::size_t lag = bestLag();
    const Learned &learned = m_learned[lag];
    const double deviation = std::sqrt(varianceOf(learned));
    const double middle = forecast.centre[lag] + biasOf(learned);
    const auto within = [&](double x, double centre, double half) {
        return stats::normalCdf((centre + half - x) / deviation) -
               stats::normalCdf((centre - half - x) / deviation);
    };
    BandChoice choice{kNoPrice, -1, biasOf(learned), kLagCandidates[lag], 0, m_revealsLearned};
    constexpr int kSteps = 20;
    for (int step = -kSteps; step <= kSteps; ++step) {
        const double x = middle + m_policy.biasBpsMax * step / kSteps;
        const double gain = m_policy.primaryShare * within(x, middle, m_halfWidth) +
                            (1 - m_policy.primaryShare) *
                                within(x, middle + m_medianOff, m_policy.secondaryHalfBps);
        if (gain > choice.probability) {
            choice.probability = gain;
            choice.shiftBps = x - own;
        }
    }
    const double held = heldToOwn(own + choice.shiftBps, answer.atMs, own);
    choice.shiftBps = held - own;
    choice.price = priceOf(held);
    return choice;
}

void BandLayer::reveal(const RevealedBand &band)
{
    if (!(band.q25 > 0 && band.median >= band.q25 && band.q75 >= band.median) ||
        !std::isfinite(band.q75))
        return;
    const auto found = std::ranges::find(m_pending, band.endMs, &Forecast::endMs);
    if (found == m_pending.end() || band.endMs < 0)
        return;
    const double low = bpsOf(band.q25), high = bpsOf(band.q75);
    const double middle = (low + high) / 2;
    const double kept = 1 - 1 / m_policy.memoryEpochs;
    for (std::size_t i = 0; i < kLags; ++i) {
        const double off = std::clamp(middle - found->centre[i], -kSurpriseMax, kSurpriseMax);
        Learned &learned = m_learned[i];
        learned.weight = learned.weight * kept + 1;
        learned.bias = learned.bias * kept + off;
        learned.squares = learned.squares * kept + off * off;
    }
    m_halfWidthWeight = m_halfWidthWeight * kept + 1;
    m_halfWidth += (std::min((high - low) / 2, kHalfWidthMax) - m_halfWidth) / m_halfWidthWeight;
    const double medianOff = std::clamp(bpsOf(band.median) - middle, -kSurpriseMax, kSurpriseMax);
    m_medianOff += (medianOff - m_medianOff) / (m_halfWidthWeight + m_policy.priorEpochs);
    found->endMs = -1;
    ++m_revealsLearned;
}

} // namespace chrona::oracle
