// SPDX-License-Identifier: AGPL-3.0-or-later
// The graph's tools, menus and commands.
#include "graph/graph_pane.h"

#include "chrona/ui/theme.h"
#include "text/names.h"
#include "text/time_text.h"

#include <QActionGroup>
#include <QMenu>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <numeric>

using namespace Qt::StringLiterals;

namespace chrona::ui {

using workspace::Flagging;
using workspace::GraphArrangement;
using workspace::GraphLayouter;
using workspace::GraphState;

namespace {

constexpr std::uint32_t kExpandNodes = 60; ///< at once
constexpr std::uint32_t kExpandNodesAll = 400;
constexpr std::uint32_t kStepsOffered = 3;

} // namespace

QToolButton *GraphPane::addTool(QVBoxLayout &column, const QString &icon, const QString &text,
                                void (GraphPane::*run)())
{
    auto *button = new QToolButton(this);
    button->setToolTip(text);
    button->setAccessibleName(text);
    button->setAutoRaise(true);
    button->setFixedSize(32, 32);
    connect(button, &QToolButton::clicked, this, run);
    column.addWidget(button);
    m_tools.append({button, icon});
    return button;
}

void GraphPane::makeTools(QVBoxLayout &column)
{
    addTool(column, u"graph"_s, tr("Most named entities"), &GraphPane::showOverview);
    addTool(column, u"filter"_s, tr("Graph of the selected events"), &GraphPane::showSelection);
    addTool(column, u"path"_s, tr("Find paths between two nodes"), &GraphPane::findPath);
    addTool(column, u"pin"_s, tr("Pin or release"), &GraphPane::togglePins);
    addTool(column, u"group"_s, tr("Draw the selected nodes as one"), &GraphPane::groupSelection);
    addTool(column, u"link"_s, tr("Merge the selected entities"), &GraphPane::mergeSelection);
    addTool(column, u"eye-off"_s, tr("Hide the selected nodes"), &GraphPane::hideSelection);
    addTool(column, u"eye"_s, tr("Show hidden nodes"), &GraphPane::showHidden);
    addTool(column, u"import"_s, tr("Open a graph's file…"), &GraphPane::askImport);
    addTool(column, u"export"_s, tr("Export…"), &GraphPane::askExport);
}

void GraphPane::makeHeader()
{
    m_look = new QToolButton(this);
    m_look->setText(tr("Layout and look"));
    m_look->setAccessibleName(tr("Layout and look"));
    m_look->setPopupMode(QToolButton::InstantPopup);
    m_look->setFixedHeight(20);
    m_look->setFont(m_theme.font(TextSize::Tiny));
    auto *menu = new QMenu(m_look);
    const auto layout = [&](const QString &text, GraphArrangement arrangement) {
        connect(menu->addAction(text), &QAction::triggered, this,
                [this, arrangement] { arrange(arrangement); });
    };
    layout(tr("By ties"), GraphArrangement::Force);
    layout(tr("In layers"), GraphArrangement::Layered);
    layout(tr("In rings around the current node"), GraphArrangement::Radial);
    layout(tr("As on the map"), GraphArrangement::Geo);
    connect(menu->addAction(tr("Stop the layout")), &QAction::triggered, m_layouter,
            &GraphLayouter::cancel);
    menu->addSeparator();
    const auto choice = [&](QActionGroup *group, const QString &text, bool isOn, auto set) {
        QAction *action = menu->addAction(text);
        action->setCheckable(true);
        action->setChecked(isOn);
        group->addAction(action);
        connect(action, &QAction::triggered, this, set);
    };
    auto *colours = new QActionGroup(menu);
    choice(colours, tr("Colour by kind"), true,
           [this] { m_view->setColouring(GraphColouring::Kind); });
    choice(colours, tr("Colour by community"), false,
           [this] { m_view->setColouring(GraphColouring::Community); });
    menu->addSeparator();
    auto *sizes = new QActionGroup(menu);
    choice(sizes, tr("Size by events"), true, [this] { m_view->setSizing(GraphSizing::Evidence); });
    choice(sizes, tr("Size by rank among neighbours"), false,
           [this] { m_view->setSizing(GraphSizing::Rank); });
    choice(sizes, tr("Size by ways that lead through"), false,
           [this] { m_view->setSizing(GraphSizing::Between); });
    choice(sizes, tr("One size"), false, [this] { m_view->setSizing(GraphSizing::Same); });
    m_look->setMenu(menu);
    addHeaderTool(m_look);
}

void GraphPane::refreshTools()
{
    const auto selected = m_model->selection().size();
    const GraphState &state = m_model->state();
    const bool hasHidden = std::ranges::any_of(
        *state.flags, [](std::uint8_t flags) { return flags & GraphState::kHidden; });
    for (const auto &[button, icon] : m_tools) {
        button->setIcon(m_theme.icon(icon, Role::Text2));
        const bool isOn = icon == u"path"_s                          ? selected == 2
                          : icon == u"pin"_s || icon == u"eye-off"_s ? selected > 0
                          : icon == u"group"_s || icon == u"link"_s  ? selected > 1
                          : icon == u"eye"_s                         ? hasHidden
                          : icon == u"export"_s                      ? state.size() > 0
                                                                     : true;
        button->setEnabled(isOn);
    }
}

void GraphPane::arrange(GraphArrangement arrangement)
{
    m_isWholeLayout = true;
    m_lastStep = nullptr;
    m_view->keepFitting();
    m_layouter->arrange(m_model->state(), arrangement, GraphLayouter::Keep::Pinned,
                        m_model->current().value_or(0));
    refreshNote();
}

void GraphPane::findPath()
{
    const auto nodes = m_model->selected();
    if (nodes.size() != 2)
        return say(tr("Select two nodes, the second with Ctrl"));
    say(tr("Looking for ways… Escape ends it"));
    m_explorer->findPaths(nodes[0], nodes[1], 4);
}

void GraphPane::hideSelection()
{
    const auto nodes = m_model->selected();
    if (nodes.empty())
        return;
    m_model->apply(tr("Hide %n node(s)", nullptr, int(nodes.size())),
                   workspace::flagged(m_model->state(), nodes, GraphState::kHidden, Flagging::Set));
}

void GraphPane::showHidden()
{
    std::vector<graph::NodeIndex> all(m_model->state().size());
    std::iota(all.begin(), all.end(), 0U);
    m_model->apply(tr("Show hidden nodes"),
                   workspace::flagged(m_model->state(), all, GraphState::kHidden, Flagging::Clear));
}

void GraphPane::togglePins()
{
    const auto nodes = m_model->selected();
    const GraphState &state = m_model->state();
    const bool arePinned = std::ranges::all_of(
        nodes, [&](graph::NodeIndex node) { return (*state.flags)[node] & GraphState::kPinned; });
    if (nodes.empty())
        return;
    m_model->apply(arePinned ? tr("Release %n node(s)", nullptr, int(nodes.size()))
                             : tr("Pin %n node(s)", nullptr, int(nodes.size())),
                   workspace::flagged(state, nodes, GraphState::kPinned,
                                      arePinned ? Flagging::Clear : Flagging::Set));
}

void GraphPane::groupSelection()
{
    std::vector<graph::NodeIndex> nodes = m_model->selected();
    if (nodes.size() < 2)
        return;
    // The most named one stands for all.
    const auto &facts = m_model->state().facts->nodes;
    std::ranges::stable_sort(nodes, std::greater(),
                             [&](graph::NodeIndex node) { return facts[node].evidence; });
    m_model->apply(tr("Group %n node(s)", nullptr, int(nodes.size())),
                   workspace::grouped(m_model->state(), nodes));
}

void GraphPane::ungroupSelection()
{
    GraphState next = m_model->state();
    for (const graph::NodeIndex node : m_model->selected())
        if (workspace::membersOf(next, node).size() > 1)
            next = workspace::ungrouped(next, node);
    m_model->apply(tr("Ungroup"), std::move(next));
}

void GraphPane::collapse()
{
    const auto current = m_model->current();
    if (!current)
        return;
    const auto leaves = workspace::leavesOf(m_model->state(), *current);
    if (leaves.empty())
        return say(tr("Nothing hangs on this node alone"));
    if (auto next = workspace::without(m_model->state(), leaves))
        m_model->apply(tr("Take off %n node(s)", nullptr, int(leaves.size())), std::move(*next));
}

/// What an expansion would bring, before it is asked for.
void GraphPane::offerExpansion(quint32 node, const ipc::GraphCountsReply &counts)
{
    m_expansion->clear();
    const QString name = nodeName(m_model->state(), node);
    m_expansion->setAccessibleName(tr("Expand %1").arg(name));
    m_expansion->addSection(tr("Expand %1").arg(name));
    const auto offer = [&](const QString &text, std::uint64_t many,
                           std::vector<ipc::GraphEdgeType> types, std::uint32_t nodesMax) {
        const QString count =
            many > nodesMax ? countOfText(nodesMax, qint64(many)) : countText(qint64(many));
        QAction *action = m_expansion->addAction(tr("%1   %2").arg(text, count));
        connect(action, &QAction::triggered, this, [this, node, types, nodesMax] {
            // Room for what it is tied to here already, which comes along.
            m_explorer->expand(node, types, nodesMax + 1);
        });
    };
    for (const ipc::GraphTypeCount &one : counts.types)
        offer(edgeTypeName(one.type), one.neighbours, {one.type}, kExpandNodes);
    if (counts.types.empty())
        m_expansion->addAction(tr("Nothing is tied to it in this window"))->setEnabled(false);
    else if (counts.types.size() > 1)
        offer(tr("All"), counts.neighbours, {}, kExpandNodesAll);
    for (std::uint32_t steps = 2; steps <= kStepsOffered && !counts.types.empty(); ++steps)
        connect(m_expansion->addAction(tr("Within %1 steps   at most %2")
                                           .arg(steps)
                                           .arg(countText(kExpandNodesAll))),
                &QAction::triggered, this, [this, node, steps] {
                    say(tr("Looking around… Escape ends it"));
                    m_explorer->expand(node, {}, kExpandNodesAll, steps);
                });
    m_expansion->popup(m_view->mapToGlobal(m_view->placeOf(node).toPoint() + QPoint(12, 12)));
    if (const auto actions = m_expansion->actions(); actions.size() > 1)
        m_expansion->setActiveAction(actions[1]);
}

void GraphPane::addCommands(Commands &commands, QWidget &window)
{
    m_commands = &commands;
    const auto add = [&](const QString &id, const QString &text, const QKeySequence &key,
                         const QString &icon, std::function<void()> run) {
        commands.add({id, text, tr("Graph"), key, icon}, window, std::move(run));
        m_commandIds += id;
    };
    add(u"graph.overview"_s, tr("Show the most named entities"), {}, u"graph"_s,
        [this] { showOverview(); });
    add(u"graph.selection"_s, tr("Show the graph of the selected events"),
        QKeySequence(u"Ctrl+Shift+G"_s), u"filter"_s, [this] { showSelection(); });
    add(u"graph.expand"_s, tr("Expand the current node…"), QKeySequence(u"Ctrl+Alt+E"_s),
        u"expand"_s, [this] {
            if (const auto current = m_model->current())
                m_explorer->askCounts(*current);
        });
    add(u"graph.collapse"_s, tr("Take off what hangs on the current node alone"), {}, u"close"_s,
        [this] { collapse(); });
    add(u"graph.path"_s, tr("Find paths between two selected nodes"), QKeySequence(u"Ctrl+Alt+P"_s),
        u"path"_s, [this] { findPath(); });
    add(u"graph.hide"_s, tr("Hide the selected nodes"), {}, u"eye-off"_s,
        [this] { hideSelection(); });
    add(u"graph.showHidden"_s, tr("Show hidden nodes"), {}, u"eye"_s, [this] { showHidden(); });
    add(u"graph.pin"_s, tr("Pin or release the selected nodes"), {}, u"pin"_s,
        [this] { togglePins(); });
    add(u"graph.group"_s, tr("Draw the selected nodes as one"), QKeySequence(u"Ctrl+Alt+G"_s),
        u"group"_s, [this] { groupSelection(); });
    add(u"graph.ungroup"_s, tr("Draw the members of a group again"), {}, u"group"_s,
        [this] { ungroupSelection(); });
    add(u"graph.merge"_s, tr("Merge the selected entities: they are one"),
        QKeySequence(u"Ctrl+Alt+M"_s), u"link"_s, [this] { mergeSelection(); });
    add(u"graph.split"_s, tr("Take the selected entity apart again"), {}, u"path"_s,
        [this] { splitCurrent(); });
    add(u"graph.fit"_s, tr("Fit the graph into the view"), {}, u"fit"_s, [this] {
        m_view->keepFitting();
        m_view->fit();
    });
    const auto layout = [&](const QString &id, const QString &text, GraphArrangement arrangement) {
        add(id, text, {}, u"layout"_s, [this, arrangement] { arrange(arrangement); });
    };
    layout(u"graph.layout.force"_s, tr("Lay out by ties"), GraphArrangement::Force);
    layout(u"graph.layout.layers"_s, tr("Lay out in layers"), GraphArrangement::Layered);
    layout(u"graph.layout.rings"_s, tr("Lay out in rings around the current node"),
           GraphArrangement::Radial);
    layout(u"graph.layout.map"_s, tr("Lay out as on the map"), GraphArrangement::Geo);
    add(u"graph.layout.stop"_s, tr("Stop the layout or the search"), {}, u"stop"_s, [this] {
        m_layouter->cancel();
        m_explorer->cancel();
    });
    add(u"graph.import"_s, tr("Open a graph's file…"), {}, u"import"_s, [this] { askImport(); });
    add(u"graph.export"_s, tr("Export the graph…"), {}, u"export"_s, [this] { askExport(); });
}

std::vector<schema::PinTarget> GraphPane::chosenTargets() const
{
    std::vector<schema::PinTarget> targets;
    const GraphState &state = m_model->state();
    for (const graph::NodeIndex node : m_model->selected()) {
        const ipc::GraphNodeKey key = workspace::keyOf(state, node);
        schema::PinTarget target;
        target.id = key.id;
        target.label = state.facts->graph.node(node).label;
        if (key.kind == ipc::GraphNodeKind::Entity) {
            target.key = state.facts->nodes[node].name;
            target.kind = target.key.starts_with("topic:") ? schema::PinKind::Topic
                                                           : schema::PinKind::Entity;
        } else if (key.kind != ipc::GraphNodeKind::Event) {
            continue; // a story or a source is no thing of the world
        }
        targets.push_back(std::move(target));
    }
    return targets;
}

void GraphPane::fillMenu(QMenu &menu)
{
    if (!m_commands)
        return;
    if (QAction *pin = m_commands->action(u"case.pinNodes"_s))
        menu.addAction(pin);
    for (const QString &id : std::as_const(m_commandIds)) {
        if (id == u"graph.layout.force"_s || id == u"graph.hide"_s || id == u"graph.import"_s)
            menu.addSeparator();
        menu.addAction(m_commands->action(id));
    }
}

} // namespace chrona::ui
