// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/flare/events.h"
#include "chrona/flare/indexer.h"
#include "chrona/flare/oracle_world.h"
#include "chrona/storage/test_database.h"

#include <QElapsedTimer>
#include <QTest>

using namespace chrona;
using namespace chrona::flare;

namespace {

/// The first whole reward epoch of Coston2 after the day on which the test chain begins.
constexpr std::uint32_t kEpoch = 6'349;

const std::vector<ftso::FeedValue> kValues{100, 200, std::nullopt};

} // namespace

/// The indexer between a real EVM and a real Postgres.
class TestIndexer : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void callsAndEventsAreKept();
    void goesOnWhereItStopped();
    void secondIndexerIsRefused();
    void blocksOfAnotherParentAreRefused();
    void reorganisationIsTakenBack();
    void otherChainIsNoticed();
    void malformedPayloadsAreData();
    void firstBlockIsFoundByTime();
    void contractsThatChangeAreNoted();
    void keepsUp();

private:
    Indexer indexer(std::uint64_t batch = 100, std::uint64_t first = 0)
    {
        return {*m_client,
                {.chain = m_chain,
                 .submission = submissionAddress(),
                 .contracts = {m_world->relay, m_world->world},
                 .firstBlock = first,
                 .batchMax = batch}};
    }
    /// Steps until the database has what the chain has.
    std::optional<std::uint64_t> catchUp(Indexer working)
    {
        std::optional<std::uint64_t> takenBackTo;
        for (;;) {
            const auto progress = working.step(*m_connection);
            if (!progress)
                qFatal("%s", describe(progress.error()).c_str());
            if (progress->takenBackTo)
                takenBackTo = progress->takenBackTo;
            if (progress->isAtHead())
                return takenBackTo;
        }
    }
    [[nodiscard]] std::vector<StoredCall> calls()
    {
        return callsBetween(*m_connection, m_chain, 0, 1LL << 40).value();
    }
    Seconds start(RoundId round) { return ftso::startOf(m_world->timing, round); }

    std::unique_ptr<storage::TestDatabase> m_database;
    std::optional<storage::Connection> m_connection;
    std::unique_ptr<EvmNode> m_node;
    QJsonValue m_beginning;
    std::unique_ptr<OracleWorld> m_world;
    std::unique_ptr<ChainClient> m_client;
    ChainId m_chain = 0;
};

void TestIndexer::initTestCase()
{
    m_database = storage::TestDatabase::open();
    QVERIFY(m_database);
}

void TestIndexer::init()
{
    m_connection = m_database->fresh();
    if (m_node) { // it takes seconds to start
        m_node->revert(m_beginning);
        m_world->beginAnew();
    } else {
        m_node = std::make_unique<EvmNode>();
        m_world = std::make_unique<OracleWorld>(*m_node, 5, kEpoch);
    }
    m_beginning = m_node->snapshot();
    m_node->setAutomine(true);
    m_client = m_node->client();
    QVERIFY(m_client->checkChain());
    m_chain = openChain(*m_connection, "coston2").value();
}

void TestIndexer::callsAndEventsAreKept()
{
    const RoundId round = m_world->firstRound;
    m_node->setAutomine(false);
    for (const TestProvider &provider : m_world->providers)
        m_world->commit(provider, round, kValues);
    m_node->mineAt(start(round) + 80);
    for (const TestProvider &provider : m_world->providers)
        m_world->reveal(provider, round);
    m_node->mineAt(start(round + 1) + 44);
    catchUp(indexer());

    const auto all = calls();
    QCOMPARE(all.size(), std::size_t{10});
    QCOMPARE(all.front().kind, std::int16_t{1});
    QCOMPARE(all.front().time, start(round) + 80);
    QCOMPARE(all.back().kind, std::int16_t{2});
    QCOMPARE(all.back().time, start(round + 1) + 44);
    // The limits are exact: from is in, until is out.
    QCOMPARE(callsBetween(*m_connection, m_chain, start(round) + 80, start(round + 1) + 44)->size(),
             std::size_t{5});

    const auto policies =
        logsWith(*m_connection, m_chain,
                 {.topic = topicOf(EventKind::PolicyInitialized), .value = keyWord(kEpoch)});
    QVERIFY2(policies, policies ? "" : describe(policies.error()).c_str());
    QCOMPARE(policies->size(), std::size_t{1});
    const auto policy = readPolicyInitialized(policies->front().log);
    QVERIFY2(policy, policy ? "" : describe(policy.error()).c_str());
    QVERIFY(*policy == m_world->policy);
    const auto voters = logsWith(
        *m_connection, m_chain,
        {.topic = topicOf(EventKind::VoterRegistered), .word = 1, .value = keyWord(kEpoch)});
    QCOMPARE(voters->size(), std::size_t{5});
    const auto voter = readVoterRegistered(voters->front().log);
    QVERIFY(voter);
    QVERIFY(voter->submit == m_world->providers.front().submit());
    const auto info =
        logsWith(*m_connection, m_chain,
                 {.topic = topicOf(EventKind::VoterInfo), .word = 1, .value = keyWord(kEpoch)});
    QVERIFY(readVoterInfo(info->back().log)->delegation == m_world->providers.back().delegation);
    const auto offers =
        logsWith(*m_connection, m_chain,
                 {.topic = topicOf(EventKind::InflationOffered), .value = keyWord(kEpoch)});
    const auto offer = readInflationOffered(offers->front().log);
    QVERIFY(offer);
    QCOMPARE(offer->feeds.size(), std::size_t{3});
    QVERIFY(offer->feeds[1].feed == m_world->feeds[1]);
    QCOMPARE(offer->feeds[1].secondaryBandPpm, 1'000U);
}

void TestIndexer::goesOnWhereItStopped()
{
    m_world->commit(m_world->providers[0], m_world->firstRound, kValues);
    QVERIFY(indexer(3).step(*m_connection));
    m_world->commit(m_world->providers[1], m_world->firstRound, kValues);
    // As after a crash: another object, which knows nothing but the database.
    catchUp(indexer(2));
    const auto run = indexedRun(*m_connection, m_chain);
    QVERIFY(run && *run);
    QCOMPARE((*run)->firstBlock, std::uint64_t{0});
    QCOMPARE((*run)->nextBlock, m_node->head() + 1);
    QCOMPARE((*run)->lastTime, m_node->now());
    QCOMPARE(calls().size(), std::size_t{2});
    const auto progress = indexer().step(*m_connection);
    QVERIFY(progress);
    QCOMPARE(progress->indexed, std::uint64_t{0});
}

void TestIndexer::secondIndexerIsRefused()
{
    catchUp(indexer());
    const auto head = m_node->head();
    m_node->ask("evm_mine");
    const auto blocks = m_client->blocks(head + 1, 1, Bodies::WithTransactions);
    QVERIFY(blocks);
    QVERIFY(appendBlocks(*m_connection, m_chain, head + 1, *blocks, {}, submissionAddress()));
    const auto again =
        appendBlocks(*m_connection, m_chain, head + 1, *blocks, {}, submissionAddress());
    QVERIFY(!again);
    QVERIFY(again.error().code == ErrorCode::Conflict);
}

/// The chain moved between two questions: what is there must not stay below what is not its child.
void TestIndexer::blocksOfAnotherParentAreRefused()
{
    catchUp(indexer());
    const auto head = m_node->head();
    m_node->ask("evm_mine");
    auto blocks = m_client->blocks(head + 1, 1, Bodies::WithTransactions);
    QVERIFY(blocks);
    blocks->front().parent.fill(0x44);
    const auto refused =
        appendBlocks(*m_connection, m_chain, head + 1, *blocks, {}, submissionAddress());
    QVERIFY(!refused);
    QVERIFY(refused.error().code == ErrorCode::Unavailable);
    QCOMPARE((*indexedRun(*m_connection, m_chain))->nextBlock, head + 1);
}

void TestIndexer::reorganisationIsTakenBack()
{
    const RoundId round = m_world->firstRound;
    m_world->commit(m_world->providers[0], round, kValues);
    const QJsonValue before = m_node->snapshot();
    m_world->commit(m_world->providers[1], round, kValues);
    m_world->commit(m_world->providers[2], round, kValues);
    m_world->announce(kEpoch + 1);
    for (int i = 0; i < 5; ++i)
        m_node->ask("evm_mine");
    catchUp(indexer());
    QCOMPARE(calls().size(), std::size_t{3});

    m_node->revert(before);
    m_node->mineAt(start(round) + 5);
    m_world->send(m_world->providers[3].submitKey, submissionAddress(), {0x6c, 0x53, 0x2f, 0xae});
    for (int i = 0; i < 30; ++i)
        m_node->ask("evm_mine");
    const auto takenBackTo = catchUp(indexer());
    QVERIFY(takenBackTo);
    const auto all = calls();
    QCOMPARE(all.size(), std::size_t{2});
    QVERIFY(all.front().sender == m_world->providers[0].submit());
    QVERIFY(all.back().sender == m_world->providers[3].submit());
    QVERIFY(logsWith(*m_connection, m_chain,
                     {.topic = topicOf(EventKind::PolicyInitialized), .value = keyWord(kEpoch + 1)})
                ->empty());
    QCOMPARE((*indexedRun(*m_connection, m_chain))->nextBlock, m_node->head() + 1);
}

void TestIndexer::otherChainIsNoticed()
{
    catchUp(indexer());
    EvmNode another;
    m_client = another.client();
    for (int i = 0; i < 60; ++i)
        another.ask("evm_mine");
    const auto progress = indexer().step(*m_connection);
    // Hardhat's first block is the same everywhere or not, by its time: either way nothing of the
    // old chain may stay beside the new one.
    if (progress)
        QCOMPARE(progress->takenBackTo.value_or(99), std::uint64_t{0});
    else
        QVERIFY(progress.error().code == ErrorCode::Corrupt);
}

void TestIndexer::malformedPayloadsAreData()
{
    const auto &key = m_world->providers[0].submitKey;
    const Bytes selector{0x6c, 0x53, 0x2f, 0xae};
    std::vector<Bytes> payloads{{}, {0x64}, {0x64, 0, 0, 0, 1, 0xFF, 0xFF}, Bytes(20'000, 0xFF)};
    for (const Bytes &payload : payloads) {
        Bytes data = selector;
        ethereum::append(data, payload);
        m_world->send(key, submissionAddress(), std::move(data));
    }
    catchUp(indexer());
    const auto all = calls();
    QCOMPARE(all.size(), payloads.size());
    for (std::size_t i = 0; i < payloads.size(); ++i)
        QCOMPARE(all[i].data.size(), payloads[i].size() + 4);
}

void TestIndexer::firstBlockIsFoundByTime()
{
    const Seconds base = m_node->now() + 1'000;
    for (int i = 0; i < 10; ++i)
        m_node->mineAt(base + 10 * i);
    const auto head = m_node->head();
    QCOMPARE(firstBlockAt(*m_client, base + 50).value_or(0), head - 4);
    QCOMPARE(firstBlockAt(*m_client, base + 51).value_or(0), head - 3);
    catchUp(indexer(100, head - 4));
    QCOMPARE((*indexedRun(*m_connection, m_chain))->firstTime, base + 50);
}

void TestIndexer::contractsThatChangeAreNoted()
{
    auto contracts = readContracts(*m_client, registryAddress());
    QVERIFY2(contracts, contracts ? "" : describe(contracts.error()).c_str());
    QCOMPARE(contracts->size(), std::size_t{9});
    QVERIFY(contractNamed(*contracts, "Relay").value_or(Address{}) == m_world->relay);
    QVERIFY(saveContracts(*m_connection, m_chain, *contracts));
    contracts->front().address.fill(0x77);
    QVERIFY(saveContracts(*m_connection, m_chain, *contracts));
    const auto changed = m_connection->query(
        "SELECT name FROM chrona_oracle.contract WHERE is_changed ORDER BY name");
    QVERIFY(changed);
    QCOMPARE(changed->size(), std::size_t{1});
    QCOMPARE(changed->first().string(0), std::string("Relay"));
}

/// Reports how many blocks a second come in from a node on this machine.
void TestIndexer::keepsUp()
{
    // One by one: blocks that hardhat_mine makes up at once do not name their parents.
    constexpr int kBlocks = 250;
    for (int i = 0; i < kBlocks; ++i)
        m_node->ask("evm_mine");
    const double indexed = static_cast<double>(m_node->head() + 1);
    QElapsedTimer timer;
    timer.start();
    catchUp(indexer());
    const auto took = timer.nsecsElapsed();
    QCOMPARE((*indexedRun(*m_connection, m_chain))->nextBlock, m_node->head() + 1);
    qInfo("%.0f blocks a second", indexed * 1e9 / static_cast<double>(took));
}

QTEST_GUILESS_MAIN(TestIndexer)
#include "tst_indexer.moc"
