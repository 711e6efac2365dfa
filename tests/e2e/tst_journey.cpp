// SPDX-License-Identifier: AGPL-3.0-or-later
#include "person.h"
#include "programs.h"

#include "alerts/rule_form.h"
#include "alerts/rules_dialog.h"
#include "case/bearing_pane.h"
#include "case/board_pane.h"
#include "case/case_items_model.h"
#include "case/item_editor.h"
#include "case/pins_pane.h"
#include "chrona/geo/mercator.h"
#include "chrona/ui/map/map_view.h"
#include "chrona/ui/workstation.h"
#include "chrona/workspace/investigations.h"
#include "chrona/workspace/session.h"
#include "events/event_columns_model.h"
#include "events/events_pane.h"
#include "graph/graph_pane.h"
#include "graph/graph_view.h"
#include "inspector/inspector_pane.h"
#include "shell/commands.h"
#include "shell/dock.h"
#include "shell/first_run_dialog.h"
#include "shell/layouts.h"
#include "shell/main_window.h"
#include "timeline/timeline_pane.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QInputDialog>
#include <QLineEdit>
#include <QListView>
#include <QPlainTextEdit>
#include <QPointer>
#include <QTest>
#include <QTimer>
#include <QUndoStack>

#include <cmath>
#include <csignal>

using namespace Qt::StringLiterals;
using namespace chrona;
using namespace chrona::ui;

/// A person who has just installed Chrona: the whole program, its service and its database start
/// for the first time; the sample world is explored and a storm is followed through every view into
/// an investigation and out into files. By keyboard and mouse, in one sitting.
class TestJourney : public QObject {
    Q_OBJECT

public:
    /// One sitting is one test function, and longer than Qt Test lets one be by itself.
    static void initMain() { qputenv("QTEST_FUNCTION_TIMEOUT", "840000"); }

private Q_SLOTS:
    void initTestCase();
    void firstRunToExport();
    void cleanupTestCase();

private:
    void choosesTheSampleWorld();
    void brushesTheTimeline();
    void filtersForStorms();
    void findsTheStormOnTheMap();
    void looksAtItsGraph();
    void beginsAnInvestigation();
    void pinsTheStormAndTheSearch();
    void asksToBeAlerted();
    void writesANote();
    void looksAtWhatBearsOnIt();
    void exportsIt();

    using Step = void (TestJourney::*)();
    void walk();
    void brush();
    void tell(const char *what) const
    {
        qInfo("%lld ms: %s", static_cast<long long>(m_sinceStart.elapsed()), what);
    }
    [[nodiscard]] workspace::Session &session() const { return m_map->session(); }
    [[nodiscard]] workspace::Focus &focus() const { return session().focus(); }
    template <class PaneType> [[nodiscard]] PaneType *pane(const QString &dock) const
    {
        return m_person.pane<PaneType>(dock);
    }
    void press(const QString &keys) const { m_person.presses(keys); }
    [[nodiscard]] qsizetype rows() const
    {
        return qsizetype(session().selector().visible()->rows.size());
    }
    [[nodiscard]] bool isSettled() const
    {
        return session().selector().isSettled() &&
               pane<EventsPane>(u"events"_s)->model().rowCount() == rows();
    }
    [[nodiscard]] bool isStorm(qint64 event) const
    {
        const auto row = session().events().rowOf(event);
        return row && session().events().snapshot()->columns.type[*row] ==
                          std::uint8_t(schema::EventType::TropicalCyclone);
    }

    QTemporaryDir m_folder;
    std::unique_ptr<e2e::Programs> m_programs;
    e2e::Person m_person;
    QPointer<MainWindow> m_window;
    QPointer<MapView> m_map;
    QElapsedTimer m_sinceStart;
    qint64 m_storm = 0;
};

void TestJourney::initTestCase()
{
    QVERIFY(m_folder.isValid());
    m_programs = std::make_unique<e2e::Programs>(m_folder.path());
    qputenv("XDG_CONFIG_HOME", m_folder.filePath(u"config"_s).toUtf8());
    QApplication::setAttribute(Qt::AA_DontUseNativeDialogs); // keys reach Qt's own
    qputenv("PATH", QByteArray(CHRONA_PROGRAMS ":") + qgetenv("PATH"));
    QApplication::setApplicationName(u"chrona"_s);
    QApplication::setApplicationVersion(QStringLiteral(CHRONA_VERSION));
}

void TestJourney::cleanupTestCase()
{
    // Where the journey broke off, the service that it started is still there.
    QFile lock(m_programs->dataFolder() + u"/lock"_s);
    if (lock.open(QIODevice::ReadOnly))
        if (const qint64 pid = lock.readLine().trimmed().toLongLong(); e2e::isAlive(pid))
            ::kill(static_cast<pid_t>(pid), SIGTERM);
    m_programs.reset();
}

void TestJourney::firstRunToExport()
{
    WorkstationOptions options;
    options.dataFolder = m_programs->dataFolder().toStdString();
    m_sinceStart.start();
    Workstation workstation(*qApp, options);
    QTimer::singleShot(0, this, &TestJourney::walk);
    QCOMPARE(workstation.run(), 0);
    QVERIFY(!QTest::currentTestFailed());
    // Quitting ended the service too.
    QTRY_VERIFY_WITH_TIMEOUT(m_programs->chronactl({u"status"_s}).code != 0, e2e::kJourneyMsMax);
}

void TestJourney::walk()
{
    const std::pair<const char *, Step> steps[] = {
        {"chooses the sample world", &TestJourney::choosesTheSampleWorld},
        {"brushes the timeline", &TestJourney::brushesTheTimeline},
        {"filters for storms", &TestJourney::filtersForStorms},
        {"finds the storm on the map", &TestJourney::findsTheStormOnTheMap},
        {"looks at its graph", &TestJourney::looksAtItsGraph},
        {"begins an investigation", &TestJourney::beginsAnInvestigation},
        {"pins the storm and the search", &TestJourney::pinsTheStormAndTheSearch},
        {"asks to be alerted", &TestJourney::asksToBeAlerted},
        {"writes a note", &TestJourney::writesANote},
        {"looks at what bears on it", &TestJourney::looksAtWhatBearsOnIt},
        {"exports it", &TestJourney::exportsIt}};
    for (const auto &[name, step] : steps) {
        tell(name);
        (this->*step)();
        if (QTest::currentTestFailed())
            break;
    }
    if (m_window)
        m_person.commands(u"Quit and stop the service"_s);
    else
        QApplication::quit();
}

void TestJourney::choosesTheSampleWorld()
{
    m_person.sitsDown();
    if (QTest::currentTestFailed())
        return;
    m_window = m_person.window();
    m_map = m_person.map();
    QTRY_VERIFY_WITH_TIMEOUT(m_window->findChild<FirstRunDialog *>(), 300'000);
    e2e::Person::clicks(*m_window->findChild<FirstRunDialog *>(), u"Explore the sample world"_s);
    const QAction *load = m_window->commands().action(u"data.sample"_s);
    QVERIFY(!load->isEnabled()); // it is being loaded
    tell("the sample world was chosen");
    // What is there can be looked at and brushed meanwhile.
    QTRY_VERIFY_WITH_TIMEOUT(load->isEnabled() || (rows() > 0 && m_map->shownEvents() > 0),
                             300'000);
    QVERIFY2(!load->isEnabled(), "nothing was shown before all was there");
    tell("the first events on map, timeline and table");
    const qsizetype before = rows();
    brush();
    QTRY_VERIFY_WITH_TIMEOUT(load->isEnabled() || (rows() > 0 && rows() < before), 300'000);
    QVERIFY2(!load->isEnabled(), "nothing could be brushed before all was there");
    tell("the first brush has gone through every view");
    // Let go: the window follows again what comes.
    QTest::keyClick(&pane<TimelinePane>(u"timeline"_s)->view(), Qt::Key_Escape);
    QTRY_VERIFY_WITH_TIMEOUT(load->isEnabled(), 300'000);
    QTRY_VERIFY_WITH_TIMEOUT(rows() > 200'000 && isSettled(), 300'000);
    JOURNEY_VERIFY(m_map->isSettled() && m_map->shownEvents() > 0);
    tell("the whole sample world on the map");
}

void TestJourney::brush()
{
    TimelineView &view = pane<TimelinePane>(u"timeline"_s)->view();
    const int y = view.height() / 2, x = view.width() / 2;
    e2e::Person::drags(view, {x, y}, {x + 240, y});
}

void TestJourney::brushesTheTimeline()
{
    const qsizetype all = rows();
    brush();
    JOURNEY_VERIFY(isSettled() && rows() > 0 && rows() < all);
    const qsizetype brushed = rows();
    for (const auto &[keys, expected] :
         {std::pair{u"Ctrl+Z"_s, all}, {u"Ctrl+Shift+Z"_s, brushed}, {u"Ctrl+Z"_s, all}}) {
        press(keys);
        JOURNEY_VERIFY(isSettled() && rows() == expected);
    }
}

void TestJourney::filtersForStorms()
{
    press(u"Ctrl+F"_s);
    auto *line = qobject_cast<QLineEdit *>(QApplication::focusWidget());
    QVERIFY(line);
    QTest::keyClicks(line, u"type:tropical_cyclone"_s);
    JOURNEY_VERIFY(isSettled() && rows() > 0 &&
                   focus().filter().types ==
                       1U << static_cast<unsigned>(schema::EventType::TropicalCyclone));
    auto *events = pane<EventsPane>(u"events"_s);
    QTest::mouseClick(events->table().viewport(), Qt::LeftButton, {},
                      events->table().visualRect(events->model().index(0, 2)).center());
    m_storm = focus().selectedEvent();
    QVERIFY(isStorm(m_storm));
    auto *inspector = pane<InspectorPane>(u"inspector"_s);
    JOURNEY_VERIFY(inspector->shownEvent() == m_storm && inspector->state() == Pane::State::Ready);
    QVERIFY(inspector->asText().size() > 20);
}

void TestJourney::findsTheStormOnTheMap()
{
    m_map->setFocus();
    const double before = m_map->camera().zoom;
    QTest::keyClick(m_map, Qt::Key_F); // to the selection
    JOURNEY_VERIFY(m_map->isSettled() && m_map->camera().zoom > before + 0.5);
    const double near = m_map->camera().zoom;
    JOURNEY_VERIFY(session().undoStack().undoText() == u"Move the map"_s);
    press(u"Ctrl+Z"_s);
    QVERIFY(std::abs(m_map->camera().zoom - before) < 1e-6);
    press(u"Ctrl+Shift+Z"_s);
    QVERIFY(std::abs(m_map->camera().zoom - near) < 1e-6);
    press(u"Ctrl+Shift+A"_s);
    QCOMPARE(focus().selectedEvent(), 0);
    const auto row = session().events().rowOf(m_storm);
    const schema::EventColumns &columns = session().events().snapshot()->columns;
    const QPoint at = m_map->camera()
                          .toScreen(geo::project({columns.longitude[*row], columns.latitude[*row]}))
                          .toPoint();
    JOURNEY_VERIFY(m_map->isSettled() && m_map->eventAt(at));
    for (QWidget *child : m_map->findChildren<QWidget *>())
        if (child->inherits("QQuickWidget"))
            QTest::mouseClick(child, Qt::LeftButton, {}, at);
    JOURNEY_VERIFY(isStorm(focus().selectedEvent()));
    m_storm = focus().selectedEvent(); // another report of it may lie on the same spot
    JOURNEY_VERIFY(pane<InspectorPane>(u"inspector"_s)->shownEvent() == m_storm);
}

void TestJourney::looksAtItsGraph()
{
    press(u"Ctrl+Shift+G"_s);
    press(u"Ctrl+3"_s);
    auto *graph = pane<GraphPane>(u"graph"_s);
    JOURNEY_VERIFY(graph->isVisible() && graph->isSettled() && graph->model().state().size() > 0);
    GraphView &view = graph->view();
    const GraphCamera before = view.camera();
    e2e::Person::turnsWheel(view, 2);
    QVERIFY(view.camera().zoom > before.zoom);
    JOURNEY_VERIFY(session().undoStack().undoText() == u"Move the graph"_s);
    press(u"Ctrl+Z"_s);
    QVERIFY(std::abs(view.camera().zoom - before.zoom) < 1e-6);
    press(u"Ctrl+1"_s);
    QCOMPARE(m_window->layouts().current(), u"world"_s);
}

void TestJourney::beginsAnInvestigation()
{
    press(u"Ctrl+Shift+N"_s);
    auto *line = m_window->findChild<QInputDialog *>()->findChild<QLineEdit *>();
    QVERIFY(line);
    QTest::keyClicks(line, u"The first storm"_s);
    QTest::keyClick(line, Qt::Key_Return);
    JOURNEY_VERIFY(m_window->investigations().current() &&
                   m_window->investigations().current()->title() == u"The first storm"_s);
}

void TestJourney::pinsTheStormAndTheSearch()
{
    press(u"Ctrl+1"_s);
    press(u"Ctrl+D"_s);
    const auto pins = [this] {
        return m_window->investigations().current()->items(schema::CaseItemKind::Pin);
    };
    JOURNEY_VERIFY(pins().size() == 1U);
    QCOMPARE(pins().front()->target.id, m_storm);
    m_person.commands(u"Pin the time window and filter"_s);
    JOURNEY_VERIFY(pins().size() == 2U);
    press(u"Ctrl+Z"_s);
    JOURNEY_VERIFY(pins().size() == 1U);
    press(u"Ctrl+Shift+Z"_s);
    JOURNEY_VERIFY(pins().size() == 2U);
    // Another program sees them as they are saved.
    const QStringList show{u"investigation"_s, u"show"_s, u"The first storm"_s, u"--json"_s};
    JOURNEY_VERIFY(m_programs->chronactl(show).out.contains(QString::number(m_storm)));
}

void TestJourney::asksToBeAlerted()
{
    press(u"Ctrl+6"_s);
    auto *pins = pane<PinsPane>(u"pins"_s);
    auto *list = pins->findChild<QListView *>();
    int search = -1;
    for (int row = 0; row < pins->model().rowCount(); ++row)
        if (pins->model().item(pins->model().index(row, 0))->target.kind == schema::PinKind::Search)
            search = row;
    QVERIFY(search >= 0);
    const QModelIndex at = pins->model().index(search, 0);
    list->scrollTo(at);
    QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, list->visualRect(at).center());
    m_person.commands(u"Alert me of what comes to the pin"_s);
    auto *dialog = m_window->findChild<RulesDialog *>();
    QVERIFY(dialog);
    const auto rule = dialog->form().rule();
    QVERIFY2(rule, rule ? "" : qPrintable(rule.error()));
    QCOMPARE(rule->types, 1U << static_cast<unsigned>(schema::EventType::TropicalCyclone));
    e2e::Person::clicks(*dialog, u"Save"_s);
    QTRY_COMPARE_WITH_TIMEOUT(dialog->message(), u"Saved."_s, e2e::kJourneyMsMax);
    QVERIFY(m_programs->chronactl({u"alerts"_s, u"rules"_s})
                .out.contains(QString::fromStdString(rule->name)));
    QTest::keyClick(dialog, Qt::Key_Escape);
    QVERIFY(!dialog->isVisible());
}

void TestJourney::writesANote()
{
    press(u"Ctrl+N"_s);
    auto *text = pane<BoardPane>(u"board"_s)->editor().findChild<QPlainTextEdit *>();
    QVERIFY(text);
    JOURNEY_VERIFY(text->hasFocus());
    QTest::keyClicks(text, u"Landfall within two days"_s);
    // Put in place and saved by itself, a moment after the last key.
    const auto *current = m_window->investigations().current();
    JOURNEY_VERIFY(current->items(schema::CaseItemKind::Note).size() == 1U &&
                   current->items(schema::CaseItemKind::Note).front()->text ==
                       "Landfall within two days");
    JOURNEY_VERIFY(current->unsaved() == 0U);
    QVERIFY(m_programs->chronactl({u"investigation"_s, u"show"_s, u"The first storm"_s})
                .out.contains(u"Landfall within two days"_s));
}

void TestJourney::looksAtWhatBearsOnIt()
{
    const auto *bearing = pane<BearingPane>(u"bearing"_s);
    JOURNEY_VERIFY(bearing->state() != Pane::State::Loading);
    QVERIFY(bearing->state() != Pane::State::Error);
    press(u"Ctrl+4"_s); // nothing was searched yet, and the view says so
    const auto *found = pane<Pane>(u"signals"_s);
    JOURNEY_VERIFY(found->isVisible() && found->state() != Pane::State::Loading);
    QVERIFY(found->state() != Pane::State::Error);
}

void TestJourney::exportsIt()
{
    const QString file = m_folder.filePath(u"storm.chrona"_s);
    const QString table = m_folder.filePath(u"storms.csv"_s);
    m_person.willType(file);
    press(u"Ctrl+Shift+E"_s);
    JOURNEY_VERIFY(m_person.filesGiven() == 1);
    JOURNEY_VERIFY(m_programs->chronactl({u"investigation"_s, u"read"_s, file})
                       .out.contains(u"Landfall within two days"_s));
    press(u"Ctrl+1"_s);
    const qsizetype shown = rows();
    m_person.willType(table);
    m_person.commands(u"Export the events as CSV"_s);
    JOURNEY_VERIFY(m_person.filesGiven() == 2);
    const auto lines = [&table] {
        QFile written(table);
        return written.open(QIODevice::ReadOnly) ? written.readAll().count('\n') : 0;
    };
    JOURNEY_VERIFY(lines() == shown + 1);
    const QString picture = m_folder.filePath(u"map.png"_s);
    m_person.willType(picture);
    m_person.commands(u"Export the map as a picture"_s);
    JOURNEY_VERIFY(m_person.coloursOf(picture, m_map->size() * 2) > 8); // for wide screens
}

QTEST_MAIN(TestJourney)
#include "tst_journey.moc"
