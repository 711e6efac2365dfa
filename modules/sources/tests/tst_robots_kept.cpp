// SPDX-License-Identifier: AGPL-3.0-or-later
#include "own_source_rig.h"

using namespace chrona;
using namespace std::chrono_literals;
using schema::SourceState;

/// What a host's robots.txt asks, and for how long an answer is good, is kept to by the real
/// fetcher over real HTTP.
class TestRobotsKept : public OwnSourceRig {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { openAll(); }
    void init() { prepare(); }
    void cleanup() { finish(); }
    void refusalIsAStateAndEndsWithTheRule();
    void refusalOutlivesARestart();
    void rulesAreAskedOnceADay();
    void hostWithoutRulesIsRead_data();
    void hostWithoutRulesIsRead();
    void hostThatFailsIsAskedLater_data();
    void hostThatFailsIsAskedLater();
    void whatWasSaidLastHoldsWhileItFails();
    void pauseIsTheLeastTimeBetweenRuns();
    void redirectsAreJudgedToo();
    void freshAnswersAreNotAskedFor();

private:
    void say(std::string rules, net::Headers headers = {})
    {
        m_server->answer("/robots.txt",
                         net::Answer{.headers = std::move(headers), .body = std::move(rules)});
    }
    [[nodiscard]] schema::SourceHealth health() { return view(m_desk).health; }
    void addFeed()
    {
        begin();
        m_desk = addDesk();
        QVERIFY(!m_desk.empty());
    }
    void runAgainAfter(Duration time)
    {
        const auto before = health().lastAttemptAt;
        m_clock->advance(time);
        QVERIFY(m_acquisition->runNow(m_desk));
        QTRY_VERIFY(health().lastAttemptAt != before && health().state != SourceState::Running);
    }

    std::string m_desk;
};

void TestRobotsKept::refusalIsAStateAndEndsWithTheRule()
{
    say("User-agent: *\nDisallow: /feed\n");
    addFeed();
    QTRY_VERIFY(health().state == SourceState::Refused);
    QVERIFY(health().lastError.contains("robots.txt of desk.example.org"));
    QVERIFY2(health().lastError.contains("again after"), health().lastError.c_str());
    QCOMPARE(health().failuresInRow, 0U);
    QCOMPARE(requests("/feed.xml"), 0U);
    QVERIFY(*health().nextRunAt >= kNow + 24h);

    runAgainAfter(1h); // nobody is asked again, whoever wants it
    QVERIFY(health().state == SourceState::Refused);
    QCOMPARE(requests("/robots.txt"), 1U);

    say("User-agent: *\nDisallow: /feed\nUser-agent: chrona\nDisallow: /private\n");
    m_clock->advance(25h);
    QTRY_COMPARE(eventCount(), 1U);
    QTRY_VERIFY(health().state == SourceState::Idle);
    QVERIFY(health().lastError.empty());
}

void TestRobotsKept::refusalOutlivesARestart()
{
    say("User-agent: *\nDisallow: /\n");
    addFeed();
    QTRY_VERIFY(health().state == SourceState::Refused);
    m_clock->advance(1h);
    begin();
    QVERIFY(health().state == SourceState::Refused);
    QCOMPARE(requests("/feed.xml"), 0U);
}

void TestRobotsKept::rulesAreAskedOnceADay()
{
    say("User-agent: *\nDisallow: /private\n", {{"ETag", "\"r1\""}});
    addFeed();
    QTRY_COMPARE(eventCount(), 1U);
    QTRY_VERIFY(health().state == SourceState::Idle);
    runAgainAfter(2h);
    QCOMPARE(requests("/robots.txt"), 1U);
    QVERIFY(requests("/feed.xml") >= 2);

    runAgainAfter(25h);
    QCOMPARE(requests("/robots.txt"), 2U);
    for (const auto &request : m_server->received())
        if (request.target == "/robots.txt" && net::find(request.headers, "If-None-Match"))
            return;
    QFAIL("the second time was not conditional");
}

void TestRobotsKept::hostWithoutRulesIsRead_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("location");
    QTest::newRow("there is none") << 404 << QByteArray();
    QTest::newRow("it is forbidden") << 403 << QByteArray();
    QTest::newRow("it was thrown away") << 410 << QByteArray();
    QTest::newRow("it leads to another host")
        << 302 << QByteArray("https://elsewhere.example.org/robots.txt");
    QTest::newRow("it leads in a circle") << 302 << QByteArray("/robots.txt");
}

void TestRobotsKept::hostWithoutRulesIsRead()
{
    QFETCH(int, status);
    QFETCH(QByteArray, location);
    net::Answer answer{.status = status};
    if (!location.isEmpty())
        answer.headers.push_back({"Location", location.toStdString()});
    m_server->answer("/robots.txt", answer);
    addFeed();
    QTRY_COMPARE(eventCount(), 1U);
    QTRY_VERIFY(health().state == SourceState::Idle);
    runAgainAfter(1h);
    QCOMPARE(requests("/robots.txt"), 1U);
}

void TestRobotsKept::hostThatFailsIsAskedLater_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<int>("fault");
    QTest::newRow("unavailable") << 503 << int(net::Fault::None);
    QTest::newRow("too many requests") << 429 << int(net::Fault::None);
    QTest::newRow("no answer") << 200 << int(net::Fault::NeverAnswers);
    QTest::newRow("a reset in the body") << 200 << int(net::Fault::ResetInBody);
}

void TestRobotsKept::hostThatFailsIsAskedLater()
{
    QFETCH(int, status);
    QFETCH(int, fault);
    m_server->answer("/robots.txt", net::Answer{.status = status,
                                                .body = std::string(3'000, '\n'),
                                                .fault = static_cast<net::Fault>(fault)});
    addFeed();
    QTRY_VERIFY_WITH_TIMEOUT(health().failuresInRow == 1, 15'000);
    QVERIFY(health().state == SourceState::Failing);
    QVERIFY2(health().lastError.contains("lets programs read it"), health().lastError.c_str());
    QCOMPARE(requests("/feed.xml"), 0U);

    say("User-agent: *\nAllow: /\n");
    m_clock->advance(7h);
    QTRY_COMPARE(eventCount(), 1U);
}

void TestRobotsKept::whatWasSaidLastHoldsWhileItFails()
{
    say("User-agent: *\nDisallow: /private\n");
    addFeed();
    QTRY_COMPARE(eventCount(), 1U);
    QTRY_VERIFY(health().state == SourceState::Idle);
    m_server->answer("/robots.txt", net::Answer{.status = 503});
    const std::size_t before = requests("/feed.xml");
    runAgainAfter(25h);
    QVERIFY(health().state == SourceState::Idle);
    QVERIFY(requests("/feed.xml") > before);
}

void TestRobotsKept::pauseIsTheLeastTimeBetweenRuns()
{
    say("User-agent: *\nCrawl-delay: 3000\n"); // the feed is asked every half hour
    addFeed();
    QTRY_COMPARE(eventCount(), 1U);
    QTRY_VERIFY(health().state == SourceState::Idle);
    QVERIFY(*health().nextRunAt >= *health().lastSuccessAt + 3000s);
}

void TestRobotsKept::redirectsAreJudgedToo()
{
    say("User-agent: *\nDisallow: /private\n");
    m_server->answer("/feed.xml",
                     net::Answer{.status = 301, .headers = {{"Location", "/private/feed.xml"}}});
    m_server->answer("/private/feed.xml", feedAnswer());
    addFeed();
    QTRY_VERIFY(health().state == SourceState::Refused);
    QCOMPARE(requests("/private/feed.xml"), 0U);
}

void TestRobotsKept::freshAnswersAreNotAskedFor()
{
    m_server->answer("/feed.xml", feedAnswer({{"Cache-Control", "public, max-age=3600"}}));
    addFeed();
    QTRY_COMPARE(eventCount(), 1U);
    QTRY_VERIFY(health().state == SourceState::Idle);
    runAgainAfter(40min);
    QVERIFY(health().state == SourceState::Idle);
    QCOMPARE(requests("/feed.xml"), 1U);
    runAgainAfter(25min);
    QCOMPARE(requests("/feed.xml"), 2U);
}

QTEST_GUILESS_MAIN(TestRobotsKept)
#include "tst_robots_kept.moc"
