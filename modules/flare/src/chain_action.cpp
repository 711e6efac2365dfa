// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/flare/chain_action.h"

#include "abi_fields.h"
#include "contract_call.h"

#include <algorithm>
#include <array>
#include <format>
#include <set>

namespace chrona::flare {
namespace {

using ethereum::AbiValue;

/// What each action calls, in the order of ActionKind.
struct KnownAction {
    std::string_view word;
    Purpose purpose;
    std::string_view contract, function;
    bool takesValue = false;
};
constexpr std::array<KnownAction, 7> kActions{
    {{"register", Purpose::Register, "VoterRegistry",
      "registerVoter(address,(uint8,bytes32,bytes32))"},
     {"preregister", Purpose::Preregister, "VoterPreRegistry",
      "preRegisterVoter(address,(uint8,bytes32,bytes32))"},
     {"delegate", Purpose::Delegate, "WNat", "batchDelegate(address[],uint256[])"},
     {"undelegate", Purpose::Undelegate, "WNat", "undelegateAll()"},
     {"wrap", Purpose::Wrap, "WNat", "deposit()", true},
     {"unwrap", Purpose::Unwrap, "WNat", "withdraw(uint256)"},
     {"claim", Purpose::Claim, "RewardManager",
      "claim(address,address,uint24,bool,(bytes32[],(uint24,bytes20,uint120,uint8))[])"}}};

constexpr std::uint32_t kBipsMax = 10'000;
constexpr std::size_t kDelegatesMax = 2, kClaimsMax = 200, kProofMax = 64;
constexpr int kClaimBitsMax = 120;

const KnownAction &known(ActionKind kind)
{
    return kActions[static_cast<std::size_t>(kind)];
}

std::unexpected<Error> refuse(std::string what, std::string remedy = {})
{
    return fail(ErrorCode::InvalidInput, std::move(what), std::move(remedy));
}

void argue(Action &action, std::string name, std::string value)
{
    action.arguments.emplace_back(std::move(name), std::move(value));
}

Status encodeInto(Action &action, std::span<const AbiValue> values)
{
    const auto signature = ethereum::parseAbiSignature(known(action.kind).function);
    if (!signature)
        return std::unexpected(signature.error());
    auto data = ethereum::encodeCall(*signature, values);
    if (!data)
        return std::unexpected(data.error());
    action.data = std::move(*data);
    return {};
}

Status makeDelegation(Action &action, const ActionRequest &request)
{
    if (request.delegates.empty() || request.delegates.size() > kDelegatesMax)
        return refuse("vote power is delegated to one or two addresses");
    std::vector<AbiValue> addresses, bips;
    std::set<Address> seen;
    std::uint32_t sum = 0;
    for (const ActionRequest::Share &share : request.delegates) {
        if (share.to == Address{} || share.to == request.from || !seen.insert(share.to).second)
            return refuse("delegates are other accounts, each named once");
        if (share.bips == 0 || share.bips > kBipsMax)
            return refuse("a share is above 0 and at most 100 %");
        sum += share.bips;
        addresses.emplace_back(share.to);
        bips.emplace_back(std::uint64_t{share.bips});
        argue(action, "delegate",
              std::format("{} {:.2f} %", ethereum::toChecksummed(share.to), share.bips / 100.0));
    }
    if (sum > kBipsMax)
        return refuse("the shares are more than 100 %");
    action.warnings.emplace_back("delegations_replaced");
    const AbiValue values[] = {std::move(addresses), std::move(bips)};
    return encodeInto(action, values);
}

Status makeWrapping(ChainClient &client, Action &action, const ActionRequest &request,
                    std::stop_token stop)
{
    if (request.amount.isZero())
        return refuse("how much? An amount of wei is needed");
    argue(action, "amount", request.amount.toString());
    if (action.kind == ActionKind::Wrap) {
        const auto balance = client.balance(request.from, std::move(stop));
        if (balance && *balance < request.amount)
            action.warnings.emplace_back("balance_too_small");
        action.value = request.amount;
        return encodeInto(action, {});
    }
    action.warnings.emplace_back("vote_power_shrinks");
    const AbiValue values[] = {request.amount};
    return encodeInto(action, values);
}

/// The root that more than half of the weight has signed for a reward epoch.
Result<Bytes32> signedRoot(ChainClient &client, std::span<const NamedContract> contracts,
                           std::uint32_t epoch, std::stop_token stop)
{
    const auto manager = contractNamed(contracts, "FlareSystemsManager");
    if (!manager)
        return std::unexpected(manager.error());
    const AbiValue arguments[] = {epoch};
    const auto values = callFunction(client, *manager, "rewardsHash(uint256)", arguments,
                                     "r(bytes32)", std::move(stop));
    if (!values)
        return std::unexpected(values.error());
    return fixedIn<32>(values->front());
}

/// A claim whose proof does not lead to the signed root would revert, or be somebody's trick.
Status checkProof(ChainClient &client, std::span<const NamedContract> contracts,
                  const ProvenClaim &claim, std::stop_token stop)
{
    if (claim.claim.amount.bitWidth() > kClaimBitsMax || claim.rewardEpoch >= 1U << 24U ||
        claim.proof.size() > kProofMax)
        return refuse("a claim's amount, reward epoch or proof is beyond all reason");
    const auto root = signedRoot(client, contracts, claim.rewardEpoch, std::move(stop));
    if (!root)
        return std::unexpected(root.error());
    if (*root == Bytes32{})
        return fail(
            ErrorCode::Denied,
            std::format("the rewards of reward epoch {} are not signed yet", claim.rewardEpoch),
            "claim again later");
    const Bytes32 leaf = ftso::claimLeaf(claim.rewardEpoch, claim.claim);
    if (!ethereum::verifyMerkleProof(leaf, claim.proof, *root))
        return fail(ErrorCode::Denied,
                    std::format("a claim of reward epoch {} does not lead to the signed root",
                                claim.rewardEpoch),
                    "get the published data of that reward epoch again");
    return {};
}

AbiValue valueOf(const ProvenClaim &claim)
{
    std::vector<AbiValue> proof;
    for (const Bytes32 &hash : claim.proof)
        proof.emplace_back(hash);
    return std::vector<AbiValue>{
        std::move(proof),
        std::vector<AbiValue>{std::uint64_t{claim.rewardEpoch}, claim.claim.beneficiary,
                              claim.claim.amount, static_cast<std::uint64_t>(claim.claim.type)}};
}

/// Up to which reward epoch there is something to claim: the newest of those with an open amount.
Result<std::uint32_t> newestOpen(ChainClient &client, const Action &action,
                                 const ActionRequest &request, std::stop_token stop)
{
    std::uint32_t newest = 0;
    for (const ProvenClaim &claim : request.claims)
        newest = std::max(newest, claim.rewardEpoch);
    const auto open =
        readOpenRewards(client, action.contract.address, request.from, std::move(stop));
    if (!open)
        return std::unexpected(open.error());
    for (const OpenReward &reward : *open)
        newest = std::max(newest, reward.rewardEpoch);
    if (newest == 0 && request.claims.empty())
        return fail(ErrorCode::NotFound, "the account has nothing to claim");
    return newest;
}

Status makeClaim(ChainClient &client, std::span<const NamedContract> contracts, Action &action,
                 const ActionRequest &request, std::stop_token stop)
{
    if (request.claims.size() > kClaimsMax)
        return refuse("that many claims do not fit into one transaction");
    std::vector<AbiValue> proofs;
    for (const ProvenClaim &claim : request.claims) {
        if (auto proven = checkProof(client, contracts, claim, stop); !proven)
            return proven;
        proofs.push_back(valueOf(claim));
        argue(action, "claim",
              std::format("{} wei of reward epoch {}", claim.claim.amount.toString(),
                          claim.rewardEpoch));
    }
    const auto newest = request.rewardEpoch ? Result<std::uint32_t>(*request.rewardEpoch)
                                            : newestOpen(client, action, request, stop);
    if (!newest)
        return std::unexpected(newest.error());
    action.rewardEpoch = *newest;
    const Address recipient = request.recipient.value_or(request.from);
    argue(action, "up to reward epoch", std::to_string(*newest));
    argue(action, "recipient", ethereum::toChecksummed(recipient));
    argue(action, "wrapped", request.isWrapped ? "yes" : "no");
    if (recipient != request.from)
        action.warnings.emplace_back("recipient_is_another");
    const AbiValue values[] = {request.from, recipient, std::uint64_t{*newest},
                               std::uint64_t{request.isWrapped}, std::move(proofs)};
    return encodeInto(action, values);
}

Status makeRegistration(ChainClient &client, std::span<const NamedContract> contracts,
                        Action &action, const ActionRequest &request, std::stop_token stop)
{
    if (request.identity == Address{})
        return refuse("whose registration? An identity is needed");
    const auto state = readRegistration(client, contracts, request.identity, std::move(stop));
    if (!state)
        return std::unexpected(state.error());
    action.rewardEpoch = request.rewardEpoch.value_or(state->nextRewardEpoch);
    argue(action, "identity", ethereum::toChecksummed(request.identity));
    argue(action, "reward epoch", std::to_string(action.rewardEpoch));
    if (state->isRegistered)
        action.warnings.emplace_back("registered_already");
    else if (!state->isOpen && action.kind == ActionKind::Register)
        action.warnings.emplace_back("registration_is_closed");
    if (!request.signature)
        action.warnings.emplace_back("signature_is_missing");
    const ethereum::Signature signature = request.signature.value_or(ethereum::Signature{});
    const AbiValue values[] = {request.identity, std::vector<AbiValue>{std::uint64_t{signature.v()},
                                                                       signature.r, signature.s}};
    return encodeInto(action, values);
}

} // namespace

std::optional<ActionKind> actionFrom(std::string_view word)
{
    const auto found = std::ranges::find(kActions, word, &KnownAction::word);
    if (found == kActions.end())
        return std::nullopt;
    return static_cast<ActionKind>(found - kActions.begin());
}

Purpose purposeOf(ActionKind kind)
{
    return known(kind).purpose;
}

std::string_view contractOf(ActionKind kind)
{
    return known(kind).contract;
}

std::string_view functionOf(ActionKind kind)
{
    return known(kind).function;
}

Result<Action> makeAction(ChainClient &client, std::span<const NamedContract> contracts,
                          const ActionRequest &request, std::stop_token stop)
{
    if (request.from == Address{})
        return refuse("of which account? Its address is needed");
    const auto contract = contractNamed(contracts, known(request.kind).contract);
    if (!contract)
        return std::unexpected(contract.error());
    Action action{.kind = request.kind,
                  .from = request.from,
                  .contract = {std::string(known(request.kind).contract), *contract},
                  .function = std::string(known(request.kind).function)};
    Status made;
    switch (request.kind) {
    case ActionKind::Register:
    case ActionKind::Preregister:
        made = makeRegistration(client, contracts, action, request, std::move(stop));
        break;
    case ActionKind::Delegate: made = makeDelegation(action, request); break;
    case ActionKind::Undelegate:
        action.warnings.emplace_back("delegations_replaced");
        made = encodeInto(action, {});
        break;
    case ActionKind::Wrap:
    case ActionKind::Unwrap: made = makeWrapping(client, action, request, std::move(stop)); break;
    case ActionKind::Claim:
        made = makeClaim(client, contracts, action, request, std::move(stop));
        break;
    }
    if (!made)
        return std::unexpected(made.error());
    return action;
}

Result<ActionKind> actionIn(std::span<const NamedContract> contracts,
                            const ethereum::Transaction &transaction)
{
    if (!transaction.to || transaction.data.size() < 4)
        return fail(ErrorCode::Denied, "the transaction calls no function");
    for (std::size_t i = 0; i < kActions.size(); ++i) {
        const auto contract = contractNamed(contracts, kActions[i].contract);
        const auto signature = ethereum::parseAbiSignature(kActions[i].function);
        if (!contract || !signature || *contract != *transaction.to ||
            !std::ranges::equal(signature->selector(), std::span(transaction.data).first(4)))
            continue;
        if (!kActions[i].takesValue && !transaction.value.isZero())
            return fail(ErrorCode::Denied, "the transaction carries coins that would be lost");
        return static_cast<ActionKind>(i);
    }
    return fail(ErrorCode::Denied,
                "the transaction calls something else than registration, delegation, wrapping or "
                "claims",
                "send it with the program that made it");
}

Result<AccountOwners> readOwners(ChainClient &client, const Address &account, std::stop_token stop)
{
    constexpr std::size_t kOwnersMax = 100;
    const auto code = client.isContract(account, stop);
    if (!code)
        return std::unexpected(code.error());
    AccountOwners owners{.isContract = *code};
    if (!*code)
        return owners;
    // What the contracts for several owners have in common; one that has neither is just a
    // contract.
    const auto names = callFunction(client, account, "getOwners()", {}, "r(address[])", stop);
    const auto threshold = callFunction(client, account, "getThreshold()", {}, "r(uint256)", stop);
    if (!names || !threshold || listIn(names->front()).size() > kOwnersMax)
        return owners;
    for (const AbiValue &owner : listIn(names->front()))
        owners.owners.push_back(addressIn(owner));
    owners.threshold = static_cast<std::uint32_t>(
        std::min<std::uint64_t>(smallIn(threshold->front()), owners.owners.size()));
    return owners;
}

Result<RegistrationState> readRegistration(ChainClient &client,
                                           std::span<const NamedContract> contracts,
                                           const Address &identity, std::stop_token stop)
{
    const auto manager = contractNamed(contracts, "FlareSystemsManager"),
               registry = contractNamed(contracts, "VoterRegistry");
    if (!manager || !registry)
        return std::unexpected(!manager ? manager.error() : registry.error());
    const auto current =
        callFunction(client, *manager, "getCurrentRewardEpochId()", {}, "r(uint24)", stop);
    if (!current)
        return std::unexpected(current.error());
    RegistrationState state{.nextRewardEpoch =
                                static_cast<std::uint32_t>(smallIn(current->front()) + 1)};
    const AbiValue epoch[] = {state.nextRewardEpoch};
    const auto open = callFunction(client, *manager, "getVoterRegistrationData(uint256)", epoch,
                                   "r(uint256,bool)", stop);
    const AbiValue voter[] = {identity, state.nextRewardEpoch};
    const auto registered = callFunction(client, *registry, "isVoterRegistered(address,uint256)",
                                         voter, "r(bool)", std::move(stop));
    if (!open || !registered)
        return std::unexpected(!open ? open.error() : registered.error());
    state.isOpen = !numberIn(open->at(1)).isZero();
    state.isRegistered = !numberIn(registered->front()).isZero();
    return state;
}

} // namespace chrona::flare
