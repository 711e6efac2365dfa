// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/sources/schedule.h"

#include <QTest>

using namespace chrona;
using namespace std::chrono_literals;
using schema::SourceState;

class TestSchedule : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void successKeepsTheCadence_data();
    void successKeepsTheCadence();
    void failuresSpreadOut_data();
    void failuresSpreadOut();
    void closedHostIsLeftAlone();
    void budgetIsOfTheDay_data();
    void budgetIsOfTheDay();
    void stateIsTold_data();
    void stateIsTold();
};

namespace {

constexpr Instant kScheduleNow = Instant(1'795'248'000s); // 2026-11-21T08:00:00Z

schema::Source source(Duration cadence)
{
    schema::Source source;
    source.key = "s";
    source.cadence = cadence;
    return source;
}

qint64 seconds(Duration duration)
{
    return std::chrono::duration_cast<std::chrono::seconds>(duration).count();
}

} // namespace

void TestSchedule::successKeepsTheCadence_data()
{
    QTest::addColumn<int>("pace");
    QTest::addColumn<double>("uniform");
    QTest::addColumn<qint64>("expected");
    QTest::newRow("on the cadence in the middle")
        << int(sources::Pace::Normal) << 0.5 << qint64{300};
    QTest::newRow("a tenth early") << int(sources::Pace::Normal) << 0.0 << qint64{270};
    QTest::newRow("a tenth late") << int(sources::Pace::Normal) << 1.0 << qint64{330};
    QTest::newRow("half as often under pressure")
        << int(sources::Pace::Stretched) << 0.5 << qint64{600};
}

void TestSchedule::successKeepsTheCadence()
{
    QFETCH(int, pace);
    QFETCH(double, uniform);
    const auto next = sources::nextAfterSuccess(source(5min), kScheduleNow,
                                                static_cast<sources::Pace>(pace), uniform);
    QTEST(seconds(next - kScheduleNow), "expected");
}

void TestSchedule::failuresSpreadOut_data()
{
    QTest::addColumn<qint64>("cadenceS");
    QTest::addColumn<uint>("failures");
    QTest::addColumn<qint64>("leastS");
    QTest::addColumn<qint64>("mostS");
    QTest::newRow("the first failure") << qint64{300} << 1U << qint64{150} << qint64{300};
    QTest::newRow("the third") << qint64{300} << 3U << qint64{600} << qint64{1200};
    QTest::newRow("after many, six hours")
        << qint64{300} << 1000U << qint64{3 * 3600} << qint64{6 * 3600};
    QTest::newRow("a daily source stays daily")
        << qint64{86'400} << 5U << qint64{43'200} << qint64{86'400};
    QTest::newRow("never a hot loop") << qint64{1} << 1U << qint64{5} << qint64{5};
}

void TestSchedule::failuresSpreadOut()
{
    QFETCH(qint64, cadenceS);
    QFETCH(uint, failures);
    const auto entry = source(std::chrono::seconds(cadenceS));
    QTEST(seconds(sources::nextAfterFailure(entry, failures, kScheduleNow, {}, 0) - kScheduleNow),
          "leastS");
    QTEST(seconds(sources::nextAfterFailure(entry, failures, kScheduleNow, {}, 1) - kScheduleNow),
          "mostS");
}

void TestSchedule::closedHostIsLeftAlone()
{
    QVERIFY(sources::nextAfterFailure(source(1min), 1, kScheduleNow, kScheduleNow + 2h, 0.5) ==
            kScheduleNow + 2h);
    QVERIFY(sources::nextAfterFailure(source(1min), 1, kScheduleNow, kScheduleNow + 1s, 0.5) >
            kScheduleNow + 1s);
}

void TestSchedule::budgetIsOfTheDay_data()
{
    QTest::addColumn<int>("limit"); // 0: none
    QTest::addColumn<uint>("used");
    QTest::addColumn<qint64>("lastAttemptAgoS");
    QTest::addColumn<int>("left"); // -1: no limit
    QTest::newRow("no limit") << 0 << 5U << qint64{60} << -1;
    QTest::newRow("some used") << 100 << 30U << qint64{60} << 70;
    QTest::newRow("more than all used") << 100 << 130U << qint64{60} << 0;
    QTest::newRow("yesterday's do not count") << 100 << 100U << qint64{9 * 3600} << 100;
}

void TestSchedule::budgetIsOfTheDay()
{
    QFETCH(int, limit);
    QFETCH(uint, used);
    QFETCH(qint64, lastAttemptAgoS);
    auto entry = source(5min);
    if (limit > 0)
        entry.rate.requestsPerDay = static_cast<std::uint32_t>(limit);
    schema::SourceHealth health;
    health.requestsToday = used;
    health.lastAttemptAt = kScheduleNow - std::chrono::seconds(lastAttemptAgoS);
    const auto left = sources::budgetLeft(entry, health, kScheduleNow);
    QTEST(left ? int(*left) : -1, "left");
}

void TestSchedule::stateIsTold_data()
{
    QTest::addColumn<bool>("enabled");
    QTest::addColumn<int>("stored");
    QTest::addColumn<uint>("failures");
    QTest::addColumn<qint64>("nextInS");
    QTest::addColumn<int>("state");
    const auto row = [](const char *name, bool enabled, SourceState stored, uint failures,
                        qint64 nextInS, SourceState state) {
        QTest::newRow(name) << enabled << int(stored) << failures << nextInS << int(state);
    };
    row("waiting for its time", true, SourceState::Idle, 0, 100, SourceState::Idle);
    row("a little overdue is not late", true, SourceState::Idle, 0, -300, SourceState::Idle);
    row("overdue by more than the cadence", true, SourceState::Idle, 0, -400, SourceState::Late);
    row("failing", true, SourceState::Idle, 2, 100, SourceState::Failing);
    row("running again after a failure", true, SourceState::Running, 2, 0, SourceState::Running);
    row("disabled whatever else", false, SourceState::Running, 2, -400, SourceState::Disabled);
}

void TestSchedule::stateIsTold()
{
    QFETCH(bool, enabled);
    QFETCH(int, stored);
    QFETCH(uint, failures);
    QFETCH(qint64, nextInS);
    auto entry = source(5min);
    entry.enabled = enabled;
    schema::SourceHealth health;
    health.state = static_cast<SourceState>(stored);
    health.failuresInRow = failures;
    health.nextRunAt = kScheduleNow + std::chrono::seconds(nextInS);
    QTEST(int(sources::stateOf(entry, health, kScheduleNow)), "state");
}

QTEST_APPLESS_MAIN(TestSchedule)
#include "tst_schedule.moc"
