// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/jobs/cron.h"
#include "chrona/jobs/job_store.h"
#include "chrona/storage/fresh_database.h"

#include <QTest>

using namespace chrona;
using namespace std::chrono_literals;
using std::chrono::days;

/// A laptop's clock that is a day wrong, and is put right. Leases are judged by the database's
/// clock, which cannot be set here; that it jumps ahead by a day is the same as that all moments
/// stored lie a day further back.
class TestClockJump : public QObject, private storage::FreshDatabase {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { openDatabase(); }
    void init() { beginFresh(); }
    void aheadAWorkerThatLivesKeepsItsJob();
    void aheadADeadWorkersJobRunsOnceMore();
    void backADeadWorkersJobDoesNotWaitADay();
    void backAWorkerThatLivesKeepsItsJob();
    void backWhatWaitsIsStillClaimed_data();
    void backWhatWaitsIsStillClaimed();
    void aJobOfTheFutureStaysOne();
    void schedulesRunOnceEachForADayThatWasJumped();
    void schedulesGoOnAfterTheClockWasPutRight();

private:
    void jump(days by)
    {
        const auto moved = m_connection->exec(
            "UPDATE chrona_ops.job SET run_at = run_at - make_interval(days => $1), "
            "created_at = created_at - make_interval(days => $1), "
            "started_at = started_at - make_interval(days => $1), "
            "lease_until = lease_until - make_interval(days => $1)",
            {static_cast<std::int32_t>(by.count())});
        QVERIFY2(moved, moved ? "" : describe(moved.error()).c_str());
    }
    void add(jobs::NewJob job) { QVERIFY(jobs::enqueue(*m_connection, job)); }
    std::vector<jobs::ClaimedJob> claim()
    {
        return jobs::claim(*m_connection,
                           {.queue = jobs::queue::kBriefing, .worker = "test", .jobsMax = 10})
            .value_or(std::vector<jobs::ClaimedJob>());
    }
    std::int64_t rescue() { return jobs::rescue(*m_connection).value_or(-1); }
    void expireLeases()
    {
        QVERIFY(m_connection->exec("UPDATE chrona_ops.job SET lease_until = lease_until - "
                                   "interval '2 minutes' WHERE state = 'running'"));
    }
    [[nodiscard]] jobs::Standing beat(const jobs::ClaimedJob &job)
    {
        return jobs::heartbeat(*m_connection, job, 60s, {}).value_or(jobs::Standing::Lost);
    }
    std::int64_t runDue(Instant now)
    {
        return jobs::runDueSchedules(*m_connection, now).value_or(-1);
    }
    /// Claims and completes all that is ready: the moments they stood for.
    QStringList runAll();
};

namespace {

const std::string kClockQueue(jobs::queue::kBriefing);

jobs::NewJob job(const char *kind)
{
    return {.queue = kClockQueue, .kind = kind};
}

} // namespace

QStringList TestClockJump::runAll()
{
    QStringList moments;
    for (const auto &each : claim()) {
        const QString payload = QString::fromStdString(each.payload);
        moments += QString::fromStdString(each.kind) + u' ' + payload.section(u'"', 3, 3);
        if (!jobs::complete(*m_connection, each))
            QTest::qFail("not completed", __FILE__, __LINE__);
    }
    moments.sort();
    return moments;
}

void TestClockJump::aheadAWorkerThatLivesKeepsItsJob()
{
    for (int i = 0; i < 5; ++i)
        add(job("long"));
    const auto running = claim();
    QCOMPARE(running.size(), 5U);
    jump(days(1));
    // As the keeper of a process does: what lives is renewed before what is dead is looked for.
    for (const auto &each : running)
        QVERIFY(beat(each) == jobs::Standing::Mine);
    QCOMPARE(rescue(), 0);
    QVERIFY(claim().empty());
    for (const auto &each : running)
        QVERIFY(jobs::complete(*m_connection, each));
}

void TestClockJump::aheadADeadWorkersJobRunsOnceMore()
{
    add(job("long"));
    QCOMPARE(claim().size(), 1U);
    jump(days(1));
    QCOMPARE(rescue(), 1);
    QCOMPARE(rescue(), 0);
    const auto again = claim();
    QCOMPARE(again.size(), 1U);
    QCOMPARE(again.front().attempt, 2);
}

void TestClockJump::backADeadWorkersJobDoesNotWaitADay()
{
    add(job("long"));
    QCOMPARE(claim().size(), 1U);
    jump(days(-1));
    QCOMPARE(rescue(), 0); // it may live: it has a minute to say so
    expireLeases();        // which passes
    QCOMPARE(rescue(), 1);
    QCOMPARE(claim().size(), 1U);
}

void TestClockJump::backAWorkerThatLivesKeepsItsJob()
{
    add(job("long"));
    const auto running = claim();
    jump(days(-1));
    QCOMPARE(rescue(), 0);
    QVERIFY(beat(running.front()) == jobs::Standing::Mine);
    QCOMPARE(rescue(), 0);
    QVERIFY(jobs::complete(*m_connection, running.front()));
}

void TestClockJump::backWhatWaitsIsStillClaimed_data()
{
    QTest::addColumn<bool>("isRetry");
    QTest::newRow("a job that was just made") << false;
    QTest::newRow("a job that is tried again") << true;
}

void TestClockJump::backWhatWaitsIsStillClaimed()
{
    QFETCH(bool, isRetry);
    add(job("short"));
    if (isRetry) {
        const Error passing{ErrorCode::Unavailable, "not now", {}, true};
        QVERIFY(jobs::failed(*m_connection, claim().front(), passing, {}, 0));
        QVERIFY(m_connection->exec("UPDATE chrona_ops.job SET created_at = created_at - "
                                   "interval '30 days'"));
    }
    jump(days(-1));
    QVERIFY(claim().empty());
    QCOMPARE(rescue(), 0);
    std::size_t claimed = 0; // it may be some microseconds off, as it was when it was made
    QTRY_COMPARE(claimed += claim().size(), 1U);
}

void TestClockJump::aJobOfTheFutureStaysOne()
{
    jobs::NewJob later = job("later");
    later.runAt =
        std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now()) + days(3);
    add(later);
    QCOMPARE(rescue(), 0);
    jump(days(-1));
    QCOMPARE(rescue(), 0);
    QVERIFY(claim().empty());
    const auto left = m_connection->query(
        "SELECT round(extract(epoch FROM run_at - now()) / 3600)::int8 FROM chrona_ops.job");
    QCOMPARE(left->first().int64(0), 72); // as far off as it was
}

namespace {

constexpr Instant kNoon = Instant(1'795'262'400s); // 2026-11-21T12:00:00Z
const jobs::Schedule kDaily{
    .name = "day", .queue = kClockQueue, .kind = "day", .cron = "0 6 * * *"};
const jobs::Schedule kHourly{
    .name = "hour", .queue = kClockQueue, .kind = "hour", .cron = "2 * * * *"};

} // namespace

void TestClockJump::schedulesRunOnceEachForADayThatWasJumped()
{
    QVERIFY(jobs::saveSchedule(*m_connection, kDaily, kNoon));
    QVERIFY(jobs::saveSchedule(*m_connection, kHourly, kNoon));
    QCOMPARE(runDue(kNoon), 0);
    QCOMPARE(runDue(kNoon + days(1)), 2);
    QCOMPARE(runDue(kNoon + days(1)), 0);
    QCOMPARE(runAll(), QStringList({QStringLiteral("day 2026-11-22T06:00:00Z"),
                                    QStringLiteral("hour 2026-11-22T11:02:00Z")}));
}

void TestClockJump::schedulesGoOnAfterTheClockWasPutRight()
{
    QVERIFY(jobs::saveSchedule(*m_connection, kDaily, kNoon));
    QVERIFY(jobs::saveSchedule(*m_connection, kHourly, kNoon));
    QCOMPARE(runDue(kNoon + days(1)), 2);
    QCOMPARE(runAll().size(), 2);
    // Put right: nothing runs because of that, and nothing sleeps until the wrong clock's time.
    QCOMPARE(runDue(kNoon), 0);
    QCOMPARE(runDue(kNoon + 2min), 1);
    QCOMPARE(runDue(kNoon + 2min), 0);
    QCOMPARE(runAll(), QStringList(QStringLiteral("hour 2026-11-21T12:02:00Z")));
    // When the morning really comes, it has its briefing, once.
    QCOMPARE(runDue(kNoon + 18h), 2);
    QCOMPARE(runDue(kNoon + 18h), 0);
    QCOMPARE(runAll(), QStringList({QStringLiteral("day 2026-11-22T06:00:00Z"),
                                    QStringLiteral("hour 2026-11-22T05:02:00Z")}));
}

QTEST_GUILESS_MAIN(TestClockJump)
#include "tst_clock_jump.moc"
