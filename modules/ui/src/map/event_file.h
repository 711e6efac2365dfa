// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/result.h"
#include "chrona/workspace/event_shapes.h"
#include "chrona/workspace/session.h"

#include <QHash>
#include <QObject>

#include <memory>
#include <vector>

namespace chrona::ui {

/// Makes GeoJSON of events: place or outline, type, times, severity, confidence, source, and the
/// title as far as the service tells it. UI thread; the session must outlive it.
class EventFile : public QObject {
    Q_OBJECT
public:
    EventFile(workspace::Session &session,
              std::shared_ptr<const workspace::EventSnapshot> snapshot,
              std::vector<qint64> events, QObject *parent);

    /// Instead of the event's point.
    void addShape(workspace::EventShapes::Shape shape);
    void start();
    /// Whole or not at all.
    [[nodiscard]] static Status write(const QString &path, const QByteArray &bytes);

Q_SIGNALS:
    void progressed(qint64 done, qint64 total);
    void finished(const QByteArray &geoJson);

private:
    void askTitles(std::size_t from);
    void finish();

    workspace::Session &m_session;
    std::shared_ptr<const workspace::EventSnapshot> m_snapshot;
    std::vector<qint64> m_events;
    QHash<qint64, workspace::EventShapes::Shape> m_shapes;
    QHash<qint64, QString> m_titles;
};

} // namespace chrona::ui
