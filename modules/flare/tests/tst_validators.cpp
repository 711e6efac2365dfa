// SPDX-License-Identifier: AGPL-3.0-or-later
#include "scripted_web.h"

#include "chrona/flare/validators.h"

#include <QTest>

#include <algorithm>
#include <format>

using namespace chrona;
using namespace chrona::flare;

namespace {

constexpr auto kValidatorsPlatform = "https://node.example/ext/bc/P";

NodeId validatorNode(std::string_view hex)
{
    NodeId id{};
    std::ranges::copy(ethereum::parseHex(hex).value(), id.begin());
    return id;
}

/// A validator as a node tells of it; `rest` are further members.
std::string validatorJson(const NodeId &node, const std::string &rest)
{
    return std::format(R"({{"txID":"x","startTime":"1","endTime":"2","nodeID":"{}",{}}})",
                       nodeIdText(node), rest);
}

std::string validatorsReply(const std::string &validators)
{
    return std::format(R"({{"jsonrpc":"2.0","result":{{"validators":[{}]}},"id":0}})", validators);
}

constexpr auto kValidatorSound =
    R"("stakeAmount":"3006022223441641","delegatorWeight":"42034311128182975",)"
    R"("uptime":"99.9931","connected":true)";

} // namespace

/// What the P-chain's nodes tell of validators, and passes as they are published.
class TestValidators : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void idsAreTextAndBytes_data();
    void idsAreTextAndBytes();
    void wrongIdsAreRefused_data();
    void wrongIdsAreRefused();
    void theChainIsFoundBesideTheOther();
    void validatorsAreRead();
    void answersAreBelievedWithinReason_data();
    void answersAreBelievedWithinReason();
    void publishedPassesAreRead();
    void whatIsNoPassesIsRefused_data();
    void whatIsNoPassesIsRefused();
};

void TestValidators::idsAreTextAndBytes_data()
{
    QTest::addColumn<QByteArray>("hex");
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("of a network") << QByteArray("0xe591835e49076da498f80390d51dd753338bd1cd")
                                  << QByteArray("NodeID-Mvr4Mv2qL4xgHsuaASvRyDQD4JsgrohgZ");
    QTest::newRow("another") << QByteArray("0x113b02b5cec8ce9747b7d5430a1e015f2ac4cff9")
                             << QByteArray("NodeID-2a7BPY7UeJv2njMuyUHfBSTeQCYZj6bwV");
    QTest::newRow("zeros") << QByteArray("0x0000000000000000000000000000000000000000")
                           << QByteArray("NodeID-111111111111111111116DBWJs");
    QTest::newRow("a zero in front") << QByteArray("0x000102030405060708090a0b0c0d0e0f10111213")
                                     << QByteArray("NodeID-12D2adLM3UKy4Z4giRbReR6gjWsUiMiw");
}

void TestValidators::idsAreTextAndBytes()
{
    QFETCH(const QByteArray, hex);
    QFETCH(const QByteArray, text);
    const NodeId id = validatorNode(hex.toStdString());
    QCOMPARE(nodeIdText(id), text.toStdString());
    const auto back = parseNodeId(text.toStdString());
    QVERIFY(back && *back == id);
}

void TestValidators::wrongIdsAreRefused_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("no prefix") << QByteArray("Mvr4Mv2qL4xgHsuaASvRyDQD4JsgrohgZ");
    QTest::newRow("a digit changed") << QByteArray("NodeID-Mvr4Mv2qL4xgHsuaASvRyDQD4JsgrohgY");
    QTest::newRow("a digit that is none") << QByteArray("NodeID-Mvr4Mv2qL4xgHsuaASvRyDQD4Jsgrohg0");
    QTest::newRow("too short") << QByteArray("NodeID-Mvr4Mv2qL4xgHsuaASvRyDQD4Jsgrohg");
    QTest::newRow("too long") << QByteArray("NodeID-" + QByteArray(41, 'z'));
    QTest::newRow("a zero more in front")
        << QByteArray("NodeID-1Mvr4Mv2qL4xgHsuaASvRyDQD4JsgrohgZ");
}

void TestValidators::wrongIdsAreRefused()
{
    QFETCH(const QByteArray, text);
    const auto id = parseNodeId(text.toStdString());
    QVERIFY(!id);
    QVERIFY(id.error().code == ErrorCode::Corrupt);
}

void TestValidators::theChainIsFoundBesideTheOther()
{
    QCOMPARE(platformUrl("https://flare-api.flare.network/ext/C/rpc"),
             std::string("https://flare-api.flare.network/ext/bc/P"));
    QCOMPARE(platformUrl("http://127.0.0.1:9650/ext/bc/C/rpc"),
             std::string("http://127.0.0.1:9650/ext/bc/P"));
    QCOMPARE(platformUrl("https://rpc.example/v1/key"), std::string());
}

void TestValidators::validatorsAreRead()
{
    ScriptedWeb web;
    const auto http = web.client();
    const NodeId first = validatorNode("0xe591835e49076da498f80390d51dd753338bd1cd"),
                 second = validatorNode("0x113b02b5cec8ce9747b7d5430a1e015f2ac4cff9"), third{};
    web.answer(
        kValidatorsPlatform, 200,
        validatorsReply(validatorJson(second,
                                      R"("weight":"5","uptime":"12.5","connected":false,)"
                                      R"("delegators":[{"stakeAmount":"7"},{"stakeAmount":"8"}])") +
                        "," + validatorJson(first, kValidatorSound)));
    const NodeId asked[] = {first, second, third};
    const auto seen = readValidators(*http, kValidatorsPlatform, asked);
    QVERIFY2(seen, seen ? "" : describe(seen.error()).c_str());
    QCOMPARE(seen->size(), std::size_t{2}); // the third is no validator now
    const ValidatorState &large = seen->at(1);
    QVERIFY(large.node == first && large.isConnected);
    QCOMPARE(large.selfBond.toString(), std::string("3006022223441641000000000"));
    QCOMPARE(large.stake.toString(), std::string("45040333351624616000000000"));
    QCOMPARE(large.uptime, std::optional(99.9931));
    const ValidatorState &small = seen->at(0);
    QVERIFY(small.node == second && !small.isConnected);
    QCOMPARE(small.selfBond.toString(), std::string("5000000000"));
    QCOMPARE(small.stake.toString(), std::string("20000000000"));
    const std::string body = web.asked().front().second;
    QVERIFY(body.contains(R"("method":"platform.getCurrentValidators")"));
    QVERIFY(body.contains(R"("NodeID-111111111111111111116DBWJs")"));
}

void TestValidators::answersAreBelievedWithinReason_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<int>("seen"); // -1: refused
    const NodeId own{}, other = validatorNode("0x113b02b5cec8ce9747b7d5430a1e015f2ac4cff9");
    const auto row = [](const char *name, const std::string &answer, int seen) {
        QTest::newRow(name) << QByteArray::fromStdString(answer) << seen;
    };
    row("nobody", validatorsReply(""), 0);
    row("a null list", R"({"jsonrpc":"2.0","result":{"validators":null},"id":0})", 0);
    row("one that was not asked for", validatorsReply(validatorJson(other, kValidatorSound)), 0);
    row("the same twice",
        validatorsReply(validatorJson(own, kValidatorSound) + "," +
                        validatorJson(own, kValidatorSound)),
        1);
    row("without uptime", validatorsReply(validatorJson(own, R"("stakeAmount":"3")")), 1);
    row("an uptime beyond reason",
        validatorsReply(validatorJson(own, R"("stakeAmount":"3","uptime":"1e9")")), 1);
    row("no amount", validatorsReply(validatorJson(own, R"("stakeAmount":"-3")")), -1);
    row("a delegation that is no amount",
        validatorsReply(validatorJson(own, R"("stakeAmount":"3","delegatorWeight":"many")")), -1);
    row("an id that is none", validatorsReply(R"({"nodeID":"NodeID-x","stakeAmount":"3"})"), -1);
    row("no list", R"({"jsonrpc":"2.0","result":{},"id":0})", -1);
    row("an error", R"({"jsonrpc":"2.0","error":{"code":-32601,"message":"no"},"id":0})", -1);
    row("no JSON", "<html>", -1);
}

void TestValidators::answersAreBelievedWithinReason()
{
    QFETCH(const QByteArray, answer);
    QFETCH(const int, seen);
    ScriptedWeb web;
    const auto http = web.client();
    web.answer(kValidatorsPlatform, 200, answer.toStdString());
    const NodeId asked[] = {NodeId{}};
    const auto read = readValidators(*http, kValidatorsPlatform, asked);
    QCOMPARE(read ? static_cast<int>(read->size()) : -1, seen);
    if (read && seen == 1)
        QVERIFY(!read->front().uptime || *read->front().uptime <= 100);
    if (!read)
        QVERIFY(read.error().code == ErrorCode::Corrupt);
}

void TestValidators::publishedPassesAreRead()
{
    // The two forms in which the network publishes them.
    const auto passes = readPublishedPasses(
        R"([{"rewardEpochId":257,"dataProviderName":"A","eligibleForReward":true,)"
        R"("voterAddress":"0x8372deecfe2a7b700031ab2b455df6b02b9c0cc1","passes":3,"failures":[]},)"
        R"({"rewardEpochId":257,"eligibleForReward":false,)"
        R"("voterAddress":"0x12649c1937fbdad9bebc1246110fcafea490b8a2","passes":0}])",
        257);
    QVERIFY2(passes, passes ? "" : describe(passes.error()).c_str());
    const auto who = [](const char *text) { return ethereum::parseAddress(text).value(); };
    const std::vector<PublishedPasses> expected{
        {who("0x8372deecfe2a7b700031ab2b455df6b02b9c0cc1"), 3, true},
        {who("0x12649c1937fbdad9bebc1246110fcafea490b8a2"), 0, false}};
    QVERIFY(*passes == expected);
    const auto conditions = readPublishedPasses(
        R"([{"rewardEpochId":400,"network":"flare","passesHeld":3,"newNumberOfPasses":2,)"
        R"("voterAddress":"0x12649c1937fbdad9bebc1246110fcafea490b8a2","strikes":1,)"
        R"("eligibleForReward":true,"ftsoScaling":{"conditionMet":false}}])",
        400);
    QVERIFY(conditions && conditions->size() == 1 && conditions->front().passes == 2);
}

void TestValidators::whatIsNoPassesIsRefused_data()
{
    QTest::addColumn<QByteArray>("text");
    const QByteArray one = R"({"rewardEpochId":257,"eligibleForReward":true,"passes":3,)"
                           R"("voterAddress":"0x8372deecfe2a7b700031ab2b455df6b02b9c0cc1"})";
    const auto with = [&one](const char *from, const char *to) {
        return "[" + QByteArray(one).replace(from, to) + "]";
    };
    QTest::newRow("no JSON") << QByteArray("404: Not Found");
    QTest::newRow("no list") << one;
    QTest::newRow("another reward epoch") << with("257", "256");
    QTest::newRow("too many passes") << with(":3,", ":4,");
    QTest::newRow("a part of a pass") << with(":3,", ":1.5,");
    QTest::newRow("no address") << with("0x8372", "0x83");
    QTest::newRow("paid or not") << with("true", "\"yes\"");
    QTest::newRow("somebody twice") << "[" + one + "," + one + "]";
}

void TestValidators::whatIsNoPassesIsRefused()
{
    QFETCH(const QByteArray, text);
    const auto passes = readPublishedPasses(text.toStdString(), 257);
    QVERIFY(!passes);
    QVERIFY(passes.error().code == ErrorCode::Corrupt);
}

QTEST_GUILESS_MAIN(TestValidators)
#include "tst_validators.moc"
