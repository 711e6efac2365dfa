// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/workspace/graph_file.h"
#include "chrona/workspace/graph_model.h"
#include "chrona/workspace/session.h"

#include <QTimer>

#include <map>

namespace chrona::workspace {

/// How a step is called in the undo list; the words are the caller's.
struct GraphStepTexts {
    QString overview, selection, expand, paths, file;
};

/// Asks the service for parts of the graph and puts them into the model; keeps the model's
/// selection and Focus one selection. What is asked counts in Focus' window and at its moment; when
/// these change, the edges are asked for anew. Thread rule: UI thread; all parts outlive it.
class GraphExplorer : public QObject {
    Q_OBJECT

public:
    /// A graph larger than this keeps the edges it has when the window changes: they only fade.
    static constexpr std::size_t kRescopedNodesMax = ipc::GraphNeighboursRequest::kSeedsMax;

    GraphExplorer(Session &session, GraphModel &model, GraphStepTexts texts,
                  QObject *parent = nullptr);

    /// The entities with most evidence, instead of what is there.
    void showOverview(std::uint32_t nodesMax);
    /// What the selected events name, instead of what is there.
    void showSelection();
    /// hops: how many steps away; what has very many neighbours is shown and not gone through.
    void expand(graph::NodeIndex node, std::vector<ipc::GraphEdgeType> types,
                std::uint32_t nodesMax, std::uint32_t hops = 1);
    /// Answered by countsArrived().
    void askCounts(graph::NodeIndex node);
    void findPaths(graph::NodeIndex from, graph::NodeIndex to, std::uint32_t hops);
    /// The nodes of a file where they stood, instead of what is there. What nobody knows any more
    /// is left out; opened() tells. InvalidInput for more nodes than can be asked for at once.
    [[nodiscard]] Status open(const GraphFile &file);
    /// Adds one node, by its key: from the palette or the inspector.
    void add(ipc::GraphNodeKey key);
    /// Selects nodes here and their events everywhere.
    void select(QSet<graph::NodeIndex> nodes, std::optional<graph::NodeIndex> current);
    /// Selects the events that name both.
    void selectEvidence(graph::NodeIndex one, graph::NodeIndex other);
    /// Ends the search that is under way: an overview, an expansion, paths. cancelled() follows.
    void cancel();
    [[nodiscard]] bool isSearching() const { return m_searches > 0; }

    /// A question is open, or one is due.
    [[nodiscard]] bool isBusy() const { return m_open > 0 || m_rescopeDue.isActive(); }
    /// "1,204 of 250,310" of the latest question; 0: nothing was left out.
    [[nodiscard]] std::uint64_t shownOf() const { return m_total; }
    /// Its node became part of another here, and comes back by itself when it is split off.
    [[nodiscard]] bool isFolded(schema::EntityId entity) const
    {
        return m_folded.contains(entity.value);
    }

Q_SIGNALS:
    void busyChanged();
    void progressed(qint64 done, qint64 total);
    void failed(const chrona::Error &error);
    void countsArrived(quint32 node, const chrona::ipc::GraphCountsReply &counts);
    /// Rows are nodes of the model.
    void pathsFound(const QList<QList<quint32>> &paths, bool isComplete);
    /// A file's nodes are there; so many of it were not known.
    void opened(quint64 nodes, quint64 unknown);
    /// A question was answered with fewer nodes than there are.
    void truncated(quint64 shown, quint64 total);
    /// Nodes of the model that a search of several steps did not go through: too many neighbours.
    void heldBack(const QList<quint32> &nodes);
    /// What cancel() ended will not come any more.
    void cancelled();

private:
    [[nodiscard]] ipc::GraphScope scope(std::vector<ipc::GraphEdgeType> types = {}) const;
    template <class Request>
    void ask(Request request, std::function<void(ipc::Answer<Request>)> take);
    /// One that a person waits for, and may end.
    template <class Request>
    void search(Request request, std::function<void(ipc::Answer<Request>)> take);
    void begin();
    void end();
    void take(const QString &text, Result<GraphState> next);
    void followFocus();
    void followScope();
    void rescope();
    void followMerges(const ipc::EntitiesChanged &news);
    void regroup(const ipc::GraphReply &reply, const ipc::GraphEdgeColumns &edges,
                 std::span<const ipc::GraphNodeKey> asked);
    void sendSelection();
    void takeEvents(const ipc::GraphEventsReply &reply, quint64 ticket);

    Session &m_session;
    GraphModel &m_model;
    GraphStepTexts m_texts;
    QTimer m_rescopeDue;
    /// Entities whose nodes became part of another, where they stood: a split puts them back.
    std::map<std::int64_t, graph::Point> m_folded;
    RequestHandle m_search;
    int m_searches = 0;
    quint64 m_searchRound = 0; ///< of cancel(): what comes of an earlier one is not taken
    RequestHandle m_latest;
    int m_open = 0;
    bool m_isSending = false;      ///< what Focus tells now is this object's doing
    quint64 m_selectionTicket = 0; ///< newer questions about the selection make answers obsolete
    quint64 m_scopeTicket = 0;
    std::uint64_t m_total = 0;
};

} // namespace chrona::workspace
