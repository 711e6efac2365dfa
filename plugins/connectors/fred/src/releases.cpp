// SPDX-License-Identifier: AGPL-3.0-or-later
#include "releases.h"

#include "chrona/connect/payload.h"
#include "chrona/formats/wall_clock.h"

#include <algorithm>
#include <array>
#include <format>
#include <map>

namespace chrona::fred {
namespace {

using connect::textOf;
using formats::JsonValue;
using Values = std::map<Date, double>; ///< by the beginning of their period

/// Before ALFRED began, its "since ever".
constexpr Date kRealtimeBegin = std::chrono::sys_days(std::chrono::year(1776) / 7 / 4);

struct Named {
    std::string_view series, name;
};
constexpr std::array<Named, 8> kNames{{{"CPIAUCSL", "Consumer price index"},
                                       {"GDPC1", "Real gross domestic product"},
                                       {"ICSA", "Initial jobless claims"},
                                       {"INDPRO", "Industrial production"},
                                       {"PAYEMS", "Nonfarm payrolls"},
                                       {"PCEPI", "Price index of personal consumption"},
                                       {"RSAFS", "Retail sales"},
                                       {"UNRATE", "Unemployment rate"}}};

std::string_view nameOf(std::string_view series)
{
    const auto found = std::ranges::find(kNames, series, &Named::series);
    return found == kNames.end() ? series : found->name;
}

std::string periodText(Date begin, schema::Frequency frequency)
{
    const std::chrono::year_month_day day(begin);
    const auto month = static_cast<unsigned>(day.month());
    switch (frequency) {
    case schema::Frequency::Month: return formatDate(begin).substr(0, 7);
    case schema::Frequency::Quarter:
        return std::format("{} Q{}", static_cast<int>(day.year()), (month + 2) / 3);
    case schema::Frequency::Year: return std::format("{}", static_cast<int>(day.year()));
    default: return formatDate(begin);
    }
}

/// What each vintage says anew or otherwise.
std::map<Date, Values> vintagesOf(JsonValue root)
{
    std::map<Date, Values> vintages;
    for (const JsonValue observation : root["observations"].items()) {
        const auto day = parseDate(textOf(observation["date"]));
        const auto value = connect::numberOf(observation["value"]);
        if (day && value)
            vintages[vintageOf(observation).value_or(kRealtimeBegin)][*day] = *value;
    }
    return vintages;
}

std::optional<double> valueAt(const Values &values, Date day)
{
    const auto found = values.find(day);
    return found == values.end() ? std::nullopt : std::optional(found->second);
}

std::optional<Date> lastBefore(const Values &values, Date day)
{
    const auto next = values.lower_bound(day);
    return next == values.begin() ? std::nullopt : std::optional(std::prev(next)->first);
}

/// A vintage beside what was known before it.
schema::Event eventOf(const ReleasedSeries &series, Date vintage, const Values &said,
                      const Values &known)
{
    const auto &[period, actual] = *said.rbegin();
    schema::Event event;
    event.type = schema::EventType::MacroRelease;
    event.sourceRef = std::format("value:{}:{}", series.id, formatDate(vintage));
    event.title =
        std::format("{}, {}: {}", nameOf(series.id), periodText(period, series.frequency), actual);
    event.times.observedAt = vintage;
    event.region = "US";
    event.url = std::format("https://fred.stlouisfed.org/series/{}", series.id);
    auto &attributes = event.attributes;
    schema::set(attributes, "series", std::format("fred:{}", series.id));
    schema::set(attributes, "period", formatDate(period));
    schema::set(attributes, "all_day", true);
    schema::set(attributes, "actual", actual);
    if (const auto before = std::max(lastBefore(known, period), lastBefore(said, period))) {
        const auto former = valueAt(known, *before), now = valueAt(said, *before);
        const double previous = former.value_or(now.value_or(0));
        event.title += std::format(" after {}", previous);
        schema::set(attributes, "previous", previous);
        if (former && now && *former != *now) {
            schema::set(attributes, "previous_revised", *now);
            schema::set(attributes, "revision", *now - *former);
        }
    }
    if (const auto estimate = valueAt(known, period)) {
        schema::set(attributes, "first_estimate", *estimate);
        schema::set(attributes, "revision", actual - *estimate);
    }
    return event;
}

} // namespace

std::optional<Date> vintageOf(JsonValue observation)
{
    const auto begin = parseDate(textOf(observation["realtime_start"]));
    return begin && *begin > kRealtimeBegin ? std::optional(*begin) : std::nullopt;
}

Instant knownAfter(Date day)
{
    const formats::WallTime midnight((day + std::chrono::days(1)).time_since_epoch());
    return formats::instantFrom(formats::kChicago, midnight);
}

void addReleases(JsonValue root, const ReleasedSeries &series, Instant fetchedAt,
                 connect::DraftList &list)
{
    using schema::Frequency;
    constexpr std::array kReleased{Frequency::Week, Frequency::Month, Frequency::Quarter,
                                   Frequency::Year};
    if (!std::ranges::contains(kReleased, series.frequency))
        return;
    const Date asked = parseDate(textOf(root["realtime_start"])).value_or(kRealtimeBegin);
    Values known;
    for (const auto &[vintage, said] : vintagesOf(root)) {
        const bool isNewest = known.empty() || said.rbegin()->first >= known.rbegin()->first;
        if (vintage > asked && isNewest) {
            schema::Event event = eventOf(series, vintage, said, known);
            if (knownAfter(vintage) <= fetchedAt)
                event.times.publishedAt = knownAfter(vintage);
            list.event(std::move(event));
        }
        for (const auto &[day, value] : said)
            known[day] = value;
    }
}

} // namespace chrona::fred
