// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/oracle/score.h"

#include "chrona/stats/quantiles.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

namespace chrona::oracle {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

double shareOf(std::size_t part, std::size_t whole)
{
    return whole == 0 ? kNone : static_cast<double>(part) / static_cast<double>(whole);
}

bool isCalm(std::int64_t atMs, std::span<const Episode> episodes)
{
    return std::ranges::none_of(episodes, [&](const Episode &episode) {
        return atMs >= episode.startMs && atMs <= episode.endMs + 1'000;
    });
}

bool isAfterOnset(std::int64_t atMs, std::span<const Episode> episodes)
{
    return std::ranges::any_of(episodes, [&](const Episode &episode) {
        const std::int64_t since = atMs - episode.startMs;
        return (episode.kind == "flash" || episode.kind == "depeg") && since >= 28'000 &&
               since <= 32'000;
    });
}

double meanOf(std::span<const double> values)
{
    double sum = 0;
    for (const double value : values)
        sum += value;
    return values.empty() ? kNone : sum / static_cast<double>(values.size());
}

} // namespace

PriceScore scorePrices(std::span<const TimedPrice> answers, std::span<const TimedPrice> truth,
                       std::span<const Episode> episodes)
{
    PriceScore score;
    std::vector<double> errors, calm, onset;
    std::size_t covered = 0, calmWithin = 0, next = 0;
    for (const TimedPrice &real : truth) {
        while (next < answers.size() && answers[next].atMs < real.atMs)
            ++next;
        if (next == answers.size() || answers[next].atMs != real.atMs ||
            !std::isfinite(answers[next].price)) {
            // Nobody can answer for the moment at which everything begins.
            score.missing += &real != truth.data();
            continue;
        }
        const double error = std::abs(1e4 * (answers[next].price / real.price - 1));
        errors.push_back(error);
        covered += error <= answers[next].confidenceBps;
        if (isCalm(real.atMs, episodes)) {
            calm.push_back(error);
            calmWithin += error <= 8;
        }
        if (isAfterOnset(real.atMs, episodes))
            onset.push_back(error);
    }
    score.answers = errors.size();
    score.median = stats::median(errors);
    score.p95 = stats::quantile(errors, 0.95);
    score.p99 = stats::quantile(errors, 0.99);
    score.max = stats::quantile(errors, 1);
    score.calmMedian = stats::median(calm);
    score.calmWithin8 = shareOf(calmWithin, calm.size());
    score.afterOnset = meanOf(onset);
    score.coverage = shareOf(covered, errors.size());
    return score;
}

FlagScore scoreFlags(std::span<const JudgedTick> ticks)
{
    FlagScore score;
    score.ticks = ticks.size();
    std::size_t flagged = 0, bad = 0, found = 0;
    std::map<std::string, FlagScore::Kind> kinds;
    for (const JudgedTick &tick : ticks) {
        const bool isBad = tick.label == TickClass::BadPrice;
        const bool isFlagged = tick.judged == TickClass::BadPrice;
        score.falseAlarms += tick.label == TickClass::Sound && tick.judged != TickClass::Sound;
        flagged += isFlagged;
        bad += isBad;
        found += isBad && isFlagged;
        if (!isBad)
            continue;
        FlagScore::Kind &kind = kinds[tick.kind];
        kind.kind = tick.kind;
        ++kind.bad;
        kind.found += isFlagged;
    }
    score.precision = shareOf(found, flagged);
    score.recall = shareOf(found, bad);
    for (auto &[name, kind] : kinds)
        score.kinds.push_back(std::move(kind));
    return score;
}

BandScore scoreBand(std::span<const TimedPrice> choices, std::span<const RevealedBand> bands)
{
    BandScore score;
    std::size_t outside = 0;
    std::vector<double> distances;
    for (const RevealedBand &band : bands) {
        ++score.epochs;
        const auto choice = std::ranges::find(choices, band.endMs, &TimedPrice::atMs);
        const bool isInside =
            choice != choices.end() && choice->price >= band.q25 && choice->price <= band.q75;
        if (choice != choices.end())
            distances.push_back(std::abs(1e4 * (choice->price / band.median - 1)));
        score.inside += isInside;
        outside = isInside ? 0 : outside + 1;
        score.longestOutside = std::max(score.longestOutside, outside);
    }
    score.distance = meanOf(distances);
    return score;
}

} // namespace chrona::oracle
