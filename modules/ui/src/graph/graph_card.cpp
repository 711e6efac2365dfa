// SPDX-License-Identifier: AGPL-3.0-or-later
#include "graph/graph_card.h"

#include "chrona/ui/theme.h"
#include "graph/graph_style.h"
#include "inspector/fact_sections.h"
#include "text/known_names.h"
#include "text/names.h"

#include <QVBoxLayout>

#include <algorithm>
#include <ranges>

using namespace Qt::StringLiterals;

namespace chrona::ui {

namespace {

constexpr int kCardWidth = 268;
constexpr std::size_t kTiesShown = 6;
constexpr int kCardMargin = 12;

} // namespace

GraphCard::GraphCard(const workspace::GraphModel &model, const workspace::EntityMerges &merges,
                     const Theme &theme, QWidget *parent)
    : QFrame(parent), m_model(model), m_merges(merges), m_theme(theme),
      m_column(new QVBoxLayout(this))
{
    setObjectName(u"graphCard"_s);
    setFixedWidth(kCardWidth);
    m_column->setContentsMargins(1, 1, 1, 1);
    hide();
}

void GraphCard::setTimeText(const TimeText &times)
{
    m_times = times;
    refresh();
}

void GraphCard::refresh()
{
    if (const auto current = m_model.current())
        showNode(*current);
    else if (!showTie())
        hide();
}

void GraphCard::place(QWidget *content)
{
    setStyleSheet(u"#graphCard { background: %1; border: 1px solid %2; border-radius: 3px; }"_s.arg(
        m_theme.color(Role::Surface1).name(), m_theme.color(Role::Line).name()));
    delete m_content;
    m_content = content;
    m_column->addWidget(content);
    content->show(); // in a card that is seen already it would be shown, and measured, later only
    show();
    setFixedHeight(m_column->heightForWidth(kCardWidth) > 0 ? m_column->heightForWidth(kCardWidth)
                                                        : sizeHint().height());
    move(parentWidget()->width() - width() - kCardMargin, kCardMargin);
    raise();
}

/// Which other entities are read as this one.
void GraphCard::addParts(FactColumn &column, ipc::GraphNodeKey key) const
{
    if (key.kind != ipc::GraphNodeKind::Entity)
        return;
    const auto parts = m_merges.partsOf({key.id});
    if (parts.empty())
        return;
    column.addSection(tr("Merged into it"));
    QList<Fact> names;
    for (const ipc::MergedEntity &one : parts | std::views::take(kTiesShown))
        names += Fact{entityName(one.key, one.name), fromUtf8(one.key), {}, Fact::Face::Mono};
    if (parts.size() > kTiesShown)
        names += Fact{tr("and more"), countText(qint64(parts.size() - kTiesShown))};
    column.addFacts(names);
}

void GraphCard::showNode(graph::NodeIndex node)
{
    const workspace::GraphState &state = m_model.state();
    const workspace::GraphNodeFacts &facts = state.facts->nodes[node];
    const auto kind = workspace::keyOf(state, node).kind;
    auto *column = new FactColumn(m_theme, nullptr);
    column->addHeadline(nodeName(state, node));
    std::vector<std::pair<std::uint32_t, graph::NodeIndex>> ties;
    for (const workspace::DrawnEdge &edge : workspace::drawnEdges(state))
        if (edge.from == node || edge.to == node)
            ties.emplace_back(edge.evidence, edge.from == node ? edge.to : edge.from);
    std::ranges::sort(ties, std::greater());
    QList<Fact> lines{{tr("Kind"), nodeKindName(kind, facts.detail)}};
    if (!facts.name.empty())
        lines += Fact{tr("Key"), fromUtf8(facts.name), {}, Fact::Face::Mono};
    if (facts.at)
        lines += Fact{tr("Observed"), m_times.minute(*facts.at) + u' ' + m_times.zoneName()};
    else
        lines += Fact{tr("Events"), countText(qint64(facts.evidence)),
                      tr("In this window of time, that name it")};
    lines += Fact{tr("Ties"), countOfText(qint64(ties.size()), qint64(facts.neighbours)),
                  tr("To different nodes: drawn here, and in all")};
    if (const auto members = workspace::membersOf(state, node).size(); members > 1)
        lines += Fact{tr("Group of"), countText(qint64(members))};
    column->addFacts(lines);
    addParts(*column, workspace::keyOf(state, node));
    if (!ties.empty()) {
        column->addSection(tr("Most events in common"));
        QList<Fact> others;
        for (const auto &[evidence, other] : ties | std::views::take(kTiesShown))
            others += Fact{countText(evidence), nodeName(state, other)};
        column->addFacts(others);
    }
    column->finish();
    place(column);
}

/// False where not exactly two nodes are selected that are tied.
bool GraphCard::showTie()
{
    const auto nodes = m_model.selected();
    if (nodes.size() != 2)
        return false;
    const workspace::GraphState &state = m_model.state();
    const auto lines = workspace::drawnEdges(state);
    const auto line = std::ranges::find_if(lines, [&](const workspace::DrawnEdge &edge) {
        return edge.from == nodes[0] && edge.to == nodes[1];
    });
    if (line == lines.end())
        return false;
    const auto nameOf = [&](graph::NodeIndex node) {
        return nodeName(state, node);
    };
    auto *column = new FactColumn(m_theme, nullptr);
    column->addHeadline(tr("%1 — %2").arg(nameOf(nodes[0]), nameOf(nodes[1])));
    QList<Fact> facts{
        {tr("Tie"), edgeTypeName(ipc::GraphEdgeType(line->type)),
         tr("The strongest of those between the two")},
        {tr("Events"), countText(line->evidence), tr("Its evidence: selected in every view")}};
    if (line->begin && line->end) {
        facts += Fact{tr("First"), m_times.minute(*line->begin) + u' ' + m_times.zoneName()};
        facts += Fact{tr("Last"), m_times.minute(*line->end) + u' ' + m_times.zoneName()};
    }
    column->addFacts(facts);
    column->finish();
    place(column);
    return true;
}

} // namespace chrona::ui
