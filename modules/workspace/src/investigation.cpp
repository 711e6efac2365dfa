// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/workspace/investigation.h"

#include "chrona/base/clock.h"
#include "chrona/workspace/session.h"

#include <QPointer>
#include <QRandomGenerator>
#include <QUndoCommand>

#include <algorithm>
#include <limits>
#include <utility>

using namespace Qt::StringLiterals;

namespace chrona::workspace {

using schema::CaseItem;
using schema::CaseItemId;
using schema::CaseItemKind;

bool sameButForEvidence(CaseItem ours, const CaseItem &theirs)
{
    ours.evidence = theirs.evidence;
    return schema::contentHashOf(ours) == schema::contentHashOf(theirs);
}

CaseItem newCaseItem(CaseItemKind kind)
{
    CaseItem item;
    item.kind = kind;
    const auto largest = std::numeric_limits<std::int64_t>::max();
    while (item.id.isNull())
        item.id.value = static_cast<std::int64_t>(QRandomGenerator::system()->generate64() &
                                                  static_cast<std::uint64_t>(largest));
    item.createdAt = item.changedAt = SystemClock().now();
    return item;
}

CaseItem caseLink(CaseItemId from, CaseItemId to, schema::Bearing bearing)
{
    CaseItem link = newCaseItem(CaseItemKind::Link);
    link.id = schema::linkIdFor(from, to);
    link.from = from;
    link.to = to;
    link.bearing = bearing;
    return link;
}

/// One edit. Undone by item, and only where the item still says what this edit made it say: what
/// another window wrote since is not taken back.
class CaseCommand final : public QUndoCommand {
public:
    CaseCommand(Investigation &investigation, const QString &text, std::vector<CaseItem> before,
                std::vector<CaseItem> after)
        : QUndoCommand(text), m_investigation(&investigation), m_before(std::move(before)),
          m_after(std::move(after))
    {
    }
    void undo() override
    {
        if (m_investigation)
            m_investigation->exchange(m_after, m_before);
    }
    void redo() override
    {
        if (m_done && m_investigation)
            m_investigation->exchange(m_before, m_after);
        m_done = true;
    }

private:
    QPointer<Investigation> m_investigation; ///< closed: there is nothing to undo in
    std::vector<CaseItem> m_before, m_after;
    bool m_done = false; ///< the first redo has happened when the command is made
};

Investigation::Investigation(Session &session, schema::InvestigationId id, QObject *parent)
    : QObject(parent), m_session(session), m_id(id)
{
    follow();
    load();
}

Investigation::Investigation(Session &session, const QString &title, QObject *parent)
    : QObject(parent), m_session(session), m_id{newCaseItem(CaseItemKind::Case).id.value},
      m_state(State::Ready)
{
    follow();
    CaseItem head = newCaseItem(CaseItemKind::Case);
    head.id = {m_id.value};
    head.title = title.toStdString();
    m_createdAt = m_updatedAt = head.createdAt;
    apply({head});
}

void Investigation::follow()
{
    connect(&m_session, &Session::caseChanged, this, [this](const ipc::CaseChanged &news) {
        if (news.investigation == m_id)
            take(news);
    });
    connect(&m_session, &Session::listsOutdated, this, &Investigation::load);
}

QString Investigation::title() const
{
    const CaseItem *item = head();
    return item ? QString::fromStdString(item->title) : QString();
}

const CaseItem *Investigation::find(CaseItemId id) const
{
    const auto found = m_items.find(id.value);
    return found == m_items.end() ? nullptr : &found->second;
}

std::vector<const CaseItem *> Investigation::items(CaseItemKind kind) const
{
    std::vector<const CaseItem *> found;
    for (const auto &[id, item] : m_items)
        if (item.kind == kind && !item.removed)
            found.push_back(&item);
    std::ranges::sort(found, {},
                      [](const CaseItem *item) { return std::pair(item->createdAt, item->id); });
    return found;
}

std::vector<const CaseItem *> Investigation::linksTo(CaseItemId id) const
{
    auto links = items(CaseItemKind::Link);
    std::erase_if(links, [&](const CaseItem *link) {
        const CaseItem *pin = find(link->from);
        return link->to != id || !pin || pin->removed;
    });
    return links;
}

const CaseItem *Investigation::pinOf(const schema::PinTarget &target) const
{
    for (const CaseItem *pin : items(CaseItemKind::Pin)) {
        schema::PinTarget known = pin->target;
        known.label = target.label; // headlines change, the thing is the same
        if (known == target)
            return pin;
    }
    return nullptr;
}

const schema::CaseEvidence *Investigation::evidenceOf(const CaseItem &pin) const
{
    const auto found = m_evidence.find(pin.evidence);
    return found == m_evidence.end() ? nullptr : &found->second;
}

void Investigation::change(const QString &text, std::vector<CaseItem> items)
{
    std::vector<CaseItem> before;
    const std::size_t conflictsBefore = m_conflicts.size();
    std::erase_if(items, [this](const CaseItem &item) {
        const CaseItem *known = find(item.id);
        if (!known || sameButForEvidence(item, *known))
            return known != nullptr;
        const bool isLate = item.revision < known->revision;
        if (isLate)
            m_conflicts[item.id.value] = item;
        return isLate;
    });
    if (m_conflicts.size() != conflictsBefore)
        Q_EMIT changed();
    if (items.empty() || m_archived)
        return;
    for (const CaseItem &item : items) {
        const CaseItem *known = find(item.id);
        before.push_back(known ? *known : item);
        if (!known)
            before.back().removed = true;
    }
    apply(items);
    m_session.undoStack().push(new CaseCommand(*this, text, std::move(before), std::move(items)));
}

void Investigation::remove(const QString &text, const std::vector<CaseItemId> &ids)
{
    std::vector<CaseItem> gone;
    for (const CaseItemId id : ids)
        if (const CaseItem *item = find(id); item && item->kind != CaseItemKind::Case) {
            gone.push_back(*item);
            gone.back().removed = true;
        }
    change(text, std::move(gone));
}

void Investigation::exchange(const std::vector<CaseItem> &from, const std::vector<CaseItem> &to)
{
    std::vector<CaseItem> items;
    for (std::size_t i = 0; i < from.size(); ++i) {
        const CaseItem *known = find(from[i].id);
        if (!known || !sameButForEvidence(from[i], *known))
            continue;
        items.push_back(to[i]);
        items.back().evidence = known->evidence;
        items.back().revision = known->revision;
    }
    apply(items);
}

void Investigation::apply(const std::vector<CaseItem> &items)
{
    for (CaseItem item : items) {
        CaseItem &known = m_items[item.id.value];
        item.revision = known.revision;
        if (known.id.isNull())
            known.createdAt = item.createdAt;
        item.createdAt = known.createdAt;
        item.changedAt = SystemClock().now();
        m_dirty.insert(item.id.value);
        known = std::move(item);
    }
    if (items.empty())
        return;
    Q_EMIT changed();
    save();
}

void Investigation::resolve(CaseItemId id, Resolution how, const QString &text)
{
    const auto found = m_conflicts.find(id.value);
    if (found == m_conflicts.end())
        return;
    CaseItem ours = std::move(found->second);
    m_conflicts.erase(found);
    if (const CaseItem *theirs = find(id); theirs && how == Resolution::KeepOurs) {
        ours.revision = theirs->revision;
        change(text, {ours});
    }
    Q_EMIT changed();
}

schema::Investigation Investigation::content() const
{
    schema::Investigation all;
    all.id = m_id;
    all.state =
        m_archived ? schema::InvestigationState::Archived : schema::InvestigationState::Open;
    all.createdAt = m_createdAt;
    all.updatedAt = m_updatedAt;
    for (const auto &[id, item] : m_items)
        all.items.push_back(item);
    for (const auto &[hash, evidence] : m_evidence)
        all.evidence.push_back(evidence);
    all.steps = m_steps;
    return all;
}

void Investigation::setState(State state)
{
    if (state == m_state)
        return;
    m_state = state;
    Q_EMIT stateChanged();
}

} // namespace chrona::workspace
