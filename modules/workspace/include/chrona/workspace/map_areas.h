// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/workspace/event_store.h"
#include "chrona/workspace/session.h"

#include <QObject>

#include <functional>
#include <vector>

namespace chrona::workspace {

/// Areas of interest that the service keeps, and what is new in each since somebody looked.
/// Thread rule: UI thread; the session must outlive it.
class MapAreas : public QObject {
    Q_OBJECT

public:
    using Done = std::function<void(Status)>;

    explicit MapAreas(Session &session, QObject *parent = nullptr);

    /// By name.
    [[nodiscard]] const std::vector<ipc::MapArea> &areas() const { return m_areas; }
    [[nodiscard]] const ipc::MapArea *find(schema::MapAreaId id) const;
    /// ring: closed. Events that are there already are not new. A step that can be undone is called
    /// `step`; so is that of remove().
    void keep(const QString &name, schema::Ring ring, const QString &step, Done done);
    void remove(schema::MapAreaId id, const QString &step, Done done);
    /// From now on, what is there is not new any more.
    void markLooked(schema::MapAreaId id);

    /// Events in the area that became available since it was looked at, the newest first.
    [[nodiscard]] std::vector<qint64> changesIn(const ipc::MapArea &area) const;

Q_SIGNALS:
    void areasChanged();

private:
    friend class AreaStep;
    void load();
    /// As it was, with what was looked at.
    void restore(const ipc::MapArea &area);
    void drop(const std::string &name);
    void send(ipc::MapAreaRemove request, Done done);
    void save(ipc::MapArea area, Done done);
    void put(const ipc::MapArea &area);

    Session &m_session;
    std::vector<ipc::MapArea> m_areas;
};

/// Whether the place lies in the ring; one that crosses the anti-meridian is understood by the way
/// its longitudes jump.
class RingTest {
public:
    explicit RingTest(const schema::Ring &ring);
    [[nodiscard]] bool contains(double longitude, double latitude) const;

private:
    std::vector<schema::GeoPoint> m_points;
    schema::GeoBox m_box; ///< east may be above 180
};

} // namespace chrona::workspace
