// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/workspace/graph_model.h"

#include <QUndoCommand>
#include <QUndoStack>

#include <algorithm>
#include <utility>

namespace chrona::workspace {

class GraphCommand final : public QUndoCommand {
public:
    GraphCommand(const QString &text, GraphModel &model, std::shared_ptr<GraphState> before,
                 std::shared_ptr<GraphState> after)
        : QUndoCommand(text), m_model(model), m_isAlive(model.m_isAlive),
          m_before(std::move(before)), m_after(std::move(after))
    {
    }
    void undo() override { show(m_before); }
    void redo() override { show(m_after); }

private:
    void show(const std::shared_ptr<GraphState> &state)
    {
        if (*m_isAlive)
            m_model.show(state);
    }

    GraphModel &m_model;
    std::shared_ptr<bool> m_isAlive; ///< the stack may live longer than the model
    std::shared_ptr<GraphState> m_before, m_after;
};

GraphModel::GraphModel(QUndoStack &undo, QObject *parent)
    : QObject(parent), m_undo(undo), m_state(std::make_shared<GraphState>())
{
}

GraphModel::~GraphModel()
{
    *m_isAlive = false;
}

void GraphModel::apply(const QString &text, GraphState next)
{
    if (next == *m_state)
        return;
    m_undo.push(
        new GraphCommand(text, *this, m_state, std::make_shared<GraphState>(std::move(next))));
}

namespace {

struct Selected {
    QSet<graph::NodeIndex> nodes;
    std::optional<graph::NodeIndex> current;
};

/// Indices mean other nodes in another state: the selection follows by key.
Selected carried(const Selected &selected, const GraphState &from, const GraphState &to)
{
    Selected kept;
    for (const graph::NodeIndex node : selected.nodes) {
        const auto found = findNode(to, keyOf(from, node));
        if (!found || !to.isDrawn(*found))
            continue;
        kept.nodes.insert(*found);
        if (selected.current == node)
            kept.current = found;
    }
    return kept;
}

} // namespace

void GraphModel::amend(GraphState next)
{
    // The step holds the same object, so that redoing it comes here as well.
    const GraphState before = std::exchange(*m_state, std::move(next));
    follow(before);
}

void GraphModel::show(const std::shared_ptr<GraphState> &state)
{
    const std::shared_ptr<GraphState> before = std::exchange(m_state, state);
    follow(*before);
}

void GraphModel::follow(const GraphState &before)
{
    Selected kept = carried({m_selection, m_current}, before, *m_state);
    const bool isOther = kept.nodes.size() != m_selection.size() ||
                         kept.current.has_value() != m_current.has_value();
    m_selection = std::move(kept.nodes);
    m_current = kept.current;
    Q_EMIT stateChanged();
    if (isOther)
        Q_EMIT selectionChanged();
}

void GraphModel::select(QSet<graph::NodeIndex> nodes, std::optional<graph::NodeIndex> current)
{
    nodes.removeIf([this](graph::NodeIndex node) {
        return node >= m_state->size() || !m_state->isDrawn(node);
    });
    if (current && !nodes.contains(*current))
        current.reset();
    if (nodes == m_selection && current == m_current)
        return;
    m_selection = std::move(nodes);
    m_current = current;
    Q_EMIT selectionChanged();
}

std::vector<graph::NodeIndex> GraphModel::selected() const
{
    std::vector<graph::NodeIndex> nodes(m_selection.begin(), m_selection.end());
    std::ranges::sort(nodes);
    return nodes;
}

} // namespace chrona::workspace
