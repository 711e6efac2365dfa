// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/workspace/graph_state.h"

#include <QObject>
#include <QSet>
#include <QString>

class QUndoStack;

namespace chrona::workspace {

/// The working graph of this window: the newest state, the steps that led there, and which of its
/// nodes are selected. Thread rule: UI thread. The stack must outlive it, or be cleared before.
class GraphModel : public QObject {
    Q_OBJECT

public:
    explicit GraphModel(QUndoStack &undo, QObject *parent = nullptr);
    ~GraphModel() override;

    [[nodiscard]] const GraphState &state() const { return *m_state; }
    /// One step that can be undone; `text` says what it was. The same state is no step.
    void apply(const QString &text, GraphState next);
    /// Goes on with the latest step: what a layout makes of it. No step of its own.
    void amend(GraphState next);

    /// Nodes of the state, drawn ones; those that are gone drop out.
    [[nodiscard]] const QSet<graph::NodeIndex> &selection() const { return m_selection; }
    /// The node that keys act on; nullopt: none. It is part of the selection.
    [[nodiscard]] std::optional<graph::NodeIndex> current() const { return m_current; }
    void select(QSet<graph::NodeIndex> nodes, std::optional<graph::NodeIndex> current);
    [[nodiscard]] std::vector<graph::NodeIndex> selected() const; ///< ascending

Q_SIGNALS:
    void stateChanged();
    void selectionChanged();

private:
    friend class GraphCommand;
    void show(const std::shared_ptr<GraphState> &state);
    void follow(const GraphState &before);

    QUndoStack &m_undo;
    std::shared_ptr<GraphState> m_state; ///< shared with the step that led here
    QSet<graph::NodeIndex> m_selection;
    std::optional<graph::NodeIndex> m_current;
    std::shared_ptr<bool> m_isAlive = std::make_shared<bool>(true);
};

} // namespace chrona::workspace
