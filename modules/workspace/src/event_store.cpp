// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/workspace/event_store.h"

#include <algorithm>
#include <chrono>
#include <unordered_map>
#include <unordered_set>

namespace chrona::workspace {
namespace {

// A merge copies all columns; more than this often would cost more than it shows.
constexpr std::chrono::milliseconds kMergePause{200};
constexpr std::size_t kArrivedMax = 10'000;
constexpr std::uint16_t kTableMax = 65'535; ///< the place of what a full table does not hold

/// A stretch of rows of one source table.
struct Stretch {
    const schema::EventColumns *from;
    std::size_t first;
    std::size_t count;
};

void appendStretches(schema::EventColumns &to, const std::vector<Stretch> &stretches)
{
    const auto copy = [&](auto member) {
        auto &column = to.*member;
        for (const Stretch &stretch : stretches) {
            const auto begin =
                (stretch.from->*member).begin() + static_cast<std::ptrdiff_t>(stretch.first);
            column.insert(column.end(), begin, begin + static_cast<std::ptrdiff_t>(stretch.count));
        }
    };
    using Columns = schema::EventColumns;
    copy(&Columns::id);
    copy(&Columns::observedAt);
    copy(&Columns::availableAt);
    copy(&Columns::longitude);
    copy(&Columns::latitude);
    copy(&Columns::type);
    copy(&Columns::severity);
    copy(&Columns::confidence);
    copy(&Columns::flags);
    copy(&Columns::source);
    copy(&Columns::region);
}

/// The rows that the deltas leave, ordered by time, and the ids that must not stay from before.
struct Changes {
    std::vector<Stretch> fresh; ///< one row each
    std::unordered_set<std::int64_t> dropped;
};

Changes changesOf(const std::vector<EventDelta> &deltas)
{
    Changes changes;
    std::unordered_map<std::int64_t, Stretch> fresh;
    for (const EventDelta &delta : deltas) {
        for (const std::int64_t id : delta.removed) {
            changes.dropped.insert(id);
            fresh.erase(id);
        }
        for (std::size_t row = 0; row < delta.rows.size(); ++row) {
            // The same event again replaces what was known of it.
            changes.dropped.insert(delta.rows.id[row]);
            fresh[delta.rows.id[row]] = {&delta.rows, row, 1};
        }
    }
    changes.fresh.reserve(fresh.size());
    for (const auto &[id, stretch] : fresh)
        changes.fresh.push_back(stretch);
    std::ranges::sort(changes.fresh, {}, [](const Stretch &stretch) {
        return std::pair(stretch.from->observedAt[stretch.first], stretch.from->id[stretch.first]);
    });
    return changes;
}

/// Base and fresh rows in one order, as few stretches as possible.
std::vector<Stretch> interleaved(const schema::EventColumns &base, const Changes &changes)
{
    std::vector<Stretch> stretches;
    std::size_t begin = 0;
    const auto flush = [&](std::size_t end) {
        if (begin < end)
            stretches.push_back({&base, begin, end - begin});
        begin = end;
    };
    auto next = changes.fresh.begin();
    for (std::size_t row = 0; row < base.size(); ++row) {
        while (next != changes.fresh.end() &&
               next->from->observedAt[next->first] < base.observedAt[row]) {
            flush(row);
            stretches.push_back(*next++);
        }
        if (changes.dropped.contains(base.id[row])) {
            flush(row);
            begin = row + 1;
        }
    }
    flush(base.size());
    stretches.insert(stretches.end(), next, changes.fresh.end());
    return stretches;
}

} // namespace

EventSnapshot merged(const EventSnapshot &base, const std::vector<EventDelta> &deltas)
{
    const Changes changes = changesOf(deltas);
    const auto stretches = interleaved(base.columns, changes);
    EventSnapshot result;
    std::size_t rows = 0;
    for (const Stretch &stretch : stretches)
        rows += stretch.count;
    result.columns.reserve(rows);
    appendStretches(result.columns, stretches);
    result.sources = base.sources;
    result.regions = base.regions;
    result.sequence = base.sequence;
    result.since = base.since;
    result.older = base.older;
    for (const EventDelta &delta : deltas) {
        if (!delta.sources.isEmpty())
            result.sources = delta.sources;
        if (!delta.regions.isEmpty())
            result.regions = delta.regions;
        result.sequence = std::max(result.sequence, delta.sequence);
    }
    return result;
}

EventSnapshot asItStood(const EventSnapshot &present, const FormerEvents &former)
{
    EventDelta delta;
    delta.rows = former.rows;
    delta.sources = present.sources;
    delta.regions = present.regions;
    // Its tables are its own: a row points at the same word in the snapshot's.
    const auto point = [](std::vector<std::uint16_t> &column, const QStringList &words,
                          QStringList &table) {
        std::vector<std::uint16_t> places;
        for (const QString &word : words) {
            if (!table.contains(word) && table.size() < kTableMax)
                table.append(word);
            places.push_back(static_cast<std::uint16_t>(table.indexOf(word)));
        }
        for (std::uint16_t &place : column)
            place = place < places.size() ? places[place] : kTableMax;
    };
    point(delta.rows.source, former.sources, delta.sources);
    point(delta.rows.region, former.regions, delta.regions);
    return merged(present, {delta});
}

EventStore::EventStore(QObject *parent)
    : QObject(parent), m_present(std::make_shared<const EventSnapshot>()), m_snapshot(m_present)
{
    m_pool.setMaxThreadCount(1);
    m_mergeTimer.setSingleShot(true);
    m_mergeTimer.setInterval(kMergePause);
    connect(&m_mergeTimer, &QTimer::timeout, this, &EventStore::mergeNext);
}

EventStore::~EventStore()
{
    m_pool.waitForDone();
}

void EventStore::replace(std::shared_ptr<const EventSnapshot> snapshot)
{
    ++m_generation;
    m_merging = false;
    m_present = std::move(snapshot);
    m_waiting.clear();
    m_underway.clear();
    if (m_former) {
        startMerge({});
        return;
    }
    m_snapshot = m_present;
    Q_EMIT snapshotChanged();
}

void EventStore::setFormer(std::shared_ptr<const FormerEvents> former)
{
    if (former && former->rows.size() == 0)
        former.reset();
    if (!former && !m_former)
        return;
    m_former = std::move(former);
    // What runs already would show the moment before.
    ++m_generation;
    startMerge(std::exchange(m_waiting, {}));
}

void EventStore::append(EventDelta delta)
{
    // It was on its way when a newer snapshot was loaded.
    if (delta.sequence != 0 && delta.sequence <= m_present->sequence)
        return;
    noteArrived(delta);
    m_waiting.push_back(std::move(delta));
    if (!m_mergeTimer.isActive())
        mergeNext();
}

void EventStore::mergeNext()
{
    if (m_merging || m_waiting.empty())
        return;
    startMerge(std::exchange(m_waiting, {}));
}

void EventStore::startMerge(std::vector<EventDelta> deltas)
{
    m_merging = true;
    m_underway.insert(m_underway.end(), std::make_move_iterator(deltas.begin()),
                      std::make_move_iterator(deltas.end()));
    m_pool.start(
        [this, generation = m_generation, base = m_present, former = m_former, news = m_underway] {
            Merge merge{base, base};
            if (!news.empty())
                merge.present = std::make_shared<const EventSnapshot>(merged(*base, news));
            merge.shown =
                former ? std::make_shared<const EventSnapshot>(asItStood(*merge.present, *former))
                       : merge.present;
            QMetaObject::invokeMethod(this, [this, generation, merge = std::move(merge)] {
                finishMerge(generation, merge);
            });
        });
}

void EventStore::finishMerge(quint64 generation, const Merge &merge)
{
    // A snapshot that was loaded meanwhile holds these rows already; another moment takes them
    // along once more.
    if (generation != m_generation)
        return;
    m_merging = false;
    m_underway.clear();
    m_present = merge.present;
    m_snapshot = merge.shown;
    m_mergeTimer.start();
    Q_EMIT snapshotChanged();
}

void EventStore::noteArrived(const EventDelta &delta)
{
    for (const std::int64_t id : delta.rows.id) {
        if (m_arrived.contains(id))
            continue;
        m_arrived.insert(id);
        m_arrivedOrder.push_back(id);
    }
    while (m_arrivedOrder.size() > kArrivedMax) {
        m_arrived.remove(m_arrivedOrder.front());
        m_arrivedOrder.pop_front();
    }
}

std::optional<std::uint32_t> EventStore::rowOf(qint64 event) const
{
    const auto &ids = m_snapshot->columns.id;
    const auto found = std::ranges::find(ids, event);
    if (found == ids.end())
        return std::nullopt;
    return static_cast<std::uint32_t>(found - ids.begin());
}

} // namespace chrona::workspace
