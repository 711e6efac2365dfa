// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/ipc/messages.h"

#include <QHash>
#include <QObject>
#include <QSet>

#include <deque>
#include <functional>
#include <memory>
#include <span>

namespace chrona::workspace {

/// Outlines of events, asked for in batches when a map shows them, the oldest forgotten beyond a
/// bound of points. Thread rule: UI thread.
class EventShapes : public QObject {
    Q_OBJECT

public:
    using Answer = std::function<void(Result<ipc::EventShapesReply>)>;
    using Fetch = std::function<void(ipc::EventShapesRequest, Answer)>;
    using Shape = std::shared_ptr<const ipc::EventShape>;
    static constexpr std::size_t kPointsMax = 4'000'000;

    explicit EventShapes(Fetch fetch, QObject *parent = nullptr);

    /// Asks for those that are not known, the first first; shapesArrived() follows. What was asked
    /// for before and is not on its way yet is not asked for any more.
    void want(std::span<const std::int64_t> events);
    /// nullptr: not known, or the event has none.
    [[nodiscard]] Shape shape(std::int64_t event) const { return m_shapes.value(event); }
    /// They may have changed.
    void forget(std::span<const std::int64_t> events);
    [[nodiscard]] bool isSettled() const { return m_wanted.empty() && !m_isAsking; }

Q_SIGNALS:
    void shapesArrived();

private:
    void ask();
    void take(const std::vector<schema::EventId> &asked, Result<ipc::EventShapesReply> reply);
    void keep(ipc::EventShape shape);

    Fetch m_fetch;
    QHash<std::int64_t, Shape> m_shapes; ///< nullptr: it has none
    std::deque<std::int64_t> m_order;    ///< of arrival
    std::deque<std::int64_t> m_wanted;
    std::size_t m_points = 0;
    bool m_isAsking = false;
};

} // namespace chrona::workspace
