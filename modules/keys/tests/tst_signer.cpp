// SPDX-License-Identifier: AGPL-3.0-or-later
#include "signing_fixture.h"

#include <QTest>

#include <random>

using namespace chrona;
using namespace chrona::keys;

class TestSigner : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void transactionIsSignedByItsKey();
    void refusalsSayWhyAndAreAudited();
    void roundIsSignedOnceOnly();
    void roundSignedBeforeARestartHolds();
    void roundHoldsUnderAnotherName();
    void foreignNamesForgeNoAudit();
    void roundThatCannotBeKeptIsNotSigned();
    void farRoundsAreRefused();
    void messagesNeedTheirDuty();
    void otherPolicyForAnEpochIsRefused();
    void otherRewardsForAnEpochAreRefused();
    void everyMessageComesBack_data();
    void everyMessageComesBack();
    void cutAndForeignMessagesAreRefused();
    void mutatedRequestsAreAllRefused();

private:
    std::vector<std::string> m_audit;
    std::vector<SignedRound> m_kept;
    bool m_diskFull = false;

    Signer make(Duty duty, const std::vector<SignedRound> &before = {})
    {
        m_audit.clear();
        m_kept.clear();
        std::vector<SigningKey> keys;
        keys.push_back({"key", testKey(), testRules(duty)});
        return Signer(std::move(keys), before,
                      {[this](const SignedRound &round) -> Status {
                           if (m_diskFull)
                               return fail(ErrorCode::Exhausted, "the disk is full");
                           m_kept.push_back(round);
                           return {};
                       },
                       [this](const std::string &line) { m_audit.push_back(line); }});
    }
};

namespace {

RoundRequest roundResult(std::uint8_t root)
{
    const SigningRules rules = testRules(Duty::SigningPolicy);
    RoundRequest request{.key = "key", .result = {}};
    request.result.votingRoundId = static_cast<std::uint32_t>(votingEpochAt(rules, kNow) - 1);
    request.result.merkleRoot.fill(root);
    return request;
}

using Lot = std::mt19937;

std::uint8_t otherThan(std::uint8_t byte, Lot &lot)
{
    return static_cast<std::uint8_t>(byte ^ (1 + lot() % 255));
}

/// A commit that the rules allow, made into one that they do not: in what it calls, where, on which
/// chain, with what it carries or costs, or by which key. Several at once, often.
TransactionRequest spoilt(Lot &lot)
{
    TransactionRequest request{"key", {}};
    ethereum::Transaction transaction = commitTransaction();
    for (auto faults = 1 + lot() % 3; faults > 0; --faults)
        switch (lot() % 9) {
        case 0: transaction.chainId = 115 + lot(); break;
        case 1:
            if (transaction.to)
                transaction.to->at(lot() % 20) = otherThan(0x2c, lot);
            transaction.to->at(0) = otherThan(0x2c, lot);
            break;
        case 2:
            if (transaction.data.size() >= 4)
                transaction.data[3] = static_cast<std::uint8_t>(0xB0 + lot() % 16);
            break;
        case 3: transaction.value = ethereum::Uint256(1 + lot()); break;
        case 4: transaction.gasLimit = ethereum::Uint256(1) << (40U + lot() % 50); break;
        case 5: transaction.maxFeePerGas = ethereum::Uint256(1) << (60U + lot() % 190); break;
        case 6: transaction.data.resize(lot() % 2 ? lot() % 4 : 9'000 + lot() % 9'000); break;
        case 7: transaction.accessList.push_back({}); break;
        default: request.key = "key" + std::to_string(lot() % 1'000); break;
        }
    request.unsignedPayload = ethereum::signingPayload(transaction);
    return request;
}

ErrorCode refusalOf(const SigningReply &reply)
{
    const auto *refused = std::get_if<RefusedReply>(&reply);
    return refused ? refused->code : ErrorCode::Conflict;
}

} // namespace

void TestSigner::transactionIsSignedByItsKey()
{
    Signer signer = make(Duty::Submit);
    const auto reply = signer.answer(
        TransactionRequest{"key", ethereum::signingPayload(commitTransaction())}, kNow);
    const auto *made = std::get_if<SignedTransactionReply>(&reply);
    QVERIFY(made);
    const auto decoded = ethereum::decodeSigned(made->raw);
    QVERIFY(decoded);
    QVERIFY(decoded->transaction == commitTransaction());
    QVERIFY(decoded->from == ethereum::addressOf(testKey()));
}

void TestSigner::refusalsSayWhyAndAreAudited()
{
    Signer signer = make(Duty::Submit);
    ethereum::Transaction theft = commitTransaction();
    theft.value = ethereum::Uint256(1);
    QVERIFY(refusalOf(signer.answer(TransactionRequest{"key", ethereum::signingPayload(theft)},
                                    kNow)) == ErrorCode::Denied);
    QVERIFY(refusalOf(signer.answer(TransactionRequest{"other", {}}, kNow)) == ErrorCode::NotFound);
    QCOMPARE(m_audit.size(), std::size_t{2});
    QVERIFY(m_audit[0].contains("transaction key refused: the value carried"));
}

void TestSigner::roundIsSignedOnceOnly()
{
    Signer signer = make(Duty::SigningPolicy);
    const auto reply = signer.answer(roundResult(1), kNow);
    const auto *made = std::get_if<SignatureReply>(&reply);
    QVERIFY(made);
    QCOMPARE(ethereum::recoverSigner(made->signature,
                                     ethereum::personalDigest(ftso::hashOf(roundResult(1).result)))
                 .value(),
             ethereum::addressOf(testKey()));
    QCOMPARE(m_kept.size(), std::size_t{1});
    QVERIFY(signer.answer(roundResult(1), kNow) == reply); // the same again is no harm
    QCOMPARE(m_kept.size(), std::size_t{1});
    QVERIFY(refusalOf(signer.answer(roundResult(2), kNow)) == ErrorCode::Denied);
}

void TestSigner::roundSignedBeforeARestartHolds()
{
    Signer first = make(Duty::SigningPolicy);
    (void)first.answer(roundResult(1), kNow);
    const std::vector<SignedRound> kept = m_kept;
    Signer second = make(Duty::SigningPolicy, kept);
    QVERIFY(refusalOf(second.answer(roundResult(2), kNow)) == ErrorCode::Denied);
}

/// A key that was enrolled again, or twice, is one key; on another chain the rounds are others.
void TestSigner::roundHoldsUnderAnotherName()
{
    Signer first = make(Duty::SigningPolicy);
    (void)first.answer(roundResult(1), kNow);
    std::vector<SignedRound> kept = m_kept;
    QCOMPARE(kept.size(), std::size_t{1});
    QVERIFY(kept.front().key.ends_with("/114"));
    const auto again = [&](const SigningRules &rules) {
        std::vector<SigningKey> keys;
        keys.push_back({"renamed", testKey(), rules});
        keys.push_back({"twin", testKey(), rules});
        return Signer(std::move(keys), kept,
                      {[](const SignedRound &) { return Status(); }, [](const std::string &) {}});
    };
    Signer second = again(testRules(Duty::SigningPolicy));
    const auto by = [](const char *name, std::uint8_t root, std::uint32_t later = 0) {
        RoundRequest request = roundResult(root);
        request.key = name;
        request.result.votingRoundId += later;
        return request;
    };
    QVERIFY(refusalOf(second.answer(by("renamed", 2), kNow)) == ErrorCode::Denied);
    QVERIFY(!std::holds_alternative<RefusedReply>(second.answer(by("renamed", 1), kNow)));
    QVERIFY(!std::holds_alternative<RefusedReply>(second.answer(by("twin", 1, 1), kNow)));
    QVERIFY(refusalOf(second.answer(by("renamed", 2, 1), kNow)) == ErrorCode::Denied);
    SigningRules elsewhere = rulesFor("flare", Duty::SigningPolicy, testContracts()).value();
    Signer third = again(elsewhere);
    QVERIFY(!std::holds_alternative<RefusedReply>(third.answer(by("renamed", 2), kNow)));
    // Ledgers of before have names.
    kept.front().key = "renamed";
    Signer fourth = again(testRules(Duty::SigningPolicy));
    QVERIFY(refusalOf(fourth.answer(by("renamed", 2), kNow)) == ErrorCode::Denied);
}

void TestSigner::foreignNamesForgeNoAudit()
{
    Signer signer = make(Duty::Submit);
    const TransactionRequest forged{"x\n2026-11-26T00:00:00Z transaction key signed 0x00", {}};
    QVERIFY(refusalOf(signer.answer(forged, kNow)) == ErrorCode::NotFound);
    QCOMPARE(m_audit.size(), std::size_t{1});
    QVERIFY2(!m_audit[0].contains('\n') && m_audit[0].contains("transaction ? refused"),
             m_audit[0].c_str());
}

void TestSigner::roundThatCannotBeKeptIsNotSigned()
{
    Signer signer = make(Duty::SigningPolicy);
    m_diskFull = true;
    QVERIFY(refusalOf(signer.answer(roundResult(1), kNow)) == ErrorCode::Exhausted);
    m_diskFull = false;
    QVERIFY(std::holds_alternative<SignatureReply>(signer.answer(roundResult(2), kNow)));
}

void TestSigner::farRoundsAreRefused()
{
    Signer signer = make(Duty::SigningPolicy);
    RoundRequest far = roundResult(1);
    far.result.votingRoundId += 1'000;
    QVERIFY(refusalOf(signer.answer(far, kNow)) == ErrorCode::Denied);
}

void TestSigner::messagesNeedTheirDuty()
{
    Signer signer = make(Duty::Submit);
    QVERIFY(refusalOf(signer.answer(roundResult(1), kNow)) == ErrorCode::Denied);
    QVERIFY(refusalOf(signer.answer(UptimeRequest{"key", 5}, kNow)) == ErrorCode::Denied);
    QVERIFY(refusalOf(signer.answer(RegistrationRequest{"key", 5, {}}, kNow)) == ErrorCode::Denied);
    QVERIFY(refusalOf(signer.answer(RewardsRequest{"key", 5, {}, {}}, kNow)) == ErrorCode::Denied);
}

void TestSigner::otherRewardsForAnEpochAreRefused()
{
    Signer signer = make(Duty::SigningPolicy);
    RewardsRequest request{
        .key = "key", .rewardEpoch = 300, .weightBased = {{114, 7}}, .merkleRoot = {}};
    request.merkleRoot.fill(1);
    const auto reply = signer.answer(request, kNow);
    QVERIFY(std::get_if<SignatureReply>(&reply));
    QVERIFY(signer.answer(request, kNow) == reply);
    RewardsRequest counted = request;
    counted.weightBased[0].count = 8;
    QVERIFY(refusalOf(signer.answer(counted, kNow)) == ErrorCode::Denied);
    request.merkleRoot.fill(2);
    QVERIFY(refusalOf(signer.answer(request, kNow)) == ErrorCode::Denied);
    request.rewardEpoch = 301;
    QVERIFY(std::holds_alternative<SignatureReply>(signer.answer(request, kNow)));
}

void TestSigner::otherPolicyForAnEpochIsRefused()
{
    Signer signer = make(Duty::SigningPolicy);
    PolicyRequest policy{"key", 7, {}};
    QVERIFY(std::holds_alternative<SignatureReply>(signer.answer(policy, kNow)));
    policy.policyHash.fill(3);
    QVERIFY(refusalOf(signer.answer(policy, kNow)) == ErrorCode::Denied);
}

void TestSigner::everyMessageComesBack_data()
{
    QTest::addColumn<SigningRequest>("request");
    QTest::newRow("transaction") << SigningRequest(TransactionRequest{"a", {1, 2, 3}});
    QTest::newRow("round") << SigningRequest(roundResult(4));
    QTest::newRow("registration") << SigningRequest(RegistrationRequest{"k", 77, {9}});
    QTest::newRow("policy") << SigningRequest(PolicyRequest{"k", 78, {8}});
    QTest::newRow("uptime") << SigningRequest(UptimeRequest{"k", 79});
    QTest::newRow("rewards") << SigningRequest(RewardsRequest{"k", 80, {{14, 3}, {19, 5}}, {7}});
    QTest::newRow("keys") << SigningRequest(KeysRequest{});
}

void TestSigner::everyMessageComesBack()
{
    QFETCH(SigningRequest, request);
    const ethereum::Bytes bytes = encode(request);
    const auto back = decodeRequest(bytes);
    QVERIFY(back);
    QCOMPARE(encode(*back), bytes);
    for (std::size_t size = 0; size < bytes.size(); ++size)
        QVERIFY(!decodeRequest(ethereum::ByteView(bytes).first(size)));
    ethereum::Bytes longer = bytes;
    longer.push_back(0);
    QVERIFY(!decodeRequest(longer));
}

void TestSigner::cutAndForeignMessagesAreRefused()
{
    std::mt19937 random(5);
    for (int times = 0; times < 20'000; ++times) {
        ethereum::Bytes bytes(random() % 80);
        for (std::uint8_t &byte : bytes)
            byte = static_cast<std::uint8_t>(random());
        if (const auto decoded = decodeRequest(bytes))
            QCOMPARE(encode(*decoded), bytes); // whatever is accepted has one form only
    }
    const SigningReply replies[] = {SignedTransactionReply{{1, 2}, {3}}, SignatureReply{},
                                    KeysReply{{{"k", {1}, 114}}}, RefusedReply{}};
    for (const SigningReply &reply : replies)
        QVERIFY(decodeReply(encode(reply)).value() == reply);
}

/// As chronad would ask it, byte for byte, if it had been taken over.
void TestSigner::mutatedRequestsAreAllRefused()
{
    constexpr int kRequests = 100'000;
    Signer signer = make(Duty::Submit);
    Lot lot(19);
    int refused = 0;
    for (int i = 0; i < kRequests; ++i) {
        const auto request = decodeRequest(encode(SigningRequest(spoilt(lot))));
        QVERIFY(request);
        const SigningReply reply = signer.answer(*request, kNow);
        refused += std::holds_alternative<RefusedReply>(reply) ? 1 : 0;
        QVERIFY2(refused == i + 1, qPrintable(QString::number(i)));
    }
    QCOMPARE(m_audit.size(), std::size_t{kRequests}); // a line for each of them
    // And the one that is allowed still is.
    const auto allowed = signer.answer(
        TransactionRequest{"key", ethereum::signingPayload(commitTransaction())}, kNow);
    QVERIFY(std::holds_alternative<SignedTransactionReply>(allowed));
}

QTEST_GUILESS_MAIN(TestSigner)
#include "tst_signer.moc"
