// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/schema/event.h"

#include <QByteArray>
#include <QString>

#include <cstdint>
#include <optional>
#include <vector>

namespace chrona::workspace {

/// What a layer of the map tells of. The first eight are the categories of events; sanctions, what
/// the user imported, and ports with shipping, whoever brought it, stand apart. Each event belongs
/// to one. Names are stored: append only.
enum class MapTheme : std::uint8_t {
    Weather,
    Conflict,
    Policy,
    Macro,
    Markets,
    Energy,
    News,
    Disasters,
    Sanctions,
    Imports,
    Ports,
};
inline constexpr std::size_t kMapThemeCount = 11;
static_assert(schema::kEventCategoryCount == static_cast<std::size_t>(MapTheme::Sanctions));

[[nodiscard]] MapTheme mapThemeOf(std::uint8_t eventType, bool isImported);
/// Sources that a person's files became have such keys.
[[nodiscard]] bool isImportKey(const QString &sourceKey);

/// How the events of a layer are drawn.
enum class MapDrawing : std::uint8_t { Points, Heat, Hexagons, Countries };

/// When the outline of an event is on the map.
enum class MapTimeRule : std::uint8_t {
    UntilEnd, ///< while it holds: its time and end touch the window
    InWindow, ///< when its beginning lies in the window
};

struct MapLayer {
    MapTheme theme = MapTheme::News;
    bool isShown = true;
    float opacity = 1; ///< 0.1–1
    MapDrawing drawing = MapDrawing::Points;
    MapTimeRule timeRule = MapTimeRule::UntilEnd;
    friend bool operator==(const MapLayer &, const MapLayer &) = default;
};

enum class MapClasses : std::uint8_t { Quantile, EqualInterval, NaturalBreaks, Diverging };

/// A number for each region as colours. No metric: none are shown.
struct MapValues {
    QString metric; ///< schema::Series::metric
    bool isShown = true;
    MapClasses method = MapClasses::Quantile;
    int classCount = 5; ///< 2–9
    double midpoint = 0;
    friend bool operator==(const MapValues &, const MapValues &) = default;
};

/// Everything on the map that a person can switch: the same in every window of a session, undone
/// like a filter, kept with layouts.
struct MapLayers {
    std::vector<MapLayer> order; ///< the topmost first; each theme once
    MapValues values;
    QString tilesFile;   ///< a PMTiles archive on this machine
    QString tilesSource; ///< ipc::TileSource::key; at most one of both, none: the shipped map alone
    bool showTiles = true, showAreas = true, showTrack = false, showLabels = true;
    bool showStories = false; ///< told by several reports
    QString boundarySet;      ///< outlines that a person imported; empty: none
    bool showBoundaries = true;

    [[nodiscard]] bool hasTiles() const { return !tilesFile.isEmpty() || !tilesSource.isEmpty(); }
    [[nodiscard]] static MapLayers initial();
    [[nodiscard]] const MapLayer &layer(MapTheme theme) const;
    [[nodiscard]] MapLayer &layer(MapTheme theme);
    /// Up: towards the top. At an end nothing happens.
    void move(MapTheme theme, int steps);

    [[nodiscard]] QByteArray toJson() const;
    /// What is unknown or out of range keeps its initial value; nullopt for bytes that are no
    /// layers.
    [[nodiscard]] static std::optional<MapLayers> fromJson(const QByteArray &json);
    friend bool operator==(const MapLayers &, const MapLayers &) = default;
};

} // namespace chrona::workspace
