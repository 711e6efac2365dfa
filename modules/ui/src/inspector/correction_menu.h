// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/schema/topic.h"
#include "chrona/workspace/entity_merges.h"
#include "chrona/workspace/session.h"

#include <QMenu>

namespace chrona::ui {

/// What a correction says, in a few words: "Topic: Trade".
[[nodiscard]] QString correctionText(const schema::Correction &correction);

/// Puts right what is said of an event: topic, story, entities, relevance; and which of its
/// entities are one. Each word is one step of the session's undo. UI thread only.
class CorrectionMenu final : public QMenu {
    Q_OBJECT
public:
    CorrectionMenu(workspace::Session &session, QWidget *parent);

    /// Offers what can be said of this event; of its entities only where its facts are given.
    void offer(schema::EventId event, const ipc::EventDetailReply *facts);

Q_SIGNALS:
    void corrected(qint64 event);
    void refused(const QString &why);

private:
    friend class CorrectionCommand;
    /// An empty value takes back what was said.
    void send(const schema::Correction &correction,
              std::function<void(const std::optional<schema::Correction> &before)> then);
    void say(schema::CorrectionKind kind, const std::string &value, const std::string &subject);
    void tellRefused(const Error &error);
    void offerTopics();
    void offerEntities(const ipc::EventDetailReply &facts);
    void offerMerges(const std::vector<schema::Entity> &entities);
    void offerSplits(const std::vector<schema::Entity> &entities);

    workspace::Session &m_session;
    workspace::EntityMerges *m_merges;
    schema::EventId m_event;
};

} // namespace chrona::ui
