// SPDX-License-Identifier: AGPL-3.0-or-later
#include "signing_fixture.h"

#include "chrona/ethereum/abi.h"

#include <QTest>

#include <random>

using namespace chrona;
using namespace chrona::keys;
using ethereum::Transaction;
using ethereum::Uint256;

class TestSigningRules : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void commitIsAllowed();
    void refusal_data();
    void refusal();
    void ratesHoldWithinAnEpoch();
    void feesOfAnEpochAreBounded();
    void dutiesDoNotMix();
    void delegationPaysNobody();
    void claimsGoToOneRecipient();
    void rulesComeBackAsTheyWere();
    void brokenRulesAreRefused_data();
    void brokenRulesAreRefused();
    void mutatedTransactionsAreRefused();
};

void TestSigningRules::commitIsAllowed()
{
    QVERIFY(judge(testRules(Duty::Submit), commitTransaction(), {}, kNow));
}

void TestSigningRules::refusal_data()
{
    using Change = std::function<void(Transaction &)>;
    QTest::addColumn<Change>("change");
    QTest::addColumn<QString>("reason");
    const auto row = [](const char *name, Change change, const char *reason) {
        QTest::newRow(name) << change << QString::fromLatin1(reason);
    };
    row("main net instead of the test net", [](Transaction &t) { t.chainId = 14; }, "network");
    row("another contract", [](Transaction &t) { (*t.to)[3] ^= 1; }, "not among");
    row("another function", [](Transaction &t) { t.data[0] ^= 1; }, "not among");
    row("a contract is created", [](Transaction &t) { t.to.reset(); }, "created");
    row("a plain transfer", [](Transaction &t) { t.data.clear(); }, "transfers");
    row("one wei goes along", [](Transaction &t) { t.value = Uint256(1); }, "value");
    row("too much gas", [](Transaction &t) { t.gasLimit = Uint256(10'000'000'000); }, "fee");
    row(
        "a gas price that wraps the product",
        [](Transaction &t) { t.maxFeePerGas = Uint256(1) << 200; }, "beyond all reason");
    row(
        "a legacy price beyond reason",
        [](Transaction &t) {
            t.type = ethereum::TransactionType::Legacy;
            t.gasPrice = Uint256(1) << 100;
        },
        "beyond all reason");
    row(
        "more call data than any submission", [](Transaction &t) { t.data.resize(9'000); },
        "bytes of call data");
    row("an access list", [](Transaction &t) { t.accessList.push_back({}); }, "access lists");
}

void TestSigningRules::refusal()
{
    QFETCH(std::function<void(Transaction &)>, change);
    QFETCH(QString, reason);
    Transaction transaction = commitTransaction();
    change(transaction);
    const Status verdict = judge(testRules(Duty::Submit), transaction, {}, kNow);
    QVERIFY(!verdict);
    QVERIFY(verdict.error().code == ErrorCode::Denied);
    QVERIFY2(QString::fromStdString(verdict.error().what).contains(reason),
             verdict.error().what.c_str());
}

void TestSigningRules::ratesHoldWithinAnEpoch()
{
    const SigningRules rules = testRules(Duty::Submit);
    SigningHistory history;
    Transaction transaction = commitTransaction();
    transaction.maxFeePerGas = Uint256(1);
    for (std::uint32_t times = 0; times < rules.calls.front().perEpochMax; ++times) {
        QVERIFY(judge(rules, transaction, history, kNow));
        history.add(rules, transaction, kNow);
    }
    QVERIFY(!judge(rules, transaction, history, kNow));
    QVERIFY(judge(rules, transaction, history, kNow + std::chrono::seconds(90)));
}

void TestSigningRules::feesOfAnEpochAreBounded()
{
    SigningRules rules = testRules(Duty::Submit);
    const Transaction transaction = commitTransaction();
    rules.feePerEpochMax = feeOf(transaction) + feeOf(transaction);
    SigningHistory history;
    history.add(rules, transaction, kNow);
    QVERIFY(judge(rules, transaction, history, kNow));
    history.add(rules, transaction, kNow);
    QVERIFY(!judge(rules, transaction, history, kNow));
}

void TestSigningRules::dutiesDoNotMix()
{
    const Transaction commit = commitTransaction();
    QVERIFY(!judge(testRules(Duty::SubmitSignatures), commit, {}, kNow));
    QVERIFY(!judge(testRules(Duty::SigningPolicy), commit, {}, kNow));
    QVERIFY(testRules(Duty::Submit).messages.empty());
    QVERIFY(!rulesFor("ethereum", Duty::Submit, testContracts()));
}

void TestSigningRules::delegationPaysNobody()
{
    SigningRules rules = testRules(Duty::Delegation);
    Transaction transaction = commitTransaction();
    transaction.to = testContracts().wrappedCoin;
    const auto calling = [&transaction](const char *function) -> Transaction & {
        const auto selector = ethereum::parseAbiSignature(function)->selector();
        transaction.data.assign(selector.begin(), selector.end());
        return transaction;
    };
    for (const char *function : {"deposit()", "withdraw(uint256)",
                                 "batchDelegate(address[],uint256[])", "undelegateAll()"})
        QVERIFY2(judge(rules, calling(function), {}, kNow), function);
    for (const char *function : {"transfer(address,uint256)", "approve(address,uint256)",
                                 "transferFrom(address,address,uint256)",
                                 "withdrawFrom(address,uint256)", "depositTo(address)"})
        QVERIFY2(!judge(rules, calling(function), {}, kNow), function);
    // Nothing is wrapped unless that was allowed when the key was enrolled.
    calling("deposit()").value = Uint256(1);
    QVERIFY(!judge(rules, transaction, {}, kNow));
    rules.valueMax = Uint256(1);
    QVERIFY(judge(rules, transaction, {}, kNow));
    NetworkContracts unnamed;
    QVERIFY(rulesFor("coston2", Duty::Delegation, unnamed).error().code == ErrorCode::InvalidInput);
}

void TestSigningRules::claimsGoToOneRecipient()
{
    const SigningRules rules = testRules(Duty::Claims);
    Transaction transaction = commitTransaction();
    transaction.to = testContracts().rewardManager;
    const auto function = ethereum::parseAbiSignature(
        "claim(address,address,uint24,bool,(bytes32[],(uint24,bytes20,uint120,uint8))[])");
    const auto claimFor = [&](const ethereum::Address &recipient) {
        const ethereum::AbiValue values[] = {testContracts().relay, recipient, std::uint64_t{9},
                                             std::uint64_t{1}, std::vector<ethereum::AbiValue>{}};
        transaction.data = ethereum::encodeCall(*function, values).value();
        return judge(rules, transaction, {}, kNow);
    };
    QVERIFY(claimFor(testContracts().claimRecipient));
    ethereum::Address thief = testContracts().claimRecipient;
    thief.back() ^= 1;
    const Status refused = claimFor(thief);
    QVERIFY(!refused);
    QVERIFY2(refused.error().what.contains("argument 2"), refused.error().what.c_str());
    // Too short to have that argument, or with something in the word's upper bytes.
    transaction.data.resize(4 + 32 + 20);
    QVERIFY(!judge(rules, transaction, {}, kNow));
    QVERIFY(claimFor(testContracts().claimRecipient));
    transaction.data[4 + 32] = 1;
    QVERIFY(!judge(rules, transaction, {}, kNow));
    NetworkContracts nobody = testContracts();
    nobody.claimRecipient = {};
    QVERIFY(rulesFor("coston2", Duty::Claims, nobody).error().code == ErrorCode::InvalidInput);
}

void TestSigningRules::rulesComeBackAsTheyWere()
{
    for (const Duty duty : {Duty::Submit, Duty::SubmitSignatures, Duty::SigningPolicy,
                            Duty::Delegation, Duty::Claims}) {
        const SigningRules rules = testRules(duty);
        const auto back = rulesFromJson(toJson(rules));
        QVERIFY(back);
        QVERIFY(*back == rules);
    }
}

void TestSigningRules::brokenRulesAreRefused_data()
{
    QTest::addColumn<QByteArray>("from");
    QTest::addColumn<QByteArray>("to");
    QTest::newRow("no object") << QByteArray("{") << QByteArray("[");
    QTest::newRow("unknown network") << QByteArray("coston2") << QByteArray("coston9");
    QTest::newRow("selector of three bytes")
        << QByteArray("\"selector\":\"0x6c") << QByteArray("\"selector\":\"0x");
    QTest::newRow("amount with a sign")
        << QByteArray("\"fee_max_wei\":\"5") << QByteArray("\"fee_max_wei\":\"-5");
    QTest::newRow("rate without end")
        << QByteArray("\"per_epoch\":6") << QByteArray("\"per_epoch\":0");
    QTest::newRow("a restriction that is no list")
        << QByteArray("\"per_epoch\":6") << QByteArray("\"fixed\":{},\"per_epoch\":6");
    QTest::newRow("a restriction without its value")
        << QByteArray("\"per_epoch\":6") << QByteArray("\"fixed\":[{\"word\":1}],\"per_epoch\":6");
}

void TestSigningRules::brokenRulesAreRefused()
{
    QFETCH(QByteArray, from);
    QFETCH(QByteArray, to);
    QByteArray text = QByteArray::fromStdString(toJson(testRules(Duty::Submit)));
    QVERIFY2(text.contains(from), text.constData());
    text.replace(from, to);
    QVERIFY(!rulesFromJson(text.toStdString()));
}

/// A hundred thousand variations of what is allowed: whatever still decodes and differs in anything
/// that rules look at is refused.
void TestSigningRules::mutatedTransactionsAreRefused()
{
    const SigningRules rules = testRules(Duty::Submit);
    const Transaction allowed = commitTransaction();
    const ethereum::Bytes payload = ethereum::signingPayload(allowed);
    std::mt19937 random(11);
    int refused = 0, broken = 0, harmless = 0;
    for (int round = 0; round < 100'000; ++round) {
        ethereum::Bytes mutated = payload;
        const int flips = 1 + static_cast<int>(random() % 3);
        for (int flip = 0; flip < flips; ++flip)
            mutated[random() % mutated.size()] ^= static_cast<std::uint8_t>(1 + random() % 255);
        const auto decoded = ethereum::decodeUnsigned(mutated);
        if (!decoded) {
            ++broken;
            continue;
        }
        const Status verdict = judge(rules, *decoded, {}, kNow);
        const bool sameCall =
            decoded->chainId == allowed.chainId && decoded->to == allowed.to &&
            decoded->value.isZero() && decoded->accessList.empty() && decoded->data.size() >= 4 &&
            std::equal(allowed.data.begin(), allowed.data.begin() + 4, decoded->data.begin()) &&
            feeOf(*decoded) <= rules.feeMax;
        if (verdict) {
            // Only nonce, tip, a fee below the limit and the payload itself may differ.
            QVERIFY2(sameCall, ethereum::toHex(mutated).c_str());
            ++harmless;
        } else {
            ++refused;
        }
    }
    qInfo("%d refused, %d undecodable, %d within the rules", refused, broken, harmless);
    QVERIFY(refused > 20'000);
}

QTEST_GUILESS_MAIN(TestSigningRules)
#include "tst_signing_rules.moc"
