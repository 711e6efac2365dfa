// SPDX-License-Identifier: AGPL-3.0-or-later
#include "statistics_office.h"

#include "exact_math.h"
#include "gazetteer.h"
#include "random.h"

#include "chrona/schema/source.h"

#include <algorithm>
#include <cmath>
#include <format>

namespace chrona::sample {

namespace {

using namespace std::chrono;

constexpr MacroSpec kMacroSpecs[] = {
    {"us-cpi", "US consumer prices, yearly change", "US", "inflation", "percent", 3.1, 1.6, .97,
     .08, 1, 1, 12, 13},
    {"us-core-cpi", "US core consumer prices, yearly change", "US", "inflation", "percent", 3.2,
     1.1, .97, .06, 1, 1, 12, 13},
    {"us-payrolls", "US payrolls, monthly change", "US", "employment", "thousand", 175, 95, .5, 45,
     0, 1, 5, 13},
    {"us-unemployment", "US unemployment rate", "US", "employment", "percent", 4.2, .6, .96, .03, 1,
     1, 5, 13},
    {"us-retail-sales", "US retail sales, monthly change", "US", "growth", "percent", .3, .7, .1,
     .25, 1, 1, 15, 13},
    {"us-industrial-output", "US industrial output, monthly change", "US", "growth", "percent", .1,
     .6, .2, .2, 1, 1, 16, 14},
    {"us-housing-starts", "US housing starts, annual rate", "US", "housing", "thousand", 1420, 110,
     .85, 40, 0, 1, 18, 13},
    {"us-gdp", "US gross domestic product, annualised change", "US", "growth", "percent", 2.3, 1.3,
     .4, .5, 1, 3, 28, 13},
    {"us-factory-survey", "US factory survey", "US", "growth", "index", 50.5, 3.2, .9, 0, 1, 1, 1,
     15},
    {"de-orders", "German factory orders, monthly change", "DE", "growth", "percent", .1, 2.1, 0,
     .5, 1, 1, 36, 6},
    {"de-prices", "German consumer prices, yearly change", "DE", "inflation", "percent", 2.9, 1.7,
     .97, .08, 1, 1, 10, 6},
    {"gb-cpi", "UK consumer prices, yearly change", "GB", "inflation", "percent", 3.4, 1.9, .97, 0,
     1, 1, 18, 6},
    {"gb-gdp", "UK gross domestic product, quarterly change", "GB", "growth", "percent", .3, .5, .4,
     .2, 1, 3, 42, 6},
    {"jp-prices", "Japanese consumer prices, yearly change", "JP", "inflation", "percent", 1.8, 1.1,
     .97, 0, 1, 1, 20, 23},
    {"jp-output", "Japanese industrial output, monthly change", "JP", "growth", "percent", .1, 1.9,
     0, .4, 1, 1, 29, 23},
    {"ca-employment", "Canadian employment, monthly change", "CA", "employment", "thousand", 26, 38,
     .1, 9, 0, 1, 6, 13},
    {"cn-output", "Chinese industrial output, yearly change", "CN", "growth", "percent", 5.1, 1.1,
     .8, 0, 1, 1, 16, 2},
    {"cn-trade", "Chinese exports, yearly change", "CN", "growth", "percent", 3.6, 6.5, .7, 1, 1, 1,
     9, 3},
};

struct RegionalMetric {
    std::string_view slug;
    std::string_view metric;
    std::string_view name;
    double base; ///< 0: the region's own
    double cycle, own, floor;
};
constexpr RegionalMetric kMetrics[] = {
    {"unemployment", "unemployment_rate", "Unemployment rate", 0, .9, .35, 1.6},
    {"job-growth", "job_growth", "Employment, yearly change", 1.4, -1.2, .8, -9},
    {"house-prices", "house_price_growth", "House prices, yearly change", 4.5, -2.2, 2.4, -15},
};

Date lastDayOf(year_month month)
{
    return sys_days(month / last);
}

year_month monthOf(Instant instant)
{
    const year_month_day date(floor<days>(instant));
    return date.year() / date.month();
}

std::vector<double> wander(Random &random, std::size_t count, double persistence)
{
    std::vector<double> result(count);
    double level = random.normal();
    const double innovation = std::sqrt(1 - persistence * persistence);
    for (auto &value : result) {
        level = persistence * level + innovation * random.normal();
        value = level;
    }
    return result;
}

class Office {
public:
    Office(std::uint64_t seed, Instant begin, Instant end)
        : m_seed(seed), m_begin(begin), m_end(end)
    {
    }

    Published publishAll()
    {
        for (std::size_t i = 0; i < std::size(kMacroSpecs); ++i)
            publishMacro(i);
        for (const auto &metric : kMetrics)
            publishRegional(metric);
        std::ranges::sort(m_published.releases, [](const Release &a, const Release &b) {
            return std::pair(a.publishedAt, a.spec) < std::pair(b.publishedAt, b.spec);
        });
        return std::move(m_published);
    }

private:
    void publishMacro(std::size_t row)
    {
        const MacroSpec &spec = kMacroSpecs[row];
        auto series =
            sampleSeries(std::format("sample:macro:{}", spec.key),
                         std::format("{} (synthetic)", spec.title), std::string(spec.unit));
        series.region = spec.region;
        series.frequency = spec.months == 3 ? schema::Frequency::Quarter : schema::Frequency::Month;
        series.vintageRule =
            spec.firstPrintError > 0 ? schema::VintageRule::Revised : schema::VintageRule::Final;
        Random random(m_seed, "macro", row);
        const year_month first = monthOf(m_begin);
        const auto count = static_cast<std::size_t>((monthOf(m_end) - first).count() + 1);
        const auto level = wander(random, count, spec.persistence);
        double previous = spec.mean;
        for (std::size_t i = 0; i < count; ++i) {
            const year_month month = first + months(static_cast<int>(i));
            const double error = spec.firstPrintError * random.normal();
            const double surprise = 0.3 * spec.deviation * random.normal();
            if (spec.months == 3 && static_cast<unsigned>(month.month()) % 3 != 0)
                continue;
            const double truth = spec.mean + spec.deviation * level[i];
            const Date period = lastDayOf(month);
            const Instant at = releaseTime(spec, period);
            const double print = exact::rounded(truth + error, spec.decimals);
            if (at >= m_end)
                break;
            m_published.observations.push_back(statedObservation(series.id, period, at, print));
            m_published.releases.push_back({static_cast<std::uint16_t>(row), at, period, print,
                                            previous,
                                            exact::rounded(print - surprise, spec.decimals)});
            previous = exact::rounded(truth, spec.decimals);
            revise(spec, series.id, period, truth, error);
        }
        m_published.series.push_back(std::move(series));
    }

    static Instant releaseTime(const MacroSpec &spec, Date period)
    {
        Date date = period + days(spec.delayDays);
        while (weekday(date) == Saturday || weekday(date) == Sunday)
            date += days(1);
        return date + hours(spec.hourUtc) + minutes(30);
    }

    /// Half of the error goes with the next release, the rest with the one after it.
    void revise(const MacroSpec &spec, schema::SeriesId series, Date period, double truth,
                double error)
    {
        if (spec.firstPrintError <= 0)
            return;
        const year_month_day last(period);
        for (int step = 1; step <= 2; ++step) {
            const year_month month = last.year() / last.month() + months(step * spec.months);
            const Instant at = releaseTime(spec, lastDayOf(month));
            if (at < m_end)
                m_published.observations.push_back(statedObservation(
                    series, period, at,
                    exact::rounded(truth + (step == 1 ? error / 2 : 0), spec.decimals)));
        }
    }

    void publishRegional(const RegionalMetric &metric)
    {
        const year_month first = monthOf(m_begin);
        const auto count = static_cast<std::size_t>((monthOf(m_end) - first).count() + 1);
        Random nation(m_seed, metric.slug);
        const auto cycle = wander(nation, count, .96);
        for (std::size_t region = 0; region < subdivisions().size(); ++region) {
            const Subdivision &part = subdivisions()[region];
            auto series =
                sampleSeries(std::format("sample:{}:{}", metric.slug, part.code),
                             std::format("{}, {} (synthetic)", metric.name, part.name), "percent");
            series.region = part.code;
            series.metric = metric.metric;
            Random random(m_seed, metric.slug, region + 1);
            const auto own = wander(random, count, .93);
            const bool isRate = metric.base == 0;
            const double base =
                isRate ? part.unemploymentBase : metric.base + 0.8 * random.normal();
            const double exposure = random.uniform(0.6, 1.4);
            for (std::size_t i = 0; i < count; ++i) {
                const double season =
                    isRate ? 0.25 * exact::cosTurns((static_cast<double>(i) - 1) / 12) : 0;
                const double value =
                    std::max(metric.floor, base + metric.cycle * exposure * cycle[i] +
                                               metric.own * own[i] + season);
                publishMonth(series.id, lastDayOf(first + months(static_cast<int>(i))), value,
                             random);
            }
            m_published.series.push_back(std::move(series));
        }
    }

    void publishMonth(schema::SeriesId series, Date period, double value, Random &random)
    {
        const Instant printed = period + days(20) + hours(14);
        const double error = 0.12 * random.normal();
        const double first = exact::rounded(value + error, 1);
        const double revised = exact::rounded(value, 1);
        if (printed < m_end)
            m_published.observations.push_back(statedObservation(series, period, printed, first));
        if (printed + days(31) < m_end && revised != first)
            m_published.observations.push_back(
                statedObservation(series, period, printed + days(31), revised));
    }

    std::uint64_t m_seed;
    Instant m_begin, m_end;
    Published m_published;
};

} // namespace

std::span<const MacroSpec> macroSpecs()
{
    return kMacroSpecs;
}

Published publish(std::uint64_t seed, Instant begin, Instant end)
{
    return Office(seed, begin, end).publishAll();
}

schema::Series sampleSeries(std::string key, std::string name, std::string unit)
{
    schema::Series series;
    series.id = schema::seriesIdFor(key);
    series.key = std::move(key);
    series.name = std::move(name);
    series.unit = std::move(unit);
    series.source = schema::sourceIdFor("sample-statistics");
    series.synthetic = true;
    return series;
}

schema::Observation statedObservation(schema::SeriesId series, Instant observedAt,
                                      Instant publishedAt, double value)
{
    schema::Observation observation;
    observation.series = series;
    observation.times.observedAt = observedAt;
    observation.times.publishedAt = publishedAt;
    observation.times.ingestedAt = publishedAt;
    observation.times.basis = schema::AvailabilityBasis::Stated;
    observation.value = value;
    return observation;
}

} // namespace chrona::sample
