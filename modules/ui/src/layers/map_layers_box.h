// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <QWidget>

class QComboBox;
class QDoubleSpinBox;
class QListView;
class QSlider;
class QSpinBox;

namespace chrona::workspace {
class BoundaryFeed;
class Session;
} // namespace chrona::workspace

namespace chrona::ui {

class MapLayersModel;
class Theme;
class TilesEditor;

/// The map's layers and, below them, how the chosen one is drawn: points, heat, hexagons or by
/// country, how strong, when outlines hold, which values, which tiles. UI thread only.
class MapLayersBox final : public QWidget {
    Q_OBJECT
public:
    MapLayersBox(workspace::Session &session, const Theme &theme, QWidget *parent);

private:
    QWidget *makeThemeEditor();
    QWidget *makeValuesEditor();
    QWidget *makeBoundariesEditor();
    void fillBoundaries();
    void followCurrent();
    void askMetrics();
    [[nodiscard]] int currentRow() const;

    workspace::Session &m_session;
    const Theme &m_theme;
    MapLayersModel *m_model;
    QListView *m_list;
    QWidget *m_themeEditor, *m_valuesEditor, *m_boundariesEditor;
    workspace::BoundaryFeed *m_sets; ///< only for their names
    TilesEditor *m_tilesEditor;
    QComboBox *m_drawing, *m_timeRule, *m_metric, *m_classes, *m_boundaries;
    QSlider *m_opacity;
    QSpinBox *m_classCount;
    QDoubleSpinBox *m_midpoint;
    bool m_isFollowing = false; ///< the editors are being set, not used
};

} // namespace chrona::ui
