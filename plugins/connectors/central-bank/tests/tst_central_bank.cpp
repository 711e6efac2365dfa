// SPDX-License-Identifier: AGPL-3.0-or-later
#include "connector_fixture.h"

#include <algorithm>

using namespace std::string_literals;
using namespace chrona;
using namespace chrona::connect::fixture;

class TestCentralBank : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void onlyRegisteredHostsAreAsked();
    void whatMayNotLeaveSaysSo();
    void statisticsBecomeAttributes();
    void typesFollowWhatIsSaid_data();
    void typesFollowWhatIsSaid();
    void dateInFrontOfTheTitleCounts();

private:
    [[nodiscard]] std::vector<connect::Draft> drafts(std::string payload) const
    {
        return m_connector.drafts({}, std::move(payload), {.url = "https://example.org/feed"});
    }

    LoadedConnector m_connector{"central-bank"};
};

namespace {

std::string oneEntry(const std::string &title, const std::string &link)
{
    return "<rss version='2.0'><channel><title>b</title><item><title>" + title + "</title><link>" +
           link + "</link></item></channel></rss>";
}

} // namespace

void TestCentralBank::initTestCase()
{
    QVERIFY(m_connector.isLoaded());
}

void TestCentralBank::onlyRegisteredHostsAreAsked()
{
    QCOMPARE(m_connector.description().sources.size(), 8U);
    for (const schema::Source &source : m_connector.description().sources) {
        RouteFetcher fetcher;
        fetcher.answers["https:"] = {.status = 304, .notModified = true};
        QVERIFY(m_connector.fetch(source, fetcher).has_value());
        QVERIFY2(!fetcher.asked.empty(), source.key.c_str());
        for (const std::string &url : fetcher.asked)
            QVERIFY2(std::ranges::contains(source.hosts, hostOf(url)), url.c_str());
    }
}

void TestCentralBank::whatMayNotLeaveSaysSo()
{
    for (const schema::Source &source : m_connector.description().sources) {
        QVERIFY2(schema::validate(source).empty(), source.key.c_str());
        if (source.licence.contains("non-commercial"))
            QVERIFY(source.redistribution == schema::Redistribution::Forbidden);
    }
}

void TestCentralBank::statisticsBecomeAttributes()
{
    const auto all = drafts(fixtureText("rates.xml"));
    QCOMPARE(all.size(), 1U);
    const auto &rate = std::get<schema::Event>(all.front());
    QVERIFY(rate.type == schema::EventType::MacroRelease);
    QCOMPARE(rate.sourceRef, "https://example.org/rates#usd"s);
    QCOMPARE(formatInstant(rate.times.observedAt), "2026-11-20T05:00:00Z"s);
    QCOMPARE(rate.attributes, (schema::Attributes{{"cb_base_currency", "XXD"s},
                                                  {"cb_target_currency", "USD"s},
                                                  {"cb_value", 0.6543}}));
}

void TestCentralBank::typesFollowWhatIsSaid_data()
{
    QTest::addColumn<QByteArray>("title");
    QTest::addColumn<QByteArray>("link");
    QTest::addColumn<int>("type");
    const auto row = [](const char *title, const char *link, schema::EventType type) {
        QTest::newRow(title) << QByteArray(title) << QByteArray(link) << static_cast<int>(type);
    };
    using enum schema::EventType;
    row("Federal Reserve issues FOMC statement", "https://example.org/press/1", RateDecision);
    row("Bank of Canada holds policy rate", "https://example.org/2026/11/", RateDecision);
    row("Statement by the Monetary Policy Board: Monetary Policy Decision",
        "https://example.org/media-releases/", RateDecision);
    row("Economic outlook", "https://example.org/newsevents/speech/a.htm", Speech);
    row("A member: the outlook", "https://www.bis.org/review/r1.htm", Speech);
    row("The policy rate and its limits", "https://example.org/speech/a.htm", Speech);
    row("Order against a bank", "https://example.org/press/2", News);
}

void TestCentralBank::typesFollowWhatIsSaid()
{
    QFETCH(QByteArray, title);
    QFETCH(QByteArray, link);
    QFETCH(int, type);
    const auto all = drafts(oneEntry(title.toStdString(), link.toStdString()));
    QCOMPARE(all.size(), 1U);
    QCOMPARE(static_cast<int>(std::get<schema::Event>(all.front()).type), type);
}

void TestCentralBank::dateInFrontOfTheTitleCounts()
{
    const auto all = drafts(oneEntry("2026-08-12 - A publication", "https://example.org/1"));
    QCOMPARE(formatInstant(std::get<schema::Event>(all.front()).times.observedAt),
             "2026-08-12T00:00:00Z"s);
    const auto undated = drafts(oneEntry("A publication", "https://example.org/2"));
    QCOMPARE(std::get<schema::Event>(undated.front()).times.observedAt, kNow);
}

QTEST_GUILESS_MAIN(TestCentralBank)
#include "tst_central_bank.moc"
