// SPDX-License-Identifier: AGPL-3.0-or-later
#include "layers/map_layers_model.h"

#include "chrona/ui/theme.h"
#include "map/map_names.h"
#include "map/map_style.h"
#include "map/region_feed.h"

#include <QFileInfo>

#include <algorithm>
#include <cmath>

namespace chrona::ui {

using workspace::MapLayer;
using workspace::MapLayers;

MapLayersModel::MapLayersModel(workspace::Focus &focus, const Theme &theme, QObject *parent) :
    QAbstractListModel(parent), m_focus(focus), m_theme(theme)
{
    connect(&focus, &workspace::Focus::layersChanged, this,
            [this] { Q_EMIT dataChanged(index(0), index(rowCount() - 1)); });
}

int MapLayersModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_focus.layers().order.size()) + 7;
}

MapLayersModel::Part MapLayersModel::partOf(int row) const
{
    const int beyond = row - static_cast<int>(m_focus.layers().order.size());
    return beyond < 0 ? Part::Theme : static_cast<Part>(beyond + 1);
}

std::optional<workspace::MapTheme> MapLayersModel::themeOf(int row) const
{
    const auto &order = m_focus.layers().order;
    if (row < 0 || row >= std::ssize(order))
        return std::nullopt;
    return order[static_cast<std::size_t>(row)].theme;
}

int MapLayersModel::rowOf(workspace::MapTheme theme) const
{
    const auto &order = m_focus.layers().order;
    return static_cast<int>(std::ranges::find(order, theme, &MapLayer::theme) - order.begin());
}

bool MapLayersModel::isShown(int row) const
{
    const MapLayers &layers = m_focus.layers();
    switch (partOf(row)) {
    case Part::Theme: return layers.layer(*themeOf(row)).isShown;
    case Part::Stories: return layers.showStories;
    case Part::Areas: return layers.showAreas;
    case Part::Labels: return layers.showLabels;
    case Part::Track: return layers.showTrack;
    case Part::Values: return layers.values.isShown && !layers.values.metric.isEmpty();
    case Part::Tiles: return layers.showTiles && layers.hasTiles();
    case Part::Boundaries: return layers.showBoundaries && !layers.boundarySet.isEmpty();
    }
    return false;
}

QString MapLayersModel::nameOf(int row) const
{
    switch (partOf(row)) {
    case Part::Theme: return mapThemeName(*themeOf(row));
    case Part::Stories: return tr("Stories told by several");
    case Part::Areas: return tr("Areas of interest");
    case Part::Labels: return tr("Names");
    case Part::Track: return tr("Track of the selection");
    case Part::Values: return tr("Values by region");
    case Part::Tiles: return tr("Tiles");
    case Part::Boundaries: return tr("Boundaries of your own");
    }
    return {};
}

QString MapLayersModel::noteOf(int row) const
{
    const MapLayers &layers = m_focus.layers();
    switch (partOf(row)) {
    case Part::Theme: {
        const MapLayer &layer = layers.layer(*themeOf(row));
        const QString drawing =
            layer.drawing == workspace::MapDrawing::Points ? QString() : drawingName(layer.drawing);
        if (layer.opacity > 0.995F)
            return drawing;
        const QString opacity = tr("%1 %").arg(std::lround(layer.opacity * 100));
        return drawing.isEmpty() ? opacity : tr("%1, %2").arg(drawing, opacity);
    }
    case Part::Values:
        return layers.values.metric.isEmpty() ? tr("none") : metricName(layers.values.metric);
    case Part::Tiles:
        if (!layers.tilesSource.isEmpty())
            return tr("of a server");
        return layers.tilesFile.isEmpty() ? tr("none") : QFileInfo(layers.tilesFile).fileName();
    case Part::Boundaries:
        return layers.boundarySet.isEmpty() ? tr("none") : layers.boundarySet;
    default: return {};
    }
}

QVariant MapLayersModel::data(const QModelIndex &index, int role) const
{
    const int row = index.row();
    switch (role) {
    case Qt::DisplayRole: return nameOf(row);
    case Qt::CheckStateRole: return isShown(row) ? Qt::Checked : Qt::Unchecked;
    case PartRole: return static_cast<int>(partOf(row));
    case NoteRole: return noteOf(row);
    case ColorRole:
        return partOf(row) == Part::Theme ? themeColor(m_theme, *themeOf(row))
               : partOf(row) == Part::Stories
                   ? themeColor(m_theme, workspace::MapTheme::News)
               : partOf(row) == Part::Areas || partOf(row) == Part::Track
                   ? m_theme.color(chrona::ui::Role::Focus)
                   : m_theme.color(chrona::ui::Role::Text3);
    case Qt::AccessibleTextRole:
    case Qt::ToolTipRole: {
        const QString note = noteOf(row);
        const QString state = isShown(row) ? tr("shown") : tr("hidden");
        return note.isEmpty() ? tr("%1, %2").arg(nameOf(row), state)
                              : tr("%1, %2, %3").arg(nameOf(row), state, note);
    }
    default: return {};
    }
}

Qt::ItemFlags MapLayersModel::flags(const QModelIndex &) const
{
    return Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable;
}

bool MapLayersModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (role != Qt::CheckStateRole)
        return false;
    const int row = index.row();
    const bool on = value.value<Qt::CheckState>() != Qt::Unchecked;
    change([&](MapLayers &layers) {
        switch (partOf(row)) {
        case Part::Theme: layers.layer(*themeOf(row)).isShown = on; break;
        case Part::Stories: layers.showStories = on; break;
        case Part::Areas: layers.showAreas = on; break;
        case Part::Labels: layers.showLabels = on; break;
        case Part::Track: layers.showTrack = on; break;
        case Part::Values: layers.values.isShown = on; break;
        case Part::Tiles: layers.showTiles = on; break;
        case Part::Boundaries: layers.showBoundaries = on; break;
        }
    });
    return true;
}

void MapLayersModel::toggle(int row)
{
    setData(index(row), isShown(row) ? Qt::Unchecked : Qt::Checked, Qt::CheckStateRole);
}

int MapLayersModel::move(int row, int steps)
{
    const auto theme = themeOf(row);
    if (!theme)
        return row;
    change([&](MapLayers &layers) { layers.move(*theme, steps); });
    return rowOf(*theme);
}

void MapLayersModel::change(int row, const std::function<void(MapLayer &)> &edit)
{
    if (const auto theme = themeOf(row))
        change([&](MapLayers &layers) { edit(layers.layer(*theme)); });
}

void MapLayersModel::change(const std::function<void(MapLayers &)> &edit)
{
    MapLayers layers = m_focus.layers();
    edit(layers);
    m_focus.setLayers(std::move(layers));
}

} // namespace chrona::ui
