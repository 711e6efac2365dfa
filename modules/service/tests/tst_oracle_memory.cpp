// SPDX-License-Identifier: AGPL-3.0-or-later
#include "oracle_rig.h"

#include "oracle_memory.h"

#include "chrona/storage/oracle_store.h"

using namespace chrona;
using namespace chrona::service;
using namespace chrona::service::tests;
using namespace std::chrono_literals;

/// What one run of the oracle learned is where the next one begins.
class TestOracleMemory : public QObject, private OracleRig {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { openDatabase(); }
    void init() { begin(); }
    void aRestartGoesOnWithWhatWasLearned();
    void syntheticMarketsTeachNothing();
    void onlyWhatChangedIsWritten();
    void whatIsOldIsNotRecalled();
    void anotherCurrencyOrNetworkIsAnotherMatter();

private:
    /// Five venues that show 1 bp where the table says 4.
    [[nodiscard]] static OraclePlan livePlan();
    [[nodiscard]] Status recallInto(OraclePlan &plan, Instant now);
};

OraclePlan TestOracleMemory::livePlan()
{
    OraclePlan plan = smallPlan();
    plan.isSynthetic = false;
    plan.network = "coston2";
    for (oracle::FeedSetup &feed : plan.feeds)
        for (oracle::VenueProfile &venue : feed.venues)
            venue.halfSpreadBps = 4;
    return plan;
}

Status TestOracleMemory::recallInto(OraclePlan &plan, Instant now)
{
    auto lease = m_pool->take();
    return lease ? recall(**lease, plan, now) : Status(std::unexpected(lease.error()));
}

void TestOracleMemory::aRestartGoesOnWithWhatWasLearned()
{
    auto run = play(livePlan(), kStartMs, 40);
    QVERIFY(run);
    run.reset(); // the service ends
    QCOMPARE(count("SELECT count(*) FROM chrona_oracle.venue_trait"), std::int64_t{10});
    OraclePlan plan = livePlan();
    QVERIFY(recallInto(plan, m_clock->now()));
    for (const oracle::FeedSetup &feed : plan.feeds)
        for (const oracle::VenueProfile &venue : feed.venues) {
            QVERIFY2(venue.known, venue.name.c_str());
            QVERIFY2(venue.known->halfSpreadBps < 2, venue.name.c_str());
            QVERIFY(venue.known->spreadSeconds > 30);
            QCOMPARE(venue.known->volume24h, 1'000.0);
        }
    // The first answers of the next run know it; those of one that begins with the table do not.
    const auto firstSpread = [](const OraclePlan &of) {
        auto desk = OracleDesk::create(of).value();
        KeepingSink sink;
        DeskSink *const sinks[] = {&sink};
        tests::run(desk, 2, sinks);
        return sink.answers.back().venues[0].halfSpreadBps;
    };
    QVERIFY(firstSpread(plan) < 2);
    QVERIFY(firstSpread(livePlan()) > 3);
    auto again = play(plan, kStartMs, 3);
    QVERIFY(again);
    QTRY_VERIFY_WITH_TIMEOUT(again->view().newest("BTC/USD", {}), 60'000);
    const auto answer = again->view().newest("BTC/USD", {});
    QCOMPARE_LT(answer->votes.front().halfSpreadBps, 2.0);
}

void TestOracleMemory::syntheticMarketsTeachNothing()
{
    OraclePlan plan = livePlan();
    plan.isSynthetic = true;
    auto run = play(plan, kStartMs, 10);
    QVERIFY(run);
    run.reset();
    QVERIFY(count("SELECT count(*) FROM chrona_oracle.answer") > 0);
    QCOMPARE(count("SELECT count(*) FROM chrona_oracle.venue_trait"), std::int64_t{0});
}

void TestOracleMemory::onlyWhatChangedIsWritten()
{
    const OraclePlan plan = livePlan();
    auto desk = OracleDesk::create(plan).value();
    LearnedBook book(plan);
    const Instant now = m_clock->now();
    QVERIFY(book.changes(desk, now).traits.empty()); // nothing was heard
    SmallMarket market(plan);
    for (int s = 0; s < 20; ++s)
        for (const DeskTick &tick : market.second(kStartMs + s * 1'000))
            desk.take(tick);
    QCOMPARE(book.changes(desk, now).traits.size(), std::size_t{10});
    QVERIFY(book.changes(desk, now + 1min).traits.empty());
    for (const DeskTick &tick : market.second(kStartMs + 20'000))
        if (tick.venue != 2) // who falls silent keeps the age of what it showed
            desk.take(tick);
    const OracleMemory later = book.changes(desk, now + 2min);
    QCOMPARE(later.traits.size(), std::size_t{8});
    QVERIFY(std::ranges::none_of(later.traits,
                                 [](const auto &each) { return each.venue == "cedar"; }));
}

void TestOracleMemory::whatIsOldIsNotRecalled()
{
    auto run = play(livePlan(), kStartMs, 10);
    QVERIFY(run);
    run.reset();
    OraclePlan plan = livePlan();
    QVERIFY(recallInto(plan, m_clock->now() + 6 * 24h));
    QVERIFY(plan.feeds[0].venues[0].known);
    plan = livePlan();
    QVERIFY(recallInto(plan, m_clock->now() + 8 * 24h));
    QVERIFY(!plan.feeds[0].venues[0].known);
}

void TestOracleMemory::anotherCurrencyOrNetworkIsAnotherMatter()
{
    auto lease = m_pool->take();
    const std::vector<std::string> feeds{"BTC/USD", "ETH/USD"}, venues{"alder", "birch"};
    QVERIFY(storage::oracleNumbers(**lease, feeds, venues));
    const Instant now = m_clock->now();
    OracleMemory memory;
    for (const char *quote : {"USD", "USDT"})
        memory.traits.push_back({.feed = "BTC/USD",
                                 .venue = "alder",
                                 .quote = quote,
                                 .learnedAt = now,
                                 .halfSpreadBps = quote == std::string_view("USD") ? 0.5 : 9,
                                 .volume24h = 7,
                                 .noiseFactor = 1.25,
                                 .spreadSeconds = 60,
                                 .volumeSeconds = 70});
    memory.traits.push_back(memory.traits.front());
    memory.traits.back().venue = "nobody has this number";
    memory.crowds = {{"BTC/USD", "coston2", now, {1, 2, 3}}, {"BTC/USD", "flare", now, {4}}};
    QVERIFY(storeMemory(**lease, memory));
    memory.traits.resize(1);
    memory.traits[0].volume24h = 8;
    memory.crowds = {{"BTC/USD", "coston2", now, {5, 6}}};
    QVERIFY(storeMemory(**lease, memory)); // replaces
    OraclePlan plan = livePlan();
    QVERIFY(recall(**lease, plan, now));
    QVERIFY((plan.feeds[0].venues[0].known == oracle::KnownTraits{0.5, 8, 1.25, 60, 70}));
    QVERIFY(!plan.feeds[0].venues[1].known && !plan.feeds[1].venues[0].known);
    QVERIFY((plan.feeds[0].crowd == std::vector<double>{5, 6}));
    QVERIFY(plan.feeds[1].crowd.empty());
    plan = livePlan();
    plan.network = "songbird";
    QVERIFY(recall(**lease, plan, now));
    QVERIFY(plan.feeds[0].crowd.empty());
    plan = livePlan();
    QVERIFY(recall(**lease, plan, now + 25h)); // others change sooner than books
    QVERIFY(plan.feeds[0].crowd.empty() && plan.feeds[0].venues[0].known);
}

QTEST_GUILESS_MAIN(TestOracleMemory)
#include "tst_oracle_memory.moc"
