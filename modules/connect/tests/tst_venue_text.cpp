// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/connect/gzip.h"
#include "chrona/connect/venue_session.h"
#include "chrona/connect/venue_text.h"

#include <QTest>

#include <array>
#include <string>

using namespace chrona::connect;

class TestVenueText : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void decimals_data();
    void decimals();
    void times_data();
    void times();
    void markets();
    void addresses();
    void booksHaveChecksums();
    void seenKeysAreBounded();
    void brokenGzipIsRefused();
};

void TestVenueText::decimals_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("plain"); // empty: refused
    const auto row = [](const char *name, const char *text, const char *plain) {
        QTest::newRow(name) << QString::fromLatin1(text) << QString::fromLatin1(plain);
    };
    row("trailing zeros go", "4.00000200", "4.000002");
    row("a whole number keeps its zeros", "1200", "1200");
    row("leading zeros go", "000.50", "0.5");
    row("an exponent is written out", "1.6575393849546936E8", "165753938.49546936");
    row("a negative exponent too", "9.2e-07", "0.00000092");
    row("forty digits survive", "332.2950000000000000000000000000000000001",
        "332.2950000000000000000000000000000000001");
    row("nothing is nothing, with its sign off", "-0.000", "0");
    row("a negative number", "-12.50", "-12.5");
    row("words are refused", "abc", "");
    row("NaN is refused", "NaN", "");
    row("two points are refused", "1.2.3", "");
    row("an empty text is refused", "", "");
    row("a point alone is refused", ".", "");
    row("a huge exponent is refused", "1e999999999", "");
    row("a cut exponent is refused", "1e", "");
}

void TestVenueText::decimals()
{
    QFETCH(QString, text);
    QFETCH(QString, plain);
    const auto read = plainDecimal(text.toStdString());
    QCOMPARE(QString::fromStdString(read.value_or("")), plain);
}

void TestVenueText::times_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("unit");
    QTest::addColumn<qint64>("millis"); // -1: refused
    const auto row = [](const char *name, const char *text, TimeUnit unit, qint64 millis) {
        QTest::newRow(name) << QString::fromLatin1(text) << int(unit) << millis;
    };
    row("seconds", "1710328241", TimeUnit::Seconds, 1710328241000);
    row("seconds with a fraction are rounded down", "1710327959.1739999", TimeUnit::Seconds,
        1710327959173);
    row("milliseconds with a fraction", "1691620568789.9", TimeUnit::Millis, 1691620568789);
    row("microseconds", "1641343695572999", TimeUnit::Micros, 1641343695572);
    row("nanoseconds beyond a double", "1763690020999999999", TimeUnit::Nanos, 1763690020999);
    row("an exponent form", "1.7E12", TimeUnit::Millis, 1700000000000);
    row("ISO with nine decimals", "2024-03-13T11:00:17.710679999Z", TimeUnit::Iso, 1710327617710);
    row("before 1970 is refused", "-5", TimeUnit::Millis, -1);
    row("too far ahead is refused", "99999999999999", TimeUnit::Seconds, -1);
    row("a word is refused", "soon", TimeUnit::Iso, -1);
}

void TestVenueText::times()
{
    QFETCH(QString, text);
    QFETCH(int, unit);
    QFETCH(qint64, millis);
    QCOMPARE(qint64(millisFrom(text.toStdString(), TimeUnit(unit)).value_or(-1)), millis);
}

void TestVenueText::markets()
{
    static constexpr std::array<std::string_view, 3> kQuotes{"USDT", "USD", "BTC"};
    static constexpr std::array kAliases{
        std::pair<std::string_view, std::string_view>{"XBT", "BTC"}};
    const SymbolStyle joined{.quotes = kQuotes, .aliases = kAliases};
    QCOMPARE(std::string(splitMarket("ethbtc", joined).symbol), std::string("ETH/BTC"));
    QCOMPARE(std::string(splitMarket("XBTUSD", joined).symbol), std::string("BTC/USD"));
    QCOMPARE(std::string(splitMarket("USDTUSD", joined).symbol), std::string("USDT/USD"));
    QVERIFY(splitMarket("WHAT", joined).symbol.empty());
    QVERIFY(splitMarket("USD", joined).symbol.empty());
    const SymbolStyle underscore{.separator = '_'};
    QVERIFY(splitMarket("BTC_USDT", underscore).kind == InstrumentKind::Spot);
    QVERIFY(splitMarket("BTC3L_USDT", underscore).kind == InstrumentKind::Leveraged);
    QVERIFY(splitMarket("ETHDOWN_USDT", underscore).kind == InstrumentKind::Leveraged);
    QVERIFY(splitMarket("JUP_USDT", underscore).kind == InstrumentKind::Spot);
    QVERIFY(splitMarket("_USDT", underscore).symbol.empty());
    QCOMPARE(std::string(contractSymbol({"BTC", "USD", "BTC", "-220527"})),
             std::string("BTC/USD:BTC-220527"));
}

void TestVenueText::addresses()
{
    QCOMPARE(std::string(queryText("/a?symbol=BNBBTC&limit=5", "symbol")), std::string("BNBBTC"));
    QCOMPARE(std::string(queryText("/a?x=1&symbol=ETH", "symbol")), std::string("ETH"));
    QVERIFY(queryText("/a?nosymbol=ETH", "symbol").empty());
    QCOMPARE(std::string(pathPart("/products/BTC-USD/ticker", "/products/")),
             std::string("BTC-USD"));
    QCOMPARE(std::string(pathPart("/v1/trades/btcusd?limit=1", "/trades/")), std::string("btcusd"));
    QCOMPARE(std::string(piece("market.btcusdt.trade", '.', 1)), std::string("btcusdt"));
    QVERIFY(piece("market", '.', 3).empty());
    QVERIFY(isSuccessor("41", "42"));
    QVERIFY(!isSuccessor("42", "42"));
    QVERIFY(!isSuccessor("18446744073709551615", "0"));
    QVERIFY(mentions("Rate LIMIT exceeded", "rate limit"));
}

void TestVenueText::booksHaveChecksums()
{
    // What does not reach the best levels does not change the sum of them.
    BookMirror book;
    book.apply(Side::Sell, {"0.101", "0.50"});
    book.apply(Side::Buy, {"0.100", "0.7"});
    const auto before = book.plainChecksum(10);
    book.apply(Side::Buy, {"0.099", "1"});
    QVERIFY(book.plainChecksum(10) != before);
    QCOMPARE(book.plainChecksum(1), before);
    book.apply(Side::Buy, {"0.0990", "0"});
    QCOMPARE(book.plainChecksum(10), before);
    BookMirror known; // CRC-32 of "123456789" is 0xCBF43926
    known.apply(Side::Sell, {"12.34", "0.56789"});
    QCOMPARE(known.plainChecksum(10), 0xCBF43926u);
}

void TestVenueText::seenKeysAreBounded()
{
    SeenKeys seen;
    QVERIFY(seen.insert("first"));
    QVERIFY(!seen.insert("first"));
    for (int i = 0; i < 5000; ++i)
        seen.insert(std::to_string(i));
    QVERIFY(!seen.contains("first"));
    QVERIFY(seen.contains("4999"));
}

void TestVenueText::brokenGzipIsRefused()
{
    QVERIFY(!gunzip("", 100).has_value());
    QVERIFY(!gunzip("\x1f\x8b\x08", 100).has_value());
    QVERIFY(!gunzip("plain text", 100).has_value());
}

QTEST_GUILESS_MAIN(TestVenueText)
#include "tst_venue_text.moc"
