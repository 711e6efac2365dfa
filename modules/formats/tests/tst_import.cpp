// SPDX-License-Identifier: AGPL-3.0-or-later
#include "import_fixture.h"

#include <QElapsedTimer>
#include <QTest>

using namespace chrona;
using namespace chrona::formats;
using namespace import_fixture;

class TestImport : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void rowFaults_data();
    void rowFaults();
    void filesAreRefused_data();
    void filesAreRefused();
    void optionsAreChecked_data();
    void optionsAreChecked();
    void otherHeadersAreMapped();
    void goodRowsGoOn();
    void piecesDoNotMatter();
    void availabilityIsRead_data();
    void availabilityIsRead();
    void speed();
};

void TestImport::rowFaults_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<QByteArray>("faults");
    const auto event = [](const char *name, const char *line, const char *faults) {
        QTest::newRow(name) << int(ImportKind::Events) << kEventHeader + line << QByteArray(faults);
    };
    event("nothing but commas", ",,,,,,,,,,,",
          "2 type: is missing|2 observed_at: is missing|2 title: is missing");
    event("an unknown type", "party,x,2026-01-01,,,,,,,,,",
          "2 type: is 'party', which is no type of event");
    event("a day that is none", "news,x,2026-02-30,,,,,,,,,",
          "2 observed_at: is '2026-02-30', not an ISO 8601 time");
    event("latitude alone", "news,x,2026-01-01,,,5,,,,,,",
          "2 lon: is missing while its partner is there");
    event("latitude 91 and longitude 200", "news,x,2026-01-01,,,91,200,,,,,",
          "2 lat: is 91, must be between -90 and 90|2 lon: is 200, must be between -180 and 180");
    event("NaN is no number", "news,x,2026-01-01,,,nan,inf,,,,,",
          "2 lat: is 'nan', not a number|2 lon: is 'inf', not a number");
    event("confidence in percent", "news,x,2026-01-01,,,,,,,90,,",
          "2 confidence: is 90, must be between 0 and 1");
    event("a comma for a point", "news,x,2026-01-01,,,,,,,\"0,9\",,",
          "2 confidence: is '0,9', not a number");
    event("attributes that are no object", "news,x,2026-01-01,,,,,,,,,[1]",
          "2 attributes: is not a JSON object");
    event("an attribute in capitals", "news,x,2026-01-01,,,,,,,,,\"{\"\"MAG\"\":1}\"",
          "2 attributes.MAG: is not a snake_case name of at most 64 letters");
    event("a region with a blank", "news,x,2026-01-01,,,,,New York,,,,",
          "2 region: is not a region code of letters, digits and hyphens");
    event("fields missing", "news,x", "2 : has 2 fields, the header names 12");
    event("a NUL in the title", "news,a\x01z,2026-01-01,,,,,,,,,",
          "2 title: holds the control character 0x01 at byte 1");
    const auto row = [](const char *name, ImportKind kind, const char *file, const char *faults) {
        QTest::newRow(name) << int(kind) << QByteArray(file) << QByteArray(faults);
    };
    row("a bar without a close", ImportKind::Bars, "symbol,date,close\nSPY,2026-11-20,\n",
        "2 close: is missing");
    row("a bar at a time of day", ImportKind::Bars,
        "symbol,date,close\nSPY,2026-11-20T10:00:00Z,1\n",
        "2 date: is a time of day; a daily bar has a bare date");
    row("a bar whose high is low", ImportKind::Bars,
        "symbol,date,high,low,close\nSPY,2026-11-20,1,2,1.5\n",
        "2 low: is above high|2 close: is outside low to high");
    row("a currency in words", ImportKind::Bars,
        "symbol,date,close,currency\nSPY,2026-11-20,1,dollar\n",
        "2 currency: is not an ISO 4217 code");
    row("a series key with a blank", ImportKind::Observations,
        "series,observed_at,value\nUS rate,2026-01-01,1\n", "2 series: holds a blank");
    row("a vintage that is no time", ImportKind::Observations,
        "series,observed_at,value,vintage\na,2026-01-01,1,first\n",
        "2 vintage: is 'first', not an ISO 8601 time");
    row("a quote of 0", ImportKind::Quotes,
        "venue,symbol,recv_ms,bid,ask,last\nk,BTC/USD,1763683200123,0,1,1\n",
        "2 bid: is not above 0");
    row("a quote at half a millisecond", ImportKind::Quotes,
        "venue,symbol,recv_ms,bid,ask,last\nk,BTC/USD,1.5,1,1,1\n",
        "2 recv_ms: is '1.5', not a whole number");
    row("a quote at the end of time", ImportKind::Quotes,
        "venue,symbol,recv_ms,bid,ask,last\nk,BTC/USD,9223372036854775807,1,1,1\n",
        "2 recv_ms: is 9223372036854775807, no time in milliseconds since 1970");
    row("a broken quote", ImportKind::Bars, "symbol,date,close\nSPY,2026-11-20,1\"\n",
        "2 close: holds a quote but does not begin with one");
}

void TestImport::rowFaults()
{
    QFETCH(int, kind);
    QFETCH(QByteArray, file);
    QFETCH(QByteArray, faults);
    const Imported result = import(optionsFor(ImportKind(kind)), file);
    QCOMPARE(result.failure, QByteArray());
    QCOMPARE(faultsOf(result.report), faults);
    QCOMPARE(result.batch.size(), std::size_t(0));
    QCOMPARE(result.report.rowsRejected, std::uint64_t(1));
    QCOMPARE(result.report.rowsRead, std::uint64_t(1));
}

void TestImport::filesAreRefused_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<QByteArray>("failure");
    const auto row = [](const char *name, ImportKind kind, const QByteArray &file,
                        const char *failure) {
        QTest::newRow(name) << int(kind) << file << QByteArray(failure);
    };
    row("nothing", ImportKind::Bars, "", "the file is empty");
    row("blank lines", ImportKind::Bars, "\n\n  \n", "the file is empty");
    row("required columns missing", ImportKind::Bars, "symbol,price\n",
        "the header lacks 'date', 'close'");
    row("separated by semicolons", ImportKind::Bars, "symbol;date;close\n",
        "the header lacks 'symbol', 'date', 'close'");
    row("a column twice", ImportKind::Bars, "symbol,date,close,Close\n",
        "the header names the column 'Close' twice");
    row("a broken header", ImportKind::Bars, "symbol,da\"te,close\n",
        "the header line cannot be read: column 2 holds a quote but does not begin with one");
    row("bars in JSON", ImportKind::Bars, "{\"type\":\"FeatureCollection\",\"features\":[]}",
        "bars are read from CSV only");
    row("boundaries in CSV", ImportKind::Boundaries, "id,name\n",
        "boundaries are read from GeoJSON or TopoJSON only");
    row("UTF-16", ImportKind::Bars, QByteArray("\xFF\xFEs\0y\0", 6),
        "the file is no text in UTF-8");
    row("JSON cut short", ImportKind::Events,
        "{\"type\":", "the text is not JSON that can be read: ");
}

void TestImport::filesAreRefused()
{
    QFETCH(int, kind);
    QFETCH(QByteArray, file);
    QFETCH(QByteArray, failure);
    const Imported result = import(optionsFor(ImportKind(kind)), file);
    QVERIFY2(result.failure.startsWith(failure), result.failure.constData());
    QCOMPARE(result.failure.isEmpty(), failure.isEmpty());
    QCOMPARE(result.batch.size(), std::size_t(0));
}

void TestImport::optionsAreChecked_data()
{
    QTest::addColumn<QByteArray>("what");
    QTest::addColumn<QByteArray>("failure");
    QTest::newRow("a column that is none")
        << QByteArray("map") << QByteArray("events have no column 'titel'");
    QTest::newRow("no source") << QByteArray("source")
                               << QByteArray("events need a source to belong to");
    QTest::newRow("no set") << QByteArray("set")
                            << QByteArray("boundaries need the name of the set they make up");
    QTest::newRow("an unknown calendar")
        << QByteArray("calendar") << QByteArray("the calendar 'XLON' is unknown");
}

void TestImport::optionsAreChecked()
{
    QFETCH(QByteArray, what);
    QFETCH(QByteArray, failure);
    ImportOptions options = optionsFor(what == "set" ? ImportKind::Boundaries : ImportKind::Events);
    if (what == "map")
        options.columns["titel"] = "x";
    if (what == "source")
        options.source = {};
    if (what == "set")
        options.boundarySet.clear();
    if (what == "calendar")
        options.defaultCalendar = "XLON";
    QCOMPARE(import(options, "").failure, failure);
}

void TestImport::otherHeadersAreMapped()
{
    ImportOptions options = optionsFor(ImportKind::Bars);
    options.columns = {{"symbol", "Ticker"}, {"close", "Last Price"}};
    const Imported result = import(
        options, "TICKER,Date,last price,note\nSPY,2026-11-20,604.5,x\nSPY,2026-11-20,abc,x\n");
    QCOMPARE(result.batch.bars.size(), std::size_t(1));
    QCOMPARE(result.batch.bars[0].bar.close, 604.5);
    QVERIFY(result.report.ignoredColumns == std::vector<std::string>{"note"});
    // Faults name the columns as the file does.
    QCOMPARE(faultsOf(result.report), QByteArray("3 Last Price: is 'abc', not a number"));
}

void TestImport::goodRowsGoOn()
{
    QByteArray file = "symbol,date,close\n";
    for (int i = 0; i < 3000; ++i)
        file += i % 2 == 0 ? "SPY,2026-11-20,1\n" : "SPY,2026-11-20,x\n";
    ImportOptions options = optionsFor(ImportKind::Bars);
    options.faultsMax = 10;
    const Imported result = import(options, file, 100);
    QCOMPARE(result.report.rowsRead, std::uint64_t(3000));
    QCOMPARE(result.report.rowsAccepted, std::uint64_t(1500));
    QCOMPARE(result.report.rowsRejected, std::uint64_t(1500));
    QCOMPARE(result.report.faultCount, std::uint64_t(1500));
    QCOMPARE(result.report.faults.size(), std::size_t(10));
    QCOMPARE(result.report.faults[9].row, std::uint64_t(21));
    QCOMPARE(result.batch.bars.size(), std::size_t(1500));
}

void TestImport::piecesDoNotMatter()
{
    const QByteArray file =
        "\xEF\xBB\xBF"
        "symbol,date,close\r\n\r\nSPY,2026-11-20,1\r\n\"S\nPY\",x,2\r\nQQQ,2026-11-20,3";
    const Imported whole = import(optionsFor(ImportKind::Bars), file, 1000);
    QCOMPARE(faultsOf(whole.report),
             QByteArray("4 symbol: holds a blank|4 date: is 'x', not an ISO 8601 time"));
    QCOMPARE(whole.batch.bars.size(), std::size_t(2));
    for (qsizetype pieceBytes = 1; pieceBytes < 6; ++pieceBytes) {
        const Imported pieces = import(optionsFor(ImportKind::Bars), file, pieceBytes);
        QCOMPARE(faultsOf(pieces.report), faultsOf(whole.report));
        QCOMPARE(pieces.batch.bars.size(), whole.batch.bars.size());
    }
}

void TestImport::availabilityIsRead_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("hours"); // -1: refused
    QTest::newRow("hours") << QByteArray("assumed:36h") << 36;
    QTest::newRow("none") << QByteArray("assumed:0s") << 0;
    QTest::newRow("no basis") << QByteArray("36h") << -1;
    QTest::newRow("no unit") << QByteArray("assumed:36") << -1;
    QTest::newRow("before it happened") << QByteArray("assumed:-1h") << -1;
    QTest::newRow("another basis") << QByteArray("stated") << -1;
}

void TestImport::availabilityIsRead()
{
    QFETCH(QByteArray, text);
    QFETCH(int, hours);
    const auto lag = parseAvailability(text.toStdString());
    QCOMPARE(lag.has_value(), hours >= 0);
    if (lag)
        QVERIFY(*lag == std::chrono::hours(hours));
}

/// Says how fast it is; goals are judged by the benchmarks.
void TestImport::speed()
{
    QByteArray file = kEventHeader;
    for (int i = 0; i < 20'000; ++i)
        file += "earthquake,\"M 5.4, somewhere\",2026-11-20T10:00:00Z,2026-11-20T09:00:00Z,us" +
                QByteArray::number(i) +
                ",38.2,142.1,JP,country:JP,0.9,0.4,\"{\"\"magnitude\"\":5.4}\"\n";
    QElapsedTimer timer;
    timer.start();
    const Imported result = import(optionsFor(ImportKind::Events), file, 1 << 16);
    const double seconds = double(timer.nsecsElapsed()) / 1e9;
    qInfo("events: %.0f rows/s", 20'000 / seconds);
    QCOMPARE(result.batch.events.size(), std::size_t(20'000));
}

QTEST_GUILESS_MAIN(TestImport)
#include "tst_import.moc"
