// SPDX-License-Identifier: AGPL-3.0-or-later
#include "graph/graph_drawing.h"

#include "text/names.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace chrona::ui {

namespace {

using graph::NodeIndex;
using workspace::DrawnEdge;
using workspace::GraphState;

constexpr float kRadiusLeast = 5, kRadiusMost = 22, kRadiusEvent = 4.5F;
constexpr qsizetype kLabelMax = 44;
constexpr std::size_t kMainLines = 3; ///< of each node

/// 0–1: how much a node deserves room.
std::vector<float> importanceOf(const GraphInputs &inputs)
{
    const GraphState &state = inputs.state;
    std::vector<float> importance(state.size(), 0);
    const workspace::GraphMeasures &measures = *inputs.measures;
    const bool isMeasured = measures.of == state.facts;
    std::uint64_t most = 1;
    for (const workspace::GraphNodeFacts &facts : state.facts->nodes)
        most = std::max(most, facts.evidence);
    const double whole = std::log1p(double(most));
    for (NodeIndex node = 0; node < state.size(); ++node) {
        if (inputs.sizing == GraphSizing::Rank && isMeasured)
            importance[node] = float(measures.rank[node]);
        else if (inputs.sizing == GraphSizing::Between && isMeasured)
            importance[node] = float(measures.between[node]);
        else
            importance[node] = float(std::log1p(double(state.facts->nodes[node].evidence)) / whole);
    }
    return importance;
}

bool isInWindow(const DrawnEdge &edge, const std::optional<workspace::TimeWindow> &window)
{
    return !window || !edge.begin || (*edge.begin<window->end && * edge.end> window->begin);
}

class Maker {
public:
    explicit Maker(const GraphInputs &inputs)
        : m_inputs(inputs), m_state(inputs.state), m_importance(importanceOf(inputs)),
          m_drawing(std::make_shared<GraphDrawing>())
    {
    }

    std::shared_ptr<const GraphDrawing> make()
    {
        addNodes();
        addLines();
        return m_drawing;
    }

private:
    void addNodes()
    {
        std::vector<NodeIndex> order;
        for (NodeIndex node = 0; node < m_state.size(); ++node)
            if (m_state.isDrawn(node))
                order.push_back(node);
        std::ranges::stable_sort(order, {}, [this](NodeIndex node) { return m_importance[node]; });
        std::vector<std::uint16_t> members(m_state.size(), 0);
        for (const NodeIndex owner : *m_state.owner)
            if (members[owner] < UINT16_MAX)
                ++members[owner];
        m_drawing->rowOf.assign(m_state.size(), GraphDrawing::kNoRow);
        for (const NodeIndex node : order)
            addNode(node, members[node]);
    }

    void addNode(NodeIndex node, std::uint16_t members)
    {
        GraphDrawing &to = *m_drawing;
        const workspace::GraphNodeFacts &facts = m_state.facts->nodes[node];
        const ipc::GraphNodeKind kind = workspace::keyOf(m_state, node).kind;
        const GraphLook look = lookOf(kind, facts.detail);
        to.rowOf[node] = std::uint32_t(to.node.size());
        to.node.push_back(node);
        to.x.push_back((*m_state.positions)[node].x);
        to.y.push_back((*m_state.positions)[node].y);
        to.look.push_back(std::uint8_t(look));
        ++to.counts[std::size_t(look)];
        to.radius.push_back(radiusOf(node, look, members));
        to.flags.push_back((*m_state.flags)[node] & GraphState::kPinned ? GraphDrawing::kPinned
                                                                        : 0);
        to.members.push_back(members);
        QString label = fromUtf8(m_state.facts->graph.node(node).label).simplified();
        if (label.size() > kLabelMax)
            label = label.left(kLabelMax - 1).trimmed() + u'…';
        to.label.push_back(label);
        addColour(node, look, facts.detail);
    }

    [[nodiscard]] float radiusOf(NodeIndex node, GraphLook look, std::uint16_t members) const
    {
        const float grown = members > 1 ? 4 : 0;
        if (m_inputs.sizing == GraphSizing::Same)
            return 8 + grown;
        if (m_inputs.sizing == GraphSizing::Evidence && look == GraphLook::Event)
            return kRadiusEvent + grown;
        // By area, so that twice as important looks twice as large.
        return kRadiusLeast +
               (kRadiusMost - kRadiusLeast) * m_importance[node] *
                   (m_inputs.sizing == GraphSizing::Evidence ? m_importance[node] : 1) +
               grown;
    }

    void addColour(NodeIndex node, GraphLook look, std::uint8_t detail)
    {
        const bool byCommunity = m_inputs.colouring == GraphColouring::Community &&
                                 m_inputs.measures->of == m_state.facts;
        const bool byCategory =
            (look == GraphLook::Event || look == GraphLook::Story) && !byCommunity;
        m_drawing->colourKind.push_back(byCommunity ? 2 : byCategory ? 1 : 0);
        m_drawing->colourOf.push_back(byCommunity  ? m_inputs.measures->community[node]
                                      : byCategory ? std::uint32_t(categoryOfNumber(detail))
                                                   : std::uint32_t(look));
    }

    void addLines()
    {
        std::vector<DrawnEdge> lines = workspace::drawnEdges(m_state);
        std::uint32_t most = 1;
        for (const DrawnEdge &line : lines)
            most = std::max(most, line.evidence);
        const double whole = std::log1p(double(most));
        const std::vector<bool> isMain = workspace::mainEdges(lines, kMainLines);
        std::vector<std::pair<std::uint8_t, std::size_t>> order;
        for (std::size_t at = 0; at < lines.size(); ++at)
            order.emplace_back(!isInWindow(lines[at], m_inputs.window) ? 0
                               : isMain[at]                            ? 2
                                                                       : 1,
                               at);
        std::ranges::sort(order);
        std::vector<bool> isHeld(m_drawing->size(), !m_inputs.window.has_value());
        GraphDrawing &to = *m_drawing;
        for (const auto &[tone, at] : order) {
            const DrawnEdge &line = lines[at];
            to.from.push_back(to.rowOf[line.from]);
            to.to.push_back(to.rowOf[line.to]);
            to.width.push_back(
                float(0.8 + 3.4 * std::pow(std::log1p(double(line.evidence)) / whole, 1.5)));
            to.tone.push_back(tone);
            to.arrows.push_back(std::uint8_t((line.isForward ? 1 : 0) | (line.isBackward ? 2 : 0)));
            if (to.tone.back() > 0)
                isHeld[to.from.back()] = isHeld[to.to.back()] = true;
        }
        for (std::size_t row = 0; row < to.size(); ++row)
            if (!isHeld[row] && !to.from.empty())
                to.flags[row] |= GraphDrawing::kFaded;
    }

    const GraphInputs &m_inputs;
    const GraphState &m_state;
    std::vector<float> m_importance;
    std::shared_ptr<GraphDrawing> m_drawing;
};

} // namespace

std::shared_ptr<const GraphDrawing> GraphDrawing::made(const GraphInputs &inputs)
{
    return Maker(inputs).make();
}

QColor GraphDrawing::colourAt(std::size_t row, const GraphStyle &style) const
{
    switch (colourKind[row]) {
    case 0: return style.looks[colourOf[row]];
    case 1: return style.categories[colourOf[row]];
    default: return style.community(colourOf[row]);
    }
}

std::shared_ptr<const GraphDrawing> GraphDrawing::at(const graph::Positions &positions) const
{
    auto moved = std::make_shared<GraphDrawing>(*this);
    for (std::size_t row = 0; row < size(); ++row) {
        if (node[row] >= positions.size())
            continue;
        moved->x[row] = positions[node[row]].x;
        moved->y[row] = positions[node[row]].y;
    }
    return moved;
}

} // namespace chrona::ui
