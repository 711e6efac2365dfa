// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/storage/copy.h"
#include "chrona/storage/pipeline.h"
#include "chrona/storage/pool.h"
#include "chrona/storage/private_cluster.h"
#include "chrona/storage/test_database.h"

#include <QTest>

#include <atomic>
#include <cmath>
#include <latch>
#include <thread>

using namespace chrona;
using namespace chrona::storage;

class TestConnection : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void transportIsChecked_data();
    void transportIsChecked();
    void valuesTravelBothWays();
    void arraysTravel();
    void nullIsNotZero();
    void failuresAreMapped_data();
    void failuresAreMapped();
    void deadlockMayBeRetried();
    void transactionRollsBackUnlessCommitted();
    void failedTransactionDoesNotCommit();
    void joinedTransactionLeavesTheEndToTheCaller();
    void copyTravelsBothWays();
    void abandonedCopyLeavesNothing();
    void sinkEndsACopyEarly();
    void pipelineHoldsAllOrNothing();
    void poolLendsEachConnectionOnce();
    void poolOutlivesItsConnections();
    void waitingForThePoolCanBeStopped();
    void runningStatementIsCancelled();
    void notificationArrives();

private:
    std::unique_ptr<TestDatabase> m_database;
};

void TestConnection::initTestCase()
{
    m_database = TestDatabase::open();
    QVERIFY(m_database);
}

void TestConnection::transportIsChecked_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("code"); // of the refusal
    const int denied = static_cast<int>(ErrorCode::Denied);
    const int unavailable = static_cast<int>(ErrorCode::Unavailable);
    const auto row = [](const char *name, const char *text, int code) {
        QTest::newRow(name) << QByteArray(text) << code;
    };
    row("TCP in the clear is refused", "host=127.0.0.1 dbname=x", denied);
    row("TLS without a check is refused", "host=db.example sslmode=require", denied);
    row("an address beside a folder is refused", "host=/tmp hostaddr=127.0.0.1", denied);
    row("one TCP host among folders is refused", "host=/tmp,db.example", denied);
    row("a service file is refused", "service=elsewhere", denied);
    row("a URI over TCP is refused", "postgresql://user@db.example/x", denied);
    row("nonsense is refused", "host='", static_cast<int>(ErrorCode::InvalidInput));
    row("a folder is tried", "host=/nonexistent dbname=x", unavailable);
    row("verified TLS is tried", "host=localhost port=1 sslmode=verify-full sslrootcert=system",
        unavailable);
}

void TestConnection::transportIsChecked()
{
    QFETCH(QByteArray, text);
    QFETCH(int, code);
    const auto opened = Connection::open(text.toStdString());
    QVERIFY(!opened);
    QCOMPARE(static_cast<int>(opened.error().code), code);
}

void TestConnection::valuesTravelBothWays()
{
    Connection connection = m_database->fresh();
    const Instant instant = parseInstant("1969-12-31T23:59:59.250001Z").value();
    const Hash128 hash = hashOf({"a"});
    const std::string bytes("\0\xff'\\", 4);
    auto rows = connection.query("SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11",
                                 {true, std::int16_t{-3}, std::int32_t{1} << 30,
                                  std::int64_t{-1} << 62, 0.1F, -0.0, "Ärger ☃", instant, hash,
                                  std::as_bytes(std::span(bytes)), Json{R"({"a": [1.50]})"}});
    QVERIFY2(rows, rows ? "" : rows.error().what.c_str());
    const Row row = rows->first();
    QCOMPARE(row.boolean(0), true);
    QCOMPARE(row.int16(1), std::int16_t{-3});
    QCOMPARE(row.int32(2), 1 << 30);
    QCOMPARE(row.int64(3), std::int64_t{-1} << 62);
    QCOMPARE(row.float32(4), 0.1F);
    QVERIFY(std::signbit(row.float64(5)));
    QCOMPARE(row.text(6), std::string_view("Ärger ☃"));
    QVERIFY(row.instant(7) == instant);
    QVERIFY(row.hash128(8) == hash);
    QVERIFY(std::ranges::equal(row.bytes(9), std::as_bytes(std::span(bytes))));
    QCOMPARE(row.text(10), std::string_view(R"({"a": [1.50]})"));
}

void TestConnection::arraysTravel()
{
    Connection connection = m_database->fresh();
    const std::vector<std::string> texts{"a", "", "c,\"d\""};
    const std::vector<std::int64_t> numbers{1, -2, std::int64_t{1} << 40};
    auto rows = connection.query("SELECT $1::text[], sum(n)::int8, cardinality($3::int8[]) "
                                 "FROM unnest($2::int8[]) AS n",
                                 {texts, numbers, std::vector<std::int64_t>{}});
    QVERIFY2(rows, rows ? "" : rows.error().what.c_str());
    QVERIFY(rows->first().strings(0) == texts);
    QCOMPARE(rows->first().int64(1), (std::int64_t{1} << 40) - 1);
    QCOMPARE(rows->first().int32(2), 0);
}

void TestConnection::nullIsNotZero()
{
    Connection connection = m_database->fresh();
    auto rows = connection.query("SELECT $1::timestamptz, $2::int8",
                                 {std::optional<Instant>{}, std::optional<std::int64_t>{0}});
    QVERIFY(rows);
    QVERIFY(rows->first().isNull(0));
    QVERIFY(!rows->first().optionalInstant(0));
    QVERIFY(!rows->first().isNull(1));
}

void TestConnection::failuresAreMapped_data()
{
    QTest::addColumn<QByteArray>("sql");
    QTest::addColumn<int>("code");
    QTest::addColumn<bool>("retryable");
    const auto row = [](const char *name, const char *sql, ErrorCode code, bool retryable = false) {
        QTest::newRow(name) << QByteArray(sql) << static_cast<int>(code) << retryable;
    };
    row("a duplicate key is a conflict",
        "INSERT INTO chrona_oracle.venue (name) VALUES ('a'), ('a')", ErrorCode::Conflict);
    row("a broken check is bad input",
        "INSERT INTO chrona_ops.api_key (name, key_hash, scopes) VALUES ('a', 'x', '{}')",
        ErrorCode::InvalidInput);
    row("a bad number is bad input", "SELECT 'x'::int4", ErrorCode::InvalidInput);
    row("a table that is missing", "SELECT FROM chrona_world.nothing", ErrorCode::NotFound);
    row("a statement that takes too long may be tried again",
        "DO $$ BEGIN SET LOCAL statement_timeout = '10ms'; PERFORM pg_sleep(5); END $$",
        ErrorCode::Timeout, true);
    row("losing the server may be tried again", "SELECT pg_terminate_backend(pg_backend_pid())",
        ErrorCode::Unavailable, true);
}

void TestConnection::failuresAreMapped()
{
    QFETCH(QByteArray, sql);
    QFETCH(int, code);
    QFETCH(bool, retryable);
    Connection connection = m_database->fresh();
    if (sql.startsWith("DO")) // a timeout counts from the next statement on
        QVERIFY(connection.script("SET statement_timeout = '10ms'"));
    const auto rows =
        connection.query(sql.startsWith("DO") ? "SELECT pg_sleep(5)" : sql.constData());
    QVERIFY(!rows);
    QCOMPARE(static_cast<int>(rows.error().code), code);
    QCOMPARE(rows.error().retryable, retryable);
}

void TestConnection::deadlockMayBeRetried()
{
    const std::string where = m_database->freshConnectionString();
    auto left = Connection::open(where);
    auto right = Connection::open(where);
    QVERIFY(left && right);
    QVERIFY(left->script("INSERT INTO chrona_oracle.venue (name) VALUES ('a'), ('b')"));
    const auto update = [](Connection &connection, const char *name) {
        return connection.exec("UPDATE chrona_oracle.venue SET name = name WHERE name = $1",
                               {name});
    };
    QVERIFY(left->script("BEGIN"));
    QVERIFY(right->script("BEGIN"));
    QVERIFY(update(*left, "a"));
    QVERIFY(update(*right, "b"));
    Result<std::int64_t> waiting = 0;
    std::thread thread([&] { waiting = update(*left, "b"); });
    const Result<std::int64_t> crossing = update(*right, "a");
    if (!crossing)
        QVERIFY(right->script("ROLLBACK"));
    thread.join();
    const Result<std::int64_t> &loser = crossing ? waiting : crossing;
    QVERIFY(!loser);
    QVERIFY(loser.error().code == ErrorCode::Conflict);
    QVERIFY(loser.error().retryable);
}

static std::int64_t countVenues(Connection &connection)
{
    return connection.query("SELECT count(*) FROM chrona_oracle.venue")->first().int64(0);
}
static constexpr const char *kInsertVenue = "INSERT INTO chrona_oracle.venue (name) VALUES ($1)";

void TestConnection::transactionRollsBackUnlessCommitted()
{
    Connection connection = m_database->fresh();
    {
        auto transaction = Transaction::begin(connection);
        QVERIFY(transaction);
        QVERIFY(transaction->exec(kInsertVenue, {"a"}));
    }
    QCOMPARE(countVenues(connection), 0);
    auto transaction = Transaction::begin(connection);
    QVERIFY(transaction);
    QVERIFY(!Transaction::begin(connection)); // none within another
    QVERIFY(transaction->exec(kInsertVenue, {"a"}));
    QVERIFY(transaction->commit());
    QVERIFY(!transaction->commit());
    QCOMPARE(countVenues(connection), 1);
}

void TestConnection::failedTransactionDoesNotCommit()
{
    Connection connection = m_database->fresh();
    auto transaction = Transaction::begin(connection);
    QVERIFY(transaction->exec(kInsertVenue, {"a"}));
    QVERIFY(!transaction->exec(kInsertVenue, {"a"}));
    QVERIFY(!transaction->commit());
    QCOMPARE(countVenues(connection), 0);
}

void TestConnection::joinedTransactionLeavesTheEndToTheCaller()
{
    Connection connection = m_database->fresh();
    {
        auto outer = Transaction::begin(connection);
        auto inner = JoinedTransaction::begin(connection);
        QVERIFY(inner);
        QVERIFY(connection.exec(kInsertVenue, {"a"}));
        QVERIFY(inner->commit());
    }
    QCOMPARE(countVenues(connection), 0);
    {
        auto alone = JoinedTransaction::begin(connection);
        QVERIFY(connection.exec(kInsertVenue, {"a"}));
        QVERIFY(alone->commit());
    }
    QCOMPARE(countVenues(connection), 1);
}

static constexpr const char *kMakeThings =
    "CREATE TEMP TABLE thing (id int8, name text, weight float8, at timestamptz, doc jsonb)";

static Status copyThings(Connection &connection, int count, bool isFinished)
{
    auto copy = connection.copyIn("COPY thing FROM STDIN (FORMAT binary)");
    if (!copy)
        return std::unexpected(copy.error());
    for (int i = 0; i < count; ++i) {
        copy->beginRow(5);
        copy->int64(i);
        copy->text("thing " + std::to_string(i));
        copy->float64(i / 3.0);
        copy->instant(i % 2 == 0 ? std::optional<Instant>(Instant(Duration(i))) : std::nullopt);
        copy->json("{}");
        if (Status sent = copy->endRow(); !sent)
            return sent;
    }
    if (!isFinished)
        return {};
    const auto rows = copy->finish();
    if (!rows)
        return std::unexpected(rows.error());
    return *rows == count ? Status{} : fail(ErrorCode::Corrupt, "other number of rows");
}

void TestConnection::copyTravelsBothWays()
{
    Connection connection = m_database->fresh();
    QVERIFY(connection.script(kMakeThings));
    const Status copied = copyThings(connection, 10'000, true);
    QVERIFY2(copied, copied ? "" : copied.error().what.c_str());
    std::int64_t next = 0;
    const Status read = connection.copyOut(
        "COPY (SELECT id, name, weight, at FROM thing ORDER BY id) TO STDOUT (FORMAT binary)",
        [&next](const CopyRow &row) -> Status {
            const bool isRight = row.size() == 4 && row.int64(0) == next &&
                                 row.text(1) == "thing " + std::to_string(next) &&
                                 row.float64(2) == static_cast<double>(next) / 3.0 &&
                                 row.isNull(3) == (next % 2 != 0) &&
                                 (row.isNull(3) || row.instant(3) == Instant(Duration(next)));
            ++next;
            return isRight ? Status{} : fail(ErrorCode::Corrupt, "row " + std::to_string(next));
        });
    QVERIFY2(read, read ? "" : read.error().what.c_str());
    QCOMPARE(next, 10'000);
}

void TestConnection::abandonedCopyLeavesNothing()
{
    Connection connection = m_database->fresh();
    QVERIFY(connection.script(kMakeThings));
    QVERIFY(copyThings(connection, 5000, false));
    QCOMPARE(connection.query("SELECT count(*) FROM thing")->first().int64(0), 0);
}

void TestConnection::sinkEndsACopyEarly()
{
    Connection connection = m_database->fresh();
    int rows = 0;
    const Status read = connection.copyOut(
        "COPY (SELECT generate_series(1, 100000000)) TO STDOUT (FORMAT binary)",
        [&rows](const CopyRow &) -> Status {
            return ++rows < 10 ? Status{} : fail(ErrorCode::Cancelled, "enough");
        });
    QVERIFY(!read);
    QCOMPARE(read.error().what, std::string("enough"));
    QCOMPARE(rows, 10);
    QVERIFY(connection.query("SELECT 1"));
}

void TestConnection::pipelineHoldsAllOrNothing()
{
    Connection connection = m_database->fresh();
    {
        auto pipeline = Pipeline::begin(connection);
        QVERIFY(pipeline);
        QVERIFY(pipeline->add(kInsertVenue, {"a"}));
        QVERIFY(pipeline->add("SELECT name FROM chrona_oracle.venue WHERE name = $1", {"a"}));
        auto results = pipeline->finish();
        QVERIFY2(results, results ? "" : results.error().what.c_str());
        QCOMPARE(results->size(), std::size_t{2});
        QCOMPARE(results->at(0).rowsAffected(), 1);
        QCOMPARE(results->at(1).first().text(0), std::string_view("a"));
    }
    {
        auto pipeline = Pipeline::begin(connection);
        QVERIFY(pipeline->add(kInsertVenue, {"b"}));
        QVERIFY(pipeline->add(kInsertVenue, {"b"}));
        const auto results = pipeline->finish();
        QVERIFY(!results);
        QVERIFY(results.error().code == ErrorCode::Conflict);
    }
    {
        auto forgotten = Pipeline::begin(connection);
        QVERIFY(forgotten->add(kInsertVenue, {"c"}));
    }
    QCOMPARE(countVenues(connection), 1);
}

void TestConnection::poolLendsEachConnectionOnce()
{
    auto pool = Pool::open(m_database->freshConnectionString(), 3);
    QVERIFY(pool);
    std::atomic<int> lent = 0;
    std::atomic<int> lentMost = 0;
    std::atomic<int> failures = 0;
    std::vector<std::thread> threads;
    for (int t = 0; t < 8; ++t) {
        threads.emplace_back([&] {
            for (int i = 0; i < 20; ++i) {
                auto lease = (*pool)->take();
                if (!lease) {
                    ++failures;
                    continue;
                }
                const int now = ++lent;
                int most = lentMost;
                while (now > most && !lentMost.compare_exchange_weak(most, now)) {
                }
                if (!(*lease)->query("SELECT 1"))
                    ++failures;
                --lent;
            }
        });
    }
    for (std::thread &thread : threads)
        thread.join();
    QCOMPARE(failures.load(), 0);
    QVERIFY(lentMost <= 3);
}

void TestConnection::poolOutlivesItsConnections()
{
    auto pool = Pool::open(m_database->freshConnectionString(), 1);
    QVERIFY(pool);
    {
        auto lease = (*pool)->take();
        QVERIFY(lease);
        QVERIFY((*lease)->script("BEGIN"));
        QVERIFY(!(*lease)->query("SELECT pg_terminate_backend(pg_backend_pid())"));
    }
    auto lease = (*pool)->take();
    QVERIFY(lease);
    QVERIFY(!(*lease)->isInTransaction());
    QVERIFY((*lease)->query("SELECT 1"));
}

void TestConnection::waitingForThePoolCanBeStopped()
{
    auto pool = Pool::open(m_database->freshConnectionString(), 1);
    auto lease = (*pool)->take();
    QVERIFY(lease);
    std::stop_source stop;
    std::latch waiting(1);
    Result<Pool::Lease> second = fail(ErrorCode::NotFound, "not asked yet");
    std::thread thread([&] {
        waiting.count_down();
        auto result = (*pool)->take(stop.get_token());
        if (!result)
            second.error() = result.error();
    });
    waiting.wait();
    stop.request_stop();
    thread.join();
    QVERIFY(second.error().code == ErrorCode::Cancelled);
}

void TestConnection::runningStatementIsCancelled()
{
    const std::string where = m_database->freshConnectionString();
    auto connection = Connection::open(where);
    auto watcher = Connection::open(where);
    const auto cancel = connection->canceller();
    std::thread thread([&] {
        const char *sql = "SELECT FROM pg_stat_activity WHERE query = 'SELECT pg_sleep(60)'";
        while (watcher->query(sql)->isEmpty()) {
        }
        cancel();
    });
    const auto rows = connection->query("SELECT pg_sleep(60)");
    thread.join();
    QVERIFY(!rows);
    QVERIFY(rows.error().code == ErrorCode::Cancelled);
    QVERIFY(connection->query("SELECT 1"));
}

void TestConnection::notificationArrives()
{
    const std::string where = m_database->freshConnectionString();
    auto listener = Connection::open(where);
    auto speaker = Connection::open(where);
    QVERIFY(listener->script("LISTEN chrona_job"));
    QVERIFY(speaker->script("NOTIFY chrona_job, 'enrichment'"));
    const auto notes = listener->waitForNotifications(std::chrono::seconds(20));
    QVERIFY(notes);
    QCOMPARE(notes->size(), std::size_t{1});
    QCOMPARE(notes->front().payload, std::string("enrichment"));
    QVERIFY(listener->waitForNotifications(std::chrono::milliseconds(0))->empty());
}

QTEST_GUILESS_MAIN(TestConnection)
#include "tst_connection.moc"
