// SPDX-License-Identifier: AGPL-3.0-or-later
// What holds in every perspective: the timeline, and one line above the status bar.
#include "window_fixture.h"

#include "timeline/timeline_pane.h"

#include <QImage>
#include <QLabel>
#include <QStatusBar>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace chrona;
using namespace chrona::ui;

namespace {

constexpr int kTimelineLeast = 120; ///< of the dock: its header, lanes and an axis

} // namespace

class TestPerspectives : public QObject, private test::WindowFixture {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { open(2'000); }
    void cleanupTestCase() { close(); }
    void timelineIsInEach_data();
    void timelineIsInEach();
    void timelineDrivesTheFocusInEach();
    void oneLineLiesAboveTheStatusBar();
    void statusBarTellsWhatWasDone();
    void whatWasLeftWithoutTheTimelineGetsItOnce();
    void ownLayoutWithoutTheTimelineStaysSo();

private:
    [[nodiscard]] std::unique_ptr<MainWindow> makeWindow(QSettings &settings)
    {
        auto window = std::make_unique<MainWindow>(*m_session, *m_theme, settings, test::plainMap);
        window->show();
        return window;
    }
    [[nodiscard]] QString file(const QString &name) const { return m_folder.filePath(name); }
};

void TestPerspectives::timelineIsInEach_data()
{
    QTest::addColumn<QSize>("size");
    QTest::addColumn<int>("least");
    QTest::newRow("usual") << QSize(1440, 900) << kTimelineLeast;
    QTest::newRow("large") << QSize(2560, 1440) << kTimelineLeast;
    QTest::newRow("smallest") << QSize(960, 600) << 90; // other docks need all the rest
}

void TestPerspectives::timelineIsInEach()
{
    QFETCH(QSize, size);
    QFETCH(int, least);
    m_window->resize(size);
    QTRY_COMPARE(m_window->size(), size);
    const Dock *timeline = m_window->dock(u"timeline"_s);
    for (const Perspective &perspective : m_window->layouts().perspectives()) {
        m_window->layouts().showPerspective(perspective.id);
        m_window->layouts().resetPerspective();
        const auto name = perspective.id.toUtf8();
        QTRY_VERIFY2(timeline->isVisible() && timeline->height() >= least,
                     qPrintable(u"%1: %2"_s.arg(perspective.id).arg(timeline->height())));
        QVERIFY2(!timeline->visibleRegion().isEmpty(), name.constData());
        // One that was forgotten lies over the others, where it was last.
        QCOMPARE(m_window->dockWidgetArea(m_window->dock(u"timeline"_s)),
                 Qt::BottomDockWidgetArea);
        // As wide as the window and right above the status bar, wherever one is.
        QCOMPARE(timeline->width(), m_window->width());
        QVERIFY2(timeline->geometry().bottom() + 1 == m_window->statusBar()->y(), name.constData());
        QVERIFY2(timeline->findChild<TimelineView *>()->height() >= least - 30, name.constData());
    }
}

void TestPerspectives::timelineDrivesTheFocusInEach()
{
    m_window->resize(1440, 900);
    auto *view = m_window->dock(u"timeline"_s)->findChild<TimelineView *>();
    for (const Perspective &perspective : m_window->layouts().perspectives()) {
        m_window->layouts().showPerspective(perspective.id);
        m_window->commands().action(u"time.all"_s)->trigger();
        const auto before = focus().window();
        const QPoint at(view->width() / 2, view->height() / 2);
        QTest::mousePress(view, Qt::LeftButton, {}, at);
        QTest::mouseMove(view, at + QPoint(40, 0));
        QTest::mouseRelease(view, Qt::LeftButton, {}, at + QPoint(160, 0));
        QVERIFY2(focus().window() != before, qPrintable(perspective.id));
        QCOMPARE(view->brush().begin, focus().window().begin.time_since_epoch().count());
    }
    m_window->commands().action(u"time.all"_s)->trigger();
}

/// Right below the docks, from edge to edge: with room between, the docks' end looks like another.
void TestPerspectives::oneLineLiesAboveTheStatusBar()
{
    m_window->resize(1440, 900);
    const QColor line = m_theme->color(Role::Line);
    const auto linesAtTheEnd = [&] {
        const QImage picture = m_window->grab().toImage();
        const int top = m_window->statusBar()->y();
        int lines = 0;
        for (int y = top - 4; y <= top; ++y) {
            int inked = 0;
            for (int x = 0; x < picture.width(); ++x)
                inked += picture.pixelColor(x, y) == line;
            lines += inked == picture.width();
        }
        return lines;
    };
    const auto isFilled = [&] { // docks are put in their places a moment later
        return std::ranges::any_of(m_window->docks(), [&](const Dock *dock) {
            return dock->isVisible() && dock->geometry().bottom() >= m_window->statusBar()->y() - 2;
        });
    };
    for (const Perspective &perspective : m_window->layouts().perspectives()) {
        m_window->layouts().showPerspective(perspective.id);
        m_window->layouts().resetPerspective();
        QTRY_VERIFY(isFilled());
        QTRY_COMPARE_WITH_TIMEOUT(linesAtTheEnd(), 1, 5'000);
        trigger(u"dock.timeline"_s); // hidden
        QTRY_VERIFY(isFilled());
        QTRY_COMPARE_WITH_TIMEOUT(linesAtTheEnd(), 1, 5'000);
        m_window->layouts().resetPerspective();
    }
}

void TestPerspectives::statusBarTellsWhatWasDone()
{
    QStatusBar &bar = *m_window->statusBar();
    const auto isSeen = [&bar](const QString &words) {
        return std::ranges::any_of(bar.findChildren<QLabel *>(), [&words](const QLabel *label) {
            return label->isVisible() && label->text() == words && label->width() > 0 &&
                   label->fontMetrics().horizontalAdvance(words) <= label->width();
        });
    };
    QVERIFY(isSeen(u"research, not advice"_s));
    bar.showMessage(u"12 rows exported"_s);
    QTRY_VERIFY(isSeen(u"12 rows exported"_s));
    const QString path = u"Exported to "_s + QString(300, u'a') + u".csv"_s;
    bar.showMessage(path);
    QTRY_VERIFY(std::ranges::any_of(bar.findChildren<QLabel *>(), [&](const QLabel *label) {
        return label->toolTip() == path && label->text().endsWith(".csv"_L1);
    }));
    QCOMPARE(bar.width(), m_window->width());
    bar.clearMessage();
    QTRY_VERIFY(isSeen(u"research, not advice"_s));
}

void TestPerspectives::whatWasLeftWithoutTheTimelineGetsItOnce()
{
    for (const QString &id : {u"oracle"_s, u"briefing"_s}) {
        const QString gone = id == "oracle"_L1 ? u"accuracy"_s : u"briefing-notes"_s;
        QSettings settings(file(id + u".ini"_s), QSettings::IniFormat);
        {
            auto window = makeWindow(settings);
            window->layouts().showPerspective(id);
            window->dock(gone)->hide();
            // As a program left it that had no timeline here.
            window->removeDockWidget(window->dock(u"timeline"_s));
            window->layouts().saveSession();
            settings.remove(u"window/later-"_s + id);
        }
        {
            auto window = makeWindow(settings);
            QCOMPARE(window->layouts().current(), id);
            QVERIFY(window->dock(gone)->isHidden()); // what else was arranged is as it was left
            const Dock *timeline = window->dock(u"timeline"_s);
            QTRY_VERIFY(timeline->isVisible() && timeline->height() >= kTimelineLeast);
            QTRY_COMPARE(timeline->geometry().bottom() + 1, window->statusBar()->y());
            QCOMPARE(timeline->width(), window->width());
            window->commands().action(u"dock.timeline"_s)->trigger();
            window->layouts().saveSession();
        }
        auto window = makeWindow(settings);
        QVERIFY(window->dock(u"timeline"_s)->isHidden()); // hidden by its user
        // What is no state at all is no reason for an empty window.
        settings.setValue(u"perspectives/"_s + id, QByteArray("torn"));
        window.reset();
        settings.setValue(u"perspectives/"_s + id, QByteArray("torn"));
        auto after = makeWindow(settings);
        QTRY_VERIFY(after->dock(u"timeline"_s)->isVisible());
    }
}

void TestPerspectives::ownLayoutWithoutTheTimelineStaysSo()
{
    Layouts &layouts = m_window->layouts();
    layouts.showPerspective(u"oracle"_s);
    layouts.resetPerspective();
    m_window->commands().action(u"dock.timeline"_s)->trigger();
    layouts.saveAs(u"Feeds alone"_s);
    layouts.showPerspective(u"world"_s);
    QVERIFY(m_window->dock(u"timeline"_s)->isVisible());
    QVERIFY(layouts.restore(u"Feeds alone"_s));
    QCOMPARE(layouts.current(), u"oracle"_s);
    QVERIFY(m_window->dock(u"timeline"_s)->isHidden());
    layouts.resetPerspective();
    QVERIFY(m_window->dock(u"timeline"_s)->isVisible());
}

QTEST_MAIN(TestPerspectives)
#include "tst_perspectives.moc"
