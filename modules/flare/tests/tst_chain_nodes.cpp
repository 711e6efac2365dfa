// SPDX-License-Identifier: AGPL-3.0-or-later
#include "fake_nodes.h"

#include "chrona/ethereum/keccak.h"

#include <QTest>

using namespace chrona;
using namespace chrona::flare;

/// Which node is asked next, and which never.
class TestChainNodes : public QObject, private NodesFixture {
    Q_OBJECT

private Q_SLOTS:
    void init() { begin(); }
    void nextNodeIsAsked();
    void revertIsFinal();
    void otherChainIsNotAsked();
    void silentNodeIsAskedAgainLater();
    void nodeThatLagsComesLast();
    void blocksFromTheFutureAreRefused();
    void revertOfAnythingElseIsAnExcuse();
    void nodesThatDisagreeAreNoticed();
    void transactionGoesToAll();
    void nodesOfThisMachineNeedConsent();
    void keyOfAnEndpointIsNotShown();
    void standingIsOfOneMoment();
};

void TestChainNodes::nextNodeIsAsked()
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

void TestChainNodes::revertIsFinal()
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

void TestChainNodes::otherChainIsNotAsked()
{
    m_nodes->nodes["one"] = [](const QString &, const QJsonArray &) -> QJsonValue {
        return QStringLiteral("0xe"); // the main network
    };
    m_nodes->nodes["two"] = honest();
    const auto nodes = client({"one", "two"});
    QVERIFY(nodes->checkChain());
    QVERIFY(nodes->endpoints().front().problem.contains("serves chain 14"));
    m_nodes->asked.clear();
    QCOMPARE(nodes->head().value_or(0), std::uint64_t{100});
    QCOMPARE(m_nodes->asked, std::vector<std::string>{"two"});
    const auto alone = client({"one"});
    const auto checked = alone->checkChain();
    QVERIFY(!checked);
    QVERIFY(checked.error().code == ErrorCode::Denied);
    QVERIFY(!alone->head());
}

/// Who was silent when all were asked for their chain may serve any.
void TestChainNodes::silentNodeIsAskedAgainLater()
{
    m_nodes->nodes["two"] = honest();
    const auto nodes = client({"one", "two"});
    QVERIFY(nodes->checkChain());
    m_nodes->nodes["one"] = honest();
    m_nodes->asked.clear();
    QVERIFY(nodes->head());
    QCOMPARE(m_nodes->asked, std::vector<std::string>{"two"});
    QVERIFY(nodes->compare(90));
    m_nodes->asked.clear();
    QVERIFY(nodes->head());
    QCOMPARE(m_nodes->asked, std::vector<std::string>{"one"}); // and comes first again
    QVERIFY(client({"four"})->checkChain().error().code == ErrorCode::Unavailable);
}

void TestChainNodes::nodeThatLagsComesLast()
{
    m_nodes->nodes["one"] = honest(50);
    m_nodes->nodes["two"] = honest(100);
    m_nodes->nodes["three"] = honest(101);
    m_nodes->nodes["four"] = honest(1'000'000); // boasts
    const auto nodes = client({"one", "two", "three", "four"});
    QVERIFY(nodes->compare(40));
    QVERIFY(nodes->endpoints()[0].isBehind);
    QVERIFY(!nodes->endpoints()[1].isBehind && !nodes->endpoints()[2].isBehind);
    m_nodes->asked.clear();
    QVERIFY(nodes->head());
    QCOMPARE(m_nodes->asked, std::vector<std::string>{"two"});
}

/// Deadlines follow the chain's time: a node that is ahead of it could make us reveal too early.
void TestChainNodes::blocksFromTheFutureAreRefused()
{
    const auto now = std::chrono::system_clock::now().time_since_epoch() / std::chrono::seconds(1);
    const auto at = [](qint64 time) {
        return withBlocks([time](QJsonObject &block) {
            block.insert(QStringLiteral("timestamp"), QStringLiteral("0x%1").arg(time, 0, 16));
            block.insert(QStringLiteral("transactions"), QJsonArray());
        });
    };
    m_nodes->nodes["one"] = at(now + 600);
    m_nodes->nodes["two"] = at(now - 3);
    const auto nodes = std::move(ChainClient::create({.endpoints = {"https://one/", "https://two/"},
                                                      .chainId = 114,
                                                      .aheadMax = std::chrono::seconds(15)},
                                                     *m_http)
                                     .value());
    QCOMPARE(nodes->newestBlock()->time, Seconds{now - 3});
    QCOMPARE(nodes->blocks(5, 1, Bodies::HeadersOnly)->front().time, Seconds{now - 3});
    QCOMPARE(client({"one"})->newestBlock()->time, Seconds{now + 600}); // of one's own
}

/// One node that says so must not keep us from asking the others.
void TestChainNodes::revertOfAnythingElseIsAnExcuse()
{
    m_nodes->nodes["one"] = [](const QString &, const QJsonArray &) -> QJsonValue {
        return nodeError("execution reverted");
    };
    m_nodes->nodes["two"] = honest();
    QCOMPARE(client({"one", "two"})->head().value_or(0), std::uint64_t{100});
}

void TestChainNodes::nodesThatDisagreeAreNoticed()
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

void TestChainNodes::transactionGoesToAll()
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

void TestChainNodes::nodesOfThisMachineNeedConsent()
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

void TestChainNodes::keyOfAnEndpointIsNotShown()
{
    m_nodes->nodes["two"] = honest();
    const auto nodes = client({"one"});
    const auto head = nodes->head();
    QVERIFY(!head);
    QVERIFY(!describe(head.error()).contains("secret"));
    QVERIFY(!nodes->endpoints().front().problem.contains("secret"));
    QVERIFY(!nodes->endpoints().front().host.contains("secret"));
}

void TestChainNodes::standingIsOfOneMoment()
{
    m_nodes->nodes["one"] = [](const QString &method, const QJsonArray &) -> QJsonValue {
        return method == QLatin1StringView("eth_getTransactionCount")
                   ? QJsonValue(QStringLiteral("0x5"))
                   : QJsonValue();
    };
    const std::vector<Bytes32> hashes(2);
    const auto standing = client()->standing({}, hashes);
    QVERIFY2(standing, standing ? "" : describe(standing.error()).c_str());
    QCOMPARE(standing->nonce, std::uint64_t{5});
    QCOMPARE(standing->receipts.size(), std::size_t{2});
    QVERIFY(!standing->receipts.front());
    QCOMPARE(m_nodes->asked.size(), std::size_t{1}); // one question to one node
}

QTEST_GUILESS_MAIN(TestChainNodes)
#include "tst_chain_nodes.moc"
