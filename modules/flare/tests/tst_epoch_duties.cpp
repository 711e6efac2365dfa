// SPDX-License-Identifier: AGPL-3.0-or-later
#include "duty_stage.h"

#include "chrona/flare/epoch_duties.h"
#include "chrona/flare/reward_claimer.h"

#include <format>

using namespace chrona;
using namespace chrona::flare;

/// What comes once in a reward epoch is done once, by whoever holds the key, and never where a
/// contract would refuse it.
class TestEpochDuties : public QObject, private DutyStage {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        openDuties();
        m_time = m_node->now();
    }
    void registersOnceWhileItIsOpen();
    void signsTheAnnouncedPolicyOnce();
    void aPolicyThatDiffersIsNotSigned();
    void votesOnUptimeOnce();
    void withoutTheKeyNothingIsSaid();
    void claimsFromTimeToTime();
    void claimsNothingBeforeItsProofsAreThere();

private:
    [[nodiscard]] EpochDuties duties(Signing &signing)
    {
        return {*m_client,
                signing,
                {.setup = *networkSetup("coston2"),
                 .chain = m_chain,
                 .identity = m_world->providers[0].identity,
                 .contracts = m_contracts}};
    }
    /// Another process each time: what was said is known from the database alone.
    Status stepAnew()
    {
        m_time += 100;
        m_signing->now = m_time;
        return duties(*m_signing).step(*m_connection, m_time);
    }
    [[nodiscard]] std::int64_t said(Purpose purpose)
    {
        return m_connection
            ->query("SELECT count(*) FROM chrona_oracle.outgoing WHERE chain_id = $1 AND purpose = "
                    "$2",
                    {m_chain, static_cast<std::int16_t>(purpose)})
            ->first()
            .int64(0);
    }
    Seconds m_time = 0;
};

void TestEpochDuties::registersOnceWhileItIsOpen()
{
    const Status closed = stepAnew();
    QVERIFY2(closed, closed ? "" : describe(closed.error()).c_str());
    QCOMPARE(said(Purpose::Register), std::int64_t{0});
    setEpoch(kTestEpoch, true);
    for (int times = 0; times < 3; ++times) {
        const Status open = stepAnew();
        QVERIFY2(open, open ? "" : describe(open.error()).c_str());
    }
    QCOMPARE(said(Purpose::Register), std::int64_t{1});
    QVERIFY(readRegistration(*m_client, m_contracts, m_world->providers[0].identity)->isRegistered);
}

void TestEpochDuties::signsTheAnnouncedPolicyOnce()
{
    QVERIFY(stepAnew());
    QCOMPARE(said(Purpose::SignPolicy), std::int64_t{0}); // nothing is announced
    m_world->announce(kTestEpoch + 1);
    index();
    const ethereum::AbiValue hash[] = {std::uint64_t{kTestEpoch + 1},
                                       ftso::legacyPolicyHash(ftso::encode(m_world->policy))};
    tell("setPolicyHash(uint256,bytes32)", hash);
    for (int times = 0; times < 3; ++times) {
        const Status done = stepAnew();
        QVERIFY2(done, done ? "" : describe(done.error()).c_str());
    }
    QCOMPARE(said(Purpose::SignPolicy), std::int64_t{1});
    const ethereum::AbiValue epoch[] = {std::uint64_t{kTestEpoch + 1}};
    QCOMPARE(number("policySignatures(uint256)", epoch), 1U);
    const Bytes32 signer = view("lastSigner()", {});
    QVERIFY(std::ranges::equal(std::span(signer).subspan(12), m_world->providers[0].signing()));
}

void TestEpochDuties::aPolicyThatDiffersIsNotSigned()
{
    m_world->announce(kTestEpoch + 1);
    index();
    // The relay has another one by now than was announced.
    ftso::SigningPolicy other = m_world->policy;
    other.signers.front().weight += 1;
    const ethereum::AbiValue encoded[] = {ftso::encode(other)};
    m_node->callFrom0(m_world->relay, "initialize(bytes)", encoded);
    const Status done = stepAnew();
    QVERIFY(!done);
    QVERIFY(done.error().code == ErrorCode::Corrupt);
    QCOMPARE(said(Purpose::SignPolicy), std::int64_t{0});
}

void TestEpochDuties::votesOnUptimeOnce()
{
    // The vote on the epoch before is open from the first look on.
    for (int times = 0; times < 3; ++times)
        QVERIFY(stepAnew());
    QCOMPARE(said(Purpose::VoteUptime), std::int64_t{1});
    const ethereum::AbiValue epoch[] = {std::uint64_t{kTestEpoch - 1}};
    QCOMPARE(number("uptimeVotes(uint256)", epoch), 1U);
    const Bytes32 signer = view("lastSigner()", {});
    QVERIFY(std::ranges::equal(std::span(signer).subspan(12), m_world->providers[0].signing()));
}

void TestEpochDuties::withoutTheKeyNothingIsSaid()
{
    setEpoch(kTestEpoch, true);
    m_world->announce(kTestEpoch + 1);
    index();
    TestSigning others(m_world->providers[1], m_world->relay, m_world->duties);
    others.now = m_time + 100;
    const Status done = duties(others).step(*m_connection, m_time + 100);
    QVERIFY2(done, done ? "" : describe(done.error()).c_str());
    QCOMPARE(others.asked, 0);
    QCOMPARE(count("SELECT count(*) FROM chrona_oracle.outgoing WHERE chain_id = $1"),
             std::int64_t{0});
}

void TestEpochDuties::claimsFromTimeToTime()
{
    const ethereum::PrivateKey holder = holderKey();
    const Address owner = ethereum::addressOf(holder);
    Address recipient{};
    recipient.fill(0x5C);
    keys::NetworkContracts contracts;
    contracts.rewardManager = m_world->duties;
    contracts.claimRecipient = recipient;
    m_signing->add("claims", holder,
                   keys::rulesFor("coston2", keys::Duty::Claims, contracts).value());
    m_node->fund(owner);
    RewardClaimer claimer(*m_client, *m_signing,
                          {.setup = *networkSetup("coston2"),
                           .chain = m_chain,
                           .contracts = m_contracts,
                           .owners = {owner, m_world->providers[0].identity},
                           .recipient = recipient,
                           .every = 600});
    const auto stepAt = [&](Seconds now) {
        m_signing->now = now;
        return claimer.step(*m_connection, now);
    };
    const ethereum::AbiValue paid[] = {recipient};
    const ethereum::AbiValue owed[] = {owner, Uint256(500)};
    QVERIFY(stepAt(m_time)); // nothing is owed
    QCOMPARE(said(Purpose::Claim), std::int64_t{0});
    tell("owe(address,uint120)", owed);
    QVERIFY(stepAt(m_time + 300)); // not yet
    QCOMPARE(number("paid(address)", paid), 0U);
    const Status claimed = stepAt(m_time + 601);
    QVERIFY2(claimed, claimed ? "" : describe(claimed.error()).c_str());
    QCOMPARE(number("paid(address)", paid), 500U);
    tell("owe(address,uint120)", owed);
    QVERIFY(stepAt(m_time + 1'300));
    QCOMPARE(number("paid(address)", paid), 1'000U);
    QCOMPARE(said(Purpose::Claim), std::int64_t{2});
}

/// Of a reward epoch whose published data cannot be read nothing is claimed, nor of a later one;
/// what is on its way is waited for without a pause of hours.
void TestEpochDuties::claimsNothingBeforeItsProofsAreThere()
{
    const ethereum::PrivateKey holder = holderKey();
    const Address owner = ethereum::addressOf(holder);
    keys::NetworkContracts contracts;
    contracts.rewardManager = m_world->duties;
    contracts.claimRecipient = owner;
    m_signing->add("claims", holder,
                   keys::rulesFor("coston2", keys::Duty::Claims, contracts).value());
    m_node->fund(owner);
    const ethereum::AbiValue owed[] = {owner, Uint256(500)};
    tell("owe(address,uint120)", owed);
    Result<std::optional<std::string>> published = fail(ErrorCode::NotFound, "404");
    int asked = 0;
    RewardClaimer claimer(*m_client, *m_signing,
                          {.setup = *networkSetup("coston2"),
                           .chain = m_chain,
                           .contracts = m_contracts,
                           .owners = {owner},
                           .recipient = owner,
                           .every = 3'600,
                           .published = [&](std::uint32_t) {
                               ++asked;
                               return published;
                           }});
    const auto stepAt = [&](Seconds now) {
        m_signing->now = now;
        const Status done = claimer.step(*m_connection, now);
        return done ? std::string() : describe(done.error());
    };
    QCOMPARE(stepAt(m_time), std::string());
    QCOMPARE(asked, 1);
    QCOMPARE(said(Purpose::Claim), std::int64_t{0});
    published = std::optional<std::string>(); // from now on it is on its way
    QCOMPARE(stepAt(m_time + 3'600), std::string());
    QCOMPARE(stepAt(m_time + 3'605), std::string()); // not at every step
    QCOMPARE(asked, 2);
    published =
        std::optional(std::format(R"({{"rewardEpochId":{},"rewardClaims":[]}})", kTestEpoch - 1));
    QCOMPARE(stepAt(m_time + 3'611), std::string());
    QCOMPARE(asked, 3);
    QCOMPARE(said(Purpose::Claim), std::int64_t{1});
    const ethereum::AbiValue paid[] = {owner};
    QCOMPARE(number("paid(address)", paid), 500U);
}

QTEST_GUILESS_MAIN(TestEpochDuties)
#include "tst_epoch_duties.moc"
