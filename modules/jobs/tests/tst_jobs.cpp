// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/base/clock.h"
#include "chrona/jobs/cron.h"
#include "chrona/jobs/job_store.h"
#include "chrona/storage/test_database.h"

#include <QTest>

#include <atomic>
#include <set>
#include <thread>

using namespace chrona;
using namespace std::chrono_literals;
using jobs::ClaimedJob;
using jobs::Enqueued;

class TestJobs : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void urgentGoesFirst();
    void jobOfTheFutureWaits();
    void keyIsUniqueWhileItLives();
    void askedAgainWhileRunningRunsOnceMore();
    void effectAndCompletionAreOne();
    void lateWorkerHasLostItsLease();
    void lateWorkerCannotEndTheRerun();
    void failureIsTriedAgainThenDead();
    void failureThatCannotPassIsDeadAtOnce();
    void cancelReachesWaitingAndRunning();
    void deadJobBeginsAnew();
    void deadlineBuriesWhatWaits();
    void checkpointOutlivesTheWorker();
    void workersNeverShareAJob();
    void scheduleRunsOnceAfterSleep();

private:
    [[nodiscard]] storage::Connection &db() { return *m_connection; }
    void add(jobs::NewJob job);
    std::vector<ClaimedJob> claim(std::int32_t jobsMax = 1, std::chrono::milliseconds lease = 60s);
    [[nodiscard]] std::int64_t number(const char *sql);
    void expireLeases();

    std::unique_ptr<storage::TestDatabase> m_database;
    std::string m_address;
    std::optional<storage::Connection> m_connection;
};

namespace {

const std::string kQueue(jobs::queue::kFeatures);

jobs::NewJob job(const std::string &kind, const std::string &key = {})
{
    return {.queue = kQueue, .kind = kind, .uniqueKey = key};
}

Error passing()
{
    return {ErrorCode::Unavailable, "not now", {}, true};
}

#define DONE(expression)                                                                           \
    do {                                                                                           \
        const auto status = (expression);                                                          \
        QVERIFY2(status.has_value(), status ? "" : describe(status.error()).c_str());              \
    } while (false)

} // namespace

void TestJobs::initTestCase()
{
    m_database = storage::TestDatabase::open();
    QVERIFY(m_database);
}

void TestJobs::init()
{
    m_connection.reset();
    m_address = m_database->freshConnectionString();
    auto connection = storage::Connection::open(m_address);
    QVERIFY(connection.has_value());
    m_connection.emplace(std::move(*connection));
}

void TestJobs::add(jobs::NewJob job)
{
    DONE(jobs::enqueue(db(), job));
}

std::vector<ClaimedJob> TestJobs::claim(std::int32_t jobsMax, std::chrono::milliseconds lease)
{
    auto claimed =
        jobs::claim(db(), {.queue = kQueue, .worker = "test", .lease = lease, .jobsMax = jobsMax});
    if (!claimed)
        qWarning("%s", describe(claimed.error()).c_str());
    return claimed ? *claimed : std::vector<ClaimedJob>();
}

std::int64_t TestJobs::number(const char *sql)
{
    const auto rows = db().query(sql);
    return rows && !rows->isEmpty() ? rows->first().int64(0) : -1;
}

void TestJobs::expireLeases()
{
    DONE(db().exec(
        "UPDATE chrona_ops.job SET lease_until = now() - interval '1 s' WHERE state = 'running'"));
}

void TestJobs::urgentGoesFirst()
{
    add(job("first"));
    add(job("second"));
    auto urgent = job("urgent");
    urgent.priority = 1;
    add(urgent);
    add({.queue = std::string(jobs::queue::kBriefing), .kind = "other queue"});
    const auto claimed = claim(10);
    QCOMPARE(claimed.size(), 3U);
    QCOMPARE(claimed[0].kind, std::string("urgent"));
    QCOMPARE(claimed[1].kind, std::string("first"));
    QCOMPARE(claimed[2].kind, std::string("second"));
    QCOMPARE(claimed[0].attempt, 1);
    QVERIFY(claim().empty());
}

void TestJobs::jobOfTheFutureWaits()
{
    auto later = job("later");
    later.runAt = SystemClock().now() + 1h;
    add(later);
    QVERIFY(claim().empty());
    DONE(db().exec("UPDATE chrona_ops.job SET run_at = now() - interval '1 s'"));
    QCOMPARE(claim().size(), 1U);
}

void TestJobs::keyIsUniqueWhileItLives()
{
    QVERIFY(jobs::enqueue(db(), job("a", "key")) == Enqueued::New);
    auto better = job("a", "key");
    better.priority = 5;
    better.payload = R"({"newer": true})";
    QVERIFY(jobs::enqueue(db(), better) == Enqueued::Waiting);
    QCOMPARE(number("SELECT count(*) FROM chrona_ops.job"), 1);
    QCOMPARE(number("SELECT priority::int8 FROM chrona_ops.job"), 5);
    const auto claimed = claim();
    QCOMPARE(claimed.front().payload, std::string(R"({"newer": true})"));
    DONE(jobs::complete(db(), claimed.front()));
    QVERIFY(jobs::enqueue(db(), job("a", "key")) == Enqueued::New);
}

void TestJobs::askedAgainWhileRunningRunsOnceMore()
{
    add(job("a", "key"));
    const auto first = claim();
    auto again = job("a", "key");
    again.payload = R"({"n": 2})";
    QVERIFY(jobs::enqueue(db(), again) == Enqueued::Rerun);
    QVERIFY(jobs::enqueue(db(), again) == Enqueued::Rerun); // however often: once more
    QVERIFY(claim().empty());
    DONE(jobs::complete(db(), first.front()));
    const auto second = claim();
    QCOMPARE(second.size(), 1U);
    QCOMPARE(second.front().payload, std::string(R"({"n": 2})"));
    QCOMPARE(second.front().attempt, 1);
    DONE(jobs::complete(db(), second.front()));
    QVERIFY(claim().empty());
    QCOMPARE(number("SELECT count(*) FROM chrona_ops.job"), 0);
    QCOMPARE(number("SELECT count(*) FROM chrona_ops.job_history WHERE outcome = 'done'"), 2);
}

void TestJobs::effectAndCompletionAreOne()
{
    DONE(db().exec("CREATE TEMP TABLE effect (n int)"));
    add(job("a"));
    const auto claimed = claim();
    {
        auto transaction = storage::Transaction::begin(db());
        QVERIFY(transaction.has_value());
        DONE(db().exec("INSERT INTO effect VALUES (1)"));
        DONE(jobs::complete(db(), claimed.front()));
    } // not committed: neither holds
    QCOMPARE(number("SELECT count(*) FROM effect"), 0);
    QCOMPARE(number("SELECT count(*) FROM chrona_ops.job WHERE state = 'running'"), 1);
    auto transaction = storage::Transaction::begin(db());
    DONE(db().exec("INSERT INTO effect VALUES (1)"));
    DONE(jobs::complete(db(), claimed.front(), R"({"rows": 1})"));
    DONE(transaction->commit());
    QCOMPARE(number("SELECT count(*) FROM effect"), 1);
    QCOMPARE(number("SELECT (result->>'rows')::int8 FROM chrona_ops.job_history"), 1);
}

void TestJobs::lateWorkerHasLostItsLease()
{
    add(job("a"));
    const auto late = claim();
    expireLeases();
    QCOMPARE(jobs::rescue(db()).value_or(-1), 1);
    const auto quick = claim();
    QCOMPARE(quick.size(), 1U);
    QCOMPARE(quick.front().attempt, 2);
    QVERIFY(jobs::heartbeat(db(), late.front(), 60s, {}) == jobs::Standing::Lost);
    for (const auto &status :
         {jobs::complete(db(), late.front()), jobs::finishCancelled(db(), late.front()),
          jobs::failed(db(), late.front(), passing(), {}, 0)}) {
        QVERIFY(!status.has_value());
        QVERIFY(status.error().code == ErrorCode::Conflict);
    }
    QVERIFY(jobs::heartbeat(db(), quick.front(), 60s, {}) == jobs::Standing::Mine);
    DONE(jobs::complete(db(), quick.front()));
}

void TestJobs::lateWorkerCannotEndTheRerun()
{
    add(job("a", "key"));
    const auto late = claim();
    expireLeases();
    DONE(jobs::rescue(db()));
    const auto second = claim();
    add(job("a", "key")); // asked again while attempt 2 runs
    DONE(jobs::complete(db(), second.front()));
    const auto rerun = claim();
    QCOMPARE(rerun.size(), 1U);
    QCOMPARE(rerun.front().attempt, late.front().attempt);
    QVERIFY(!jobs::complete(db(), late.front()).has_value());
    DONE(jobs::complete(db(), rerun.front()));
}

void TestJobs::failureIsTriedAgainThenDead()
{
    auto fragile = job("a");
    fragile.attemptsMax = 2;
    add(fragile);
    DONE(jobs::failed(db(), claim().front(), passing(), {.base = 1h, .cap = 2h}, 0.5));
    QVERIFY(claim().empty()); // half an hour from now
    QCOMPARE(
        number("SELECT round(extract(epoch FROM run_at - now()) / 60)::int8 FROM chrona_ops.job"),
        30);
    DONE(db().exec("UPDATE chrona_ops.job SET run_at = now()"));
    DONE(jobs::failed(db(), claim().front(), passing(), {}, 0));
    QCOMPARE(number("SELECT count(*) FROM chrona_ops.job"), 0);
    QCOMPARE(number("SELECT count(*) FROM chrona_ops.job_history WHERE outcome = 'dead' AND "
                    "last_error = 'not now'"),
             1);
    const auto figures = jobs::queueFigures(db());
    QVERIFY(figures.has_value());
    QCOMPARE(figures->front().dead, 1);
}

void TestJobs::failureThatCannotPassIsDeadAtOnce()
{
    add(job("a"));
    DONE(jobs::failed(db(), claim().front(), {ErrorCode::InvalidInput, "never", {}, false}, {}, 0));
    QCOMPARE(
        number(
            "SELECT count(*) FROM chrona_ops.job_history WHERE outcome = 'dead' AND attempt = 1"),
        1);
}

void TestJobs::cancelReachesWaitingAndRunning()
{
    add(job("waiting"));
    const auto waiting = number("SELECT id FROM chrona_ops.job");
    DONE(jobs::cancel(db(), {waiting}));
    QVERIFY(claim().empty());
    add(job("running", "key"));
    const auto running = claim();
    DONE(jobs::cancel(db(), running.front().id));
    QVERIFY(jobs::heartbeat(db(), running.front(), 60s, {.share = 0.5F}) ==
            jobs::Standing::CancelAsked);
    DONE(jobs::finishCancelled(db(), running.front()));
    QCOMPARE(number("SELECT count(*) FROM chrona_ops.job_history WHERE outcome = 'cancelled'"), 2);
    QVERIFY(!jobs::cancel(db(), running.front().id).has_value());
    add(job("deaf")); // a worker that never looks: its failure ends it all the same
    const auto deaf = claim();
    DONE(jobs::cancel(db(), deaf.front().id));
    DONE(jobs::failed(db(), deaf.front(), passing(), {}, 0));
    QCOMPARE(number("SELECT count(*) FROM chrona_ops.job_history WHERE outcome = 'cancelled'"), 3);
}

void TestJobs::deadJobBeginsAnew()
{
    add(job("a", "key"));
    const auto claimed = claim();
    DONE(jobs::failed(db(), claimed.front(), {ErrorCode::InvalidInput, "never", {}, false}, {}, 0));
    DONE(jobs::retry(db(), claimed.front().id));
    const auto again = claim();
    QCOMPARE(again.size(), 1U);
    QCOMPARE(again.front().kind, std::string("a"));
    QCOMPARE(again.front().attempt, 1);
    const auto unknown = jobs::retry(db(), claimed.front().id);
    QVERIFY(!unknown.has_value() && unknown.error().code == ErrorCode::NotFound);
    DONE(jobs::failed(db(), again.front(), {ErrorCode::InvalidInput, "never", {}, false}, {}, 0));
    add(job("a", "key"));
    const auto taken = jobs::retry(db(), again.front().id);
    QVERIFY(!taken.has_value() && taken.error().code == ErrorCode::Conflict);
    QCOMPARE(number("SELECT count(*) FROM chrona_ops.job_history WHERE outcome = 'dead'"),
             1); // rolled back
}

void TestJobs::deadlineBuriesWhatWaits()
{
    auto urgent = job("a");
    urgent.deadlineAt = SystemClock().now() - 1s;
    add(urgent);
    QVERIFY(claim().empty());
    QCOMPARE(jobs::rescue(db()).value_or(-1), 1);
    QCOMPARE(number("SELECT count(*) FROM chrona_ops.job_history WHERE outcome = 'expired'"), 1);
}

void TestJobs::checkpointOutlivesTheWorker()
{
    add(job("a"));
    const auto first = claim();
    DONE(jobs::heartbeat(db(), first.front(), 60s,
                         {.share = 0.4F, .note = "block 4", .checkpoint = R"({"block": 4})"}));
    DONE(jobs::heartbeat(db(), first.front(), 60s, {.share = 0.5F})); // keeps it
    expireLeases();
    DONE(jobs::rescue(db()));
    const auto second = claim();
    QCOMPARE(second.front().checkpoint, std::string(R"({"block": 4})"));
    auto last = job("b", "key");
    last.attemptsMax = 1;
    add(last);
    QCOMPARE(claim().size(), 1U);
    add(last); // asked for again: the killed worker does not take that along
    expireLeases();
    QCOMPARE(jobs::rescue(db()).value_or(-1), 2); // the first job's second worker is gone as well
    QCOMPARE(number("SELECT count(*) FROM chrona_ops.job_history"), 0);
    QCOMPARE(claim(2).size(), 2U);
    expireLeases();
    DONE(jobs::rescue(db()));
    QCOMPARE(
        number("SELECT count(*) FROM chrona_ops.job_history WHERE outcome = 'dead' AND kind = 'b'"),
        1);
}

void TestJobs::workersNeverShareAJob()
{
    constexpr int kJobs = 200;
    for (int i = 0; i < kJobs; ++i)
        add(job("a"));
    std::mutex mutex;
    std::set<std::int64_t> seen;
    std::atomic<int> taken = 0;
    {
        std::vector<std::jthread> workers;
        for (int i = 0; i < 4; ++i)
            workers.emplace_back([&] {
                auto connection = storage::Connection::open(m_address);
                while (connection) {
                    const auto batch =
                        jobs::claim(*connection, {.queue = kQueue, .worker = "w", .jobsMax = 7});
                    if (!batch || batch->empty())
                        return;
                    for (const auto &job : *batch) {
                        const std::lock_guard lock(mutex);
                        seen.insert(job.id.value);
                        ++taken;
                    }
                }
            });
    }
    QCOMPARE(taken.load(), kJobs);
    QCOMPARE(static_cast<int>(seen.size()), kJobs);
}

void TestJobs::scheduleRunsOnceAfterSleep()
{
    constexpr Instant kNow = Instant(1'795'248'000s); // 2026-11-21T08:00:00Z, a Saturday
    const jobs::Schedule daily{.name = "briefing",
                               .queue = kQueue,
                               .kind = "daily",
                               .payload = R"({"a": 1})",
                               .cron = "0 6 * * *"};
    DONE(jobs::saveSchedule(db(), daily, kNow));
    QCOMPARE(jobs::runDueSchedules(db(), kNow).value_or(-1), 0);
    const Instant awake = kNow + std::chrono::days(5);
    QCOMPARE(jobs::runDueSchedules(db(), awake).value_or(-1), 1);
    QCOMPARE(jobs::runDueSchedules(db(), awake).value_or(-1), 0);
    const auto claimed = claim(10);
    QCOMPARE(claimed.size(), 1U);
    QCOMPARE(claimed.front().payload,
             std::string(R"({"a": 1, "scheduled_for": "2026-11-26T06:00:00Z"})"));
    QCOMPARE(number("SELECT extract(epoch FROM next_run_at)::int8 FROM chrona_ops.job_schedule"),
             (std::chrono::floor<std::chrono::days>(awake) + 30h).time_since_epoch() / 1s);
    DONE(jobs::saveSchedule(db(), daily, awake + 24h)); // unchanged: the next run stays
    QCOMPARE(jobs::runDueSchedules(db(), awake + 24h).value_or(-1), 1);
    const jobs::Schedule wrong{.name = "x", .queue = kQueue, .kind = "x", .cron = "0 0 30 2 *"};
    QVERIFY(!jobs::saveSchedule(db(), wrong, kNow).has_value());
}

QTEST_GUILESS_MAIN(TestJobs)
#include "tst_jobs.moc"
