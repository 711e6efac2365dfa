// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/workspace/event_pick.h"

#include <algorithm>
#include <map>

namespace chrona::workspace {
namespace {

void pickTypes(ipc::EventPick &pick, std::uint32_t types)
{
    constexpr std::uint32_t kAll = (1U << schema::kEventTypeCount) - 1;
    if ((types & kAll) == kAll)
        return;
    for (std::size_t type = 0; type < schema::kEventTypeCount; ++type)
        if ((types >> type & 1U) != 0)
            pick.types.push_back(static_cast<schema::EventType>(type));
}

void pickRegions(ipc::EventPick &pick, const std::vector<std::uint16_t> &wanted,
                 const QStringList &regions)
{
    std::map<QString, std::vector<std::uint16_t>> byCountry;
    for (qsizetype at = 0; at < regions.size(); ++at)
        byCountry[regions[at].section(u'-', 0, 0)].push_back(static_cast<std::uint16_t>(at));
    const auto isWanted = [&wanted](std::uint16_t region) {
        return std::ranges::find(wanted, region) != wanted.end();
    };
    for (const auto &[country, parts] : byCountry) {
        if (!country.isEmpty() && std::ranges::all_of(parts, isWanted)) {
            pick.countries.push_back(country.toStdString());
            continue;
        }
        for (const std::uint16_t part : parts)
            if (isWanted(part))
                pick.regions.push_back(regions[part].toStdString());
    }
}

void pickTimes(ipc::EventPick &pick, const TimeWindow &window,
               const std::vector<std::int64_t> &times)
{
    if (times.empty())
        return;
    if (window.begin > Instant(Duration(times.front())))
        pick.from = window.begin;
    if (window.end <= Instant(Duration(times.back())))
        pick.to = window.end;
}

} // namespace

ipc::EventPick pickFor(const EventCriteria &criteria, const EventSnapshot &loaded)
{
    const EventFilter &filter = criteria.filter;
    ipc::EventPick pick;
    pickTimes(pick, criteria.window, loaded.columns.observedAt);
    pickTypes(pick, filter.types);
    pickRegions(pick, filter.regions, loaded.regions);
    for (const std::uint16_t source : filter.sources)
        pick.sources.push_back(loaded.sources.value(source).toStdString());
    for (const QString &word : filter.words)
        pick.words.push_back(word.toStdString());
    pick.box = filter.box;
    pick.severityMin = static_cast<double>(filter.severityMin);
    pick.confidenceMin = static_cast<double>(filter.confidenceMin);
    pick.availableBy = criteria.asOf;
    return pick;
}

} // namespace chrona::workspace
