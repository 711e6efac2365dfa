// SPDX-License-Identifier: AGPL-3.0-or-later
#include "plain_map.h"
#include "sample_service.h"

#include "case/bearing_pane.h"
#include "case/case_dialogs.h"
#include "chrona/ui/theme.h"
#include "chrona/workspace/investigations.h"
#include "chrona/workspace/session.h"
#include "events/event_columns_model.h"
#include "events/events_pane.h"
#include "inspector/inspector_pane.h"
#include "shell/dock.h"
#include "shell/dock_themes.h"
#include "shell/layouts.h"
#include "shell/main_window.h"
#include "shell/research_panes.h"
#include "signals/signals_pane.h"

#include <QApplication>
#include <QFile>
#include <QFileInfo>
#include <QHeaderView>
#include <QMessageBox>
#include <QMouseEvent>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeWidget>

using namespace Qt::StringLiterals;
using namespace chrona;
using namespace chrona::ui;

namespace {

/// A window and the service behind it, which may go and come again.
struct StateDesk {
    explicit StateDesk(const QString &folder) : data(folder.toStdString())
    {
        std::filesystem::create_directories(data);
        startService();
        theme.applyTo(*qApp);
        settings = std::make_unique<QSettings>(settingsFile(), QSettings::IniFormat);
        workspace::SessionOptions options;
        options.dataFolder = data;
        session = std::make_unique<workspace::Session>(options);
        window = std::make_unique<MainWindow>(*session, theme, *settings, test::plainMap);
        window->show();
        session->open();
    }
    ~StateDesk()
    {
        window.reset();
        session.reset();
    }
    [[nodiscard]] QString settingsFile() const
    {
        return QString::fromStdString((data / "window.ini").string());
    }
    void startService()
    {
        auto started = test::SampleService::start(data, 2'000);
        if (!started)
            qFatal("%s", started.error().what.c_str());
        service = std::move(*started);
    }
    [[nodiscard]] bool isReady() const
    {
        return session->state() == workspace::Session::State::Ready &&
               session->selector().isSettled() && !session->selector().visible()->rows.empty();
    }
    template <class PaneType> [[nodiscard]] PaneType *pane(const QString &dock) const
    {
        return qobject_cast<PaneType *>(window->dock(dock)->widget());
    }
    void trigger(const QString &command) const { window->commands().action(command)->trigger(); }

    std::filesystem::path data;
    std::unique_ptr<test::SampleService> service;
    Theme theme;
    std::unique_ptr<QSettings> settings;
    std::unique_ptr<workspace::Session> session;
    std::unique_ptr<MainWindow> window;
};

} // namespace

/// What lasts: layouts over a crash, what is shown while the service is gone, sizes of docks; and
/// investigations that are read, compared and searched by meaning.
class TestWindowState : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
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

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<StateDesk> m_desk;
};

void TestWindowState::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_desk = std::make_unique<StateDesk>(m_folder->filePath(u"desk"_s));
    QTRY_VERIFY_WITH_TIMEOUT(m_desk->isReady(), 60'000);
    m_desk->session->undoStack().clear();
}

void TestWindowState::cleanup()
{
    m_desk.reset();
}

void TestWindowState::layoutOutlivesACrash()
{
    StateDesk &desk = *m_desk;
    desk.window->layouts().showPerspective(u"terminal"_s);
    desk.trigger(u"dock.chart"_s); // hidden
    QVERIFY(desk.window->dock(u"chart"_s)->isHidden());
    // Nothing is closed: what is on the disk a moment later is all that a crash leaves.
    const QString file = desk.settingsFile();
    QTRY_COMPARE(QSettings(file, QSettings::IniFormat).value(u"window/perspective"_s).toString(),
                 u"terminal"_s);
    const QString left = m_folder->filePath(u"left.ini"_s);
    const auto copyAsLeft = [&] {
        QFile::remove(left);
        return QFile::copy(file, left);
    };
    const auto isChartHidden = [&] {
        if (!copyAsLeft())
            return false;
        QSettings settings(left, QSettings::IniFormat);
        Theme theme;
        MainWindow after(*desk.session, theme, settings, test::plainMap);
        return after.layouts().current() == u"terminal"_s &&
               after.dock(u"chart"_s)->isHidden() && !after.dock(u"watchlist"_s)->isHidden();
    };
    QTRY_VERIFY_WITH_TIMEOUT(isChartHidden(), 20'000);
}

void TestWindowState::separatorIsMovedAndUndone()
{
    StateDesk &desk = *m_desk;
    QVERIFY(QTest::qWaitForWindowExposed(desk.window.get(), 60'000));
    QUndoStack &undo = desk.session->undoStack();
    Dock *layers = desk.window->dock(u"layers"_s);
    const int before = layers->width();
    // The line of one pixel between two docks is the window's own.
    const QPoint edge =
        layers->mapTo(desk.window.get(), QPoint(layers->width(), layers->height() / 2));
    QTest::mousePress(desk.window.get(), Qt::LeftButton, {}, edge);
    QTest::mouseMove(desk.window.get(), edge + QPoint(40, 0));
    QMouseEvent drag(QEvent::MouseMove, edge + QPoint(60, 0),
                     desk.window->mapToGlobal(edge + QPoint(60, 0)), Qt::LeftButton,
                     Qt::LeftButton, {});
    QApplication::sendEvent(desk.window.get(), &drag);
    QTRY_VERIFY(layers->width() > before); // the toolkit moves it a moment later
    QTest::mouseRelease(desk.window.get(), Qt::LeftButton, {}, edge + QPoint(60, 0));
    QTRY_COMPARE(undo.count(), 1);
    undo.undo();
    QTRY_COMPARE(layers->width(), before);
    undo.redo();
    QTRY_VERIFY(layers->width() > before);
}

void TestWindowState::windowOutlivesItsService()
{
    StateDesk &desk = *m_desk;
    auto *events = desk.pane<EventsPane>(u"events"_s);
    const int rows = events->model().rowCount();
    QVERIFY(rows > 1'000);
    const qint64 first = events->model().eventAt(0);
    desk.session->focus().select({first}, first);
    QTRY_COMPARE(desk.pane<InspectorPane>(u"inspector"_s)->shownEvent(), first);
    desk.service.reset();
    QTRY_COMPARE_WITH_TIMEOUT(desk.session->state(), workspace::Session::State::Lost, 30'000);
    // Everything stays, and can be looked at: filtered, sorted, brushed.
    QCOMPARE(events->model().rowCount(), rows);
    QCOMPARE(desk.pane<InspectorPane>(u"inspector"_s)->shownEvent(), first);
    workspace::EventFilter filter;
    filter.severityMin = 0.5F;
    desk.session->focus().setFilter(filter);
    QTRY_VERIFY(events->model().rowCount() < rows);
    desk.session->undoStack().undo();
    QTRY_COMPARE(events->model().rowCount(), rows);
    desk.startService();
    QTRY_COMPARE_WITH_TIMEOUT(desk.session->state(), workspace::Session::State::Ready, 60'000);
    QTRY_COMPARE(events->model().rowCount(), rows);
    QCOMPARE(desk.session->focus().selectedEvent(), first);
}

void TestWindowState::dockHasASizeOfItsOwn()
{
    StateDesk &desk = *m_desk;
    auto *events = desk.pane<EventsPane>(u"events"_s);
    auto *inspector = desk.pane<InspectorPane>(u"inspector"_s);
    const int row = events->table().verticalHeader()->defaultSectionSize();
    const int column = events->table().columnWidth(0);
    const int font = inspector->font().pixelSize();
    desk.window->activateWindow();
    events->table().setFocus();
    QTRY_VERIFY(events->table().hasFocus());
    for (int step = 0; step < 3; ++step)
        desk.trigger(u"view.zoomIn"_s);
    QTRY_VERIFY(events->table().verticalHeader()->defaultSectionSize() > row);
    QVERIFY(events->table().columnWidth(0) > column);
    QCOMPARE(inspector->font().pixelSize(), font); // the others keep theirs
    // Kept over a restart.
    QSettings settings(desk.settingsFile(), QSettings::IniFormat);
    QTRY_VERIFY(settings.value(u"zoom/events"_s).toDouble() > 1.2);
    desk.trigger(u"view.zoomReset"_s);
    QTRY_COMPARE(events->table().verticalHeader()->defaultSectionSize(), row);
    for (int step = 0; step < 30; ++step)
        desk.trigger(u"view.zoomOut"_s);
    QVERIFY(events->table().verticalHeader()->defaultSectionSize() >= row * 7 / 10);
}

void TestWindowState::tabMeetsEachDockOnce()
{
    StateDesk &desk = *m_desk;
    desk.window->activateWindow();
    QTRY_VERIFY(desk.window->isActiveWindow());
    // What an inspector shows is made late, and must not come last.
    const qint64 event = desk.pane<EventsPane>(u"events"_s)->model().eventAt(0);
    desk.session->focus().select({event}, event);
    QTRY_COMPARE(desk.pane<InspectorPane>(u"inspector"_s)->shownEvent(), event);
    for (const QString &perspective : {u"world"_s, u"terminal"_s, u"case"_s}) {
        desk.window->layouts().showPerspective(perspective);
        const auto dockInFocus = [] {
            QWidget *widget = QApplication::focusWidget();
            while (widget && !qobject_cast<Dock *>(widget))
                widget = widget->parentWidget();
            return widget ? widget->objectName() : QString();
        };
        auto *search = desk.window->findChild<QWidget *>(u"searchField"_s);
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
    StateDesk &desk = *m_desk;
    // The session of this desk, told that nothing is left.
    desk.session->events().replace(std::make_shared<const workspace::EventSnapshot>());
    QTRY_VERIFY(desk.session->selector().isSettled());
    for (const Dock *dock : desk.window->docks())
        if (dock->isVisible() && dock->pane())
            QTRY_VERIFY2(dock->pane()->state() != Pane::State::Loading,
                         qPrintable(dock->objectName()));
}

void TestWindowState::pinnedSignalIsShownAgain()
{
    StateDesk &desk = *m_desk;
    ResearchPanes &research = desk.window->research();
    QTRY_VERIFY(!research.signalList->chosen().empty());
    const auto signal = research.signalList->chosen().front();
    desk.trigger(u"case.pinSignal"_s);
    workspace::Investigation *current = desk.window->investigations().current();
    QVERIFY(current);
    const auto pins = current->items(schema::CaseItemKind::Pin);
    QCOMPARE(pins.size(), 1U);
    QCOMPARE(static_cast<int>(pins[0]->target.kind), static_cast<int>(schema::PinKind::Signal));
    QCOMPARE(pins[0]->target.id, signal.id.value);
    desk.session->undoStack().undo();
    QVERIFY(current->items(schema::CaseItemKind::Pin).empty());
    desk.window->layouts().showPerspective(u"world"_s);
    research.showSignal(signal.id.value);
    QCOMPARE(desk.window->layouts().current(), u"signals"_s);
}

void TestWindowState::whatBearsOnPinsIsListed()
{
    StateDesk &desk = *m_desk;
    desk.window->layouts().showPerspective(u"case"_s);
    auto *bearing = desk.pane<BearingPane>(u"bearing"_s);
    QCOMPARE(bearing->state(), Pane::State::Empty);
    const qint64 event = desk.pane<EventsPane>(u"events"_s)->model().eventAt(0);
    desk.session->focus().select({event}, event);
    desk.trigger(u"case.pin"_s);
    // It is asked once more when the pin is saved; all of it holds in the end.
    QTRY_VERIFY(bearing->state() == Pane::State::Ready && !bearing->stories().empty() &&
                bearing->signalsFound().size() == 1U);
    desk.session->undoStack().undo();
    QTRY_COMPARE(bearing->state(), Pane::State::Empty);
}

void TestWindowState::fileIsReadAndNothingIsStored()
{
    StateDesk &desk = *m_desk;
    const qint64 event = desk.pane<EventsPane>(u"events"_s)->model().eventAt(0);
    desk.session->focus().select({event}, event);
    desk.trigger(u"case.pin"_s);
    QTRY_COMPARE(desk.window->investigations().current()->unsaved(), 0U);
    const QString path = m_folder->filePath(u"passed.chrona"_s);
    desk.window->exportCaseTo(path);
    QTRY_VERIFY(QFile::exists(path));
    const auto stored = desk.service->cases().size();
    QTRY_VERIFY(QFileInfo(path).size() > 0);
    CaseFileDialog *dialog = nullptr;
    desk.window->readCaseFrom(path);
    QTRY_VERIFY((dialog = desk.window->findChild<CaseFileDialog *>()));
    QVERIFY(dialog->tree().topLevelItemCount() >= 2); // pins and own work
    QCOMPARE(desk.service->cases().size(), stored);
    dialog->close();
    // What is no such file is said, and nothing is changed.
    QFile bad(m_folder->filePath(u"bad.chrona"_s));
    QVERIFY(bad.open(QIODevice::WriteOnly));
    bad.write("not a database");
    bad.close();
    desk.window->readCaseFrom(bad.fileName());
    QTRY_VERIFY(desk.window->findChild<QMessageBox *>());
    desk.window->findChild<QMessageBox *>()->close();
    QCOMPARE(desk.service->cases().size(), stored);
}

void TestWindowState::twoAreCompared()
{
    StateDesk &desk = *m_desk;
    const auto &model = desk.pane<EventsPane>(u"events"_s)->model();
    workspace::Investigations &book = desk.window->investigations();
    const auto pin = [&](int row) {
        const qint64 event = model.eventAt(row);
        desk.session->focus().select({event}, event);
        desk.trigger(u"case.pin"_s);
    };
    book.create(u"First"_s);
    pin(0);
    pin(1);
    const auto first = book.current()->content();
    book.create(u"Second"_s);
    pin(1);
    pin(2);
    CaseCompareDialog dialog(first, book.current()->content(), desk.theme, nullptr);
    QStringList headings;
    for (int i = 0; i < dialog.tree().topLevelItemCount(); ++i)
        headings += dialog.tree().topLevelItem(i)->text(0);
    QVERIFY(headings[0].endsWith(u"(1)"_s)); // in both
    QVERIFY(headings[2].contains(u"First"_s) && headings[2].endsWith(u"(1)"_s));
    QVERIFY(headings[3].contains(u"Second"_s) && headings[3].endsWith(u"(1)"_s));
}

QTEST_MAIN(TestWindowState)
#include "tst_window_state.moc"
