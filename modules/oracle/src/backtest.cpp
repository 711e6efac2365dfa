// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/oracle/backtest.h"

#include "chrona/oracle/stress.h"
#include "chrona/stats/bootstrap.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <format>
#include <limits>
#include <numeric>

namespace chrona::oracle {
namespace {

constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();
constexpr std::array kNoiseFactors{1.0, 0.7, 1.4}; ///< the first wins where none is better

/// What is kept of a replay.
struct Notes final : PublishingSink {
    void judged(std::size_t, const TickVerdict &) override {}
    void answered(const Answer &answer) override
    {
        ++seconds;
        if (answer.state == AnswerState::Sound)
            answers.push_back({answer.atMs, answer.price, answer.confidenceBps});
    }
    void epochEnded(std::int64_t, const Answer &answer, const BandChoice &choice) override
    {
        if (answer.state == AnswerState::Sound)
            choices.push_back({answer.atMs, choice.price, 0});
    }
    std::size_t seconds = 0;
    std::vector<TimedPrice> answers, choices;
};

/// A day's replay and what the engine knew at its end.
struct Played {
    Notes notes;
    std::vector<KnownTraits> traits;
    std::vector<double> crowd;
};

/// With what the days before have taught, or as the day's recording says.
FeedSetup setupWith(const BacktestDay &day, const Played *before)
{
    FeedSetup setup = day.setup;
    if (before == nullptr)
        return setup;
    for (std::size_t v = 0; v < setup.venues.size(); ++v)
        setup.venues[v].known = before->traits[v];
    setup.crowd = before->crowd;
    return setup;
}

Result<Played> play(const BacktestDay &day, std::span<const Tick> ticks, const FeedSetup &setup,
                    const Policy &policy)
{
    auto feed = Feed::create(setup, policy);
    if (!feed)
        return std::unexpected(feed.error());
    auto plan = planFor(day.ticks); // the undisturbed day's seconds, whatever was left out
    if (!plan)
        return std::unexpected(plan.error());
    plan->epochsFromMs = day.epochsFromMs;
    plan->epochMs = day.epochMs;
    BandLayer band({}, setup.crowd);
    Played played;
    if (auto done = replay(*feed, band, ticks, day.bands, *plan, played.notes); !done)
        return std::unexpected(done.error());
    for (std::size_t v = 0; v < setup.venues.size(); ++v)
        played.traits.push_back(feed->learned(v));
    played.crowd = band.learned();
    return played;
}

DayScore scoreOf(const BacktestDay &day, const Notes &notes, std::span<const TimedPrice> reference)
{
    DayScore score{kUnknown, kUnknown, kUnknown, 0, kUnknown, kUnknown};
    if (!reference.empty()) {
        const PriceScore prices = scorePrices(notes.answers, reference, {});
        score.median = prices.median;
        score.p99 = prices.p99;
        score.max = prices.max;
    }
    if (notes.seconds > 0)
        score.missing = 1 - static_cast<double>(notes.answers.size()) /
                                static_cast<double>(notes.seconds);
    if (!day.bands.empty()) {
        const BandScore band = scoreBand(notes.choices, day.bands);
        score.inBand = static_cast<double>(band.inside) / static_cast<double>(band.epochs);
        score.distance = band.distance;
    }
    return score;
}

/// What a candidate is judged by; NaN: nothing can be said.
double lossOf(const DayScore &score)
{
    return std::isnan(score.median) ? score.distance : score.median;
}

struct Stress {
    std::string name;
    std::vector<Tick> ticks;
};

/// Calls use(stress) for each, one at a time: a day of ticks is large.
template <class Use> Status forEachStress(const BacktestDay &day, Use use)
{
    const auto &venues = day.setup.venues;
    for (std::size_t v = 0; v < venues.size(); ++v)
        if (auto done = use(Stress{"without " + venues[v].name,
                                   withoutVenue(day.ticks, static_cast<std::uint16_t>(v))});
            !done)
            return done;
    std::vector<std::uint16_t> bySize(venues.size());
    std::iota(bySize.begin(), bySize.end(), std::uint16_t{0});
    std::ranges::stable_sort(bySize, std::greater{},
                             [&](std::uint16_t v) { return venues[v].share; });
    if (bySize.size() > 1)
        if (auto done =
                use(Stress{std::format("without {} and {}", venues[bySize[0]].name,
                                       venues[bySize[1]].name),
                           withoutVenue(withoutVenue(day.ticks, bySize[0]), bySize[1])});
            !done)
            return done;
    const std::string &largest = venues[bySize[0]].name;
    for (const std::int64_t late : {250, 2'000, 15'000})
        if (auto done = use(Stress{std::format("{} {} ms late", largest, late),
                                   withDelay(day.ticks, {bySize[0], late})});
            !done)
            return done;
    for (const std::int64_t ahead : {5'000, -5'000})
        if (auto done =
                use(Stress{std::format("{}'s clock {} ms {}", largest, std::abs(ahead),
                                       ahead > 0 ? "ahead" : "behind"),
                           withSkew(day.ticks, {bySize[0], ahead})});
            !done)
            return done;
    return {};
}

Status check(std::span<const BacktestDay> days)
{
    if (days.empty())
        return fail(ErrorCode::InvalidInput, "there is no day to walk over");
    for (const BacktestDay &day : days)
        if (day.ticks.empty() || day.setup.venues.empty() ||
            !std::ranges::equal(day.setup.venues, days.front().setup.venues, {},
                                &VenueProfile::name, &VenueProfile::name))
            return fail(ErrorCode::InvalidInput,
                        std::format("{} has no ticks, or other venues than {}", day.name,
                                    days.front().name),
                        "walk over days of the same venues");
    return {};
}

} // namespace

Result<BacktestResult> backtest(std::span<const BacktestDay> days, const Policy &policy)
{
    if (auto sound = check(days); !sound)
        return std::unexpected(sound.error());
    BacktestResult result;
    result.isTruthKnown =
        std::ranges::none_of(days, [](const BacktestDay &day) { return day.truth.empty(); });
    std::array<double, kNoiseFactors.size()> losses{}; ///< over the days before
    std::optional<Played> before;
    for (const BacktestDay &day : days) {
        const FeedSetup setup = setupWith(day, before ? &*before : nullptr);
        const auto best = static_cast<std::size_t>(std::ranges::min_element(losses) -
                                                   losses.begin());
        BacktestResult::Day &told = result.days.emplace_back();
        told.name = day.name;
        told.noiseFactor = kNoiseFactors[best];
        std::vector<TimedPrice> undisturbed;
        const auto policyOf = [&](std::size_t candidate) {
            Policy changed = policy;
            changed.noisePerSpread *= kNoiseFactors[candidate];
            return changed;
        };
        for (std::size_t candidate = 0; candidate < kNoiseFactors.size(); ++candidate) {
            auto played = play(day, day.ticks, setup, policyOf(candidate));
            if (!played)
                return std::unexpected(played.error());
            const DayScore score = scoreOf(day, played->notes, day.truth);
            if (const double loss = lossOf(score); !std::isnan(loss))
                losses[candidate] += loss;
            if (candidate == 0)
                told.plain = score;
            if (candidate == best) {
                told.chosen = score;
                undisturbed = played->notes.answers;
            }
            if (candidate == 0)
                before = std::move(*played); // what is learned follows from sound messages alone
        }
        const std::span<const TimedPrice> reference =
            day.truth.empty() ? std::span<const TimedPrice>(undisturbed) : day.truth;
        auto done = forEachStress(day, [&](const Stress &stress) -> Status {
            const auto played = play(day, stress.ticks, setup, policyOf(best));
            if (!played)
                return std::unexpected(played.error());
            told.stresses.push_back({stress.name, scoreOf(day, played->notes, reference)});
            return {};
        });
        if (!done)
            return std::unexpected(done.error());
    }
    return result;
}

BacktestResult::Mean BacktestResult::meanOf(double DayScore::*figure, DayScore Day::*of) const
{
    std::vector<double> values;
    for (const Day &day : days)
        if (const double value = day.*of.*figure; std::isfinite(value))
            values.push_back(value);
    if (values.empty())
        return {kUnknown, {}};
    if (values.size() < 2)
        return {values.front(), {}};
    const stats::BootstrapMean drawn = stats::bootstrapMean(values, {.meanBlock = 1});
    return {drawn.mean, drawn.standardError};
}

const StressScore *BacktestResult::worst() const
{
    const StressScore *found = nullptr;
    for (const Day &day : days)
        for (const StressScore &each : day.stresses)
            if (std::isfinite(each.score.p99) &&
                (found == nullptr || each.score.p99 > found->score.p99))
                found = &each;
    return found;
}

} // namespace chrona::oracle
