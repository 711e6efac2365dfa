// SPDX-License-Identifier: AGPL-3.0-or-later
#include "session_fixture.h"

#include "timeline/entity_lanes.h"
#include "timeline/timeline_pane.h"

#include <QHelpEvent>
#include <QLocale>
#include <QSignalSpy>
#include <QToolTip>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace chrona;
using namespace chrona::ui;

namespace {

std::int64_t microsOn(int year, unsigned month, unsigned day, int hour, int minute)
{
    using namespace std::chrono;
    return std::int64_t{
        Instant(sys_days(std::chrono::year(year) / month / day) + hours(hour) + minutes(minute))
            .time_since_epoch()
            .count()};
}

} // namespace

/// The timeline by entity, by the keyboard, and beside an investigation.
class TestTimelineEntities : public QObject, private test::SessionFixture {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void lanesAreOfTheMostNamed();
    void lanesAreOfTheChosen();
    void whatWasNotSentIsSaid();
    void arrowsMoveEitherEdge();
    void arrowsGoFromSessionToSession();
    void slidingMeetsASession();
    void categoriesAreCompared();
    void pinsAndWorkAreMarks();
    void pointerTellsThePrice();

private:
    /// Of these, the ones that were not taken back.
    [[nodiscard]] std::size_t passing(const std::vector<std::int64_t> &ids) const
    {
        const auto visible = m_session->selector().visible();
        return std::size_t(std::ranges::count_if(visible->rowsAnyTime, [&](std::uint32_t row) {
            return std::ranges::contains(ids, visible->snapshot->columns.id[row]);
        }));
    }
    [[nodiscard]] TimelineView &view() const { return m_pane->view(); }

    std::unique_ptr<TimelinePane> m_pane;
};

void TestTimelineEntities::initTestCase()
{
    QLocale::setDefault(QLocale::C);
    prepare(3'000);
    m_pane = std::make_unique<TimelinePane>(*m_session, *m_theme, nullptr);
    m_pane->resize(1'000, 160);
    m_pane->setVisible(true);
    openSession();
}

void TestTimelineEntities::cleanupTestCase()
{
    m_pane.reset();
    closeSession();
}

/// As the events themselves name them.
void TestTimelineEntities::lanesAreOfTheMostNamed()
{
    m_pane->setGrouping(TimelineGrouping::Entities);
    QTRY_COMPARE_WITH_TIMEOUT(view().lanes().size(), EntityLanes::kEntitiesMax, 30'000);
    const EntityEventsList &lists = *m_pane->entities().events();
    for (std::size_t lane = 0; lane < lists.size(); ++lane) {
        QVERIFY(!lists[lane].name.isEmpty());
        QVERIFY(lists[lane].total > 0);
        QCOMPARE(view().lanes()[lane].total, passing(lists[lane].ids));
    }
    QVERIFY2(lists.front().total >= lists.back().total, "the most named come first");
}

void TestTimelineEntities::lanesAreOfTheChosen()
{
    const schema::Event *event = nullptr;
    for (const schema::Event &each : m_service->events())
        if (each.entities.size() > 1)
            event = &each;
    QVERIFY(event);
    const std::int64_t chosen = event->entities.front().entity.value;
    m_pane->entities().setChosen({{chosen, u"Chosen"_s}});
    QTRY_COMPARE(view().lanes().size(), std::size_t(1));
    QCOMPARE(view().lanes().front().name, u"Chosen"_s);
    std::vector<std::int64_t> named;
    for (const schema::Event &one : m_service->events())
        if (std::ranges::contains(one.entities, chosen, [](const schema::EventEntity &entity) {
                return entity.entity.value;
            }))
            named.push_back(one.id.value);
    QVERIFY(!named.empty());
    QCOMPARE(view().lanes().front().total, passing(named));
    m_pane->entities().setChosen({});
    QTRY_COMPARE(view().lanes().size(), EntityLanes::kEntitiesMax);
    m_pane->setGrouping(TimelineGrouping::Stacked);
    QTRY_VERIFY(view().lanes().empty());
}

void TestTimelineEntities::whatWasNotSentIsSaid()
{
    const auto snapshot = m_session->events().snapshot();
    const std::vector<std::uint32_t> rows{0, 1, 2, 3};
    const EntityEventsList lists{{u"Much"_s, {snapshot->columns.id[1]}, 40}};
    const auto lanes = timelineLanes(TimelineGrouping::Entities, snapshot, rows, lists);
    QCOMPARE(lanes.size(), std::size_t(1));
    QCOMPARE(lanes.front().total, std::size_t(1));
    QCOMPARE(lanes.front().name, u"Much (newest 1 of 40)"_s);
}

void TestTimelineEntities::arrowsMoveEitherEdge()
{
    TimelineView plain(*m_theme, nullptr);
    plain.resize(1'000, 120);
    plain.setExtent({0, 1'000});
    plain.setBrush({400, 500});
    QTest::keyClick(&plain, Qt::Key_Right, Qt::ShiftModifier);
    QCOMPARE(plain.brush(), (MicrosRange{400, 510}));
    QTest::keyClick(&plain, Qt::Key_Left, Qt::ControlModifier);
    QCOMPARE(plain.brush(), (MicrosRange{389, 510}));
    QTest::keyClick(&plain, Qt::Key_Right);
    QCOMPARE(plain.brush(), (MicrosRange{401, 522}));
}

void TestTimelineEntities::arrowsGoFromSessionToSession()
{
    const std::int64_t begin = microsOn(2026, 1, 5, 0, 0), day = 86'400'000'000;
    TimelineView plain(*m_theme, nullptr);
    plain.resize(1'000, 120);
    plain.setExtent({begin, begin + 12 * day});
    plain.setBrush({microsOn(2026, 1, 6, 14, 30), microsOn(2026, 1, 6, 21, 0)});
    plain.setSnapping(true);
    QTest::keyClick(&plain, Qt::Key_Right, Qt::ShiftModifier);
    QCOMPARE(plain.brush().end, microsOn(2026, 1, 7, 14, 30));
    QTest::keyClick(&plain, Qt::Key_Left, Qt::ControlModifier);
    QCOMPARE(plain.brush().begin, microsOn(2026, 1, 5, 21, 0));
    // Over a weekend.
    plain.setBrush({microsOn(2026, 1, 9, 14, 30), microsOn(2026, 1, 9, 21, 0)});
    QTest::keyClick(&plain, Qt::Key_Right, Qt::ShiftModifier);
    QCOMPARE(plain.brush().end, microsOn(2026, 1, 12, 14, 30));
}

void TestTimelineEntities::slidingMeetsASession()
{
    const std::int64_t begin = microsOn(2026, 1, 5, 0, 0), day = 86'400'000'000;
    TimelineView plain(*m_theme, nullptr);
    plain.resize(1'000, 120);
    plain.setExtent({begin, begin + 5 * day}); // 200 pixels a day
    plain.setBrush({begin + day, begin + 2 * day});
    plain.setSnapping(true);
    QTest::mousePress(&plain, Qt::LeftButton, {}, {300, 40});
    QMouseEvent move(QEvent::MouseMove, QPointF(410, 40), plain.mapToGlobal(QPointF(410, 40)),
                     Qt::NoButton, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&plain, &move);
    QTest::mouseRelease(&plain, Qt::LeftButton, {}, {410, 40});
    QCOMPARE(plain.brush().begin, microsOn(2026, 1, 6, 14, 30));
    QCOMPARE(plain.brush().end - plain.brush().begin, day);
}

void TestTimelineEntities::categoriesAreCompared()
{
    auto world = std::make_shared<workspace::EventSnapshot>();
    constexpr std::int64_t kDayLong = 86'400'000'000;
    std::vector<std::uint32_t> rows;
    for (int i = 0; i < 30; ++i) {
        rows.push_back(std::uint32_t(i));
        world->columns.observedAt.push_back(i < 20 ? i : kDayLong + i);
        world->columns.type.push_back(static_cast<std::uint8_t>(
            i % 2 == 0 ? schema::EventType::Earthquake : schema::EventType::News));
    }
    TimelineView plain(*m_theme, nullptr);
    plain.setExtent({0, 2 * kDayLong});
    plain.setCounts(std::make_shared<CumulativeCounts>(world, world->columns, rows));
    plain.setBrush({0, kDayLong});
    QVERIFY(plain.comparedCategories().isEmpty());
    plain.setCompared(MicrosRange{kDayLong, 2 * kDayLong});
    const QStringList lines = plain.comparedCategories();
    QCOMPARE(lines.size(), 2);
    for (const QString &line : lines)
        QVERIFY2(line.contains(u"10.00 a day, 5.00 in the window compared"), qPrintable(line));
}

void TestTimelineEntities::pinsAndWorkAreMarks()
{
    const MicrosRange extent = view().extent();
    const std::int64_t middle = (extent.begin + extent.end) / 2;
    m_pane->setLayers(TimelineLayer::Pins);
    m_pane->setCase({{TimelineLayer::Pins, middle, middle, u"Storm"_s, 0, 7},
                     {TimelineLayer::Pins, extent.begin, middle, u"Window"_s, 0, 8},
                     {TimelineLayer::Work, middle, middle, u"Note added"_s, 0, 9}});
    QCOMPARE(view().overlay().size(), std::size_t(2));
    Q_EMIT view().markActivated(view().overlay().front()); // the stretch begins first
    QCOMPARE(m_session->focus().window().end.time_since_epoch().count(), middle);
    m_pane->setLayers(TimelineLayer::Work);
    QCOMPARE(view().overlay().size(), std::size_t(1));
    QSignalSpy wanted(m_pane.get(), &TimelinePane::caseItemWanted);
    Q_EMIT view().markActivated(view().overlay().front());
    QCOMPARE(wanted.count(), 1);
    QCOMPARE(wanted.front().front().toLongLong(), 9);
    m_pane->setCase({});
    QVERIFY(view().overlay().empty());
}

void TestTimelineEntities::pointerTellsThePrice()
{
    const TimelineLine line{u"SPY"_s, {10, 20, 30}, {1, 2, 3}};
    QCOMPARE(valueAt(line, 9), std::optional<std::size_t>());
    QCOMPARE(valueAt(line, 10), std::optional<std::size_t>(0));
    QCOMPARE(valueAt(line, 29), std::optional<std::size_t>(1));
    QCOMPARE(valueAt(line, 99), std::optional<std::size_t>(2));
    const MicrosRange extent = view().extent();
    m_pane->setLayers(TimelineLayer::Price);
    m_pane->setPrice(TimelineLine{u"SPY"_s, {extent.begin, extent.end}, {512.25, 520}});
    QHelpEvent help(QEvent::ToolTip, {200, 60}, view().mapToGlobal(QPoint(200, 60)));
    QApplication::sendEvent(&view(), &help);
    QVERIFY2(QToolTip::text().contains(u"SPY  512.25 on"), qPrintable(QToolTip::text()));
    QToolTip::hideText();
}

QTEST_MAIN(TestTimelineEntities)
#include "tst_timeline_entities.moc"
