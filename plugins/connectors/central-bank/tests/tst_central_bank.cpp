// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/connect/connector_library.h"

#include <QFile>
#include <QTest>
#include <QUrl>

#include <algorithm>

using namespace std::string_literals;
using namespace chrona;

/// Runs the built module, found as the program finds it.
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
    [[nodiscard]] std::vector<connect::Draft> drafts(std::string payload) const;

    std::unique_ptr<connect::ConnectorLibrary> m_library;
    const connect::ConnectorLibrary::Entry *m_banks = nullptr;
};

namespace {

constexpr Instant kNow = Instant(std::chrono::seconds(1'795'248'000)); // 2026-11-21T08:00:00Z

class SilentFetcher final : public connect::Fetcher {
public:
    Result<connect::Response> get(const connect::Request &request) override
    {
        asked.push_back(request.url);
        return connect::Response{.status = 304, .notModified = true};
    }
    std::vector<std::string> asked;
};

std::string oneEntry(const std::string &title, const std::string &link)
{
    return "<rss version='2.0'><channel><title>b</title><item><title>" + title + "</title><link>" +
           link + "</link></item></channel></rss>";
}

} // namespace

void TestCentralBank::initTestCase()
{
    auto library = connect::ConnectorLibrary::load(CHRONA_CONNECTORS_DIR);
    QVERIFY2(library.has_value(), library ? "" : library.error().what.c_str());
    m_library = std::move(*library);
    m_banks = m_library->find("central-bank");
    QVERIFY(m_banks != nullptr);
}

std::vector<connect::Draft> TestCentralBank::drafts(std::string payload) const
{
    connect::RawItem item;
    item.url = "https://example.org/feed";
    item.payload = std::move(payload);
    item.fetchedAt = kNow;
    auto result = m_banks->connector->normalize(item);
    return result ? std::move(*result) : std::vector<connect::Draft>();
}

void TestCentralBank::onlyRegisteredHostsAreAsked()
{
    QCOMPARE(m_banks->description.sources.size(), 8U);
    for (const schema::Source &source : m_banks->description.sources) {
        SilentFetcher fetcher;
        QVERIFY(
            m_banks->connector->fetch({.source = source, .cursor = {}, .now = kNow}, fetcher, {})
                .has_value());
        QVERIFY2(!fetcher.asked.empty(), source.key.c_str());
        for (const std::string &url : fetcher.asked)
            QVERIFY2(std::ranges::contains(source.hosts,
                                           QUrl(QString::fromStdString(url)).host().toStdString()),
                     url.c_str());
    }
}

void TestCentralBank::whatMayNotLeaveSaysSo()
{
    for (const schema::Source &source : m_banks->description.sources) {
        QVERIFY2(schema::validate(source).empty(), source.key.c_str());
        if (source.licence.contains("non-commercial"))
            QVERIFY(source.redistribution == schema::Redistribution::Forbidden);
    }
}

void TestCentralBank::statisticsBecomeAttributes()
{
    QFile file(QStringLiteral(CHRONA_CONNECTOR_SOURCE_DIR "/fixtures/rates.xml"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const auto all = drafts(file.readAll().toStdString());
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
