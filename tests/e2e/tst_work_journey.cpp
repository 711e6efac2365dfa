// SPDX-License-Identifier: AGPL-3.0-or-later
#include "person.h"
#include "programs.h"

#include "chrona/ui/map/map_view.h"
#include "chrona/ui/workstation.h"
#include "chrona/workspace/session.h"
#include "events/event_columns_model.h"
#include "events/events_pane.h"
#include "graph/graph_pane.h"
#include "graph/graph_view.h"
#include "shell/dock.h"
#include "shell/layouts.h"
#include "shell/main_window.h"
#include "shell/status_mark.h"
#include "timeline/timeline_pane.h"

#include <QApplication>
#include <QMenu>
#include <QProcess>
#include <QSettings>
#include <QTest>
#include <QTimer>
#include <QUndoStack>

#include <algorithm>
#include <csignal>

using namespace Qt::StringLiterals;
using namespace chrona;
using namespace chrona::ui;
using graph::NodeIndex;

/// A day of work before the whole program, by keyboard and mouse: the graph is grown, searched and
/// corrected; the service dies under the window and comes again; the program itself is killed, and
/// the next one stands as that one stood.
class TestWorkJourney : public QObject {
    Q_OBJECT

public:
    static void initMain() { qputenv("QTEST_FUNCTION_TIMEOUT", "840000"); }

private Q_SLOTS:
    void initTestCase();
    void graphAndALostService();
    void layoutOutlivesTheKilledProgram();
    void cleanupTestCase();

private:
    using Step = void (TestWorkJourney::*)();
    void sit(const std::vector<Step> &steps);
    void walk(const std::vector<Step> &steps);

    void opensTheGraph();
    void expandsANode();
    void findsAPath();
    void mergesAndSplits();
    void worksWhileTheServiceIsDead();
    void seesTheKilledProgramsLayout();

    [[nodiscard]] GraphPane *graph() const { return m_person.pane<GraphPane>(u"graph"_s); }
    [[nodiscard]] workspace::GraphModel &model() const { return graph()->model(); }
    [[nodiscard]] workspace::Session &session() const { return m_person.session(); }
    [[nodiscard]] std::vector<NodeIndex> openNodes() const;
    void click(NodeIndex node, Qt::KeyboardModifiers keys = {}) const;
    [[nodiscard]] qsizetype rows() const
    {
        const auto shown = qsizetype(session().selector().visible()->rows.size());
        const bool isSettled = session().selector().isSettled() &&
                               m_person.pane<EventsPane>(u"events"_s)->model().rowCount() == shown;
        return isSettled ? shown : -1;
    }
    [[nodiscard]] qint64 servicePid() const;
    void killServiceLeft() const;

    QTemporaryDir m_folder;
    std::unique_ptr<e2e::Programs> m_programs;
    e2e::Person m_person;
};

namespace {

constexpr int kGraphSettleMs = 60'000;

/// Presses keys wherever the display has its focus, as a keyboard would.
bool displayTakes(const QStringList &words)
{
    QProcess xdotool;
    xdotool.start(u"xdotool"_s, words);
    return xdotool.waitForFinished(10'000) && xdotool.exitCode() == 0;
}

/// The window of a program, focused; empty: there is none yet.
QString focusWindowOf(qint64 pid)
{
    QProcess search;
    search.start(u"xdotool"_s, {u"search"_s, u"--onlyvisible"_s, u"--pid"_s, QString::number(pid)});
    if (!search.waitForFinished(10'000))
        return {};
    const QString window = QString::fromLatin1(search.readAllStandardOutput()).section(u'\n', 0, 0);
    return !window.isEmpty() && displayTakes({u"windowfocus"_s, window}) ? window : QString();
}

} // namespace

void TestWorkJourney::initTestCase()
{
    QVERIFY(m_folder.isValid());
    m_programs = std::make_unique<e2e::Programs>(m_folder.path());
    qputenv("XDG_CONFIG_HOME", m_folder.filePath(u"config"_s).toUtf8());
    qputenv("PATH", QByteArray(CHRONA_PROGRAMS ":") + qgetenv("PATH"));
    QApplication::setApplicationName(u"chrona"_s);
    QApplication::setApplicationVersion(QStringLiteral(CHRONA_VERSION));
    QVERIFY(m_programs->startService());
    const e2e::Ran loaded = m_programs->chronactl(
        {u"demo"_s, u"load"_s, u"--events"_s, u"8000"_s, u"--years"_s, u"2"_s},
        std::chrono::seconds(180));
    QVERIFY2(loaded.code == 0, qPrintable(loaded.err));
    // From now on it is the workstation that starts it.
    QVERIFY(m_programs->stopService());
}

void TestWorkJourney::cleanupTestCase()
{
    killServiceLeft();
    m_programs.reset();
}

qint64 TestWorkJourney::servicePid() const
{
    QFile lock(m_programs->dataFolder() + u"/lock"_s);
    return lock.open(QIODevice::ReadOnly) ? lock.readLine().trimmed().toLongLong() : 0;
}

void TestWorkJourney::killServiceLeft() const
{
    if (const qint64 pid = servicePid(); e2e::isAlive(pid))
        ::kill(static_cast<pid_t>(pid), SIGTERM);
}

void TestWorkJourney::sit(const std::vector<Step> &steps)
{
    WorkstationOptions options;
    options.dataFolder = m_programs->dataFolder().toStdString();
    Workstation workstation(*qApp, options);
    QTimer::singleShot(0, this, [this, &steps] { walk(steps); });
    QCOMPARE(workstation.run(), 0);
}

void TestWorkJourney::walk(const std::vector<Step> &steps)
{
    m_person.sitsDown();
    for (const Step step : steps) {
        if (QTest::currentTestFailed())
            break;
        (this->*step)();
    }
    if (m_person.window() && !QTest::currentTestFailed())
        m_person.commands(u"Quit and stop the service"_s);
    else
        QApplication::quit();
}

void TestWorkJourney::graphAndALostService()
{
    sit({&TestWorkJourney::opensTheGraph, &TestWorkJourney::expandsANode,
         &TestWorkJourney::findsAPath, &TestWorkJourney::mergesAndSplits,
         &TestWorkJourney::worksWhileTheServiceIsDead});
    QVERIFY(!QTest::currentTestFailed());
    JOURNEY_VERIFY(!e2e::isAlive(servicePid()));
}

void TestWorkJourney::opensTheGraph()
{
    JOURNEY_VERIFY(session().state() == workspace::Session::State::Ready && rows() > 5'000);
    m_person.presses(u"Ctrl+3"_s);
    JOURNEY_VERIFY(graph()->isVisible() && graph()->isSettled() && model().state().size() > 10);
}

/// Entities that can be clicked on, the most named first; topics apart, which are never merged.
std::vector<NodeIndex> TestWorkJourney::openNodes() const
{
    const workspace::GraphState &state = model().state();
    const GraphView &view = graph()->view();
    std::vector<NodeIndex> open;
    for (NodeIndex node = 0; node < state.size(); ++node) {
        const QPoint at = view.placeOf(node).toPoint();
        if (state.isDrawn(node) && view.rect().adjusted(30, 30, -30, -30).contains(at) &&
            view.nodeAt(at) == node && !view.childAt(at) &&
            workspace::keyOf(state, node).kind == ipc::GraphNodeKind::Entity &&
            state.facts->nodes[node].detail != std::uint8_t(schema::EntityKind::EventTopic))
            open.push_back(node);
    }
    std::ranges::sort(open, std::greater(),
                      [&state](NodeIndex node) { return state.facts->nodes[node].evidence; });
    return open;
}

void TestWorkJourney::click(NodeIndex node, Qt::KeyboardModifiers keys) const
{
    QTest::mouseClick(&graph()->view(), Qt::LeftButton, keys,
                      graph()->view().placeOf(node).toPoint());
    QTRY_VERIFY_WITH_TIMEOUT(model().selection().contains(node) && graph()->isSettled(),
                             kGraphSettleMs);
}

void TestWorkJourney::expandsANode()
{
    const std::size_t before = model().state().size();
    const auto open = openNodes();
    const workspace::GraphFacts &facts = *model().state().facts;
    const auto more = std::ranges::find_if(open, [&facts](NodeIndex node) {
        return facts.nodes[node].neighbours > facts.graph.links(node).size() + 5;
    });
    QVERIFY(more != open.end());
    click(*more);
    QTest::keyClick(&graph()->view(), Qt::Key_Return); // what would come is counted first
    JOURNEY_VERIFY(qobject_cast<QMenu *>(QApplication::activePopupWidget()));
    QCOMPARE(model().state().size(), before);
    QTest::keyClick(QApplication::activePopupWidget(), Qt::Key_Return);
    JOURNEY_VERIFY(model().state().size() > before && graph()->isSettled());
    const std::size_t grown = model().state().size();
    for (const auto &[keys, expected] :
         {std::pair{u"Ctrl+Z"_s, before}, {u"Ctrl+Shift+Z"_s, grown}, {u"Ctrl+Z"_s, before}}) {
        m_person.presses(keys);
        JOURNEY_VERIFY(model().state().size() == expected && graph()->isSettled());
    }
}

void TestWorkJourney::findsAPath()
{
    const auto open = openNodes();
    const graph::Graph &all = model().state().facts->graph;
    for (const NodeIndex one : open) {
        const auto other = std::ranges::find_if(open, [&](NodeIndex node) {
            return node != one && !all.links(node).empty() && !all.links(one).empty() &&
                   !std::ranges::contains(all.links(one), node, &graph::Link::neighbour);
        });
        if (other == open.end())
            continue;
        click(one);
        click(*other, Qt::ControlModifier);
        QCOMPARE(model().selection().size(), 2);
        m_person.presses(u"Ctrl+Alt+P"_s);
        JOURNEY_VERIFY(model().selection().size() > 2); // with those on the way
        QVERIFY(model().selection().contains(one) && model().selection().contains(*other));
        return;
    }
    QFAIL("everything is tied to everything here");
}

void TestWorkJourney::mergesAndSplits()
{
    QTest::keyClick(&graph()->view(), Qt::Key_Home); // all of it, whatever was looked at
    JOURNEY_VERIFY(openNodes().size() >= 2);
    const auto open = openNodes();
    const auto keyAt = [this](NodeIndex node) { return workspace::keyOf(model().state(), node); };
    const ipc::GraphNodeKey part = keyAt(open[1]), whole = keyAt(open[0]);
    const auto isThere = [this](ipc::GraphNodeKey key) {
        return workspace::findNode(model().state(), key).has_value();
    };
    click(open[1]);
    click(open[0], Qt::ControlModifier);
    m_person.presses(u"Ctrl+Alt+M"_s);
    JOURNEY_VERIFY(!isThere(part) && graph()->isSettled());
    JOURNEY_VERIFY(!graph()->merges().partsOf({whole.id}).empty());
    click(*workspace::findNode(model().state(), whole));
    m_person.commands(u"Take the selected entity apart"_s);
    JOURNEY_VERIFY(isThere(part) && graph()->isSettled());
    m_person.presses(u"Ctrl+Z"_s);
    JOURNEY_VERIFY(!isThere(part) && graph()->isSettled());
    m_person.presses(u"Ctrl+Z"_s);
    JOURNEY_VERIFY(isThere(part) && graph()->isSettled());
}

void TestWorkJourney::worksWhileTheServiceIsDead()
{
    m_person.presses(u"Ctrl+1"_s);
    JOURNEY_VERIFY(rows() > 5'000);
    const qsizetype all = rows();
    const qint64 first = servicePid();
    QVERIFY(e2e::isAlive(first));
    QCOMPARE(::kill(static_cast<pid_t>(first), SIGKILL), 0);
    const auto says = [this](const QString &word) {
        return std::ranges::any_of(m_person.window()->findChildren<StatusMark *>(),
                                   [&word](const StatusMark *one) { return one->word() == word; });
    };
    JOURNEY_VERIFY(says(u"service lost, reconnecting"_s));
    // What was shown can be worked with meanwhile.
    TimelineView &view = m_person.pane<TimelinePane>(u"timeline"_s)->view();
    const QPoint middle = view.rect().center();
    e2e::Person::drags(view, middle, middle + QPoint(view.width() / 5, 0));
    JOURNEY_VERIFY(rows() > 0 && rows() < all);
    m_person.presses(u"Ctrl+Z"_s);
    JOURNEY_VERIFY(rows() == all);
    // It is started again by itself, and what comes then is shown.
    JOURNEY_VERIFY(says(u"service ready"_s));
    QVERIFY(servicePid() != first);
    JOURNEY_VERIFY(rows() == all);
    const QString own = m_programs->file(
        u"own.csv"_s, "type,title,observed_at,source_ref\nnews,Mine,2026-01-01T00:00:00Z,mine\n");
    const QStringList import{u"import"_s, u"--kind"_s, u"events"_s, own};
    JOURNEY_VERIFY(m_programs->chronactl(import).code == 0);
    JOURNEY_VERIFY(qsizetype(session().events().snapshot()->columns.size()) > all);
}

void TestWorkJourney::layoutOutlivesTheKilledProgram()
{
    QProcess chrona;
    chrona.setProcessChannelMode(QProcess::ForwardedChannels);
    chrona.start(QStringLiteral(CHRONA_PROGRAMS "/chrona"),
                 {u"--data"_s, m_programs->dataFolder(), u"--language"_s, u"en"_s});
    QVERIFY(chrona.waitForStarted());
    const QString kept = workstationSettingsFile();
    const auto isKept = [&kept](const QString &key, const auto &check) {
        return check(QSettings(kept, QSettings::IniFormat).value(key));
    };
    const auto stands = [&](const QString &perspective) {
        return isKept(u"window/perspective"_s, [&perspective](const QVariant &value) {
            return value.toString() == perspective;
        });
    };
    JOURNEY_VERIFY(!focusWindowOf(chrona.processId()).isEmpty() &&
                   displayTakes({u"key"_s, u"ctrl+2"_s}) && stands(u"terminal"_s));
    const QString states = u"perspectives/terminal"_s;
    const QByteArray before = QSettings(kept, QSettings::IniFormat).value(states).toByteArray();
    QVERIFY(displayTakes({u"key"_s, u"ctrl+shift+c"_s})); // takes the chart away
    JOURNEY_VERIFY(isKept(states, [&before](const QVariant &value) {
        return !value.toByteArray().isEmpty() && value.toByteArray() != before;
    }));
    chrona.kill();
    QVERIFY(chrona.waitForFinished(20'000));
    sit({&TestWorkJourney::seesTheKilledProgramsLayout});
}

void TestWorkJourney::seesTheKilledProgramsLayout()
{
    const MainWindow &window = *m_person.window();
    QCOMPARE(m_person.window()->layouts().current(), u"terminal"_s);
    QVERIFY(window.dock(u"chart"_s)->isHidden());
    QVERIFY(window.dock(u"watchlist"_s)->isVisible());
}

QTEST_MAIN(TestWorkJourney)
#include "tst_work_journey.moc"
