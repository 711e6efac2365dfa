// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/workspace/event_selector.h"

#include "chrona/workspace/event_titles.h"
#include "chrona/workspace/focus.h"

#include <algorithm>

namespace chrona::workspace {

namespace {

/// What passes a filter does so in every window: rows are in order of time, so a window is a
/// stretch of them. This is how each step of a brush is answered.
SelectedRows inOtherWindow(const VisibleEvents &before, const TimeWindow &window)
{
    const std::vector<std::uint32_t> &rows = before.rowsAnyTime;
    const auto firstAt = [&](Instant instant) {
        return std::ranges::lower_bound(
            rows, instant.time_since_epoch().count(), {},
            [&](std::uint32_t row) { return before.snapshot->columns.observedAt[row]; });
    };
    const auto from = firstAt(window.begin), to = firstAt(window.end);
    return {from < to ? std::vector(from, to) : std::vector<std::uint32_t>(), rows};
}

} // namespace

EventSelector::EventSelector(const Focus &focus, const EventStore &store, EventTitles &titles,
                             QObject *parent)
    : QObject(parent), m_focus(focus), m_store(store), m_titles(titles)
{
    auto nothing = std::make_shared<VisibleEvents>();
    nothing->snapshot = store.snapshot();
    nothing->window = focus.window();
    m_visible = std::move(nothing);
    m_pool.setMaxThreadCount(1);
    connect(&focus, &Focus::windowChanged, this, &EventSelector::request);
    connect(&focus, &Focus::filterChanged, this, &EventSelector::request);
    connect(&focus, &Focus::asOfChanged, this, &EventSelector::request);
    connect(&titles, &EventTitles::matchesChanged, this, &EventSelector::request);
    connect(&store, &EventStore::snapshotChanged, this, &EventSelector::request);
    if (store.snapshot()->columns.size() > 0)
        request();
}

EventSelector::~EventSelector()
{
    m_pool.waitForDone();
}

void EventSelector::request()
{
    if (m_running)
        m_outdated = true;
    else
        compute();
}

void EventSelector::compute()
{
    m_outdated = false;
    const QStringList &words = m_focus.filter().words;
    const EventTitles::Table titled = m_titles.matches(words);
    m_waiting = titled == nullptr && !words.isEmpty();
    if (m_waiting)
        return; // matchesChanged() comes back here
    m_running = true;
    Question question{m_store.snapshot(), m_focus.criteria(), titled};
    const TimeWindow window = std::exchange(question.criteria.window, {});
    const auto before = m_answered == question ? m_visible : nullptr;
    m_answered = question;
    m_pool.start([this, question = std::move(question), window, before] {
        EventCriteria criteria = question.criteria;
        criteria.window = window;
        SelectedRows rows =
            before ? inOtherWindow(*before, window)
                   : selectRows(question.snapshot->columns, criteria, question.titled.get());
        auto visible = std::make_shared<VisibleEvents>();
        visible->snapshot = question.snapshot;
        visible->rows = std::move(rows.inWindow);
        visible->rowsAnyTime = std::move(rows.anyTime);
        visible->window = window;
        QMetaObject::invokeMethod(this, [this, visible = std::move(visible)] { finish(visible); });
    });
}

void EventSelector::finish(std::shared_ptr<const VisibleEvents> visible)
{
    // Shown even when it is outdated: while a brush is dragged, each step should be seen.
    m_visible = std::move(visible);
    m_running = false;
    if (m_outdated)
        compute();
    Q_EMIT visibleChanged();
}

} // namespace chrona::workspace
