// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/keys/signing_rules.h"

#include "chrona/ethereum/abi.h"
#include "chrona/ftso/payload.h"

#include <algorithm>
#include <format>
#include <optional>

namespace chrona::keys {
namespace {

using ethereum::Address;
using ethereum::Transaction;
using ethereum::Uint256;

/// The one contract that has the same address on all networks.
constexpr std::string_view kSubmission = "0x2cA6571Daa15ce734Bbd0Bf27D5C9D16787fc33f";

/// A replacement with a higher fee is a transaction of its own, so a duty may try a few times.
constexpr std::uint32_t kTries = 6;

constexpr std::uint64_t kGwei = 1'000'000'000;

/// 5 of the network's coin: more than any submission costs at FIP.16's fee floor, and little.
Uint256 coins(std::uint64_t count)
{
    return Uint256(count) * Uint256(kGwei) * Uint256(kGwei);
}

CallRule submission(ftso::SubmissionFunction function, const Address &contract, std::string label)
{
    return {contract, ftso::selectorOf(function), kTries, std::move(label)};
}

CallRule call(const Address &contract, std::string_view signature)
{
    const auto function = ethereum::parseAbiSignature(signature);
    return {contract, function ? function->selector() : Selector{}, kTries, std::string(signature)};
}

/// Calls of contracts that were named; a duty that is left with none would sign nothing.
Status keepNamed(SigningRules &rules, const char *what)
{
    std::erase_if(rules.calls, [](const CallRule &rule) { return rule.contract == Address{}; });
    return rules.calls.empty() ? Status(fail(ErrorCode::InvalidInput, what)) : Status();
}

ethereum::Bytes32 wordOf(const Address &address)
{
    ethereum::Bytes32 word{};
    std::ranges::copy(address, word.end() - static_cast<std::ptrdiff_t>(address.size()));
    return word;
}

bool hasWord(const Transaction &transaction, const FixedWord &fixed)
{
    constexpr std::size_t kWord = 32, kSelector = 4;
    const std::size_t at = kSelector + kWord * fixed.index;
    return transaction.data.size() >= at + kWord &&
           std::equal(fixed.value.begin(), fixed.value.end(),
                      transaction.data.begin() + static_cast<std::ptrdiff_t>(at));
}

std::optional<Selector> selectorOf(const Transaction &transaction)
{
    if (transaction.data.size() < 4)
        return std::nullopt;
    Selector selector;
    std::copy_n(transaction.data.begin(), 4, selector.begin());
    return selector;
}

std::unexpected<Error> refuse(std::string reason)
{
    return fail(ErrorCode::Denied, std::move(reason));
}

} // namespace

std::optional<Duty> dutyFrom(std::string_view word)
{
    if (word == "submit")
        return Duty::Submit;
    if (word == "submit-signatures")
        return Duty::SubmitSignatures;
    if (word == "signing-policy")
        return Duty::SigningPolicy;
    if (word == "delegation")
        return Duty::Delegation;
    if (word == "claims")
        return Duty::Claims;
    return std::nullopt;
}

Result<SigningRules> rulesFor(std::string_view network, Duty duty,
                              const NetworkContracts &contracts)
{
    if (!ftso::networkNamed(network))
        return fail(ErrorCode::NotFound, std::format("there is no network {}", network),
                    "flare, songbird, coston2 or coston");
    const auto contract = ethereum::parseAddress(kSubmission);
    if (!contract)
        return std::unexpected(contract.error());
    SigningRules rules;
    rules.network = network;
    rules.feeMax = coins(5);
    rules.feePerEpochMax = coins(20);
    switch (duty) {
    case Duty::Submit:
        rules.calls = {submission(ftso::SubmissionFunction::Submit1, *contract, "submit1()"),
                       submission(ftso::SubmissionFunction::Submit2, *contract, "submit2()")};
        break;
    case Duty::SubmitSignatures:
        rules.calls = {submission(ftso::SubmissionFunction::SubmitSignatures, *contract,
                                  "submitSignatures()")};
        break;
    case Duty::SigningPolicy:
        rules.dataBytesMax = 64 << 10; // a relay call carries the policy and all signatures
        rules.calls = {
            call(contracts.relay, "relay()"),
            call(contracts.voterRegistry, "registerVoter(address,(uint8,bytes32,bytes32))"),
            call(contracts.voterPreRegistry, "preRegisterVoter(address,(uint8,bytes32,bytes32))"),
            call(contracts.systemsManager,
                 "signNewSigningPolicy(uint24,bytes32,(uint8,bytes32,bytes32))"),
            call(contracts.systemsManager,
                 "signUptimeVote(uint24,bytes32,(uint8,bytes32,bytes32))"),
            call(contracts.systemsManager, "signRewards(uint24,(uint256,uint256)[],"
                                           "bytes32,(uint8,bytes32,bytes32))")};
        std::erase_if(rules.calls, [](const CallRule &rule) { return rule.contract == Address{}; });
        rules.messages = {MessageKind::Round, MessageKind::Registration, MessageKind::Policy,
                          MessageKind::Uptime, MessageKind::Rewards};
        break;
    case Duty::Delegation:
        rules.calls = {call(contracts.wrappedCoin, "deposit()"),
                       call(contracts.wrappedCoin, "withdraw(uint256)"),
                       call(contracts.wrappedCoin, "batchDelegate(address[],uint256[])"),
                       call(contracts.wrappedCoin, "undelegateAll()")};
        if (auto kept = keepNamed(rules, "the address of the wrapped coin is needed"); !kept)
            return std::unexpected(kept.error());
        break;
    case Duty::Claims:
        if (contracts.claimRecipient == Address{})
            return fail(ErrorCode::InvalidInput, "who gets what is claimed must be named");
        rules.dataBytesMax = 64 << 10; // proofs
        rules.calls = {call(contracts.rewardManager,
                            "claim(address,address,uint24,bool,"
                            "(bytes32[],(uint24,bytes20,uint120,uint8))[])")};
        rules.calls.front().fixed = {{1, wordOf(contracts.claimRecipient)}};
        if (auto kept = keepNamed(rules, "the address of the reward manager is needed"); !kept)
            return std::unexpected(kept.error());
        break;
    }
    return rules;
}

std::uint64_t chainOf(const SigningRules &rules)
{
    const auto network = ftso::networkNamed(rules.network);
    return network ? network->chainId : 0;
}

std::int64_t votingEpochAt(const SigningRules &rules, Instant now)
{
    const auto network = ftso::networkNamed(rules.network);
    const auto seconds = std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count();
    return network ? ftso::votingEpochAt(*network, seconds) : 0;
}

Uint256 feeOf(const Transaction &transaction)
{
    const bool legacy = transaction.type == ethereum::TransactionType::Legacy;
    return transaction.gasLimit * (legacy ? transaction.gasPrice : transaction.maxFeePerGas);
}

void SigningHistory::add(const SigningRules &rules, const Transaction &transaction, Instant now)
{
    const std::int64_t epoch = votingEpochAt(rules, now);
    if (epoch != m_epoch) {
        m_epoch = epoch;
        m_calls.clear();
        m_fees = {};
    }
    m_fees += feeOf(transaction);
    if (const auto selector = selectorOf(transaction); selector && transaction.to)
        ++m_calls[{*transaction.to, *selector}];
}

std::uint32_t SigningHistory::callsIn(std::int64_t epoch, const Address &contract,
                                      const Selector &selector) const
{
    const auto found = m_calls.find({contract, selector});
    return epoch != m_epoch || found == m_calls.end() ? 0 : found->second;
}

Uint256 SigningHistory::feesIn(std::int64_t epoch) const
{
    return epoch == m_epoch ? m_fees : Uint256();
}

Status judge(const SigningRules &rules, const Transaction &transaction,
             const SigningHistory &history, Instant now)
{
    constexpr int kFactorBitsMax = 96; // products of two such numbers do not wrap
    if (transaction.chainId != chainOf(rules))
        return refuse(std::format("chain {} is not that of the key's network {}",
                                  transaction.chainId, rules.network));
    if (!transaction.to)
        return refuse("contracts are not created with this key");
    const auto selector = selectorOf(transaction);
    if (!selector)
        return refuse("plain transfers are not signed with this key");
    const auto rule = std::ranges::find_if(rules.calls, [&](const CallRule &each) {
        return each.contract == *transaction.to && each.selector == *selector;
    });
    if (rule == rules.calls.end())
        return refuse(std::format("{} of {} is not among the calls allowed",
                                  ethereum::toHex(*selector),
                                  ethereum::toChecksummed(*transaction.to)));
    for (const FixedWord &fixed : rule->fixed)
        if (!hasWord(transaction, fixed))
            return refuse(std::format("argument {} of {} is not the one that the key's rules fix",
                                      fixed.index + 1, rule->label));
    if (transaction.data.size() > rules.dataBytesMax)
        return refuse(std::format("{} bytes of call data are more than {}", transaction.data.size(),
                                  rules.dataBytesMax));
    if (transaction.value > rules.valueMax)
        return refuse("the value carried is above the key's limit");
    if (!transaction.accessList.empty())
        return refuse("access lists are not signed with this key");
    for (const Uint256 *factor : {&transaction.gasLimit, &transaction.gasPrice,
                                  &transaction.maxFeePerGas, &transaction.maxPriorityFeePerGas})
        if (factor->bitWidth() > kFactorBitsMax)
            return refuse("a gas figure is beyond all reason");
    const Uint256 fee = feeOf(transaction);
    const std::int64_t epoch = votingEpochAt(rules, now);
    if (fee > rules.feeMax)
        return refuse(std::format("a fee of up to {} wei is above the limit of {}", fee.toString(),
                                  rules.feeMax.toString()));
    if (history.feesIn(epoch) + fee > rules.feePerEpochMax)
        return refuse("the fees of this voting epoch are used up");
    if (history.callsIn(epoch, rule->contract, rule->selector) >= rule->perEpochMax)
        return refuse(std::format("{} was signed {} times in this voting epoch already",
                                  rule->label, rule->perEpochMax));
    return {};
}

} // namespace chrona::keys
