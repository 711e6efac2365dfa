// SPDX-License-Identifier: AGPL-3.0-or-later
// How an open investigation and the service stay the same.
#include "chrona/workspace/investigation.h"

#include "chrona/workspace/session.h"

#include <QTimer>

#include <algorithm>
#include <chrono>
#include <tuple>

namespace chrona::workspace {

using schema::CaseItem;

namespace {

/// The database may have been busy.
constexpr std::chrono::milliseconds kRetryPause{1000};

} // namespace

void Investigation::load()
{
    // So far it is only here.
    if (head() && head()->revision == 0) {
        save();
        return;
    }
    m_session.request(ipc::CaseOpen{m_id}, this, [this](const Result<ipc::CaseReply> &reply) {
        if (reply) {
            replace(reply->investigation);
            return;
        }
        m_problem = reply.error();
        if (m_state == State::Loading)
            setState(State::Failed);
        else
            Q_EMIT stateChanged();
    });
}

void Investigation::replace(const schema::Investigation &investigation)
{
    m_problem.reset();
    m_archived = investigation.state == schema::InvestigationState::Archived;
    m_createdAt = investigation.createdAt;
    m_updatedAt = investigation.updatedAt;
    for (const CaseItem &item : investigation.items)
        if (!m_dirty.contains(item.id.value))
            m_items[item.id.value] = item;
    addPast(investigation.evidence, investigation.steps);
    m_state = State::Ready;
    Q_EMIT stateChanged();
    Q_EMIT changed();
    save();
}

void Investigation::take(const ipc::CaseChanged &news)
{
    if (news.items.empty()) {
        load();
        return;
    }
    for (const CaseItem &item : news.items) {
        // What is being edited here is compared when it is saved.
        if (m_dirty.contains(item.id.value))
            continue;
        CaseItem &known = m_items[item.id.value];
        if (item.revision > known.revision)
            known = item;
    }
    addPast(news.evidence, news.steps);
    Q_EMIT changed();
}

void Investigation::addPast(const std::vector<schema::CaseEvidence> &evidence,
                            const std::vector<schema::CaseStep> &steps)
{
    for (const schema::CaseEvidence &one : evidence)
        m_evidence.insert_or_assign(one.hash, one);
    // Our own steps come twice: as an answer and as news.
    m_steps.insert(m_steps.end(), steps.begin(), steps.end());
    std::ranges::sort(m_steps, {}, [](const schema::CaseStep &step) {
        return std::tuple(step.at, step.item, step.revision, step.hash);
    });
    const auto twice = std::ranges::unique(m_steps);
    m_steps.erase(twice.begin(), twice.end());
    if (!m_steps.empty())
        m_updatedAt = std::max(m_updatedAt, m_steps.back().at);
}

void Investigation::save()
{
    if (m_dirty.empty() || !m_sent.empty() || m_state != State::Ready)
        return;
    ipc::CaseEdit edit;
    edit.investigation = m_id;
    // The head goes first: the investigation begins with it.
    if (m_dirty.contains(m_id.value))
        edit.items.push_back(m_items[m_id.value]);
    for (const std::int64_t id : m_dirty)
        if (id != m_id.value && edit.items.size() < ipc::CaseEdit::kItemsMax)
            edit.items.push_back(m_items[id]);
    for (const CaseItem &item : edit.items)
        m_sent[item.id.value] = schema::contentHashOf(item);
    m_session.request(std::move(edit), this,
                      [this](Result<ipc::CaseEditReply> reply) { finishSave(std::move(reply)); });
}

void Investigation::finishSave(Result<ipc::CaseEditReply> reply)
{
    if (!reply) {
        const Error error = reply.error();
        const bool isAway = error.retryable || error.code == ErrorCode::Unavailable ||
                            error.code == ErrorCode::Timeout || error.code == ErrorCode::Cancelled;
        m_problem = error;
        if (!isAway)
            refuseSent(error);
        m_sent.clear(); // sent again when the service is back
        if (isAway && m_session.state() == Session::State::Ready)
            QTimer::singleShot(kRetryPause, this, &Investigation::save);
        Q_EMIT stateChanged();
        return;
    }
    m_problem.reset();
    for (const CaseItem &item : reply->items)
        takeStored(item, std::ranges::contains(reply->stale, item.id));
    addPast(reply->evidence, reply->steps);
    m_sent.clear();
    Q_EMIT changed();
    save();
}

void Investigation::takeStored(const CaseItem &stored, bool isStale)
{
    CaseItem &ours = m_items[stored.id.value];
    if (isStale && !sameButForEvidence(ours, stored)) {
        m_conflicts[stored.id.value] = ours;
        ours = stored;
        m_dirty.erase(stored.id.value);
        return;
    }
    const auto sent = m_sent.find(stored.id.value);
    if (isStale || sent == m_sent.end() || sent->second == schema::contentHashOf(ours)) {
        ours = stored;
        m_dirty.erase(stored.id.value);
        return;
    }
    // It was edited on while this version was under way: that edit now comes from this one.
    ours.revision = stored.revision;
    if (ours.evidence == Hash128{})
        ours.evidence = stored.evidence;
}

/// What the service will not take however often it is asked stands aside, and what it has is shown.
void Investigation::refuseSent(const Error &error)
{
    for (const auto &[id, hash] : m_sent) {
        m_conflicts[id] = m_items[id];
        m_dirty.erase(id);
    }
    m_problem = error;
    m_session.request(ipc::CaseOpen{m_id}, this, [this](const Result<ipc::CaseReply> &reply) {
        if (!reply)
            return;
        const std::optional<Error> why = m_problem;
        replace(reply->investigation);
        m_problem = why;
        Q_EMIT stateChanged();
    });
}

void Investigation::snapshot()
{
    m_session.request(ipc::CaseSnapshot{m_id, {}}, this,
                      [this](const Result<ipc::CaseEditReply> &reply) {
                          if (!reply) {
                              m_problem = reply.error();
                              Q_EMIT stateChanged();
                              return;
                          }
                          take({m_id, reply->items, reply->evidence, reply->steps});
                          Q_EMIT snapshotTaken(std::ssize(reply->evidence),
                                               std::ssize(reply->steps));
                      });
}

} // namespace chrona::workspace
