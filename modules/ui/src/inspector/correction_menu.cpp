// SPDX-License-Identifier: AGPL-3.0-or-later
#include "inspector/correction_menu.h"

#include "text/known_names.h"
#include "text/names.h"

#include <QUndoCommand>

#include <algorithm>

namespace chrona::ui {

using schema::Correction;
using schema::CorrectionKind;
using schema::Topic;

QString correctionText(const Correction &correction)
{
    switch (correction.kind) {
    case CorrectionKind::Topic:
        return CorrectionMenu::tr("Topic: %1")
            .arg(topicName(schema::topicFrom(correction.value).value_or(Topic::None)));
    case CorrectionKind::Story:
        return correction.value == "apart" ? CorrectionMenu::tr("Tells a story of its own")
                                           : CorrectionMenu::tr("Put into another story");
    case CorrectionKind::Entity:
        return (correction.value == "add" ? CorrectionMenu::tr("About %1")
                                          : CorrectionMenu::tr("Not about %1"))
            .arg(fromUtf8(correction.subject));
    case CorrectionKind::Relevance:
        return correction.value == "relevant" ? CorrectionMenu::tr("Relevant")
                                              : CorrectionMenu::tr("Not relevant");
    }
    return {};
}

/// One word about an event, already said when it is made. Taking it back says again what stood
/// there before.
class CorrectionCommand final : public QUndoCommand {
public:
    CorrectionCommand(CorrectionMenu &menu, Correction before, Correction after)
        : QUndoCommand(CorrectionMenu::tr("Correct an event")), m_menu(&menu),
          m_before(std::move(before)), m_after(std::move(after))
    {
    }
    void undo() override { say(m_before); }
    void redo() override
    {
        if (m_said)
            say(m_after);
        m_said = true;
    }

private:
    void say(const Correction &correction) const
    {
        if (m_menu)
            m_menu->send(correction, [](const auto &) {});
    }

    QPointer<CorrectionMenu> m_menu; ///< its pane may have gone
    Correction m_before, m_after;
    bool m_said = false;
};

CorrectionMenu::CorrectionMenu(workspace::Session &session, QWidget *parent)
    : QMenu(tr("Put right"), parent), m_session(session),
      m_merges(new workspace::EntityMerges(session, this))
{
    setAccessibleName(tr("Put right"));
    connect(m_merges, &workspace::EntityMerges::failed, this, &CorrectionMenu::tellRefused);
    connect(m_merges, &workspace::EntityMerges::changed, this,
            [this] {
                if (!m_event.isNull())
                    Q_EMIT corrected(m_event.value);
            });
}

void CorrectionMenu::offer(schema::EventId event, const ipc::EventDetailReply *facts)
{
    clear();
    m_event = event;
    offerTopics();
    if (facts)
        offerEntities(*facts);
    const auto add = [this](const QString &text, CorrectionKind kind, const char *value) {
        connect(addAction(text), &QAction::triggered, this,
                [this, kind, value] { say(kind, value, {}); });
    };
    add(tr("Tells a story of its own"), CorrectionKind::Story, "apart");
    addSeparator();
    add(tr("Relevant to me"), CorrectionKind::Relevance, "relevant");
    add(tr("Not relevant to me"), CorrectionKind::Relevance, "irrelevant");
    if (!facts || facts->corrections.empty())
        return;
    addSeparator();
    for (const Correction &said : facts->corrections)
        connect(addAction(tr("Take back: %1").arg(correctionText(said))), &QAction::triggered, this,
                [this, said] { say(said.kind, {}, said.subject); });
}

void CorrectionMenu::offerTopics()
{
    QMenu *topics = addMenu(tr("It is about"));
    for (std::size_t number = 1; number <= schema::kTopicCount; ++number) {
        const auto topic = static_cast<Topic>(number % schema::kTopicCount); // none comes last
        connect(topics->addAction(topicName(topic)), &QAction::triggered, this, [this, topic] {
            say(CorrectionKind::Topic, std::string(schema::toString(topic)), {});
        });
    }
}

void CorrectionMenu::offerEntities(const ipc::EventDetailReply &facts)
{
    QMenu *entities = nullptr;
    for (const schema::EventEntity &link : facts.event.entities) {
        const auto entity = std::ranges::find(facts.entities, link.entity, &schema::Entity::id);
        if (entity == facts.entities.end() || link.role == schema::EntityRole::Topic)
            continue;
        if (!entities)
            entities = addMenu(tr("It is not about"));
        connect(entities->addAction(entityName(entity->key, entity->name)), &QAction::triggered,
                this, [this, key = entity->key] { say(CorrectionKind::Entity, "remove", key); });
    }
    std::vector<schema::Entity> things;
    std::ranges::copy_if(facts.entities, std::back_inserter(things), [](const auto &entity) {
        return entity.kind != schema::EntityKind::EventTopic;
    });
    offerMerges(things);
    offerSplits(things);
}

/// That one of its entities is another one of them.
void CorrectionMenu::offerMerges(const std::vector<schema::Entity> &entities)
{
    if (entities.size() < 2)
        return;
    QMenu *merge = addMenu(tr("One and the same"));
    for (const schema::Entity &entity : entities) {
        QMenu *others = merge->addMenu(tr("%1 is").arg(entityName(entity.key, entity.name)));
        for (const schema::Entity &other : entities)
            if (other.id != entity.id)
                connect(others->addAction(entityName(other.key, other.name)), &QAction::triggered,
                        this, [this, entity = entity.id, other = other.id] {
                            m_merges->merge({entity}, other, tr("Merge %n entities", nullptr, 2));
                        });
    }
}

void CorrectionMenu::offerSplits(const std::vector<schema::Entity> &entities)
{
    for (const schema::Entity &entity : entities)
        for (const ipc::MergedEntity &part : m_merges->partsOf(entity.id))
            connect(addAction(tr("Take %1 and %2 apart")
                                  .arg(entityName(part.key, part.name),
                                       entityName(entity.key, entity.name))),
                    &QAction::triggered, this, [this, entity = part.entity] {
                        m_merges->split({entity}, tr("Take %n entities apart", nullptr, 1));
                    });
}

void CorrectionMenu::tellRefused(const Error &error)
{
    const FailureText text = failureText(error);
    Q_EMIT refused(text.remedy.isEmpty() ? text.cause : tr("%1 %2").arg(text.cause, text.remedy));
}

void CorrectionMenu::send(const Correction &correction,
                          std::function<void(const std::optional<Correction> &before)> then)
{
    ipc::CorrectionSave request;
    request.event = correction.event;
    request.kind = correction.kind;
    request.subject = correction.subject;
    request.value = correction.value;
    m_session.request(std::move(request), this,
                      [this, event = correction.event.value,
                       then = std::move(then)](const Result<ipc::CorrectionReply> &reply) {
                          if (!reply)
                              return tellRefused(reply.error());
                          then(reply->before);
                          Q_EMIT corrected(event);
                      });
}

void CorrectionMenu::say(CorrectionKind kind, const std::string &value, const std::string &subject)
{
    const Correction after{m_event, kind, subject, value, {}};
    send(after, [this, after](const std::optional<Correction> &before) {
        Correction earlier = after;
        earlier.value = before ? before->value : std::string();
        m_session.undoStack().push(new CorrectionCommand(*this, std::move(earlier), after));
    });
}

} // namespace chrona::ui
