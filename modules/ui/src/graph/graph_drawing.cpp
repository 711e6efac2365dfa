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

class Maker {
public:
    explicit Maker(const GraphInputs &inputs)
        : m_inputs(inputs), m_state(inputs.state), m_importance(importanceOf(inputs)),
          m_drawing(std::make_shared<GraphDrawing>())
    {
    }

    std::shared_ptr<GraphDrawing> make()
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
        QString label = nodeName(m_state, node).simplified();
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
        const std::vector<DrawnEdge> edges = workspace::drawnEdges(m_state);
        std::uint32_t most = 1;
        for (const DrawnEdge &edge : edges)
            most = std::max(most, edge.evidence);
        const double whole = std::log1p(double(most));
        const std::vector<bool> isMain = workspace::mainEdges(edges, kMainLines);
        auto lines = std::make_shared<std::vector<GraphLine>>();
        lines->reserve(edges.size());
        for (std::size_t at = 0; at < edges.size(); ++at) {
            const DrawnEdge &edge = edges[at];
            GraphLine &line = lines->emplace_back();
            line.from = m_drawing->rowOf[edge.from];
            line.to = m_drawing->rowOf[edge.to];
            line.width =
                float(0.8 + 3.4 * std::pow(std::log1p(double(edge.evidence)) / whole, 1.5));
            line.arrows = std::uint8_t((edge.isForward ? 1 : 0) | (edge.isBackward ? 2 : 0));
            line.isMain = isMain[at];
            if (edge.begin) {
                line.begin = *edge.begin;
                line.end = edge.end.value_or(Instant::max());
            }
        }
        m_drawing->lines = std::move(lines);
    }

    const GraphInputs &m_inputs;
    const GraphState &m_state;
    std::vector<float> m_importance;
    std::shared_ptr<GraphDrawing> m_drawing;
};

} // namespace

std::shared_ptr<const GraphDrawing> GraphDrawing::made(const GraphInputs &inputs)
{
    auto drawing = Maker(inputs).make();
    drawing->setWindow(inputs.window);
    return drawing;
}

std::shared_ptr<const GraphDrawing>
GraphDrawing::within(const std::optional<workspace::TimeWindow> &window) const
{
    auto drawing = std::make_shared<GraphDrawing>(*this);
    drawing->setWindow(window);
    return drawing;
}

/// Tells lines inside from lines outside, and fades nodes that no line holds any more.
void GraphDrawing::setWindow(const std::optional<workspace::TimeWindow> &window)
{
    const std::vector<GraphLine> &all = *lines;
    std::vector<std::uint8_t> tones(all.size());
    std::array<std::size_t, 3> many{};
    for (std::size_t at = 0; at < all.size(); ++at) {
        const bool isOutside =
            window && (all[at].begin >= window->end || all[at].end <= window->begin);
        tones[at] = isOutside ? 0 : all[at].isMain ? 2 : 1;
        ++many[tones[at]];
    }
    std::array places{std::size_t(0), many[0], many[0] + many[1]};
    tone.assign(all.size(), 2);
    std::fill_n(tone.begin(), places[2], std::uint8_t(1));
    std::fill_n(tone.begin(), places[1], std::uint8_t(0));
    from.resize(all.size());
    to.resize(all.size());
    width.resize(all.size());
    arrows.resize(all.size());
    std::vector<bool> isHeld(size(), !window || all.empty());
    for (std::size_t at = 0; at < all.size(); ++at) {
        const std::size_t place = places[tones[at]]++;
        from[place] = all[at].from;
        to[place] = all[at].to;
        width[place] = all[at].width;
        arrows[place] = all[at].arrows;
        if (tones[at] > 0)
            isHeld[all[at].from] = isHeld[all[at].to] = true;
    }
    for (std::size_t row = 0; row < size(); ++row)
        flags[row] = std::uint8_t((flags[row] & ~kFaded) | (isHeld[row] ? 0 : kFaded));
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
