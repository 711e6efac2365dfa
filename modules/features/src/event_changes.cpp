// SPDX-License-Identifier: AGPL-3.0-or-later
#include "event_changes.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <format>
#include <numeric>
#include <tuple>
#include <unordered_map>

namespace chrona::features {

namespace {

constexpr std::uint32_t kEveryone = static_cast<std::uint32_t>(-1);

std::string_view countryOf(std::string_view region)
{
    return region.substr(0, region.find('-'));
}

/// "US" takes "US" and "US-TX", not "USA".
bool liesIn(std::string_view region, std::string_view wanted)
{
    return region.starts_with(wanted) &&
           (region.size() == wanted.size() || region[wanted.size()] == '-');
}

std::vector<char> wantedWords(const WordColumn &column, std::span<const std::string> wanted)
{
    std::vector<char> result(column.words().size());
    for (std::size_t i = 0; i < result.size(); ++i)
        result[i] = std::ranges::contains(wanted, column.words()[i]) ? 1 : 0;
    return result;
}

/// The filter of a definition with its texts turned into tables, so that a row costs a few loads.
class Matcher {
public:
    Matcher(const Definition &definition, const EventHistory &history)
        : m_definition(definition), m_history(history),
          m_topics(wantedWords(history.topics(), definition.filter.topics)),
          m_entities(wantedWords(history.entities(), definition.filter.entities)),
          m_severityMin(std::lround(definition.filter.severityMin * 255)),
          m_confidenceMin(std::lround(definition.filter.confidenceMin * 255)),
          m_figure(history.figure(definition.figure))
    {
        m_types.fill(definition.filter.types.empty() ? 1 : 0);
        for (const auto type : definition.filter.types)
            m_types[static_cast<std::size_t>(type)] = 1;
        for (const auto &region : history.regions())
            m_regions.push_back(definition.filter.regions.empty() ||
                                        std::ranges::any_of(definition.filter.regions,
                                                            [&](const std::string &wanted) {
                                                                return liesIn(region, wanted);
                                                            })
                                    ? 1
                                    : 0);
    }

    [[nodiscard]] bool hasType(std::uint32_t row) const
    {
        return m_types[m_history.columns().type[row]] != 0;
    }
    [[nodiscard]] bool matches(std::uint32_t row) const
    {
        const auto &columns = m_history.columns();
        return hasType(row) && columns.severity[row] >= m_severityMin &&
               columns.confidence[row] >= m_confidenceMin && m_regions[columns.region[row]] != 0 &&
               hasWord(m_definition.filter.topics, m_history.topics(), m_topics, row) &&
               hasWord(m_definition.filter.entities, m_history.entities(), m_entities, row) &&
               (m_figure == nullptr || std::isfinite((*m_figure)[row]));
    }

private:
    static bool hasWord(const std::vector<std::string> &wanted, const WordColumn &column,
                        const std::vector<char> &isWanted, std::uint32_t row)
    {
        return wanted.empty() || std::ranges::any_of(column.row(row), [&](std::uint32_t word) {
                   return isWanted[word] != 0;
               });
    }

    const Definition &m_definition;
    const EventHistory &m_history;
    std::array<char, 256> m_types{};
    std::vector<char> m_regions, m_topics, m_entities;
    long m_severityMin, m_confidenceMin;
    const std::vector<double> *m_figure;
};

/// Collects changes; members get numbers as they are met and are put in order at the end.
class Collector {
public:
    Collector(const Definition &definition, const EventTimeline &timeline, const Buckets &buckets)
        : m_definition(definition), m_timeline(timeline), m_history(timeline.history()),
          m_buckets(buckets), m_matcher(definition, m_history)
    {
    }

    ChangeList collect()
    {
        const auto statements = m_timeline.statements();
        for (std::size_t i = 0; i < statements.size(); ++i)
            take(i);
        if (m_definition.axis == Axis::None)
            static_cast<void>(member("")); // a feature even where nothing ever happened
        putMembersInOrder();
        for (auto *list : {&m_list.changes, &m_list.totals})
            std::ranges::sort(*list, {}, [](const Change &change) {
                return std::tuple(change.member, change.bucket, change.knownAt, change.statement,
                                  change.begins);
            });
        return std::move(m_list);
    }

private:
    [[nodiscard]] bool isShare() const { return m_definition.aggregation == Aggregation::Share; }

    void take(std::size_t place)
    {
        const auto statement = m_timeline.statements()[place];
        const auto &columns = m_history.columns();
        const std::uint32_t row = statement.row;
        const bool isRetracted = (columns.flags[row] & schema::EventColumns::kRetracted) != 0;
        if (isRetracted || !m_matcher.hasType(row))
            return;
        const bool isPart = m_matcher.matches(row);
        if (!isPart && !isShare())
            return;
        const auto bucket = m_buckets.indexOf(Instant(Duration(columns.observedAt[row])));
        if (!bucket)
            return;
        const std::int64_t end = m_buckets.end(*bucket).time_since_epoch().count();
        Change change{0,
                      static_cast<std::uint32_t>(*bucket),
                      std::max(columns.availableAt[row], end),
                      static_cast<std::uint32_t>(place),
                      true,
                      isPart};
        std::int64_t until = std::numeric_limits<std::int64_t>::max();
        if (!statement.isLast)
            until = std::max(columns.availableAt[m_timeline.statements()[place + 1].row], end);
        if (until <= change.knownAt)
            return; // replaced before anybody could use it
        forEachMember(row, change, until);
    }

    void forEachMember(std::uint32_t row, Change change, std::int64_t until)
    {
        const auto put = [&](std::vector<Change> &list, std::uint32_t number) {
            change.member = number;
            list.push_back(change);
            if (until == std::numeric_limits<std::int64_t>::max())
                return;
            list.push_back(change);
            list.back().knownAt = until;
            list.back().begins = false;
        };
        const auto putWords = [&](const WordColumn &column) {
            if (isShare())
                put(m_list.totals, kEveryone);
            if (change.isPart)
                for (const std::uint32_t word : column.row(row))
                    put(m_list.changes, member(column.words()[word]));
        };
        const std::string &region = m_history.regions()[m_history.columns().region[row]];
        switch (m_definition.axis) {
        case Axis::None: put(m_list.changes, member("")); break;
        case Axis::Region:
            if (!region.empty())
                put(m_list.changes, member(region));
            break;
        case Axis::Country:
            if (!region.empty())
                put(m_list.changes, member(countryOf(region)));
            break;
        case Axis::Topic: putWords(m_history.topics()); break;
        case Axis::Entity: putWords(m_history.entities()); break;
        }
    }

    std::uint32_t member(std::string_view name)
    {
        const auto [place, isNew] =
            m_places.try_emplace(std::string(name), static_cast<std::uint32_t>(m_places.size()));
        if (isNew)
            m_list.members.push_back(place->first);
        return place->second;
    }

    void putMembersInOrder()
    {
        std::vector<std::size_t> uses(m_list.members.size());
        for (const auto &change : m_list.changes)
            ++uses[change.member];
        std::vector<std::uint32_t> order(m_list.members.size());
        std::iota(order.begin(), order.end(), 0U);
        if (order.size() > kMembersMax) {
            std::ranges::sort(order, [&](std::uint32_t a, std::uint32_t b) {
                return uses[a] != uses[b] ? uses[a] > uses[b]
                                          : m_list.members[a] < m_list.members[b];
            });
            order.resize(kMembersMax);
        }
        std::ranges::sort(order, {}, [&](std::uint32_t i) { return m_list.members[i]; });
        std::vector<std::uint32_t> places(m_list.members.size(), kEveryone);
        std::vector<std::string> names;
        for (const std::uint32_t old : order) {
            places[old] = static_cast<std::uint32_t>(names.size());
            names.push_back(m_list.members[old]);
        }
        m_list.members = std::move(names);
        for (auto &change : m_list.changes)
            change.member = places[change.member];
        std::erase_if(m_list.changes,
                      [](const Change &change) { return change.member == kEveryone; });
    }

    const Definition &m_definition;
    const EventTimeline &m_timeline;
    const EventHistory &m_history;
    const Buckets &m_buckets;
    Matcher m_matcher;
    std::unordered_map<std::string, std::uint32_t> m_places;
    ChangeList m_list;
};

} // namespace

Result<ChangeList> changesOf(const Definition &definition, const EventTimeline &timeline,
                             const Buckets &buckets)
{
    if (auto checked = check(definition); !checked)
        return std::unexpected(checked.error());
    if (definition.source != Definition::Source::Events)
        return fail(ErrorCode::InvalidInput,
                    std::format("{} is made of series, not of events", definition.key));
    if (definition.bucket != buckets.frequency())
        return fail(ErrorCode::InvalidInput,
                    std::format("{} wants buckets of one {}", definition.key,
                                schema::toString(definition.bucket)));
    if (!definition.figure.empty() && timeline.history().figure(definition.figure) == nullptr)
        return fail(ErrorCode::InvalidInput,
                    std::format("the events were loaded without the figure {}", definition.figure));
    return Collector(definition, timeline, buckets).collect();
}

} // namespace chrona::features
