// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/formats/json.h"
#include "chrona/formats/json_writer.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

#include <cmath>
#include <limits>

using namespace chrona;
using namespace chrona::formats;

class TestJson : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void textIsEscaped_data();
    void textIsEscaped();
    void numbersAreShortest_data();
    void numbersAreShortest();
    void documentsAreWritten();
    void valuesAreReadAsWhatTheyAre();
    void pathsNeedNoChecks();
    void whatIsReadCanBeWritten();
    void refusals_data();
    void refusals();
};

void TestJson::textIsEscaped_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("plain") << QByteArray("abc") << QByteArray("\"abc\"");
    QTest::newRow("nothing") << QByteArray() << QByteArray("\"\"");
    QTest::newRow("quotes and backslashes") << QByteArray("\"\\") << QByteArray("\"\\\"\\\\\"");
    QTest::newRow("line ends and tabs") << QByteArray("\r\n\t") << QByteArray("\"\\r\\n\\t\"");
    QTest::newRow("a control character") << QByteArray("\x01") << QByteArray("\"\\u0001\"");
    QTest::newRow("a NUL") << QByteArray("a\0b", 3) << QByteArray("\"a\\u0000b\"");
    QTest::newRow("UTF-8 stays") << QByteArray("\xE6\x97\xA5") << QByteArray("\"\xE6\x97\xA5\"");
    QTest::newRow("Latin-1 becomes a replacement")
        << QByteArray("caf\xE9!") << QByteArray("\"caf\xEF\xBF\xBD!\"");
    QTest::newRow("a cut sequence")
        << QByteArray("\xE2\x82") << QByteArray("\"\xEF\xBF\xBD\xEF\xBF\xBD\"");
}

void TestJson::textIsEscaped()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, expected);
    std::string out;
    JsonWriter(out).value(std::string_view(text.constData(), std::size_t(text.size())));
    QCOMPARE(QByteArray::fromStdString(out), expected);
    QVERIFY(!QJsonDocument::fromJson('[' + QByteArray::fromStdString(out) + ']').isNull());
}

void TestJson::numbersAreShortest_data()
{
    QTest::addColumn<double>("number");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("a tenth") << 0.1 << QByteArray("0.1");
    QTest::newRow("a sum that is no tenth") << 0.1 + 0.2 << QByteArray("0.30000000000000004");
    QTest::newRow("whole") << 5.0 << QByteArray("5");
    QTest::newRow("minus zero") << -0.0 << QByteArray("-0.0");
    QTest::newRow("a whole number beyond 64 bits")
        << 77777777777777777777.77 << QByteArray("7.777777777777777e+19");
    QTest::newRow("huge") << 1e300 << QByteArray("1e+300");
    QTest::newRow("the smallest") << 5e-324 << QByteArray("5e-324");
    QTest::newRow("infinite") << std::numeric_limits<double>::infinity() << QByteArray("null");
    QTest::newRow("no number") << std::numeric_limits<double>::quiet_NaN() << QByteArray("null");
}

void TestJson::numbersAreShortest()
{
    QFETCH(double, number);
    QFETCH(QByteArray, expected);
    std::string out;
    JsonWriter(out).value(number);
    QCOMPARE(QByteArray::fromStdString(out), expected);
    if (std::isfinite(number)) {
        const auto document = JsonDocument::parse(out);
        QVERIFY(document.has_value());
        QCOMPARE(document->root().asDouble().value(), number);
        QCOMPARE(std::signbit(*document->root().asDouble()), std::signbit(number));
    }
}

void TestJson::documentsAreWritten()
{
    std::string out;
    JsonWriter writer(out);
    writer.beginObject()
        .member("a", 1)
        .member("b", true)
        .member("c", "x")
        .key("d")
        .beginArray()
        .null()
        .value(std::uint64_t(18'446'744'073'709'551'615U))
        .value(std::int64_t(-9'223'372'036'854'775'807 - 1))
        .beginObject()
        .endObject()
        .raw("[1,2]")
        .endArray()
        .member("e", std::string("y"))
        .endObject();
    QCOMPARE(QByteArray::fromStdString(out),
             QByteArray("{\"a\":1,\"b\":true,\"c\":\"x\",\"d\":[null,18446744073709551615,"
                        "-9223372036854775808,{},[1,2]],\"e\":\"y\"}"));
}

void TestJson::valuesAreReadAsWhatTheyAre()
{
    using Kind = JsonValue::Kind;
    const auto document = JsonDocument::parse(
        R"({"n":null,"t":true,"i":-7,"u":18446744073709551615,"d":2.5,"s":"é","a":[1,"x"],"o":{"k":1}})");
    QVERIFY(document.has_value());
    const JsonValue root = document->root();
    QVERIFY(root.kind() == Kind::Object);
    QCOMPARE(root.size(), std::size_t(8));
    QVERIFY(root["n"].kind() == Kind::Null && root["n"].isNothing() && !root["n"].isMissing());
    QVERIFY(root["t"].asBool() == true);
    QVERIFY(root["i"].asInteger() == -7);
    QVERIFY(root["i"].asDouble() == -7.0);
    // Beyond 64 signed bits: a number, but no exact one.
    QVERIFY(!root["u"].asInteger() && root["u"].asDouble() == 18446744073709551615.0);
    QVERIFY(root["d"].asDouble() == 2.5 && !root["d"].asInteger());
    QVERIFY(root["s"].asString() == "é");
    QCOMPARE(root["a"].size(), std::size_t(2));
    QByteArray names;
    for (const auto [name, value] : root.members())
        names += QByteArray(name.data(), qsizetype(name.size()));
    QCOMPARE(names, QByteArray("ntiudsao"));
}

void TestJson::pathsNeedNoChecks()
{
    const auto document = JsonDocument::parse(R"({"a":[1]})");
    QVERIFY(document.has_value());
    const JsonValue missing = document->root()["x"]["y"]["z"];
    QVERIFY(missing.isMissing() && !missing.asString() && missing.size() == 0);
    QVERIFY(document->root()["a"]["b"].isMissing());
    for (const JsonValue item : document->root()["nothing"].items())
        QVERIFY2(false, item.toJson().c_str());
    for (const auto [name, value] : document->root()["a"].members())
        QVERIFY2(false, value.toJson().c_str());
}

void TestJson::whatIsReadCanBeWritten()
{
    const std::string text = R"({"a":[1,2.5,"x\"\n",null,true,{"b":{}}],"":[]})";
    auto document = JsonDocument::parse(text);
    QVERIFY(document.has_value());
    // Handles stay valid when the document moves.
    const JsonValue root = document->root();
    const JsonDocument moved = std::move(*document);
    QCOMPARE(root.toJson(), text);
    QCOMPARE(moved.root().toJson(), text);
}

void TestJson::refusals_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("blanks") << QByteArray("   ");
    QTest::newRow("two documents") << QByteArray("{} {}");
    QTest::newRow("a trailing comma") << QByteArray("[1,]");
    QTest::newRow("cut short") << QByteArray("{\"a\":");
    QTest::newRow("NaN") << QByteArray("[NaN]");
    QTest::newRow("a number that no double holds") << QByteArray("[1e999]");
    QTest::newRow("Latin-1") << QByteArray("[\"caf\xE9\"]");
    QTest::newRow("a raw control character") << QByteArray("[\"a\nb\"]");
    QTest::newRow("nested too deep") << QByteArray(65, '[') + QByteArray(65, ']');
    QTest::newRow("endlessly deep") << QByteArray(1'000'000, '[');
    QTest::newRow("a lone surrogate") << QByteArray("[\"\\ud800\"]");
    QTest::newRow("larger than allowed") << '"' + QByteArray(4096, 'x') + '"';
}

void TestJson::refusals()
{
    QFETCH(QByteArray, text);
    const bool tooLarge = text.size() == 4098;
    JsonLimits limits;
    if (tooLarge)
        limits.bytesMax = 4097;
    const auto document = JsonDocument::parse({text.constData(), std::size_t(text.size())}, limits);
    QVERIFY(!document.has_value());
    QVERIFY(document.error().code == ErrorCode::InvalidInput);
    QVERIFY(!document.error().what.empty());
}

QTEST_GUILESS_MAIN(TestJson)
#include "tst_json.moc"
