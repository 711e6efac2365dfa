// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "graph/graph_view.h"
#include "shell/commands.h"
#include "shell/pane.h"
#include "text/time_text.h"

#include "chrona/schema/investigation.h"
#include "chrona/workspace/entity_merges.h"
#include "chrona/workspace/graph_explorer.h"
#include "chrona/workspace/graph_work.h"

class QLabel;
class QMenu;
class QToolButton;
class QVBoxLayout;

namespace chrona::ui {

class GraphCard;

/// The entity graph with its tools: who is tied to whom in the window of time, expanded step by
/// step, laid out, coloured, measured, exported. UI thread only.
class GraphPane final : public Pane {
    Q_OBJECT
public:
    GraphPane(workspace::Session &session, const Theme &theme, QWidget *parent);

    [[nodiscard]] workspace::GraphModel &model() { return *m_model; }
    [[nodiscard]] workspace::GraphExplorer &explorer() { return *m_explorer; }
    [[nodiscard]] GraphView &view() { return *m_view; }
    [[nodiscard]] const workspace::EntityMerges &merges() const { return *m_merges; }
    [[nodiscard]] bool isSettled() const;
    /// What the selected nodes are, to be pinned in an investigation.
    [[nodiscard]] std::vector<schema::PinTarget> chosenTargets() const;

    void setTimeText(const TimeText &times);
    /// Every command of the graph, so that menus and palette have them.
    void addCommands(Commands &commands, QWidget &window);
    void showOverview();
    void showSelection();
    void arrange(workspace::GraphArrangement arrangement);
    void findPath();
    void hideSelection();
    void showHidden();
    void togglePins();
    void groupSelection();
    void ungroupSelection();
    /// Says that the selected entities are one, the current one or else the most named.
    void mergeSelection();
    /// Takes apart what the current node stands for: all of it, or what is chosen from a menu.
    void splitCurrent();
    void collapse();
    /// Adds an entity and selects it.
    void add(ipc::GraphNodeKey key);

    /// Writes what is drawn; the ending decides: graphml, gexf, csv, svg, png, pdf.
    [[nodiscard]] Status exportTo(const QString &path) const;
    void askExport();
    /// Shows the nodes of a GraphML or GEXF file that was written here, where they stood, instead
    /// of what is there. Where it cannot be read, nothing changes.
    [[nodiscard]] Status importFrom(const QString &path);
    void askImport();
    /// importFrom(), and says why where it fails.
    void openFile(const QString &path);

Q_SIGNALS:
    void sampleWorldWanted();

protected:
    void showEvent(QShowEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void makeTools(QVBoxLayout &column);
    QToolButton *addTool(QVBoxLayout &column, const QString &icon, const QString &text,
                         void (GraphPane::*run)());
    void makeHeader();
    void followModel();
    void followLayout();
    void connectAll();
    void connectExplorer();
    void refresh();
    void refreshEmptiness();
    void refreshNote();
    void refreshTools();
    void layOutNew();
    void takeLayout(const workspace::GraphState &of, const graph::Positions &positions);
    void offerExpansion(quint32 node, const ipc::GraphCountsReply &counts);
    void takePaths(const QList<QList<quint32>> &paths, bool isComplete);
    void say(const QString &text);
    void fillMenu(QMenu &menu);
    void connectMerges();
    void splitOff(std::vector<ipc::MergedEntity> parts);
    [[nodiscard]] std::vector<graph::NodeIndex> selectedEntities() const;

    workspace::Session &m_session;
    workspace::GraphModel *m_model;
    workspace::GraphExplorer *m_explorer;
    workspace::GraphLayouter *m_layouter;
    workspace::GraphAnalyst *m_analyst;
    workspace::EntityMerges *m_merges;
    GraphView *m_view;
    QLabel *m_notice;
    GraphCard *m_card;
    QList<std::pair<QToolButton *, QString>> m_tools; ///< with their icons
    QToolButton *m_look = nullptr;
    QMenu *m_expansion;
    std::optional<Error> m_problem;
    bool m_hasAsked = false;      ///< for the first overview of this connection
    bool m_isWholeLayout = false; ///< asked for by a person: a step of its own
    std::shared_ptr<const graph::Positions> m_lastStep;
    workspace::GraphState m_lastStepOf;
    std::uint64_t m_total = 0; ///< nodes there would have been
    QStringList m_commandIds;
    Commands *m_commands = nullptr;
};

} // namespace chrona::ui
