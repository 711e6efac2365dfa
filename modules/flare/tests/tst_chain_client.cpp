// SPDX-License-Identifier: AGPL-3.0-or-later
#include "fake_nodes.h"

#include "chrona/ethereum/keccak.h"

#include <QTest>

using namespace chrona;
using namespace chrona::flare;

namespace {

QString hashText(int seed)
{
    return QStringLiteral("0x%1").arg(seed, 64, 16, QLatin1Char('0'));
}

QJsonObject transactionIn(int number, int index)
{
    return {{QStringLiteral("hash"), hashText(5'000 + index)},
            {QStringLiteral("from"), QStringLiteral("0x") + QString(40, QLatin1Char('A'))},
            {QStringLiteral("to"), QJsonValue()},
            {QStringLiteral("transactionIndex"), QStringLiteral("0x%1").arg(index, 0, 16)},
            {QStringLiteral("blockNumber"), QStringLiteral("0x%1").arg(number, 0, 16)},
            {QStringLiteral("blockHash"), hashText(number)},
            {QStringLiteral("input"), QStringLiteral("0x6c532fae")}};
}

QJsonObject blockObject(int number)
{
    return {{QStringLiteral("number"), QStringLiteral("0x%1").arg(number, 0, 16)},
            {QStringLiteral("hash"), hashText(number)},
            {QStringLiteral("parentHash"), hashText(number - 1)},
            {QStringLiteral("timestamp"), QStringLiteral("0x%1").arg(1'000 + number, 0, 16)},
            {QStringLiteral("baseFeePerGas"), QStringLiteral("0x5d21dba00")},
            {QStringLiteral("transactions"),
             QJsonArray{transactionIn(number, 0), transactionIn(number, 1)}}};
}

int numberAsked(const QJsonArray &parameters)
{
    return parameters.first().toString().mid(2).toInt(nullptr, 16);
}

/// A node that has all blocks up to `head`.
FakeNodes::Node honest(int head = 100)
{
    return [head](const QString &method, const QJsonArray &parameters) -> QJsonValue {
        if (method == QLatin1StringView("eth_chainId"))
            return QStringLiteral("0x72");
        if (method == QLatin1StringView("eth_blockNumber"))
            return QStringLiteral("0x%1").arg(head, 0, 16);
        if (method == QLatin1StringView("eth_getBlockByNumber"))
            return numberAsked(parameters) > head
                       ? QJsonValue()
                       : QJsonValue(blockObject(numberAsked(parameters)));
        return nodeError("method not found");
    };
}

/// One whose blocks were tampered with.
FakeNodes::Node withBlocks(const std::function<void(QJsonObject &)> &change)
{
    return [change](const QString &method, const QJsonArray &parameters) -> QJsonValue {
        if (method != QLatin1StringView("eth_getBlockByNumber"))
            return honest()(method, parameters);
        QJsonObject block = blockObject(numberAsked(parameters));
        change(block);
        return block;
    };
}

} // namespace

/// What is believed of a node, and who is asked next.
class TestChainClient : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void blocksComeInOrder();
    void hostileBlockIsRefused_data();
    void hostileBlockIsRefused();
    void foreignRepliesAreRefused_data();
    void foreignRepliesAreRefused();
    void missingBlockIsNotThereYet();
    void nextNodeIsAsked();
    void revertIsFinal();
    void logsOutsideTheFilterAreRefused();
    void otherChainIsNotAsked();
    void nodesThatDisagreeAreNoticed();
    void transactionGoesToAll();
    void refusalsAreTold_data();
    void refusalsAreTold();
    void nodesOfThisMachineNeedConsent();
    void keyOfAnEndpointIsNotShown();

private:
    std::unique_ptr<ChainClient> client(std::vector<std::string> hosts = {"one"})
    {
        for (std::string &host : hosts)
            host = "https://" + host + "/ext/C/rpc?key=secret";
        return std::move(
            ChainClient::create({.endpoints = hosts, .chainId = 114}, *m_http).value());
    }
    std::unique_ptr<FakeNodes> m_nodes;
    std::unique_ptr<net::HttpClient> m_http;
};

void TestChainClient::init()
{
    m_nodes = std::make_unique<FakeNodes>();
    m_http = m_nodes->http();
}

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

void TestChainClient::nextNodeIsAsked()
{
    m_nodes->nodes["two"] = honest();
    m_nodes->nodes["three"] = honest();
    const auto nodes = client({"one", "two", "three"});
    QCOMPARE(nodes->head().value_or(0), std::uint64_t{100});
    QCOMPARE(m_nodes->asked, (std::vector<std::string>{"one", "two"}));
    // The one that failed comes last from now on.
    QVERIFY(nodes->head());
    QCOMPARE(m_nodes->asked.back(), std::string("two"));
    QCOMPARE(nodes->endpoints().front().failuresInARow, 1U);
    QVERIFY(!nodes->endpoints().front().problem.empty());
    // A lie counts like silence.
    m_nodes->nodes["two"] = withBlocks([](QJsonObject &block) { block = {}; });
    QVERIFY(nodes->blocks(5, 2, Bodies::HeadersOnly));
    QCOMPARE(m_nodes->asked.back(), std::string("three"));
}

void TestChainClient::revertIsFinal()
{
    m_nodes->nodes["one"] = [](const QString &, const QJsonArray &) -> QJsonValue {
        return nodeError("execution reverted: \x1b[31mno");
    };
    m_nodes->nodes["two"] = m_nodes->nodes["one"];
    const auto answer = client({"one", "two"})->call({}, {});
    QVERIFY(!answer);
    QVERIFY(answer.error().code == ErrorCode::Denied);
    QVERIFY(!answer.error().what.contains('\x1b'));
    QCOMPARE(m_nodes->asked.size(), std::size_t{1});
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
}

void TestChainClient::otherChainIsNotAsked()
{
    m_nodes->nodes["one"] = [](const QString &, const QJsonArray &) -> QJsonValue {
        return QStringLiteral("0xe"); // the main network
    };
    m_nodes->nodes["two"] = honest();
    const auto nodes = client({"one", "two"});
    const auto checked = nodes->checkChain();
    QVERIFY(!checked);
    QVERIFY(checked.error().code == ErrorCode::Denied);
    QCOMPARE(nodes->head().value_or(0), std::uint64_t{100});
}

void TestChainClient::nodesThatDisagreeAreNoticed()
{
    m_nodes->nodes["one"] = withBlocks(
        [](QJsonObject &block) { block.insert(QStringLiteral("hash"), hashText(77'777)); });
    m_nodes->nodes["two"] = honest();
    m_nodes->nodes["three"] = honest(98);
    const auto nodes = client({"one", "two", "three", "four"});
    const auto agree = nodes->compare(98);
    QVERIFY2(agree, agree ? "" : describe(agree.error()).c_str());
    QVERIFY(!*agree);
    const auto states = nodes->endpoints();
    QVERIFY(states[0].disagrees); // two say otherwise, and it was the preferred one
    QVERIFY(!states[1].disagrees && !states[2].disagrees && !states[3].disagrees);
    QCOMPARE(states[2].head.value_or(0), std::uint64_t{98});
    m_nodes->asked.clear();
    QVERIFY(nodes->head());
    QCOMPARE(m_nodes->asked.front(), std::string("two"));
    m_nodes->nodes["one"] = honest();
    QVERIFY(nodes->compare(98).value_or(false));
}

void TestChainClient::transactionGoesToAll()
{
    const Bytes raw{1, 2, 3};
    const QString hash = QString::fromStdString(ethereum::toHex(ethereum::keccak256(raw)));
    m_nodes->nodes["one"] = [](const QString &, const QJsonArray &) -> QJsonValue {
        return nodeError("nonce too low");
    };
    m_nodes->nodes["three"] = [hash](const QString &, const QJsonArray &) -> QJsonValue {
        return hash;
    };
    const auto sent = client({"one", "two", "three"})->send(raw);
    QVERIFY(sent);
    QVERIFY(sent->outcome == SendOutcome::Accepted);
    QCOMPARE(m_nodes->asked.size(), std::size_t{3});
    // A node that names another transaction is not believed.
    m_nodes->nodes["three"] = [](const QString &, const QJsonArray &) -> QJsonValue {
        return hashText(1);
    };
    const auto lied = client({"three"})->send(raw);
    QVERIFY(!lied || lied->outcome != SendOutcome::Accepted);
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

void TestChainClient::nodesOfThisMachineNeedConsent()
{
    auto http = net::HttpClient::create({.userAgent = "Chrona/test"},
                                        net::makeNetworkTransport(net::AddressPolicy::PublicOnly));
    const auto nodes =
        ChainClient::create({.endpoints = {"http://127.0.0.1:9/"}, .chainId = 114}, **http);
    QVERIFY(nodes);
    const auto head = (*nodes)->head();
    QVERIFY(!head);
    QVERIFY(head.error().code == ErrorCode::Denied);
}

void TestChainClient::keyOfAnEndpointIsNotShown()
{
    m_nodes->nodes["two"] = honest();
    const auto nodes = client({"one"});
    const auto head = nodes->head();
    QVERIFY(!head);
    QVERIFY(!describe(head.error()).contains("secret"));
    QVERIFY(!nodes->endpoints().front().problem.contains("secret"));
    QVERIFY(!nodes->endpoints().front().host.contains("secret"));
}

QTEST_GUILESS_MAIN(TestChainClient)
#include "tst_chain_client.moc"
