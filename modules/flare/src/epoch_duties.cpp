// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/flare/epoch_duties.h"

#include "abi_fields.h"
#include "contract_call.h"
#include "duty_calls.h"

#include "chrona/base/log.h"
#include "chrona/ethereum/keccak.h"
#include "chrona/flare/events.h"
#include "chrona/ftso/signing_policy.h"

#include <format>

namespace chrona::flare {
namespace {

using ethereum::AbiValue;
using storage::Connection;

/// How long a duty of a reward epoch is worth pursuing.
constexpr Seconds kDutySeconds = 600;

/// Of the policy as the relay announced it; nothing: it did not.
Result<std::optional<Bytes>> announcedPolicy(Connection &connection, ChainId chain,
                                             std::uint32_t epoch)
{
    const auto logs = logsWith(
        connection, chain,
        {.topic = topicOf(EventKind::PolicyInitialized), .word = 0, .value = keyWord(epoch)});
    if (!logs)
        return std::unexpected(logs.error());
    std::optional<Bytes> last;
    for (const StoredLog &log : *logs)
        if (const auto policy = readPolicyInitialized(log.log))
            last = ftso::encode(*policy);
    return last;
}

} // namespace

AbiValue signatureValue(const ethereum::Signature &signature)
{
    return std::vector<AbiValue>{std::uint64_t{signature.v()}, signature.r, signature.s};
}

Result<Bytes> callData(std::string_view function, std::span<const AbiValue> values)
{
    const auto signature = ethereum::parseAbiSignature(function);
    if (!signature)
        return std::unexpected(signature.error());
    return ethereum::encodeCall(*signature, values);
}

Result<std::uint32_t> currentRewardEpoch(ChainClient &client, const Address &manager)
{
    return callFunction(client, manager, "getCurrentRewardEpochId()", {}, "r(uint24)", {})
        .transform(
            [](const auto &values) { return static_cast<std::uint32_t>(smallIn(values.front())); });
}

Result<bool> isSettled(ChainClient &client, const Address &manager, std::string_view view,
                       std::uint32_t rewardEpoch)
{
    const AbiValue asked[] = {rewardEpoch};
    return callFunction(client, manager, view, asked, "r(bytes32)", {})
        .transform([](const auto &values) { return fixedIn<32>(values.front()) != Bytes32{}; });
}

Result<EntityAccounts> readEntity(ChainClient &client, std::span<const NamedContract> contracts,
                                  const Address &identity, std::stop_token stop)
{
    const auto manager = contractNamed(contracts, "EntityManager");
    if (!manager)
        return std::unexpected(manager.error());
    const AbiValue arguments[] = {identity};
    const auto values = callFunction(client, *manager, "getVoterAddresses(address)", arguments,
                                     "r((address,address,address))", std::move(stop));
    if (!values)
        return std::unexpected(values.error());
    const auto &accounts = listIn(values->front());
    return EntityAccounts{addressIn(accounts.at(0)), addressIn(accounts.at(1)),
                          addressIn(accounts.at(2))};
}

EpochDuties::EpochDuties(ChainClient &client, Signing &signing, Options options)
    : m_client(client), m_signing(signing), m_options(std::move(options)),
      m_sender(client, signing,
               {.chain = m_options.chain,
                .chainId = m_options.setup.timing.chainId,
                .fees = m_options.fees})
{
}

Status EpochDuties::step(Connection &connection, Seconds now)
{
    if (m_lookedAt && now - *m_lookedAt < m_options.lookEvery)
        return {};
    m_lookedAt = now;
    Status first;
    for (const auto duty : {&EpochDuties::registerNext, &EpochDuties::signPolicy,
                            &EpochDuties::voteUptime, &EpochDuties::signRewards})
        if (auto done = (this->*duty)(connection, now); !done && first)
            first = std::move(done);
    return first;
}

Result<std::optional<keys::HeldKey>> EpochDuties::signingKey()
{
    const auto accounts = readEntity(m_client, m_options.contracts, m_options.identity);
    if (!accounts)
        return std::unexpected(accounts.error());
    for (const keys::HeldKey &key : m_signing.keys())
        if (key.address == accounts->signingPolicy && key.chainId == m_options.setup.timing.chainId)
            return key;
    return std::nullopt;
}

Result<ethereum::Signature> EpochDuties::askFor(const keys::SigningRequest &request)
{
    const auto reply = m_signing.ask(request);
    if (!reply)
        return std::unexpected(reply.error());
    if (const auto *made = std::get_if<keys::SignatureReply>(&*reply))
        return made->signature;
    return fail(ErrorCode::Denied, "the signer did not sign");
}

Result<std::optional<keys::HeldKey>> EpochDuties::keyUnlessSaid(Connection &connection,
                                                                Purpose purpose, RoundId epoch)
{
    auto key = signingKey();
    if (!key || !*key)
        return key;
    const auto said = findOutgoing(connection, m_options.chain, (*key)->address, purpose, epoch);
    if (!said)
        return std::unexpected(said.error());
    return *said ? Result<std::optional<keys::HeldKey>>(std::nullopt) : key;
}

Result<std::optional<EpochDuties::Ended>> EpochDuties::lastEnded()
{
    const auto manager = contractNamed(m_options.contracts, "FlareSystemsManager");
    if (!manager)
        return std::unexpected(manager.error());
    const auto current = currentRewardEpoch(m_client, *manager);
    if (!current)
        return std::unexpected(current.error());
    return *current == 0 ? std::nullopt : std::optional(Ended{*manager, *current - 1});
}

/// What a contract would refuse costs a fee and brings nothing: it is not sent.
Status EpochDuties::sayChecked(Connection &connection, Outgoing draft, Seconds now)
{
    const auto gas = m_client.estimateGas(draft.sender, draft.recipient, draft.data);
    if (!gas && gas.error().code == ErrorCode::Denied) {
        log::info("flare", "not sent, for it would be refused: {}", gas.error().what);
        return {};
    }
    if (!gas)
        return std::unexpected(gas.error());
    draft.until = now + kDutySeconds;
    return m_sender.say(connection, std::move(draft), now);
}

Status EpochDuties::registerNext(Connection &connection, Seconds now)
{
    const auto state = readRegistration(m_client, m_options.contracts, m_options.identity);
    if (!state)
        return std::unexpected(state.error());
    if (!state->isOpen || state->isRegistered)
        return {};
    const auto key = keyUnlessSaid(connection, Purpose::Register, state->nextRewardEpoch);
    if (!key || !*key)
        return key ? Status() : Status(std::unexpected(key.error()));
    const auto signature =
        askFor(keys::RegistrationRequest{(*key)->name, state->nextRewardEpoch, m_options.identity});
    if (!signature)
        return std::unexpected(signature.error());
    const auto action = makeAction(m_client, m_options.contracts,
                                   {.kind = ActionKind::Register,
                                    .from = (*key)->address,
                                    .identity = m_options.identity,
                                    .rewardEpoch = state->nextRewardEpoch,
                                    .signature = *signature});
    if (!action)
        return std::unexpected(action.error());
    return sayChecked(connection,
                      {.sender = action->from,
                       .purpose = Purpose::Register,
                       .round = state->nextRewardEpoch,
                       .recipient = action->contract.address,
                       .data = action->data},
                      now);
}

Status EpochDuties::signPolicy(Connection &connection, Seconds now)
{
    const auto manager = contractNamed(m_options.contracts, "FlareSystemsManager"),
               relay = contractNamed(m_options.contracts, "Relay");
    if (!manager || !relay)
        return std::unexpected(!manager ? manager.error() : relay.error());
    const auto current = currentRewardEpoch(m_client, *manager);
    if (!current)
        return std::unexpected(current.error());
    const std::uint32_t next = *current + 1;
    const auto policy = announcedPolicy(connection, m_options.chain, next);
    if (!policy || !*policy)
        return policy ? Status() : Status(std::unexpected(policy.error()));
    const auto key = keyUnlessSaid(connection, Purpose::SignPolicy, next);
    if (!key || !*key)
        return key ? Status() : Status(std::unexpected(key.error()));
    const AbiValue asked[] = {next};
    const auto held =
        callFunction(m_client, *relay, "toSigningPolicyHash(uint256)", asked, "r(bytes32)", {});
    if (!held)
        return std::unexpected(held.error());
    // What is signed follows from the policy that was read, not from what one node says its hash
    // is.
    const Bytes32 hash = fixedIn<32>(held->front());
    if (hash != ftso::legacyPolicyHash(**policy) &&
        hash != ftso::chainBoundPolicyHash(**policy, m_options.setup.timing.chainId))
        return fail(ErrorCode::Corrupt,
                    std::format("the relay's policy of reward epoch {} is another one", next),
                    "nothing is signed");
    const auto signature = askFor(keys::PolicyRequest{(*key)->name, next, hash});
    if (!signature)
        return std::unexpected(signature.error());
    const AbiValue values[] = {next, hash, signatureValue(*signature)};
    auto data = callData("signNewSigningPolicy(uint24,bytes32,(uint8,bytes32,bytes32))", values);
    if (!data)
        return std::unexpected(data.error());
    return sayChecked(connection,
                      {.sender = (*key)->address,
                       .purpose = Purpose::SignPolicy,
                       .round = next,
                       .recipient = *manager,
                       .data = std::move(*data)},
                      now);
}

Status EpochDuties::voteUptime(Connection &connection, Seconds now)
{
    const auto ended = lastEnded();
    if (!ended || !*ended)
        return ended ? Status() : Status(std::unexpected(ended.error()));
    const auto &[manager, last] = **ended;
    const auto settled = isSettled(m_client, manager, kUptimeVotes, last);
    if (!settled || *settled) // enough have voted
        return settled ? Status() : Status(std::unexpected(settled.error()));
    const auto key = keyUnlessSaid(connection, Purpose::VoteUptime, last);
    if (!key || !*key)
        return key ? Status() : Status(std::unexpected(key.error()));
    const auto signature = askFor(keys::UptimeRequest{(*key)->name, last});
    if (!signature)
        return std::unexpected(signature.error());
    const AbiValue values[] = {last, ethereum::keccak256(Bytes(32, 0)), signatureValue(*signature)};
    auto data = callData("signUptimeVote(uint24,bytes32,(uint8,bytes32,bytes32))", values);
    if (!data)
        return std::unexpected(data.error());
    return sayChecked(connection,
                      {.sender = (*key)->address,
                       .purpose = Purpose::VoteUptime,
                       .round = last,
                       .recipient = manager,
                       .data = std::move(*data)},
                      now);
}

} // namespace chrona::flare
