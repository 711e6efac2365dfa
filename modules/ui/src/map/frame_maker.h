// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "map_renderer.h"
#include "map_surface.h"
#include "chrona/base/result.h"
#include "chrona/workspace/event_selector.h"

#include <QObject>
#include <QThread>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace chrona::ui {

/// What a picture is to show, as the views' shared state has it.
struct FrameRequest {
    MapScene scene; ///< events and selection are filled in by the worker
    std::shared_ptr<const workspace::VisibleEvents> visible;
    std::shared_ptr<const std::vector<std::int64_t>> selected; ///< event ids, ascending
    std::int64_t current = 0;
};

/// Events with outlines that may be on the map: rows of the columns that a frame shows.
struct ShapeCandidates {
    std::vector<std::uint32_t> rows; ///< the newest first
    std::size_t total = 0;           ///< that there are; more than rows: the oldest are left out
};

/// Which region lies under each pixel of a picture with its margins.
struct RegionPick {
    QImage numbers; ///< as RegionPainter has them; null: no regions are shown
    std::shared_ptr<const std::vector<RegionPainter::Name>> names;
    double scale = 1;
};

struct FrameResult {
    MapFrame frame;
    std::shared_ptr<const EventPoints> events; ///< what the frame shows: pick in these
    std::shared_ptr<const MapSelection> selection;
    std::shared_ptr<const workspace::VisibleEvents> visible;
    EventPainter::Counts paintedEvents{}; ///< by theme
    std::optional<LightLook> look;        ///< of the events, where a LightItem draws them
    std::shared_ptr<const ShapeCandidates> shapes;
    std::vector<SurfaceScale> surfaces;
    RegionPick regions;
    QString tilesCredit, tilesProblem;
    std::vector<formats::TileId> tilesMissing; ///< of a server, the most wanted first
    std::chrono::microseconds took{0};
};

/// Makes pictures of the map on a thread of its own. The newest request wins: one is being made, at
/// most one waits. Thread rule: create, call and destroy on the UI thread; signals come there.
class FrameMaker : public QObject {
    Q_OBJECT
public:
    explicit FrameMaker(QObject *parent = nullptr);
    ~FrameMaker() override;

    void request(FrameRequest request);
    [[nodiscard]] bool isIdle() const { return !m_isBusy; }

Q_SIGNALS:
    void frameReady(const chrona::ui::FrameResult &result);

private:
    class Worker;
    void start(FrameRequest request);
    void take(const FrameResult &result);

    QThread m_thread;
    Worker *m_worker;
    bool m_isBusy = false;
    std::optional<FrameRequest> m_next;
};

} // namespace chrona::ui
