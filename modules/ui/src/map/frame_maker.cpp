// SPDX-License-Identifier: AGPL-3.0-or-later
#include "frame_maker.h"

#include <QElapsedTimer>

#include <algorithm>

namespace chrona::ui {

/// Lives on the worker thread.
class FrameMaker::Worker : public QObject {
public:
    FrameResult make(FrameRequest request)
    {
        QElapsedTimer timer;
        timer.start();
        updateEvents(request.visible);
        updateSelection(request);
        request.scene.events = m_events;
        request.scene.selection = m_selection;
        FrameResult result;
        result.frame = {m_renderer.render(request.scene), request.scene.camera,
                        request.scene.margin};
        result.events = m_events;
        result.selection = m_selection;
        result.visible = std::move(request.visible);
        if (request.scene.showEvents && m_events)
            result.paintedEvents = m_renderer.paintedEvents();
        result.took = std::chrono::microseconds(timer.nsecsElapsed() / 1'000);
        return result;
    }

private:
    void updateEvents(const std::shared_ptr<const workspace::VisibleEvents> &visible)
    {
        if (visible == m_visible)
            return;
        m_visible = visible;
        m_events = visible && visible->snapshot
                       ? EventPoints::from(visible->snapshot, visible->snapshot->columns,
                                           visible->rows, m_events.get())
                       : nullptr;
        m_selectionIds.reset(); // rows have moved
    }

    void updateSelection(const FrameRequest &request)
    {
        if (m_selection && request.selected == m_selectionIds && request.current == m_current)
            return;
        m_selectionIds = request.selected;
        m_current = request.current;
        auto selection = std::make_shared<MapSelection>();
        if (m_events && m_selectionIds && !m_selectionIds->empty()) {
            const auto &ids = m_events->columns->id;
            for (const std::uint32_t row : m_events->rows) {
                if (!std::ranges::binary_search(*m_selectionIds, ids[row]))
                    continue;
                selection->rows.push_back(row);
                if (ids[row] == m_current)
                    selection->current = row;
            }
        }
        m_selection = std::move(selection);
    }

    MapRenderer m_renderer;
    std::shared_ptr<const workspace::VisibleEvents> m_visible;
    std::shared_ptr<const EventPoints> m_events;
    std::shared_ptr<const std::vector<std::int64_t>> m_selectionIds;
    std::int64_t m_current = 0;
    std::shared_ptr<const MapSelection> m_selection;
};

FrameMaker::FrameMaker(QObject *parent) : QObject(parent), m_worker(new Worker)
{
    m_worker->moveToThread(&m_thread);
    connect(&m_thread, &QThread::finished, m_worker, &QObject::deleteLater);
    m_thread.setObjectName(QStringLiteral("map"));
    m_thread.start();
}

FrameMaker::~FrameMaker()
{
    m_thread.quit();
    m_thread.wait();
}

void FrameMaker::request(FrameRequest request)
{
    if (m_isBusy)
        m_next = std::move(request);
    else
        start(std::move(request));
}

void FrameMaker::start(FrameRequest request)
{
    m_isBusy = true;
    QMetaObject::invokeMethod(m_worker, [this, request = std::move(request)]() mutable {
        // The worker is joined before this object goes, so `this` is there to be called.
        FrameResult result = m_worker->make(std::move(request));
        QMetaObject::invokeMethod(this, [this, result = std::move(result)] { take(result); });
    });
}

void FrameMaker::take(const FrameResult &result)
{
    m_isBusy = false;
    if (m_next)
        start(*std::exchange(m_next, std::nullopt));
    Q_EMIT frameReady(result);
}

} // namespace chrona::ui
