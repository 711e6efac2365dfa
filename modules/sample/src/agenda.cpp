// SPDX-License-Identifier: AGPL-3.0-or-later
#include "agenda.h"

#include "exact_math.h"
#include "random.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <numeric>

namespace chrona::sample {

namespace {

using enum schema::EventType;

constexpr StreamRule kRules[] = {
    // stream, name, type, source, share, peak, season, trend, noise, persistence, weekend, stories,
    // delay
    {Stream::WeatherUs, "weather-us", WeatherAlert, "sample-weather", .215, .45, .45, 0, .55, .75,
     1, 0, 4},
    {Stream::WeatherCanada, "weather-ca", WeatherAlert, "sample-weather", .035, .05, .35, 0, .5, .7,
     1, 0, 6},
    {Stream::Cyclone, "cyclone", TropicalCyclone, "sample-storms", .024, .69, 0, 0, 0, 0, 1, 0, 20},
    {Stream::Quake, "quake", Earthquake, "sample-quakes", .085, 0, 0, 0, .2, .3, 1, 0, 9},
    {Stream::Volcano, "volcano", Volcano, "sample-volcanoes", .005, 0, 0, 0, .4, .9, 1, 0, 60},
    {Stream::Flood, "flood", Flood, "sample-hazards", .03, .55, .3, 0, .6, .8, 1, .2, 120},
    {Stream::Wildfire, "wildfire", Wildfire, "sample-hazards", .036, .58, 1.4, 0, .4, .85, 1, .2,
     90},
    {Stream::Disaster, "disaster", Disaster, "sample-hazards", .007, .6, .1, 0, .4, .5, 1, .6, 200},
    {Stream::ConflictOil, "conflict-oil", Conflict, "sample-conflict", .03, 0, 0, 0, .6, .55, 1,
     .25, 180},
    {Stream::ConflictOther, "conflict", Conflict, "sample-conflict", .048, 0, 0, .1, .4, .85, 1, .3,
     240},
    {Stream::ProtestOil, "protest-oil", Protest, "sample-civil", .012, 0, 0, 0, .5, .5, 1, .2, 150},
    {Stream::ProtestOther, "protest", Protest, "sample-civil", .029, .4, .15, 0, .45, .85, 1.2, .5,
     150},
    {Stream::PolicyUs, "policy-us", PolicyDecision, "sample-policy", .012, 0, 0, 0, .5, .5, .15, .3,
     45},
    {Stream::PolicyOther, "policy", PolicyDecision, "sample-policy", .016, 0, 0, 0, .3, .7, .15, .3,
     60},
    {Stream::Legislation, "legislation", Legislation, "sample-policy", .016, .3, .2, 0, .3, .7, .05,
     .5, 120},
    {Stream::Sanction, "sanction", Sanction, "sample-policy", .011, 0, 0, .2, .6, .5, .1, .3, 30},
    {Stream::Speech, "speech", Speech, "sample-policy", .018, .3, .15, 0, .25, .4, .2, 0, 15},
    {Stream::Shipping, "shipping", Shipping, "sample-shipping", .023, 0, .1, 0, .6, .6, 1, .2, 300},
    {Stream::Outage, "outage", Outage, "sample-energy", .017, .05, .25, 0, .6, .5, 1, 0, 35},
    {Stream::Health, "health", Health, "sample-health", .015, .05, .25, 0, .55, .6, .5, .4, 600},
    {Stream::Filing, "filing", Filing, "sample-filings", .09, .2, .3, 0, .25, .5, .02, 0, 2},
    {Stream::TechnologyNews, "technology-news", News, "sample-news", .03, 0, 0, 1.1, .2, .6, .6, .5,
     25},
    {Stream::News, "news", News, "sample-news", 0, 0, 0, .15, .2, .7, .65, .6, 25},
    {Stream::Other, "other", Other, "sample-civil", .004, 0, 0, 0, .2, .2, 1, 0, 60},
    {Stream::RateDecision, "rate", RateDecision, "sample-calendar", 0, 0, 0, 0, 0, 0, 0, 0, 0},
    {Stream::MacroRelease, "macro", MacroRelease, "sample-statistics", 0, 0, 0, 0, 0, 0, 0, 0, 0},
    {Stream::EnergyReport, "energy", EnergyReport, "sample-energy", 0, 0, 0, 0, 0, 0, 0, 0, 0},
    {Stream::CalendarEntry, "calendar", CalendarEntry, "sample-calendar", 0, 0, 0, 0, 0, 0, 0, 0,
     0},
    {Stream::MarketMove, "move", MarketMove, "sample-markets", 0, 0, 0, 0, 0, 0, 0, 0, 0},
};
static_assert(std::size(kRules) == kStreamCount);

/// Noise that remembers, with a burst now and then that dies away over days.
std::vector<double> livelyNoise(std::uint64_t seed, const Span &span, const StreamRule &rule)
{
    Random random(seed, rule.name, 1);
    std::vector<double> noise(span.days);
    const double innovation = std::sqrt(1 - rule.persistence * rule.persistence);
    double level = random.normal();
    double burst = 0;
    for (auto &value : noise) {
        level = rule.persistence * level + innovation * random.normal();
        burst *= 0.7;
        if (rule.noise > 0.35 && random.chance(1.0 / 120))
            burst += random.uniform(0.8, 2.0);
        value = rule.noise * level + burst;
    }
    return noise;
}

float heavySeverity(Random &random)
{
    // Most are slight; one in some hundred is near the top.
    const double excess = random.pareto(1, 1.6) - 1;
    return static_cast<float>(exact::rounded(0.12 + 0.88 * excess / (excess + 2.2), 3));
}

std::int64_t timeInDay(Random &random, const StreamRule &rule)
{
    // Offices publish in office hours between London's morning and New York's evening.
    const bool isOffice = rule.weekend < 0.3;
    const double hour =
        isOffice ? 8 + 7.5 * (random.uniform() + random.uniform()) * 0.95 : 24 * random.uniform();
    return static_cast<std::int64_t>(hour * 3'600) * 1'000'000;
}

void drawPlain(const DrawRequest &request, const StreamRule &rule, Agenda &agenda)
{
    Random random(request.seed, rule.name, 2);
    for (std::size_t i = 0; i < request.count; ++i) {
        PlannedEvent event;
        const std::size_t day = random.pickByCumulative(request.cumulative);
        event.observedAt = request.span.begin + static_cast<std::int64_t>(day) * kDayMicroseconds +
                           timeInDay(random, rule);
        event.severity = heavySeverity(random);
        event.stream = rule.stream;
        agenda.events.push_back(event);
    }
}

void finish(const DrawRequest &request, const StreamRule &rule, std::size_t first, Agenda &agenda)
{
    Random random(request.seed, rule.name, 3);
    std::uint32_t number = 0;
    for (std::size_t i = first; i < agenda.events.size(); ++i) {
        auto &event = agenda.events[i];
        event.number = number++;
        const double delay = random.exponential(rule.delayMinutes * 60.0);
        event.delaySeconds = static_cast<std::uint32_t>(std::min(delay, 172'800.0)) + 30;
        if (event.observedAt >= request.span.end) // a partial last day, or a story that went on
            event.observedAt = request.span.end - 1'000'000 -
                               random.between(0, kDayMicroseconds / 1'000'000 - 2) * 1'000'000;
    }
}

} // namespace

const StreamRule &ruleOf(Stream stream)
{
    return kRules[static_cast<std::size_t>(stream)];
}

double Span::yearPart(std::size_t day) const
{
    using namespace std::chrono;
    const Date date = floor<std::chrono::days>(Instant(Duration(begin))) +
                      std::chrono::days(static_cast<int>(day));
    const auto firstOfYear = sys_days(year_month_day(date).year() / January / 1);
    return static_cast<double>((date - firstOfYear).count()) / 365.25;
}

bool Span::isWeekend(std::size_t day) const
{
    using namespace std::chrono;
    const weekday name(floor<std::chrono::days>(Instant(Duration(begin))) +
                       std::chrono::days(static_cast<int>(day)));
    return name == Saturday || name == Sunday;
}

std::vector<double> intensities(std::uint64_t seed, const Span &span, const StreamRule &rule)
{
    std::vector<double> noise = livelyNoise(seed, span, rule);
    if (rule.stream == Stream::ProtestOil) {
        const auto echoed = livelyNoise(seed, span, ruleOf(Stream::ConflictOil));
        for (std::size_t day = 0; day < noise.size(); ++day)
            noise[day] = 0.9 * echoed[day] + 0.5 * noise[day];
    }
    std::vector<double> result(span.days);
    for (std::size_t day = 0; day < span.days; ++day) {
        const double through = static_cast<double>(day) / static_cast<double>(span.days) - 0.5;
        const double season =
            rule.seasonAmplitude * exact::cosTurns(span.yearPart(day) - rule.seasonPeak);
        result[day] = exact::exp(noise[day] + season + rule.trend * through) *
                      (span.isWeekend(day) ? rule.weekend : 1);
    }
    return result;
}

Agenda drawAgenda(std::uint64_t seed, const Span &span, std::size_t eventCount)
{
    Agenda agenda;
    agenda.events.reserve(eventCount);
    std::size_t drawn = 0;
    for (std::size_t i = 0; i < kDrawnStreamCount; ++i)
        if (kRules[i].stream != Stream::News)
            drawn += static_cast<std::size_t>(
                std::floor(kRules[i].share * static_cast<double>(eventCount)));
    for (std::size_t i = 0; i < kDrawnStreamCount; ++i) {
        const auto &rule = kRules[i];
        auto cumulative = intensities(seed, span, rule);
        std::partial_sum(cumulative.begin(), cumulative.end(), cumulative.begin());
        const std::size_t count = rule.stream == Stream::News
                                      ? eventCount - drawn
                                      : static_cast<std::size_t>(std::floor(
                                            rule.share * static_cast<double>(eventCount)));
        DrawRequest request{seed, span, count, cumulative};
        const std::size_t first = agenda.events.size();
        if (rule.stream == Stream::Quake) {
            drawQuakes(request, agenda);
        } else if (rule.stream == Stream::Cyclone) {
            drawStorms(request, agenda);
        } else {
            const auto inStories =
                static_cast<std::size_t>(static_cast<double>(count) * rule.storyShare);
            request.count = inStories;
            drawStories(request, rule, agenda);
            request.count = count - inStories;
            drawPlain(request, rule, agenda);
        }
        finish(request, rule, first, agenda);
    }
    return agenda;
}

} // namespace chrona::sample
