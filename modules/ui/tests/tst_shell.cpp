// SPDX-License-Identifier: AGPL-3.0-or-later
#include "window_fixture.h"

#include "events/event_columns_model.h"
#include "events/events_pane.h"
#include "feed/feed_pane.h"
#include "inspector/inspector_pane.h"
#include "layers/layer_model.h"
#include "shell/command_palette.h"
#include "shell/pictures.h"
#include "timeline/timeline_pane.h"

#include <QAccessible>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QSignalSpy>

using namespace Qt::StringLiterals;
using namespace chrona;
using namespace chrona::ui;

namespace {

constexpr std::size_t kShellEvents = 20'000;

} // namespace

class TestShell : public QObject, private test::WindowFixture {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase() { close(); }
    void contrast_data();
    void contrast();
    void docksOfAPerspectiveAreShown();
    void theBrushFiltersEveryView();
    void layersFilterAndCount();
    void theSelectionShowsEverywhere();
    void stepsCanBeUndone();
    void thePaletteRunsACommand();
    void everyMenuActionIsInThePalette();
    void layoutsComeBack();
    void everyWidgetThatTakesFocusHasAName();
    void tabReachesEveryDock();
    void newEventsArrive();
    void anIdleWindowPaintsNothing();
    void picturesAreTaken();

private:
    [[nodiscard]] const workspace::VisibleEvents &visible() const
    {
        return *m_session->selector().visible();
    }
    void settle();

    std::size_t m_all = 0;
};

void TestShell::initTestCase()
{
    open(kShellEvents);
    QTRY_COMPARE_WITH_TIMEOUT(m_session->events().snapshot()->columns.size(), kShellEvents, 30'000);
    QTRY_VERIFY(m_session->selector().isSettled() && !visible().rows.empty());
    m_all = visible().rows.size(); // without those that were retracted
    QVERIFY(m_all > kShellEvents * 9 / 10);
    m_session->undoStack().clear();
}

void TestShell::settle()
{
    auto &model = pane<EventsPane>(u"events"_s)->model();
    QTRY_VERIFY(m_session->selector().isSettled());
    QTRY_COMPARE(model.rowCount(), static_cast<int>(visible().rows.size()));
}

void TestShell::contrast_data()
{
    QTest::addColumn<bool>("isDark");
    QTest::addColumn<int>("text");
    QTest::addColumn<int>("surface");
    for (const bool isDark : {true, false}) {
        for (const Role text : {Role::Text1, Role::Text2}) {
            for (const Role surface :
                 {Role::Surface0, Role::Surface1, Role::Surface2, Role::Surface3})
                QTest::addRow("%s: text %d on surface %d", isDark ? "dark" : "light",
                              static_cast<int>(text) - static_cast<int>(Role::Text1) + 1,
                              static_cast<int>(surface))
                    << isDark << static_cast<int>(text) << static_cast<int>(surface);
        }
    }
}

void TestShell::contrast()
{
    QFETCH(bool, isDark);
    QFETCH(int, text);
    QFETCH(int, surface);
    const Palette &palette = isDark ? darkPalette() : lightPalette();
    QVERIFY(contrastOf(palette.roles[static_cast<std::size_t>(text)],
                       palette.roles[static_cast<std::size_t>(surface)]) >= 4.5);
}

void TestShell::docksOfAPerspectiveAreShown()
{
    const auto shown = [this] {
        QStringList ids;
        for (const Dock *dock : m_window->docks()) {
            if (!dock->isHidden()) // one behind another is shown as well
                ids += dock->objectName();
        }
        ids.sort();
        return ids;
    };
    m_window->layouts().showPerspective(u"world"_s);
    QCOMPARE(shown(), u"events inspector layers map timeline"_s.split(u' '));
    m_window->layouts().showPerspective(u"terminal"_s);
    QCOMPARE(shown(), u"alerts briefing-top calendar chart elevated feed hourly jobs sources "
                      u"timeline watchlist"_s.split(u' '));
    QVERIFY(m_window->dock(u"hourly"_s)->isVisible() && m_window->dock(u"alerts"_s)->isVisible());
    m_window->layouts().showPerspective(u"world"_s);
}

void TestShell::theBrushFiltersEveryView()
{
    auto *timeline = pane<TimelinePane>(u"timeline"_s);
    TimelineView &view = timeline->view();
    const int y = view.height() / 2;
    QTest::mousePress(&view, Qt::LeftButton, {}, {view.width() / 2, y});
    QTest::mouseMove(&view, {view.width() / 2 + 40, y});
    QTest::mouseMove(&view, {view.width() / 2 + 160, y});
    QTest::mouseRelease(&view, Qt::LeftButton, {}, {view.width() / 2 + 160, y});
    settle();
    const auto inWindow = visible().rows.size();
    QVERIFY(inWindow > 0 && inWindow < m_all);
    const auto window = m_session->focus().window();
    QCOMPARE(view.brush().begin, window.begin.time_since_epoch().count());
    qint64 counted = 0;
    const schema::EventColumns &columns = m_session->events().snapshot()->columns;
    for (std::size_t row = 0; row < columns.size(); ++row) {
        const std::int64_t at = columns.observedAt[row];
        counted += at >= view.brush().begin && at < view.brush().end &&
                   !(columns.flags[row] & schema::EventColumns::kRetracted);
    }
    QCOMPARE(static_cast<qint64>(inWindow), counted);
    QCOMPARE(pane<EventsPane>(u"events"_s)->headerNote(),
             countOfText(counted, static_cast<qint64>(kShellEvents)));
    m_window->commands().action(u"time.all"_s)->trigger();
    settle();
    QCOMPARE(visible().rows.size(), m_all);
}

void TestShell::layersFilterAndCount()
{
    auto *list = m_window->dock(u"layers"_s)->findChild<QListView *>();
    auto *layers = qobject_cast<LayerModel *>(list->model());
    QVERIFY(layers);
    const QModelIndex weather = layers->index(0);
    const qint64 count = weather.data(LayerModel::CountRole).toLongLong();
    QVERIFY(count > 0);
    QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, list->visualRect(weather).center());
    settle();
    QCOMPARE(static_cast<qint64>(visible().rows.size()), static_cast<qint64>(m_all) - count);
    QCOMPARE(weather.data(LayerModel::CountRole).toLongLong(), count); // still told when hidden
    QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, list->visualRect(weather).center());
    settle();
    QCOMPARE(visible().rows.size(), m_all);
}

void TestShell::theSelectionShowsEverywhere()
{
    auto *events = pane<EventsPane>(u"events"_s);
    QTest::mouseClick(events->table().viewport(), Qt::LeftButton, {},
                      events->table().visualRect(events->model().index(3, 2)).center());
    const qint64 id = events->model().eventAt(3);
    QCOMPARE(m_session->focus().selectedEvent(), id);
    QTRY_COMPARE(pane<InspectorPane>(u"inspector"_s)->shownEvent(), id);
    QTRY_COMPARE(pane<Pane>(u"inspector"_s)->state(), Pane::State::Ready);
    // Keys move it on, and the inspector follows.
    QTest::keyClick(&events->table(), Qt::Key_Down);
    QCOMPARE(m_session->focus().selectedEvent(), events->model().eventAt(4));
    QTRY_COMPARE(pane<InspectorPane>(u"inspector"_s)->shownEvent(), events->model().eventAt(4));
    // From elsewhere into the table.
    const qint64 other = events->model().eventAt(10);
    m_session->focus().select({other}, other);
    QVERIFY(events->table().selectionModel()->isRowSelected(10));
    m_session->focus().clearSelection();
    QCOMPARE(pane<Pane>(u"inspector"_s)->state(), Pane::State::Empty);
}

void TestShell::stepsCanBeUndone()
{
    QUndoStack &undo = m_session->undoStack();
    undo.clear();
    const auto before = m_session->focus().window();
    auto *timeline = pane<TimelinePane>(u"timeline"_s);
    QAction *month = m_window->commands().action(u"time.month"_s);
    QCOMPARE(month->shortcut(), QKeySequence(u"Alt+3"_s));
    month->trigger();
    settle();
    QVERIFY(m_session->focus().window() != before);
    const auto after = m_session->focus().window();
    QCOMPARE(undo.count(), 1);
    // A drag is one step, however many moves it has.
    TimelineView &view = timeline->view();
    QTest::mousePress(&view, Qt::LeftButton, {}, {200, 50});
    for (int x = 210; x < 400; x += 10)
        QTest::mouseMove(&view, {x, 50});
    QTest::mouseRelease(&view, Qt::LeftButton, {}, {400, 50});
    QCOMPARE(undo.count(), 2);
    undo.undo();
    QCOMPARE(m_session->focus().window(), after);
    undo.undo();
    QCOMPARE(m_session->focus().window(), before);
    undo.redo();
    QCOMPARE(m_session->focus().window(), after);
    undo.undo();
    settle();
    // Hiding a dock is a step as well.
    m_window->commands().action(u"dock.layers"_s)->trigger();
    QVERIFY(!m_window->dock(u"layers"_s)->isVisible());
    undo.undo();
    QVERIFY(m_window->dock(u"layers"_s)->isVisible());
}

void TestShell::thePaletteRunsACommand()
{
    QAction *open = m_window->commands().action(u"help.palette"_s);
    QCOMPARE(open->shortcut(), QKeySequence(u"Ctrl+K"_s));
    open->trigger();
    CommandPalette &palette = m_window->commandPalette();
    QVERIFY(palette.isVisible());
    auto *input = palette.findChild<QLineEdit *>();
    QTest::keyClicks(input, u"terminal"_s);
    QTRY_VERIFY(palette.entryCount() > 0);
    QTest::keyClick(input, Qt::Key_Return);
    QVERIFY(!palette.isVisible());
    QCOMPARE(m_window->layouts().current(), u"terminal"_s);
    palette.open(u"Terminal"_s);
    QTest::keyClick(input, Qt::Key_Escape);
    QVERIFY(!palette.isVisible());
    m_window->layouts().showPerspective(u"world"_s);
}

void TestShell::everyMenuActionIsInThePalette()
{
    const QList<QAction *> &known = m_window->commands().all();
    QSet<QString> ids;
    QHash<QKeySequence, int> keys; // two commands of one shortcut: neither would answer
    for (const QAction *action : known) {
        for (const QKeySequence &key : action->shortcuts())
            QVERIFY2(keys[key]++ == 0, qPrintable(key.toString()));
        QVERIFY2(!action->objectName().isEmpty(), qPrintable(action->text()));
        QVERIFY2(!ids.contains(action->objectName()), qPrintable(action->objectName()));
        ids.insert(action->objectName());
    }
    for (const QMenu *menu : m_window->findChildren<QMenu *>()) {
        if (menu->title().isEmpty() || menu->title() == u"Delete"_s)
            continue;
        for (QAction *action : menu->actions()) {
            if (!action->isSeparator() && !action->menu())
                QVERIFY2(known.contains(action), qPrintable(action->text()));
        }
    }
}

void TestShell::layoutsComeBack()
{
    Layouts &layouts = m_window->layouts();
    layouts.showPerspective(u"world"_s);
    m_window->dock(u"inspector"_s)->hide();
    layouts.saveAs(u"Without inspector / ÄÖ"_s);
    QVERIFY(layouts.names().contains(u"Without inspector / ÄÖ"_s));
    layouts.showPerspective(u"terminal"_s);
    QVERIFY(layouts.restore(u"Without inspector / ÄÖ"_s));
    QCOMPARE(layouts.current(), u"world"_s);
    QVERIFY(!m_window->dock(u"inspector"_s)->isVisible());
    QVERIFY(m_window->dock(u"timeline"_s)->isVisible());
    QVERIFY(!layouts.restore(u"no such layout"_s));
    layouts.remove(u"Without inspector / ÄÖ"_s);
    QVERIFY(layouts.names().isEmpty());
    layouts.resetPerspective();
    QVERIFY(m_window->dock(u"inspector"_s)->isVisible());
}

void TestShell::everyWidgetThatTakesFocusHasAName()
{
    for (const Perspective &perspective : m_window->layouts().perspectives()) {
        m_window->layouts().showPerspective(perspective.id);
        for (QWidget *widget : m_window->findChildren<QWidget *>()) {
            if (!widget->isVisible() || !(widget->focusPolicy() & Qt::TabFocus))
                continue;
            const QAccessibleInterface *face = QAccessible::queryAccessibleInterface(widget);
            QString where;
            for (const QWidget *up = widget; up; up = up->parentWidget())
                where += QString::fromLatin1(up->metaObject()->className()) + u' ' +
                         up->objectName() + u" < "_s;
            QVERIFY2(face && !face->text(QAccessible::Name).isEmpty(), qPrintable(where));
        }
    }
    m_window->layouts().showPerspective(u"world"_s);
}

void TestShell::tabReachesEveryDock()
{
    QSet<QString> reached;
    QWidget *start = m_window->nextInFocusChain();
    int steps = 0;
    for (QWidget *widget = start; ++steps < 2000; widget = widget->nextInFocusChain()) {
        if (steps > 1 && widget == start)
            break;
        if (!widget->isVisible() || !(widget->focusPolicy() & Qt::TabFocus))
            continue;
        for (const Dock *dock : m_window->docks()) {
            if (dock->isAncestorOf(widget))
                reached.insert(dock->objectName());
        }
    }
    for (const QString &dock : {u"layers"_s, u"inspector"_s, u"events"_s, u"timeline"_s})
        QVERIFY2(reached.contains(dock), qPrintable(dock));
}

void TestShell::newEventsArrive()
{
    const auto before = m_session->events().snapshot()->columns.size();
    const int steps = m_session->undoStack().count();
    m_service->publishEvents(5);
    QTRY_COMPARE(m_session->events().snapshot()->columns.size(), before + 5);
    // Everything was shown, so everything still is.
    QTRY_COMPARE(visible().rows.size(), m_all + 5);
    settle();
    QCOMPARE(m_session->undoStack().count(), steps); // that was nobody's doing
}

void TestShell::anIdleWindowPaintsNothing()
{
    TimelineView &view = pane<TimelinePane>(u"timeline"_s)->view();
    settle();
    // What was still on its way is painted; then nothing is, however often one looks.
    int painted = -1, calmLooks = 0;
    const auto isCalm = [&] {
        calmLooks = view.framesPainted() == painted ? calmLooks + 1 : 0;
        painted = view.framesPainted();
        return calmLooks >= 10;
    };
    QTRY_VERIFY(isCalm());
}

void TestShell::picturesAreTaken()
{
    const QString kept = qEnvironmentVariable("CHRONA_PICTURES");
    const QDir folder(kept.isEmpty() ? m_folder.filePath(u"pictures"_s) : kept);
    Pictures pictures(*m_window, *m_session, *m_theme, folder, [] { return true; });
    QSignalSpy done(&pictures, &Pictures::finished);
    pictures.start();
    QTRY_COMPARE_WITH_TIMEOUT(done.count(), 1, 300'000);
    QCOMPARE(done.first().first().toInt(), 0);
    QVERIFY(pictures.written().size() >= 20);
    for (const QString &path : pictures.written()) {
        const QImage image(path);
        QVERIFY2(!image.isNull(), qPrintable(path));
    }
}

QTEST_MAIN(TestShell)
#include "tst_shell.moc"
