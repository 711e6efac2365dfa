// SPDX-License-Identifier: AGPL-3.0-or-later
#include "duty_stage.h"

#include "chrona/flare/reward_data.h"

#include <format>

using namespace chrona;
using namespace chrona::flare;

namespace {

constexpr std::uint64_t kWeiInGwei = 1'000'000'000;

Uint256 coins(std::uint64_t count)
{
    return Uint256(count) * Uint256(kWeiInGwei) * Uint256(kWeiInGwei);
}

Address filledAddress(std::uint8_t byte)
{
    Address address{};
    address.fill(byte);
    return address;
}

} // namespace

/// Registration, wrapping, delegation and claims against contracts as strict as the real ones.
class TestChainAction : public QObject, private DutyStage {
    Q_OBJECT

private Q_SLOTS:
    void init() { openDuties(); }
    void wrapsAndDelegates();
    void refusesWhatNoContractTakes_data();
    void refusesWhatNoContractTakes();
    void claimsWhatIsProven();
    void falseClaimsAreNeverMade_data();
    void falseClaimsAreNeverMade();
    void signerPaysOneRecipientOnly();
    void registersWithTheSignersWord();
    void foreignTransactionsAreNotPassedOn();
    void ownersOfASharedAccountAreSeen();

private:
    [[nodiscard]] Result<Action> make(ActionRequest request)
    {
        if (request.from == Address{})
            request.from = ethereum::addressOf(m_holder);
        return makeAction(*m_client, m_contracts, request);
    }
    [[nodiscard]] Status send(const Action &action);
    void enrol(keys::Duty duty);
    /// A tree of three claims, of which the holder has one, as the network would publish it.
    [[nodiscard]] std::string publish(std::uint32_t epoch);

    ethereum::PrivateKey m_holder = holderKey();
    Address m_recipient = filledAddress(0x5C);
};

void TestChainAction::enrol(keys::Duty duty)
{
    keys::NetworkContracts contracts;
    contracts.wrappedCoin = contracts.rewardManager = m_world->duties;
    contracts.claimRecipient = m_recipient;
    auto rules = keys::rulesFor("coston2", duty, contracts);
    QVERIFY(rules);
    if (duty == keys::Duty::Delegation)
        rules->valueMax = coins(5);
    m_signing->add("holder", m_holder, std::move(*rules));
    m_node->fund(ethereum::addressOf(m_holder));
}

Status TestChainAction::send(const Action &action)
{
    const Seconds now = m_node->now();
    m_signing->now = now;
    TransactionSender sender(*m_client, *m_signing, {.chain = m_chain, .chainId = 114, .fees = {}});
    const Outgoing draft{.sender = action.from,
                         .purpose = purposeOf(action.kind),
                         .round = static_cast<RoundId>(m_node->head()),
                         .recipient = action.contract.address,
                         .data = action.data,
                         .until = now + 300,
                         .value = action.value};
    if (auto said = sender.say(*m_connection, draft, now); !said)
        return said;
    const auto row = findOutgoing(*m_connection, m_chain, draft.sender, draft.purpose, draft.round);
    if (auto seen = sender.pursueOnly(*m_connection, **row, now); !seen)
        return seen;
    const auto after =
        findOutgoing(*m_connection, m_chain, draft.sender, draft.purpose, draft.round);
    return (*after)->state == OutgoingState::Mined
               ? Status()
               : Status(fail(ErrorCode::Denied, "no block took it"));
}

void TestChainAction::wrapsAndDelegates()
{
    enrol(keys::Duty::Delegation);
    const ethereum::AbiValue self[] = {ethereum::addressOf(m_holder)};
    const auto wrap = make({.kind = ActionKind::Wrap, .amount = coins(3)});
    QVERIFY2(wrap, wrap ? "" : describe(wrap.error()).c_str());
    QCOMPARE(wrap->value.toString(), coins(3).toString());
    const Status wrapped = send(*wrap);
    QVERIFY2(wrapped, wrapped ? "" : describe(wrapped.error()).c_str());
    QCOMPARE(number("balanceOf(address)", self), 3'000'000'000 * kWeiInGwei);
    // What was enrolled may wrap five coins at once and no more.
    const auto tooMuch = make({.kind = ActionKind::Wrap, .amount = coins(6)});
    QVERIFY(tooMuch);
    QVERIFY(send(*tooMuch).error().code == ErrorCode::Denied);
    const auto delegate =
        make({.kind = ActionKind::Delegate,
              .delegates = {{filledAddress(1), 6'000}, {filledAddress(2), 4'000}}});
    QVERIFY(delegate);
    QVERIFY(send(*delegate));
    const auto signature = ethereum::parseAbiSignature("delegatesOf(address)").value();
    const auto answer =
        m_client->call(m_world->duties, ethereum::encodeCall(signature, self).value());
    QCOMPARE(Uint256::fromBytes(ByteView(*answer).subspan(64, 32)).toUint64().value_or(0), 2U);
    QVERIFY(send(make({.kind = ActionKind::Undelegate}).value()));
    const auto none =
        m_client->call(m_world->duties, ethereum::encodeCall(signature, self).value());
    QCOMPARE(Uint256::fromBytes(ByteView(*none).subspan(64, 32)).toUint64().value_or(9), 0U);
    QVERIFY(send(make({.kind = ActionKind::Unwrap, .amount = coins(1)}).value()));
    QCOMPARE(number("balanceOf(address)", self), 2'000'000'000 * kWeiInGwei);
}

void TestChainAction::refusesWhatNoContractTakes_data()
{
    QTest::addColumn<ActionRequest>("request");
    using Share = ActionRequest::Share;
    const auto delegate = [](const char *name, std::vector<Share> shares) {
        QTest::newRow(name) << ActionRequest{.kind = ActionKind::Delegate,
                                             .delegates = std::move(shares)};
    };
    delegate("nobody", {});
    delegate("three delegates",
             {{filledAddress(1), 10}, {filledAddress(2), 10}, {filledAddress(3), 10}});
    delegate("more than all", {{filledAddress(1), 6'000}, {filledAddress(2), 4'001}});
    delegate("one of them twice", {{filledAddress(1), 10}, {filledAddress(1), 10}});
    delegate("no share", {{filledAddress(1), 0}});
    delegate("more than 100 %", {{filledAddress(1), 10'001}});
    delegate("no filledAddress", {{Address{}, 10}});
    delegate("oneself", {{ethereum::addressOf(holderKey()), 10}});
    QTest::newRow("nothing to wrap") << ActionRequest{.kind = ActionKind::Wrap};
    QTest::newRow("nothing to unwrap") << ActionRequest{.kind = ActionKind::Unwrap};
    QTest::newRow("nobody to register") << ActionRequest{.kind = ActionKind::Register};
    QTest::newRow("more claims than fit")
        << ActionRequest{.kind = ActionKind::Claim, .claims = std::vector<ProvenClaim>(201)};
    QTest::newRow("an amount beyond the contract's numbers") << ActionRequest{
        .kind = ActionKind::Claim, .claims = {{.claim = {.amount = Uint256(1) << 120U}}}};
}

void TestChainAction::refusesWhatNoContractTakes()
{
    QFETCH(ActionRequest, request);
    const auto action = make(std::move(request));
    QVERIFY(!action);
    QVERIFY(action.error().code == ErrorCode::InvalidInput);
}

std::string TestChainAction::publish(std::uint32_t epoch)
{
    const Address holder = ethereum::addressOf(m_holder);
    const std::vector<ftso::RewardClaim> claims{
        {holder, Uint256(1'234'567), ftso::ClaimType::Fee},
        {filledAddress(9), Uint256(5), ftso::ClaimType::Direct},
        {holder, Uint256(77), ftso::ClaimType::WNat}};
    const ethereum::MerkleTree tree = ftso::claimTree(epoch, claims);
    const ethereum::AbiValue root[] = {epoch, tree.root().value()};
    tell("setRewardsHash(uint256,bytes32)", root);
    std::string text = std::format("{{\"rewardEpochId\":{},\"rewardClaims\":[", epoch);
    for (const ftso::RewardClaim &claim : claims) {
        std::string proof;
        const auto hashes = tree.proof(ftso::claimLeaf(epoch, claim));
        for (const Bytes32 &hash : *hashes)
            proof += std::format("{}\"{}\"", proof.empty() ? "" : ",", ethereum::toHex(hash));
        text += std::format("{}{{\"merkleProof\":[{}],\"body\":{{\"rewardEpochId\":{},"
                            "\"beneficiary\":\"{}\",\"amount\":\"{}\",\"claimType\":{}}}}}",
                            text.ends_with('[') ? "" : ",", proof, epoch,
                            ethereum::toHex(claim.beneficiary), claim.amount.toString(),
                            static_cast<int>(claim.type));
    }
    return text + "]}";
}

void TestChainAction::claimsWhatIsProven()
{
    enrol(keys::Duty::Claims);
    const auto data = readRewardData(publish(kTestEpoch - 1));
    QVERIFY(data);
    const auto own = claimsOf(*data, ethereum::addressOf(m_holder));
    QCOMPARE(own.size(), std::size_t{1}); // weight-based ones need no proof
    const auto claim = make({.kind = ActionKind::Claim, .recipient = m_recipient, .claims = own});
    QVERIFY2(claim, claim ? "" : describe(claim.error()).c_str());
    QCOMPARE(claim->rewardEpoch, kTestEpoch - 1);
    const Status sent = send(*claim);
    QVERIFY2(sent, sent ? "" : describe(sent.error()).c_str());
    const ethereum::AbiValue recipient[] = {m_recipient};
    QCOMPARE(number("paid(address)", recipient), 1'234'567U);
    // The same once more: the chain says no before a fee is spent.
    const auto again = m_client->estimateGas(claim->from, m_world->duties, claim->data);
    QVERIFY(again.error().code == ErrorCode::Denied);
}

void TestChainAction::falseClaimsAreNeverMade_data()
{
    using Change = std::function<void(ProvenClaim &)>;
    QTest::addColumn<Change>("change");
    QTest::newRow("one wei more") << Change(
        [](ProvenClaim &claim) { claim.claim.amount += Uint256(1); });
    QTest::newRow("of somebody else")
        << Change([](ProvenClaim &claim) { claim.claim.beneficiary = filledAddress(4); });
    QTest::newRow("of another kind")
        << Change([](ProvenClaim &claim) { claim.claim.type = ftso::ClaimType::Direct; });
    QTest::newRow("of an epoch that nobody signed")
        << Change([](ProvenClaim &claim) { claim.rewardEpoch -= 1; });
    QTest::newRow("without its proof") << Change([](ProvenClaim &claim) { claim.proof.clear(); });
    QTest::newRow("with a broken proof")
        << Change([](ProvenClaim &claim) { claim.proof.front()[7] ^= 1; });
}

void TestChainAction::falseClaimsAreNeverMade()
{
    QFETCH(std::function<void(ProvenClaim &)>, change);
    auto own =
        claimsOf(readRewardData(publish(kTestEpoch - 1)).value(), ethereum::addressOf(m_holder));
    change(own.front());
    const auto claim = make({.kind = ActionKind::Claim, .claims = own});
    QVERIFY(!claim);
    QVERIFY2(claim.error().code == ErrorCode::Denied, describe(claim.error()).c_str());
}

void TestChainAction::signerPaysOneRecipientOnly()
{
    enrol(keys::Duty::Claims);
    const auto own =
        claimsOf(readRewardData(publish(kTestEpoch - 1)).value(), ethereum::addressOf(m_holder));
    const auto stolen =
        make({.kind = ActionKind::Claim, .recipient = filledAddress(0xEE), .claims = own});
    QVERIFY(stolen);
    const Status refused = send(*stolen);
    QVERIFY(!refused);
    QVERIFY2(refused.error().what.contains("argument 2"), refused.error().what.c_str());
    // Nor does a key for claims delegate or wrap.
    QVERIFY(send(make({.kind = ActionKind::Wrap, .amount = Uint256(1)}).value()).error().code ==
            ErrorCode::Denied);
}

void TestChainAction::registersWithTheSignersWord()
{
    const TestProvider &self = m_world->providers.front();
    ActionRequest request{
        .kind = ActionKind::Register, .from = self.signing(), .identity = self.identity};
    const auto closed = make(request);
    QVERIFY(closed);
    QVERIFY(std::ranges::contains(closed->warnings, "registration_is_closed"));
    QVERIFY(std::ranges::contains(closed->warnings, "signature_is_missing"));
    setEpoch(kTestEpoch, true);
    const auto reply =
        m_signing->ask(keys::RegistrationRequest{"policy", kTestEpoch + 1, self.identity});
    QVERIFY(reply);
    request.signature = std::get<keys::SignatureReply>(*reply).signature;
    const auto action = make(request);
    QVERIFY(action);
    QVERIFY(action->warnings.empty());
    QVERIFY(send(*action));
    const auto state = readRegistration(*m_client, m_contracts, self.identity);
    QVERIFY(state && state->isRegistered);
    const auto again = make(request);
    QVERIFY(std::ranges::contains(again->warnings, "registered_already"));
    QVERIFY(m_client->estimateGas(action->from, m_world->duties, action->data).error().code ==
            ErrorCode::Denied);
}

void TestChainAction::foreignTransactionsAreNotPassedOn()
{
    const auto wrap = make({.kind = ActionKind::Wrap, .amount = Uint256(5)});
    ethereum::Transaction transaction;
    transaction.to = m_world->duties;
    transaction.data = wrap->data;
    transaction.value = wrap->value;
    QVERIFY(actionIn(m_contracts, transaction).value() == ActionKind::Wrap);
    transaction.data = make({.kind = ActionKind::Undelegate})->data;
    QVERIFY(!actionIn(m_contracts, transaction)); // the coins would be lost
    transaction.value = {};
    QVERIFY(actionIn(m_contracts, transaction).value() == ActionKind::Undelegate);
    transaction.data[0] ^= 1;
    QVERIFY(!actionIn(m_contracts, transaction));
    transaction.data[0] ^= 1;
    transaction.to = filledAddress(3);
    QVERIFY(!actionIn(m_contracts, transaction));
    transaction.to.reset();
    QVERIFY(!actionIn(m_contracts, transaction));
}

void TestChainAction::ownersOfASharedAccountAreSeen()
{
    m_node->place("SharedAccount", filledAddress(0xAB));
    const auto shared = readOwners(*m_client, filledAddress(0xAB));
    QVERIFY(shared && shared->isContract);
    QCOMPARE(shared->owners.size(), std::size_t{3});
    QCOMPARE(shared->threshold, 2U);
    const auto other = readOwners(*m_client, m_world->duties);
    QVERIFY(other && other->isContract && other->owners.empty());
    const auto person = readOwners(*m_client, filledAddress(0x01));
    QVERIFY(person && !person->isContract);
}

QTEST_GUILESS_MAIN(TestChainAction)
#include "tst_chain_action.moc"
