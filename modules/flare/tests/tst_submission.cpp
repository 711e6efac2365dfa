// SPDX-License-Identifier: AGPL-3.0-or-later
#include "submission_stage.h"

#include <QProcess>
#include <QTest>

#include <random>

using namespace chrona;
using namespace chrona::flare;

/// Whole rounds on a real EVM: the first of five providers is ours and goes through the submitter
/// and the signer's rules; the others send what they should.
class TestSubmission : public QObject, private SubmissionStage {
    Q_OBJECT

private Q_SLOTS:
    void init() { openStage(); }
    void roundsWithoutAMiss();
    void lostRequestsLoseNothing();
    void killLosesNoReveal_data();
    void killLosesNoReveal();
    void killedWithASignatureInHandSaysNothingTwice();

private:
    /// One step of another process; false where it was killed.
    [[nodiscard]] bool livesThrough(Seconds now, int killAt, int signatures = 0) const;
    void playRound(RoundId round);
    void checkLedger(std::int64_t rounds);
};

void TestSubmission::playRound(RoundId round)
{
    QVERIFY(step(start(round) + 75));
    othersCommit(round);
    mineAt(start(round) + 80);
    QVERIFY(step(start(round) + 82));
    QVERIFY(step(start(round + 1) + 20));
    othersReveal(round);
    mineAt(start(round + 1) + 25);
    mineAt(start(round + 1) + 45);
    QVERIFY(step(start(round + 1) + 46));
    othersSign(round);
    mineAt(start(round + 1) + 50);
    QVERIFY(step(start(round + 1) + 66));
    mineAt(start(round + 1) + 68);
    QVERIFY(step(start(round + 1) + 69));
}

void TestSubmission::checkLedger(std::int64_t rounds)
{
    QCOMPARE(ourCalls(1), rounds);
    QCOMPARE(ourCalls(2), rounds);
    QCOMPARE(ourCalls(4), rounds);
    // Nonces from 0 without a gap, each once, for each account.
    QCOMPARE(
        count("SELECT count(*) FROM (SELECT nonce - row_number() OVER (PARTITION BY sender ORDER "
              "BY nonce) AS d FROM chrona_oracle.outgoing WHERE chain_id = $1) AS x WHERE d <> "
              "-1"),
        std::int64_t{0});
    QCOMPARE(
        count("SELECT count(*) FROM chrona_oracle.outgoing WHERE chain_id = $1 AND state <> 2"),
        std::int64_t{0});
}

void TestSubmission::roundsWithoutAMiss()
{
    // Long enough here for nonces and the window of earlier rounds; tst_submission_long plays more.
    const RoundId rounds = std::max(6, qEnvironmentVariableIntValue("CHRONA_ROUNDS"));
    const RoundId first = m_world->firstRound + 22;
    for (RoundId round = first; round < first + rounds; ++round) {
        playRound(round);
        if (QTest::currentTestFailed())
            return;
    }
    RoundWatch watch(m_chain, *networkSetup("coston2"));
    while (watch.step(*m_connection).value() > 0) {
    }
    QCOMPARE(count("SELECT count(*) FROM chrona_oracle.round WHERE chain_id = $1 AND is_whole AND "
                   "root = final_root AND is_secure = final_secure AND reveals = 5"),
             std::int64_t{rounds});
    QCOMPARE(
        count("SELECT count(*) FROM chrona_oracle.submission AS s JOIN chrona_oracle.round AS r "
              "USING (chain_id, round) WHERE s.chain_id = $1 AND r.reveals = 5 AND s.commit = 1 "
              "AND s.reveal = 1 AND s.signature = 1 AND s.given = 3"),
        std::int64_t{5 * rounds});
    checkLedger(rounds);
}

void TestSubmission::lostRequestsLoseNothing()
{
    // Every eighth request is lost on its way there, every tenth answer on its way back: by lot,
    // for a fixed beat could lose the same question of each step for ever.
    std::minstd_rand lot(7);
    use(faultyHttp([&lot](const net::Request &) {
        const auto drawn = lot() % 80;
        return drawn < 10   ? FaultyTransport::Fault::BeforeSending
               : drawn < 18 ? FaultyTransport::Fault::AfterSending
                            : FaultyTransport::Fault::None;
    }));
    const RoundId first = m_world->firstRound + 22;
    for (RoundId round = first; round < first + 3; ++round) {
        (void)step(start(round) + 75);
        othersCommit(round);
        carryOn(start(round) + 76, start(round) + 87);
        othersReveal(round);
        carryOn(start(round + 1) + 20, start(round + 1) + 43);
        mineAt(start(round + 1) + 45);
        othersSign(round);
        carryOn(start(round + 1) + 46, start(round + 1) + 72);
        const Participation part = ours(round);
        QVERIFY(part.commit == Part::InTime);
        QVERIFY(part.reveal == Part::InTime);
        QVERIFY(part.signature == Part::InTime);
    }
    QCOMPARE(ourCalls(1), std::int64_t{3});
    QCOMPARE(ourCalls(2), std::int64_t{3});
    QCOMPARE(ourCalls(4), std::int64_t{3});
}

bool TestSubmission::livesThrough(Seconds now, int killAt, int signatures) const
{
    QProcess process;
    process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    process.start(QStringLiteral(CHRONA_SUBMITTER_STEP),
                  {QString::fromStdString(m_connectionString),
                   QString::fromStdString(m_node->url()), QString::number(now),
                   QString::number(killAt), QString::number(signatures)});
    if (!process.waitForFinished(180'000))
        qFatal("the step did not end");
    return process.exitStatus() == QProcess::NormalExit;
}

void TestSubmission::killLosesNoReveal_data()
{
    QTest::addColumn<int>("duty");
    QTest::newRow("killed while it commits") << 75;
    QTest::newRow("killed while it reveals") << 110;
}

/// A process is killed in place of its nth request, for every n that it gets to; another submitter,
/// which knows nothing but the database, goes on. Whenever it died: one commit, one reveal, the
/// right one.
void TestSubmission::killLosesNoReveal()
{
    QFETCH(int, duty);
    RoundId round = m_world->firstRound + 22;
    for (int killAt = 0;; ++killAt, ++round) {
        bool lived = false;
        const auto at = [&](Seconds now) {
            if (now == start(round) + duty)
                lived = livesThrough(now, killAt);
            else
                (void)step(now);
        };
        at(start(round) + 75);
        makeSubmitter(*m_client);
        at(start(round) + 77);
        mineAt(start(round) + 80);
        at(start(round) + 82);
        at(start(round + 1) + 20);
        makeSubmitter(*m_client);
        at(start(round + 1) + 22);
        mineAt(start(round + 1) + 25);
        const Participation part = ours(round);
        QVERIFY2(part.commit == Part::InTime, qPrintable(QString::number(killAt)));
        QVERIFY2(part.reveal == Part::InTime, qPrintable(QString::number(killAt)));
        if (lived)
            break; // it got to its end
    }
    const RoundId rounds = round - m_world->firstRound - 22 + 1;
    QVERIFY2(rounds > 5, qPrintable(QString::number(rounds)));
    QCOMPARE(ourCalls(1), std::int64_t{rounds});
    QCOMPARE(ourCalls(2), std::int64_t{rounds});
}

/// Signed, and not yet kept: whoever goes on signs anew, and one of the two is ever sent.
void TestSubmission::killedWithASignatureInHandSaysNothingTwice()
{
    constexpr int kNever = 1'000'000;
    const RoundId first = m_world->firstRound + 22;
    // In the first round its result was signed, in the second one the transaction that says so,
    // too.
    for (const int signatures : {1, 2}) {
        const RoundId round = first + signatures - 1;
        QVERIFY(!livesThrough(start(round) + 75, kNever, 1));
        makeSubmitter(*m_client);
        QVERIFY(step(start(round) + 77));
        othersCommit(round);
        mineAt(start(round) + 80);
        QVERIFY(step(start(round) + 82));
        QVERIFY(!livesThrough(start(round + 1) + 20, kNever, 1));
        makeSubmitter(*m_client);
        QVERIFY(step(start(round + 1) + 22));
        othersReveal(round);
        mineAt(start(round + 1) + 25);
        mineAt(start(round + 1) + 45);
        QVERIFY(!livesThrough(start(round + 1) + 46, kNever, signatures));
        makeSubmitter(*m_client);
        QVERIFY(step(start(round + 1) + 48));
        othersSign(round);
        mineAt(start(round + 1) + 50);
        QVERIFY(step(start(round + 1) + 66));
        mineAt(start(round + 1) + 68);
        QVERIFY(step(start(round + 1) + 69));
        const Participation part = ours(round);
        QVERIFY(part.commit == Part::InTime);
        QVERIFY(part.reveal == Part::InTime);
        QVERIFY(part.signature == Part::InTime);
    }
    checkLedger(2);
}

QTEST_GUILESS_MAIN(TestSubmission)
#include "tst_submission.moc"
