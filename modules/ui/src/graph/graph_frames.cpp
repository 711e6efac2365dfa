// SPDX-License-Identifier: AGPL-3.0-or-later
#include "graph/graph_frames.h"

#include <QElapsedTimer>

#include <algorithm>

namespace chrona::ui {

GraphScene sceneFor(const GraphFrameRequest &request, std::shared_ptr<const GraphDrawing> drawing)
{
    GraphScene scene;
    const auto rowOf = [&drawing](graph::NodeIndex node) -> std::optional<std::uint32_t> {
        if (node >= drawing->rowOf.size() || drawing->rowOf[node] == GraphDrawing::kNoRow)
            return std::nullopt;
        return drawing->rowOf[node];
    };
    for (const graph::NodeIndex node : request.selected)
        if (const auto row = rowOf(node))
            scene.marks.selected.push_back(*row);
    std::ranges::sort(scene.marks.selected);
    scene.marks.current = request.current.and_then(rowOf);
    scene.marks.hovered = request.hovered.and_then(rowOf);
    for (const auto &[from, to] : request.path) {
        const auto first = rowOf(from), second = rowOf(to);
        if (first && second)
            scene.marks.path.emplace_back(*first, *second);
    }
    scene.drawing = std::move(drawing);
    scene.camera = request.camera;
    scene.scale = request.scale;
    scene.style = request.style;
    scene.keepClear = request.keepClear;
    return scene;
}

/// Lives on the worker thread.
class GraphFrames::Worker : public QObject {
public:
    GraphFrame make(const GraphFrameRequest &request)
    {
        QElapsedTimer timer;
        timer.start();
        updateDrawing(request.inputs);
        GraphFrame frame;
        frame.drawing = request.preview ? m_drawing->at(*request.preview) : m_drawing;
        frame.state = request.inputs.state;
        frame.camera = request.camera;
        frame.picture = m_painter.picture(sceneFor(request, frame.drawing));
        frame.took = std::chrono::microseconds(timer.nsecsElapsed() / 1'000);
        return frame;
    }

private:
    void updateDrawing(const GraphInputs &inputs)
    {
        if (m_drawing && m_inputs == inputs)
            return;
        GraphInputs before = inputs;
        before.window = m_inputs.window;
        const bool isOtherWindow = m_drawing && m_inputs == before;
        m_inputs = inputs;
        m_drawing = isOtherWindow ? m_drawing->within(inputs.window) : GraphDrawing::made(m_inputs);
    }

    GraphPainter m_painter;
    GraphInputs m_inputs;
    std::shared_ptr<const GraphDrawing> m_drawing;
};

GraphFrames::GraphFrames(QObject *parent) : QObject(parent), m_worker(new Worker)
{
    m_worker->moveToThread(&m_thread);
    connect(&m_thread, &QThread::finished, m_worker, &QObject::deleteLater);
    m_thread.setObjectName(QStringLiteral("graph"));
    m_thread.start();
}

GraphFrames::~GraphFrames()
{
    m_thread.quit();
    m_thread.wait();
}

void GraphFrames::request(GraphFrameRequest request)
{
    if (m_isBusy)
        m_next = std::move(request);
    else
        start(std::move(request));
}

void GraphFrames::start(GraphFrameRequest request)
{
    m_isBusy = true;
    QMetaObject::invokeMethod(m_worker, [this, request = std::move(request)] {
        // The worker is joined before this object goes, so `this` is there to be called.
        GraphFrame frame = m_worker->make(request);
        QMetaObject::invokeMethod(this, [this, frame = std::move(frame)] { take(frame); });
    });
}

void GraphFrames::take(const GraphFrame &frame)
{
    m_isBusy = false;
    if (m_next)
        start(*std::exchange(m_next, std::nullopt));
    Q_EMIT frameReady(frame);
}

} // namespace chrona::ui
