// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "layers/row_list.h"

namespace chrona::ui {

class MapLayersModel;
class Theme;

/// Click on the swatch or Space shows and hides; dragging, or Alt with up and down, moves a layer.
class MapLayersList final : public RowList {
    Q_OBJECT
public:
    MapLayersList(MapLayersModel &layers, const Theme &theme, QWidget *parent);

protected:
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void moveCurrent(int steps);

    MapLayersModel &m_layers;
    int m_dragged = -1;
};

} // namespace chrona::ui
