// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "graph/graph_style.h"

#include "chrona/workspace/event_filter.h"
#include "chrona/workspace/graph_work.h"

#include <QString>

#include <memory>
#include <optional>
#include <vector>

namespace chrona::ui {

enum class GraphColouring : std::uint8_t { Kind, Community };
enum class GraphSizing : std::uint8_t { Evidence, Rank, Between, Same };

/// What a picture is made from, as the view has it. Cheap to copy.
struct GraphInputs {
    workspace::GraphState state;
    std::shared_ptr<const workspace::GraphMeasures> measures;
    GraphColouring colouring = GraphColouring::Kind;
    GraphSizing sizing = GraphSizing::Evidence;
    std::optional<workspace::TimeWindow> window{}; ///< ties outside of it fade; nullopt: none do
    friend bool operator==(const GraphInputs &, const GraphInputs &) = default;
};

/// A line, and when it holds.
struct GraphLine {
    std::uint32_t from = 0, to = 0; ///< rows of the drawing
    float width = 0;                ///< pixels
    std::uint8_t arrows = 0;        ///< 1: at `to`, 2: at `from`
    bool isMain = false;
    Instant begin = Instant::min(), end = Instant::max(); ///< undated: always
};

/// The graph as flat arrays, ready to be painted by any camera: one entry a drawn node and a drawn
/// line. Immutable once made; any thread.
struct GraphDrawing {
    static constexpr std::uint8_t kPinned = 1;
    static constexpr std::uint8_t kFaded = 2;

    // Nodes, the least important first, so that the others are painted over them.
    std::vector<graph::NodeIndex> node;   ///< of the state
    std::vector<float> x, y, radius;      ///< radius in pixels
    std::vector<std::uint8_t> look;       ///< GraphLook
    std::vector<std::uint8_t> colourKind; ///< 0 look, 1 category, 2 community
    std::vector<std::uint32_t> colourOf;  ///< its number
    std::vector<std::uint8_t> flags;
    std::vector<std::uint16_t> members; ///< of a group; 1: no group
    std::vector<QString> label;
    // Lines, the faintest first.
    std::vector<std::uint32_t> from, to; ///< rows above
    std::vector<float> width;            ///< pixels
    std::vector<std::uint8_t> tone;      ///< 0: out of the window, 1: one of many, 2: a main one
    std::vector<std::uint8_t> arrows;    ///< 1: at `to`, 2: at `from`
    std::shared_ptr<const std::vector<GraphLine>> lines; ///< the same, whatever the window

    std::vector<std::uint32_t> rowOf; ///< of each node of the state; kNoRow where it is not drawn
    static constexpr std::uint32_t kNoRow = ~0U;
    std::array<std::uint32_t, kGraphLookCount> counts{}; ///< drawn nodes of each look

    [[nodiscard]] static std::shared_ptr<const GraphDrawing> made(const GraphInputs &inputs);
    /// The same in another window: as a brush moves it, without all that it leaves alone.
    [[nodiscard]] std::shared_ptr<const GraphDrawing>
    within(const std::optional<workspace::TimeWindow> &window) const;
    [[nodiscard]] std::size_t size() const { return node.size(); }
    [[nodiscard]] QColor colourAt(std::size_t row, const GraphStyle &style) const;
    /// The same with other places: a layout on its way, a drag.
    [[nodiscard]] std::shared_ptr<const GraphDrawing> at(const graph::Positions &positions) const;

private:
    void setWindow(const std::optional<workspace::TimeWindow> &window);
};

} // namespace chrona::ui
