// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/schema/event.h"
#include "chrona/workspace/graph_state.h"

#include <QColor>
#include <QFont>
#include <QImage>
#include <QString>

#include <array>
#include <vector>

namespace chrona::ui {

class Theme;

/// What a node is drawn as: the legend's lines, and which colour, mark and shape each has.
enum class GraphLook : std::uint8_t {
    Place,        ///< countries, regions, locations
    Organization, ///< with regulators
    Person,
    Market, ///< instruments and sectors
    Topic,
    Event, ///< in the colour of its category
    Source,
    Story, ///< as an event, in another shape
};
inline constexpr std::size_t kGraphLookCount = 8;
[[nodiscard]] GraphLook lookOf(ipc::GraphNodeKind kind, std::uint8_t detail);
[[nodiscard]] QString lookName(GraphLook look);
/// What a node is called on the screen, countries and topics in the user's language.
[[nodiscard]] QString nodeName(const workspace::GraphState &state, graph::NodeIndex node);
/// "country", "earthquake", "source": what a node is, in the user's words.
[[nodiscard]] QString nodeKindName(ipc::GraphNodeKind kind, std::uint8_t detail);
[[nodiscard]] QString edgeTypeName(ipc::GraphEdgeType type);
/// "named together with", "is part of": between two names.
[[nodiscard]] QString edgeTypeHint(ipc::GraphEdgeType type);

/// Everything of the theme that a picture of the graph needs. A value, so that the drawing thread
/// needs no theme.
struct GraphStyle {
    bool isDark = true;
    QColor ground, edge, edgeFaded, edgeWeak, focus, text, textQuiet, halo, rim, pin;
    std::array<QColor, kGraphLookCount> looks;
    std::array<QColor, schema::kEventCategoryCount> categories;
    std::array<QImage, kGraphLookCount> marks; ///< 32 px line icons in the ground's colour
    QFont labelFont, labelStrong;

    [[nodiscard]] static GraphStyle from(const Theme &theme);
    /// Of a community by its size; the small ones share a grey.
    [[nodiscard]] QColor community(std::uint32_t number) const;
};

} // namespace chrona::ui
