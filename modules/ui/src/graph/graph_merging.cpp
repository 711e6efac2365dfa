// SPDX-License-Identifier: AGPL-3.0-or-later
// Entities that are one, said on the graph and taken back there.
#include "graph/graph_pane.h"

#include "graph/graph_card.h"
#include "text/known_names.h"
#include "text/names.h"

#include <QLocale>
#include <QMenu>

#include <algorithm>

namespace chrona::ui {

using workspace::GraphState;

void GraphPane::connectMerges()
{
    using workspace::EntityMerges;
    connect(m_merges, &EntityMerges::changed, m_card, &GraphCard::refresh);
    connect(
        m_merges, &EntityMerges::merged, this,
        [this](const std::vector<ipc::MergedEntity> &merges) {
            QStringList names;
            for (const ipc::MergedEntity &one : merges)
                names += entityName(one.key, one.name);
            say(tr("%1: read as %2 from now on, everywhere. Undo takes it back.")
                    .arg(QLocale().createSeparatedList(names),
                         entityName(merges.front().intoKey, merges.front().intoName)));
        });
    connect(m_merges, &EntityMerges::taken, this,
            [this](const std::vector<ipc::MergedEntity> &merges) {
                for (const ipc::MergedEntity &one : merges) {
                    const ipc::GraphNodeKey key{ipc::GraphNodeKind::Entity, one.entity.value};
                    // What was folded in this window comes back to its place by itself.
                    if (!m_explorer->isFolded(one.entity) &&
                        !workspace::findNode(m_model->state(), key))
                        m_explorer->add(key);
                }
                say(tr("%n entities stand for themselves again", nullptr, int(merges.size())));
            });
    connect(m_merges, &EntityMerges::failed, this, [this](const Error &error) {
        const FailureText text = failureText(error);
        say(text.cause + u' ' + text.remedy);
    });
}

std::vector<graph::NodeIndex> GraphPane::selectedEntities() const
{
    const GraphState &state = m_model->state();
    std::vector<graph::NodeIndex> entities;
    for (const graph::NodeIndex head : m_model->selected())
        for (const graph::NodeIndex node : workspace::membersOf(state, head))
            if (workspace::keyOf(state, node).kind == ipc::GraphNodeKind::Entity)
                entities.push_back(node);
    return entities;
}

void GraphPane::mergeSelection()
{
    const GraphState &state = m_model->state();
    const std::vector<graph::NodeIndex> nodes = selectedEntities();
    if (nodes.size() < 2)
        return say(tr("Select the entities that are one: two or more"));
    const auto current = m_model->current();
    const bool hasCurrent = current && std::ranges::contains(nodes, *current);
    const graph::NodeIndex into =
        hasCurrent ? *current : *std::ranges::max_element(nodes, {}, [&](graph::NodeIndex node) {
            return state.facts->nodes[node].evidence;
        });
    workspace::EntityMerges::Entities entities;
    for (const graph::NodeIndex node : nodes)
        if (node != into)
            entities.push_back({workspace::keyOf(state, node).id});
    const int count = int(entities.size());
    m_merges->merge(std::move(entities), {workspace::keyOf(state, into).id},
                    tr("Merge %n entities", nullptr, count + 1));
}

void GraphPane::splitCurrent()
{
    const auto nodes = selectedEntities();
    if (nodes.size() != 1)
        return say(tr("Select one entity to take it apart"));
    const auto parts = m_merges->partsOf({workspace::keyOf(m_model->state(), nodes[0]).id});
    if (parts.empty())
        return say(tr("Nothing is merged into this entity"));
    if (parts.size() == 1)
        return splitOff(parts);
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setAccessibleName(tr("Take apart"));
    for (const ipc::MergedEntity &one : parts)
        connect(menu->addAction(entityName(one.key, one.name)), &QAction::triggered, this,
                [this, one] { splitOff({one}); });
    menu->addSeparator();
    connect(menu->addAction(tr("All of them")), &QAction::triggered, this,
            [this, parts] { splitOff(parts); });
    menu->popup(m_view->mapToGlobal(m_view->placeOf(nodes[0]).toPoint() + QPoint(12, 12)));
}

void GraphPane::splitOff(std::vector<ipc::MergedEntity> parts)
{
    workspace::EntityMerges::Entities entities;
    for (const ipc::MergedEntity &one : parts)
        entities.push_back(one.entity);
    const int count = int(entities.size());
    m_merges->split(std::move(entities), tr("Take %n entities apart", nullptr, count));
}

} // namespace chrona::ui
