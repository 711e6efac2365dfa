// SPDX-License-Identifier: AGPL-3.0-or-later
#include "timeline/timeline_counter.h"

namespace chrona::ui {

namespace {

/// Rows that were counted, with the columns that they point into.
struct CountedRows {
    std::shared_ptr<const workspace::EventSnapshot> snapshot;
    std::vector<std::uint32_t> rows;
};

/// What was published on an appointed day: releases of figures and decisions on rates.
std::vector<TimelineMark> releasesOf(const schema::EventColumns &columns)
{
    constexpr std::size_t kMarksMax = 20'000; // the newest; more would be a bar without gaps
    std::vector<TimelineMark> marks;
    for (std::size_t row = columns.size(); row-- > 0 && marks.size() < kMarksMax;) {
        const auto type = static_cast<schema::EventType>(columns.type[row]);
        if (type == schema::EventType::MacroRelease || type == schema::EventType::RateDecision)
            marks.push_back({TimelineLayer::Releases, columns.observedAt[row],
                             columns.observedAt[row], {}, columns.id[row]});
    }
    return marks;
}

} // namespace

TimelineCounter::TimelineCounter(QObject *parent) : QObject(parent)
{
    m_pool.setMaxThreadCount(1);
}

TimelineCounter::~TimelineCounter()
{
    m_pool.clear();
    m_pool.waitForDone();
}

void TimelineCounter::want(const std::shared_ptr<const workspace::VisibleEvents> &visible,
                           const workspace::EventCriteria &criteria, TimelineGrouping grouping,
                           const std::shared_ptr<const EntityEventsList> &entities)
{
    Wanted wanted{visible->snapshot, criteria, grouping,
                  grouping == TimelineGrouping::Entities ? entities : nullptr};
    wanted.criteria.window = {};
    // Words of titles are looked up by the selector, which has applied the types as well.
    const bool hasWords = !criteria.filter.words.isEmpty();
    m_types = hasWords ? kAllTypes : criteria.filter.types;
    if (!hasWords)
        wanted.criteria.filter.types = kAllTypes;
    if (wanted == m_wanted)
        return;
    m_wanted = std::move(wanted);
    count(visible);
}

void TimelineCounter::count(std::shared_ptr<const workspace::VisibleEvents> visible)
{
    const quint64 ticket = ++m_ticket;
    ++m_rounds;
    m_pool.clear(); // what waits is older than this
    // The destructor waits for the pool, so that this object outlives the work.
    m_pool.start([this, visible = std::move(visible), wanted = *m_wanted, ticket] {
        auto held = std::make_shared<CountedRows>();
        held->snapshot = wanted.snapshot;
        if (wanted.criteria.filter.words.isEmpty())
            held->rows = selectRows(wanted.snapshot->columns, wanted.criteria).anyTime;
        else
            held->rows = visible->rowsAnyTime;
        const schema::EventColumns &columns = wanted.snapshot->columns;
        const std::span<const std::uint32_t> rows(held->rows);
        Counted result;
        result.lanes =
            timelineLanes(wanted.grouping, wanted.snapshot, rows,
                          wanted.entities ? *wanted.entities : EntityEventsList());
        result.counts = std::make_shared<const CumulativeCounts>(std::move(held), columns, rows);
        result.releases = releasesOf(columns);
        QMetaObject::invokeMethod(this, [this, result = std::move(result), ticket] {
            if (m_ticket == ticket)
                Q_EMIT counted(result);
        });
    });
}

} // namespace chrona::ui
