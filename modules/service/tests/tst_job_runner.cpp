// SPDX-License-Identifier: AGPL-3.0-or-later
#include "job_runner.h"

#include "chrona/storage/test_database.h"

#include <QTest>

#include <latch>
#include <semaphore>
#include <thread>

using namespace chrona;
using namespace chrona::service;
using namespace std::chrono_literals;

class TestJobRunner : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void effectIsStoredWithTheJobsEnd();
    void failedEffectLeavesNothingAndIsTriedAgain();
    void cancelReachesARunningJob();
    void longJobKeepsNoOtherQueueWaiting();
    void heldQueueWaits();
    void progressReachesTheListener();
    void unknownKindIsDead();
    void stopEndsARunningJobAndLeavesItForLater();
    void jobClaimedDuringTheStopEndsToo();

private:
    [[nodiscard]] std::int64_t number(const char *sql)
    {
        const auto rows = m_connection->query(sql);
        if (!rows)
            QTest::qFail(rows.error().what.c_str(), __FILE__, __LINE__);
        return rows ? rows->first().int64(0) : -1;
    }
    void enqueue(std::string_view queue, const char *kind)
    {
        QVERIFY(jobs::enqueue(*m_connection, {.queue = std::string(queue), .kind = kind}));
    }
    void start(std::vector<JobRunner::Kind> kinds, JobRunner::Listener listener = {},
               JobRunner::Queues held = {})
    {
        if (!listener)
            listener = [](storage::Connection &, schema::JobId) {};
        m_runner = std::make_unique<JobRunner>(m_pool, std::move(kinds), std::move(listener),
                                               std::move(held));
    }

    std::unique_ptr<storage::TestDatabase> m_database;
    std::shared_ptr<storage::Pool> m_pool;
    std::optional<storage::Connection> m_connection;
    std::unique_ptr<JobRunner> m_runner;
};

namespace {

const std::string kQueue(jobs::queue::kFeatures);
const std::string kOther(jobs::queue::kMaintenance);

constexpr const char *kDone = "SELECT count(*) FROM chrona_ops.job_history WHERE outcome = 'done'";

JobEffect effect(const char *sql)
{
    return {.store = [sql](storage::Connection &connection) { return connection.script(sql); }};
}

/// Works until it is asked to end.
Result<JobEffect> patient(storage::Connection &, RunningJob &job)
{
    std::binary_semaphore asked{0};
    const std::stop_callback release(job.stopToken(), [&asked] { asked.release(); });
    asked.acquire();
    return fail(ErrorCode::Cancelled, "asked to end");
}

} // namespace

void TestJobRunner::initTestCase()
{
    m_database = storage::TestDatabase::open();
    QVERIFY(m_database);
}

void TestJobRunner::init()
{
    m_runner.reset();
    m_connection.reset();
    const std::string where = m_database->freshConnectionString();
    auto connection = storage::Connection::open(where);
    QVERIFY(connection);
    m_connection.emplace(std::move(*connection));
    auto pool = storage::Pool::open(where, 8);
    QVERIFY(pool);
    m_pool = *pool;
    QVERIFY(m_connection->script("CREATE TABLE chrona_ops.seen (what text)"));
}

void TestJobRunner::effectIsStoredWithTheJobsEnd()
{
    enqueue(kQueue, "note");
    start({{kQueue, "note", [](storage::Connection &, RunningJob &) -> Result<JobEffect> {
                return effect("INSERT INTO chrona_ops.seen VALUES ('note')");
            }}});
    QTRY_COMPARE(number(kDone), 1);
    QCOMPARE(number("SELECT count(*) FROM chrona_ops.seen"), 1);
}

void TestJobRunner::failedEffectLeavesNothingAndIsTriedAgain()
{
    enqueue(kQueue, "note");
    start({{kQueue, "note", [](storage::Connection &, RunningJob &) -> Result<JobEffect> {
                return JobEffect{.store = [](storage::Connection &connection) -> Status {
                    const Status stored =
                        connection.script("INSERT INTO chrona_ops.seen VALUES ('half')");
                    return stored ? Status(fail(ErrorCode::Unavailable, "the disk went away"))
                                  : stored;
                }};
            }}});
    QTRY_COMPARE(number("SELECT count(*) FROM chrona_ops.job WHERE state = 'ready' AND attempt = 1 "
                        "AND last_error LIKE '%the disk went away%'"),
                 1);
    QCOMPARE(number("SELECT count(*) FROM chrona_ops.seen"), 0);
}

void TestJobRunner::cancelReachesARunningJob()
{
    enqueue(kQueue, "long");
    start({{kQueue, "long", patient}});
    QTRY_COMPARE(number("SELECT count(*) FROM chrona_ops.job WHERE state = 'running'"), 1);
    QVERIFY(jobs::cancel(*m_connection, {number("SELECT id FROM chrona_ops.job")}));
    m_runner->wake();
    QTRY_COMPARE(number("SELECT count(*) FROM chrona_ops.job_history WHERE outcome = 'cancelled'"),
                 1);
    QCOMPARE(number("SELECT count(*) FROM chrona_ops.job"), 0);
}

void TestJobRunner::longJobKeepsNoOtherQueueWaiting()
{
    enqueue(kQueue, "long");
    enqueue(kOther, "short");
    start({{kQueue, "long", patient},
           {kOther, "short",
            [](storage::Connection &, RunningJob &) -> Result<JobEffect> { return JobEffect{}; }}});
    QTRY_COMPARE(number("SELECT count(*) FROM chrona_ops.job_history WHERE kind = 'short' AND "
                        "outcome = 'done'"),
                 1);
    QTRY_COMPARE(number("SELECT count(*) FROM chrona_ops.job WHERE state = 'running'"), 1);
}

void TestJobRunner::heldQueueWaits()
{
    start({{kQueue, "note",
            [](storage::Connection &, RunningJob &) -> Result<JobEffect> { return JobEffect{}; }},
           {kOther, "note",
            [](storage::Connection &, RunningJob &) -> Result<JobEffect> { return JobEffect{}; }}},
          {}, {kQueue});
    enqueue(kQueue, "note");
    enqueue(kOther, "note");
    m_runner->wake();
    QTRY_COMPARE(number(kDone), 1);
    QCOMPARE(number("SELECT count(*) FROM chrona_ops.job WHERE state = 'ready'"), 1);
    m_runner->hold({});
    QTRY_COMPARE(number(kDone), 2);
}

void TestJobRunner::progressReachesTheListener()
{
    enqueue(kQueue, "long");
    std::counting_semaphore<> told{0};
    start({{kQueue, "long",
            [](storage::Connection &connection, RunningJob &job) {
                job.report({.share = 0.5F, .note = "half"});
                return patient(connection, job);
            }}},
          [&told](storage::Connection &connection, schema::JobId job) {
              const auto rows =
                  connection.query("SELECT progress_note FROM chrona_ops.job WHERE id = $1", {job});
              if (rows && !rows->isEmpty() && rows->first().text(0) == "half")
                  told.release();
          });
    QVERIFY(told.try_acquire_for(20s));
}

void TestJobRunner::unknownKindIsDead()
{
    enqueue(kQueue, "of a later version");
    start({{kQueue, "note", patient}});
    QTRY_COMPARE(number("SELECT count(*) FROM chrona_ops.job_history WHERE outcome = 'dead'"), 1);
}

void TestJobRunner::stopEndsARunningJobAndLeavesItForLater()
{
    enqueue(kQueue, "long");
    start({{kQueue, "long", patient}});
    QTRY_COMPARE(number("SELECT count(*) FROM chrona_ops.job WHERE state = 'running'"), 1);
    m_runner.reset();
    QCOMPARE(number("SELECT count(*) FROM chrona_ops.job WHERE state = 'ready'"), 1);
}

/// The claim waits for a lock while the runner is told to stop, and gets its job only then.
void TestJobRunner::jobClaimedDuringTheStopEndsToo()
{
    enqueue(kQueue, "note");
    QVERIFY(m_connection->script("BEGIN; LOCK TABLE chrona_ops.job IN ACCESS EXCLUSIVE MODE"));
    start({{kQueue, "note", patient}});
    QTRY_VERIFY(number("SELECT count(*) FROM pg_locks WHERE NOT granted") > 0);
    std::latch begun(1);
    std::thread stopping([&] {
        begun.count_down();
        m_runner.reset();
    });
    begun.wait();
    for (int moment = 0; moment < 200; ++moment) // long enough for the runner to have told all
        QCOMPARE(number("SELECT 1::bigint"), 1);
    QVERIFY(m_connection->script("COMMIT"));
    stopping.join();
    QCOMPARE(number("SELECT count(*) FROM chrona_ops.job WHERE state = 'running'"), 0);
}

QTEST_GUILESS_MAIN(TestJobRunner)
#include "tst_job_runner.moc"
