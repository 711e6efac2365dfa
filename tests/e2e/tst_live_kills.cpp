// SPDX-License-Identifier: AGPL-3.0-or-later
#include "live_log.h"

#include <QElapsedTimer>
#include <QRandomGenerator>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace chrona;
using namespace chrona::e2e;

namespace {

constexpr int kLiveRounds = 20;
constexpr int kLivePayloads = 60; ///< of a round, beside one that is poison
constexpr int kLivePatienceMs = 120'000;
/// Fixed, so that a failure can be had again; the machine's own timing does the rest.
constexpr quint32 kLiveSeed = 20'261'127;

} // namespace

/// Kills the running service at random moments while it makes events of the log and links them,
/// round after round: what was acknowledged has its effect, and has it once.
class TestLiveKills : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void eachItemHasItsEffectOnce();

private:
    [[nodiscard]] static std::vector<storage::RawItem> itemsOf(int round)
    {
        std::vector<storage::RawItem> items;
        for (int one = 0; one < kLivePayloads; ++one)
            items.push_back(LiveLog::payload(round * kLivePayloads + one));
        items.insert(items.begin() + kLivePayloads / 2, LiveLog::poison(round));
        return items;
    }
    [[nodiscard]] bool isDone(int rounds)
    {
        return m_live.count("SELECT count(*) FROM chrona_world.event") ==
                   qint64{rounds} * kLivePayloads * LiveLog::kEntries &&
               m_live.count("SELECT count(*) FROM chrona_world.raw_quarantine") == rounds;
    }
    LiveLog m_live;
};

void TestLiveKills::eachItemHasItsEffectOnce()
{
    QVERIFY(m_live.open());
    QVERIFY(m_live.serve());
    QVERIFY(m_live.goLive());
    // How long the machine takes without a knife says where the knife may fall.
    QElapsedTimer clock;
    clock.start();
    QVERIFY(m_live.append(itemsOf(0)));
    QTRY_VERIFY_WITH_TIMEOUT(isDone(1), kLivePatienceMs);
    const auto lengthMs = static_cast<quint32>(clock.elapsed());

    QRandomGenerator random(kLiveSeed);
    int interrupted = 0;
    for (int round = 1; round <= kLiveRounds; ++round) {
        QVERIFY(m_live.append(itemsOf(round)));
        QVERIFY(
            !m_live.programs.service().waitForFinished(static_cast<int>(random.bounded(lengthMs))));
        m_live.programs.killService();
        interrupted += isDone(round + 1) ? 0 : 1;
        QVERIFY(m_live.serve());
    }
    QTRY_VERIFY_WITH_TIMEOUT(isDone(kLiveRounds + 1), kLivePatienceMs);
    // A round that was quicker than the knife proves nothing; most must be cut.
    QVERIFY2(interrupted >= kLiveRounds / 2, qPrintable(QString::number(interrupted)));

    const qint64 all = qint64{kLiveRounds + 1} * kLivePayloads * LiveLog::kEntries;
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
    QVERIFY(m_live.programs.stopService());
}

QTEST_GUILESS_MAIN(TestLiveKills)
#include "tst_live_kills.moc"
