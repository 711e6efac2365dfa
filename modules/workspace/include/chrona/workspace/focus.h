// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/workspace/event_filter.h"
#include "chrona/workspace/map_layers.h"

#include <QObject>
#include <QSet>
#include <QString>

#include <optional>

namespace chrona::workspace {

/// The one state that all views share: what is looked at. A view changes it here and draws what it
/// reads here; views never talk to each other. Each signal comes only when the value has changed.
/// Thread rule: UI thread.
class Focus : public QObject {
    Q_OBJECT

public:
    explicit Focus(QObject *parent = nullptr);

    [[nodiscard]] TimeWindow window() const { return m_criteria.window; }
    /// An empty or reversed window is not taken.
    void setWindow(TimeWindow window);
    /// No window was chosen yet.
    [[nodiscard]] bool showsEverything() const;
    [[nodiscard]] const EventFilter &filter() const { return m_criteria.filter; }
    void setFilter(EventFilter filter);
    [[nodiscard]] std::optional<Instant> asOf() const { return m_criteria.asOf; }
    void setAsOf(std::optional<Instant> asOf);
    [[nodiscard]] const EventCriteria &criteria() const { return m_criteria; }

    /// 0: none. The current event is always part of the selection.
    [[nodiscard]] qint64 selectedEvent() const { return m_current; }
    [[nodiscard]] const QSet<qint64> &selection() const { return m_selection; }
    void select(QSet<qint64> events, qint64 current);
    void clearSelection() { select({}, 0); }
    /// The instrument that is looked at, by symbol; empty: none.
    [[nodiscard]] const QString &target() const { return m_target; }
    void setTarget(const QString &symbol);
    [[nodiscard]] qint64 hoveredEvent() const { return m_hovered; }
    void setHoveredEvent(qint64 event);

    [[nodiscard]] const MapLayers &layers() const { return m_layers; }
    void setLayers(MapLayers layers);

Q_SIGNALS:
    void windowChanged();
    void filterChanged();
    void asOfChanged();
    void selectionChanged();
    void targetChanged();
    void hoveredEventChanged();
    void layersChanged();

private:
    EventCriteria m_criteria;
    QSet<qint64> m_selection;
    qint64 m_current = 0;
    QString m_target;
    qint64 m_hovered = 0;
    MapLayers m_layers = MapLayers::initial();
};

} // namespace chrona::workspace
