// SPDX-License-Identifier: AGPL-3.0-or-later
#include "submission_stage.h"

#include <QTest>

using namespace chrona;
using namespace chrona::flare;

/// What goes wrong between us and a block.
class TestSubmissionFaults : public QObject, private SubmissionStage {
    Q_OBJECT

private Q_SLOTS:
    void init() { openStage(); }
    void stuckTransactionIsOutbid();
    void reorganisationBringsItBack();
    void foreignTransactionTakesTheNonce();
    void lateCommitIsNotRevealed();
    void commitThatWasToldOfLateIsRevealed();
    void indexThatLagsHoldsUpCommitsOnly();
    void nothingIsCommittedWithoutPrices();
    void spikeIsNotPaid();
    void emptyAccountIsTold();
    void partialBlocksAreNotSigned();
    void rehearsalSendsNothing();
    void strangerIsRefused();
};

void TestSubmissionFaults::stuckTransactionIsOutbid()
{
    const RoundId round = m_world->firstRound + 22;
    QVERIFY(step(start(round) + 75));
    const QString submit =
        QString::fromStdString(ethereum::toHex(m_world->providers.front().submit()));
    // No block takes it. The node refuses a replacement that does not raise both figures.
    QVERIFY(step(start(round) + 78));
    QCOMPARE(count("SELECT count(*) FROM chrona_oracle.outgoing_try WHERE $1 > 0"),
             std::int64_t{1});
    const Status outbid = step(start(round) + 81);
    QVERIFY2(outbid, outbid ? "" : describe(outbid.error()).c_str());
    QVERIFY(step(start(round) + 87));
    QCOMPARE(count("SELECT count(*) FROM chrona_oracle.outgoing_try WHERE $1 > 0 AND sent_s IS NOT "
                   "NULL"),
             std::int64_t{3});
    mineAt(start(round) + 89);
    QVERIFY(step(start(round + 1) + 1));
    QCOMPARE(ourCalls(1), std::int64_t{1});
    QVERIFY(step(start(round + 1) + 20));
    mineAt(start(round + 1) + 30);
    QVERIFY(ours(round).reveal == Part::InTime);
    QCOMPARE(m_node->ask("eth_getTransactionCount", {submit, QStringLiteral("pending")}).toString(),
             QStringLiteral("0x2"));
}

void TestSubmissionFaults::reorganisationBringsItBack()
{
    const RoundId round = m_world->firstRound + 22;
    const QJsonValue before = m_node->snapshot();
    QVERIFY(step(start(round) + 75));
    mineAt(start(round) + 77);
    QVERIFY(step(start(round) + 78));
    QCOMPARE(count("SELECT count(*) FROM chrona_oracle.outgoing WHERE chain_id = $1 AND state = 2"),
             std::int64_t{1});
    // The block with the commit is gone, and this node has forgotten the transaction too.
    m_node->revert(before);
    mineAt(start(round) + 79);
    mineAt(start(round) + 80);
    QCOMPARE(ourCalls(1), std::int64_t{0});
    QVERIFY(step(start(round) + 81));
    mineAt(start(round) + 83);
    QVERIFY(step(start(round) + 84));
    QCOMPARE(ourCalls(1), std::int64_t{1});
    QCOMPARE(count("SELECT count(*) FROM chrona_oracle.outgoing_try WHERE $1 > 0"),
             std::int64_t{1});
    QVERIFY(step(start(round + 1) + 20));
    mineAt(start(round + 1) + 25);
    QVERIFY(ours(round).reveal == Part::InTime);
}

void TestSubmissionFaults::foreignTransactionTakesTheNonce()
{
    const RoundId round = m_world->firstRound + 22;
    use(faultyHttp([](const net::Request &request) {
        const bool isSending = request.body->contains("eth_sendRawTransaction");
        return isSending ? FaultyTransport::Fault::BeforeSending : FaultyTransport::Fault::None;
    }));
    QVERIFY(!step(start(round) + 75)); // planned and signed, but never sent
    m_world->send(m_world->providers.front().submitKey, submissionAddress(),
                  {0xde, 0xad, 0xbe, 0xef}); // another program with our key
    m_node->tryAsk("evm_mine");
    index();
    makeSubmitter(*m_client);
    carryOn(start(round) + 77, start(round) + 86);
    QCOMPARE(ourCalls(1), std::int64_t{1});
    QVERIFY(ours(round).commit == Part::InTime);
    QVERIFY(step(start(round + 1) + 20));
    mineAt(start(round + 1) + 25);
    QVERIFY(ours(round).reveal == Part::InTime);
}

void TestSubmissionFaults::lateCommitIsNotRevealed()
{
    const RoundId round = m_world->firstRound + 22;
    QVERIFY(step(start(round) + 88));
    mineAt(start(round + 1) + 2); // the first block is one of the next epoch
    QVERIFY(step(start(round + 1) + 20));
    mineAt(start(round + 1) + 25);
    QCOMPARE(ourCalls(1), std::int64_t{1});
    QCOMPARE(ourCalls(2), std::int64_t{0});
}

/// In a block in time, but no node said so until the row was given up.
void TestSubmissionFaults::commitThatWasToldOfLateIsRevealed()
{
    const RoundId round = m_world->firstRound + 22;
    QVERIFY(step(start(round) + 75));
    mineAt(start(round) + 89);
    QVERIFY(m_connection->exec("UPDATE chrona_oracle.outgoing SET state = 4"));
    QVERIFY(step(start(round + 1) + 20));
    mineAt(start(round + 1) + 25);
    QVERIFY(ours(round).reveal == Part::InTime);
}

/// Which feeds and accounts a round has is known when all blocks before it are.
void TestSubmissionFaults::indexThatLagsHoldsUpCommitsOnly()
{
    const RoundId round = m_world->firstRound + 22;
    QVERIFY(step(start(round) + 75));
    mineAt(start(round) + 80);
    QVERIFY(step(start(round) + 82));
    m_node->mineAt(start(round + 1) + 10); // and is not indexed
    (void)step(start(round + 1) + 20);
    const Status commit = step(start(round + 1) + 75);
    QVERIFY(!commit);
    QVERIFY(commit.error().code == ErrorCode::Unavailable);
    m_node->mineAt(start(round + 1) + 77);
    index();
    QCOMPARE(ourCalls(1), std::int64_t{1});
    QCOMPARE(ourCalls(2), std::int64_t{1});
}

void TestSubmissionFaults::nothingIsCommittedWithoutPrices()
{
    const RoundId round = m_world->firstRound + 22;
    m_values.isSilent = true;
    QVERIFY(!step(start(round) + 75));
    QCOMPARE(count("SELECT count(*) FROM chrona_oracle.commitment WHERE chain_id = $1"),
             std::int64_t{0});
    m_values.isSilent = false;
    QVERIFY(step(start(round) + 77)); // they are back in time
    mineAt(start(round) + 80);
    QCOMPARE(ourCalls(1), std::int64_t{1});
}

void TestSubmissionFaults::spikeIsNotPaid()
{
    const RoundId round = m_world->firstRound + 22;
    m_node->ask("hardhat_setNextBlockBaseFeePerGas", {QStringLiteral("0x2386f26fc10000")}); // 0.01
    m_node->mineAt(start(round) + 70);
    const Status done = step(start(round) + 75);
    QVERIFY(!done);
    QVERIFY2(done.error().code == ErrorCode::Exhausted, describe(done.error()).c_str());
    QCOMPARE(m_signing->asked, 0);
}

void TestSubmissionFaults::emptyAccountIsTold()
{
    const RoundId round = m_world->firstRound + 22;
    m_node->ask("hardhat_setBalance",
                {QString::fromStdString(ethereum::toHex(m_world->providers.front().submit())),
                 QStringLiteral("0x1")});
    const Status done = step(start(round) + 75);
    QVERIFY(!done);
    QVERIFY2(describe(done.error()).contains("cannot pay"), describe(done.error()).c_str());
    m_node->fund(m_world->providers.front().submit());
    QVERIFY(step(start(round) + 78));
    mineAt(start(round) + 80);
    QCOMPARE(ourCalls(1), std::int64_t{1});
}

void TestSubmissionFaults::partialBlocksAreNotSigned()
{
    const RoundId round = m_world->firstRound + 22;
    mineAt(start(round + 1) + 44); // nothing says yet that no reveal comes in second 44
    const Status done = step(start(round + 1) + 47);
    QVERIFY(!done);
    QVERIFY(done.error().code == ErrorCode::Unavailable);
    QCOMPARE(m_signing->asked, 0);
}

void TestSubmissionFaults::rehearsalSendsNothing()
{
    const RoundId round = m_world->firstRound + 22;
    auto options = submitterOptions(*m_world, m_chain);
    options.mode = Mode::Rehearse;
    Submitter rehearsal(*m_client, *m_signing, m_values, options);
    QVERIFY(rehearsal.step(*m_connection, start(round) + 75));
    mineAt(start(round) + 80);
    QVERIFY(rehearsal.step(*m_connection, start(round + 1) + 20));
    mineAt(start(round + 1) + 45);
    QVERIFY(rehearsal.step(*m_connection, start(round + 1) + 46));
    QCOMPARE(m_signing->asked, 0);
    QCOMPARE(count("SELECT count(*) FROM chrona_oracle.outgoing WHERE chain_id = $1 AND state = 5"),
             std::int64_t{3});
    mineAt(start(round + 1) + 50);
    QCOMPARE(ourCalls(1) + ourCalls(2) + ourCalls(4), std::int64_t{0});
}

void TestSubmissionFaults::strangerIsRefused()
{
    auto options = submitterOptions(*m_world, m_chain);
    options.identity.fill(0x99);
    Submitter stranger(*m_client, *m_signing, m_values, options);
    const Status done = stranger.step(*m_connection, start(m_world->firstRound + 22) + 75);
    QVERIFY(!done);
    QVERIFY(done.error().code == ErrorCode::Denied);
    QCOMPARE(m_signing->asked, 0);
}

QTEST_GUILESS_MAIN(TestSubmissionFaults)
#include "tst_submission_faults.moc"
