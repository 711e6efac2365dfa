// SPDX-License-Identifier: AGPL-3.0-or-later
#include "submission_stage.h"

using namespace chrona;
using namespace chrona::flare;

/// What may become of the machine in the middle of a round: nothing is said that the rules do not
/// allow, and what can still be said is.
class TestSubmissionMachine : public QObject, private SubmissionStage {
    Q_OBJECT

private Q_SLOTS:
    void init() { openStage(); }
    void databaseGoesBetweenCommitAndReveal();
    void fullDiskSaysNothing_data();
    void fullDiskSaysNothing();
    void sleepOverTheRevealTellsNoValues();
    void sleepIntoTheRevealRevealsInTime();
    void sleepOverManyRoundsBeginsAnew();

private:
    /// All of its connections end, as they do when it is restarted.
    void cutConnections()
    {
        auto other = storage::Connection::open(m_connectionString);
        QVERIFY(other);
        QVERIFY(other->query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE "
                             "datname = current_database() AND pid <> pg_backend_pid()"));
    }
    void reconnect()
    {
        m_connection.reset();
        m_connection = std::move(storage::Connection::open(m_connectionString).value());
    }
    void mayWrite(bool may)
    {
        QVERIFY(m_connection->exec(may ? "SET default_transaction_read_only = off"
                                       : "SET default_transaction_read_only = on"));
    }
    [[nodiscard]] RoundId first() const { return m_world->firstRound + 22; }
};

void TestSubmissionMachine::databaseGoesBetweenCommitAndReveal()
{
    const RoundId round = first();
    QVERIFY(step(start(round) + 75));
    mineAt(start(round) + 80);
    cutConnections();
    QVERIFY(!step(start(round + 1) + 20)); // and nothing is told without its memory
    m_node->mineAt(start(round + 1) + 22);
    reconnect();
    QVERIFY(step(start(round + 1) + 24));
    mineAt(start(round + 1) + 28);
    QVERIFY(ours(round).commit == Part::InTime);
    QVERIFY(ours(round).reveal == Part::InTime);
    QCOMPARE(ourCalls(1), std::int64_t{1});
    QCOMPARE(ourCalls(2), std::int64_t{1});
}

void TestSubmissionMachine::fullDiskSaysNothing_data()
{
    QTest::addColumn<bool>("isBeforeCommit");
    QTest::newRow("before the commit") << true;
    QTest::newRow("before the reveal") << false;
}

/// A server with a full disk reads and refuses to write. What cannot be kept is not said.
void TestSubmissionMachine::fullDiskSaysNothing()
{
    QFETCH(bool, isBeforeCommit);
    const RoundId round = first();
    if (isBeforeCommit) {
        mayWrite(false);
        QVERIFY(!step(start(round) + 75));
        QCOMPARE(m_signing->asked, 0);
        mayWrite(true);
    }
    QVERIFY(step(start(round) + 77)); // there is room again
    mineAt(start(round) + 80);
    QVERIFY(step(start(round) + 82));
    if (!isBeforeCommit) {
        const int asked = m_signing->asked;
        mayWrite(false);
        QVERIFY(!step(start(round + 1) + 20));
        QCOMPARE(m_signing->asked, asked);
        mayWrite(true);
    }
    QVERIFY(step(start(round + 1) + 24));
    mineAt(start(round + 1) + 28);
    QVERIFY(ours(round).reveal == Part::InTime);
    QCOMPARE(ourCalls(1), std::int64_t{1});
    QCOMPARE(ourCalls(2), std::int64_t{1});
}

void TestSubmissionMachine::sleepOverTheRevealTellsNoValues()
{
    const RoundId round = first();
    QVERIFY(step(start(round) + 75));
    mineAt(start(round) + 80);
    // Asleep; others go on. Awake a second after the last one in which a reveal counts.
    mineAt(start(round + 1) + 40);
    (void)step(start(round + 1) + 45);
    mineAt(start(round + 1) + 46);
    (void)step(start(round + 1) + 60);
    mineAt(start(round + 1) + 62);
    QVERIFY(step(start(round + 1) + 75));
    mineAt(start(round + 1) + 80);
    QCOMPARE(ourCalls(2), std::int64_t{0}); // it would be late, and tell values for nothing
    QCOMPARE(ourCalls(1), std::int64_t{2});
    QVERIFY(step(start(round + 2) + 20));
    mineAt(start(round + 2) + 24);
    QVERIFY(ours(round + 1).reveal == Part::InTime);
    QVERIFY(ours(round).reveal == Part::None);
}

void TestSubmissionMachine::sleepIntoTheRevealRevealsInTime()
{
    const RoundId round = first();
    QVERIFY(step(start(round) + 75));
    m_node->mineAt(start(round) + 80); // while it sleeps
    m_node->mineAt(start(round + 1) + 30);
    makeSubmitter(*m_client); // as if all of it had been started anew
    (void)step(start(round + 1) + 38);
    mineAt(start(round + 1) + 41);
    QVERIFY(ours(round).reveal == Part::InTime);
    QCOMPARE(ourCalls(2), std::int64_t{1});
}

void TestSubmissionMachine::sleepOverManyRoundsBeginsAnew()
{
    const RoundId round = first(), later = round + 25;
    QVERIFY(step(start(round) + 75)); // never gets into a block
    for (RoundId each = round + 2; each <= later; ++each)
        m_node->mineAt(start(each));
    index();
    (void)step(start(later) + 20);
    QVERIFY(step(start(later) + 75));
    mineAt(start(later) + 80);
    QVERIFY(step(start(later) + 82));
    QVERIFY(step(start(later + 1) + 20));
    mineAt(start(later + 1) + 24);
    QVERIFY(ours(later).commit == Part::InTime);
    QVERIFY(ours(later).reveal == Part::InTime);
    // The old commit got into a block with its own nonce, or its nonce was taken over: never both.
    QCOMPARE(count("SELECT count(*) - count(DISTINCT nonce) FROM chrona_oracle.outgoing WHERE "
                   "chain_id = $1 AND state IN (1, 2)"),
             std::int64_t{0});
}

QTEST_GUILESS_MAIN(TestSubmissionMachine)
#include "tst_submission_machine.moc"
