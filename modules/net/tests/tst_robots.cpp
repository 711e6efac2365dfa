// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/net/http_client.h"
#include "chrona/net/robots.h"

#include <QTest>

using namespace chrona;
using namespace std::chrono_literals;
using net::RobotsRules;

/// What robots.txt asks (RFC 9309), and how long an answer is fresh (RFC 9111).
class TestRobots : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theLongestRuleDecides_data();
    void theLongestRuleDecides();
    void groupsAreThoseOfTheProgram_data();
    void groupsAreThoseOfTheProgram();
    void pauseIsBounded_data();
    void pauseIsBounded();
    void whatIsNoRuleForbidsNothing_data();
    void whatIsNoRuleForbidsNothing();
    void manyStarsTakeNoTime();
    void answersAreFreshAsTheySay_data();
    void answersAreFreshAsTheySay();
};

void TestRobots::theLongestRuleDecides_data()
{
    QTest::addColumn<QByteArray>("rules");
    QTest::addColumn<QByteArray>("url");
    QTest::addColumn<bool>("allowed");
    const auto row = [](const char *name, const char *rules, const char *url, bool allowed) {
        QTest::newRow(name) << QByteArray(rules) << QByteArray(url) << allowed;
    };
    row("a path below", "Disallow: /news", "https://a.org/news/feed.xml", false);
    row("a path that begins alike", "Disallow: /news", "https://a.org/newsfeed", false);
    row("another path", "Disallow: /news", "https://a.org/feed", true);
    row("letters are told apart", "Disallow: /News", "https://a.org/news", true);
    row("the whole host", "Disallow: /", "https://a.org", false);
    row("nothing forbidden", "Disallow:", "https://a.org/", true);
    row("the longer one allows", "Disallow: /a\nAllow: /a/feed", "https://a.org/a/feed", true);
    row("the longer one forbids", "Allow: /a\nDisallow: /a/feed", "https://a.org/a/feed", false);
    row("alike: the one that allows", "Disallow: /a\nAllow: /a", "https://a.org/a", true);
    row("alike, the other way round", "Allow: /a\nDisallow: /a", "https://a.org/a", true);
    row("a star within", "Disallow: /*/print", "https://a.org/x/y/print", false);
    row("an end", "Disallow: /*.xml$", "https://a.org/feed.xml", false);
    row("an end that is none", "Disallow: /*.xml$", "https://a.org/feed.xml?page=2", true);
    row("an end after all", "Disallow: /*.xml$", "https://a.org/a.xml/b.xml", false);
    row("the query counts", "Disallow: /*?page=", "https://a.org/feed?page=2", false);
    row("a query without a path", "Disallow: /?page", "https://a.org?page=1", false);
    row("a fragment does not", "Disallow: /feed$", "https://a.org/feed#top", false);
    row("needless percents", "Disallow: /%7Ejoe/%61", "https://a.org/~joe/a", false);
    row("needless percents asked", "Disallow: /~joe", "https://a.org/%7ejoe/", false);
    row("reserved stays", "Disallow: /a%2fb", "https://a.org/a/b", true);
    row("reserved in any case", "Disallow: /a%2fb", "https://a.org/a%2Fb", false);
    row("octets beyond ASCII", "Disallow: /f\xC3\xBC", "https://a.org/f%c3%bcr", false);
    row("robots.txt is always open", "Disallow: /", "https://a.org/robots.txt", true);
    row("a comment behind", "Disallow: /a # not this", "https://a.org/a", false);
    row("blanks and case", "  dISALLOW :\t/a  ", "https://a.org/a", false);
    row("ends of lines of all kinds", "Disallow: /x\rDisallow: /a\r\n", "https://a.org/a", false);
}

void TestRobots::theLongestRuleDecides()
{
    QFETCH(QByteArray, rules);
    QFETCH(QByteArray, url);
    QFETCH(bool, allowed);
    const auto read = RobotsRules::read("User-agent: *\n" + rules.toStdString(), "Chrona");
    QCOMPARE(read.allow(url.toStdString()), allowed);
}

void TestRobots::groupsAreThoseOfTheProgram_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("allowed");
    const auto row = [](const char *name, const char *text, bool allowed) {
        QTest::newRow(name) << QByteArray(text) << allowed;
    };
    row("named, whatever its case", "User-agent: CHRONA\nDisallow: /", false);
    row("named with a version", "User-agent: Chrona/2.1\nDisallow: /", false);
    row("its own group outranks that of all",
        "User-agent: *\nDisallow: /\n\nUser-agent: chrona\nDisallow: /private", true);
    row("the other way round", "User-agent: chrona\nDisallow: /feed\n\nUser-agent: *\nAllow: /",
        false);
    row("an empty own group allows", "User-agent: *\nDisallow: /\nUser-agent: chrona\n", true);
    row("two own groups are one",
        "User-agent: chrona\nAllow: /x\nUser-agent: *\nUser-agent: chrona\nDisallow: /feed", false);
    row("one group for several", "User-agent: a\nUser-agent: chrona\nDisallow: /feed", false);
    row("a rule ends the list of names",
        "User-agent: chrona\nAllow: /x\nUser-agent: other\nDisallow: /feed", true);
    row("a site map ends nothing",
        "User-agent: chrona\nSitemap: https://a.org/s\nUser-agent: b\nDisallow: /feed", false);
    row("another program", "User-agent: chronaplus\nDisallow: /feed", true);
    row("rules before any name", "Disallow: /feed\nUser-agent: *\nDisallow: /x", true);
    row("a byte order mark", "\xEF\xBB\xBFUser-agent: *\nDisallow: /feed", false);
}

void TestRobots::groupsAreThoseOfTheProgram()
{
    QFETCH(QByteArray, text);
    QFETCH(bool, allowed);
    QCOMPARE(RobotsRules::read(text.toStdString(), "Chrona").allow("https://a.org/feed"), allowed);
}

void TestRobots::pauseIsBounded_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<int>("ms"); // 0: none
    QTest::newRow("seconds") << QByteArray("10") << 10'000;
    QTest::newRow("a fraction") << QByteArray("2.5") << 2'500;
    QTest::newRow("a year") << QByteArray("31536000") << 3'600'000;
    QTest::newRow("none") << QByteArray("0") << 0;
    QTest::newRow("before now") << QByteArray("-1") << 0;
    QTest::newRow("no number") << QByteArray("nan") << 0;
    QTest::newRow("a word") << QByteArray("slowly") << 0;
}

void TestRobots::pauseIsBounded()
{
    QFETCH(QByteArray, value);
    QFETCH(int, ms);
    const std::string text = "User-agent: *\nCrawl-delay: " + value.toStdString();
    const auto pause = RobotsRules::read(text, "Chrona").pause();
    QCOMPARE(pause.has_value(), ms > 0);
    if (pause)
        QCOMPARE(*pause, Duration(std::chrono::milliseconds(ms)));
}

void TestRobots::whatIsNoRuleForbidsNothing_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("a page") << QByteArray("<html><body>Not found: User-agent</body></html>");
    QTest::newRow("bytes") << QByteArray("\0\xFF\x01:\n:\n::", 8);
    QTest::newRow("a path without end")
        << QByteArray("User-agent: *\nDisallow: /") + QByteArray(5'000, 'a');
    QTest::newRow("behind what is read")
        << QByteArray(net::RobotsRules::kBytesMax, '\n') + "User-agent: *\nDisallow: /";
}

void TestRobots::whatIsNoRuleForbidsNothing()
{
    QFETCH(QByteArray, text);
    QVERIFY(RobotsRules::read(text.toStdString(), "Chrona").allow("https://a.org/feed"));
}

void TestRobots::manyStarsTakeNoTime()
{
    std::string stars;
    for (int i = 0; i < 900; ++i)
        stars += "*a";
    const auto rules = RobotsRules::read("User-agent: *\nDisallow: /" + stars + "b$", "Chrona");
    QVERIFY(rules.allow("https://a.org/" + std::string(2'000, 'a')));
}

void TestRobots::answersAreFreshAsTheySay_data()
{
    QTest::addColumn<QByteArray>("control");
    QTest::addColumn<QByteArray>("age");
    QTest::addColumn<QByteArray>("expires");
    QTest::addColumn<int>("seconds"); // 0: not fresh
    const QByteArray none, inTenMinutes("Sat, 21 Nov 2026 08:10:00 GMT");
    QTest::newRow("for an hour") << QByteArray("public, max-age=3600") << none << none << 3600;
    QTest::newRow("the age counts")
        << QByteArray("max-age=3600") << QByteArray("600") << none << 3000;
    QTest::newRow("older than it may be")
        << QByteArray("max-age=60") << QByteArray("61") << none << 0;
    QTest::newRow("not to be kept") << QByteArray("no-store, max-age=60") << none << none << 0;
    QTest::newRow("to be asked again") << QByteArray("No-Cache") << none << inTenMinutes << 0;
    QTest::newRow("until then") << none << none << inTenMinutes << 600;
    QTest::newRow("the word outranks the date")
        << QByteArray("max-age=60") << none << inTenMinutes << 60;
    QTest::newRow("never") << none << none << QByteArray("0") << 0;
    QTest::newRow("for ages") << QByteArray("max-age=99999999999") << none << none
                              << 366 * 24 * 3600;
    QTest::newRow("no number") << QByteArray("max-age=soon") << none << none << 0;
    QTest::newRow("nothing said") << none << none << none << 0;
}

void TestRobots::answersAreFreshAsTheySay()
{
    QFETCH(QByteArray, control);
    QFETCH(QByteArray, age);
    QFETCH(QByteArray, expires);
    QFETCH(int, seconds);
    constexpr Instant kNow(1'795'248'000s); // 2026-11-21T08:00:00Z
    net::Headers headers{{"Date", "Sat, 21 Nov 2026 08:00:00 GMT"}};
    for (const auto &[name, value] : {std::pair{"cache-control", control}, std::pair{"AGE", age},
                                      std::pair{"expires", expires}})
        if (!value.isEmpty())
            headers.push_back({name, value.toStdString()});
    const auto fresh = net::readFreshUntil(headers, kNow);
    QCOMPARE(fresh.has_value(), seconds > 0);
    if (fresh)
        QCOMPARE(*fresh, kNow + std::chrono::seconds(seconds));
}

QTEST_GUILESS_MAIN(TestRobots)
#include "tst_robots.moc"
