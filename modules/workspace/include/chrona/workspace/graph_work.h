// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/workspace/graph_state.h"

#include <QObject>
#include <QThreadPool>

#include <stop_token>

namespace chrona::workspace {

enum class GraphArrangement : std::uint8_t { Force, Layered, Radial, Geo };

/// Lays out a state on a thread of its own. One at a time; a new request stops the one that runs.
/// Hidden nodes and members of groups are left where they are. Thread rule: UI thread.
class GraphLayouter : public QObject {
    Q_OBJECT

public:
    explicit GraphLayouter(QObject *parent = nullptr);
    ~GraphLayouter() override;

    enum class Keep : std::uint8_t {
        Placed, ///< what has its place stays exactly there; only new nodes are laid out
        Pinned, ///< everything is laid out anew but for what is pinned
    };
    /// `middle` is for Radial: the node in it.
    void arrange(const GraphState &state, GraphArrangement arrangement, Keep keep,
                 graph::NodeIndex middle = 0);
    void cancel();
    [[nodiscard]] bool isRunning() const { return m_isRunning; }

Q_SIGNALS:
    /// A whole picture of the way there, some thirty a second. Positions fit the state given.
    void stepped(const chrona::workspace::GraphState &state,
                 const std::shared_ptr<const chrona::graph::Positions> &positions, double progress);
    void finished(const chrona::workspace::GraphState &state,
                  const std::shared_ptr<const chrona::graph::Positions> &positions);
    void failed(const chrona::Error &error);
    void runningChanged();

private:
    struct Job;

    QThreadPool m_pool;
    std::stop_source m_stop;
    quint64 m_ticket = 0;
    bool m_isRunning = false;
};

/// What colours and sizes say: figures of every node.
struct GraphMeasures {
    std::shared_ptr<const GraphFacts> of;
    std::vector<std::uint32_t> community; ///< 0 is the largest
    std::vector<double> rank;             ///< PageRank both ways; 0–1, 1 is the highest
    std::vector<double> between;          ///< betweenness; 0–1, 1 is the highest
};
[[nodiscard]] Result<GraphMeasures> measured(std::shared_ptr<const GraphFacts> facts,
                                             std::stop_token stop = {});

/// Measures the newest graph off the UI thread. Thread rule: UI thread.
class GraphAnalyst : public QObject {
    Q_OBJECT

public:
    explicit GraphAnalyst(QObject *parent = nullptr);
    ~GraphAnalyst() override;

    void measure(std::shared_ptr<const GraphFacts> facts);
    /// Never null; of an older graph while the newest is measured.
    [[nodiscard]] std::shared_ptr<const GraphMeasures> measures() const { return m_measures; }

Q_SIGNALS:
    void measured();

private:
    QThreadPool m_pool;
    std::stop_source m_stop;
    std::shared_ptr<const GraphFacts> m_wanted;
    std::shared_ptr<const GraphMeasures> m_measures = std::make_shared<const GraphMeasures>();
};

} // namespace chrona::workspace
