// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/net/secure_link.h"

#include <QSslSocket>
#include <QTcpServer>
#include <QTest>

#include <future>
#include <thread>

using namespace chrona;
using namespace chrona::net;
using namespace std::chrono_literals;

/// Two programs that were paired, and all others.
class TestSecureLink : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void pairingsAreReadBack();
    void addressesAreRead_data();
    void addressesAreRead();
    void messagesPassBothWays();
    void anotherSecretIsRefused();
    void anotherCertificateIsRefused();
    void whoSpeaksSomethingElseIsSentAway();
    void aPeerThatGoesIsNoticed();
    void aStopEndsTheWait();
    void nobodyThereIsToldSoon();

private:
    [[nodiscard]] LinkPairing pairing() const { return {m_identity.certificatePem, m_secret}; }
    SelfSigned m_identity;
    std::string m_secret;
};

namespace {

/// The listening end on a thread of its own; gives back what it hears, until the peer goes.
class Echo {
public:
    Echo(SelfSigned identity, std::string secret)
    {
        std::promise<std::uint16_t> port;
        auto known = port.get_future();
        m_thread = std::jthread([this, identity = std::move(identity), secret = std::move(secret),
                                 port = std::move(port)](const std::stop_token &stop) mutable {
            auto listener = LinkListener::listen({.port = 0,
                                                  .identity = std::move(identity),
                                                  .secret = std::move(secret),
                                                  .onlyThisMachine = true});
            port.set_value(listener ? (*listener)->port() : 0);
            while (listener && !stop.stop_requested()) {
                auto link = (*listener)->accept(100ms, stop);
                if (!link || !*link)
                    continue;
                ++accepted;
                while (true) {
                    auto message = (*link)->next(1h, stop);
                    if (!message || !*message || !(*link)->send(**message))
                        break;
                }
                ++gone;
            }
        });
        address = {"127.0.0.1", known.get()};
    }
    LinkAddress address;
    std::atomic<int> accepted{0}, gone{0};

private:
    std::jthread m_thread;
};

ErrorCode codeOf(const LinkAddress &address, const LinkPairing &pairing)
{
    const auto link = openLink(address, pairing, {});
    return link ? ErrorCode{} : link.error().code;
}

} // namespace

void TestSecureLink::initTestCase()
{
    auto made = makeSelfSigned(kLinkName);
    QVERIFY(made);
    m_identity = *made;
    m_secret = makeLinkSecret();
    QVERIFY(!makeSelfSigned("no host"));
    QVERIFY(!makeSelfSigned(""));
}

void TestSecureLink::pairingsAreReadBack()
{
    const std::string line = writePairing(pairing());
    QVERIFY(line.find_first_of(" \n\t") == std::string::npos);
    const auto read = readPairing(line + "\n");
    QVERIFY(read);
    QVERIFY(*read == pairing());
    for (const std::size_t length : {0UZ, 5UZ, line.size() / 2, line.size() - 5})
        QVERIFY(!readPairing(line.substr(0, length)));
    QVERIFY(!readPairing("x" + line));
}

void TestSecureLink::addressesAreRead_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("host");
    QTest::addColumn<int>("port");
    QTest::newRow("a name") << "vps.example.org:7444" << "vps.example.org" << 7444;
    QTest::newRow("four numbers") << "10.0.0.7:1" << "10.0.0.7" << 1;
    QTest::newRow("six") << "[2001:db8::1]:65535" << "2001:db8::1" << 65535;
    for (const char *wrong : {"", "host", "host:", ":7444", "host:0", "host:65536", "a b:1",
                              "2001:db8::1:7444", "host:12x", "https://host:1", "u@host:1"})
        QTest::newRow(*wrong != '\0' ? wrong : "nothing") << wrong << "" << 0;
}

void TestSecureLink::addressesAreRead()
{
    QFETCH(QString, text);
    QFETCH(QString, host);
    QFETCH(int, port);
    const auto address = readLinkAddress(text.toStdString());
    QCOMPARE(bool(address), port != 0);
    if (address) {
        QCOMPARE(QString::fromStdString(address->host), host);
        QCOMPARE(int(address->port), port);
    }
}

void TestSecureLink::messagesPassBothWays()
{
    Echo echo(m_identity, m_secret);
    auto link = openLink(echo.address, pairing(), {});
    QVERIFY2(link, link ? "" : describe(link.error()).c_str());
    const std::string large(3 << 20, 'x');
    for (const std::string &text : {std::string("hello"), std::string(), large}) {
        QVERIFY((*link)->send(text));
        const auto back = (*link)->next(60s, {});
        QVERIFY(back && *back);
        QVERIFY(**back == text);
    }
    const auto nothing = (*link)->next(20ms, {});
    QVERIFY(nothing && !*nothing);
}

void TestSecureLink::anotherSecretIsRefused()
{
    Echo echo(m_identity, m_secret);
    LinkPairing other = pairing();
    other.secret = makeLinkSecret();
    QVERIFY(codeOf(echo.address, other) == ErrorCode::Denied);
    other.secret = "short";
    QVERIFY(codeOf(echo.address, other) == ErrorCode::InvalidInput);
    QCOMPARE(echo.accepted.load(), 0);
    QVERIFY(openLink(echo.address, pairing(), {})); // and it still listens
}

void TestSecureLink::anotherCertificateIsRefused()
{
    // Somebody who stands between the two, even one who knew the secret.
    Echo echo(makeSelfSigned(kLinkName).value(), m_secret);
    QVERIFY(codeOf(echo.address, pairing()) == ErrorCode::Denied);
    QCOMPARE(echo.accepted.load(), 0);
}

void TestSecureLink::whoSpeaksSomethingElseIsSentAway()
{
    Echo echo(m_identity, m_secret);
    QTcpSocket plain;
    plain.connectToHost(QStringLiteral("127.0.0.1"), echo.address.port);
    QVERIFY(plain.waitForConnected(60'000));
    plain.write("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
    QVERIFY(plain.state() == QAbstractSocket::UnconnectedState ||
            plain.waitForDisconnected(60'000));
    QSslSocket dumb; // TLS, and then no proof
    dumb.setPeerVerifyMode(QSslSocket::VerifyNone);
    dumb.connectToHostEncrypted(QStringLiteral("127.0.0.1"), echo.address.port);
    QVERIFY(dumb.waitForEncrypted(60'000));
    dumb.write(QByteArray(400, '\xff'));
    QVERIFY(dumb.state() == QAbstractSocket::UnconnectedState || dumb.waitForDisconnected(60'000));
    QCOMPARE(echo.accepted.load(), 0);
    QVERIFY(openLink(echo.address, pairing(), {}));
}

void TestSecureLink::aPeerThatGoesIsNoticed()
{
    std::unique_ptr<SecureLink> link;
    {
        Echo echo(m_identity, m_secret);
        link = openLink(echo.address, pairing(), {}).value();
        QVERIFY(link->send("x"));
        QVERIFY(*link->next(60s, {}));
        auto other = std::move(link);
        other.reset(); // this side goes
        QTRY_COMPARE_WITH_TIMEOUT(echo.gone.load(), 1, 60'000);
        link = openLink(echo.address, pairing(), {}).value();
        QVERIFY(link->send("x"));
        QVERIFY(*link->next(60s, {}));
    } // the other side goes
    const auto after = link->next(60s, {});
    QVERIFY(!after);
    QVERIFY(after.error().code == ErrorCode::Unavailable);
}

void TestSecureLink::aStopEndsTheWait()
{
    Echo echo(m_identity, m_secret);
    auto link = openLink(echo.address, pairing(), {}).value();
    std::stop_source stop;
    stop.request_stop();
    const auto message = link->next(1h, stop.get_token());
    QVERIFY(!message);
    QVERIFY(message.error().code == ErrorCode::Cancelled);
    const auto opened = openLink(echo.address, pairing(), stop.get_token());
    QVERIFY(!opened);
    QVERIFY(opened.error().code == ErrorCode::Cancelled);
}

void TestSecureLink::nobodyThereIsToldSoon()
{
    QTcpServer closed;
    QVERIFY(closed.listen(QHostAddress::LocalHost));
    const std::uint16_t port = closed.serverPort();
    closed.close();
    QVERIFY(codeOf({"127.0.0.1", port}, pairing()) == ErrorCode::Unavailable);
}

QTEST_GUILESS_MAIN(TestSecureLink)
#include "tst_secure_link.moc"
