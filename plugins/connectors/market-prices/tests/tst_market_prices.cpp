// SPDX-License-Identifier: AGPL-3.0-or-later
#include "connector_fixture.h"

#include <QTest>

#include <algorithm>
#include <cmath>

using namespace chrona;
using namespace chrona::connect;
using namespace chrona::connect::fixture;

class TestMarketPrices : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void tiingoBars_data();
    void tiingoBars();
    void alphaVantageBars_data();
    void alphaVantageBars();
    void alphaVantageQuotes();
    void treasuryCurve_data();
    void treasuryCurve();
    void ecbRates();
    void valetObservations();
    void rateNotesAreTriedAgain_data();
    void rateNotesAreTriedAgain();
    void refusals_data();
    void refusals();
    void hostileRowsAreRejectedAlone_data();
    void hostileRowsAreRejectedAlone();
    void onlyItsHostsAreAsked_data();
    void onlyItsHostsAreAsked();

private:
    LoadedConnector m_connector{"market-prices"};
};

namespace {

const char *const kTiingoJson =
    R"([{"date":"2026-03-06T00:00:00.000Z","close":10.5,"high":11,"low":9.5,"open":10,"volume":900,
    "adjClose":10.25,"divCash":0.0,"splitFactor":1.0},
    {"date":"2026-03-09T00:00:00.000Z","close":10.75,"high":11,"low":9.5,"open":10,"volume":901,
    "adjClose":10.5,"divCash":0.0,"splitFactor":1.0}])";
const char *const kTiingoCsv = "date,close,high,low,open,volume,adjClose\n"
                               "2026-03-06,10.5,11,9.5,10,900,10.25\n"
                               "2026-03-09,10.75,11,9.5,10,901,10.5\n";

std::string timeSeries(const std::string &meta, const std::string &name, const std::string &entries)
{
    return R"({"Meta Data":{)" + meta + R"(},")" + name + R"(":{)" + entries + "}}";
}

} // namespace

void TestMarketPrices::initTestCase()
{
    QVERIFY(m_connector.isLoaded());
    for (const schema::Source &source : m_connector.description().sources)
        QVERIFY2(schema::validate(source).empty(), source.key.c_str());
}

void TestMarketPrices::tiingoBars_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("payload");
    QTest::newRow("JSON") << "tiingo-daily" << kTiingoJson;
    QTest::newRow("CSV") << "tiingo-csv" << kTiingoCsv;
}

void TestMarketPrices::tiingoBars()
{
    QFETCH(QString, kind);
    QFETCH(QString, payload);
    const Way way{.url = "https://api.tiingo.com/tiingo/daily/spy/prices?startDate=2026-03-01"};
    const auto drafts = m_connector.drafts(qPrintable(kind), payload.toStdString(), way);
    const auto bars = only<schema::PriceBar>(drafts);
    QCOMPARE(only<schema::Instrument>(drafts).at(0).symbol, std::string("SPY"));
    QCOMPARE(bars.size(), 2U);
    // The clocks change between the two days; the exchange keeps its hours.
    QCOMPARE(shown(bars[0]), std::string("2026-03-06T14:30:00Z 2026-03-06T21:00:00Z day"));
    QCOMPARE(shown(bars[1]), std::string("2026-03-09T13:30:00Z 2026-03-09T20:00:00Z day"));
    QCOMPARE(bars[0].open, 10.);
    QCOMPARE(bars[0].close, 10.5);
    QCOMPARE(bars[0].adjustedClose, 10.25);
    QCOMPARE(bars[0].volume, 900.);
    QCOMPARE(formatInstant(bars[0].times.availableAt()), std::string("2026-03-07T21:00:00Z"));
}

void TestMarketPrices::alphaVantageBars_data()
{
    QTest::addColumn<QString>("payload");
    QTest::addColumn<QString>("symbol");
    QTest::addColumn<QString>("bar");
    QTest::addColumn<double>("volume");
    const QString values = QStringLiteral(
        R"({"1. open":"10.0","2. high":"11.0","3. low":"9.0","4. close":"10.5","5. volume":"7"})");
    const auto row = [&](const char *what, const char *meta, const char *name, const char *stamp,
                         const char *symbol, const char *bar, double volume) {
        QTest::newRow(what) << QString::fromStdString(timeSeries(meta, name,
                                                                 "\"" + std::string(stamp) +
                                                                     "\":" + values.toStdString()))
                            << symbol << bar << volume;
    };
    row("a day", R"("2. Symbol":"SPY","5. Time Zone":"US/Eastern")", "Time Series (Daily)",
        "2026-07-02", "SPY", "2026-07-02T13:30:00Z 2026-07-02T20:00:00Z day", 7);
    row("a day that ends early", R"("2. Symbol":"SPY")", "Time Series (Daily)", "2026-11-27", "SPY",
        "2026-11-27T14:30:00Z 2026-11-27T18:00:00Z day", 7);
    row("five minutes", R"("2. Symbol":"SPY","6. Time Zone":"US/Eastern")", "Time Series (5min)",
        "2026-07-02 09:30:00", "SPY", "2026-07-02T13:30:00Z 2026-07-02T13:35:00Z irregular", 7);
    row("an hour", R"("2. Symbol":"SPY","6. Time Zone":"US/Eastern")", "Time Series (60min)",
        "2026-01-05 10:00:00", "SPY", "2026-01-05T15:00:00Z 2026-01-05T16:00:00Z hour", 7);
    row("a pair of currencies",
        R"("2. From Symbol":"EUR","3. To Symbol":"USD","6. Time Zone":"UTC")",
        "Time Series FX (Daily)", "2026-07-04", "EUR/USD",
        "2026-07-04T00:00:00Z 2026-07-05T00:00:00Z day", 7);
}

void TestMarketPrices::alphaVantageBars()
{
    QFETCH(QString, payload);
    QFETCH(QString, symbol);
    QFETCH(QString, bar);
    QFETCH(double, volume);
    const auto drafts = m_connector.drafts("alphavantage-daily", payload.toStdString());
    const auto bars = only<schema::PriceBar>(drafts);
    QCOMPARE(only<schema::Instrument>(drafts).at(0).symbol, symbol.toStdString());
    QCOMPARE(bars.size(), 1U);
    QCOMPARE(shown(bars[0]), bar.toStdString());
    QCOMPARE(bars[0].close, 10.5);
    QCOMPARE(bars[0].volume, volume);
    QVERIFY(std::isnan(bars[0].adjustedClose));
}

void TestMarketPrices::alphaVantageQuotes()
{
    const auto rate = only<schema::Quote>(m_connector.drafts(
        "alphavantage-fx",
        R"({"Realtime Currency Exchange Rate":{"1. From_Currency Code":"EUR","3. To_Currency Code":
        "JPY","5. Exchange Rate":"160.25","6. Last Refreshed":"2026-11-20 17:00:00","7. Time Zone":
        "UTC","8. Bid Price":"160.20","9. Ask Price":"-"}})"));
    QCOMPARE(rate.size(), 1U);
    QCOMPARE(rate[0].symbol, std::string("EUR/JPY"));
    QCOMPARE(rate[0].last, 160.25);
    QCOMPARE(rate[0].bid, 160.2);
    QVERIFY(std::isnan(rate[0].ask));
    QCOMPARE(formatInstant(rate[0].exchangeAt), std::string("2026-11-20T17:00:00Z"));
}

void TestMarketPrices::treasuryCurve_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("fixture");
    QTest::newRow("XML") << "treasury-yields" << "treasury.xml";
    QTest::newRow("CSV") << "treasury-csv" << "treasury.csv";
}

void TestMarketPrices::treasuryCurve()
{
    QFETCH(QString, kind);
    QFETCH(QString, fixture);
    const auto drafts = m_connector.drafts(qPrintable(kind), fixtureText(qPrintable(fixture)));
    QVERIFY(only<Rejected>(drafts).empty());
    const auto values = valuesOf(drafts);
    QCOMPARE(values.at("treasury:BC_10YEAR 2026-01-05"), 4.25);
    QCOMPARE(values.at("treasury:BC_1_5MONTH 2026-01-05"), 3.75);
    QVERIFY(std::isnan(values.at("treasury:BC_30YEAR 2026-01-05")));
    QCOMPARE(formatInstant(only<schema::Observation>(drafts).at(0).times.availableAt()),
             std::string("2026-01-05T23:00:00Z"));
}

void TestMarketPrices::ecbRates()
{
    const auto drafts = m_connector.drafts("ecb-fx", fixtureText("eurofxref.xml"));
    QVERIFY(only<Rejected>(drafts).empty());
    QCOMPARE(valuesOf(drafts), (std::map<std::string, double>{{"ecb:EURJPY 2026-07-02", 160.5},
                                                              {"ecb:EURUSD 2026-07-01", 1.12},
                                                              {"ecb:EURUSD 2026-07-02", 1.125}}));
    QCOMPARE(formatInstant(only<schema::Observation>(drafts).at(0).times.availableAt()),
             std::string("2026-07-02T14:15:00Z"));
}

void TestMarketPrices::valetObservations()
{
    const auto drafts = m_connector.drafts(
        "boc-valet", R"({"terms":{"url":"https://www.bankofcanada.ca/terms/"},"seriesDetail":{
        "FXUSDCAD":{"label":"USD/CAD"},"V1":{"label":"Rate"}},"observations":[
        {"d":"2026-07-02","FXUSDCAD":{"v":"1.3705"},"V1":{"v":""}},{"d":"2026-07-03"}]})");
    const auto values = valuesOf(drafts);
    QCOMPARE(values.at("boc:FXUSDCAD 2026-07-02"), 1.3705);
    QVERIFY(std::isnan(values.at("boc:V1 2026-07-02")));
    QCOMPARE(only<schema::Series>(drafts).at(0).unit, std::string("CAD/USD"));
    QCOMPARE(formatInstant(only<schema::Observation>(drafts).at(0).times.availableAt()),
             std::string("2026-07-02T20:30:00Z"));
}

void TestMarketPrices::rateNotesAreTriedAgain_data()
{
    QTest::addColumn<QString>("payload");
    QTest::addColumn<bool>("again");
    QTest::newRow("a note") << R"({"Note":"Thank you! Our call frequency is 5 a minute."})" << true;
    QTest::newRow("an information") << R"({"Information":"The rate limit is 25 a day."})" << true;
    QTest::newRow("an error") << R"({"Error Message":"Invalid API call."})" << false;
}

void TestMarketPrices::rateNotesAreTriedAgain()
{
    QFETCH(QString, payload);
    QFETCH(bool, again);
    for (const char *kind : {"alphavantage-daily", "alphavantage-quote", "alphavantage-fx"}) {
        const auto read = m_connector.normalize(kind, payload.toStdString());
        QVERIFY(!read.has_value());
        QCOMPARE(read.error().retryable, again);
        QCOMPARE(read.error().code == ErrorCode::Exhausted, again);
    }
}

void TestMarketPrices::refusals_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("payload");
    for (const auto &kind : m_connector.description().kinds) {
        const QString id = QString::fromStdString(kind.id);
        QTest::addRow("%s: nothing", kind.id.c_str()) << id << "";
        QTest::addRow("%s: a page", kind.id.c_str()) << id << "<html><body>Down</body></html>";
        QTest::addRow("%s: another document", kind.id.c_str()) << id << "{\"a\":[1,2]}";
        QTest::addRow("%s: depth without end", kind.id.c_str()) << id << QString(100'000, u'[');
    }
}

void TestMarketPrices::refusals()
{
    QFETCH(QString, kind);
    QFETCH(QString, payload);
    QVERIFY(!m_connector.normalize(qPrintable(kind), payload.toStdString(), {.ref = "SPY.json"})
                 .has_value());
}

void TestMarketPrices::hostileRowsAreRejectedAlone_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("payload");
    const auto row = [](const char *what, const char *kind, const char *payload) {
        QTest::newRow(what) << kind << payload;
    };
    row("a close that is none", "tiingo-csv", "date,close\n2026-03-06,NaN\n2026-03-09,1\n");
    row("the year 0", "tiingo-csv", "date,close\n0000-01-01,1\n2026-03-09,1\n");
    row("a number beyond sense", "tiingo-csv", "date,close\n2026-03-06,1e300\n2026-03-09,1\n");
    row("a close above the high", "tiingo-csv",
        "date,high,low,close\n2026-03-06,2,1,3\n2026-03-09,2,1,1.5\n");
    row("a day that is not", "tiingo-daily",
        R"([{"date":"2026-02-30T00:00:00Z","close":1},{"date":"2026-03-09T00:00:00Z","close":1}])");
    row("a time that is none", "alphavantage-daily",
        R"json({"Meta Data":{"2. Symbol":"SPY"},"Time Series (Daily)":{"soon":{"4. close":"1"},
        "2026-03-09":{"4. close":"1"}}})json");
}

void TestMarketPrices::hostileRowsAreRejectedAlone()
{
    QFETCH(QString, kind);
    QFETCH(QString, payload);
    const auto drafts =
        m_connector.drafts(qPrintable(kind), payload.toStdString(), {.ref = "SPY.csv"});
    QCOMPARE(only<Rejected>(drafts).size(), 1U);
    QCOMPARE(only<schema::PriceBar>(drafts).size(), 1U);
}

void TestMarketPrices::onlyItsHostsAreAsked_data()
{
    QTest::addColumn<QString>("source");
    QTest::addColumn<QString>("answer");
    QTest::newRow("Tiingo") << "tiingo-eod" << kTiingoJson;
    QTest::newRow("Alpha Vantage")
        << "alphavantage"
        << R"json({"Meta Data":{"2. Symbol":"SPY"},"Time Series (Daily)":{}})json";
    QTest::newRow("Treasury") << "treasury-yields" << "<feed/>";
    QTest::newRow("ECB") << "ecb-fx" << "<Envelope/>";
    QTest::newRow("Bank of Canada") << "boc-valet" << R"({"observations":[]})";
}

void TestMarketPrices::onlyItsHostsAreAsked()
{
    QFETCH(QString, source);
    QFETCH(QString, answer);
    EchoFetcher fetcher(answer.toStdString());
    const auto fetched = m_connector.fetch(source.toStdString(), fetcher);
    QVERIFY2(fetched.has_value(), fetched ? "" : fetched.error().what.c_str());
    QCOMPARE(fetched->items.size(), fetcher.asked.size());
    const schema::Source &entry = m_connector.source(source.toStdString());
    for (const Request &request : fetcher.asked) {
        QVERIFY(std::ranges::contains(entry.hosts, hostOf(request.url)));
        QCOMPARE(request.key.in != KeyPlace::In::Nowhere, entry.auth == schema::AuthNeed::ApiKey);
    }
    fetcher.error = {ErrorCode::Exhausted, "used up"};
    QVERIFY(!m_connector.fetch(source.toStdString(), fetcher).has_value());
    fetcher.error = {ErrorCode::NotFound, "no such symbol"};
    QVERIFY(!m_connector.fetch(source.toStdString(), fetcher)->warnings.empty());
}

QTEST_GUILESS_MAIN(TestMarketPrices)
#include "tst_market_prices.moc"
