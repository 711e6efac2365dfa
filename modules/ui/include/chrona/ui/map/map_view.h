// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/result.h"
#include "chrona/schema/geometry.h"
#include "chrona/ui/map/map_camera.h"
#include "chrona/ui/map/region_values.h"
#include "chrona/workspace/event_shapes.h"

#include <QHash>
#include <QPointer>
#include <QTimer>
#include <QWidget>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>

class QQuickWidget;

namespace chrona::workspace {
class Session;
class Stories;
class TileFeed;
} // namespace chrona::workspace

namespace chrona::ui {

class BoundaryLayer;
class LightItem;
class MapOverlays;
class MapSurface;
class FrameMaker;
class MapTools;
class RegionFeed;
class Theme;
struct FrameRequest;
struct FrameResult;
struct MapStyle;
struct MapShape;
struct RegionLayer;
struct ShapeCandidates;
struct ShownArea;
struct ShownShape;
struct ShownStory;

/// The map: events as light over the shipped world, the selection in the focus colour, regions in
/// the colours of a value. Reads and drives the session's Focus, so that every other view follows.
///
/// Pointer: drag moves, wheel zooms, click selects (with Ctrl adds), Shift-drag selects a box, with
/// Ctrl as well the box becomes the filter. Keys: arrows, + and −, Home the world, F the selection,
/// L the lasso, M the measure (both: Space sets a corner in the middle of the view), G go to a
/// place, V the list of what is in view, T the selection joined to a track, Escape.
///
/// Thread rule: UI thread; pictures are drawn on a thread of its own, and none is drawn while
/// nothing changes. Session and theme must outlive it.
class MapView : public QWidget {
    Q_OBJECT
public:
    MapView(workspace::Session &session, const Theme &theme, QWidget *parent = nullptr);
    ~MapView() override;

    [[nodiscard]] MapCamera camera() const;
    void goTo(schema::GeoPoint place, double zoom);
    void fitTo(const schema::GeoBox &box);
    /// The selected events that have a place; false where there are none.
    bool fitToSelection();
    void fitToWorld();
    /// "52.5, 13.4", a town's or a country's name or code; false where nothing of that name is
    /// known.
    bool goToNamed(const QString &text);
    void zoomBy(double steps);
    void panBy(QPointF pixels);

    /// nullopt: no choropleth.
    void setRegions(const std::optional<RegionValues> &values);
    void setLegendVisible(bool visible);

    /// What is seen now, with legend, scale bar and attribution, drawn anew at that size.
    [[nodiscard]] QImage picture(QSize size, double scale) const;
    [[nodiscard]] Status exportPng(const QString &path, double scale = 2) const;
    /// The same as shapes and text on one page. Very many events on one spot become one mark.
    [[nodiscard]] Status exportPdf(const QString &path) const;
    /// The events in view as GeoJSON, with the outlines that are known. Asks the service for
    /// titles first, so `done` comes later; it is called once, unless the view goes.
    void exportGeoJson(const QString &path, std::function<void(Status)> done);

    /// Events in the newest picture, and how long it took to make.
    [[nodiscard]] qsizetype shownEvents() const { return m_shownEvents; }
    [[nodiscard]] std::chrono::microseconds lastFrameTime() const { return m_frameTime; }
    /// Nothing is being drawn and nothing waits.
    [[nodiscard]] bool isSettled() const;
    /// The event under a point of the view.
    [[nodiscard]] std::optional<qint64> eventAt(QPointF position) const;
    /// Ids of the shown events in a rectangle of the view.
    [[nodiscard]] std::vector<qint64> eventsIn(const QRectF &rectangle) const;
    /// Of those in a ring on the Mercator square, x unwrapped.
    [[nodiscard]] std::vector<qint64> eventsIn(const std::vector<geo::MercatorPoint> &ring) const;
    /// The newest first, and no more than so many; total: how many there are.
    [[nodiscard]] std::vector<qint64> eventsInView(std::size_t most = ~std::size_t(0),
                                                   std::size_t *total = nullptr) const;
    /// Marks an area of the map, as a lasso does: selects what is in it and offers to keep it.
    void selectIn(const std::vector<geo::MercatorPoint> &ring);
    /// Tiles of servers, and which there are.
    [[nodiscard]] workspace::TileFeed &tileFeed() const { return *m_tileFeed; }
    [[nodiscard]] MapTools &tools() { return *m_tools; }
    [[nodiscard]] workspace::Session &session() const { return m_session; }
    /// Outlines that the newest picture shows.
    [[nodiscard]] const std::vector<ShownShape> &shownShapes() const { return *m_shapes; }
    /// Those of the window, while their layer is shown.
    [[nodiscard]] const std::vector<ShownStory> &shownStories() const { return *m_storyMarks; }
    [[nodiscard]] const ShownStory *storyAt(QPointF position) const;

Q_SIGNALS:
    void cameraChanged();
    /// A new picture is on the screen.
    void pictureChanged();

protected:
    void resizeEvent(QResizeEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private Q_SLOTS:
    void cameraMoved();
    void pointerMoved(qreal x, qreal y);
    void pointerLeft();
    void pointTapped(qreal x, qreal y, int modifiers);
    void boxDrawn(qreal x, qreal y, qreal width, qreal height, int modifiers);

private:
    void loadCanvas();
    void followFocus();
    void applyTheme();
    void setCamera(geo::MercatorPoint centre, double zoom);
    [[nodiscard]] FrameRequest frameRequest() const;
    void requestFrame();
    void takeFrame(const FrameResult &result);
    void takeSelection();
    void followHover();
    void hideHover();
    void updateNotice();
    void describe();
    // map_view_lights.cpp
    void addLights();
    void removeLights();
    void moveLights(const MapCamera &camera);
    void showLights(const FrameResult &result);
    // map_view_layers.cpp
    void followLayers();
    void wantShapes();
    void updateShapes();
    void updateAreas();
    void updateStories();
    void updateTiles();
    void updateBoundaries();
    /// Says which region lies there and what its value is; false where none does.
    bool showRegionAt(QPointF position);
    void showTiles(const FrameResult &result);
    /// Selects its events; with `isAdding` beside what is selected.
    void selectStory(const ShownStory &story, bool isAdding);

    workspace::Session &m_session;
    const Theme &m_theme;
    QQuickWidget *m_quick;
    QPointer<QObject> m_map; ///< Qt Location's, in QML
    QPointer<MapSurface> m_surface;
    QPointer<LightItem> m_lights; ///< nullptr: events are part of the surface's picture
    QPointer<MapSurface> m_overLights;
    FrameMaker *m_frames;
    MapCamera m_requested; ///< of the newest picture that was asked for
    int m_margin;          ///< of the pictures to come
    int m_requestedMargin = 0;
    QTimer m_restTimer; ///< runs while the view moves within that picture
    MapOverlays *m_overlays;
    workspace::EventShapes m_eventShapes;
    RegionFeed *m_regionFeed;
    MapTools *m_tools;
    QHash<qint64, std::shared_ptr<const MapShape>> m_madeShapes;
    QHash<qint64, std::int64_t> m_shapeVersions;
    std::shared_ptr<const ShapeCandidates> m_shapesOf; ///< what the shapes were made from
    std::shared_ptr<const std::vector<ShownShape>> m_shapes;
    std::shared_ptr<const std::vector<ShownArea>> m_areas;
    workspace::TileFeed *m_tileFeed;
    workspace::Stories *m_stories;
    std::shared_ptr<const std::vector<ShownStory>> m_storyMarks;
    std::shared_ptr<const MapStyle> m_style;
    BoundaryLayer *m_boundaries;
    std::optional<RegionValues> m_regionValues;
    std::shared_ptr<const RegionLayer> m_regions;
    std::shared_ptr<const std::vector<std::int64_t>> m_selected;
    std::shared_ptr<const FrameResult> m_shown;
    QPointF m_pointer;
    bool m_isHovering = false; ///< the pointer is on an event of this view
    qsizetype m_shownEvents = 0;
    std::chrono::microseconds m_frameTime{0};
};

} // namespace chrona::ui
