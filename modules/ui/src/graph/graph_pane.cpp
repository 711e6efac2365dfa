// SPDX-License-Identifier: AGPL-3.0-or-later
#include "graph/graph_pane.h"

#include "chrona/ui/theme.h"
#include "graph/graph_card.h"
#include "text/names.h"
#include "text/time_text.h"

#include <QDateTime>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace chrona::ui {

using workspace::GraphArrangement;
using workspace::GraphLayouter;
using workspace::GraphState;
using workspace::Session;

namespace {

constexpr std::uint32_t kOverviewNodes = 120;
constexpr int kToolsWidth = 44;

} // namespace

GraphPane::GraphPane(Session &session, const Theme &theme, QWidget *parent)
    : Pane(theme, parent), m_session(session),
      m_model(new workspace::GraphModel(session.undoStack(), this)),
      m_explorer(new workspace::GraphExplorer(
          session, *m_model,
          {tr("Most named entities"), tr("Graph of a selection"), tr("Expand"), tr("Find paths"),
           tr("Open a graph's file")},
          this)),
      m_layouter(new GraphLayouter(this)), m_analyst(new workspace::GraphAnalyst(this)),
      m_merges(new workspace::EntityMerges(session, this)),
      m_view(new GraphView(*m_model, theme, this)), m_notice(new QLabel(m_view)),
      m_card(new GraphCard(*m_model, *m_merges, theme, m_view)), m_expansion(new QMenu(this))
{
    auto *content = new QWidget(this);
    auto *row = new QHBoxLayout(content);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    auto *strip = new QWidget(content);
    strip->setFixedWidth(kToolsWidth);
    auto *column = new QVBoxLayout(strip);
    column->setContentsMargins(6, 8, 6, 8);
    column->setSpacing(4);
    makeTools(*column);
    column->addStretch(1);
    row->addWidget(strip);
    row->addWidget(m_view, 1);
    content->setFocusProxy(m_view);
    m_notice->setObjectName(u"graphNotice"_s);
    m_notice->setTextFormat(Qt::PlainText);
    m_notice->setContentsMargins(10, 4, 10, 4);
    m_notice->setAttribute(Qt::WA_TransparentForMouseEvents);
    m_notice->hide();
    makeHeader();
    setContent(content);
    connectAll();
    followModel();
    refresh();
}

void GraphPane::connectAll()
{
    connect(m_model, &workspace::GraphModel::stateChanged, this, &GraphPane::followModel);
    connect(m_model, &workspace::GraphModel::selectionChanged, this, [this] {
        refreshTools();
        m_card->refresh();
    });
    connect(m_view, &GraphView::selectionWanted, this,
            [this](const QSet<quint32> &nodes, std::optional<quint32> current) {
                if (nodes.isEmpty() && m_explorer->isSearching())
                    return m_explorer->cancel(); // Escape ends what is waited for first
                m_view->setPath({});
                say({});
                m_explorer->select(nodes, current);
            });
    connect(m_view, &GraphView::evidenceWanted, m_explorer,
            &workspace::GraphExplorer::selectEvidence);
    connect(m_view, &GraphView::expandWanted, m_explorer, &workspace::GraphExplorer::askCounts);
    connect(m_view, &GraphView::hideWanted, this, &GraphPane::hideSelection);
    connect(m_view, &GraphView::moveWanted, this,
            [this](const std::vector<graph::NodeIndex> &nodes, graph::Point by) {
                m_layouter->cancel();
                m_model->apply(tr("Move %n node(s)", nullptr, int(nodes.size())),
                               workspace::moved(m_model->state(), nodes, by));
            });
    connect(m_view, &GraphView::menuWanted, this, [this](const QPoint &at) {
        auto *menu = new QMenu(this);
        menu->setAttribute(Qt::WA_DeleteOnClose);
        fillMenu(*menu);
        menu->popup(at);
    });
    connect(m_analyst, &workspace::GraphAnalyst::measured, this,
            [this] { m_view->setMeasures(m_analyst->measures()); });
    connect(&m_session, &Session::stateChanged, this, [this] {
        if (m_session.state() != Session::State::Ready)
            m_hasAsked = m_model->state().size() > 0;
        refresh();
    });
    connect(&m_session.events(), &workspace::EventStore::snapshotChanged, this,
            &GraphPane::refresh);
    const auto followWindow = [this] {
        const workspace::Focus &focus = m_session.focus();
        m_view->setWindow(focus.showsEverything() ? std::nullopt : std::optional(focus.window()));
    };
    connect(&m_session.focus(), &workspace::Focus::windowChanged, this, followWindow);
    connect(&m_theme, &Theme::changed, this, [this] {
        refreshTools();
        m_card->refresh();
    });
    followWindow();
    connectExplorer();
    followLayout();
    connectMerges();
}

void GraphPane::connectExplorer()
{
    connect(m_explorer, &workspace::GraphExplorer::countsArrived, this, &GraphPane::offerExpansion);
    connect(m_explorer, &workspace::GraphExplorer::pathsFound, this, &GraphPane::takePaths);
    connect(m_explorer, &workspace::GraphExplorer::busyChanged, this, &GraphPane::refresh);
    connect(m_explorer, &workspace::GraphExplorer::opened, this,
            [this](quint64 nodes, quint64 unknown) {
                say(unknown == 0 ? tr("%1 nodes opened.").arg(countText(qint64(nodes)))
                                 : tr("%1 nodes opened; %2 of the file are not known here.")
                                       .arg(countText(qint64(nodes)), countText(qint64(unknown))));
            });
    connect(m_explorer, &workspace::GraphExplorer::truncated, this,
            [this](quint64 shown, quint64 total) {
                m_total = total;
                say(tr("%1 nodes: the ones with the strongest ties")
                        .arg(countOfText(qint64(shown), qint64(total))));
                refreshNote();
            });
    connect(m_explorer, &workspace::GraphExplorer::cancelled, this,
            [this] { say(tr("Stopped")); });
    connect(m_explorer, &workspace::GraphExplorer::heldBack, this,
            [this](const QList<quint32> &hubs) {
                say(tr("%n node(s) with very many neighbours are shown, not gone through", nullptr,
                       int(hubs.size())));
            });
    connect(m_explorer, &workspace::GraphExplorer::progressed, this,
            [this](qint64 done, qint64 total) {
                say(tr("Reading events: %1").arg(countOfText(done, total)));
            });
    connect(m_explorer, &workspace::GraphExplorer::failed, this, [this](const Error &error) {
        m_problem = error;
        const FailureText text = failureText(error);
        say(text.cause + u' ' + text.remedy);
        refresh();
    });
}

void GraphPane::followLayout()
{
    connect(m_layouter, &GraphLayouter::stepped, this,
            [this](const GraphState &of, const std::shared_ptr<const graph::Positions> &positions,
                   double) {
                if (of.facts != m_model->state().facts)
                    return;
                m_lastStep = positions;
                m_lastStepOf = of;
                m_view->setPreview(positions);
            });
    connect(m_layouter, &GraphLayouter::finished, this,
            [this](const GraphState &of, const std::shared_ptr<const graph::Positions> &positions) {
                m_lastStep = nullptr;
                takeLayout(of, *positions);
            });
    connect(m_layouter, &GraphLayouter::failed, this, [this](const Error &error) {
        const FailureText text = failureText(error);
        say(error.code == ErrorCode::Exhausted ? tr("Too many nodes for this layout") : text.cause);
    });
    connect(m_layouter, &GraphLayouter::runningChanged, this, [this] {
        // Stopped on its way: what was seen last is what is meant.
        if (!m_layouter->isRunning() && m_lastStep)
            takeLayout(m_lastStepOf, *std::exchange(m_lastStep, nullptr));
        refreshNote();
        refreshTools();
    });
}

void GraphPane::takeLayout(const GraphState &of, const graph::Positions &positions)
{
    if (of.facts != m_model->state().facts)
        return; // other nodes by now: followModel() has asked for a layout of those
    const GraphState &state = m_model->state();
    if (std::exchange(m_isWholeLayout, false))
        return m_model->apply(tr("Lay out the graph"), workspace::placed(state, positions));
    // Only new nodes were to be placed; what a hand has moved meanwhile is where it was put.
    graph::Positions merged = positions;
    for (graph::NodeIndex node = 0; node < state.size() && node < merged.size(); ++node)
        if ((*state.flags)[node] & GraphState::kPlaced)
            merged[node] = (*state.positions)[node];
    m_model->amend(workspace::placed(state, merged));
}

void GraphPane::followModel()
{
    const GraphState &state = m_model->state();
    m_view->setMeasures(m_analyst->measures());
    m_analyst->measure(state.facts);
    layOutNew();
    m_card->refresh();
    refresh();
    refreshNote();
    refreshTools();
}

void GraphPane::layOutNew()
{
    const GraphState &state = m_model->state();
    bool hasNew = false, hasOld = false;
    for (graph::NodeIndex node = 0; node < state.size(); ++node) {
        if (!state.isDrawn(node))
            continue;
        const bool isPlaced = (*state.flags)[node] & (GraphState::kPlaced | GraphState::kPinned);
        (isPlaced ? hasOld : hasNew) = true;
    }
    if (!hasNew)
        return;
    if (!hasOld)
        m_view->keepFitting();
    m_isWholeLayout = false;
    m_lastStep = nullptr;
    m_layouter->arrange(state, GraphArrangement::Force, GraphLayouter::Keep::Placed);
}

bool GraphPane::isSettled() const
{
    return !m_explorer->isBusy() && !m_layouter->isRunning() && m_view->isSettled();
}

void GraphPane::setTimeText(const TimeText &times)
{
    m_card->setTimeText(times);
}

void GraphPane::resizeEvent(QResizeEvent *event)
{
    Pane::resizeEvent(event);
    // After the layout has given the view its size.
    QMetaObject::invokeMethod(m_card, &GraphCard::refresh, Qt::QueuedConnection);
}

void GraphPane::showEvent(QShowEvent *event)
{
    Pane::showEvent(event);
    refresh();
}

void GraphPane::refresh()
{
    const bool isEmpty = m_model->state().size() == 0;
    const Session::State state = m_session.state();
    if (state != Session::State::Lost)
        setStaleSince(std::nullopt);
    else if (!isEmpty && !staleSinceMs())
        setStaleSince(QDateTime::currentMSecsSinceEpoch());
    if (!isEmpty) {
        setReady();
    } else if (state == Session::State::Lost) {
        setError({tr("The service is gone"), tr("Chrona keeps trying to reach it."), {}, {}});
    } else if (state != Session::State::Ready) {
        setLoading(tr("Starting the service…"));
    } else if (m_explorer->isBusy()) {
        setLoading(tr("Reading the graph…"));
    } else {
        refreshEmptiness();
    }
}

void GraphPane::refreshEmptiness()
{
    if (m_problem) {
        const FailureText text = failureText(*m_problem);
        setError({text.cause, text.remedy, tr("Try again"), [this] { showOverview(); }});
    } else if (m_session.events().snapshot()->columns.size() == 0) {
        setEmpty({tr("No events yet"), tr("The graph is made of what events name."),
                  tr("Load the sample world"), [this] { Q_EMIT sampleWorldWanted(); }});
    } else if (!m_hasAsked && isVisible()) {
        showOverview();
    } else {
        setEmpty({tr("Nothing on the graph"),
                  tr("No entity is named in this time window, or all were taken off."),
                  tr("Show the most named entities"), [this] { showOverview(); }});
    }
}

void GraphPane::refreshNote()
{
    const GraphState &state = m_model->state();
    qint64 drawn = 0;
    for (graph::NodeIndex node = 0; node < state.size(); ++node)
        drawn += state.isDrawn(node);
    QString note = tr("%1 nodes · %2 ties")
                       .arg(countOfText(drawn, std::max(drawn, qint64(m_total))),
                            countText(qint64(state.facts->graph.edgeCount())));
    if (m_layouter->isRunning())
        note += tr(" · laying out");
    setHeaderNote(state.size() == 0 ? QString() : note);
}

void GraphPane::say(const QString &text)
{
    m_notice->setText(text);
    m_notice->setVisible(!text.isEmpty());
    m_notice->setStyleSheet(
        u"background: %1; color: %2; border: 1px solid %3; border-radius: 3px;"_s.arg(
            m_theme.color(Role::Surface2).name(), m_theme.color(Role::Text1).name(),
            m_theme.color(Role::Line).name()));
    m_notice->adjustSize();
    m_notice->move(12, 12);
}

void GraphPane::showOverview()
{
    m_hasAsked = true;
    m_problem.reset();
    m_total = 0;
    m_view->keepFitting();
    m_explorer->showOverview(kOverviewNodes);
    refresh();
}

void GraphPane::showSelection()
{
    m_problem.reset();
    m_total = 0;
    m_view->keepFitting();
    m_explorer->showSelection();
}

void GraphPane::add(ipc::GraphNodeKey key)
{
    m_hasAsked = true;
    m_explorer->add(key);
}

void GraphPane::takePaths(const QList<QList<quint32>> &paths, bool isComplete)
{
    if (paths.isEmpty()) {
        say(isComplete ? tr("No way of four steps or fewer joins the two")
                       : tr("No way was found past nodes with very many neighbours"));
        return;
    }
    const QList<quint32> &best = paths.first();
    QStringList names;
    for (const quint32 node : best)
        names += nodeName(m_model->state(), node);
    QSet<quint32> nodes;
    for (const QList<quint32> &path : paths)
        nodes.unite(QSet<quint32>(path.begin(), path.end()));
    m_explorer->select(nodes, std::nullopt);
    m_view->setPath(best);
    const QString found =
        tr("%n way(s); the shortest: %1", nullptr, int(paths.size())).arg(names.join(u" – "_s));
    say(isComplete ? found : tr("%1 (there may be more)").arg(found));
}

} // namespace chrona::ui
