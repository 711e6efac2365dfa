// SPDX-License-Identifier: AGPL-3.0-or-later
// What the map shows beside points: outlines of events, values of regions, areas of interest.
#include "chrona/ui/map/map_view.h"

#include "frame_maker.h"
#include "map_overlays.h"
#include "map_tools.h"
#include "own_boundaries.h"
#include "region_feed.h"
#include "text/names.h"
#include "text/time_text.h"

#include "chrona/workspace/map_areas.h"
#include "chrona/workspace/session.h"
#include "chrona/workspace/stories.h"
#include "chrona/workspace/tile_feed.h"

#include <QLocale>
#include <QSet>

#include <algorithm>
#include <cmath>

namespace chrona::ui {

void MapView::followLayers()
{
    connect(&m_session.focus(), &workspace::Focus::layersChanged, this, [this] {
        updateShapes(); // what was hidden may be known already
        m_stories->setShown(m_session.focus().layers().showStories);
        updateTiles();
        updateBoundaries();
        requestFrame();
    });
    connect(m_tileFeed, &workspace::TileFeed::tilesChanged, this, &MapView::requestFrame);
    updateTiles();
    m_stories->setShown(m_session.focus().layers().showStories);
    connect(m_stories, &workspace::Stories::changed, this, &MapView::updateStories);
    connect(&m_eventShapes, &workspace::EventShapes::shapesArrived, this, [this] {
        updateShapes();
        requestFrame();
    });
    connect(m_regionFeed, &RegionFeed::valuesChanged, this, &MapView::setRegions);
    connect(m_regionFeed, &RegionFeed::failed, this, [this](const QString &why) {
        m_tools->say(tr("The values of regions cannot be shown: %1").arg(why));
    });
    connect(m_boundaries, &BoundaryLayer::changed, this, [this] {
        m_tools->say({});
        setRegions(m_regionValues); // they may be of other areas now
    });
    connect(m_boundaries, &BoundaryLayer::progressed, this, [this](qint64 done, qint64 total) {
        m_tools->say(tr("Reading boundaries: %1").arg(countOfText(done, total)));
    });
    connect(m_boundaries, &BoundaryLayer::failed, this, [this](const Error &error) {
        const FailureText text = failureText(error);
        m_tools->say(tr("The boundaries cannot be shown: %1 %2").arg(text.cause, text.remedy));
    });
    updateBoundaries();
    connect(&m_tools->areas(), &workspace::MapAreas::areasChanged, this, &MapView::updateAreas);
    connect(&m_session.events(), &workspace::EventStore::snapshotChanged, this,
            &MapView::updateAreas);
    updateAreas();
}

/// Asks for outlines that the newest picture has events for and that are not known.
void MapView::wantShapes()
{
    if (!m_shown->shapes)
        return;
    const schema::EventColumns &columns = *m_shown->events->columns;
    std::vector<std::int64_t> wanted, outdated;
    for (const std::uint32_t row : m_shown->shapes->rows) {
        const std::int64_t event = columns.id[row];
        wanted.push_back(event);
        // A revision may lie elsewhere.
        if (m_shapeVersions.value(event, columns.availableAt[row]) != columns.availableAt[row])
            outdated.push_back(event);
        m_shapeVersions.insert(event, columns.availableAt[row]);
    }
    m_eventShapes.forget(outdated);
    for (const std::int64_t event : outdated)
        m_madeShapes.remove(event);
    m_eventShapes.want(wanted);
    if (m_shapesOf != m_shown->shapes)
        updateShapes();
}

void MapView::updateShapes()
{
    if (!m_shown || !m_shown->shapes)
        return;
    m_shapesOf = m_shown->shapes;
    const EventPoints &events = *m_shown->events;
    const workspace::MapLayers &layers = m_session.focus().layers();
    const Instant begin = m_shown->visible->window.begin;
    const QSet<qint64> &selection = m_session.focus().selection();
    ShapeList list;
    QHash<qint64, std::shared_ptr<const MapShape>> made;
    for (const std::uint32_t row : m_shown->shapes->rows) {
        const std::int64_t event = events.columns->id[row];
        std::shared_ptr<const MapShape> shape = m_madeShapes.value(event);
        if (!shape)
            shape = MapShape::from(m_eventShapes.shape(event));
        if (!shape)
            continue;
        made.insert(event, shape);
        const auto theme = static_cast<workspace::MapTheme>((*events.themes)[row]);
        // Those from before the window hold only when they end within it or later.
        const bool isBefore = shape->begins < begin;
        if (!layers.layer(theme).isShown || (isBefore && shape->ends.value_or(begin) <= begin))
            continue;
        list.push_back(
            {shape, theme, events.columns->severity[row], selection.contains(event)});
    }
    std::ranges::reverse(list); // the newest on top
    m_madeShapes.swap(made);
    const auto isSame = [](const ShownShape &a, const ShownShape &b) {
        return a.shape == b.shape && a.theme == b.theme && a.severity == b.severity &&
               a.isSelected == b.isSelected;
    };
    if (std::ranges::equal(list, *m_shapes, isSame))
        return;
    m_shapes = std::make_shared<const ShapeList>(std::move(list));
    requestFrame();
}

void MapView::updateAreas()
{
    AreaList list;
    for (const auto &area : m_tools->areas().areas())
        list.push_back(shownArea(QString::fromStdString(area.name), area.ring,
                                 qsizetype(m_tools->areas().changesIn(area).size())));
    m_areas = std::make_shared<const AreaList>(std::move(list));
    requestFrame();
}

void MapView::updateStories()
{
    StoryMarks marks;
    const QSet<qint64> &selection = m_session.focus().selection();
    for (const workspace::PlacedStory &story : *m_stories->stories()) {
        ShownStory mark{QString::fromStdString(story.cluster.title), geo::project(story.place),
                        story.cluster.representative.value, {}, story.cluster.publisherFamilies};
        for (const schema::ClusterMember &member : story.cluster.members)
            mark.events.push_back(member.event.value);
        mark.isSelected = std::ranges::any_of(
            mark.events, [&selection](std::int64_t event) { return selection.contains(event); });
        marks.push_back(std::move(mark));
    }
    if (marks == *m_storyMarks)
        return;
    m_storyMarks = std::make_shared<const StoryMarks>(std::move(marks));
    requestFrame();
}

void MapView::updateTiles()
{
    const workspace::MapLayers &layers = m_session.focus().layers();
    m_tileFeed->use(layers.showTiles ? layers.tilesSource : QString());
}

void MapView::updateBoundaries()
{
    const workspace::MapLayers &layers = m_session.focus().layers();
    m_boundaries->use(layers.showBoundaries ? layers.boundarySet : QString());
}

bool MapView::showRegionAt(QPointF position)
{
    const geo::MercatorPoint at = camera().fromScreen(position);
    QString code, name;
    if (const OwnBoundaries *own = m_boundaries->shown().get()) {
        if (const geo::Area *area = own->areaAt(at)) {
            code = fromUtf8(area->code);
            name = fromUtf8(area->name);
        }
    } else if (m_shown && m_shown->regions.names) {
        const RegionPick &pick = m_shown->regions;
        const MapFrame &frame = m_shown->frame;
        const QPointF pixel = (frame.camera.toScreen(at) + QPointF(frame.margin, frame.margin)) *
                              pick.scale;
        const std::size_t number = pick.numbers.rect().contains(pixel.toPoint())
                                       ? pick.numbers.pixel(pixel.toPoint()) & 0x00ffffffU
                                       : 0;
        if (number > 0 && number <= pick.names->size()) {
            code = (*pick.names)[number - 1].code;
            name = (*pick.names)[number - 1].name;
        }
    }
    if (code.isEmpty())
        return false;
    QString detail = code;
    if (m_regions && m_session.focus().layers().values.isShown) {
        const auto value = m_regions->values.values.constFind(code);
        const bool isKnown = value != m_regions->values.values.cend() && std::isfinite(*value);
        const QString unit = m_regions->values.unit;
        detail = isKnown ? tr("%1: %2 %3").arg(m_regions->values.title,
                                               QLocale().toString(*value, 'g', 6), unit)
                         : tr("%1: no data").arg(m_regions->values.title);
    }
    m_overlays->showCard(position, name.isEmpty() ? code : name, detail);
    return true;
}

/// Asks for what the picture lacks, and says whose tiles it shows and what is wrong with them.
void MapView::showTiles(const FrameResult &result)
{
    QString problem = result.tilesProblem;
    const workspace::MapLayers &layers = m_session.focus().layers();
    if (layers.showTiles && !layers.tilesSource.isEmpty()) {
        m_tileFeed->want(result.tilesMissing);
        if (m_tileFeed->problem())
            problem = failureText(*m_tileFeed->problem()).cause;
        else if (m_tileFeed->isOld())
            problem = tr("The tiles' server does not answer; these are older.");
        else if (m_tileFeed->isLoaded() && !m_tileFeed->tiles())
            problem = tr("This tile server was removed.");
    }
    m_overlays->setTiles(result.tilesCredit, problem);
}

const ShownStory *MapView::storyAt(QPointF position) const
{
    return m_session.focus().layers().showStories
               ? ui::storyAt(*m_storyMarks, camera(), position)
               : nullptr;
}

void MapView::selectStory(const ShownStory &story, bool isAdding)
{
    QSet<qint64> selection = isAdding ? m_session.focus().selection() : QSet<qint64>();
    for (const std::int64_t event : story.events)
        selection.insert(event);
    m_session.focus().select(selection, story.representative);
}

void MapView::selectIn(const std::vector<geo::MercatorPoint> &ring)
{
    const std::vector<qint64> ids = eventsIn(ring);
    m_session.focus().select(QSet<qint64>(ids.begin(), ids.end()), ids.empty() ? 0 : ids.front());
    m_tools->offerArea(ring, qsizetype(ids.size()));
}

std::vector<qint64> MapView::eventsIn(const std::vector<geo::MercatorPoint> &ring) const
{
    std::vector<qint64> ids;
    if (!m_shown || !m_shown->events || ring.size() < 3)
        return ids;
    const auto [left, right] = std::ranges::minmax(ring, {}, &geo::MercatorPoint::x);
    const auto [top, bottom] = std::ranges::minmax(ring, {}, &geo::MercatorPoint::y);
    const EventPoints &events = *m_shown->events;
    for (const std::uint32_t row : events.grid.within(left.x, top.y, right.x, bottom.y)) {
        const double y = events.places->y[row];
        double x = events.places->x[row];
        x += std::ceil(left.x - x); // onto the ring's copy of the world
        bool isInside = false;
        for (std::size_t i = 0, j = ring.size() - 1; i < ring.size(); j = i++)
            if ((ring[i].y > y) != (ring[j].y > y) &&
                x < (ring[j].x - ring[i].x) * (y - ring[i].y) / (ring[j].y - ring[i].y) +
                        ring[i].x)
                isInside = !isInside;
        if (isInside)
            ids.push_back(events.columns->id[row]);
    }
    std::ranges::reverse(ids);
    return ids;
}

std::vector<qint64> MapView::eventsInView(std::size_t most, std::size_t *total) const
{
    std::vector<std::uint32_t> rows;
    if (m_shown && m_shown->events) {
        const MapCamera now = camera();
        rows = m_shown->events->grid.within(now.left(), now.top(), now.right(), now.bottom());
        std::ranges::sort(rows);
        rows.erase(std::ranges::unique(rows).begin(), rows.end()); // two copies of the world
    }
    if (total)
        *total = rows.size();
    std::vector<qint64> ids;
    for (std::size_t i = rows.size(); i-- > 0 && ids.size() < most;) // rows are in order of time
        ids.push_back(m_shown->events->columns->id[rows[i]]);
    return ids;
}

} // namespace chrona::ui
