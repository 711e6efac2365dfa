// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "text/time_text.h"

#include "chrona/workspace/entity_merges.h"
#include "chrona/workspace/graph_model.h"

#include <QFrame>

class QVBoxLayout;

namespace chrona::ui {

class FactColumn;
class Theme;

/// What is selected on the graph, in a corner of it: a node with its strongest ties, or the tie
/// between two nodes with its evidence and time. Hidden when neither is. UI thread only.
class GraphCard final : public QFrame {
    Q_OBJECT
public:
    GraphCard(const workspace::GraphModel &model, const workspace::EntityMerges &merges,
              const Theme &theme, QWidget *parent);

    void setTimeText(const TimeText &times);
    /// Follows the model; call when state or selection changed.
    void refresh();

private:
    void showNode(graph::NodeIndex node);
    void addParts(FactColumn &column, ipc::GraphNodeKey key) const;
    [[nodiscard]] bool showTie();
    void place(QWidget *content);

    const workspace::GraphModel &m_model;
    const workspace::EntityMerges &m_merges;
    const Theme &m_theme;
    TimeText m_times;
    QVBoxLayout *m_column;
    QWidget *m_content = nullptr;
};

} // namespace chrona::ui
