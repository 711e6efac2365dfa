// SPDX-License-Identifier: AGPL-3.0-or-later
#include "oracle_market.h"

#include "oracle_reveals.h"

#include "chrona/flare/round_bands.h"
#include "chrona/storage/test_database.h"

#include <QTest>

using namespace chrona;
using namespace chrona::service;
using namespace chrona::service::tests;

namespace {

/// A feed of a round, in units of its decimals.
struct FeedRow {
    const char *name = "";
    std::int16_t decimals = 0;
    std::optional<std::int32_t> quartile1, median, quartile3;
};

struct RoundRow {
    std::int64_t round = 0;
    bool isWhole = true;
    std::vector<FeedRow> feeds;
};

std::string feedIdOf(std::string_view name)
{
    std::string id(21, '\0');
    id[0] = 1;
    std::ranges::copy(name, id.begin() + 1);
    return id;
}

} // namespace

/// Others' values, from the rounds in the database to the price to hand in.
class TestOracleReveals : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void bandsOfWholeRoundsAreRead();
    void onlyTheNewestRoundsAreRead();
    void eachRoundIsToldOnce();
    void anEpochTeachesWhenItsRevealsAreOver();
    void aPlanWithoutANetworkFollowsNobody();

private:
    void store(const char *network, const RoundRow &row);

    std::unique_ptr<storage::TestDatabase> m_database;
    std::optional<storage::Connection> m_connection;
};

void TestOracleReveals::initTestCase()
{
    m_database = storage::TestDatabase::open();
    QVERIFY(m_database);
}

void TestOracleReveals::init()
{
    auto opened = storage::Connection::open(m_database->freshConnectionString());
    QVERIFY(opened);
    m_connection = std::move(*opened);
}

void TestOracleReveals::store(const char *network, const RoundRow &row)
{
    QVERIFY(m_connection->exec(
        "INSERT INTO chrona_oracle.chain (network) VALUES ($1) ON CONFLICT DO NOTHING", {network}));
    QVERIFY(m_connection->exec(
        "INSERT INTO chrona_oracle.round (chain_id, round, reward_epoch, voters, commits, reveals, "
        "offenders, is_secure, is_whole, is_closed, last_block) "
        "SELECT id, $2, 1, 5, 5, 5, 0, true, $3, $3, 1 FROM chrona_oracle.chain "
        "WHERE network = $1",
        {network, row.round, row.isWhole}));
    for (std::size_t f = 0; f < row.feeds.size(); ++f) {
        const FeedRow &feed = row.feeds[f];
        const std::string id = feedIdOf(feed.name);
        QVERIFY(m_connection->exec(
            "INSERT INTO chrona_oracle.round_feed (chain_id, round, position, feed_id, decimals, "
            "quartile1, median, quartile3, turnout_bips) "
            "SELECT id, $2, $3, $4, $5, $6, $7, $8, 9000 FROM chrona_oracle.chain "
            "WHERE network = $1",
            {network, row.round, static_cast<std::int16_t>(f), std::as_bytes(std::span(id)),
             feed.decimals, feed.quartile1, feed.median, feed.quartile3}));
    }
}

void TestOracleReveals::bandsOfWholeRoundsAreRead()
{
    store("coston2", {.round = 7,
                      .feeds = {{"BTC/USD", 2, 6'412'300, 6'412'345, 6'412'400},
                                {"FLR/USD", 6, 21'330, 21'337, 21'340},
                                {"DOGE/USD", 5, {}, {}, {}},     // nobody gave a value
                                {"GIANT/USD", -2, 5, 6, 7}}});   // in hundreds
    store("coston2", {.round = 8, .isWhole = false, .feeds = {{"BTC/USD", 2, 1, 2, 3}}});
    store("coston2", {.round = 9, .feeds = {{"BTC/USD", 2, 6'500'000, 6'500'100, 6'500'200}}});
    store("songbird", {.round = 9, .feeds = {{"BTC/USD", 2, 1, 2, 3}}});
    const auto bands = flare::bandsAfter(*m_connection, "coston2", 6, 16);
    QVERIFY(bands);
    QCOMPARE(bands->size(), std::size_t{4});
    QCOMPARE(bands->at(0).feed, std::string("BTC/USD"));
    QCOMPARE(bands->at(0).quartile1, 64'123.0);
    QCOMPARE(bands->at(0).median, 64'123.45);
    QCOMPARE(bands->at(0).quartile3, 64'124.0);
    QCOMPARE(bands->at(1).median, 0.021337);
    QCOMPARE(bands->at(2).median, 600.0);
    QCOMPARE(bands->at(3).round, flare::RoundId{9}); // the oldest first
    QCOMPARE(flare::bandsAfter(*m_connection, "coston2", 7, 16)->size(), std::size_t{1});
    QVERIFY(flare::bandsAfter(*m_connection, "coston2", 9, 16)->empty());
    QVERIFY(flare::bandsAfter(*m_connection, "flare", 0, 16)->empty());
}

void TestOracleReveals::onlyTheNewestRoundsAreRead()
{
    for (std::int64_t round = 100; round < 130; ++round)
        store("coston2", {.round = round, .feeds = {{"BTC/USD", 2, 1, 2, 3}}});
    OraclePlan plan = smallPlan();
    OracleReveals reveals("coston2", plan);
    const auto first = reveals.next(*m_connection, kStartMs);
    QVERIFY(first);
    QCOMPARE(first->size(), std::size_t{OracleReveals::kRoundsMax});
    QCOMPARE(first->front().epoch, std::int64_t{130 - OracleReveals::kRoundsMax});
}

void TestOracleReveals::eachRoundIsToldOnce()
{
    store("coston2", {.round = 7,
                      .feeds = {{"NONE/USD", 0, 1, 2, 3}, {"ETH/USD", 3, 3'121'000, 3'121'500,
                                                           3'122'000}}});
    OracleReveals reveals("coston2", smallPlan());
    const auto first = reveals.next(*m_connection, kStartMs);
    QVERIFY(first);
    QCOMPARE(first->size(), std::size_t{1}); // the plan has no feed NONE
    QCOMPARE(first->front().feed, 1U);
    QCOMPARE(first->front().epoch, std::int64_t{7});
    QCOMPARE(first->front().knownMs, kStartMs);
    QCOMPARE(first->front().median, 3'121.5);
    QVERIFY(reveals.next(*m_connection, kStartMs)->empty());
    store("coston2", {.round = 8, .feeds = {{"ETH/USD", 3, 1, 2, 3}}});
    QCOMPARE(reveals.next(*m_connection, kStartMs)->size(), std::size_t{1});
}

void TestOracleReveals::anEpochTeachesWhenItsRevealsAreOver()
{
    // The first epoch of this desk ends 90 s after its beginning; its reveals are over 45 s later.
    OraclePlan plan = smallPlan();
    auto desk = OracleDesk::create(plan).value();
    KeepingSink sink;
    DeskSink *const sinks[] = {&sink};
    OracleReveals reveals("coston2", plan);
    SmallMarket market(plan);
    std::vector<std::uint32_t> learned;
    for (int s = 0; s < 600; ++s) {
        for (const DeskTick &tick : market.second(kStartMs + s * 1'000))
            desk.take(tick);
        const std::int64_t now = kStartMs + (s + 1) * 1'000;
        desk.advance(now, sinks);
        if (s % 90 != 89)
            continue;
        // Others hand in 5 bp more than the market. The database has it at once: too early.
        const std::int64_t round = desk.epochAt(now) - 1;
        const double price = market.price() * 100;
        const auto unit = [price](double bps) {
            return static_cast<std::int32_t>(std::llround(price * (1 + bps * 1e-4)));
        };
        store("coston2", {.round = round, .feeds = {{"BTC/USD", 2, unit(4), unit(5), unit(6)}}});
        const auto next = reveals.next(*m_connection, now);
        QVERIFY(next);
        QCOMPARE(next->size(), std::size_t{1});
        for (const DeskReveal &each : *next)
            desk.reveal(each);
        learned.push_back(sink.choices.back().revealsLearned);
    }
    // At the end of each epoch all of those before the last are known and have taught.
    QVERIFY((learned == std::vector<std::uint32_t>{0, 1, 2, 3, 4, 5}));
    QVERIFY2(sink.choices.back().biasBps > 1,
             qPrintable(QString::number(sink.choices.back().biasBps)));
    QVERIFY(desk.learnedCrowd(1).empty()); // ETH/USD was not told of
}

void TestOracleReveals::aPlanWithoutANetworkFollowsNobody()
{
    OraclePlan plan = smallPlan();
    QVERIFY(!followRounds(plan, "nowhere"));
    QVERIFY(plan.network.empty());
    QVERIFY(followRounds(plan, "coston2"));
    QCOMPARE(plan.network, std::string("coston2"));
    QCOMPARE(plan.epochMs, std::int64_t{90'000});
}

QTEST_GUILESS_MAIN(TestOracleReveals)
#include "tst_oracle_reveals.moc"
