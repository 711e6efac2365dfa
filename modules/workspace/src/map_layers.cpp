// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/workspace/map_layers.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace chrona::workspace {
namespace {

constexpr std::array<const char *, kMapThemeCount> kThemeNames{
    "weather", "conflict", "policy",    "macro",     "markets",
    "energy",  "news",     "disasters", "sanctions", "imports", "ports"};
constexpr std::array<const char *, 4> kDrawingNames{"points", "heat", "hexagons", "countries"};
constexpr std::array<const char *, 2> kTimeRuleNames{"until_end", "in_window"};
constexpr std::array<const char *, 4> kClassNames{"quantile", "equal", "natural", "diverging"};

template <class Names, class Enum> QString nameOf(const Names &names, Enum value)
{
    return QString::fromLatin1(names[static_cast<std::size_t>(value)]);
}

template <class Enum, class Names>
std::optional<Enum> valueOf(const Names &names, const QString &text)
{
    for (std::size_t i = 0; i < names.size(); ++i)
        if (text == QLatin1StringView(names[i]))
            return static_cast<Enum>(i);
    return std::nullopt;
}

void read(const QJsonObject &object, MapLayer &layer)
{
    layer.isShown = object[u"shown"].toBool(layer.isShown);
    layer.opacity =
        std::clamp(static_cast<float>(object[u"opacity"].toDouble(layer.opacity)), 0.1F, 1.0F);
    layer.drawing =
        valueOf<MapDrawing>(kDrawingNames, object[u"drawing"].toString()).value_or(layer.drawing);
    layer.timeRule =
        valueOf<MapTimeRule>(kTimeRuleNames, object[u"time"].toString()).value_or(layer.timeRule);
}

void read(const QJsonObject &object, MapValues &values)
{
    values.metric = object[u"metric"].toString();
    values.isShown = object[u"shown"].toBool(true);
    values.method =
        valueOf<MapClasses>(kClassNames, object[u"method"].toString()).value_or(values.method);
    values.classCount = std::clamp(object[u"classes"].toInt(values.classCount), 2, 9);
    values.midpoint = object[u"midpoint"].toDouble(0);
}

} // namespace

MapTheme mapThemeOf(std::uint8_t eventType, bool isImported)
{
    const auto type = static_cast<schema::EventType>(eventType);
    if (type == schema::EventType::Shipping)
        return MapTheme::Ports;
    if (isImported)
        return MapTheme::Imports;
    if (eventType >= schema::kEventTypeCount)
        return MapTheme::News;
    return type == schema::EventType::Sanction ? MapTheme::Sanctions
                                               : static_cast<MapTheme>(schema::categoryOf(type));
}

bool isImportKey(const QString &sourceKey)
{
    return sourceKey.startsWith("import:"_L1);
}

MapLayers MapLayers::initial()
{
    MapLayers layers;
    for (const MapTheme theme :
         {MapTheme::Imports, MapTheme::Weather, MapTheme::Disasters, MapTheme::Conflict,
          MapTheme::Sanctions, MapTheme::Policy, MapTheme::Macro, MapTheme::Energy,
          MapTheme::Ports, MapTheme::Markets, MapTheme::News})
        layers.order.push_back({.theme = theme});
    return layers;
}

const MapLayer &MapLayers::layer(MapTheme theme) const
{
    return *std::ranges::find(order, theme, &MapLayer::theme);
}

MapLayer &MapLayers::layer(MapTheme theme)
{
    return *std::ranges::find(order, theme, &MapLayer::theme);
}

void MapLayers::move(MapTheme theme, int steps)
{
    const auto from = std::ranges::find(order, theme, &MapLayer::theme) - order.begin();
    const auto to = std::clamp<std::ptrdiff_t>(from - steps, 0, std::ssize(order) - 1);
    const MapLayer moved = order[static_cast<std::size_t>(from)];
    order.erase(order.begin() + from);
    order.insert(order.begin() + to, moved);
}

QByteArray MapLayers::toJson() const
{
    QJsonArray list;
    for (const MapLayer &layer : order)
        list.append(QJsonObject{{u"theme"_s, nameOf(kThemeNames, layer.theme)},
                                {u"shown"_s, layer.isShown},
                                {u"opacity"_s, layer.opacity},
                                {u"drawing"_s, nameOf(kDrawingNames, layer.drawing)},
                                {u"time"_s, nameOf(kTimeRuleNames, layer.timeRule)}});
    const QJsonObject shade{{u"metric"_s, values.metric},
                            {u"shown"_s, values.isShown},
                            {u"method"_s, nameOf(kClassNames, values.method)},
                            {u"classes"_s, values.classCount},
                            {u"midpoint"_s, values.midpoint}};
    return QJsonDocument(QJsonObject{{u"layers"_s, list},
                                     {u"values"_s, shade},
                                     {u"tiles"_s, tilesFile},
                                     {u"tiles_source"_s, tilesSource},
                                     {u"show_tiles"_s, showTiles},
                                     {u"show_areas"_s, showAreas},
                                     {u"show_track"_s, showTrack},
                                     {u"show_labels"_s, showLabels},
                                     {u"show_stories"_s, showStories},
                                     {u"boundaries"_s, boundarySet},
                                     {u"show_boundaries"_s, showBoundaries}})
        .toJson(QJsonDocument::Compact);
}

std::optional<MapLayers> MapLayers::fromJson(const QByteArray &json)
{
    const QJsonObject root = QJsonDocument::fromJson(json).object();
    if (!root[u"layers"].isArray())
        return std::nullopt;
    MapLayers layers = initial();
    std::vector<MapLayer> order;
    for (const QJsonValue &value : root[u"layers"].toArray()) {
        const auto theme = valueOf<MapTheme>(kThemeNames, value[u"theme"].toString());
        if (!theme || std::ranges::contains(order, *theme, &MapLayer::theme))
            continue;
        MapLayer layer = layers.layer(*theme);
        read(value.toObject(), layer);
        order.push_back(layer);
    }
    for (const MapLayer &layer : layers.order) // themes that are newer than what was stored
        if (!std::ranges::contains(order, layer.theme, &MapLayer::theme))
            order.push_back(layer);
    layers.order = std::move(order);
    read(root[u"values"].toObject(), layers.values);
    layers.tilesFile = root[u"tiles"].toString();
    if (layers.tilesFile.isEmpty())
        layers.tilesSource = root[u"tiles_source"].toString();
    layers.showTiles = root[u"show_tiles"].toBool(true);
    layers.showAreas = root[u"show_areas"].toBool(true);
    layers.showTrack = root[u"show_track"].toBool(false);
    layers.showLabels = root[u"show_labels"].toBool(true);
    layers.showStories = root[u"show_stories"].toBool(false);
    layers.boundarySet = root[u"boundaries"].toString();
    layers.showBoundaries = root[u"show_boundaries"].toBool(true);
    return layers;
}

} // namespace chrona::workspace
