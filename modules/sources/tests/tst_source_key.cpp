// SPDX-License-Identifier: AGPL-3.0-or-later
#include "source_key.h"

#include <QTest>

using namespace chrona;
using namespace chrona::sources;
using connect::KeyPlace;

class TestSourceKey : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void keyGoesWhereTheConnectorSays();
    void keyIsWrittenAsAnAddressWritesIt();
    void keyNeverGoesInTheClear();
    void whatIsNoKeyIsRefused_data();
    void whatIsNoKeyIsRefused();
    void keyIsTakenOutOfTexts();
};

void TestSourceKey::keyGoesWhereTheConnectorSays()
{
    net::Request header{.url = "https://example.org/data"};
    QVERIFY(placeKey(header, {KeyPlace::In::Header, "Authorization", "Token "}, "abc123"));
    QCOMPARE(*net::find(header.headers, "Authorization"), std::string("Token abc123"));
    QCOMPARE(header.url, std::string("https://example.org/data"));

    net::Request query{.url = "https://example.org/data"};
    QVERIFY(placeKey(query, {KeyPlace::In::Query, "api_key", ""}, "abc123"));
    QCOMPARE(query.url, std::string("https://example.org/data?api_key=abc123"));
    net::Request further{.url = "https://example.org/data?id=1#part"};
    QVERIFY(placeKey(further, {KeyPlace::In::Query, "api_key", ""}, "abc123"));
    QCOMPARE(further.url, std::string("https://example.org/data?id=1&api_key=abc123"));
}

void TestSourceKey::keyIsWrittenAsAnAddressWritesIt()
{
    net::Request request{.url = "https://example.org/"};
    QVERIFY(placeKey(request, {KeyPlace::In::Query, "k", ""}, "a&b=c d/#"));
    QCOMPARE(request.url, std::string("https://example.org/?k=a%26b%3Dc%20d%2F%23"));
}

void TestSourceKey::keyNeverGoesInTheClear()
{
    net::Request request{.url = "http://example.org/data"};
    const auto placed = placeKey(request, {KeyPlace::In::Query, "api_key", ""}, "canary-4711");
    QVERIFY(!placed && placed.error().code == ErrorCode::Denied);
    QCOMPARE(request.url, std::string("http://example.org/data"));
    QVERIFY(!describe(placed.error()).contains("canary"));
}

void TestSourceKey::whatIsNoKeyIsRefused_data()
{
    QTest::addColumn<QByteArray>("key");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("a second header") << QByteArray("canary\r\nHost: evil.example");
    QTest::newRow("a zero byte") << QByteArray("canary\0x", 8);
    QTest::newRow("what is not ASCII") << QByteArray("canary\xc3\xa9");
}

void TestSourceKey::whatIsNoKeyIsRefused()
{
    QFETCH(QByteArray, key);
    net::Request request{.url = "https://example.org/"};
    const auto placed = placeKey(request, {KeyPlace::In::Header, "X-Key", ""}, key.toStdString());
    QVERIFY(!placed && placed.error().code == ErrorCode::InvalidInput);
    QVERIFY(request.headers.empty());
    QVERIFY(!describe(placed.error()).contains("canary"));
}

void TestSourceKey::keyIsTakenOutOfTexts()
{
    std::string text = "your key canary/4711 (canary%2F4711) is out of calls: canary/4711";
    scrubKey(text, "canary/4711");
    QCOMPARE(text, std::string("your key [key] ([key]) is out of calls: [key]"));
    std::string innocent = "demonstration";
    scrubKey(innocent, "demo");
    QCOMPARE(innocent, std::string("demonstration"));
    scrubKey(innocent, "");
    QCOMPARE(innocent, std::string("demonstration"));
}

QTEST_GUILESS_MAIN(TestSourceKey)
#include "tst_source_key.moc"
