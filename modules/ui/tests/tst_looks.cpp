// SPDX-License-Identifier: AGPL-3.0-or-later
// How things look where that is behaviour: what an empty list says, that nothing is said twice or
// over something else.
#include "chrona/ui/theme.h"
#include "inspector/fact_sections.h"
#include "shell/dock.h"
#include "shell/state_view.h"
#include "tables/empty_hint.h"
#include "timeline/cumulative_counts.h"
#include "timeline/timeline_view.h"

#include <QComboBox>
#include <QDateEdit>
#include <QImage>
#include <QLabel>
#include <QListWidget>
#include <QMainWindow>
#include <QPushButton>
#include <QScrollArea>
#include <QTest>
#include <QToolButton>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace chrona;
using namespace chrona::ui;

class TestLooks : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void emptyListSaysWhy();
    void lowPaneCutsNoWords_data();
    void lowPaneCutsNoWords();
    void dockDoesNotRepeatItsTab();
    void noBarHoldsOnlyItsClose();
    void choicesOfDaysLookLikeOtherChoices();
    void wordsOfTheTimelineStandApart();
    void linksEndWithTheirColumn();

private:
    Theme m_theme;
};

void TestLooks::initTestCase()
{
    m_theme.setAppearance(Appearance::Light);
    m_theme.applyTo(*qApp);
}

void TestLooks::emptyListSaysWhy()
{
    QListWidget list;
    list.resize(200, 120);
    auto *hint = new EmptyHint(list, u"Nothing is pinned yet."_s);
    list.show();
    QVERIFY(QTest::qWaitForWindowExposed(&list, 60'000));
    QVERIFY(hint->isVisible());
    QCOMPARE(hint->size(), list.viewport()->size());
    QCOMPARE(list.accessibleDescription(), u"Nothing is pinned yet."_s);
    list.resize(320, 90);
    QTRY_COMPARE(hint->size(), list.viewport()->size());
    // It lies over the list, and the list gets what is meant for it.
    QVERIFY(hint->testAttribute(Qt::WA_TransparentForMouseEvents));
    list.addItem(u"One"_s);
    QVERIFY(!hint->isVisible());
    QVERIFY(list.accessibleDescription().isEmpty());
    list.clear();
    QVERIFY(hint->isVisible());
    hint->setHint({});
    QVERIFY(!hint->isVisible());
}

void TestLooks::lowPaneCutsNoWords_data()
{
    QTest::addColumn<int>("height");
    QTest::addColumn<int>("parts"); // of sign, title, reason, button
    QTest::newRow("room for all") << 300 << 4;
    QTest::newRow("no room for the sign") << 104 << 3;
    QTest::newRow("as low as the round clock") << 74 << 2;
}

void TestLooks::lowPaneCutsNoWords()
{
    QFETCH(int, height);
    QFETCH(int, parts);
    QWidget host;
    host.resize(400, height);
    StateView pane(m_theme, &host);
    pane.showMessage({u"No prices yet"_s, u"Venues are off until they are connected."_s,
                      u"Load the sample world"_s, [] {}},
                     u"empty"_s, u"Empty"_s);
    pane.setGeometry(host.rect());
    host.show();
    QVERIFY(QTest::qWaitForWindowExposed(&host, 60'000));
    QList<QWidget *> shown;
    for (QWidget *part : pane.findChildren<QWidget *>())
        if ((qobject_cast<QLabel *>(part) || qobject_cast<QPushButton *>(part)) &&
            part->isVisible())
            shown += part;
    QCOMPARE(shown.size(), parts);
    for (const QWidget *part : shown)
        QVERIFY(part->height() >= part->heightForWidth(part->width()) &&
                part->height() >= part->minimumSizeHint().height());
    QVERIFY(pane.findChild<QPushButton *>()->isVisible());
}

void TestLooks::dockDoesNotRepeatItsTab()
{
    QMainWindow window;
    window.resize(600, 400);
    QList<Dock *> docks;
    for (const auto &id : {u"alerts"_s, u"sources"_s, u"jobs"_s}) {
        docks += new Dock(m_theme, id, id, new QWidget, &window);
        docks.last()->header().setNote(u"12"_s);
        window.addDockWidget(Qt::TopDockWidgetArea, docks.last());
    }
    titleDocks(window, docks);
    const auto isTitled = [](const Dock *dock) {
        const auto labels = dock->header().findChildren<QLabel *>();
        return std::ranges::any_of(labels, [dock](const QLabel *label) {
            return label->text() == dock->windowTitle() && !label->isHidden();
        });
    };
    window.show();
    QVERIFY(QTest::qWaitForWindowExposed(&window, 60'000));
    QTRY_VERIFY(std::ranges::all_of(docks, isTitled));
    window.tabifyDockWidget(docks[0], docks[1]);
    QTRY_VERIFY(!isTitled(docks[0]) && !isTitled(docks[1]));
    QVERIFY(isTitled(docks[2])); // it has its place for itself
    docks[0]->hide();            // and with it the tabs
    QTRY_VERIFY(isTitled(docks[1]));
    docks[0]->show();
    QTRY_VERIFY(!isTitled(docks[1]));
    docks[1]->setFloating(true);
    QTRY_VERIFY(isTitled(docks[0]) && isTitled(docks[1]));
}

void TestLooks::noBarHoldsOnlyItsClose()
{
    QMainWindow window;
    window.resize(600, 400);
    QList<Dock *> docks;
    for (const auto &id : {u"alerts"_s, u"sources"_s}) {
        docks += new Dock(m_theme, id, id, new QWidget, &window);
        window.addDockWidget(Qt::TopDockWidgetArea, docks.last());
    }
    DockHeader &bar = docks[0]->header();
    bar.setNote(u"12"_s);
    titleDocks(window, docks);
    window.tabifyDockWidget(docks[0], docks[1]);
    window.show();
    QVERIFY(QTest::qWaitForWindowExposed(&window, 60'000));
    auto *title = bar.findChild<QLabel *>(); // the first of its labels
    QCOMPARE(title->text(), docks[0]->windowTitle());
    QTRY_VERIFY(title->isHidden()); // the tab says it, and the bar holds the note
    QVERIFY(!docks[1]->header().findChild<QLabel *>()->isHidden()); // without a note
    bar.setNote({});
    QVERIFY(!title->isHidden());
    bar.setStaleSince(1);
    QVERIFY(title->isHidden());
    bar.setStaleSince(0);
    QVERIFY(!title->isHidden());
    QToolButton tool;
    bar.addTool(&tool);
    bar.showTitle(false);
    QVERIFY(title->isHidden());
}

/// The arrow's field is drawn by the sheet, without the bevel of Qt's own style.
void TestLooks::choicesOfDaysLookLikeOtherChoices()
{
    QWidget window;
    window.resize(200, 80);
    QComboBox choice(&window);
    choice.setGeometry(0, 0, 160, 26);
    QDateEdit day(&window);
    day.setCalendarPopup(true);
    day.setGeometry(0, 40, 160, 26);
    window.show();
    QVERIFY(QTest::qWaitForWindowExposed(&window, 60'000));
    const QRect arrow(136, 2, 22, 22);
    QCOMPARE(day.grab(arrow).toImage(), choice.grab(arrow).toImage());
}

/// What is chosen lies at the end of the data, where the distance to now is told.
void TestLooks::wordsOfTheTimelineStandApart()
{
    constexpr std::int64_t kHour = 3'600'000'000, kDays = 100 * 24;
    auto world = std::make_shared<workspace::EventSnapshot>();
    schema::EventColumns &columns = world->columns;
    std::vector<std::uint32_t> rows;
    for (std::int64_t hour = 0; hour < kDays; ++hour) {
        rows.push_back(static_cast<std::uint32_t>(hour));
        columns.id.push_back(hour + 1);
        columns.observedAt.push_back(hour * kHour);
        columns.availableAt.push_back(hour * kHour);
        columns.longitude.push_back(0);
        columns.latitude.push_back(0);
        columns.type.push_back(0);
        columns.severity.push_back(0);
        columns.confidence.push_back(0);
        columns.flags.push_back(0);
        columns.source.push_back(0);
        columns.region.push_back(0);
    }
    TimelineView view(m_theme, nullptr);
    view.resize(900, 120);
    view.setExtent({0, kDays * kHour});
    view.setCounts(std::make_shared<CumulativeCounts>(world, columns, rows));
    view.setBrush({(kDays - 24) * kHour, kDays * kHour});
    view.setNow((kDays + 5) * kHour);
    const QImage picture = view.grab(QRect(200, 0, 700, 15)).toImage();
    int amberEnds = -1, blueBegins = picture.width();
    for (int y = 0; y < picture.height(); ++y)
        for (int x = 0; x < picture.width(); ++x) {
            const QColor ink = picture.pixelColor(x, y);
            if (ink.red() > ink.blue() + 60)
                amberEnds = std::max(amberEnds, x);
            if (ink.blue() > ink.red() + 60)
                blueBegins = std::min(blueBegins, x);
        }
    QVERIFY(amberEnds > 0 && blueBegins < picture.width());
    QVERIFY2(amberEnds + 4 < blueBegins, qPrintable(u"%1, %2"_s.arg(amberEnds).arg(blueBegins)));
}

void TestLooks::linksEndWithTheirColumn()
{
    QScrollArea area;
    area.setWidgetResizable(true);
    area.resize(200, 160);
    auto *column = new FactColumn(m_theme, nullptr);
    column->addLink(u"Appeal filed in Rio de Janeiro over a pipeline's route"_s, {}, [] {});
    column->addLink(u"Short"_s, {}, [] {});
    column->finish();
    area.setWidget(column);
    area.show();
    QVERIFY(QTest::qWaitForWindowExposed(&area, 60'000));
    QCOMPARE(column->width(), area.viewport()->width());
    const auto links = column->findChildren<QToolButton *>();
    QCOMPARE(links.size(), 2);
    QCOMPARE(links[0]->x(), links[1]->x());
    QVERIFY(links[0]->geometry().right() < column->width());
    QVERIFY(links[1]->width() < links[0]->width()); // as wide as its words
}

QTEST_MAIN(TestLooks)
#include "tst_looks.moc"
