// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/result.h"
#include "chrona/ipc/messages_case.h"
#include "chrona/schema/investigation.h"

#include <QObject>
#include <QString>

#include <map>
#include <optional>
#include <set>
#include <vector>

namespace chrona::workspace {

class Session;

/// A fresh item with an id that nobody else has.
[[nodiscard]] schema::CaseItem newCaseItem(schema::CaseItemKind kind);
/// A link with the id of its ends.
[[nodiscard]] schema::CaseItem caseLink(schema::CaseItemId from, schema::CaseItemId to,
                                        schema::Bearing bearing);

/// The service adds evidence to a pin that was sent without: that is no difference.
[[nodiscard]] bool sameButForEvidence(schema::CaseItem ours, const schema::CaseItem &theirs);

/// One open investigation. Edits show at once, are saved by themselves, one request at a time, and
/// wait here while the service is away; each is a step on the session's undo stack. What other
/// windows change appears item by item. An edit that came too late is not lost: it stands among the
/// conflicts until a person decides. Thread rule: UI thread. The session must outlive it.
class Investigation : public QObject {
    Q_OBJECT

public:
    enum class State : std::uint8_t { Loading, Ready, Failed };

    /// One that the service has.
    Investigation(Session &session, schema::InvestigationId id, QObject *parent);
    /// Begins one. Not undone: an empty one can be archived.
    Investigation(Session &session, const QString &title, QObject *parent);

    [[nodiscard]] schema::InvestigationId id() const { return m_id; }
    [[nodiscard]] State state() const { return m_state; }
    /// Why it is not Ready, or why edits are not saved.
    [[nodiscard]] const std::optional<Error> &problem() const { return m_problem; }
    [[nodiscard]] bool isArchived() const { return m_archived; }
    [[nodiscard]] QString title() const;

    [[nodiscard]] const schema::CaseItem *find(schema::CaseItemId id) const;
    [[nodiscard]] const schema::CaseItem *head() const { return find({m_id.value}); }
    /// Those of a kind that are not removed, in the order in which they were made. Valid until
    /// changed().
    [[nodiscard]] std::vector<const schema::CaseItem *> items(schema::CaseItemKind kind) const;
    /// Links that end at an item, whose pins are still there.
    [[nodiscard]] std::vector<const schema::CaseItem *> linksTo(schema::CaseItemId id) const;
    /// The pin of something, if it is pinned here.
    [[nodiscard]] const schema::CaseItem *pinOf(const schema::PinTarget &target) const;
    [[nodiscard]] const schema::CaseEvidence *evidenceOf(const schema::CaseItem &pin) const;
    /// The journal, oldest first.
    [[nodiscard]] const std::vector<schema::CaseStep> &steps() const { return m_steps; }

    /// Puts these versions in place, as one step that can be undone. `text` names the step. Does
    /// nothing where nothing differs. One that was made from an older revision than what is here
    /// goes to the conflicts.
    void change(const QString &text, std::vector<schema::CaseItem> items);
    /// Takes the items out, as one step; links to and from them rest with them.
    void remove(const QString &text, const std::vector<schema::CaseItemId> &ids);
    /// Takes the evidence of all pins anew.
    void snapshot();

    /// Items whose newest version the service has not confirmed.
    [[nodiscard]] std::size_t unsaved() const { return m_dirty.size(); }
    /// Versions of ours that were not taken, by item.
    [[nodiscard]] const std::map<std::int64_t, schema::CaseItem> &conflicts() const
    {
        return m_conflicts;
    }
    enum class Resolution : std::uint8_t { KeepOurs, TakeTheirs };
    /// `text` names the step that keeps ours.
    void resolve(schema::CaseItemId id, Resolution how, const QString &text);

    /// All of it as it is here, for a file.
    [[nodiscard]] schema::Investigation content() const;

Q_SIGNALS:
    void changed();
    void stateChanged();
    /// So many things are kept as they are now; of these, so many differ from before.
    void snapshotTaken(qint64 taken, qint64 changed);

private:
    friend class CaseCommand;

    void follow();
    void load();
    void replace(const schema::Investigation &investigation);
    void take(const ipc::CaseChanged &news);
    /// Puts them in place here and sends them.
    void apply(const std::vector<schema::CaseItem> &items);
    /// Brings `to` back where an item still says `from`.
    void exchange(const std::vector<schema::CaseItem> &from,
                  const std::vector<schema::CaseItem> &to);
    void save();
    void finishSave(Result<ipc::CaseEditReply> reply);
    void takeStored(const schema::CaseItem &stored, bool isStale);
    void refuseSent(const Error &error);
    void addPast(const std::vector<schema::CaseEvidence> &evidence,
                 const std::vector<schema::CaseStep> &steps);
    void setState(State state);

    Session &m_session;
    const schema::InvestigationId m_id;
    State m_state = State::Loading;
    bool m_archived = false;
    std::optional<Error> m_problem;
    Instant m_createdAt, m_updatedAt;
    std::map<std::int64_t, schema::CaseItem> m_items; ///< as shown; revisions as stored
    std::set<std::int64_t> m_dirty;
    std::map<std::int64_t, Hash128> m_sent; ///< what the request under way said; empty: none
    std::map<std::int64_t, schema::CaseItem> m_conflicts;
    std::map<Hash128, schema::CaseEvidence> m_evidence;
    std::vector<schema::CaseStep> m_steps;
};

} // namespace chrona::workspace
