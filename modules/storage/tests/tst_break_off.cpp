// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/storage/connection.h"
#include "chrona/storage/test_database.h"

#include <QTest>

#include <stop_token>
#include <thread>

using namespace chrona;
using namespace chrona::storage;

/// A stop request ends a session's long statement whenever it comes.
class TestBreakOff : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void whatRunsIsBrokenOff();
    void whatBeginsAfterTheStopIsBrokenOff();
    void shortStatementsStillPass();
    void afterItTheSessionIsAsBefore();

private:
    std::unique_ptr<TestDatabase> m_database;
};

void TestBreakOff::initTestCase()
{
    m_database = TestDatabase::open();
    QVERIFY(m_database);
}

void TestBreakOff::whatRunsIsBrokenOff()
{
    const std::string where = m_database->freshConnectionString();
    auto connection = Connection::open(where);
    auto watcher = Connection::open(where);
    std::stop_source source;
    const BreakOff breakOff(*connection, source.get_token());
    std::thread thread([&] {
        const char *sql = "SELECT FROM pg_stat_activity WHERE query = 'SELECT pg_sleep(60)'";
        while (watcher->query(sql)->isEmpty()) {
        }
        source.request_stop();
    });
    const auto rows = connection->query("SELECT pg_sleep(60)");
    thread.join();
    QVERIFY(!rows);
    QVERIFY(rows.error().code == ErrorCode::Cancelled);
}

void TestBreakOff::whatBeginsAfterTheStopIsBrokenOff()
{
    auto connection = Connection::open(m_database->freshConnectionString());
    std::stop_source source;
    const BreakOff breakOff(*connection, source.get_token());
    source.request_stop(); // the server has nothing to break off yet, and forgets it
    for (int again = 0; again < 2; ++again) {
        const auto rows = connection->query("SELECT pg_sleep(600)");
        QVERIFY(!rows);
        QVERIFY(rows.error().code == ErrorCode::Cancelled);
    }
}

void TestBreakOff::shortStatementsStillPass()
{
    auto connection = Connection::open(m_database->freshConnectionString());
    std::stop_source source;
    source.request_stop();
    const BreakOff breakOff(*connection, source.get_token());
    // The request of the constructor may still meet the first statement.
    std::ignore = connection->query("SELECT 1");
    QVERIFY(connection->exec("BEGIN"));
    QVERIFY(!connection->query("SELECT pg_sleep(600)"));
    QVERIFY(connection->hasFailedTransaction());
    QVERIFY(connection->exec("ROLLBACK"));
    QVERIFY(!connection->isInTransaction());
}

void TestBreakOff::afterItTheSessionIsAsBefore()
{
    auto connection = Connection::open(m_database->freshConnectionString());
    std::stop_source outer, inner;
    const BreakOff breakOff(*connection, outer.get_token());
    {
        const BreakOff within(*connection, inner.get_token());
        inner.request_stop();
        QVERIFY(!connection->query("SELECT pg_sleep(600)"));
    }
    QVERIFY(connection->query("SELECT pg_sleep(0.3)"));
    outer.request_stop();
    QVERIFY(!connection->query("SELECT pg_sleep(600)"));
}

QTEST_GUILESS_MAIN(TestBreakOff)
#include "tst_break_off.moc"
