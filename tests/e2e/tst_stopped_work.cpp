// SPDX-License-Identifier: AGPL-3.0-or-later
#include "programs.h"

#include "chrona/storage/connection.h"
#include "chrona/storage/test_database.h"
#include "chrona/workspace/investigations.h"
#include "chrona/workspace/session.h"

#include <QTest>

#include <algorithm>
#include <map>
#include <memory>
#include <optional>

using namespace Qt::StringLiterals;
using namespace chrona;
using namespace chrona::e2e;
using chrona::workspace::Session;

namespace {

constexpr int kStopMsMax = 60'000;

/// Larger than a topology that is read as a whole: rings of one arc each, wide steps that cancel.
QByteArray largeTopology(int rings)
{
    QByteArray objects, arcs;
    QByteArray steps;
    for (int pair = 0; pair < 1'000; ++pair)
        steps += "[7123,6123],[-7123,-6123],";
    for (int ring = 0; ring < rings; ++ring) {
        const QByteArray number = QByteArray::number(ring);
        const QByteArray comma = ring > 0 ? "," : "";
        objects +=
            comma + R"({"type":"Polygon","id":"r)" + number + R"(","arcs":[[)" + number + "]]}";
        arcs += comma + "[[" + QByteArray::number(100'000 + ring) + ",100000]," + steps +
                "[9,9],[-18,0],[9,-9]]";
    }
    return R"({"type":"Topology","objects":{"rings":{"type":"GeometryCollection","geometries":[)" +
           objects + R"(]}},"arcs":[)" + arcs +
           R"(],"transform":{"scale":[0.0001,0.0001],"translate":[-10,-10]}})";
}

} // namespace

/// Work of the service that takes long, stopped from a window's session.
class TestStoppedWork : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void briefingIsBrokenOffInItsQuery();
    void importIsBrokenOffBetweenItsParts();

private:
    std::unique_ptr<storage::TestDatabase> m_server;
    std::string m_way;
    Programs m_programs;
    std::unique_ptr<Session> m_session;
};

void TestStoppedWork::initTestCase()
{
    m_server = storage::TestDatabase::open();
    QVERIFY(m_server);
    m_way = m_server->emptyConnectionString();
    QVERIFY(m_programs.startService({u"--database"_s, QString::fromStdString(m_way)}));
    QCOMPARE(m_programs
                 .chronactl({u"demo"_s, u"load"_s, u"--events"_s, u"2000"_s, u"--years"_s, u"1"_s},
                            std::chrono::seconds(120))
                 .code,
             0);
    workspace::SessionOptions options;
    options.dataFolder = m_programs.dataFolder().toStdString();
    m_session = std::make_unique<Session>(options);
    m_session->open();
    QTRY_COMPARE_WITH_TIMEOUT(m_session->state(), Session::State::Ready, kStopMsMax);
}

void TestStoppedWork::briefingIsBrokenOffInItsQuery()
{
    workspace::Investigations book(*m_session, nullptr);
    book.create(u"Long"_s);
    QTRY_COMPARE_WITH_TIMEOUT(book.current()->unsaved(), std::size_t(0), kStopMsMax);

    // Whoever reads searches waits for us: a query that lasts as long as this test wants.
    auto holder = storage::Connection::open(m_way).value();
    auto transaction = storage::Transaction::begin(holder);
    QVERIFY(transaction);
    QVERIFY(transaction->exec("LOCK TABLE chrona_signal.discovery_run IN ACCESS EXCLUSIVE MODE"));
    auto watcher = storage::Connection::open(m_way).value();
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
    QTRY_VERIFY_WITH_TIMEOUT(waiting() > 0 && steps > 0, kStopMsMax);
    QVERIFY2(steps < total, "it cannot be done while it waits");
    QVERIFY(!answer);
    making.cancel();
    QTRY_VERIFY_WITH_TIMEOUT(answer.has_value(), kStopMsMax);
    QVERIFY(!*answer && answer->error().code == ErrorCode::Cancelled);
    QTRY_COMPARE_WITH_TIMEOUT(waiting(), 0, kStopMsMax);

    // The next one finds everything as it was.
    QVERIFY(transaction->commit());
    answer.reset();
    book.brief([&](const Result<schema::Briefing> &made) { answer = made; });
    QTRY_VERIFY_WITH_TIMEOUT(answer.has_value(), kStopMsMax);
    QVERIFY2(*answer, answer->has_value() ? "" : answer->error().what.c_str());
}

void TestStoppedWork::importIsBrokenOffBetweenItsParts()
{
    const QByteArray file = largeTopology(1'600);
    QVERIFY(file.size() > 32 << 20);
    const auto import = [&](std::optional<Result<ipc::ImportReport>> &answer,
                            std::map<std::string, qint64> &done) {
        ipc::ImportBegin begin;
        begin.kind = ipc::ImportKind::Boundaries;
        begin.format = ipc::ImportFormat::TopoJson;
        begin.fileName = "rings.topojson";
        begin.boundarySet = "rings";
        begin.sizeBytes = file.size();
        auto at = std::make_shared<qsizetype>(0);
        return m_session->request<ipc::ImportBegin>(
            begin, this, [&answer](const Result<ipc::ImportReport> &report) { answer = report; },
            [&done](const ipc::Progress &news) { done[news.stage] = news.done; },
            [&file, at](std::size_t bytesMax) -> Result<QByteArray> {
                const QByteArray piece =
                    file.sliced(*at, std::min<qsizetype>(qsizetype(bytesMax), file.size() - *at));
                *at += piece.size();
                return piece;
            });
    };
    auto holder = storage::Connection::open(m_way).value();
    const auto stored = [&holder] {
        return holder.query("SELECT count(*) FROM chrona_geo.boundary WHERE set_name = 'rings'")
            .value()
            .first()
            .int64(0);
    };
    std::optional<Result<ipc::ImportReport>> answer;
    std::map<std::string, qint64> done;
    const auto importing = import(answer, done);
    // Storing waits for us from here on.
    QTRY_VERIFY_WITH_TIMEOUT(done["import.read"] > 0, kStopMsMax);
    auto transaction = storage::Transaction::begin(holder);
    QVERIFY(transaction);
    QVERIFY(transaction->exec("LOCK TABLE chrona_geo.boundary IN ACCESS EXCLUSIVE MODE"));
    QTRY_VERIFY_WITH_TIMEOUT(done["import.joined"] > 0, kStopMsMax);
    QVERIFY(!answer);
    importing.cancel();
    QTRY_VERIFY_WITH_TIMEOUT(answer.has_value(), kStopMsMax);
    QVERIFY(!*answer && answer->error().code == ErrorCode::Cancelled);
    QVERIFY(transaction->commit());
    QVERIFY2(stored() < 1'600, "what was stored before stays, and nothing comes after");

    answer.reset();
    done.clear();
    import(answer, done);
    QTRY_VERIFY_WITH_TIMEOUT(answer.has_value(), kStopMsMax);
    QVERIFY2(*answer, answer->has_value() ? "" : answer->error().what.c_str());
    QCOMPARE(stored(), 1'600);
    QCOMPARE(done["import.read"], file.size());
    QCOMPARE(done["import.joined"], 1'600);
}

QTEST_GUILESS_MAIN(TestStoppedWork)
#include "tst_stopped_work.moc"
