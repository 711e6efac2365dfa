// SPDX-License-Identifier: AGPL-3.0-or-later
#include "programs.h"

#include "chrona/flare/oracle_world.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace chrona;
using namespace chrona::e2e;

namespace {

/// A value provider: 100 for every feed.
class Provider : public QTcpServer {
public:
    Provider()
    {
        connect(this, &QTcpServer::newConnection, this, [this] {
            QTcpSocket *socket = nextPendingConnection();
            connect(socket, &QTcpSocket::readyRead, this, [this, socket] { answer(*socket); });
            connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
        });
        listen(QHostAddress::LocalHost);
    }
    [[nodiscard]] QString url() const { return u"http://127.0.0.1:%1"_s.arg(serverPort()); }

    int answered = 0;

private:
    void answer(QTcpSocket &socket)
    {
        m_asked += socket.readAll();
        const qsizetype body = m_asked.indexOf("\r\n\r\n") + 4;
        const QJsonObject question = QJsonDocument::fromJson(m_asked.mid(body)).object();
        if (body < 4 || question.isEmpty())
            return; // not all of it is here
        QJsonArray data;
        for (const QJsonValue &feed : question[u"feeds"_s].toArray())
            data.append(QJsonObject{{u"feed"_s, feed}, {u"value"_s, 100.0}});
        const QByteArray path = m_asked.split(' ').value(1);
        const QJsonObject reply{{u"votingRoundId"_s, path.mid(path.lastIndexOf('/') + 1).toInt()},
                                {u"data"_s, data}};
        const QByteArray bytes = QJsonDocument(reply).toJson();
        socket.write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n"
                     "Content-Length: " +
                     QByteArray::number(bytes.size()) + "\r\n\r\n" + bytes);
        socket.disconnectFromHost();
        m_asked.clear();
        ++answered;
    }
    QByteArray m_asked;
};

} // namespace

/// A network that is watched from a shell, and a rehearsal: real programs, a real EVM.
class TestFlare : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void mainNetworksNeedConsent();
    void roundsAreWatched();
    void everybodyIsRanked();
    void goesOnAfterARestart();
    void rehearsalSignsNothing();
    void stops();

private:
    [[nodiscard]] Ran run(const QStringList &words) const { return m_programs.chronactl(words); }
    [[nodiscard]] QJsonObject status() const
    {
        return QJsonDocument::fromJson(run({u"flare"_s, u"status"_s, u"--json"_s}).out.toUtf8())
            .object();
    }
    /// What `chronactl oracle VERB` lists, one object a line.
    [[nodiscard]] QList<QJsonObject> listed(const QString &verb) const
    {
        QList<QJsonObject> rows;
        const QString text = run({u"oracle"_s, verb, u"--json"_s}).out;
        for (const QString &line : text.split(u'\n', Qt::SkipEmptyParts))
            rows.append(QJsonDocument::fromJson(line.toUtf8()).object());
        return rows;
    }
    [[nodiscard]] flare::Seconds start(flare::RoundId round) const
    {
        return ftso::startOf(m_world->timing, round);
    }
    [[nodiscard]] QString identity() const
    {
        return QString::fromStdString(ethereum::toChecksummed(m_world->providers[0].identity));
    }
    [[nodiscard]] bool isAtHead() const
    {
        return status()[u"indexed_block"_s].toInteger() == static_cast<qint64>(m_node->head());
    }

    Programs m_programs;
    std::unique_ptr<flare::EvmNode> m_node;
    std::unique_ptr<flare::OracleWorld> m_world;
    flare::RoundId m_round = 0;
};

void TestFlare::initTestCase()
{
    constexpr std::uint32_t kEpoch =
        6'349; // of Coston2, the first after the test chain's first day
    m_node = std::make_unique<flare::EvmNode>();
    m_world = std::make_unique<flare::OracleWorld>(*m_node, 5, kEpoch);
    m_node->setAutomine(false);
    m_round = m_world->firstRound + 22;
    for (flare::RoundId each = m_world->firstRound - 1; each <= m_round; ++each)
        m_node->mineAt(start(each));
    const std::vector<ftso::FeedValue> values{10'000, 100'000, 100'000'000};
    for (const flare::TestProvider &provider : m_world->providers)
        m_world->commit(provider, m_round, values);
    m_node->mineAt(start(m_round) + 80);
    for (const flare::TestProvider &provider : m_world->providers)
        m_world->reveal(provider, m_round);
    m_node->mineAt(start(m_round + 1) + 20);
    m_node->mineAt(start(m_round + 1) + 50);
    QVERIFY(m_programs.startService());
    for (const QStringList &setting :
         {QStringList{u"flare.rpc"_s, QString::fromStdString(m_node->url())},
          QStringList{u"flare.this_machine"_s, u"true"_s}})
        QCOMPARE(run(QStringList{u"config"_s, u"set"_s} + setting).code, 0);
}

void TestFlare::mainNetworksNeedConsent()
{
    const Ran refused =
        run({u"flare"_s, u"submit"_s, u"--network"_s, u"flare"_s, u"--identity"_s, identity()});
    QVERIFY(refused.code != 0);
    QVERIFY2(refused.err.contains(u"--mainnet"_s), qPrintable(refused.err));
    QVERIFY(run({u"flare"_s, u"watch"_s, u"--network"_s, u"nowhere"_s}).code != 0);
    QVERIFY(run({u"flare"_s, u"submit"_s}).code != 0); // whose?
    QCOMPARE(status()[u"mode"_s].toString(), u"off"_s);
}

void TestFlare::roundsAreWatched()
{
    const Ran started = run({u"flare"_s, u"watch"_s, u"--identity"_s, identity()});
    QVERIFY2(started.code == 0, qPrintable(started.err));
    QTRY_VERIFY_WITH_TIMEOUT(isAtHead(), 60'000);
    QTRY_COMPARE_WITH_TIMEOUT(status()[u"registered_now"_s].toString(), u"yes"_s, 60'000);
    QTRY_VERIFY_WITH_TIMEOUT(!listed(u"rounds"_s).isEmpty(), 60'000);
    QTRY_COMPARE_WITH_TIMEOUT(listed(u"rounds"_s)[0][u"round"_s].toInteger(), m_round, 60'000);
    const QJsonObject round = listed(u"rounds"_s)[0];
    QCOMPARE(round[u"voters"_s].toInt(), 5);
    QCOMPARE(round[u"reveals"_s].toInt(), 5);
    QVERIFY(round[u"whole"_s].toBool());
    QCOMPARE(round[u"verdict"_s].toString(), u"open"_s);
    const QJsonObject now = status();
    QVERIFY2(now[u"problem"_s].toString().isEmpty(), qPrintable(now[u"problem"_s].toString()));
    QCOMPARE(now[u"endpoints"_s].toArray().size(), 1);
    QCOMPARE(now[u"contracts"_s].toArray().size(), 5);
    QVERIFY(listed(u"transactions"_s).isEmpty());
}

void TestFlare::everybodyIsRanked()
{
    const auto providers = listed(u"delegations"_s);
    QCOMPARE(providers.size(), 5);
    for (const QJsonObject &each : providers)
        QVERIFY(each[u"rank"_s].toInt() >= 1);
    const auto submissions = listed(u"submissions"_s);
    QCOMPARE(submissions[0][u"reveal"_s].toString(), u"in_time"_s);
    QCOMPARE(submissions[0][u"values"_s].toInt(), 3);
}

void TestFlare::goesOnAfterARestart()
{
    QVERIFY(m_programs.stopService());
    m_node->mineAt(start(m_round + 1) + 52);
    QVERIFY(m_programs.startService());
    QTRY_VERIFY_WITH_TIMEOUT(isAtHead(), 60'000);
    QCOMPARE(status()[u"mode"_s].toString(), u"watch"_s);
}

void TestFlare::rehearsalSignsNothing()
{
    const QStringList rehearse{u"flare"_s, u"submit"_s, u"--identity"_s, identity(),
                               u"--dry-run"_s};
    const Ran refused = run(rehearse);
    QVERIFY2(refused.err.contains(u"flare.values"_s), qPrintable(refused.err));
    Provider provider;
    QCOMPARE(run({u"config"_s, u"set"_s, u"flare.values"_s, provider.url()}).code, 0);
    m_node->mineAt(start(m_round + 1) + 75); // time to commit
    const Ran started = run(rehearse);
    QVERIFY2(started.code == 0, qPrintable(started.err));
    QTRY_VERIFY_WITH_TIMEOUT(provider.answered > 0, 60'000);
    QTRY_VERIFY_WITH_TIMEOUT(!listed(u"transactions"_s).isEmpty(), 60'000);
    for (const QJsonObject &each : listed(u"transactions"_s)) {
        QCOMPARE(each[u"state"_s].toString(), u"rehearsed"_s);
        QVERIFY(each[u"hash"_s].toString().isEmpty());
    }
}

void TestFlare::stops()
{
    QCOMPARE(run({u"flare"_s, u"stop"_s}).code, 0);
    QCOMPARE(status()[u"mode"_s].toString(), u"off"_s);
    QVERIFY(status()[u"endpoints"_s].toArray().isEmpty());
    QVERIFY(m_programs.stopService());
}

QTEST_GUILESS_MAIN(TestFlare)
#include "tst_flare.moc"
