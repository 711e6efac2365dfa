// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ftso_answers.h"
#include "provider_watch.h"

#include "chrona/ethereum/bytes.h"
#include "chrona/storage/test_database.h"

#include <QTest>

#include <set>

using namespace chrona;
using namespace chrona::service;
using Kind = ipc::OracleAlertKind;

namespace {

/// Nothing is wrong with it.
ProviderFacts soundProvider()
{
    ProviderFacts facts;
    facts.atMs = 1'795'000'000'000;
    facts.indexerBehindSeconds = 3;
    facts.registeredNext = true;
    facts.accounts = {{"submit", 20'000}, {"submit-signatures", 20'000}};
    facts.rounds = facts.reveals = 400;
    facts.percentile = 90;
    facts.feeds = facts.near = 25'200;
    facts.fdcRounds = facts.fdcSignatures = 300;
    facts.fastUpdatesAll = 10'000;
    facts.fastUpdates = 200;
    facts.share = 0.02;
    facts.validatorChecks = facts.validatorConnected = 500;
    facts.selfBondCoins = 3e6;
    return facts;
}

} // namespace

/// What an operator is told of the provider that is followed.
class TestProviderWatch : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void whatFallsShortIsTold_data();
    void whatFallsShortIsTold();
    void itIsToldOnceAndWhenItIsOver();
    void youngEpochsAreNotJudged();
    void factsComeFromTheDatabase();
    void passesFollowTheConditions();
    void validatorsAreACondition();
    void publishedPassesAreCountedOn();

private:
    void look(ProviderFacts facts, int times)
    {
        for (int i = 0; i < times; ++i) {
            facts.atMs = m_nowMs += 30'000;
            observeProvider(m_book, facts);
        }
    }
    /// A reward epoch of one provider with ten rounds in it; `near` of 63 values are close enough.
    void store(std::int64_t rewardEpoch, int near, int connectorSigned, int updates);
    /// A validator of it, with millions of coins and looks at it.
    void storeValidator(std::int64_t rewardEpoch, const std::string &selfBond,
                        const std::string &stake, std::int64_t checks, std::int64_t connected);
    [[nodiscard]] std::vector<ipc::FtsoProviderEpoch> epochsOf(const std::string &network);

    std::unique_ptr<storage::TestDatabase> m_database;
    std::optional<storage::Connection> m_connection;
    AlertBook m_book;
    std::int64_t m_nowMs = 1'795'000'000'000;
};

void TestProviderWatch::initTestCase()
{
    m_database = storage::TestDatabase::open();
    QVERIFY(m_database);
}

void TestProviderWatch::init()
{
    m_book = AlertBook({}, {}, kProviderAlertIds);
    auto opened = storage::Connection::open(m_database->freshConnectionString());
    QVERIFY(opened);
    m_connection = std::move(*opened);
}

void TestProviderWatch::whatFallsShortIsTold_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<QByteArray>("subject");
    QTest::newRow("not registered for what comes next") << int(Kind::Unregistered) << QByteArray();
    QTest::newRow("an account that pays for less than a day")
        << int(Kind::LowBalance) << QByteArray("submit-signatures");
    QTest::newRow("one reveal of 400 missed") << int(Kind::Unavailable) << QByteArray();
    QTest::newRow("not in the best quarter") << int(Kind::Percentile) << QByteArray();
    QTest::newRow("too few values near the median")
        << int(Kind::MinimalCondition) << QByteArray("anchor");
    QTest::newRow("the data connector signed too seldom")
        << int(Kind::MinimalCondition) << QByteArray("fdc");
    QTest::newRow("too few fast updates")
        << int(Kind::MinimalCondition) << QByteArray("fast_updates");
    QTest::newRow("a validator that is seldom there")
        << int(Kind::MinimalCondition) << QByteArray("staking");
    QTest::newRow("too little self-bond") << int(Kind::MinimalCondition) << QByteArray("self_bond");
    QTest::newRow("the chain is read late") << int(Kind::IndexerBehind) << QByteArray();
    QTest::newRow("a contract was replaced") << int(Kind::ContractChanged) << QByteArray("Relay");
}

void TestProviderWatch::whatFallsShortIsTold()
{
    QFETCH(const int, kind);
    QFETCH(const QByteArray, subject);
    ProviderFacts facts = soundProvider();
    look(facts, 4);
    QVERIFY(m_book.takeRaised().empty());
    switch (static_cast<Kind>(kind)) {
    case Kind::Unregistered: facts.registeredNext = false; break;
    case Kind::LowBalance: facts.accounts[1].transactionsLeft = 959; break;
    case Kind::Unavailable: facts.reveals = 399; break;
    case Kind::Percentile: facts.percentile = 74; break;
    case Kind::IndexerBehind: facts.indexerBehindSeconds = 61; break;
    case Kind::ContractChanged: facts.changedContracts = {"Relay"}; break;
    default:
        if (subject == "anchor")
            facts.near = 20'159;
        else if (subject == "fdc")
            facts.fdcSignatures = 179;
        else if (subject == "staking")
            facts.validatorConnected = 399;
        else if (subject == "self_bond")
            facts.selfBondCoins = 999'999;
        else
            facts.fastUpdates = 159;
    }
    look(facts, 4);
    const auto raised = m_book.takeRaised();
    QCOMPARE(raised.size(), std::size_t{1});
    QCOMPARE(int(raised[0].kind), kind);
    QCOMPARE(raised[0].subject, subject.toStdString());
    QVERIFY(raised[0].feed.empty() && raised[0].venue.empty());
    QVERIFY(raised[0].id >= kProviderAlertIds);
}

void TestProviderWatch::itIsToldOnceAndWhenItIsOver()
{
    ProviderFacts short_ = soundProvider();
    short_.percentile = 60;
    look(short_, 100);
    QCOMPARE(m_book.takeRaised().size(), std::size_t{1});
    QCOMPARE(m_book.holding(), std::size_t{1});
    look(soundProvider(), 5);
    QCOMPARE(m_book.holding(), std::size_t{0});
    QVERIFY(m_book.all(5).front().endedAt);
    look(short_, 3);
    QCOMPARE(m_book.takeRaised().size(), std::size_t{1}); // armed again
}

void TestProviderWatch::youngEpochsAreNotJudged()
{
    ProviderFacts facts = soundProvider();
    facts.rounds = 39;
    facts.reveals = 10;
    facts.near = 0;
    facts.percentile = 1;
    look(facts, 5);
    QVERIFY(m_book.takeRaised().empty());
}

void TestProviderWatch::store(std::int64_t rewardEpoch, int near, int connectorSigned, int updates)
{
    const std::string identity(20, '\x5A'), other(20, '\x11');
    const auto bytes = [](const std::string &text) { return std::as_bytes(std::span(text)); };
    QVERIFY(m_connection->exec("INSERT INTO chrona_oracle.chain (network) VALUES ('coston2') ON "
                               "CONFLICT DO NOTHING"));
    for (const std::string &who : {identity, other})
        QVERIFY(m_connection->exec(
            "INSERT INTO chrona_oracle.delegation SELECT id, $1, $2, $2, $2, $2, $2, 2000, 1000, "
            "1000, 100, 500 FROM chrona_oracle.chain",
            {rewardEpoch, bytes(who)}));
    for (int r = 0; r < 10; ++r) {
        const std::int64_t round = rewardEpoch * 240 + r;
        QVERIFY(m_connection->exec(
            "INSERT INTO chrona_oracle.round (chain_id, round, reward_epoch, voters, commits, "
            "reveals, offenders, is_secure, is_whole, is_closed, last_block, fdc_final) SELECT id, "
            "$1, $2, 2, 2, 2, 0, true, true, true, 1, true FROM chrona_oracle.chain",
            {round, rewardEpoch}));
        for (const std::string &who : {identity, other}) {
            const bool isOwn = who == identity;
            QVERIFY(m_connection->exec(
                "INSERT INTO chrona_oracle.submission SELECT id, $1, $2, $2, 1, 1, 1, 1, 1, 1, 63, "
                "63, 30, 50, $3, ''::bytea, true, $4, $5 FROM chrona_oracle.chain",
                {round, bytes(who), std::int32_t{isOwn ? near : 63}, !isOwn || r < connectorSigned,
                 std::int32_t{isOwn ? updates : 10}}));
        }
    }
}

void TestProviderWatch::factsComeFromTheDatabase()
{
    store(100, 50, 4, 3);
    ethereum::Address identity{};
    identity.fill(0x5A);
    ipc::FlareStatusReply status;
    status.network = "coston2";
    status.mode = "watch";
    status.identity = ethereum::toChecksummed(identity);
    const Instant now = Instant(std::chrono::seconds(1'795'000'000));
    status.chainTime = now - std::chrono::seconds(90);
    const storage::Parameters contract{storage::Parameter(std::as_bytes(std::span(identity)))};
    QVERIFY(m_connection->exec("INSERT INTO chrona_oracle.contract (chain_id, name, address, "
                               "is_changed) SELECT id, 'Relay', $1, true FROM chrona_oracle.chain",
                               contract));
    const auto facts = providerFacts(*m_connection, status, now);
    QVERIFY2(facts, facts ? "" : describe(facts.error()).c_str());
    QCOMPARE(facts->indexerBehindSeconds, std::optional(90.0));
    QCOMPARE(facts->changedContracts, std::vector<std::string>{"Relay"});
    QCOMPARE(facts->rounds, std::int64_t{10});
    QCOMPARE(facts->near, std::int64_t{500});
    QCOMPARE(facts->feeds, std::int64_t{630});
    QCOMPARE(facts->fdcRounds, std::int64_t{10});
    QCOMPARE(facts->fdcSignatures, std::int64_t{4});
    QCOMPARE(facts->fastUpdates, std::int64_t{30});
    QCOMPARE(facts->fastUpdatesAll, std::int64_t{130});
    QCOMPARE(facts->share, 0.5);
}

void TestProviderWatch::passesFollowTheConditions()
{
    store(100, 63, 10, 10); // all met
    store(101, 63, 10, 10);
    store(102, 63, 5, 10); // the data connector short
    store(103, 40, 5, 1);  // nothing met: below zero, all is burnt
    store(104, 63, 10, 10);
    store(106, 63, 10, 10); // 105 was missed
    store(107, 63, 10, 10); // runs
    ethereum::Address identity{};
    identity.fill(0x5A);
    ipc::FtsoProvidersQuery query;
    query.network = "coston2";
    query.identity = ethereum::toChecksummed(identity);
    const auto reply = ftsoProviders(*m_connection, query);
    QVERIFY2(reply, reply ? "" : describe(reply.error()).c_str());
    std::map<std::int64_t, std::optional<std::int32_t>> passes;
    for (const ipc::FtsoProviderEpoch &each : reply->providers)
        passes[each.rewardEpoch] = each.passes;
    const std::map<std::int64_t, std::optional<std::int32_t>> expected{
        {100, 1}, {101, 2}, {102, 1}, {103, 0}, {104, 1}, {106, 1}, {107, std::nullopt}};
    QVERIFY(passes == expected);
    // Of everybody at once they are not counted.
    query.identity.clear();
    for (const ipc::FtsoProviderEpoch &each : ftsoProviders(*m_connection, query)->providers)
        QVERIFY(!each.passes);
}

void TestProviderWatch::storeValidator(std::int64_t rewardEpoch, const std::string &selfBond,
                                       const std::string &stake, std::int64_t checks,
                                       std::int64_t connected)
{
    const std::string identity(20, '\x5A'), node(20, '\x07');
    QVERIFY(m_connection->exec(
        "INSERT INTO chrona_oracle.validator SELECT id, $1, $2, $3, 0, trunc($4::text::numeric * "
        "1000000 * 1e18::numeric), trunc($5::text::numeric * 1000000 * 1e18::numeric), 99.5, $6, "
        "$7 FROM chrona_oracle.chain",
        {rewardEpoch, std::as_bytes(std::span(identity)), std::as_bytes(std::span(node)), selfBond,
         stake, checks, connected}));
}

std::vector<ipc::FtsoProviderEpoch> TestProviderWatch::epochsOf(const std::string &network)
{
    ethereum::Address identity{};
    identity.fill(0x5A);
    ipc::FtsoProvidersQuery query;
    query.network = network;
    query.identity = ethereum::toChecksummed(identity);
    const auto reply = ftsoProviders(*m_connection, query);
    return reply ? reply->providers : std::vector<ipc::FtsoProviderEpoch>{};
}

void TestProviderWatch::validatorsAreACondition()
{
    for (const std::int64_t epoch : {400, 401, 402, 403, 404, 405, 406})
        store(epoch, 63, 10, 10); // all else met
    QVERIFY(m_connection->exec("UPDATE chrona_oracle.chain SET network = 'flare'"));
    storeValidator(400, "3", "15", 1'000, 800); // one more
    storeValidator(401, "3", "15", 1'000, 799); // seldom there: one less
    storeValidator(402, "3.5", "40", 10, 10);
    storeValidator(403, "2.9", "40", 10, 10); // too small for passes, and large enough to keep them
    // 404: none is registered
    storeValidator(405, "9", "90", 0, 0); // was not looked at
    storeValidator(406, "4", "44.5", 7, 6);
    const auto epochs = epochsOf("flare");
    QCOMPARE(epochs.size(), std::size_t{7});
    const char *staking[] = {"met", "unknown", "failed", "kept", "met", "failed", "met"};
    const std::optional<std::int32_t> passes[] = {std::nullopt, 0, 0, 1, 1, 0, 1};
    for (std::size_t i = 0; i < epochs.size(); ++i) {
        QCOMPARE(epochs[i].staking, std::string(staking[i]));
        QVERIFY2(epochs[i].passes == passes[i], qPrintable(QString::number(i)));
        QVERIFY(!epochs[i].burnt); // how many there were before is not known
    }
    QCOMPARE(epochs[0].validators.size(), std::size_t{1});
    const ipc::FtsoValidator &seen = epochs[0].validators[0];
    QVERIFY(seen.node.starts_with("NodeID-"));
    QCOMPARE(seen.stake, std::string("44500000000000000000000000"));
    QCOMPARE(seen.uptime, std::optional(99.5));
    QCOMPARE(seen.connected, std::int64_t{6});
    QVERIFY(epochs[2].validators.empty());
}

void TestProviderWatch::publishedPassesAreCountedOn()
{
    for (const std::int64_t epoch : {100, 101, 102, 103, 104})
        store(epoch, 63, 10, 10);
    store(105, 40, 5, 1); // nothing met
    store(106, 63, 10, 10);
    const std::string identity(20, '\x5A'), other(20, '\x11');
    const auto publish = [&](std::int64_t epoch, const std::string &who, std::int16_t passes,
                             bool isPaid) {
        QVERIFY(m_connection->exec("INSERT INTO chrona_oracle.published_passes SELECT id, $1, $2, "
                                   "$3, $4 FROM chrona_oracle.chain",
                                   {epoch, std::as_bytes(std::span(who)), passes, isPaid}));
    };
    publish(102, identity, 2, true);
    publish(103, identity, 0, false);
    publish(103, other, 3, true);
    const auto epochs = epochsOf("coston2");
    QCOMPARE(epochs.size(), std::size_t{7});
    const std::optional<std::int32_t> passes[] = {std::nullopt, 0, 1, 0, 2, 2, 1};
    const char *basis[] = {"", "counted", "counted", "published", "published", "least", "least"};
    const std::optional<bool> burnt[] = {std::nullopt, true,         false,       true,
                                         false,        std::nullopt, std::nullopt};
    for (std::size_t i = 0; i < epochs.size(); ++i) {
        QCOMPARE(epochs[i].staking, std::string("none"));
        QVERIFY2(epochs[i].passes == passes[i], qPrintable(QString::number(i)));
        QCOMPARE(epochs[i].passesBasis, std::string(basis[i]));
        QVERIFY2(epochs[i].burnt == burnt[i], qPrintable(QString::number(i)));
    }
    // Of everybody what is published, and nothing else.
    ipc::FtsoProvidersQuery all;
    all.network = "coston2";
    int told = 0;
    for (const ipc::FtsoProviderEpoch &each : ftsoProviders(*m_connection, all)->providers)
        told += each.passes ? 1 : 0;
    QCOMPARE(told, 3);
}

QTEST_GUILESS_MAIN(TestProviderWatch)
#include "tst_provider_watch.moc"
