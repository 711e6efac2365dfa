// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/workspace/session.h"

#include <QObject>
#include <QString>

#include <vector>

namespace chrona::workspace {

/// Which entities a person says are one, as the service keeps it, and the steps that change it:
/// each can be undone. Thread rule: UI thread; the session must outlive it.
class EntityMerges : public QObject {
    Q_OBJECT

public:
    using Entities = std::vector<schema::EntityId>;

    explicit EntityMerges(Session &session, QObject *parent = nullptr);

    /// Newest first.
    [[nodiscard]] const std::vector<ipc::MergedEntity> &merges() const { return m_merges; }
    /// Those that are read as this one.
    [[nodiscard]] std::vector<ipc::MergedEntity> partsOf(schema::EntityId standsAs) const;
    /// `text` is what the step is called in the undo list. Entities among them that are `into` are
    /// left out.
    void merge(Entities entities, schema::EntityId into, const QString &text);
    void split(Entities entities, const QString &text);

Q_SIGNALS:
    /// merges() are others.
    void changed();
    void merged(const std::vector<chrona::ipc::MergedEntity> &merges);
    void taken(const std::vector<chrona::ipc::MergedEntity> &merges); ///< back: split
    void failed(const chrona::Error &error);

private:
    friend class MergeCommand;
    using Said = std::vector<ipc::MergedEntity>;

    void load();
    void say(const Said &merges);
    void takeBack(const Said &merges);

    Session &m_session;
    Said m_merges;
};

} // namespace chrona::workspace
