// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/workspace/focus.h"

namespace chrona::workspace {
namespace {

// Years 1 to 9999: everything, until somebody says otherwise.
constexpr TimeWindow kEverything{Instant(Duration(-62'135'596'800'000'000)),
                                 Instant(Duration(253'402'300'799'999'999))};

} // namespace

Focus::Focus(QObject *parent) : QObject(parent)
{
    m_criteria.window = kEverything;
}

bool Focus::showsEverything() const
{
    return m_criteria.window == kEverything;
}

void Focus::setWindow(TimeWindow window)
{
    if (window.begin >= window.end || window == m_criteria.window)
        return;
    m_criteria.window = window;
    Q_EMIT windowChanged();
}

void Focus::setFilter(EventFilter filter)
{
    if (filter == m_criteria.filter)
        return;
    m_criteria.filter = std::move(filter);
    Q_EMIT filterChanged();
}

void Focus::setAsOf(std::optional<Instant> asOf)
{
    if (asOf == m_criteria.asOf)
        return;
    m_criteria.asOf = asOf;
    Q_EMIT asOfChanged();
}

void Focus::select(QSet<qint64> events, qint64 current)
{
    if (current != 0)
        events.insert(current);
    if (events == m_selection && current == m_current)
        return;
    m_selection = std::move(events);
    m_current = current;
    Q_EMIT selectionChanged();
}

void Focus::setTarget(const QString &symbol)
{
    if (symbol == m_target)
        return;
    m_target = symbol;
    Q_EMIT targetChanged();
}

void Focus::setHoveredEvent(qint64 event)
{
    if (event == m_hovered)
        return;
    m_hovered = event;
    Q_EMIT hoveredEventChanged();
}

void Focus::setLayers(MapLayers layers)
{
    if (layers == m_layers)
        return;
    m_layers = std::move(layers);
    Q_EMIT layersChanged();
}

} // namespace chrona::workspace
