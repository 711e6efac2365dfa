// SPDX-License-Identifier: AGPL-3.0-or-later
#include "oracle_alerts.h"

#include <QTest>

using namespace chrona;
using namespace chrona::service;
using namespace std::chrono_literals;
using Kind = ipc::OracleAlertKind;

class TestOracleAlerts : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void whatPassesQuicklyIsNotTold();
    void anAlertIsToldOnceAndEnds();
    void whatSwingsAroundTheLimitIsToldOnce();
    void everyKindHasItsMeasure_data();
    void everyKindHasItsMeasure();
    void quietHoursRecordAndDoNotAnnounce();
    void mutingEndsByItself();
    void aVenueThatIsDownIsTold();
    void asleepNothingIsStale();
    void endedAlertsAreBounded();

private:
    void pass(int seconds, const oracle::Answer &answer);
    [[nodiscard]] std::size_t raised() { return m_book.takeRaised().size(); }

    oracle::FeedSetup m_feed;
    oracle::Answer m_calm, m_deviating;
    AlertBook m_book;
    std::int64_t m_nowMs = 0;
};

void TestOracleAlerts::init()
{
    m_feed = {};
    m_feed.name = "BTC/USD";
    m_calm = {};
    m_calm.state = oracle::AnswerState::Sound;
    m_calm.price = 100;
    m_calm.confidenceBps = 2;
    m_calm.sources = 6;
    for (const char *name : {"a", "b", "c", "d", "e", "f"}) {
        m_feed.venues.push_back({.name = name});
        m_calm.venues.push_back({.standing = oracle::VenueStanding::Used, .deviationBps = 1});
    }
    m_deviating = m_calm;
    m_deviating.venues[2].standing = oracle::VenueStanding::Deviating;
    m_deviating.venues[2].deviationBps = -80;
    m_deviating.sources = 5;
    m_book = AlertBook();
    m_nowMs = std::chrono::sys_days(std::chrono::year(2026) / 6 / 1).time_since_epoch() / 1ms +
              12 * 3'600'000;
}

void TestOracleAlerts::pass(int seconds, const oracle::Answer &answer)
{
    oracle::Answer timed = answer;
    for (int s = 0; s < seconds; ++s) {
        timed.atMs = m_nowMs += 1'000;
        m_book.observe(m_feed, timed);
    }
}

void TestOracleAlerts::whatPassesQuicklyIsNotTold()
{
    pass(10, m_calm);
    pass(4, m_deviating);
    pass(100, m_calm);
    QCOMPARE(raised(), std::size_t{0});
    QVERIFY(m_book.all(10).empty());
}

void TestOracleAlerts::anAlertIsToldOnceAndEnds()
{
    pass(10, m_calm);
    pass(30, m_deviating);
    const auto told = m_book.takeRaised();
    QCOMPARE(told.size(), std::size_t{1});
    QVERIFY(told[0].kind == Kind::Deviation);
    QCOMPARE(told[0].venue, std::string("c"));
    QCOMPARE(told[0].measured, -80.0);
    pass(300, m_deviating);
    QCOMPARE(raised(), std::size_t{0});
    QCOMPARE(m_book.holding(), std::size_t{1});
    pass(59, m_calm);
    QCOMPARE(m_book.holding(), std::size_t{1});
    pass(10, m_calm);
    QCOMPARE(m_book.holding(), std::size_t{0});
    QVERIFY(m_book.all(10)[0].endedAt);
    pass(10, m_deviating); // armed again
    QCOMPARE(raised(), std::size_t{1});
}

void TestOracleAlerts::whatSwingsAroundTheLimitIsToldOnce()
{
    oracle::Answer near = m_deviating;
    near.venues[2].deviationBps = -45; // below the limit, not below what re-arms
    for (int i = 0; i < 50; ++i) {
        pass(8, m_deviating);
        pass(70, near);
    }
    QCOMPARE(raised(), std::size_t{1});
}

void TestOracleAlerts::everyKindHasItsMeasure_data()
{
    QTest::addColumn<int>("kind");
    QTest::newRow("staleness") << int(Kind::Staleness);
    QTest::newRow("thin") << int(Kind::Thin);
    QTest::newRow("disagreement") << int(Kind::Disagreement);
}

void TestOracleAlerts::everyKindHasItsMeasure()
{
    QFETCH(int, kind);
    oracle::Answer answer = m_calm;
    switch (static_cast<Kind>(kind)) {
    case Kind::Staleness: answer.state = oracle::AnswerState::Abstained; break;
    case Kind::Thin: answer.sources = 3; break;
    default: answer.confidenceBps = 26; break;
    }
    pass(10, m_calm);
    pass(20, answer);
    const auto told = m_book.takeRaised();
    QCOMPARE(told.size(), std::size_t{1});
    QCOMPARE(int(told[0].kind), kind);
    QVERIFY(told[0].venue.empty());
}

void TestOracleAlerts::quietHoursRecordAndDoNotAnnounce()
{
    m_book = AlertBook({}, {.from = 22, .to = 7, .fromUtc = [](Instant) { return 120min; }});
    QVERIFY(!m_book.isQuiet(Instant(std::chrono::milliseconds(m_nowMs))));
    m_nowMs += 9 * 3'600'000; // 21 UTC, 23 here
    QVERIFY(m_book.isQuiet(Instant(std::chrono::milliseconds(m_nowMs))));
    pass(20, m_deviating);
    QCOMPARE(raised(), std::size_t{0});
    QVERIFY(m_book.all(10).at(0).quiet);
    QVERIFY(!(QuietHours{.from = 5, .to = 5}).holdAt(Instant(5h)));
    QVERIFY((QuietHours{.from = 1, .to = 5}).holdAt(Instant(4h)));
    QVERIFY(!(QuietHours{.from = 1, .to = 5}).holdAt(Instant(5h)));
}

void TestOracleAlerts::mutingEndsByItself()
{
    m_book.mute(Instant(std::chrono::milliseconds(m_nowMs)) + 10min);
    pass(20, m_deviating);
    QCOMPARE(raised(), std::size_t{0});
    pass(700, m_calm);
    pass(20, m_deviating);
    QCOMPARE(raised(), std::size_t{1});
}

void TestOracleAlerts::aVenueThatIsDownIsTold()
{
    for (int s = 0; s < 20; ++s)
        m_book.observeVenue("kraken", false, m_nowMs += 1'000);
    const auto told = m_book.takeRaised();
    QCOMPARE(told.size(), std::size_t{1});
    QVERIFY(told[0].kind == Kind::VenueDown && told[0].venue == "kraken");
}

void TestOracleAlerts::asleepNothingIsStale()
{
    oracle::Answer silent = m_calm;
    silent.state = oracle::AnswerState::Abstained;
    pass(10, m_calm);
    m_nowMs += 8 * 3'600'000;
    pass(8, silent); // until the venues are connected again
    pass(100, m_calm);
    QCOMPARE(raised(), std::size_t{0});
    m_nowMs -= 8 * 3'600'000; // the clock is set
    pass(8, silent);
    QCOMPARE(raised(), std::size_t{0});
    pass(10, silent);
    QCOMPARE(raised(), std::size_t{1});
}

void TestOracleAlerts::endedAlertsAreBounded()
{
    for (int i = 0; i < 300; ++i) {
        pass(10, m_deviating);
        pass(70, m_calm);
    }
    QCOMPARE(m_book.all(1'000).size(), AlertBook::kEndedKept);
    QCOMPARE(m_book.all(3).size(), std::size_t{3});
    QVERIFY(m_book.all(3)[0].id > m_book.all(3)[1].id);
}

QTEST_GUILESS_MAIN(TestOracleAlerts)
#include "tst_oracle_alerts.moc"
