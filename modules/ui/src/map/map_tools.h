// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "map_sketch.h"
#include "chrona/base/result.h"
#include "chrona/workspace/map_areas.h"

#include <QObject>

class QFrame;
class QLabel;
class QLineEdit;
class QMenu;
class QPushButton;
class QToolButton;

namespace chrona::ui {

class MapList;

/// What is done on the map beyond looking: lasso and measure, areas of interest with what changed
/// in them, going to a place, the list of what is in view, files. Its widgets lie on the view; UI
/// thread only.
class MapTools : public QObject {
    Q_OBJECT
public:
    MapTools(MapView &view, const Theme &theme);

    [[nodiscard]] workspace::MapAreas &areas() { return m_areas; }
    [[nodiscard]] MapSketch &sketch() { return *m_sketch; }
    [[nodiscard]] MapList &list() { return *m_list; }
    /// What the bar at the top says now.
    [[nodiscard]] QString said() const;

    void setCamera(const MapCamera &camera);
    void arrange();
    /// A new picture shows; the list of what is in view follows it.
    void followPicture();
    /// True where the key was for a tool.
    bool takeKey(const QKeyEvent &event);

    void setTool(MapTool tool);
    void openGoTo();
    void showInView();
    /// Selects what is new, lists it, and counts from now on.
    void showChanges(schema::MapAreaId area);
    /// The ring may be kept by name.
    void offerArea(const std::vector<geo::MercatorPoint> &ring, qsizetype events);
    void say(const QString &text);
    /// Events in view as GeoJSON; says how far it is.
    void saveEvents(const QString &path);
    /// Asks where to and writes the map as it is seen: "png", "pdf" or "geojson".
    void save(const QString &kind);

private:
    enum class Bar : std::uint8_t { None, Message, GoTo, Area };
    void makeButtons();
    void makeBar();
    void showBar(Bar bar);
    void enterLine();
    void keepArea(const QString &name);
    void fillAreasMenu(QMenu &menu);
    void fillFileMenu(QMenu &menu);
    /// False where none is being written.
    bool stopFile();
    void tellSaved(const QString &path, const Status &saved);
    void closeList();

    MapView &m_view;
    const Theme &m_theme;
    workspace::MapAreas m_areas;
    MapSketch *m_sketch;
    MapList *m_list;
    QFrame *m_buttons, *m_barFrame;
    QToolButton *m_lasso, *m_measure;
    QLabel *m_barText;
    QLineEdit *m_line;
    QPushButton *m_accept;
    QToolButton *m_closeBar;
    Bar m_bar = Bar::None;
    bool m_listsView = false; ///< the list follows what is in view
    std::vector<geo::MercatorPoint> m_ring;
};

} // namespace chrona::ui
