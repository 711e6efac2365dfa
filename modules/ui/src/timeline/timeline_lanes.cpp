// SPDX-License-Identifier: AGPL-3.0-or-later
#include "timeline/timeline_lanes.h"

#include "text/known_names.h"
#include "text/names.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <array>
#include <functional>
#include <iterator>
#include <map>

namespace chrona::ui {

namespace {

QString laneWord(const char *word)
{
    return QCoreApplication::translate("TimelineLanes", word);
}

QString countryLaneName(const QString &code)
{
    if (code.isEmpty())
        return laneWord(QT_TRANSLATE_NOOP("TimelineLanes", "no country"));
    const QString name = countryName(code);
    return name.isEmpty() ? code : name;
}

/// Types by how many events are of them; each lane one bit or those of a category.
std::vector<TimelineLane> lanesOfTypes(TimelineGrouping grouping,
                                       const schema::EventColumns &columns,
                                       std::span<const std::uint32_t> rows)
{
    std::array<std::size_t, 32> counts{};
    for (const std::uint32_t row : rows)
        ++counts[std::min<std::size_t>(columns.type[row], 31)];
    std::map<int, TimelineLane> lanes;
    for (std::size_t type = 0; type < counts.size(); ++type) {
        if (counts[type] == 0)
            continue;
        const auto number = static_cast<std::uint8_t>(type);
        const auto category = categoryOfNumber(number);
        const bool byCategory = grouping == TimelineGrouping::Categories;
        TimelineLane &lane = lanes[byCategory ? static_cast<int>(category) : int(type)];
        if (lane.total == 0)
            lane.types = 0;
        lane.name = byCategory ? categoryName(category) : typeName(number);
        lane.types |= 1U << type;
        lane.total += counts[type];
    }
    std::vector<TimelineLane> list;
    for (auto &[key, lane] : lanes)
        list.push_back(std::move(lane));
    return list;
}

/// Rows of one lane, kept together with the columns that they point into.
struct LaneRows {
    std::shared_ptr<const workspace::EventSnapshot> snapshot;
    std::vector<std::uint32_t> rows;
};

TimelineLane laneOf(QString name, std::shared_ptr<LaneRows> rows)
{
    TimelineLane lane;
    lane.name = std::move(name);
    lane.total = rows->rows.size();
    const schema::EventColumns &columns = rows->snapshot->columns;
    const std::span<const std::uint32_t> list(rows->rows);
    lane.counts = std::make_shared<const CumulativeCounts>(std::move(rows), columns, list);
    return lane;
}

/// By a number that each row has in a table of names: its country, its source.
std::vector<TimelineLane>
lanesOfTable(TimelineGrouping grouping,
             const std::shared_ptr<const workspace::EventSnapshot> &snapshot,
             std::span<const std::uint32_t> rows)
{
    const bool byCountry = grouping == TimelineGrouping::Countries;
    const auto &numbers = byCountry ? snapshot->columns.region : snapshot->columns.source;
    const QStringList &table = byCountry ? snapshot->regions : snapshot->sources;
    std::map<QString, std::size_t> laneByName;
    std::vector<QString> names;
    std::vector<std::size_t> laneOfNumber(std::size_t(table.size()) + 1);
    for (qsizetype number = 0; number <= table.size(); ++number) {
        // Regions of a country belong to it; a number beyond the table has no name.
        const QString entry = number < table.size() ? table[number] : QString();
        const QString name = byCountry ? entry.left(2) : entry;
        const auto [lane, isNew] = laneByName.try_emplace(name, names.size());
        if (isNew)
            names.push_back(name);
        laneOfNumber[std::size_t(number)] = lane->second;
    }
    std::vector<std::shared_ptr<LaneRows>> lanes(names.size());
    for (auto &lane : lanes)
        lane = std::make_shared<LaneRows>(LaneRows{snapshot, {}});
    for (const std::uint32_t row : rows)
        lanes[laneOfNumber[std::min<std::size_t>(numbers[row], laneOfNumber.size() - 1)]]
            ->rows.push_back(row);
    std::vector<TimelineLane> list;
    for (std::size_t lane = 0; lane < lanes.size(); ++lane)
        if (!lanes[lane]->rows.empty())
            list.push_back(laneOf(byCountry ? countryLaneName(names[lane]) : names[lane],
                                  std::move(lanes[lane])));
    return list;
}

/// By what events name: asked of the service, because columns do not hold it.
std::vector<TimelineLane>
lanesOfEntities(const std::shared_ptr<const workspace::EventSnapshot> &snapshot,
                std::span<const std::uint32_t> rows, const EntityEventsList &entities)
{
    std::vector<TimelineLane> list;
    const std::vector<std::int64_t> &ids = snapshot->columns.id;
    for (const EntityEvents &entity : entities) {
        auto lane = std::make_shared<LaneRows>(LaneRows{snapshot, {}});
        std::ranges::copy_if(rows, std::back_inserter(lane->rows), [&](std::uint32_t row) {
            return std::ranges::binary_search(entity.ids, ids[row]);
        });
        const bool isCut = entity.ids.size() < entity.total;
        const QString words = laneWord(QT_TRANSLATE_NOOP("TimelineLanes", "%1 (newest %2 of %3)"));
        const QLocale locale;
        const QString name = isCut ? words.arg(entity.name, locale.toString(std::ssize(entity.ids)),
                                               locale.toString(entity.total))
                                   : entity.name;
        list.push_back(laneOf(name, std::move(lane)));
    }
    return list;
}

/// Of types: their bits together. Of tables: their rows together, in the order of time.
TimelineLane restOf(std::span<const TimelineLane> lanes,
                    const std::shared_ptr<const workspace::EventSnapshot> &snapshot)
{
    TimelineLane rest;
    const QString words = laneWord(QT_TRANSLATE_NOOP("TimelineLanes", "%1 more"));
    const QString name = words.arg(lanes.size());
    if (!lanes.front().counts) {
        rest.types = 0;
        for (const TimelineLane &lane : lanes) {
            rest.types |= lane.types;
            rest.total += lane.total;
        }
        rest.name = name;
        return rest;
    }
    auto rows = std::make_shared<LaneRows>(LaneRows{snapshot, {}});
    for (const TimelineLane &lane : lanes)
        rows->rows.insert(rows->rows.end(), lane.counts->rows().begin(), lane.counts->rows().end());
    std::ranges::sort(rows->rows); // rows are in the order of time
    return laneOf(name, std::move(rows));
}

} // namespace

std::vector<TimelineLane>
timelineLanes(TimelineGrouping grouping,
              const std::shared_ptr<const workspace::EventSnapshot> &snapshot,
              std::span<const std::uint32_t> rows, const EntityEventsList &entities)
{
    if (grouping == TimelineGrouping::Stacked || rows.empty())
        return {};
    if (grouping == TimelineGrouping::Entities)
        return lanesOfEntities(snapshot, rows, entities);
    const bool ofTypes =
        grouping == TimelineGrouping::Categories || grouping == TimelineGrouping::Types;
    std::vector<TimelineLane> lanes = ofTypes
                                          ? lanesOfTypes(grouping, snapshot->columns, rows)
                                          : lanesOfTable(grouping, snapshot, rows);
    std::ranges::stable_sort(lanes, std::greater{}, &TimelineLane::total);
    if (lanes.size() <= kLanesMax)
        return lanes;
    TimelineLane rest = restOf(std::span(lanes).subspan(kLanesMax - 1), snapshot);
    lanes.resize(kLanesMax - 1);
    lanes.push_back(std::move(rest));
    return lanes;
}

} // namespace chrona::ui
