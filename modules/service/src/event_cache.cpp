// SPDX-License-Identifier: AGPL-3.0-or-later
#include "event_cache.h"

#include <algorithm>
#include <limits>
#include <ranges>
#include <unordered_set>
#include <utility>

namespace chrona::service {
namespace {

using schema::EventColumns;

/// Bytes of one row over all columns.
constexpr std::size_t kRowBytes = 3 * 8 + 2 * 4 + 4 * 1 + 2 * 2;
constexpr std::size_t kTableMax = std::numeric_limits<std::uint16_t>::max();

/// Applies one operation to each column of `to` and its sibling in `from`.
template <class Columns, class Operation>
void forEachPair(Columns &to, const EventColumns &from, Operation operation)
{
    operation(to.id, from.id);
    operation(to.observedAt, from.observedAt);
    operation(to.availableAt, from.availableAt);
    operation(to.longitude, from.longitude);
    operation(to.latitude, from.latitude);
    operation(to.type, from.type);
    operation(to.severity, from.severity);
    operation(to.confidence, from.confidence);
    operation(to.flags, from.flags);
    operation(to.source, from.source);
    operation(to.region, from.region);
}

void appendRow(EventColumns &to, const EventColumns &from, std::size_t row)
{
    forEachPair(to, from,
                [row](auto &target, const auto &source) { target.push_back(source[row]); });
}

void appendRange(EventColumns &to, const EventColumns &from, std::size_t first, std::size_t end)
{
    forEachPair(to, from, [first, end](auto &target, const auto &source) {
        target.insert(target.end(), source.begin() + static_cast<std::ptrdiff_t>(first),
                      source.begin() + static_cast<std::ptrdiff_t>(end));
    });
}

std::pair<std::int64_t, std::int64_t> orderKey(const EventColumns &columns, std::size_t row)
{
    return {columns.observedAt[row], columns.id[row]};
}

/// Whether a report says what was known. It may have come later than the first one, which is what
/// counts for when the event was available; so that column is left out.
bool isRepetition(const EventColumns &report, std::size_t row, const EventColumns &known,
                  std::size_t knownRow)
{
    bool same = true;
    forEachPair(report, known, [&](const auto &left, const auto &right) {
        if (static_cast<const void *>(&left) != &report.availableAt)
            same = same && left[row] == right[knownRow];
    });
    return same;
}

void removeLastRow(EventColumns &columns)
{
    forEachPair(columns, columns, [](auto &column, const auto &) { column.pop_back(); });
}

/// The rows of `tail` that count, by time. The last of several with one id wins.
std::vector<std::size_t> orderedRows(const EventColumns &tail,
                                     std::unordered_set<std::int64_t> &seen)
{
    std::vector<std::size_t> rows;
    rows.reserve(tail.size());
    for (std::size_t row = tail.size(); row-- > 0;)
        if (seen.insert(tail.id[row]).second)
            rows.push_back(row);
    std::ranges::sort(rows, {}, [&](std::size_t row) { return orderKey(tail, row); });
    return rows;
}

void index(const std::vector<std::string> &names,
           std::unordered_map<std::string, std::uint16_t> &indexes)
{
    indexes.clear();
    for (std::size_t at = 0; at < names.size() && at <= kTableMax; ++at)
        indexes.try_emplace(names[at], static_cast<std::uint16_t>(at));
}

std::uint16_t indexOf(const std::string &name, std::vector<std::string> &names,
                      std::unordered_map<std::string, std::uint16_t> &indexes)
{
    if (const auto found = indexes.find(name); found != indexes.end())
        return found->second;
    // A table that is full points at its first entry: better a row without its region than none.
    if (names.size() > kTableMax)
        return 0;
    const auto at = static_cast<std::uint16_t>(names.size());
    names.push_back(name);
    indexes.emplace(name, at);
    return at;
}

} // namespace

EventColumns joinColumns(const EventColumns &base, const EventColumns &tail)
{
    std::unordered_set<std::int64_t> replaced;
    replaced.reserve(tail.size());
    const std::vector<std::size_t> rows = orderedRows(tail, replaced);
    EventColumns joined;
    joined.reserve(base.size() + rows.size());
    std::size_t copied = 0; // rows of base before this one are in `joined`, or left out
    auto next = rows.begin();
    for (std::size_t row = 0; row < base.size(); ++row) {
        const bool drop = replaced.contains(base.id[row]);
        const bool before = next != rows.end() && orderKey(tail, *next) < orderKey(base, row);
        if (!drop && !before)
            continue;
        appendRange(joined, base, copied, row);
        copied = drop ? row + 1 : row;
        for (; next != rows.end() && orderKey(tail, *next) < orderKey(base, row); ++next)
            appendRow(joined, tail, *next);
    }
    appendRange(joined, base, copied, base.size());
    for (; next != rows.end(); ++next)
        appendRow(joined, tail, *next);
    return joined;
}

void EventCache::request(Answer answer)
{
    if (m_state == State::Loaded) {
        answer(snapshot());
        return;
    }
    m_waiting.push_back(std::move(answer));
    if (m_state == State::Loading)
        return;
    m_state = State::Loading;
    m_loader([this, generation = m_generation](Result<Loaded> loaded) {
        take(std::move(loaded), generation);
    });
}

void EventCache::take(Result<Loaded> loaded, std::uint64_t generation)
{
    if (generation != m_generation) {
        // reset() came in between: what was read may hold events that are gone.
        m_loader([this, current = m_generation](Result<Loaded> again) {
            take(std::move(again), current);
        });
        return;
    }
    const std::vector<Answer> waiting = std::exchange(m_waiting, {});
    if (!loaded) {
        m_state = State::Empty;
        m_tail.clear();
        m_tailRows.clear();
        for (const Answer &answer : waiting)
            answer(std::unexpected(loaded.error()));
        return;
    }
    // Rows that came in meanwhile point into the tables as they were then: by name into the new
    // ones.
    const std::vector<std::string> sourcesThen =
        std::exchange(m_sources, std::move(loaded->sources));
    const std::vector<std::string> regionsThen =
        std::exchange(m_regions, std::move(loaded->regions));
    if (m_regions.empty())
        m_regions.emplace_back();
    index(m_sources, m_sourceIndexes);
    index(m_regions, m_regionIndexes);
    for (std::uint16_t &source : m_tail.source)
        source = sourceIndex(sourcesThen[source]);
    for (std::uint16_t &region : m_tail.region)
        region = regionIndex(regionsThen[region]);
    m_since = loaded->since;
    m_older = loaded->older;
    m_base = std::make_shared<const EventColumns>(std::move(loaded->columns));
    m_state = State::Loaded;
    for (const Answer &answer : waiting)
        answer(snapshot());
}

EventDelta EventCache::add(std::span<const schema::Event> events, std::string_view sourceKey,
                           Revisions revisions)
{
    EventDelta delta;
    if (m_state == State::Empty)
        return delta;
    const std::size_t namesBefore = m_sources.size() + m_regions.size();
    const std::uint16_t source = sourceIndex(sourceKey);
    EventColumns rows;
    for (const schema::Event &event : events) {
        // One that may have moved in time replaces its row all the same.
        if (isOlder(event.times.observedAt) && revisions == Revisions::None) {
            ++m_older;
            continue;
        }
        rows.append(event, source, regionIndex(event.region));
        const std::size_t last = rows.size() - 1;
        const auto known = find(rows.id[last], rows.observedAt[last]);
        if (known && isRepetition(rows, last, *known->first, known->second))
            removeLastRow(rows);
        else if (known || revisions == Revisions::Some)
            delta.removed.push_back(event.id);
    }
    for (std::size_t row = 0; row < rows.size(); ++row)
        m_tailRows[rows.id[row]] = m_tail.size() + row;
    m_tail.append(rows);
    delta.rows = joinColumns({}, rows);
    delta.tablesGrew = m_sources.size() + m_regions.size() > namesBefore;
    return delta;
}

std::optional<std::pair<const EventColumns *, std::size_t>>
EventCache::find(std::int64_t id, std::int64_t observedAt) const
{
    if (const auto found = m_tailRows.find(id); found != m_tailRows.end())
        return std::pair(&m_tail, found->second);
    if (!m_base)
        return std::nullopt;
    const auto rows = std::views::iota(std::size_t{0}, m_base->size());
    const auto key = std::pair(observedAt, id);
    const auto at = std::ranges::lower_bound(
        rows, key, {}, [this](std::size_t row) { return orderKey(*m_base, row); });
    if (at == rows.end() || orderKey(*m_base, *at) != key)
        return std::nullopt;
    return std::pair(m_base.get(), *at);
}

void EventCache::reset()
{
    ++m_generation;
    m_base.reset();
    m_tail = {};
    m_tailRows.clear();
    m_since.reset();
    m_older = 0;
    if (m_state == State::Loaded) {
        m_state = State::Empty;
        m_sources.clear();
        m_regions.clear();
        m_sourceIndexes.clear();
        m_regionIndexes.clear();
    }
}

void EventCache::join()
{
    if (m_tail.size() == 0)
        return;
    m_base = std::make_shared<const EventColumns>(joinColumns(*m_base, m_tail));
    m_tail = {};
    m_tailRows.clear();
}

EventSnapshot EventCache::snapshot()
{
    join();
    return {m_base, m_sources, m_regions, m_since, m_older};
}

std::uint16_t EventCache::sourceIndex(std::string_view key)
{
    return indexOf(std::string(key), m_sources, m_sourceIndexes);
}

std::uint16_t EventCache::regionIndex(const std::string &code)
{
    if (m_regions.empty())
        (void)indexOf({}, m_regions, m_regionIndexes);
    return indexOf(code, m_regions, m_regionIndexes);
}

std::uint64_t EventCache::memoryBytes() const
{
    return kRowBytes * ((m_base ? m_base->size() : 0) + m_tail.size());
}

} // namespace chrona::service
