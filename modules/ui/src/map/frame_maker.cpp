// SPDX-License-Identifier: AGPL-3.0-or-later
#include "frame_maker.h"

#include <QElapsedTimer>

#include <algorithm>
#include <cmath>

namespace chrona::ui {

namespace {

constexpr std::size_t kCandidatesMax = 3'000;
/// What began earlier and still holds is not looked for: watches and warnings last hours or days.
constexpr Duration kHoldsAtMost = std::chrono::days(30);

ShapeCandidates shapeCandidates(const workspace::VisibleEvents &visible, const EventPoints &events,
                                const workspace::MapLayers &layers)
{
    const schema::EventColumns &columns = *events.columns;
    std::uint32_t shown = 0, untilEnd = 0;
    for (const workspace::MapLayer &layer : layers.order) {
        const std::uint32_t bit = 1U << static_cast<unsigned>(layer.theme);
        shown |= layer.isShown ? bit : 0;
        untilEnd |= layer.timeRule == workspace::MapTimeRule::UntilEnd ? bit : 0;
    }
    ShapeCandidates found;
    const auto consider = [&](std::uint32_t row, std::uint32_t themes) {
        if ((columns.flags[row] & schema::EventColumns::kHasShape) == 0 ||
            (themes >> (*events.themes)[row] & 1) == 0)
            return;
        ++found.total;
        if (found.rows.size() < kCandidatesMax)
            found.rows.push_back(row);
    };
    for (std::size_t i = visible.rows.size(); i-- > 0;)
        consider(visible.rows[i], shown);
    const auto begin = visible.window.begin.time_since_epoch().count();
    const auto observedAt = [&columns](std::uint32_t row) { return columns.observedAt[row]; };
    const auto &anyTime = visible.rowsAnyTime;
    for (auto at = std::ranges::lower_bound(anyTime, begin, {}, observedAt);
         at != anyTime.begin() && observedAt(*std::prev(at)) >= begin - kHoldsAtMost.count(); --at)
        consider(*std::prev(at), shown & untilEnd);
    return found;
}

} // namespace

/// Lives on the worker thread.
class FrameMaker::Worker : public QObject {
public:
    FrameResult make(FrameRequest request)
    {
        QElapsedTimer timer;
        timer.start();
        updateEvents(request);
        updateSelection(request);
        request.scene.events = m_events;
        request.scene.selection = m_selection;
        FrameResult result;
        const MapScene &scene = request.scene;
        result.frame = {m_renderer.render(scene), {}, scene.camera, scene.margin};
        result.frame.above = m_renderer.above();
        result.events = m_events;
        result.selection = m_selection;
        result.visible = std::move(request.visible);
        result.shapes = m_shapes;
        if (request.scene.showEvents && m_events) {
            if (scene.pointsElsewhere) {
                countDots(scene.camera, result.paintedEvents);
                result.look = lookOf(scene);
            } else {
                result.paintedEvents = m_renderer.paintedEvents();
            }
            countSurfaces(request.scene.camera, result.paintedEvents);
            result.surfaces = m_renderer.surfaces();
        }
        if (scene.regions)
            result.regions = {m_renderer.regions().numbers(), m_renderer.regions().names(),
                              scene.scale};
        result.tilesCredit = m_renderer.tiles().credit();
        result.tilesProblem = m_renderer.tiles().problem();
        result.tilesMissing =
            m_renderer.tiles().missing(scene.camera, scene.scale, result.frame.picture.size());
        result.took = std::chrono::microseconds(timer.nsecsElapsed() / 1'000);
        return result;
    }

private:
    void updateEvents(const FrameRequest &request)
    {
        const auto &visible = request.visible;
        if (visible == m_visible && *request.scene.layers == m_layersOf)
            return;
        const bool isNewSnapshot =
            !m_visible || !visible || m_visible->snapshot != visible->snapshot;
        m_visible = visible;
        m_layersOf = *request.scene.layers;
        m_selectionIds.reset(); // rows have moved
        m_events.swap(m_before);
        m_events = nullptr;
        m_shapes = nullptr;
        if (!visible || !visible->snapshot)
            return;
        if (isNewSnapshot)
            readTables(*visible->snapshot);
        m_layers.hidden = m_layers.surfaces = 0;
        for (const workspace::MapLayer &layer : m_layersOf.order) {
            const std::uint32_t bit = 1U << static_cast<unsigned>(layer.theme);
            if (!layer.isShown)
                m_layers.hidden |= bit;
            if (layer.drawing != workspace::MapDrawing::Points)
                m_layers.surfaces |= bit;
        }
        m_events = EventPoints::from(visible->snapshot, visible->snapshot->columns, visible->rows,
                                     m_before.get(), m_layers);
        m_before = nullptr;
        m_shapes = std::make_shared<const ShapeCandidates>(
            shapeCandidates(*visible, *m_events, m_layersOf));
    }

    void readTables(const workspace::EventSnapshot &snapshot)
    {
        m_layers.imported.clear();
        for (const QString &source : snapshot.sources)
            m_layers.imported.push_back(workspace::isImportKey(source));
        auto countries = std::make_shared<std::vector<std::string>>();
        for (const QString &region : snapshot.regions)
            countries->push_back(region.left(2).toStdString());
        m_layers.countries = std::move(countries);
    }

    LightLook lookOf(const MapScene &scene) const
    {
        ThemeOpacities opacities = kOpaque;
        for (const workspace::MapLayer &layer : m_layersOf.order)
            opacities[static_cast<std::size_t>(layer.theme)] = layer.opacity;
        const QSizeF size = scene.camera.size;
        const double crowd = crowdIn(scene.camera, size.width() + 2 * scene.margin,
                                     size.height() + 2 * scene.margin, *m_events);
        return LightLook::of(*scene.style, scene.scale, scene.camera.zoom, crowd,
                             m_selection && !m_selection->isEmpty(), opacities);
    }

    void countDots(const MapCamera &camera, EventPainter::Counts &counts) const
    {
        const double halfWidth = (camera.right() - camera.left()) / 2;
        const double halfHeight = (camera.bottom() - camera.top()) / 2;
        m_events->dots.visit(0, geo::SpatialGrid::kSide, [&](const EventDot &dot) {
            const double dx = dot.x - camera.centre.x, dy = dot.y - camera.centre.y;
            counts[dot.theme] +=
                std::abs(dx - std::round(dx)) <= halfWidth && std::abs(dy) <= halfHeight ? 1 : 0;
        });
    }

    /// Points are counted as they are drawn; what surfaces are made of is counted here.
    void countSurfaces(const MapCamera &camera, EventPainter::Counts &counts) const
    {
        const double halfWidth = (camera.right() - camera.left()) / 2;
        const double halfHeight = (camera.bottom() - camera.top()) / 2;
        for (std::size_t theme = 0; theme < counts.size(); ++theme)
            for (const std::uint32_t row : m_events->surfaceRows[theme]) {
                const double dx = m_events->places->x[row] - camera.centre.x;
                const double dy = m_events->places->y[row] - camera.centre.y;
                counts[theme] +=
                    std::abs(dx - std::round(dx)) <= halfWidth && std::abs(dy) <= halfHeight ? 1
                                                                                             : 0;
            }
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
    workspace::MapLayers m_layersOf;
    EventLayers m_layers;
    std::shared_ptr<const EventPoints> m_events, m_before;
    std::shared_ptr<const ShapeCandidates> m_shapes;
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
