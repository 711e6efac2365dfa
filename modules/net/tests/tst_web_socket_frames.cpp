// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/net/web_socket_frames.h"

#include <QTest>

#include <vector>

using namespace chrona;
using net::WebSocketMessage;
using net::WebSocketReader;
using net::WebSocketRole;
using Kind = net::WebSocketMessage::Kind;

namespace {

std::string bytesOf(const QByteArray &hex)
{
    return QByteArray::fromHex(hex).toStdString();
}

} // namespace

class TestWebSocketFrames : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void messagesOfAnyLengthComeBack_data();
    void messagesOfAnyLengthComeBack();
    void bytesMayComeOneByOne();
    void pingComesBetweenFragments();
    void brokenStreamIsRefused_data();
    void brokenStreamIsRefused();
    void closeSaysItsCode();
};

void TestWebSocketFrames::messagesOfAnyLengthComeBack_data()
{
    QTest::addColumn<int>("size");
    QTest::addColumn<bool>("isMasked");
    for (const int size : {0, 1, 125, 126, 65'535, 65'536, 300'000}) {
        QTest::addRow("%d bytes from a client", size) << size << true;
        QTest::addRow("%d bytes from a server", size) << size << false;
    }
}

void TestWebSocketFrames::messagesOfAnyLengthComeBack()
{
    QFETCH(int, size);
    QFETCH(bool, isMasked);
    const WebSocketMessage message{Kind::Binary,
                                   std::string(static_cast<std::size_t>(size), '\xA7')};
    WebSocketReader reader(isMasked ? WebSocketRole::Server : WebSocketRole::Client, 1 << 20);
    reader.append(isMasked ? net::frameOf(message, 0x01020304U) : net::frameOf(message));
    const auto back = reader.next();
    QVERIFY(back && *back);
    QVERIFY(**back == message);
    QVERIFY(!*reader.next());
}

void TestWebSocketFrames::bytesMayComeOneByOne()
{
    const std::string stream = net::frameOf({Kind::Text, "one"}) +
                               net::frameOf({Kind::Binary, std::string(200, 'x')}) +
                               net::frameOf({Kind::Text, "three"});
    WebSocketReader reader(WebSocketRole::Client, 1'000);
    std::vector<std::string> payloads;
    for (const char byte : stream) {
        reader.append({&byte, 1});
        auto message = reader.next();
        QVERIFY(message);
        if (*message)
            payloads.push_back((*message)->payload);
    }
    QCOMPARE(payloads.size(), std::size_t{3});
    QCOMPARE(payloads[2], std::string("three"));
}

void TestWebSocketFrames::pingComesBetweenFragments()
{
    WebSocketReader reader(WebSocketRole::Client, 1'000);
    reader.append(bytesOf("010161")   // "a", to be continued
                  + bytesOf("890170") // a ping in between
                  + bytesOf("800162"));
    auto ping = reader.next();
    QVERIFY(ping && *ping && (*ping)->kind == Kind::Ping);
    auto text = reader.next();
    QVERIFY(text && *text && (*text)->kind == Kind::Text);
    QCOMPARE((*text)->payload, std::string("ab"));
}

void TestWebSocketFrames::brokenStreamIsRefused_data()
{
    QTest::addColumn<QByteArray>("hex");
    QTest::addColumn<bool>("isTooLarge");
    QTest::newRow("a reserved bit") << QByteArray("c10161") << false;
    QTest::newRow("an unknown kind") << QByteArray("830161") << false;
    QTest::newRow("an unknown control") << QByteArray("8b00") << false;
    QTest::newRow("a masked frame from a server") << QByteArray("81810000000061") << false;
    QTest::newRow("a fragment that continues nothing") << QByteArray("800161") << false;
    QTest::newRow("a message within a message") << QByteArray("010161810162") << false;
    QTest::newRow("a ping in fragments") << QByteArray("0900") << false;
    QTest::newRow("a long ping") << QByteArray("897e007e") + QByteArray(252, '0') << false;
    QTest::newRow("a length written too long") << QByteArray("817e0001") << false;
    QTest::newRow("a huge frame") << QByteArray("827fffffffffffffffff") << true;
    QTest::newRow("a frame over the limit") << QByteArray("827e03e9") << true;
    QTest::newRow("fragments over the limit")
        << QByteArray("027e03e8") + QByteArray(2'000, '0') + QByteArray("800161") << true;
    QTest::newRow("a text that is not UTF-8") << QByteArray("8102c328") << false;
    QTest::newRow("a close of one byte") << QByteArray("880103") << false;
    QTest::newRow("a close with a code that must not travel") << QByteArray("880203ed") << false;
    QTest::newRow("a reason that is not UTF-8") << QByteArray("880403e8c328") << false;
}

void TestWebSocketFrames::brokenStreamIsRefused()
{
    QFETCH(QByteArray, hex);
    QFETCH(bool, isTooLarge);
    WebSocketReader reader(WebSocketRole::Client, 1'000);
    reader.append(bytesOf(hex));
    auto message = reader.next();
    while (message && *message)
        message = reader.next();
    QVERIFY(!message);
    QVERIFY(message.error().code == (isTooLarge ? ErrorCode::Exhausted : ErrorCode::Corrupt));
}

void TestWebSocketFrames::closeSaysItsCode()
{
    WebSocketReader reader(WebSocketRole::Client, 1'000);
    reader.append(net::frameOf({Kind::Close, "later", 1013}) + bytesOf("8800"));
    auto close = reader.next();
    QVERIFY(close && *close);
    QCOMPARE((*close)->closeCode, std::uint16_t{1013});
    QCOMPARE((*close)->payload, std::string("later"));
    QCOMPARE(net::describeCloseCode(1013), std::string("1013 try again later"));
    close = reader.next();
    QVERIFY(close && *close);
    QCOMPARE((*close)->closeCode, std::uint16_t{1005});
}

QTEST_GUILESS_MAIN(TestWebSocketFrames)
#include "tst_web_socket_frames.moc"
