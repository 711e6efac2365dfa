// SPDX-License-Identifier: AGPL-3.0-or-later
#include "live_log.h"

#include "test_knife.h"

#include <QElapsedTimer>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace chrona;
using namespace chrona::e2e;

namespace {

constexpr int kLiveRounds = 20; ///< beside one at each step
constexpr int kLivePayloads = 60; ///< of a round, beside one that is poison
constexpr int kLivePatienceMs = 120'000;
/// Fixed, so that a failure can be had again; the machine's own timing does the rest.
constexpr quint32 kLiveSeed = 20'261'127;

} // namespace

/// Kills the running service while it makes events of the log and links them, round after round, at
/// each of its steps and at random moments: what was acknowledged has its effect, and has it once.
class TestLiveKills : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void aStepThatNeverHappensIsTakenAgain_data();
    void aStepThatNeverHappensIsTakenAgain();
    void eachItemHasItsEffectOnce();
    void cleanupTestCase() { QVERIFY(m_live.programs.stopService()); }

private:
    void appendNext();
    void verifyOnce();
    [[nodiscard]] bool isDone()
    {
        return m_live.count("SELECT count(*) FROM chrona_world.event") ==
                   qint64{m_rounds} * kLivePayloads * LiveLog::kEntries &&
               m_live.count("SELECT count(*) FROM chrona_world.raw_quarantine") == m_rounds;
    }
    LiveLog m_live;
    int m_rounds = 0;
};

void TestLiveKills::initTestCase()
{
    QVERIFY(m_live.open());
    QVERIFY(m_live.serve());
    QVERIFY(m_live.goLive());
}

void TestLiveKills::appendNext()
{
    std::vector<storage::RawItem> items;
    for (int one = 0; one < kLivePayloads; ++one)
        items.push_back(LiveLog::payload(m_rounds * kLivePayloads + one));
    items.insert(items.begin() + kLivePayloads / 2, LiveLog::poison(m_rounds));
    QVERIFY(m_live.append(items));
    ++m_rounds;
}

void TestLiveKills::verifyOnce()
{
    const qint64 all = qint64{m_rounds} * kLivePayloads * LiveLog::kEntries;
    QCOMPARE(m_live.count("SELECT count(DISTINCT source_ref) FROM chrona_world.event"), all);
    QCOMPARE(m_live.count("SELECT count(*) FROM chrona_world.event WHERE revision <> 1"), 0);
    // Every event has its links, each once.
    for (const char *key : {"topic:trade", "country:DE"}) {
        const std::string sql =
            std::format("SELECT count(*) FROM chrona_world.event_entity l JOIN "
                        "chrona_world.entity e ON e.id = l.entity_id AND e.key = '{}'",
                        key);
        QCOMPARE(m_live.count(sql.c_str()), all);
    }
}

void TestLiveKills::aStepThatNeverHappensIsTakenAgain_data()
{
    QTest::addColumn<QString>("table");
    for (const char *table :
         {"entity", "event_key", "event", "event_entity", "raw_quarantine", "raw_cursor"})
        QTest::newRow(table) << u"chrona_world."_s + QString::fromLatin1(table);
}

void TestLiveKills::aStepThatNeverHappensIsTakenAgain()
{
    QFETCH(QString, table);
    {
        auto held = m_live.hold(table.toStdString());
        QVERIFY2(held.has_value(), held ? "" : held.error().what.c_str());
        appendNext();
        QTRY_VERIFY_WITH_TIMEOUT(held->hasWaiter(), kLivePatienceMs);
        m_live.programs.killService();
        const auto ended = held->endOthers(*m_live.connection);
        QVERIFY2(ended.has_value(), ended ? "" : ended.error().what.c_str());
    }
    QVERIFY(m_live.serve());
    QTRY_VERIFY_WITH_TIMEOUT(isDone(), kLivePatienceMs);
    verifyOnce();
}

void TestLiveKills::eachItemHasItsEffectOnce()
{
    // How long the machine takes without a knife says where the knife may fall.
    QElapsedTimer clock;
    clock.start();
    appendNext();
    QTRY_VERIFY_WITH_TIMEOUT(isDone(), kLivePatienceMs);
    TestKnife knife(kLiveSeed, kLiveRounds, clock.elapsed());

    while (knife.hasNext()) {
        appendNext();
        QVERIFY(!m_live.programs.service().waitForFinished(knife.nextMs()));
        m_live.programs.killService();
        knife.fell(!isDone());
        QVERIFY(m_live.serve());
    }
    QTRY_VERIFY_WITH_TIMEOUT(isDone(), kLivePatienceMs);
    QVERIFY2(knife.hasCutEnough(), qPrintable(QString::number(knife.cuts())));
    verifyOnce();
}

QTEST_GUILESS_MAIN(TestLiveKills)
#include "tst_live_kills.moc"
