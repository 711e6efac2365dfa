// SPDX-License-Identifier: AGPL-3.0-or-later
#include "connector_fixture.h"

#include <QTest>

using namespace chrona;
using namespace chrona::connect;
using namespace chrona::connect::fixture;

/// Replies as the publishers gave them once.
class TestRecordedPrices : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(m_connector.isLoaded()); }
    void recordedTiingo_data();
    void recordedTiingo();
    void recordedAlphaVantage();
    void recordedValet();

private:
    LoadedConnector m_connector{"market-prices"};
};

namespace {

/// The text between the quotes of "body: {string: '…'}", where '' is ' and an empty line a line
/// end.
std::string bodyOf(const std::string &recording)
{
    const QString text = QString::fromStdString(recording);
    const qsizetype begin = text.indexOf(QStringLiteral("body: {string: '")) + 16;
    QString body = text.mid(begin, text.indexOf(QStringLiteral("'}"), begin) - begin);
    body.replace(QStringLiteral("\n\n"), QStringLiteral("\f"));
    body.replace(QStringLiteral("\n"), QStringLiteral(" "));
    QStringList lines;
    for (const QString &line : body.split(u'\f'))
        lines += line.trimmed();
    return lines.join(u'\n').replace(QStringLiteral("''"), QStringLiteral("'")).toStdString();
}

} // namespace

void TestRecordedPrices::recordedTiingo_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("file");
    QTest::newRow("JSON") << "tiingo-daily" << "tiingo/ticker_price_with_date.yaml";
    QTest::newRow("CSV") << "tiingo-csv" << "tiingo/ticker_price_with_date_csv.yaml";
}

void TestRecordedPrices::recordedTiingo()
{
    QFETCH(QString, kind);
    QFETCH(QString, file);
    if (!hasSamples())
        return;
    const auto drafts = m_connector.drafts(qPrintable(kind), bodyOf(sampleText(qPrintable(file))),
                                           {.ref = "GOOGL"});
    QVERIFY(only<Rejected>(drafts).empty());
    const auto bars = only<schema::PriceBar>(drafts);
    QCOMPARE(bars.size(), 2U);
    QCOMPARE(shown(bars[0]), std::string("2015-01-02T14:30:00Z 2015-01-02T21:00:00Z day"));
    QCOMPARE(bars[0].close, 529.55);
    QCOMPARE(bars[1].high, 527.9899);
    QCOMPARE(bars[1].volume, 2059119.);
    QCOMPARE(bars[1].adjustedClose, 519.46);
}

void TestRecordedPrices::recordedAlphaVantage()
{
    if (!hasSamples())
        return;
    const auto day =
        m_connector.drafts("alphavantage-intraday", sampleText("alpha-vantage/time_series.json"));
    QVERIFY(only<Rejected>(day).empty());
    const auto bars = only<schema::PriceBar>(day);
    QCOMPARE(bars.size(), 100U);
    QCOMPARE(shown(bars[0]), std::string("2017-12-18T19:56:00Z 2017-12-18T19:57:00Z minute"));
    QCOMPARE(bars[0].low, 86.475);
    QCOMPARE(bars[0].volume, 10494.);
    const auto quote = only<schema::Quote>(
        m_connector.drafts("alphavantage-quote", sampleText("alpha-vantage/global_quote.json")));
    QCOMPARE(quote.at(0).symbol, std::string("MSFT"));
    QCOMPARE(quote.at(0).last, 112.13);
    QCOMPARE(formatInstant(quote.at(0).exchangeAt), std::string("2018-10-05T20:00:00Z"));
    const auto rate = only<schema::Quote>(
        m_connector.drafts("alphavantage-fx", sampleText("alpha-vantage/foreign_exchange.json")));
    QCOMPARE(rate.at(0).symbol, std::string("BTC/CNY"));
    QCOMPARE(rate.at(0).last, 109631.430607);
    QCOMPARE(formatInstant(rate.at(0).exchangeAt), std::string("2017-12-20T19:23:21Z"));
}

void TestRecordedPrices::recordedValet()
{
    if (!hasSamples())
        return;
    const auto yields =
        m_connector.drafts("boc-valet", sampleText("boc-valet/bond-yields-recent-1.json"));
    QCOMPARE(valuesOf(yields),
             (std::map<std::string, double>{{"boc:BD.CDN.10YR.DQ.YLD 2026-08-12", 3.69},
                                            {"boc:BD.CDN.2YR.DQ.YLD 2026-08-12", 2.98},
                                            {"boc:BD.CDN.5YR.DQ.YLD 2026-08-12", 3.3}}));
    const auto rates =
        m_connector.drafts("boc-valet", sampleText("boc-valet/fx-rates-daily-recent-1.json"));
    QVERIFY(only<Rejected>(rates).empty());
    const auto values = valuesOf(rates);
    QCOMPARE(values.at("boc:FXRUBCAD 2026-04-30"), .01819);
    QCOMPARE(values.at("boc:FXSARCAD 2026-04-30"), .3633);
    QCOMPARE(values.at("boc:FXUSDCAD 2026-08-13"), 1.3938);
}

QTEST_GUILESS_MAIN(TestRecordedPrices)
#include "tst_recorded_prices.moc"
