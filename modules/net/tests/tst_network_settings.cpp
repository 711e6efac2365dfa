// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/net/certificate.h"
#include "chrona/net/http_client.h"
#include "chrona/net/network_settings.h"
#include "chrona/net/transport.h"

#include <QFile>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslKey>
#include <QSslServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

#include <mutex>

using namespace Qt::StringLiterals;
using namespace chrona;
using namespace std::chrono_literals;

namespace {

/// A name that lies where it is told.
class PlacedName final : public net::Resolver {
public:
    explicit PlacedName(std::string address) : m_address(std::move(address)) {}
    Result<std::vector<std::string>> resolve(const std::string &, std::chrono::milliseconds,
                                             std::stop_token) override
    {
        return std::vector{m_address};
    }

private:
    std::string m_address;
};

/// Answers every connection's first lines with the same words; keeps what it was asked.
class SameAnswer {
public:
    explicit SameAnswer(QByteArray answer, std::unique_ptr<QTcpServer> server)
        : m_server(std::move(server))
    {
        m_thread.start();
        m_server->moveToThread(&m_thread);
        QMetaObject::invokeMethod(
            m_server.get(),
            [this, answer] {
                if (!m_server->listen(QHostAddress::LocalHost))
                    qFatal("no port to listen on");
                QObject::connect(m_server.get(), &QTcpServer::pendingConnectionAvailable,
                                 m_server.get(), [this, answer] { take(answer); });
            },
            Qt::BlockingQueuedConnection);
    }
    ~SameAnswer()
    {
        QMetaObject::invokeMethod(
            m_server.get(), [this] { m_server.reset(); }, Qt::BlockingQueuedConnection);
        m_thread.quit();
        m_thread.wait();
    }
    [[nodiscard]] quint16 port() const { return m_server->serverPort(); }
    [[nodiscard]] QByteArray asked()
    {
        const std::scoped_lock lock(m_mutex);
        return m_asked;
    }

private:
    void take(const QByteArray &answer)
    {
        QTcpSocket *socket = m_server->nextPendingConnection();
        QObject::connect(socket, &QTcpSocket::readyRead, socket, [this, socket, answer] {
            const QByteArray lines = socket->readAll();
            {
                const std::scoped_lock lock(m_mutex);
                m_asked += lines;
            }
            if (!lines.contains("\r\n\r\n"))
                return;
            socket->write(answer);
            socket->disconnectFromHost();
        });
    }

    QThread m_thread;
    std::unique_ptr<QTcpServer> m_server;
    std::mutex m_mutex;
    QByteArray m_asked;
};

constexpr auto kAnswer = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n"
                         "Connection: close\r\n\r\nhello";

std::unique_ptr<net::HttpClient> clientFor(std::string address)
{
    net::HttpClient::Options options;
    options.userAgent = "Chrona/test";
    return net::HttpClient::create(options,
                                   net::makeNetworkTransport(net::AddressPolicy::PublicAndLoopback,
                                                             std::make_unique<PlacedName>(address)))
        .value();
}

net::Request requestFor(std::string url)
{
    net::Request request{.url = std::move(url)};
    request.timeouts = {
        .resolve = 20s, .connect = 20s, .firstByte = 20s, .idle = 20s, .total = 30s};
    request.attemptsMax = 1;
    return request;
}

} // namespace

/// Through a proxy and with certificates of one's own; the guard over addresses holds all the same.
class TestNetworkSettings : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void cleanup();
    void faultsAreRefused_data();
    void faultsAreRefused();
    void proxyIsAskedForTheJudgedAddress();
    void tunnelGoesToTheJudgedAddress();
    void thisMachineIsNotAskedForThroughAProxy();
    void privateAddressIsNotAskedForThroughAProxy();
    void ownCertificatesAreTrusted();

private:
    QTemporaryDir m_folder;
};

void TestNetworkSettings::cleanup()
{
    QVERIFY(net::apply({}).has_value());
}

void TestNetworkSettings::faultsAreRefused_data()
{
    QTest::addColumn<QString>("proxy");
    QTest::addColumn<QString>("caFile");
    QTest::newRow("no scheme") << u"proxy.example:3128"_s << QString();
    QTest::newRow("no port") << u"http://proxy.example"_s << QString();
    QTest::newRow("another scheme") << u"ftp://proxy.example:21"_s << QString();
    QTest::newRow("a password") << u"http://me:secret@proxy.example:3128"_s << QString();
    QTest::newRow("a path") << u"http://proxy.example:3128/x"_s << QString();
    QTest::newRow("no such file") << QString() << u"/nowhere/ca.pem"_s;
    QTest::newRow("no certificate in it") << QString() << u"/etc/hostname"_s;
}

void TestNetworkSettings::faultsAreRefused()
{
    QFETCH(QString, proxy);
    QFETCH(QString, caFile);
    const auto checked = net::check({proxy.toStdString(), caFile.toStdString()});
    QVERIFY(!checked);
    QVERIFY(checked.error().code == ErrorCode::InvalidInput);
    QVERIFY(!checked.error().what.contains("secret"));
}

void TestNetworkSettings::proxyIsAskedForTheJudgedAddress()
{
    SameAnswer proxy(kAnswer, std::make_unique<QTcpServer>());
    QVERIFY(net::apply({"http://127.0.0.1:" + std::to_string(proxy.port()), {}}).has_value());
    const auto response = clientFor("93.184.215.14")->get(requestFor("http://example.org/x"));
    QVERIFY2(response.has_value(), response ? "" : response.error().what.c_str());
    QCOMPARE(response->body, std::string("hello"));
    QVERIFY2(proxy.asked().contains("93.184.215.14"), proxy.asked().constData());
    QVERIFY(proxy.asked().toLower().contains("host: example.org"));
}

void TestNetworkSettings::tunnelGoesToTheJudgedAddress()
{
    SameAnswer proxy("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n",
                     std::make_unique<QTcpServer>());
    QVERIFY(net::apply({"http://127.0.0.1:" + std::to_string(proxy.port()), {}}).has_value());
    QVERIFY(!clientFor("93.184.215.14")->get(requestFor("https://example.org/x")));
    QVERIFY2(proxy.asked().startsWith("CONNECT 93.184.215.14:443"), proxy.asked().constData());
}

void TestNetworkSettings::thisMachineIsNotAskedForThroughAProxy()
{
    SameAnswer proxy(kAnswer, std::make_unique<QTcpServer>());
    SameAnswer server(kAnswer, std::make_unique<QTcpServer>());
    QVERIFY(net::apply({"http://127.0.0.1:" + std::to_string(proxy.port()), {}}).has_value());
    const auto response =
        clientFor("127.0.0.1")
            ->get(requestFor("http://localhost:" + std::to_string(server.port()) + "/x"));
    QVERIFY2(response.has_value(), response ? "" : response.error().what.c_str());
    QVERIFY(proxy.asked().isEmpty());
    QVERIFY(server.asked().startsWith("GET /x"));
}

void TestNetworkSettings::privateAddressIsNotAskedForThroughAProxy()
{
    SameAnswer proxy(kAnswer, std::make_unique<QTcpServer>());
    QVERIFY(net::apply({"http://127.0.0.1:" + std::to_string(proxy.port()), {}}).has_value());
    const auto response = clientFor("192.168.1.1")->get(requestFor("http://example.org/x"));
    QVERIFY(!response);
    QVERIFY(response.error().code == ErrorCode::Denied);
    QVERIFY(proxy.asked().isEmpty());
}

void TestNetworkSettings::ownCertificatesAreTrusted()
{
    const auto made = net::makeSelfSigned("localhost");
    QVERIFY(made.has_value());
    const auto certificate = QSslCertificate(QByteArray::fromStdString(made->certificatePem));
    QSslConfiguration tls;
    tls.setLocalCertificate(certificate);
    tls.setPrivateKey(QSslKey(QByteArray::fromStdString(made->keyPem), QSsl::Ec));
    auto listening = std::make_unique<QSslServer>();
    listening->setSslConfiguration(tls);
    SameAnswer server(kAnswer, std::move(listening));
    const std::string url = "https://localhost:" + std::to_string(server.port()) + "/x";
    QVERIFY(!clientFor("127.0.0.1")->get(requestFor(url)));
    QFile file(m_folder.filePath(u"own.pem"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray::fromStdString(made->certificatePem));
    file.close();
    QVERIFY(net::apply({{}, file.fileName().toStdString()}).has_value());
    const auto response = clientFor("127.0.0.1")->get(requestFor(url));
    QVERIFY2(response.has_value(), response ? "" : response.error().what.c_str());
    QCOMPARE(response->body, std::string("hello"));
    // The name must fit all the same.
    QVERIFY(!clientFor("127.0.0.1")
                 ->get(requestFor("https://elsewhere.example:" + std::to_string(server.port()))));
}

QTEST_GUILESS_MAIN(TestNetworkSettings)
#include "tst_network_settings.moc"
