// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/workspace/entity_merges.h"

#include <QPointer>
#include <QUndoCommand>

#include <algorithm>
#include <map>

namespace chrona::workspace {

/// Something that was said, or taken back, and stands already when the step is made.
class MergeCommand final : public QUndoCommand {
public:
    enum class Kind : bool { Merge, Split };
    MergeCommand(const QString &text, EntityMerges &merges, Kind kind,
                 std::vector<ipc::MergedEntity> said)
        : QUndoCommand(text), m_merges(&merges), m_kind(kind), m_said(std::move(said))
    {
    }
    void undo() override { run(m_kind == Kind::Merge ? Kind::Split : Kind::Merge); }
    void redo() override
    {
        if (m_isDone)
            run(m_kind);
        m_isDone = true;
    }

private:
    void run(Kind kind) const
    {
        if (!m_merges)
            return;
        if (kind == Kind::Merge)
            m_merges->say(m_said);
        else
            m_merges->takeBack(m_said);
    }

    QPointer<EntityMerges> m_merges; ///< the stack may live longer
    Kind m_kind;
    std::vector<ipc::MergedEntity> m_said;
    bool m_isDone = false;
};

namespace {

std::vector<schema::EntityId> entitiesOf(const std::vector<ipc::MergedEntity> &merges)
{
    std::vector<schema::EntityId> entities;
    for (const ipc::MergedEntity &one : merges)
        entities.push_back(one.entity);
    return entities;
}

} // namespace

EntityMerges::EntityMerges(Session &session, QObject *parent) : QObject(parent), m_session(session)
{
    connect(&session, &Session::stateChanged, this, [this] {
        if (m_session.state() == Session::State::Ready)
            load();
    });
    connect(&session, &Session::entitiesChanged, this, &EntityMerges::load);
    connect(&session, &Session::listsOutdated, this, &EntityMerges::load);
    if (session.state() == Session::State::Ready)
        load();
}

void EntityMerges::load()
{
    m_session.request<ipc::EntityMergesRequest>({}, this,
                                                [this](Result<ipc::EntityMergesReply> reply) {
                                                    if (!reply || reply->merges == m_merges)
                                                        return;
                                                    m_merges = std::move(reply->merges);
                                                    Q_EMIT changed();
                                                });
}

std::vector<ipc::MergedEntity> EntityMerges::partsOf(schema::EntityId standsAs) const
{
    Said parts;
    std::ranges::copy_if(m_merges, std::back_inserter(parts),
                         [&](const ipc::MergedEntity &one) { return one.standsAs == standsAs; });
    return parts;
}

void EntityMerges::merge(Entities entities, schema::EntityId into, const QString &text)
{
    std::erase(entities, into);
    m_session.request<ipc::MergeEntities>(
        {std::move(entities), into}, this, [this, text](Result<ipc::EntityMergesReply> reply) {
            if (!reply)
                return Q_EMIT failed(reply.error());
            if (reply->merges.empty())
                return;
            m_session.undoStack().push(
                new MergeCommand(text, *this, MergeCommand::Kind::Merge, reply->merges));
            Q_EMIT merged(reply->merges);
        });
}

void EntityMerges::split(Entities entities, const QString &text)
{
    m_session.request<ipc::SplitEntities>(
        {std::move(entities)}, this, [this, text](Result<ipc::EntityMergesReply> reply) {
            if (!reply)
                return Q_EMIT failed(reply.error());
            if (reply->merges.empty())
                return;
            m_session.undoStack().push(
                new MergeCommand(text, *this, MergeCommand::Kind::Split, reply->merges));
            Q_EMIT taken(reply->merges);
        });
}

void EntityMerges::say(const Said &merges)
{
    std::map<schema::EntityId, Entities> byTarget;
    for (const ipc::MergedEntity &one : merges)
        byTarget[one.into].push_back(one.entity);
    for (const auto &[into, entities] : byTarget)
        m_session.request<ipc::MergeEntities>({entities, into}, this,
                                              [this](Result<ipc::EntityMergesReply> reply) {
                                                  if (!reply)
                                                      return Q_EMIT failed(reply.error());
                                                  Q_EMIT merged(reply->merges);
                                              });
}

void EntityMerges::takeBack(const Said &merges)
{
    m_session.request<ipc::SplitEntities>({entitiesOf(merges)}, this,
                                          [this](Result<ipc::EntityMergesReply> reply) {
                                              if (!reply)
                                                  return Q_EMIT failed(reply.error());
                                              Q_EMIT taken(reply->merges);
                                          });
}

} // namespace chrona::workspace
