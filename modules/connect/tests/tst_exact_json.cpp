// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/connect/exact_json.h"

#include <QTest>

#include <string>

using namespace chrona::connect;

class TestExactJson : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void numbersKeepTheirDigits();
    void flaws_data();
    void flaws();
    void pathsLeadIntoDocuments();
    void escapesAreDecoded();
    void limitsHold();
};

void TestExactJson::numbersKeepTheirDigits()
{
    const ExactJson json(R"({"ns":1763690020123456789,"qty":0.10000000,"e":1.6E8,"minus":-0.0})");
    QCOMPARE(std::string(json.root()["ns"].text()), std::string("1763690020123456789"));
    QCOMPARE(std::string(json.root()["qty"].text()), std::string("0.10000000"));
    QCOMPARE(std::string(json.root()["e"].raw()), std::string("1.6E8"));
    QCOMPARE(std::string(json.root()["minus"].text()), std::string("-0.0"));
}

void TestExactJson::flaws_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("flaw");
    const auto row = [](const char *name, const char *text, JsonFlaw flaw) {
        QTest::newRow(name) << QByteArray(text) << int(flaw);
    };
    row("nothing at all is empty", "", JsonFlaw::Empty);
    row("blanks are empty too", " \r\n\t", JsonFlaw::Empty);
    row("an object cut in a text", R"({"a":"1207.5)", JsonFlaw::Truncated);
    row("an object cut after a comma", R"({"a":1,)", JsonFlaw::Truncated);
    row("a list cut in a word", "[tr", JsonFlaw::Truncated);
    row("a number cut after its point", "[1.", JsonFlaw::Truncated);
    row("a cut escape", R"(["\)", JsonFlaw::Truncated);
    row("a text cut inside a character", "[\"\xc3", JsonFlaw::Truncated);
    row("NaN is no JSON", R"({"p":NaN})", JsonFlaw::NotJson);
    row("Infinity is no JSON", "[Infinity]", JsonFlaw::NotJson);
    row("markup is no JSON", "<!DOCTYPE html>", JsonFlaw::NotJson);
    row("a trailing comma is refused", "[1,]", JsonFlaw::NotJson);
    row("single quotes are refused", "{'a':1}", JsonFlaw::NotJson);
    row("a leading zero is refused", "[01]", JsonFlaw::NotJson);
    row("a second document is refused", "{}{}", JsonFlaw::NotJson);
    row("a lone surrogate is refused", R"(["\ud800"])", JsonFlaw::NotJson);
    row("a control character is refused", "[\"\x01\"]", JsonFlaw::NotJson);
    row("bytes that are no UTF-8 are refused", "[\"\xff\"]", JsonFlaw::NotJson);
    row("a plain number is a document", " 12 ", JsonFlaw::None);
    row("empty containers are fine", R"([{},[]])", JsonFlaw::None);
}

void TestExactJson::flaws()
{
    QFETCH(QByteArray, text);
    QFETCH(int, flaw);
    const ExactJson json({text.constData(), std::size_t(text.size())});
    QCOMPARE(int(json.flaw()), flaw);
    QCOMPARE(json.root().isMissing(), json.flaw() != JsonFlaw::None);
}

void TestExactJson::pathsLeadIntoDocuments()
{
    const ExactJson json(R"({"a":[{"b":"x"},[1,2]],"n":null,"t":true})");
    const JsonRef root = json.root();
    QCOMPARE(std::string(root.at("a.0.b").text()), std::string("x"));
    QCOMPARE(std::string(root.at("a.1.1").text()), std::string("2"));
    QVERIFY(root.at("a.2").isMissing());
    QVERIFY(root.at("a.x").isMissing());
    QVERIFY(root.at("n.deeper").isMissing());
    QVERIFY(root.at("").isMissing());
    QVERIFY(root["n"].isNothing());
    QVERIFY(root["t"].isTrue());
    QCOMPARE(root["a"].size(), std::size_t(2));
    QCOMPARE(std::string(root["a"][std::size_t{1}].raw()), std::string("[1,2]"));
    std::string keys;
    for (const JsonRef member : root)
        keys += member.key();
    QCOMPARE(std::string(keys), std::string("ant"));
}

void TestExactJson::escapesAreDecoded()
{
    const ExactJson json(R"(["a\"\\\/\n\u00e9\ud83d\ude00"])");
    QCOMPARE(std::string(json.root()[std::size_t{0}].text()),
             std::string("a\"\\/\n\u00e9\U0001F600"));
}

void TestExactJson::limitsHold()
{
    const std::string deep = std::string(200, '[') + std::string(200, ']');
    QCOMPARE(int(ExactJson(deep).flaw()), int(JsonFlaw::NotJson));
    QCOMPARE(int(ExactJson("[1,2,3]", {.nodesMax = 3}).flaw()), int(JsonFlaw::NotJson));
    QCOMPARE(int(ExactJson("[1,2,3]", {.bytesMax = 3}).flaw()), int(JsonFlaw::NotJson));
}

QTEST_GUILESS_MAIN(TestExactJson)
#include "tst_exact_json.moc"
