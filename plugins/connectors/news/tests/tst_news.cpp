// SPDX-License-Identifier: AGPL-3.0-or-later
#include "connector_fixture.h"

#include <QUrl>

#include <algorithm>
#include <tuple>

using namespace std::string_literals;
using namespace chrona;
using namespace chrona::connect::fixture;

class TestNews : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void onlyRegisteredHostsAreAsked();
    void everySourceHasFeeds();
    void entriesBecomeEvents();
    void anEmptyEntryIsRejectedAlone();
    void sameItemGivesSameDrafts();
    void oneFailingFeedIsAWarning();
    void whatIsNoFeedIsAskedAgain();
    void nothingNewIsSuccess();
    void hostilePayloadIsRefused_data();
    void hostilePayloadIsRefused();

private:
    [[nodiscard]] std::vector<connect::Draft> drafts(std::string payload) const
    {
        return m_connector.drafts("feed", std::move(payload), {.url = "https://example.org/feed"});
    }

    LoadedConnector m_connector{"news"};
};

namespace {

std::string fixture()
{
    return fixtureText("feed.xml");
}

/// Gives one answer to all but some addresses.
class FakeFetcher final : public connect::Fetcher {
public:
    explicit FakeFetcher(connect::Response answer) : m_answer(std::move(answer)) {}

    Result<connect::Response> get(const connect::Request &request) override
    {
        asked.push_back(request.url);
        if (!failing.empty() && request.url.contains(failing))
            return fail(ErrorCode::Unavailable, "no answer");
        connect::Response response = m_answer;
        response.url = request.url;
        response.fetchedAt = kNow;
        return response;
    }
    std::string failing;
    std::vector<std::string> asked;

private:
    connect::Response m_answer;
};

} // namespace

void TestNews::initTestCase()
{
    QVERIFY(m_connector.isLoaded());
}

void TestNews::onlyRegisteredHostsAreAsked()
{
    for (const schema::Source &source : m_connector.description().sources) {
        FakeFetcher fetcher({.status = 304, .notModified = true});
        QVERIFY(m_connector.fetch(source, fetcher).has_value());
        for (const std::string &url : fetcher.asked) {
            const QUrl parsed(QString::fromStdString(url));
            QVERIFY2(std::ranges::contains(source.hosts, parsed.host().toStdString()), url.c_str());
            QCOMPARE(parsed.scheme(), QStringLiteral("https"));
        }
    }
}

void TestNews::everySourceHasFeeds()
{
    for (const schema::Source &source : m_connector.description().sources) {
        QVERIFY2(schema::validate(source).empty(), source.key.c_str());
        FakeFetcher fetcher({.status = 304, .notModified = true});
        std::ignore = m_connector.fetch(source, fetcher);
        QVERIFY2(!fetcher.asked.empty(), source.key.c_str());
    }
}

void TestNews::entriesBecomeEvents()
{
    const auto all = drafts(fixture());
    QCOMPARE(all.size(), 4U);
    const auto &first = std::get<schema::Event>(all[0]);
    QVERIFY(first.type == schema::EventType::News);
    QCOMPARE(first.title, "Talks & accords: a first round ends"s);
    QCOMPARE(first.summary, "Delegations met for a day."s);
    QCOMPARE(first.sourceRef, "example-1"s);
    QCOMPARE(first.url, "https://example.org/news/1"s);
    QCOMPARE(formatInstant(first.times.observedAt), "2026-11-21T06:30:00Z"s);
    QVERIFY(first.times.publishedAt == first.times.observedAt);
    QCOMPARE(first.attributes, (schema::Attributes{{"author", "Press office"s},
                                                   {"categories", "Diplomacy; Trade"s}}));
    const auto &untitled = std::get<schema::Event>(all[1]);
    QCOMPARE(untitled.title, "An entry without a title takes the first words of what it says."s);
    QCOMPARE(untitled.sourceRef, "https://example.org/news/2"s);
    const auto &ahead = std::get<schema::Event>(all[2]);
    QCOMPARE(ahead.times.observedAt, kNow);
    QVERIFY(!ahead.times.publishedAt.has_value());
}

void TestNews::anEmptyEntryIsRejectedAlone()
{
    const auto all = drafts(fixture());
    const auto *rejected = std::get_if<connect::Rejected>(&all.back());
    QVERIFY(rejected != nullptr);
    QCOMPARE(rejected->sourceRef, "example-4"s);
    QVERIFY(rejected->reason.contains("neither title nor summary"));
}

void TestNews::sameItemGivesSameDrafts()
{
    QVERIFY(drafts(fixture()) == drafts(fixture()));
}

void TestNews::oneFailingFeedIsAWarning()
{
    FakeFetcher fetcher({.status = 200, .body = fixture()});
    fetcher.failing = "presidential-actions";
    const auto fetched = m_connector.fetch("white-house", fetcher);
    QVERIFY(fetched.has_value());
    QCOMPARE(fetched->items.size(), 1U);
    QCOMPARE(fetched->items.front().kind, "feed"s);
    QCOMPARE(fetched->warnings.size(), 1U);
    QCOMPARE(fetched->nextCursor, "2026-11-21T08:00:00Z"s);
    fetcher.failing = "https";
    QVERIFY(!m_connector.fetch("white-house", fetcher).has_value());
}

void TestNews::whatIsNoFeedIsAskedAgain()
{
    FakeFetcher fetcher({.status = 200, .body = "<!doctype html><html>Back soon</html>"});
    const auto fetched = m_connector.fetch("un-news", fetcher);
    QVERIFY(!fetched.has_value());
    QVERIFY(fetched.error().retryable);
}

void TestNews::nothingNewIsSuccess()
{
    FakeFetcher fetcher({.status = 304, .notModified = true});
    const auto fetched = m_connector.fetch("un-news", fetcher);
    QVERIFY(fetched.has_value());
    QVERIFY(fetched->items.empty() && fetched->warnings.empty());
}

void TestNews::hostilePayloadIsRefused_data()
{
    QTest::addColumn<QByteArray>("payload");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("a page") << QByteArray("<html><body>Back soon</body></html>");
    QTest::newRow("other JSON") << QByteArray(R"({"error":"rate"})");
    QTest::newRow("nesting without end")
        << QByteArray("<rss><channel>").append(QByteArray("<a>").repeated(1000));
}

void TestNews::hostilePayloadIsRefused()
{
    QFETCH(QByteArray, payload);
    const auto result = m_connector.normalize("feed", payload.toStdString());
    QVERIFY(!result.has_value());
    QVERIFY(!result.error().what.empty());
}

QTEST_GUILESS_MAIN(TestNews)
#include "tst_news.moc"
