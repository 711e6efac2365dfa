// SPDX-License-Identifier: AGPL-3.0-or-later
#include "scripted_web.h"

#include "chrona/flare/off_chain.h"
#include "chrona/storage/test_database.h"

#include <QTest>

#include <format>

using namespace chrona;
using namespace chrona::flare;
using namespace std::chrono_literals;

namespace {

constexpr auto kOffPatience = 30'000;
constexpr auto kOffPlatform = "https://node.example/ext/bc/P",
               kOtherPlatform = "https://other.example/ext/bc/P";
constexpr auto kPassesUrl = "https://passes.example/{network}/{epoch}/passes.json";

Address offIdentity()
{
    Address identity{};
    identity.fill(0x5A);
    return identity;
}

} // namespace

/// What is asked beside the chain of contracts, by a thread that holds nobody up.
class TestOffChain : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void looksAtValidatorsAreCounted();
    void whoDoesNotAnswerIsNoLook();
    void whereNobodyServesTheChainIsTold();
    void passesAreTakenWhenTheyArePublished();
    void documentsHoldNobodyUp();
    void itEndsWhileItWaits();

private:
    void registerIn(std::int64_t rewardEpoch, bool withValidator);
    [[nodiscard]] std::string told(bool isConnected) const
    {
        return std::format(R"({{"jsonrpc":"2.0","id":0,"result":{{"validators":[{{"nodeID":"{}",)"
                           R"("stakeAmount":"4000000","uptime":"80.5","connected":{}}}]}}}})",
                           nodeIdText(NodeId{}), isConnected);
    }
    OffChain &open(OffChain::Options options)
    {
        options.identity = offIdentity();
        m_offChain = std::make_unique<OffChain>(std::move(options), *m_http, m_pool);
        return *m_offChain;
    }
    /// "checks connected self-bond uptime" of the one validator.
    [[nodiscard]] std::string seen()
    {
        const auto rows = m_connection->query(
            "SELECT checks || ' ' || connected || ' ' || coalesce(self_bond::text, '-') || ' ' || "
            "coalesce(uptime::text, '-') FROM chrona_oracle.validator WHERE reward_epoch = 101");
        return rows && !rows->isEmpty() ? rows->first().string(0) : std::string();
    }

    std::unique_ptr<storage::TestDatabase> m_database;
    std::optional<storage::Connection> m_connection;
    std::shared_ptr<storage::Pool> m_pool;
    std::unique_ptr<ScriptedWeb> m_web;
    std::unique_ptr<net::HttpClient> m_http;
    std::unique_ptr<OffChain> m_offChain;
};

void TestOffChain::initTestCase()
{
    m_database = storage::TestDatabase::open();
    QVERIFY(m_database);
}

void TestOffChain::init()
{
    const std::string where = m_database->freshConnectionString();
    auto opened = storage::Connection::open(where);
    QVERIFY(opened);
    m_connection = std::move(*opened);
    auto pool = storage::Pool::open(where, 2);
    QVERIFY(pool);
    m_pool = std::move(*pool);
    m_web = std::make_unique<ScriptedWeb>();
    m_http = m_web->client();
    registerIn(100, true);
    registerIn(101, true);
}

void TestOffChain::cleanup()
{
    m_web->hold(false);
    m_offChain.reset();
    m_http.reset();
    m_pool.reset();
    m_connection.reset();
}

void TestOffChain::registerIn(std::int64_t rewardEpoch, bool withValidator)
{
    const Address identity = offIdentity();
    const NodeId node{};
    const auto bytes = [](const auto &array) -> std::span<const std::byte> {
        return std::as_bytes(std::span(array));
    };
    QVERIFY(m_connection->exec("INSERT INTO chrona_oracle.chain (network) VALUES ('flare') ON "
                               "CONFLICT DO NOTHING"));
    QVERIFY(m_connection->exec(
        "INSERT INTO chrona_oracle.delegation SELECT id, $1, $2, $2, $2, $2, $2, 2000, 1, 1, 1, 1 "
        "FROM chrona_oracle.chain",
        {rewardEpoch, bytes(identity)}));
    if (withValidator)
        QVERIFY(m_connection->exec("INSERT INTO chrona_oracle.validator (chain_id, reward_epoch, "
                                   "identity, node, weight) SELECT id, $1, $2, $3, 7 FROM "
                                   "chrona_oracle.chain",
                                   {rewardEpoch, bytes(identity), bytes(node)}));
}

void TestOffChain::looksAtValidatorsAreCounted()
{
    m_web->answer(kOffPlatform, 200, told(true));
    QCOMPARE(seen(), std::string("0 0 - -"));
    open({.network = "flare",
          .platforms = {kOtherPlatform, kOffPlatform}}); // the first knows nothing of it
    QTRY_COMPARE_WITH_TIMEOUT(seen(), std::string("1 1 4000000000000000 80.5"), kOffPatience);
    // A later process goes on: not connected, then gone.
    m_web->answer(kOffPlatform, 200, told(false));
    open({.network = "flare", .platforms = {kOffPlatform}});
    QTRY_COMPARE_WITH_TIMEOUT(seen(), std::string("2 1 4000000000000000 80.5"), kOffPatience);
    m_web->answer(kOffPlatform, 200, R"({"jsonrpc":"2.0","id":0,"result":{"validators":[]}})");
    open({.network = "flare", .platforms = {kOffPlatform}});
    QTRY_COMPARE_WITH_TIMEOUT(seen(), std::string("3 1 0 -"), kOffPatience);
    QCOMPARE(m_offChain->problem(), std::string());
    const auto before = m_connection->query(
        "SELECT sum(checks)::int8 FROM chrona_oracle.validator WHERE reward_epoch = 100");
    QCOMPARE(before->first().int64(0), std::int64_t{0}); // the newest reward epoch's alone
}

void TestOffChain::whoDoesNotAnswerIsNoLook()
{
    m_web->answer(kOffPlatform, 503, "busy");
    OffChain &offChain = open({.network = "flare", .platforms = {kOffPlatform}, .every = 5ms});
    QTRY_VERIFY_WITH_TIMEOUT(!offChain.problem().empty(), kOffPatience);
    QCOMPARE(seen(), std::string("0 0 - -"));
    m_web->answer(kOffPlatform, 200, told(true));
    QTRY_VERIFY_WITH_TIMEOUT(offChain.problem().empty(), kOffPatience);
    QTRY_VERIFY_WITH_TIMEOUT(seen() != "0 0 - -", kOffPatience);
}

void TestOffChain::whereNobodyServesTheChainIsTold()
{
    OffChain &offChain = open({.network = "flare"});
    QTRY_VERIFY_WITH_TIMEOUT(offChain.problem().contains("flare.p_rpc"), kOffPatience);
}

void TestOffChain::passesAreTakenWhenTheyArePublished()
{
    registerIn(102, true);
    m_web->answer("https://passes.example/flare/100/passes.json", 200,
                  std::format(R"([{{"rewardEpochId":100,"voterAddress":"{}","passes":2,)"
                              R"("eligibleForReward":true}}])",
                              ethereum::toChecksummed(offIdentity())));
    m_web->answer(kOffPlatform, 200, told(true));
    OffChain &offChain = open({.network = "flare",
                               .platforms = {kOffPlatform},
                               .passesUrl = kPassesUrl,
                               .every = 5ms,
                               .passesEvery = 5ms});
    const auto kept = [this] {
        const auto rows = m_connection->query(
            "SELECT coalesce(string_agg(reward_epoch || ':' || passes || ':' || is_paid, ' ' ORDER "
            "BY reward_epoch), '') FROM chrona_oracle.published_passes");
        return rows ? rows->first().string(0) : std::string();
    };
    QTRY_COMPARE_WITH_TIMEOUT(kept(), std::string("100:2:true"), kOffPatience);
    m_web->answer("https://passes.example/flare/101/passes.json", 200, "[{}]");
    QTRY_VERIFY_WITH_TIMEOUT(offChain.problem().contains("no document of passes"), kOffPatience);
    m_web->answer("https://passes.example/flare/101/passes.json", 200,
                  std::format(R"([{{"rewardEpochId":101,"voterAddress":"{}","passes":0,)"
                              R"("eligibleForReward":false}}])",
                              ethereum::toChecksummed(offIdentity())));
    QTRY_COMPARE_WITH_TIMEOUT(kept(), std::string("100:2:true 101:0:false"), kOffPatience);
    QTRY_COMPARE_WITH_TIMEOUT(offChain.problem(), std::string(), kOffPatience);
    // What is kept is not asked for again, nor what is not over.
    QCOMPARE(m_web->timesAsked("https://passes.example/flare/100/passes.json"), 1);
    QCOMPARE(m_web->timesAsked("https://passes.example/flare/102/passes.json"), 0);
}

void TestOffChain::documentsHoldNobodyUp()
{
    const std::string url = "https://data.example/5.json";
    m_web->answer(url, 200, "the data");
    m_web->hold(true);
    OffChain &offChain = open({.network = "flare", .platforms = {kOffPlatform}});
    // The server is silent; whoever asks goes on at once.
    for (int times = 0; times < 3; ++times) {
        const auto told = offChain.document(url);
        QVERIFY(told && !*told);
    }
    m_web->hold(false);
    Result<std::optional<std::string>> come = std::nullopt;
    const auto isThere = [&] { // asked again after it said yes
        if (come && !*come)
            come = offChain.document(url);
        return !come || come->has_value();
    };
    QTRY_VERIFY_WITH_TIMEOUT(isThere(), kOffPatience);
    QVERIFY2(come && **come == "the data", come ? "" : describe(come.error()).c_str());
    QCOMPARE(m_web->timesAsked(url), 1);
    // Told once; asked again it is fetched again, and a failure is told too.
    m_web->answer(url, 404, "gone");
    come = std::nullopt;
    QTRY_VERIFY_WITH_TIMEOUT(isThere(), kOffPatience);
    QVERIFY(!come && come.error().code == ErrorCode::NotFound);
}

void TestOffChain::itEndsWhileItWaits()
{
    m_web->hold(true);
    OffChain &offChain = open({.network = "flare", .platforms = {kOffPlatform}});
    const std::string url = "https://data.example/6.json";
    QVERIFY(offChain.document(url));
    QTRY_VERIFY_WITH_TIMEOUT(!m_web->asked().empty(), kOffPatience);
    m_offChain.reset(); // or the test ends by its time
}

QTEST_GUILESS_MAIN(TestOffChain)
#include "tst_off_chain.moc"
