// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/workspace/event_selector.h"

#include "chrona/workspace/event_titles.h"
#include "chrona/workspace/focus.h"

namespace chrona::workspace {

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
    m_pool.start([this, snapshot = m_store.snapshot(), criteria = m_focus.criteria(), titled] {
        SelectedRows rows = selectRows(snapshot->columns, criteria, titled.get());
        auto visible = std::make_shared<VisibleEvents>();
        visible->snapshot = snapshot;
        visible->rows = std::move(rows.inWindow);
        visible->rowsAnyTime = std::move(rows.anyTime);
        visible->window = criteria.window;
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
