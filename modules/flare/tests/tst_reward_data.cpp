// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/flare/reward_data.h"

#include <QTest>

#include <random>

using namespace chrona;
using namespace chrona::flare;

namespace {

constexpr const char *kHash = "0x1111111111111111111111111111111111111111111111111111111111111111";
constexpr const char *kOwner = "0x2222222222222222222222222222222222222222";

std::string whole(const std::string &claims)
{
    return "{\"rewardEpochId\":300,\"rewardClaims\":[" + claims + "]}";
}

std::string withBody(const std::string &body)
{
    return whole("{\"merkleProof\":[\"" + std::string(kHash) + "\"],\"body\":" + body + "}");
}

std::string body(const char *epoch, const char *amount, const char *kind)
{
    return std::string("{\"rewardEpochId\":") + epoch + ",\"beneficiary\":\"" + kOwner +
           "\",\"amount\":" + amount + ",\"claimType\":" + kind + "}";
}

} // namespace

class TestRewardData : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsItsForms_data();
    void readsItsForms();
    void refuses_data();
    void refuses();
    void keepsWhatNeedsAProof();
    void mutatedTextsAreReadOrRefused();
};

void TestRewardData::readsItsForms_data()
{
    QTest::addColumn<std::string>("text");
    const std::string good = body("300", "\"123456789012345678901\"", "1");
    QTest::newRow("with a body") << withBody(good);
    QTest::newRow("flat") << whole(good.substr(0, good.size() - 1) + ",\"merkleProof\":[\"" +
                                   kHash + "\"]}");
    QTest::newRow("as the contract takes it") << whole(std::string("[[\"") + kHash + "\"],[300,\"" +
                                                       kOwner + "\",\"123456789012345678901\",1]]");
}

void TestRewardData::readsItsForms()
{
    QFETCH(std::string, text);
    const auto data = readRewardData(text);
    QVERIFY2(data, data ? "" : describe(data.error()).c_str());
    QCOMPARE(data->rewardEpoch, 300U);
    QCOMPARE(data->claims.size(), std::size_t{1});
    const ProvenClaim &claim = data->claims.front();
    QCOMPARE(claim.claim.amount.toString(), std::string("123456789012345678901"));
    QVERIFY(claim.claim.type == ftso::ClaimType::Fee);
    QCOMPARE(ethereum::toHex(claim.claim.beneficiary), std::string(kOwner));
    QCOMPARE(claim.proof.size(), std::size_t{1});
}

void TestRewardData::refuses_data()
{
    QTest::addColumn<std::string>("text");
    QTest::newRow("nothing") << std::string();
    QTest::newRow("a list") << std::string("[]");
    QTest::newRow("no claims") << std::string("{\"rewardEpochId\":300}");
    QTest::newRow("no epoch") << std::string("{\"rewardClaims\":[]}");
    QTest::newRow("a claim of another epoch") << withBody(body("299", "\"5\"", "1"));
    QTest::newRow("a negative amount") << withBody(body("300", "\"-5\"", "1"));
    QTest::newRow("an amount with a point") << withBody(body("300", "5.5", "1"));
    QTest::newRow("a number that has lost digits") << withBody(body("300", "1e30", "1"));
    QTest::newRow("more than the contract holds")
        << withBody(body("300", "\"1329227995784915872903807060280344576\"", "1"));
    QTest::newRow("a kind that there is not") << withBody(body("300", "\"5\"", "5"));
    QTest::newRow("an epoch beyond its numbers")
        << std::string("{\"rewardEpochId\":16777216,\"rewardClaims\":[]}");
    QTest::newRow("no proof") << whole("{\"body\":" + body("300", "\"5\"", "1") + "}");
    QTest::newRow("half a hash") << whole(
        "{\"merkleProof\":[\"0x11\"],\"body\":" + body("300", "\"5\"", "1") + "}");
}

void TestRewardData::refuses()
{
    QFETCH(std::string, text);
    const auto data = readRewardData(text);
    QVERIFY(!data);
    QVERIFY(data.error().code == ErrorCode::Corrupt);
}

void TestRewardData::keepsWhatNeedsAProof()
{
    std::string claims;
    for (const char *kind : {"0", "1", "2", "3", "4"})
        claims += std::string(claims.empty() ? "" : ",") +
                  "{\"merkleProof\":[],\"body\":" + body("300", "7", kind) + "}";
    const auto data = readRewardData(whole(claims));
    QVERIFY(data);
    const auto owner = ethereum::parseAddress(kOwner);
    QCOMPARE(claimsOf(*data, *owner).size(), std::size_t{2});
    QVERIFY(claimsOf(*data, Address{}).empty());
}

void TestRewardData::mutatedTextsAreReadOrRefused()
{
    const std::string good = withBody(body("300", "\"5\"", "1"));
    std::minstd_rand lot(5);
    int refused = 0;
    for (int i = 0; i < 20'000; ++i) {
        std::string text = good;
        for (auto changes = 1 + lot() % 3; changes > 0; --changes)
            text[lot() % text.size()] = static_cast<char>(lot() % 256);
        const auto data = readRewardData(text);
        refused += data ? 0 : 1;
        if (data)
            for (const ProvenClaim &claim : data->claims)
                QVERIFY(claim.rewardEpoch == data->rewardEpoch);
    }
    QVERIFY(refused > 1'000);
}

QTEST_GUILESS_MAIN(TestRewardData)
#include "tst_reward_data.moc"
