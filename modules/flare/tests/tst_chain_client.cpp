// SPDX-License-Identifier: AGPL-3.0-or-later
#include "fake_nodes.h"

#include "chrona/ethereum/keccak.h"

#include <QTest>

using namespace chrona;
using namespace chrona::flare;

/// What is believed of a node.
class TestChainClient : public QObject, private NodesFixture {
    Q_OBJECT

private Q_SLOTS:
    void init() { begin(); }
    void blocksComeInOrder();
    void hostileBlockIsRefused_data();
    void hostileBlockIsRefused();
    void foreignRepliesAreRefused_data();
    void foreignRepliesAreRefused();
    void missingBlockIsNotThereYet();
    void logsOutsideTheFilterAreRefused();
    void emptyErrorIsNone();
    void refusalsAreTold_data();
    void refusalsAreTold();
};

void TestChainClient::blocksComeInOrder()
{
    m_nodes->nodes["one"] = honest();
    const auto blocks = client()->blocks(20, 10, Bodies::WithTransactions);
    QVERIFY2(blocks, blocks ? "" : describe(blocks.error()).c_str());
    QCOMPARE(blocks->size(), std::size_t{10});
    QCOMPARE(blocks->front().number, std::uint64_t{20});
    QCOMPARE(blocks->front().time, Seconds{1'020});
    QCOMPARE(blocks->front().transactions.size(), std::size_t{2});
    QCOMPARE(blocks->front().transactions[1].index, 1U);
    QVERIFY(!blocks->front().transactions[1].to);
    QCOMPARE(blocks->front().baseFee->toString(), std::string("25000000000"));
}

void TestChainClient::hostileBlockIsRefused_data()
{
    QTest::addColumn<FakeNodes::Node>("node");
    const auto row = [](const char *name, std::function<void(QJsonObject &)> change) {
        QTest::newRow(name) << withBlocks(std::move(change));
    };
    const auto set = [](const char *key, const QJsonValue &value) {
        return [key, value](QJsonObject &block) { block.insert(QLatin1StringView(key), value); };
    };
    row("another number", set("number", QStringLiteral("0x1")));
    row("a number too large", set("number", QStringLiteral("0xffffffffffffffffff")));
    row("no hash", set("hash", QStringLiteral("0x12")));
    row("a hash that is a number", set("hash", 12));
    row("a parent of another chain", set("parentHash", hashText(99'999)));
    row("time of the far future", set("timestamp", QStringLiteral("0xffffffffffff")));
    row("negative time", set("timestamp", QStringLiteral("-0x5")));
    row("no transactions", set("transactions", QJsonValue()));
    row("transactions that are text", set("transactions", QStringLiteral("many")));
    row("a hash instead of a transaction", set("transactions", QJsonArray{hashText(7)}));
    row("a transaction of another block", [](QJsonObject &block) {
        block.insert(QStringLiteral("transactions"), QJsonArray{transactionIn(3, 0)});
    });
    row("a transaction twice", [](QJsonObject &block) {
        const int number =
            block.value(QStringLiteral("number")).toString().mid(2).toInt(nullptr, 16);
        block.insert(QStringLiteral("transactions"),
                     QJsonArray{transactionIn(number, 0), transactionIn(number, 0)});
    });
    row("input that is no hex", [](QJsonObject &block) {
        const int number =
            block.value(QStringLiteral("number")).toString().mid(2).toInt(nullptr, 16);
        QJsonObject transaction = transactionIn(number, 0);
        transaction.insert(QStringLiteral("input"), QStringLiteral("0x123"));
        block.insert(QStringLiteral("transactions"), QJsonArray{transaction});
    });
    row("nothing at all", [](QJsonObject &block) { block = {}; });
}

void TestChainClient::hostileBlockIsRefused()
{
    QFETCH(FakeNodes::Node, node);
    m_nodes->nodes["one"] = node;
    const auto blocks = client()->blocks(20, 3, Bodies::WithTransactions);
    QVERIFY(!blocks);
    QVERIFY2(blocks.error().code == ErrorCode::Corrupt, describe(blocks.error()).c_str());
}

void TestChainClient::foreignRepliesAreRefused_data()
{
    QTest::addColumn<QByteArray>("raw");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("a page") << QByteArray("<html>rate limited</html>");
    QTest::newRow("too few") << QByteArray(R"([{"id":0,"result":"0x1"}])");
    QTest::newRow("one twice") << QByteArray(R"([{"id":0,"result":null},{"id":0,"result":null}])");
    QTest::newRow("another id") << QByteArray(R"([{"id":0,"result":null},{"id":7,"result":null}])");
    QTest::newRow("no result") << QByteArray(R"([{"id":0},{"id":1,"result":null}])");
    QTest::newRow("numbers") << QByteArray("[1,2]");
    QTest::newRow("deep") << QByteArray(2'000, '[');
}

void TestChainClient::foreignRepliesAreRefused()
{
    QFETCH(QByteArray, raw);
    m_nodes->raw["one"] = raw.toStdString();
    const auto blocks = client()->blocks(1, 2, Bodies::HeadersOnly);
    QVERIFY(!blocks);
    QVERIFY2(blocks.error().code == ErrorCode::Corrupt, describe(blocks.error()).c_str());
}

void TestChainClient::missingBlockIsNotThereYet()
{
    m_nodes->nodes["one"] = honest(10);
    const auto blocks = client()->blocks(10, 2, Bodies::HeadersOnly);
    QVERIFY(!blocks);
    QVERIFY(blocks.error().code == ErrorCode::Unavailable);
    QVERIFY(blocks.error().retryable);
}

void TestChainClient::emptyErrorIsNone()
{
    m_nodes->raw["one"] = R"({"jsonrpc":"2.0","id":0,"error":null,"result":"0x7"})";
    QCOMPARE(client()->head().value_or(0), std::uint64_t{7});
}

void TestChainClient::logsOutsideTheFilterAreRefused()
{
    QJsonObject log{
        {QStringLiteral("address"), QStringLiteral("0x") + QString(40, QLatin1Char('1'))},
        {QStringLiteral("topics"), QJsonArray{hashText(1)}},
        {QStringLiteral("data"), QStringLiteral("0x")},
        {QStringLiteral("blockNumber"), QStringLiteral("0x5")},
        {QStringLiteral("blockHash"), hashText(5)},
        {QStringLiteral("logIndex"), QStringLiteral("0x0")}};
    m_nodes->nodes["one"] = [&log](const QString &, const QJsonArray &) -> QJsonValue {
        return QJsonArray{log};
    };
    LogFilter filter{.first = 5, .last = 6, .addresses = {Address{}}, .topics = {Bytes32{}}};
    filter.addresses.front().fill(0x11);
    filter.topics.front().back() = 1;
    QVERIFY(client()->logs(filter));
    const auto refused = [&](const char *key, const QJsonValue &value) {
        const QJsonObject before = std::exchange(log, log);
        log.insert(QLatin1StringView(key), value);
        const bool isRefused = !client()->logs(filter);
        log = before;
        return isRefused;
    };
    QVERIFY(refused("blockNumber", QStringLiteral("0x7")));
    QVERIFY(refused("topics", QJsonArray{hashText(2)}));
    QVERIFY(refused("topics", QJsonArray{}));
    QVERIFY(refused("topics",
                    QJsonArray{hashText(1), hashText(1), hashText(1), hashText(1), hashText(1)}));
    QVERIFY(refused("address", QStringLiteral("0x") + QString(40, QLatin1Char('2'))));
    QVERIFY(refused("removed", true));
    m_nodes->nodes["one"] = [&log](const QString &, const QJsonArray &) -> QJsonValue {
        return QJsonArray{log, log};
    };
    QVERIFY(!client()->logs(filter)); // one twice
}

void TestChainClient::refusalsAreTold_data()
{
    QTest::addColumn<QByteArray>("said");
    QTest::addColumn<int>("outcome");
    const auto row = [](const char *said, SendOutcome outcome) {
        QTest::newRow(said) << QByteArray(said) << static_cast<int>(outcome);
    };
    row("already known", SendOutcome::AlreadyKnown);
    row("Known transaction: 0x12", SendOutcome::AlreadyKnown);
    row("nonce too low", SendOutcome::NonceTooLow);
    row("Nonce too low. Expected nonce to be 4 but got 3.", SendOutcome::NonceTooLow);
    row("replacement transaction underpriced", SendOutcome::Underpriced);
    row("insufficient funds for gas * price + value", SendOutcome::NoFunds);
    row("Sender doesn't have enough funds to send tx", SendOutcome::NoFunds);
    row("something else", SendOutcome::Refused);
}

void TestChainClient::refusalsAreTold()
{
    QFETCH(QByteArray, said);
    QFETCH(int, outcome);
    m_nodes->nodes["one"] = [said](const QString &, const QJsonArray &) -> QJsonValue {
        return nodeError(said.constData());
    };
    const auto sent = client()->send(Bytes{1});
    QVERIFY(sent);
    QCOMPARE(static_cast<int>(sent->outcome), outcome);
}

QTEST_GUILESS_MAIN(TestChainClient)
#include "tst_chain_client.moc"
