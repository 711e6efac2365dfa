// SPDX-License-Identifier: AGPL-3.0-or-later
#include "duty_stage.h"

#include "chrona/flare/epoch_duties.h"

#include <format>

using namespace chrona;
using namespace chrona::flare;

namespace {

constexpr std::uint32_t kEnded = kTestEpoch - 1;

std::span<const std::byte> stored(ByteView bytes)
{
    return std::as_bytes(bytes);
}

std::vector<ftso::RewardClaim> claimsFor(const TestProvider &provider, std::uint64_t fee,
                                         std::uint64_t delegators)
{
    Address other{};
    other.fill(0x3C);
    return {{provider.identity, Uint256(fee), ftso::ClaimType::Fee},
            {provider.delegation, Uint256(delegators), ftso::ClaimType::WNat},
            {other, Uint256(7'000), ftso::ClaimType::Direct},
            {other, Uint256(8'000), ftso::ClaimType::Mirror}};
}

/// As a network publishes it, without the proofs, which nobody needs here.
std::string document(std::uint32_t epoch, std::span<const ftso::RewardClaim> claims,
                     std::optional<Bytes32> root = {}, std::uint64_t weightBased = 2)
{
    std::string list;
    for (const ftso::RewardClaim &each : claims)
        list += std::format("{}[[],[{},\"{}\",\"{}\",{}]]", list.empty() ? "" : ",", epoch,
                            ethereum::toHex(each.beneficiary), each.amount.toString(),
                            static_cast<int>(each.type));
    return std::format("{{\"rewardEpochId\":{},\"rewardClaims\":[{}],\"noOfWeightBasedClaims\":{},"
                       "\"merkleRoot\":\"{}\"}}",
                       epoch, list, weightBased,
                       ethereum::toHex(root.value_or(*ftso::claimTree(epoch, claims).root())));
}

} // namespace

/// Rewards of a reward epoch are signed once, where those who publish them agree and what they say
/// holds together.
class TestRewardSigning : public QObject, private DutyStage {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void signsWhatAllPublishOnce();
    void nothingBeforeUptimeIsSettled();
    void nothingWhereNobodyIsNamed();
    void whatDoesNotHoldTogetherIsNotSigned_data();
    void whatDoesNotHoldTogetherIsNotSigned();
    void lessThanItsRoundsEarnedIsNotSigned();
    void whatIsBurntIsSigned();

private:
    /// Another process each time: what was said is known from the database alone.
    Status stepAnew()
    {
        m_time += 100;
        m_signing->now = m_time;
        EpochDuties::Options options{.setup = *networkSetup("coston2"),
                                     .chain = m_chain,
                                     .identity = m_world->providers[0].identity,
                                     .contracts = m_contracts};
        if (!m_texts.empty())
            options.published = [this](std::uint32_t epoch) -> Result<std::vector<std::string>> {
                m_asked.push_back(epoch);
                return m_texts;
            };
        return EpochDuties(*m_client, *m_signing, std::move(options)).step(*m_connection, m_time);
    }
    [[nodiscard]] std::int64_t said()
    {
        return m_connection
            ->query("SELECT count(*) FROM chrona_oracle.outgoing WHERE chain_id = $1 AND purpose = "
                    "$2",
                    {m_chain, static_cast<std::int16_t>(Purpose::SignRewards)})
            ->first()
            .int64(0);
    }
    void settleUptime()
    {
        Bytes32 hash{};
        hash.fill(0x22);
        const ethereum::AbiValue settled[] = {std::uint64_t{kEnded}, hash};
        tell("setUptimeVoteHash(uint256,bytes32)", settled);
    }
    /// Every round of the epoch was computed here, and earned this provider so much in all.
    void earn(std::int64_t wei);
    [[nodiscard]] const TestProvider &self() const { return m_world->providers[0]; }

    std::vector<std::string> m_texts;
    std::vector<std::uint32_t> m_asked;
    Seconds m_time = 0;
};

void TestRewardSigning::init()
{
    openDuties();
    m_time = m_node->now();
    m_texts.clear();
    m_asked.clear();
}

void TestRewardSigning::earn(std::int64_t wei)
{
    const auto setup = *networkSetup("coston2");
    const std::int64_t rounds = setup.timing.rewardEpochRounds;
    const RoundId first = ftso::expectedFirstRound(setup.timing, kEnded);
    QVERIFY(m_connection->exec(
        "INSERT INTO chrona_oracle.round (chain_id, round, reward_epoch, voters, commits, reveals, "
        "offenders, is_secure, is_whole, is_closed, last_block, is_rewarded) "
        "SELECT $1, n, $4, 5, 5, 5, 0, true, true, true, 1, true "
        "FROM generate_series($2::int8, $2::int8 + $3::int8 - 1) AS n",
        {m_chain, first, rounds, std::int64_t{kEnded}}));
    const std::string feed(21, '\1');
    QVERIFY(m_connection->exec(
        "INSERT INTO chrona_oracle.round_reward (chain_id, round, reward_epoch, identity, feed_id, "
        "accuracy, penalty, signing) VALUES ($1, $2, $3, $4, $5, $6::int8 + 50, -50, 9)",
        {m_chain, first, std::int64_t{kEnded}, stored(self().identity),
         std::as_bytes(std::span(feed)), wei}));
    QVERIFY(m_connection->exec(
        "INSERT INTO chrona_oracle.delegation (chain_id, reward_epoch, identity, submit, "
        "submit_signatures, signing_policy, delegation, fee_bips, vote_power, capped_vote_power, "
        "registration_weight, signing_weight) "
        "VALUES ($1, $2, $3, $3, $3, $3, $4, 2000, 1, 1, 1, 1)",
        {m_chain, std::int64_t{kEnded}, stored(self().identity),
         stored(self().delegation)}));
}

void TestRewardSigning::signsWhatAllPublishOnce()
{
    settleUptime();
    const auto claims = claimsFor(self(), 300, 700);
    m_texts = {document(kEnded, claims), document(kEnded, claims)};
    earn(1'000); // and other protocols add nothing
    for (int times = 0; times < 3; ++times) {
        const Status done = stepAnew();
        QVERIFY2(done, done ? "" : describe(done.error()).c_str());
    }
    QCOMPARE(said(), std::int64_t{1});
    const ethereum::AbiValue epoch[] = {std::uint64_t{kEnded}};
    QCOMPARE(number("rewardSignatures(uint256)", epoch), 2U);
    QVERIFY(view("lastRewards()", {}) == *ftso::claimTree(kEnded, claims).root());
    const Bytes32 signer = view("lastSigner()", {});
    QVERIFY(std::ranges::equal(std::span(signer).subspan(12), self().signing()));
    QVERIFY(std::ranges::all_of(m_asked, [](std::uint32_t each) { return each == kEnded; }));
}

void TestRewardSigning::nothingBeforeUptimeIsSettled()
{
    m_texts = {document(kEnded, claimsFor(self(), 1, 2))};
    QVERIFY(stepAnew());
    QCOMPARE(said(), std::int64_t{0});
    QVERIFY(m_asked.empty());
    // Nor once enough others have signed.
    settleUptime();
    Bytes32 root{};
    root.fill(0x33);
    const ethereum::AbiValue settled[] = {std::uint64_t{kEnded}, root};
    tell("setRewardsHash(uint256,bytes32)", settled);
    QVERIFY(stepAnew());
    QCOMPARE(said(), std::int64_t{0});
    QVERIFY(m_asked.empty());
}

void TestRewardSigning::nothingWhereNobodyIsNamed()
{
    settleUptime();
    const Status done = stepAnew();
    QVERIFY2(done, done ? "" : describe(done.error()).c_str());
    QCOMPARE(said(), std::int64_t{0});
}

void TestRewardSigning::whatDoesNotHoldTogetherIsNotSigned_data()
{
    const TestProvider provider = makeProvider(0x11);
    const auto claims = claimsFor(provider, 300, 700), others = claimsFor(provider, 301, 700);
    QTest::addColumn<QList<std::string>>("texts");
    QTest::newRow("a root that does not follow from the claims") << QList<std::string>{
        document(kEnded, claims, *ftso::claimTree(kEnded, others).root())};
    QTest::newRow("a wrong count") << QList<std::string>{document(kEnded, claims, {}, 3)};
    QTest::newRow("two that differ")
        << QList<std::string>{document(kEnded, claims), document(kEnded, others)};
    QTest::newRow("another epoch") << QList<std::string>{document(kEnded - 1, claims)};
    QTest::newRow("no root") << QList<std::string>{
        std::format("{{\"rewardEpochId\":{},\"rewardClaims\":[[[],[{},\"{}\",\"5\",1]]]}}", kEnded,
                    kEnded, ethereum::toHex(provider.identity))};
    QTest::newRow("no document") << QList<std::string>{"404: Not Found"};
}

void TestRewardSigning::whatDoesNotHoldTogetherIsNotSigned()
{
    QFETCH(QList<std::string>, texts);
    settleUptime();
    m_texts.assign(texts.begin(), texts.end());
    const Status done = stepAnew();
    QVERIFY(!done);
    QVERIFY(done.error().code == ErrorCode::Corrupt);
    QCOMPARE(said(), std::int64_t{0});
}

void TestRewardSigning::lessThanItsRoundsEarnedIsNotSigned()
{
    settleUptime();
    m_texts = {document(kEnded, claimsFor(self(), 300, 699))};
    earn(1'000);
    const Status done = stepAnew();
    QVERIFY(!done);
    QVERIFY2(done.error().code == ErrorCode::Denied, describe(done.error()).c_str());
    QCOMPARE(said(), std::int64_t{0});
}

void TestRewardSigning::whatIsBurntIsSigned()
{
    settleUptime();
    auto claims = claimsFor(self(), 300, 700);
    claims.erase(claims.begin(), claims.begin() + 2);
    m_texts = {document(kEnded, claims, {}, 1)};
    earn(1'000);
    const Status done = stepAnew();
    QVERIFY2(done, done ? "" : describe(done.error()).c_str());
    QCOMPARE(said(), std::int64_t{1});
}

QTEST_GUILESS_MAIN(TestRewardSigning)
#include "tst_reward_signing.moc"
