// SPDX-License-Identifier: AGPL-3.0-or-later
#include "window_fixture.h"

#include "case/bearing_pane.h"
#include "case/case_dialogs.h"
#include "events/event_columns_model.h"
#include "events/events_pane.h"
#include "inspector/inspector_pane.h"
#include "shell/dock_themes.h"
#include "shell/research_panes.h"
#include "signals/signals_pane.h"

#include <QFile>
#include <QFileInfo>
#include <QHeaderView>
#include <QMessageBox>
#include <QMouseEvent>
#include <QTreeWidget>

using namespace Qt::StringLiterals;
using namespace chrona;
using namespace chrona::ui;

/// What lasts: layouts over a crash, what is shown while the service is gone, sizes of docks; and
/// investigations that are read, compared and searched by meaning.
class TestWindowState : public QObject, private test::WindowFixture {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup() { close(); }
    void layoutOutlivesACrash();
    void separatorIsMovedAndUndone();
    void windowOutlivesItsService();
    void dockHasASizeOfItsOwn();
    void tabMeetsEachDockOnce();
    void worldWithoutEventsIsNotLoading();
    void pinnedSignalIsShownAgain();
    void whatBearsOnPinsIsListed();
    void fileIsReadAndNothingIsStored();
    void twoAreCompared();
};

void TestWindowState::init()
{
    m_folder = QTemporaryDir(); // nothing is left of the test before
    open(2'000);
    m_session->undoStack().clear();
}

void TestWindowState::layoutOutlivesACrash()
{
    m_window->layouts().showPerspective(u"terminal"_s);
    trigger(u"dock.chart"_s); // hidden
    QVERIFY(m_window->dock(u"chart"_s)->isHidden());
    // Nothing is closed: what is on the disk a moment later is all that a crash leaves.
    const QString file = m_settings->fileName();
    QTRY_COMPARE(QSettings(file, QSettings::IniFormat).value(u"window/perspective"_s).toString(),
                 u"terminal"_s);
    const QString left = m_folder.filePath(u"left.ini"_s);
    const auto copyAsLeft = [&] {
        QFile::remove(left);
        return QFile::copy(file, left);
    };
    const auto isChartHidden = [&] {
        if (!copyAsLeft())
            return false;
        QSettings settings(left, QSettings::IniFormat);
        Theme theme;
        MainWindow after(*m_session, theme, settings, test::plainMap);
        return after.layouts().current() == u"terminal"_s &&
               after.dock(u"chart"_s)->isHidden() && !after.dock(u"watchlist"_s)->isHidden();
    };
    QTRY_VERIFY_WITH_TIMEOUT(isChartHidden(), 20'000);
}

void TestWindowState::separatorIsMovedAndUndone()
{
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get(), 60'000));
    QUndoStack &undo = m_session->undoStack();
    Dock *layers = m_window->dock(u"layers"_s);
    const int before = layers->width();
    // The line of one pixel between two docks is the window's own.
    const QPoint edge =
        layers->mapTo(m_window.get(), QPoint(layers->width(), layers->height() / 2));
    QTest::mousePress(m_window.get(), Qt::LeftButton, {}, edge);
    QTest::mouseMove(m_window.get(), edge + QPoint(40, 0));
    QMouseEvent drag(QEvent::MouseMove, edge + QPoint(60, 0),
                     m_window->mapToGlobal(edge + QPoint(60, 0)), Qt::LeftButton, Qt::LeftButton,
                     {});
    QApplication::sendEvent(m_window.get(), &drag);
    QTRY_VERIFY(layers->width() > before); // the toolkit moves it a moment later
    QTest::mouseRelease(m_window.get(), Qt::LeftButton, {}, edge + QPoint(60, 0));
    QTRY_COMPARE(undo.count(), 1);
    undo.undo();
    QTRY_COMPARE(layers->width(), before);
    undo.redo();
    QTRY_VERIFY(layers->width() > before);
}

void TestWindowState::windowOutlivesItsService()
{
    auto *events = pane<EventsPane>(u"events"_s);
    const int rows = events->model().rowCount();
    QVERIFY(rows > 1'000);
    const qint64 first = events->model().eventAt(0);
    focus().select({first}, first);
    QTRY_COMPARE(pane<InspectorPane>(u"inspector"_s)->shownEvent(), first);
    m_service.reset();
    QTRY_COMPARE_WITH_TIMEOUT(m_session->state(), workspace::Session::State::Lost, 30'000);
    // Everything stays, and can be looked at: filtered, sorted, brushed.
    QCOMPARE(events->model().rowCount(), rows);
    QCOMPARE(pane<InspectorPane>(u"inspector"_s)->shownEvent(), first);
    workspace::EventFilter filter;
    filter.severityMin = 0.5F;
    focus().setFilter(filter);
    QTRY_VERIFY(events->model().rowCount() < rows);
    m_session->undoStack().undo();
    QTRY_COMPARE(events->model().rowCount(), rows);
    serve(2'000);
    QTRY_COMPARE_WITH_TIMEOUT(m_session->state(), workspace::Session::State::Ready, 60'000);
    QTRY_COMPARE(events->model().rowCount(), rows);
    QCOMPARE(focus().selectedEvent(), first);
}

void TestWindowState::dockHasASizeOfItsOwn()
{
    auto *events = pane<EventsPane>(u"events"_s);
    auto *inspector = pane<InspectorPane>(u"inspector"_s);
    const int row = events->table().verticalHeader()->defaultSectionSize();
    const int column = events->table().columnWidth(0);
    const int font = inspector->font().pixelSize();
    m_window->activateWindow();
    events->table().setFocus();
    QTRY_VERIFY(events->table().hasFocus());
    for (int step = 0; step < 3; ++step)
        trigger(u"view.zoomIn"_s);
    QTRY_VERIFY(events->table().verticalHeader()->defaultSectionSize() > row);
    QVERIFY(events->table().columnWidth(0) > column);
    QCOMPARE(inspector->font().pixelSize(), font); // the others keep theirs
    // Kept over a restart.
    QSettings settings(m_settings->fileName(), QSettings::IniFormat);
    QTRY_VERIFY(settings.value(u"zoom/events"_s).toDouble() > 1.2);
    trigger(u"view.zoomReset"_s);
    QTRY_COMPARE(events->table().verticalHeader()->defaultSectionSize(), row);
    for (int step = 0; step < 30; ++step)
        trigger(u"view.zoomOut"_s);
    QVERIFY(events->table().verticalHeader()->defaultSectionSize() >= row * 7 / 10);
}

void TestWindowState::tabMeetsEachDockOnce()
{
    m_window->activateWindow();
    QTRY_VERIFY(m_window->isActiveWindow());
    // What an inspector shows is made late, and must not come last.
    const qint64 event = pane<EventsPane>(u"events"_s)->model().eventAt(0);
    focus().select({event}, event);
    QTRY_COMPARE(pane<InspectorPane>(u"inspector"_s)->shownEvent(), event);
    for (const QString &perspective : {u"world"_s, u"terminal"_s, u"case"_s}) {
        m_window->layouts().showPerspective(perspective);
        const auto dockInFocus = [] {
            QWidget *widget = QApplication::focusWidget();
            while (widget && !qobject_cast<Dock *>(widget))
                widget = widget->parentWidget();
            return widget ? widget->objectName() : QString();
        };
        auto *search = m_window->findChild<QWidget *>(u"searchField"_s);
        search->setFocus();
        QTRY_VERIFY(search->hasFocus());
        QStringList visits;
        QSet<QWidget *> stops;
        for (int presses = 0; presses < 400; ++presses) {
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
            QWidget *stop = QApplication::focusWidget();
            QVERIFY(stop);
            if (stop == search)
                break;
            QVERIFY2(!stops.contains(stop), qPrintable(stop->accessibleName()));
            stops.insert(stop);
            if (const QString dock = dockInFocus();
                !dock.isEmpty() && (visits.isEmpty() || visits.last() != dock))
                visits += dock;
        }
        QVERIFY(search->hasFocus()); // all the way round
        QVERIFY(visits.size() > 4);
        QVERIFY2(QSet<QString>(visits.cbegin(), visits.cend()).size() == visits.size(),
                 qPrintable(visits.join(u' ')));
    }
}

/// It was loading for ever, and whoever waited for all panes waited with it.
void TestWindowState::worldWithoutEventsIsNotLoading()
{
    // The session of this desk, told that nothing is left.
    m_session->events().replace(std::make_shared<const workspace::EventSnapshot>());
    QTRY_VERIFY(m_session->selector().isSettled());
    for (const Dock *dock : m_window->docks())
        if (dock->isVisible() && dock->pane())
            QTRY_VERIFY2(dock->pane()->state() != Pane::State::Loading,
                         qPrintable(dock->objectName()));
}

void TestWindowState::pinnedSignalIsShownAgain()
{
    ResearchPanes &research = m_window->research();
    QTRY_VERIFY(!research.signalList->chosen().empty());
    const auto signal = research.signalList->chosen().front();
    trigger(u"case.pinSignal"_s);
    workspace::Investigation *current = m_window->investigations().current();
    QVERIFY(current);
    const auto pins = current->items(schema::CaseItemKind::Pin);
    QCOMPARE(pins.size(), 1U);
    QCOMPARE(static_cast<int>(pins[0]->target.kind), static_cast<int>(schema::PinKind::Signal));
    QCOMPARE(pins[0]->target.id, signal.id.value);
    m_session->undoStack().undo();
    QVERIFY(current->items(schema::CaseItemKind::Pin).empty());
    m_window->layouts().showPerspective(u"world"_s);
    research.showSignal(signal.id.value);
    QCOMPARE(m_window->layouts().current(), u"signals"_s);
}

void TestWindowState::whatBearsOnPinsIsListed()
{
    m_window->layouts().showPerspective(u"case"_s);
    auto *bearing = pane<BearingPane>(u"bearing"_s);
    QCOMPARE(bearing->state(), Pane::State::Empty);
    const qint64 event = pane<EventsPane>(u"events"_s)->model().eventAt(0);
    focus().select({event}, event);
    trigger(u"case.pin"_s);
    // It is asked once more when the pin is saved; all of it holds in the end.
    QTRY_VERIFY(bearing->state() == Pane::State::Ready && !bearing->stories().empty() &&
                bearing->signalsFound().size() == 1U);
    m_session->undoStack().undo();
    QTRY_COMPARE(bearing->state(), Pane::State::Empty);
}

void TestWindowState::fileIsReadAndNothingIsStored()
{
    const qint64 event = pane<EventsPane>(u"events"_s)->model().eventAt(0);
    focus().select({event}, event);
    trigger(u"case.pin"_s);
    QTRY_COMPARE(m_window->investigations().current()->unsaved(), 0U);
    const QString path = m_folder.filePath(u"passed.chrona"_s);
    m_window->exportCaseTo(path);
    QTRY_VERIFY(QFile::exists(path));
    const auto stored = m_service->cases().size();
    QTRY_VERIFY(QFileInfo(path).size() > 0);
    CaseFileDialog *dialog = nullptr;
    m_window->readCaseFrom(path);
    QTRY_VERIFY((dialog = m_window->findChild<CaseFileDialog *>()));
    QVERIFY(dialog->tree().topLevelItemCount() >= 2); // pins and own work
    QCOMPARE(m_service->cases().size(), stored);
    dialog->close();
    // What is no such file is said, and nothing is changed.
    QFile bad(m_folder.filePath(u"bad.chrona"_s));
    QVERIFY(bad.open(QIODevice::WriteOnly));
    bad.write("not a database");
    bad.close();
    m_window->readCaseFrom(bad.fileName());
    QTRY_VERIFY(m_window->findChild<QMessageBox *>());
    m_window->findChild<QMessageBox *>()->close();
    QCOMPARE(m_service->cases().size(), stored);
}

void TestWindowState::twoAreCompared()
{
    const auto &model = pane<EventsPane>(u"events"_s)->model();
    workspace::Investigations &book = m_window->investigations();
    const auto pin = [&](int row) {
        const qint64 event = model.eventAt(row);
        focus().select({event}, event);
        trigger(u"case.pin"_s);
    };
    book.create(u"First"_s);
    pin(0);
    pin(1);
    const auto first = book.current()->content();
    book.create(u"Second"_s);
    pin(1);
    pin(2);
    CaseCompareDialog dialog(first, book.current()->content(), *m_theme, nullptr);
    QStringList headings;
    for (int i = 0; i < dialog.tree().topLevelItemCount(); ++i)
        headings += dialog.tree().topLevelItem(i)->text(0);
    QVERIFY(headings[0].endsWith(u"(1)"_s)); // in both
    QVERIFY(headings[2].contains(u"First"_s) && headings[2].endsWith(u"(1)"_s));
    QVERIFY(headings[3].contains(u"Second"_s) && headings[3].endsWith(u"(1)"_s));
}

QTEST_MAIN(TestWindowState)
#include "tst_window_state.moc"
