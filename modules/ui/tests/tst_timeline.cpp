// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/ui/theme.h"
#include "timeline/playback.h"
#include "timeline/timeline_counter.h"
#include "timeline/timeline_view.h"

#include <QHelpEvent>
#include <QLocale>
#include <QSignalSpy>
#include <QTest>
#include <QToolTip>

#include <numeric>

using namespace Qt::StringLiterals;
using namespace chrona;
using namespace chrona::ui;

namespace {

constexpr std::int64_t kDay = 86'400'000'000;

TimelineMark moment(std::int64_t micros, qint64 event = 0)
{
    return {TimelineLayer::Releases, micros, micros, {}, event};
}

TimelineMark stretch(std::int64_t begin, std::int64_t end)
{
    return {TimelineLayer::Episodes, begin, end, u"elevated"_s, 0};
}

Instant at(int year, unsigned month, unsigned day, int hour, int minute)
{
    using namespace std::chrono;
    return Instant(sys_days(std::chrono::year(year) / month / day) + hours(hour) +
                   minutes(minute));
}

/// An event an hour over 98 days, in the first ten another one in between: quakes mostly, of eleven
/// countries and three sources.
std::shared_ptr<const workspace::EventSnapshot> timelineWorld()
{
    auto world = std::make_shared<workspace::EventSnapshot>();
    world->sources = {u"usgs"_s, u"gdelt"_s, u"who"_s};
    world->regions = {u"JP"_s, u"US-TX"_s, u"US-CA"_s, u"DE"_s, u"FR"_s, u"IT"_s,
                      u"ES"_s, u"PT"_s,    u"NL"_s,    u"BE"_s, u"AT"_s, u"CH"_s};
    schema::EventColumns &columns = world->columns;
    const auto add = [&columns](std::int64_t micros) {
        const std::size_t i = columns.size();
        columns.id.push_back(static_cast<std::int64_t>(i) + 1);
        columns.observedAt.push_back(micros);
        columns.availableAt.push_back(micros);
        columns.longitude.push_back(0);
        columns.latitude.push_back(0);
        columns.type.push_back(static_cast<std::uint8_t>(
            i % 3 != 0 ? schema::EventType::Earthquake
                       : static_cast<schema::EventType>(i / 3 % schema::kEventTypeCount)));
        columns.severity.push_back(static_cast<std::uint8_t>(i % 256));
        columns.confidence.push_back(200);
        columns.flags.push_back(0);
        columns.source.push_back(static_cast<std::uint16_t>(i % 4 < 2 ? 0 : i % 4 - 1));
        columns.region.push_back(static_cast<std::uint16_t>(i % 5 < 3 ? 0 : i % 12));
    };
    constexpr std::int64_t kHour = kDay / 24;
    for (std::int64_t hour = 0; hour < 98 * 24; ++hour) {
        add(hour * kHour);
        if (hour < 240)
            add(hour * kHour + kHour / 2);
    }
    return world;
}

} // namespace

/// What the timeline shows beside the events, and how one gets there.
class TestTimeline : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void nearestMarkIsFound();
    void marksBesideAMoment();
    void sessionEdges_data();
    void sessionEdges();
    void laneIsThereWithItsMarksOnly();
    void clickOnAMarkActivatesItAndDrawsNoBrush();
    void keysGoFromMarkToMark();
    void pointerTellsWhatAMarkIs();
    void brushSnapsToSessionsWithAlt();
    void lineIsDrawnOverTheHistogram();
    void featureIsDrawnBesideThePrice();
    void typesAreChosenWithoutCountingAnew();
    void lanesHoldEveryEvent_data();
    void lanesHoldEveryEvent();
    void lanesAreDrawnAndTold();
    void windowsAreCompared();
    void playbackSlidesOrGrows();

private:
    Theme m_theme;
};

void TestTimeline::nearestMarkIsFound()
{
    const TimeScale scale{0, 100 * kDay, 1'000}; // ten pixels a day
    const std::vector<TimelineMark> marks{stretch(5 * kDay, 20 * kDay), moment(10 * kDay),
                                          moment(11 * kDay)};
    QCOMPARE(markAt(marks, scale, 101), std::optional<std::size_t>(1)); // upon the stretch
    QCOMPARE(markAt(marks, scale, 108), std::optional<std::size_t>(2));
    QCOMPARE(markAt(marks, scale, 150), std::optional<std::size_t>(0));
    QCOMPARE(markAt(marks, scale, 220), std::optional<std::size_t>());
    QCOMPARE(markAt({}, scale, 220), std::optional<std::size_t>());
}

void TestTimeline::marksBesideAMoment()
{
    const std::vector<TimelineMark> marks{moment(1), moment(5), moment(5), moment(9)};
    QCOMPARE(markBeside(marks, 5, 1), std::optional<std::size_t>(3));
    QCOMPARE(markBeside(marks, 5, -1), std::optional<std::size_t>(0));
    QCOMPARE(markBeside(marks, 9, 1), std::optional<std::size_t>());
    QCOMPARE(markBeside(marks, 1, -1), std::optional<std::size_t>());
}

void TestTimeline::sessionEdges_data()
{
    QTest::addColumn<Instant>("moment");
    QTest::addColumn<Instant>("edge");
    // New York trades from 14:30 to 21:00 UTC in winter and from 13:30 to 20:00 in summer.
    QTest::newRow("before the opening") << at(2026, 1, 7, 13, 0) << at(2026, 1, 7, 14, 30);
    QTest::newRow("after the close") << at(2026, 1, 7, 22, 0) << at(2026, 1, 7, 21, 0);
    QTest::newRow("in summer") << at(2026, 7, 8, 13, 0) << at(2026, 7, 8, 13, 30);
    QTest::newRow("on a Saturday morning") << at(2026, 1, 10, 9, 0) << at(2026, 1, 9, 21, 0);
    QTest::newRow("on a holiday") << at(2026, 12, 25, 20, 0) << at(2026, 12, 24, 18, 0);
}

void TestTimeline::sessionEdges()
{
    QFETCH(Instant, moment);
    QFETCH(Instant, edge);
    QCOMPARE(nearestSessionEdge(moment.time_since_epoch().count()),
             std::int64_t(edge.time_since_epoch().count()));
}

void TestTimeline::laneIsThereWithItsMarksOnly()
{
    TimelineView view(m_theme, nullptr);
    view.resize(1'000, 120);
    view.setExtent({0, 100 * kDay});
    QVERIFY(view.markLane().isEmpty());
    const QImage without = view.grab().toImage();
    view.setOverlay({moment(50 * kDay, 7)}, std::nullopt);
    QVERIFY(!view.markLane().isEmpty());
    const QImage with = view.grab().toImage();
    QVERIFY(without != with);
    const QPoint there(500, int(view.markLane().bottom()) - 4);
    QCOMPARE(QColor(with.pixel(there * with.devicePixelRatio())).rgb(),
             m_theme.category(schema::categoryOf(schema::EventType::MacroRelease)).rgb());
    view.setOverlay({}, std::nullopt);
    QCOMPARE(view.grab().toImage(), without);
}

void TestTimeline::clickOnAMarkActivatesItAndDrawsNoBrush()
{
    TimelineView view(m_theme, nullptr);
    view.resize(1'000, 120);
    view.setExtent({0, 100 * kDay});
    view.setOverlay({moment(50 * kDay, 7)}, std::nullopt);
    std::vector<TimelineMark> activated;
    connect(&view, &TimelineView::markActivated, this,
            [&](const TimelineMark &mark) { activated.push_back(mark); });
    QSignalSpy moved(&view, &TimelineView::brushMoved);
    const QPoint there(501, int(view.markLane().center().y()));
    QTest::mousePress(&view, Qt::LeftButton, {}, there);
    QTest::mouseMove(&view, there + QPoint(80, 0));
    QTest::mouseRelease(&view, Qt::LeftButton, {}, there + QPoint(80, 0));
    QCOMPARE(activated.size(), std::size_t(1));
    QCOMPARE(activated.front().event, qint64(7));
    QCOMPARE(moved.count(), 0);
}

void TestTimeline::keysGoFromMarkToMark()
{
    TimelineView view(m_theme, nullptr);
    view.resize(1'000, 120);
    view.setExtent({0, 100 * kDay});
    view.setBrush({40 * kDay, 60 * kDay});
    view.setOverlay({moment(10 * kDay, 1), moment(50 * kDay, 2), moment(70 * kDay, 3)},
                    std::nullopt);
    std::vector<qint64> went;
    connect(&view, &TimelineView::markActivated, this,
            [&](const TimelineMark &mark) { went.push_back(mark.event); });
    QTest::keyClick(&view, Qt::Key_N);
    QTest::keyClick(&view, Qt::Key_P);
    QCOMPARE(went, (std::vector<qint64>{3, 1}));
}

void TestTimeline::pointerTellsWhatAMarkIs()
{
    TimelineView view(m_theme, nullptr);
    view.resize(1'000, 120);
    view.setExtent({0, 100 * kDay});
    view.setOverlay({stretch(40 * kDay, 60 * kDay)}, std::nullopt);
    view.setMarkText([](const TimelineMark &mark) { return u"it was "_s + mark.text; });
    view.show();
    QVERIFY(QTest::qWaitForWindowExposed(&view, 60'000));
    const QPoint there(500, int(view.markLane().center().y()));
    QHelpEvent help(QEvent::ToolTip, there, view.mapToGlobal(there));
    QApplication::sendEvent(&view, &help);
    QCOMPARE(QToolTip::text(), u"it was elevated"_s);
    QToolTip::hideText();
}

void TestTimeline::brushSnapsToSessionsWithAlt()
{
    TimelineView view(m_theme, nullptr);
    view.resize(1'000, 120);
    const std::int64_t begin = at(2026, 1, 5, 0, 0).time_since_epoch().count();
    view.setExtent({begin, begin + 5 * kDay}); // 200 pixels a day
    view.setBrush({begin, begin + 5 * kDay});
    QTest::mousePress(&view, Qt::LeftButton, {}, {20, 40});
    // Tuesday at 23:00, which is nearest to the close of Tuesday.
    QMouseEvent move(QEvent::MouseMove, QPointF(392, 40), view.mapToGlobal(QPointF(392, 40)),
                     Qt::NoButton, Qt::LeftButton, Qt::AltModifier);
    QApplication::sendEvent(&view, &move);
    QTest::mouseRelease(&view, Qt::LeftButton, {}, {392, 40});
    QCOMPARE(view.brush().end, std::int64_t(at(2026, 1, 6, 21, 0).time_since_epoch().count()));
}

void TestTimeline::lineIsDrawnOverTheHistogram()
{
    TimelineView view(m_theme, nullptr);
    view.resize(1'000, 120);
    view.setExtent({0, 100 * kDay});
    const QImage without = view.grab().toImage();
    TimelineLine line{u"SPY"_s, {}, {}};
    for (int day = 0; day < 100; ++day) {
        line.micros.push_back(day * kDay);
        line.values.push_back(100 + day);
    }
    view.setOverlay({}, line);
    const QImage with = view.grab().toImage();
    // It rises: on the left something is new below, on the right above.
    const auto changedRows = [&](int x) {
        std::vector<int> rows;
        for (int y = 20; y < 100; ++y)
            if (without.pixel(QPoint(x, y) * without.devicePixelRatio()) !=
                with.pixel(QPoint(x, y) * with.devicePixelRatio()))
                rows.push_back(y);
        return rows;
    };
    QVERIFY(!changedRows(100).empty() && !changedRows(800).empty());
    QVERIFY(changedRows(100).front() > changedRows(800).back());
    // One value alone is no line.
    view.setOverlay({}, TimelineLine{u"SPY"_s, {0}, {1}});
    QCOMPARE(view.grab().toImage(), without);
}

void TestTimeline::featureIsDrawnBesideThePrice()
{
    TimelineView view(m_theme, nullptr);
    view.resize(400, 100);
    view.setExtent({0, 100 * kDay});
    const TimelineLine price{u"SPY"_s, {0, 100 * kDay}, {1, 2}};
    const TimelineLine feature{u"Quakes"_s, {0, 100 * kDay}, {5, 3}};
    view.setOverlay({}, price);
    const QImage alone = view.grab().toImage();
    view.setOverlay({}, price, feature);
    QVERIFY(view.feature().has_value());
    QVERIFY(view.grab().toImage() != alone);
    view.setOverlay({}, price);
    QCOMPARE(view.grab().toImage(), alone);
}

void TestTimeline::typesAreChosenWithoutCountingAnew()
{
    const auto world = timelineWorld();
    auto visible = std::make_shared<workspace::VisibleEvents>();
    visible->snapshot = world;
    TimelineCounter counter(nullptr);
    QSignalSpy counted(&counter, &TimelineCounter::counted);
    workspace::EventCriteria criteria;
    counter.want(visible, criteria, TimelineGrouping::Stacked);
    QTRY_COMPARE(counted.count(), 1);
    criteria.filter.types = 1U << static_cast<unsigned>(schema::EventType::Earthquake);
    counter.want(visible, criteria, TimelineGrouping::Stacked);
    criteria.window = {at(2026, 1, 1, 0, 0), at(2026, 1, 2, 0, 0)};
    counter.want(visible, criteria, TimelineGrouping::Stacked);
    QCOMPARE(counter.rounds(), 1);
    QCOMPARE(counter.types(), criteria.filter.types);
    criteria.filter.severityMin = 0.5F;
    counter.want(visible, criteria, TimelineGrouping::Stacked);
    QCOMPARE(counter.rounds(), 2);
    QTRY_COMPARE(counted.count(), 2);
}

void TestTimeline::lanesHoldEveryEvent_data()
{
    QTest::addColumn<int>("grouping");
    QTest::addColumn<QString>("first");
    const auto row = [](const char *name, TimelineGrouping grouping, const QString &first) {
        QTest::newRow(name) << static_cast<int>(grouping) << first;
    };
    row("by type", TimelineGrouping::Types, u"Earthquake"_s);
    row("by category", TimelineGrouping::Categories, QString());
    row("by country", TimelineGrouping::Countries, u"Japan"_s);
    row("by source", TimelineGrouping::Sources, u"usgs"_s);
}

void TestTimeline::lanesHoldEveryEvent()
{
    QFETCH(int, grouping);
    QFETCH(QString, first);
    const auto world = timelineWorld();
    std::vector<std::uint32_t> rows(world->columns.size());
    std::iota(rows.begin(), rows.end(), 0U);
    const auto lanes = timelineLanes(static_cast<TimelineGrouping>(grouping), world, rows);
    QVERIFY(!lanes.empty() && lanes.size() <= kLanesMax);
    if (!first.isEmpty())
        QCOMPARE(lanes.front().name, first);
    const CumulativeCounts all(world, world->columns, rows);
    std::size_t sum = 0, told = 0;
    for (const TimelineLane &lane : lanes) {
        const auto &counts = lane.counts ? *lane.counts : all;
        sum += counts.countBetween(0, 1'000 * kDay, lane.types);
        told += lane.total;
    }
    QCOMPARE(sum, world->columns.size());
    QCOMPARE(told, world->columns.size());
    QVERIFY(timelineLanes(TimelineGrouping::Stacked, world, rows).empty());
}

void TestTimeline::lanesAreDrawnAndTold()
{
    const auto world = timelineWorld();
    std::vector<std::uint32_t> rows(world->columns.size());
    std::iota(rows.begin(), rows.end(), 0U);
    TimelineView view(m_theme, nullptr);
    view.resize(600, 200);
    view.setExtent({0, 100 * kDay});
    view.setCounts(std::make_shared<CumulativeCounts>(world, world->columns, rows));
    const QImage stacked = view.grab().toImage();
    view.setLanes(timelineLanes(TimelineGrouping::Countries, world, rows));
    QVERIFY(view.grab().toImage() != stacked);
    view.setLanes({});
    QCOMPARE(view.grab().toImage(), stacked);
    view.setTypes(1U << static_cast<unsigned>(schema::EventType::Earthquake));
    QVERIFY(view.grab().toImage() != stacked);
    view.setTypes(kAllTypes);
    QCOMPARE(view.grab().toImage(), stacked);
}

void TestTimeline::windowsAreCompared()
{
    const auto world = timelineWorld(); // an event an hour, and in the first ten days another
    std::vector<std::uint32_t> rows(world->columns.size());
    std::iota(rows.begin(), rows.end(), 0U);
    TimelineView view(m_theme, nullptr);
    view.resize(600, 100);
    view.setExtent({0, 100 * kDay});
    view.setCounts(std::make_shared<CumulativeCounts>(world, world->columns, rows));
    view.setBrush({0, 10 * kDay});
    QVERIFY(view.comparison().isEmpty());
    const QImage before = view.grab().toImage();
    view.setCompared(MicrosRange{20 * kDay, 40 * kDay});
    QVERIFY(view.grab().toImage() != before);
    const QString ratio = QLocale().toString(2.0, 'f', 2);
    QVERIFY2(view.comparison().endsWith(ratio), qPrintable(view.comparison()));
    QVERIFY(view.accessibleDescription().contains(ratio));
    view.setCompared(MicrosRange{99 * kDay, 100 * kDay});
    QVERIFY(!view.comparison().contains(u"×"));
    view.setCompared(std::nullopt);
    QCOMPARE(view.grab().toImage(), before);
}

void TestTimeline::playbackSlidesOrGrows()
{
    using namespace std::chrono_literals;
    const MicrosRange extent{0, 100 * kDay}, window{10 * kDay, 20 * kDay};
    const auto after = [&](Playback::Mode mode, std::chrono::milliseconds elapsed) {
        return Playback::advanced(window, extent, std::chrono::days(1), elapsed, mode);
    };
    const MicrosRange slid = after(Playback::Mode::Sliding, 2s);
    QCOMPARE(slid.end - slid.begin, window.end - window.begin);
    QCOMPARE(slid.end, 22 * kDay);
    const MicrosRange grown = after(Playback::Mode::Cumulative, 2s);
    QCOMPARE(grown.begin, window.begin);
    QCOMPARE(grown.end, 22 * kDay);
    QCOMPARE(after(Playback::Mode::Cumulative, 1000s).end, extent.end);
}

QTEST_MAIN(TestTimeline)
#include "tst_timeline.moc"
