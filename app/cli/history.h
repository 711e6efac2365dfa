// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/result.h"
#include "chrona/briefing/inputs.h"

#include <filesystem>
#include <vector>

/// A folder of market and event history as inputs of a briefing. docs/guides/briefings.md lists the
/// files and what is assumed of each.
namespace chrona::cli {

struct History {
    std::vector<briefing::TargetSeries> targets;
    std::vector<schema::Event> events;
    std::vector<schema::Source> sources;
    std::vector<std::string> notices; ///< what is missing or left out, and why
};

/// 18:00 in New York: after the closes, the fixings and the day's yields.
[[nodiscard]] Instant decisionOn(Date day);

/// Reads what is there; a file that is missing becomes a notice. NotFound where no file at all is.
[[nodiscard]] Result<History> readHistory(const std::filesystem::path &folder);

/// Appointments as they stood on a day: decisions and releases that lie ahead, with what was last
/// known of each. Made anew for each day, so that no later value can slip into "previous".
[[nodiscard]] std::vector<schema::Event> appointmentsOn(const std::filesystem::path &folder,
                                                        Date day);

// The parts of readHistory, one file each.
[[nodiscard]] Status addMarkets(const std::filesystem::path &folder, History &history);
[[nodiscard]] Status addEvents(const std::filesystem::path &folder, History &history);
[[nodiscard]] Status addHazards(const std::filesystem::path &folder, History &history);
[[nodiscard]] Status addHeadlines(const std::filesystem::path &folder, History &history);

/// What a series of weekly_releases.csv is called where people read it.
[[nodiscard]] std::string releaseTitle(std::string_view series);

struct SourceFacts {
    std::string_view key, name, homepage, licence, attribution, family;
};
/// Registers a source once and returns its id.
schema::SourceId addSource(History &history, const SourceFacts &facts);

/// An event of one day without an hour, known by 21:00 UTC of it.
[[nodiscard]] schema::Event dayEvent(schema::EventType type, std::string title, Date day,
                                     schema::SourceId source);
/// Puts it among the events with its id.
void keepEvent(History &history, schema::Event event);
/// Reads one file through `take`; a missing one becomes a notice that says what is missing for it.
template <class Take>
[[nodiscard]] Status withTable(const std::filesystem::path &folder, std::string_view name,
                               std::string_view missing, History &history, Take take);

} // namespace chrona::cli

#include "history_table.h"

#include <format>

namespace chrona::cli {

template <class Take>
Status withTable(const std::filesystem::path &folder, std::string_view name,
                 std::string_view missing, History &history, Take take)
{
    auto table = HistoryTable::read(folder, name);
    if (!table && table.error().code == ErrorCode::NotFound) {
        history.notices.push_back(std::format("{}.csv was not given: {}.", name, missing));
        return {};
    }
    if (!table)
        return std::unexpected(table.error());
    return take(*table);
}

} // namespace chrona::cli
