// SPDX-License-Identifier: AGPL-3.0-or-later
#include "programs.h"
#include "served_values.h"

#include "chrona/flare/oracle_world.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTcpSocket>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace chrona;
using namespace chrona::e2e;

/// A network that is watched from a shell, and a rehearsal: real programs, a real EVM.
class TestFlare : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void mainNetworksNeedConsent();
    void roundsAreWatched();
    void everybodyIsRanked();
    void goesOnAfterARestart();
    void validatorsAreLookedAt();
    void rehearsalSignsNothing();
    void actionsAreLookedAtFirst();
    void valuesAreGivenToOthers();
    void economicsAreCounted();
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
    ServedValues m_served;
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
    QCOMPARE(now[u"contracts"_s].toArray().size(), 9);
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
    const auto feeds = listed(u"accuracy"_s);
    QCOMPARE(feeds.size(), 3);
    QCOMPARE(feeds[0][u"feed"_s].toString(), u"BTC/USD"_s);
    QCOMPARE(feeds[0][u"voters"_s].toInt(), 5);
    QVERIFY(feeds[0][u"rank"_s].toInt() >= 1 && feeds[0].contains(u"value"_s));
}

void TestFlare::goesOnAfterARestart()
{
    QCOMPARE(run({u"config"_s, u"set"_s, u"flare.p_rpc"_s, m_served.url() + u"/ext/bc/P"_s}).code,
             0);
    QVERIFY(m_programs.stopService());
    m_node->mineAt(start(m_round + 1) + 52);
    QVERIFY(m_programs.startService());
    QTRY_VERIFY_WITH_TIMEOUT(isAtHead(), 60'000);
    QCOMPARE(status()[u"mode"_s].toString(), u"watch"_s);
}

void TestFlare::validatorsAreLookedAt()
{
    const QStringList words{u"oracle"_s, u"delegations"_s, u"--identity"_s, identity()};
    const auto validator = [&] {
        const QByteArray line = run(words + QStringList{u"--json"_s}).out.toUtf8();
        return QJsonDocument::fromJson(line.trimmed()).object()[u"validators"_s][0].toObject();
    };
    QTRY_VERIFY_WITH_TIMEOUT(validator()[u"checks"_s].toInt() > 0, 120'000);
    const QJsonObject seen = validator();
    QVERIFY(seen[u"node"_s].toString().startsWith(u"NodeID-"_s));
    QCOMPARE(seen[u"connected"_s], seen[u"checks"_s]);
    QCOMPARE(seen[u"stake_wei"_s].toString(), u"4000000000000000"_s);
    QCOMPARE(seen[u"weight_wei"_s].toString(), u"3000000"_s);
    const QString table = run(words).out;
    QVERIFY2(table.contains(seen[u"node"_s].toString()) && table.contains(u"Validators in"_s),
             qPrintable(table));
    QVERIFY(status()[u"validator_problem"_s].toString().isEmpty());
}

void TestFlare::rehearsalSignsNothing()
{
    const QStringList rehearse{u"flare"_s, u"submit"_s, u"--identity"_s, identity(),
                               u"--dry-run"_s};
    const Ran refused = run(rehearse);
    QVERIFY2(refused.err.contains(u"flare.values"_s), qPrintable(refused.err));
    const int before = m_served.answered;
    QCOMPARE(run({u"config"_s, u"set"_s, u"flare.values"_s, m_served.url()}).code, 0);
    m_node->mineAt(start(m_round + 1) + 75); // time to commit
    const Ran started = run(rehearse);
    QVERIFY2(started.code == 0, qPrintable(started.err));
    QTRY_VERIFY_WITH_TIMEOUT(m_served.answered > before, 60'000);
    QTRY_VERIFY_WITH_TIMEOUT(!listed(u"transactions"_s).isEmpty(), 60'000);
    for (const QJsonObject &each : listed(u"transactions"_s)) {
        QCOMPARE(each[u"state"_s].toString(), u"rehearsed"_s);
        QVERIFY(each[u"hash"_s].toString().isEmpty());
    }
}

void TestFlare::actionsAreLookedAtFirst()
{
    const QString delegate =
        QString::fromStdString(ethereum::toChecksummed(m_world->providers[1].delegation));
    const QStringList words{u"flare"_s, u"delegate"_s, delegate + u"=62.5%"_s, u"--json"_s};
    const Ran looked = run(words);
    QVERIFY2(looked.code == 0, qPrintable(looked.err));
    const QJsonObject action = QJsonDocument::fromJson(looked.out.toUtf8()).object();
    QCOMPARE(action[u"from"_s].toString(), identity());
    QCOMPARE(action[u"contract"_s].toString(), u"WNat"_s);
    QVERIFY2(action[u"problem"_s].toString().isEmpty(), qPrintable(looked.out));
    QVERIFY(action[u"hash"_s].toString().isEmpty());
    QVERIFY(action[u"arguments"_s].toArray()[0].toObject()[u"value"_s].toString().endsWith(
        u"62.50 %"_s));
    // Exported, signed elsewhere, and sent; what calls something else is not passed on.
    const QString file = m_programs.dataFolder() + u"/delegate.json"_s;
    QCOMPARE(run(words + QStringList{u"--export"_s, file}).code, 0);
    QFile exported(file);
    QVERIFY(exported.open(QIODevice::ReadOnly));
    const QJsonObject written = QJsonDocument::fromJson(exported.readAll()).object();
    const auto payload = ethereum::parseHex(written[u"unsigned"_s].toString().toStdString());
    QVERIFY(payload);
    auto transaction = ethereum::decodeUnsigned(*payload).value();
    const ethereum::PrivateKey &key = m_world->providers[2].signaturesKey; // it has coins
    transaction.nonce = 0;
    const auto raw = ethereum::sign(transaction, key).raw;
    const Ran sent =
        run({u"flare"_s, u"send"_s, QString::fromStdString(ethereum::toHex(raw)), u"--json"_s});
    QVERIFY2(sent.code == 0, qPrintable(sent.err));
    QVERIFY(QJsonDocument::fromJson(sent.out.toUtf8())[u"hash"_s].toString().startsWith(u"0x"_s));
    transaction.data[0] ^= 1;
    const auto foreign = ethereum::sign(transaction, key).raw;
    QCOMPARE(run({u"flare"_s, u"send"_s, QString::fromStdString(ethereum::toHex(foreign))}).code,
             4);
    QCOMPARE(run({u"flare"_s, u"wrap"_s, u"1.5x"_s}).code, 2);
    QCOMPARE(run({u"flare"_s, u"delegate"_s, delegate + u"=101"_s}).code, 1);
}

void TestFlare::valuesAreGivenToOthers()
{
    const Ran given = run({u"flare"_s, u"provide"_s, u"--port"_s, u"0"_s, u"--json"_s});
    QVERIFY2(given.code == 0, qPrintable(given.err));
    const QJsonObject status = QJsonDocument::fromJson(given.out.toUtf8()).object();
    QCOMPARE(status[u"address"_s].toString(), u"127.0.0.1"_s);
    QTcpSocket socket;
    socket.connectToHost(u"127.0.0.1"_s, static_cast<quint16>(status[u"port"_s].toInt()));
    QVERIFY(socket.waitForConnected(20'000));
    const QByteArray body = R"({"feeds":[{"category":1,"name":"BTC/USD"}]})";
    socket.write("POST /feed-values/ HTTP/1.1\r\nHost: 127.0.0.1:" +
                 QByteArray::number(status[u"port"_s].toInt()) +
                 "\r\nConnection: close\r\nContent-Length: " + QByteArray::number(body.size()) +
                 "\r\n\r\n" + body);
    QByteArray answer;
    while (socket.waitForReadyRead(20'000))
        answer += socket.readAll();
    QVERIFY2(answer.startsWith("HTTP/1.1 200 "), answer.constData());
    // No venue is connected: there is a feed and no value.
    QVERIFY2(answer.contains("BTC/USD") && !answer.contains("value"), answer.constData());
    const Ran off = run({u"flare"_s, u"provide"_s, u"--off"_s, u"--json"_s});
    QCOMPARE(QJsonDocument::fromJson(off.out.toUtf8())[u"enabled"_s].toBool(true), false);
    QTcpSocket gone;
    gone.connectToHost(u"127.0.0.1"_s, static_cast<quint16>(status[u"port"_s].toInt()));
    QVERIFY(!gone.waitForConnected(20'000));
}

void TestFlare::economicsAreCounted()
{
    const Ran counted = run({u"flare"_s, u"economics"_s, u"--coin-usd"_s, u"0.02"_s,
                             u"--host-cost"_s, u"30"_s, u"--json"_s});
    QVERIFY2(counted.code == 0, qPrintable(counted.err));
    const QJsonObject economics = QJsonDocument::fromJson(counted.out.toUtf8()).object();
    QCOMPARE(economics[u"coin"_s].toString(), u"C2FLR"_s);
    QVERIFY(!economics[u"epochs"_s].toArray().isEmpty());
    const QJsonObject epoch = economics[u"epochs"_s].toArray()[0].toObject();
    // A quarter of a day of 30 dollars a month at 2 cents a coin.
    QVERIFY(std::abs(epoch[u"host"_s].toDouble() - 30 * 0.25 / 30.4375 / 0.02) < 1e-9);
    const Ran table = run({u"flare"_s, u"economics"_s, u"--format"_s, u"csv"_s});
    QVERIFY(table.out.startsWith(u"reward_epoch,"_s));
    QCOMPARE(table.out.split(u'\n', Qt::SkipEmptyParts).size(),
             1 + economics[u"epochs"_s].toArray().size());
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
