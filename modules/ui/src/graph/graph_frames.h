// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "graph/graph_painter.h"

#include <QObject>
#include <QThread>

#include <chrono>
#include <memory>
#include <optional>
#include <vector>

namespace chrona::ui {

/// What a picture is to show, by nodes of the state.
struct GraphFrameRequest {
    GraphInputs inputs;
    std::shared_ptr<const graph::Positions> preview; ///< instead of the state's; may be null
    std::vector<graph::NodeIndex> selected;
    std::optional<graph::NodeIndex> current, hovered;
    std::vector<std::pair<graph::NodeIndex, graph::NodeIndex>> path;
    GraphCamera camera;
    double scale = 1;
    std::shared_ptr<const GraphStyle> style;
    std::vector<QRectF> keepClear;
};

struct GraphFrame {
    QImage picture;
    GraphCamera camera;
    workspace::GraphState state;
    std::shared_ptr<const GraphDrawing> drawing; ///< what the picture shows: pick in this
    std::chrono::microseconds took{0};
};

/// The scene of a request; `drawing` is kept by the caller for the next one with the same inputs.
[[nodiscard]] GraphScene sceneFor(const GraphFrameRequest &request,
                                  std::shared_ptr<const GraphDrawing> drawing);

/// Makes pictures of the graph on a thread of its own. The newest request wins: one is being made,
/// at most one waits. Thread rule: create, call and destroy on the UI thread; signals come there.
class GraphFrames : public QObject {
    Q_OBJECT
public:
    explicit GraphFrames(QObject *parent = nullptr);
    ~GraphFrames() override;

    void request(GraphFrameRequest request);
    [[nodiscard]] bool isIdle() const { return !m_isBusy; }

Q_SIGNALS:
    void frameReady(const chrona::ui::GraphFrame &frame);

private:
    class Worker;
    void start(GraphFrameRequest request);
    void take(const GraphFrame &frame);

    QThread m_thread;
    Worker *m_worker;
    bool m_isBusy = false;
    std::optional<GraphFrameRequest> m_next;
};

} // namespace chrona::ui
