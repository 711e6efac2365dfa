// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/workspace/session.h"

#include <QObject>
#include <QString>
#include <QTimer>

#include <cstdint>
#include <memory>
#include <vector>

namespace chrona::ui {

/// The events that name an entity.
struct EntityEvents {
    QString name;
    std::vector<std::int64_t> ids; ///< ascending; the newest, where there are more than were sent
    quint64 total = 0;
};
using EntityEventsList = std::vector<EntityEvents>;

/// Which events name the entities that somebody looks at: those that are chosen, or where nothing
/// is, those that most events name. Asked for while lanes by entity are shown. UI thread only; the
/// session must outlive it.
class EntityLanes final : public QObject {
    Q_OBJECT
public:
    struct Entity {
        std::int64_t id = 0;
        QString name;
        friend bool operator==(const Entity &, const Entity &) = default;
    };
    static constexpr std::size_t kEntitiesMax = 7;

    EntityLanes(workspace::Session &session, QObject *parent);

    void setShown(bool isShown);
    /// The first kEntitiesMax of them; empty: the most named.
    void setChosen(std::vector<Entity> entities);
    [[nodiscard]] const std::vector<Entity> &chosen() const { return m_chosen; }
    /// Never null; immutable.
    [[nodiscard]] const std::shared_ptr<const EntityEventsList> &events() const { return m_events; }

Q_SIGNALS:
    void changed();

private:
    void askSoon();
    void ask();
    void askEvents(const std::vector<Entity> &entities);

    workspace::Session &m_session;
    std::vector<Entity> m_chosen;
    std::shared_ptr<const EntityEventsList> m_events;
    QTimer m_due;
    quint64 m_ticket = 0; ///< newer questions make answers obsolete
    bool m_isShown = false;
};

} // namespace chrona::ui
