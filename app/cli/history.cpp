// SPDX-License-Identifier: AGPL-3.0-or-later
#include "history.h"

#include "chrona/schema/calendar.h"

#include <algorithm>

namespace chrona::cli {
namespace {

using std::chrono::days;
using std::chrono::hours;

constexpr Duration kDayKnownAfter = hours(21);

struct WeeklyRelease {
    std::string_view series, title;
};
constexpr WeeklyRelease kWeekly[] = {
    {"us_crude_stocks_ex_spr_kbbl", "EIA weekly petroleum status: crude stocks"},
    {"us_gas_storage_lower48_bcf", "EIA weekly natural gas storage"},
    {"us_gasoline_retail_usd_gal", "EIA weekly gasoline prices"},
    {"us_initial_claims_sa", "US initial jobless claims"},
};

schema::Event appointment(std::string title, Date day, Date asOf, std::string_view source)
{
    schema::Event event;
    event.type = schema::EventType::CalendarEntry;
    event.title = std::move(title);
    event.times.observedAt = Instant(day);
    event.times.publishedAt = Instant(asOf);
    event.times.ingestedAt = Instant(asOf);
    event.times.basis = schema::AvailabilityBasis::Stated;
    event.source = schema::sourceIdFor(source);
    event.sourceRef = std::format("appointment:{}:{}", event.title, formatDate(day));
    event.region = "US";
    schema::set(event.attributes, "day_only", true);
    event.id = schema::eventIdFor(event);
    return event;
}

void addDecisions(const std::filesystem::path &folder, Date day, std::vector<schema::Event> &events)
{
    const auto table = HistoryTable::read(folder, "fomc_decisions");
    if (!table)
        return;
    std::optional<double> target;
    Date targetDay{};
    for (std::size_t row = 0; row < table->rowCount(); ++row) {
        const auto date = parseDate(table->text(row, "date"));
        if (date && *date <= day && *date >= targetDay) {
            target = table->number(row, "target_upper_pct");
            targetDay = *date;
        }
    }
    for (std::size_t row = 0; row < table->rowCount(); ++row) {
        const auto date = parseDate(table->text(row, "date"));
        // Nobody knew of an unscheduled one.
        if (!date || *date <= day || *date > day + days(5) ||
            table->text(row, "kind") != "scheduled")
            continue;
        schema::Event event = appointment("FOMC rate decision", *date, day, "federal-reserve");
        if (target) {
            schema::set(event.attributes, "previous", *target);
            schema::set(event.attributes, "unit", std::string("%"));
        }
        events.push_back(std::move(event));
    }
}

void addReleases(const std::filesystem::path &folder, Date day, std::vector<schema::Event> &events)
{
    const auto table = HistoryTable::read(folder, "weekly_releases");
    if (!table)
        return;
    for (std::size_t row = 0; row < table->rowCount(); ++row) {
        const auto date = parseDate(table->text(row, "nominal_release_date"));
        if (!date || *date <= day || *date > day + days(5))
            continue;
        schema::Event event =
            appointment(releaseTitle(table->text(row, "series")) + " (nominal date)", *date, day,
                        "us-weekly-releases");
        // Only the last revision is on file: it was not the number of the time.
        schema::set(event.attributes, "previous", std::string("withheld: revised since"));
        events.push_back(std::move(event));
    }
}

} // namespace

std::string releaseTitle(std::string_view series)
{
    for (const WeeklyRelease &release : kWeekly) {
        if (series == release.series)
            return std::string(release.title);
    }
    std::string name(series);
    std::ranges::replace(name, '_', ' ');
    return "Weekly release: " + name;
}

Instant decisionOn(Date day)
{
    const Instant utc = Instant(day) + hours(18);
    return utc - schema::newYorkOffset(utc + hours(5));
}

Result<History> readHistory(const std::filesystem::path &folder)
{
    History history;
    for (const auto add : {addMarkets, addEvents, addHazards, addHeadlines}) {
        if (auto added = add(folder, history); !added)
            return std::unexpected(added.error());
    }
    if (history.targets.empty() && history.events.empty())
        return fail(ErrorCode::NotFound,
                    std::format("{} holds none of the files of a history", folder.string()),
                    "docs/guides/briefings.md lists them");
    for (const auto &[name, why] :
         {std::pair{"monthly", "their dates of release are not stated and only their last "
                               "revisions are on file"},
          std::pair{"us_state_unemployment_monthly", "they are the last revisions"}}) {
        if (HistoryTable::read(folder, name))
            history.notices.push_back(
                std::format("The figures of {}.csv are not shown: {}.", name, why));
    }
    return history;
}

std::vector<schema::Event> appointmentsOn(const std::filesystem::path &folder, Date day)
{
    std::vector<schema::Event> events;
    addDecisions(folder, day, events);
    addReleases(folder, day, events);
    return events;
}

schema::SourceId addSource(History &history, const SourceFacts &facts)
{
    const schema::SourceId id = schema::sourceIdFor(facts.key);
    if (std::ranges::contains(history.sources, id, &schema::Source::id))
        return id;
    schema::Source source;
    source.id = id;
    source.key = facts.key;
    source.name = facts.name;
    source.homepage = facts.homepage;
    source.licence = facts.licence;
    source.attribution = facts.attribution;
    source.publisherFamily = facts.family;
    source.redistribution = schema::Redistribution::WithAttribution;
    source.retention = schema::RetentionClass::Permanent;
    history.sources.push_back(std::move(source));
    return id;
}

schema::Event dayEvent(schema::EventType type, std::string title, Date day, schema::SourceId source)
{
    schema::Event event;
    event.type = type;
    event.title = std::move(title);
    event.times.observedAt = Instant(day);
    event.times.ingestedAt = Instant(day) + kDayKnownAfter;
    event.times.basis = schema::AvailabilityBasis::Assumed;
    event.times.assumedLag = kDayKnownAfter;
    event.source = source;
    event.region = "US";
    schema::set(event.attributes, "day_only", true);
    return event;
}

void keepEvent(History &history, schema::Event event)
{
    if (event.sourceRef.empty())
        event.sourceRef = std::format("{}:{}:{}", schema::toString(event.type),
                                      formatInstant(event.times.observedAt), event.title);
    event.id = schema::eventIdFor(event);
    history.events.push_back(std::move(event));
}

} // namespace chrona::cli
