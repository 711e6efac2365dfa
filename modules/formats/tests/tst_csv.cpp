// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/formats/csv.h"

#include <QElapsedTimer>
#include <QTest>

#include <algorithm>

using namespace chrona;
using namespace chrona::formats;

class TestCsv : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void records_data();
    void records();
    void faults_data();
    void faults();
    void linesAreCountedThroughQuotes();
    void limitsHold_data();
    void limitsHold();
    void memoryStaysBounded();
    void foreignEncodingsAreRefused_data();
    void foreignEncodingsAreRefused();
    void speed();
};

namespace {

/// Writes down what it is told: fields in brackets, records by semicolons.
struct Notes final : CsvSink {
    void row(const CsvRow &row) override
    {
        for (const std::string_view field : row.fields)
            text += '[' + QByteArray(field.data(), qsizetype(field.size())) + ']';
        text += ';';
        rows.push_back(row.number);
        lines.push_back(row.line);
    }
    void fault(const CsvFault &fault) override
    {
        faults += QByteArray::number(qulonglong(fault.row)) + ':' +
                  QByteArray::number(fault.column) + ' ' + QByteArray::fromStdString(fault.reason) +
                  ';';
    }
    QByteArray text, faults;
    std::vector<std::uint64_t> rows, lines;
};

Notes read(const QByteArray &bytes, std::size_t pieceBytes, CsvLimits limits = {})
{
    Notes notes;
    CsvReader reader(limits);
    std::string_view rest(bytes.constData(), std::size_t(bytes.size()));
    while (!rest.empty()) {
        // A piece of its own on the heap, so that reading beyond it is seen by a sanitizer.
        const std::string piece(rest.substr(0, pieceBytes));
        rest.remove_prefix(piece.size());
        if (!reader.push(piece, notes))
            notes.text += "failed";
    }
    if (!reader.finish(notes))
        notes.text += "failed";
    return notes;
}

/// However the bytes are cut, the same must come out.
Notes readInPieces(const QByteArray &bytes, CsvLimits limits = {})
{
    const Notes whole = read(bytes, std::size_t(bytes.size()) + 1, limits);
    for (std::size_t pieceBytes = 1; pieceBytes <= 5; ++pieceBytes) {
        const Notes pieces = read(bytes, pieceBytes, limits);
        [&] {
            QCOMPARE(pieces.text, whole.text);
            QCOMPARE(pieces.faults, whole.faults);
            QCOMPARE(pieces.rows, whole.rows);
            QCOMPARE(pieces.lines, whole.lines);
        }();
    }
    return whole;
}

} // namespace

void TestCsv::records_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char *name, const QByteArray &bytes, const char *expected) {
        QTest::newRow(name) << bytes << QByteArray(expected);
    };
    row("nothing", "", "");
    row("one record without a line end", "a,b", "[a][b];");
    row("line feeds", "a,b\nc,d\n", "[a][b];[c][d];");
    row("carriage returns and line feeds", "a,b\r\nc,d\r\n", "[a][b];[c][d];");
    row("carriage returns alone", "a,b\rc,d\r", "[a][b];[c][d];");
    row("a byte order mark",
        "\xEF\xBB\xBF"
        "a,b\n",
        "[a][b];");
    row("empty fields", ",\n,,\n", "[][];[][][];");
    row("a comma at the very end", "a,", "[a][];");
    row("empty lines", "\n\na\n\r\n\nb\n", "[a];[b];");
    row("an empty quoted field is a record", "\"\"\n", "[];");
    row("quotes", "\"a,b\",\"c\"\n", "[a,b][c];");
    row("doubled quotes", "\"a \"\"b\"\" c\",\"\"\"\"\n", "[a \"b\" c][\"];");
    row("line ends within quotes", "\"a\nb\r\nc\rd\",e\nf,g", "[a\nb\r\nc\rd][e];[f][g];");
    row("a quoted field at the end of the file", "a,\"b\"", "[a][b];");
    row("blanks belong to fields", " a , b \n", "[ a ][ b ];");
    row("UTF-8", "caf\xC3\xA9,\xE6\x97\xA5\n", "[caf\xC3\xA9][\xE6\x97\xA5];");
}

void TestCsv::records()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, expected);
    const Notes notes = readInPieces(bytes);
    QCOMPARE(notes.text, expected);
    QCOMPARE(notes.faults, QByteArray());
}

void TestCsv::faults_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("expected");
    QTest::addColumn<QByteArray>("faults");
    const auto row = [](const char *name, const QByteArray &bytes, const char *expected,
                        const char *faults) {
        QTest::newRow(name) << bytes << QByteArray(expected) << QByteArray(faults);
    };
    row("a quote within a plain field", "a,b\nc,d\"e\nf,g\n", "[a][b];[f][g];",
        "2:2 holds a quote but does not begin with one;");
    row("text after the closing quote", "\"a\"b,c\r\nd\r\n", "[d];",
        "1:1 goes on after its closing quote;");
    row("a quote that is never closed gives its lines back", "a\nb,\"c\nd\ne\n", "[a];[d];[e];",
        "2:2 has no closing quote;");
    row("a quote closed far away gives its lines back too", "\"a\nb\nc\nd\"e\nf\n", "[b];[c];[f];",
        "1:1 goes on after its closing quote;4:1 holds a quote but does not begin with one;");
    row("a lone quote at the end", "a,\"", "", "1:2 has no closing quote;");
    row("a byte of Latin-1", "a,b\nc,caf\xE9,d\ne,f\n", "[a][b];[e][f];", "2:2 is not UTF-8;");
    row("a broken byte in quotes that cover lines", "a,\"\n\xFF\"\nb\n", "[b];",
        "1:2 is not UTF-8;");
}

void TestCsv::faults()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, expected);
    QFETCH(QByteArray, faults);
    const Notes notes = readInPieces(bytes);
    QCOMPARE(notes.text, expected);
    QCOMPARE(notes.faults, faults);
}

void TestCsv::linesAreCountedThroughQuotes()
{
    const Notes notes = readInPieces("h\n\n\"a\r\nb\rc\nd\"\ne\n");
    QCOMPARE(notes.rows, (std::vector<std::uint64_t>{1, 3, 4}));
    QCOMPARE(notes.lines, (std::vector<std::uint64_t>{1, 3, 7}));
}

void TestCsv::limitsHold_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("expected");
    QTest::addColumn<QByteArray>("faults");
    QTest::newRow("a field as long as allowed")
        << QByteArray("12345678,a\n") << QByteArray("[12345678][a];") << QByteArray();
    QTest::newRow("a plain field too long") << QByteArray("a,123456789\nb\n") << QByteArray("[b];")
                                            << QByteArray("1:2 has more than 8 bytes;");
    QTest::newRow("a quoted field too long")
        << QByteArray("\"123456789\",a\nb\n") << QByteArray("[b];")
        << QByteArray("1:1 has more than 8 bytes;");
    QTest::newRow("a column too many")
        << QByteArray("1,2,3,4\n1,2,3,4,5\nb\n") << QByteArray("[1][2][3][4];[b];")
        << QByteArray("2:5 is one too many: at most 4 columns are read;");
}

void TestCsv::limitsHold()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, expected);
    QFETCH(QByteArray, faults);
    const Notes notes =
        readInPieces(bytes, {.fieldBytesMax = 8, .recordBytesMax = 40, .columnsMax = 4});
    QCOMPARE(notes.text, expected);
    QCOMPARE(notes.faults, faults);
}

void TestCsv::memoryStaysBounded()
{
    // 64 MB in one quoted field that never ends: given up at the limit, then skipped.
    Notes notes;
    CsvReader reader({.fieldBytesMax = 1 << 20});
    const std::string piece(1 << 16, 'x');
    QVERIFY(reader.push("a,\"", notes));
    for (int i = 0; i < 1024; ++i)
        QVERIFY(reader.push(piece, notes));
    QVERIFY(reader.push("\nb\n", notes));
    QVERIFY(reader.finish(notes));
    QCOMPARE(notes.text, QByteArray("[b];"));
    QCOMPARE(notes.faults, QByteArray("1:2 has more than 1048576 bytes;"));
}

void TestCsv::foreignEncodingsAreRefused_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("UTF-16 with a mark") << QByteArray("\xFF\xFE"
                                                      "a\0",
                                                      4);
    QTest::newRow("UTF-16 without a mark") << QByteArray("a\0b\0", 4);
    QTest::newRow("two bytes of UTF-16") << QByteArray("\xFE\xFF", 2);
}

void TestCsv::foreignEncodingsAreRefused()
{
    QFETCH(QByteArray, bytes);
    Notes notes;
    CsvReader reader;
    const bool pushed = bool(reader.push({bytes.constData(), std::size_t(bytes.size())}, notes));
    QVERIFY(!pushed || !reader.finish(notes));
    QVERIFY(!reader.finish(notes));
    QCOMPARE(notes.text, QByteArray());
}

/// Says how fast it is; the goal of 200 MB/s is for a release build.
void TestCsv::speed()
{
    std::string bytes;
    for (int i = 0; bytes.size() < (8 << 20); ++i)
        bytes +=
            std::to_string(i) + ",kraken,BTC/USD,1763683200123,64123.45,64123.55,\"a, b\",0.0125\n";
    struct Counter final : CsvSink {
        void row(const CsvRow &row) override { fields += row.fields.size(); }
        void fault(const CsvFault &) override { ++faults; }
        std::size_t fields = 0, faults = 0;
    } counter;
    QElapsedTimer timer;
    timer.start();
    CsvReader reader;
    for (std::size_t at = 0; at < bytes.size(); at += 1 << 16)
        QVERIFY(reader.push(std::string_view(bytes).substr(at, 1 << 16), counter));
    QVERIFY(reader.finish(counter));
    const double seconds = double(timer.nsecsElapsed()) / 1e9;
    qInfo("CSV: %.0f MB/s", double(bytes.size()) / 1e6 / seconds);
    QCOMPARE(counter.faults, std::size_t(0));
    QCOMPARE(counter.fields, 8 * std::size_t(std::ranges::count(bytes, '\n')));
}

QTEST_GUILESS_MAIN(TestCsv)
#include "tst_csv.moc"
