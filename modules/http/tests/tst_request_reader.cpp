// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/http/request_reader.h"

#include <QTest>

#include <random>

using namespace chrona::http;

namespace {

constexpr RequestLimits kSmall{
    .targetBytesMax = 40, .headBytesMax = 400, .headersMax = 6, .bodyBytesMax = 20};

} // namespace

class TestRequestReader : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsRequests();
    void takesAnyPieces();
    void refuses_data();
    void refuses();
    void asksForABodyThatIsWaitedWith();
    void holdsNoMoreThanItsLimits();
    void mutatedRequestsAreReadOrRefused();
};

void TestRequestReader::readsRequests()
{
    RequestReader reader({});
    reader.append("\r\nPOST /feed-values/7?window=60 HTTP/1.1\r\nHost: here\r\nX-Odd:  a\tb \r\n"
                  "CONTENT-length: 3\r\n\r\nabcGET / HTTP/1.0\r\nHost:\r\n\r\n");
    auto first = reader.next();
    QVERIFY(first && *first);
    QCOMPARE((*first)->method, "POST");
    QCOMPARE((*first)->path, "/feed-values/7");
    QCOMPARE((*first)->query, "window=60");
    QCOMPARE((*first)->body, "abc");
    QCOMPARE((*first)->header("x-odd").value_or(""), "a\tb");
    QVERIFY((*first)->keepAlive);
    const auto second = reader.next();
    QVERIFY(second && *second);
    QCOMPARE((*second)->path, "/");
    QVERIFY(!(*second)->keepAlive);
    QVERIFY(reader.isBetweenRequests());
}

void TestRequestReader::takesAnyPieces()
{
    const std::string bytes = "POST /a HTTP/1.1\r\nHost: here\r\nContent-Length: 4\r\n\r\nbody";
    for (std::size_t cut = 0; cut <= bytes.size(); ++cut) {
        RequestReader reader({});
        reader.append(std::string_view(bytes).substr(0, cut));
        auto read = reader.next();
        QVERIFY(read);
        QCOMPARE(read->has_value(), cut == bytes.size());
        reader.append(std::string_view(bytes).substr(cut));
        if (!*read)
            read = reader.next();
        QVERIFY(read && *read);
        QCOMPARE((*read)->body, "body");
    }
}

void TestRequestReader::refuses_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("status");
    const auto head = [](const char *more) {
        return QByteArray("GET / HTTP/1.1\r\nHost: h\r\n") + more + "\r\n";
    };
    QTest::newRow("no request at all") << QByteArray("\x16\x03\x01 \r\n\r\n") << 400;
    QTest::newRow("no version") << QByteArray("GET /\r\n\r\n") << 400;
    QTest::newRow("another protocol") << QByteArray("PRI * HTTP/2.0\r\n\r\n") << 505;
    QTest::newRow("a whole address") << QByteArray("GET http://h/ HTTP/1.1\r\n\r\n") << 400;
    QTest::newRow("blanks in the target") << QByteArray("GET /a b HTTP/1.1\r\n\r\n") << 400;
    QTest::newRow("a long target") << "GET /" + QByteArray(60, 'a') + " HTTP/1.1\r\nHost: h\r\n\r\n"
                                   << 414;
    QTest::newRow("a line without an end") << QByteArray(200, 'G') << 414;
    QTest::newRow("a large head") << head(("A: " + QByteArray(500, 'a') + "\r\n").data()) << 431;
    QTest::newRow("many headers") << head("A:\r\nA:\r\nA:\r\nA:\r\nA:\r\nA:\r\n") << 431;
    QTest::newRow("no Host") << QByteArray("GET / HTTP/1.1\r\n\r\n") << 400;
    QTest::newRow("two Hosts") << head("Host: other\r\n") << 400;
    QTest::newRow("two lengths") << head("Content-Length: 1\r\nContent-Length: 2\r\n") << 400;
    QTest::newRow("a length with a sign") << head("Content-Length: +1\r\n") << 400;
    QTest::newRow("a negative length") << head("Content-Length: -1\r\n") << 400;
    QTest::newRow("a list of lengths") << head("Content-Length: 1, 1\r\n") << 400;
    QTest::newRow("a large body") << head("Content-Length: 21\r\n") << 413;
    QTest::newRow("a length beyond numbers")
        << head("Content-Length: 99999999999999999999\r\n") << 413;
    QTest::newRow("chunks") << head("Transfer-Encoding: chunked\r\n") << 501;
    QTest::newRow("another protocol on top")
        << head("Connection: Upgrade\r\nUpgrade: websocket\r\n") << 501;
    QTest::newRow("an unknown expectation") << head("Expect: a miracle\r\n") << 417;
    QTest::newRow("a blank before the colon") << head("A : b\r\n") << 400;
    QTest::newRow("a folded header") << head("A: b\r\n c\r\n") << 400;
    QTest::newRow("a header without a name") << head(": b\r\n") << 400;
    QTest::newRow("half an end of line") << head("A: b\nC: d\r\n") << 400;
    QTest::newRow("half an end of the first line")
        << QByteArray("GET / HTTP/1.1\nHost: h\r\n\r\n") << 400;
    QTest::newRow("zeros in a header")
        << head("").replace("h\r\n", QByteArray("h\0x\r\n", 5)) << 400;
}

void TestRequestReader::refuses()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, status);
    RequestReader reader(kSmall);
    reader.append(bytes.toStdString());
    const auto read = reader.next();
    QVERIFY(!read);
    QCOMPARE(read.error().status, status);
    QVERIFY(!read.error().reason.empty());
}

void TestRequestReader::asksForABodyThatIsWaitedWith()
{
    RequestReader reader({});
    reader.append(
        "POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
    QVERIFY(reader.next().value() == std::nullopt);
    QVERIFY(reader.takeWantsContinue());
    QVERIFY(!reader.takeWantsContinue());
    reader.append("ok");
    QCOMPARE(reader.next().value()->body, "ok");
}

void TestRequestReader::holdsNoMoreThanItsLimits()
{
    RequestReader reader(kSmall);
    for (int i = 0; i < 10'000; ++i) {
        reader.append("a");
        if (!reader.next())
            break;
    }
    QVERIFY(reader.bufferedBytes() < 500);
}

/// Whatever is done to a request: it is read, refused, or more is awaited.
void TestRequestReader::mutatedRequestsAreReadOrRefused()
{
    const std::string good = "POST /feed-values/12 HTTP/1.1\r\nHost: 127.0.0.1:3101\r\n"
                             "Content-Type: application/json\r\nContent-Length: 12\r\n\r\n"
                             "{\"feeds\":[]}";
    std::minstd_rand lot(11);
    int whole = 0, refused = 0;
    for (int i = 0; i < 20'000; ++i) {
        std::string bytes = good;
        for (auto changes = 1 + lot() % 4; changes > 0 && !bytes.empty(); --changes) {
            const std::size_t at = lot() % bytes.size();
            switch (lot() % 4) {
            case 0: bytes[at] = static_cast<char>(lot() % 256); break;
            case 1: bytes.erase(at, 1 + lot() % 9); break;
            case 2: bytes.insert(at, bytes.substr(lot() % bytes.size(), lot() % 20)); break;
            default: bytes.insert(at, 1, "\r\n :0"[lot() % 5]); break;
            }
        }
        RequestReader reader(kSmall);
        reader.append(bytes);
        for (;;) {
            const auto read = reader.next();
            refused += read ? 0 : 1;
            if (!read || !*read)
                break;
            ++whole;
            QVERIFY((*read)->path.starts_with('/'));
            QVERIFY((*read)->body.size() <= kSmall.bodyBytesMax);
            QVERIFY((*read)->headers.size() <= kSmall.headersMax);
        }
    }
    QVERIFY(whole > 100 && refused > 100); // the mutations reach both
}

QTEST_GUILESS_MAIN(TestRequestReader)
#include "tst_request_reader.moc"
