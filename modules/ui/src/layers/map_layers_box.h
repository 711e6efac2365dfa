// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <QWidget>

class QComboBox;
class QDoubleSpinBox;
class QLabel;
class QListView;
class QPushButton;
class QSlider;
class QSpinBox;

namespace chrona::workspace {
class Session;
}

namespace chrona::ui {

class MapLayersModel;
class Theme;

/// The map's layers and, below them, how the chosen one is drawn: points, heat, hexagons or by
/// country, how strong, when outlines hold, which values, which tiles. UI thread only.
class MapLayersBox final : public QWidget {
    Q_OBJECT
public:
    MapLayersBox(workspace::Session &session, const Theme &theme, QWidget *parent);

private:
    QWidget *makeThemeEditor();
    QWidget *makeValuesEditor();
    QWidget *makeTilesEditor();
    void followCurrent();
    void askMetrics();
    void chooseTiles();
    [[nodiscard]] int currentRow() const;

    workspace::Session &m_session;
    const Theme &m_theme;
    MapLayersModel *m_model;
    QListView *m_list;
    QWidget *m_themeEditor, *m_valuesEditor, *m_tilesEditor;
    QComboBox *m_drawing, *m_timeRule, *m_metric, *m_classes;
    QSlider *m_opacity;
    QSpinBox *m_classCount;
    QDoubleSpinBox *m_midpoint;
    QLabel *m_tilesName;
    QPushButton *m_noTiles;
    bool m_isFollowing = false; ///< the editors are being set, not used
};

} // namespace chrona::ui
