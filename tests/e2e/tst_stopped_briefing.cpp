// SPDX-License-Identifier: AGPL-3.0-or-later
#include "programs.h"

#include "chrona/storage/connection.h"
#include "chrona/storage/test_database.h"
#include "chrona/workspace/investigations.h"
#include "chrona/workspace/session.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace chrona;
using namespace chrona::e2e;
using chrona::workspace::Session;

/// A briefing of an investigation that takes long, stopped from a window's session.
class TestStoppedBriefing : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void queryThatRunsIsBrokenOff();
};

void TestStoppedBriefing::queryThatRunsIsBrokenOff()
{
    constexpr int kLongMs = 60'000;
    const auto server = storage::TestDatabase::open();
    QVERIFY(server);
    const std::string way = server->emptyConnectionString();
    Programs programs;
    QVERIFY(programs.startService({u"--database"_s, QString::fromStdString(way)}));
    QCOMPARE(programs
                 .chronactl({u"demo"_s, u"load"_s, u"--events"_s, u"2000"_s, u"--years"_s, u"1"_s},
                            std::chrono::seconds(120))
                 .code,
             0);
    workspace::SessionOptions options;
    options.dataFolder = programs.dataFolder().toStdString();
    Session session(options);
    workspace::Investigations book(session, nullptr);
    session.open();
    QTRY_COMPARE_WITH_TIMEOUT(session.state(), Session::State::Ready, kLongMs);
    book.create(u"Long"_s);
    QTRY_COMPARE_WITH_TIMEOUT(book.current()->unsaved(), std::size_t(0), kLongMs);

    // Whoever reads searches waits for us: a query that lasts as long as this test wants.
    auto holder = storage::Connection::open(way).value();
    auto transaction = storage::Transaction::begin(holder);
    QVERIFY(transaction);
    QVERIFY(transaction->exec("LOCK TABLE chrona_signal.discovery_run IN ACCESS EXCLUSIVE MODE"));
    auto watcher = storage::Connection::open(way).value();
    const auto waiting = [&watcher] {
        return watcher
            .query("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
                   "AND wait_event_type = 'Lock' AND query LIKE '%discovery_run%'")
            .value()
            .first()
            .int64(0);
    };
    std::optional<Result<schema::Briefing>> answer;
    qint64 steps = 0, total = 0;
    const auto making = book.brief([&](const Result<schema::Briefing> &made) { answer = made; },
                                   [&](qint64 done, qint64 of) {
                                       steps = done;
                                       total = of;
                                   });
    QTRY_VERIFY_WITH_TIMEOUT(waiting() > 0 && steps > 0, kLongMs);
    QVERIFY2(steps < total, "it cannot be done while it waits");
    QVERIFY(!answer);
    making.cancel();
    QTRY_VERIFY_WITH_TIMEOUT(answer.has_value(), kLongMs);
    QVERIFY(!*answer && answer->error().code == ErrorCode::Cancelled);
    QTRY_COMPARE_WITH_TIMEOUT(waiting(), 0, kLongMs);

    // The next one finds everything as it was.
    QVERIFY(transaction->commit());
    answer.reset();
    book.brief([&](const Result<schema::Briefing> &made) { answer = made; });
    QTRY_VERIFY_WITH_TIMEOUT(answer.has_value(), kLongMs);
    QVERIFY2(*answer, answer->has_value() ? "" : answer->error().what.c_str());
}

QTEST_GUILESS_MAIN(TestStoppedBriefing)
#include "tst_stopped_briefing.moc"
