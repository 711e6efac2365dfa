// SPDX-License-Identifier: AGPL-3.0-or-later
#include "flare_acts.h"

#include "flare_act_sending.h"

#include "chrona/ethereum/keccak.h"
#include "chrona/flare/epoch_duties.h"
#include "chrona/flare/reward_data.h"

#include <algorithm>
#include <format>

namespace chrona::service {
namespace {

using flare::Action;
using flare::ActionKind;

/// A chain that was asked once for what does not change meanwhile.
struct Opened {
    flare::ChainAccess access;
    std::vector<flare::NamedContract> contracts;
};

Result<Opened> openNodes(const FlareActs &acts, std::stop_token stop)
{
    auto options = acts.access;
    options.stop = stop;
    auto access = flare::openChainAccess(options);
    if (!access)
        return std::unexpected(access.error());
    if (auto checked = access->client->checkChain(stop); !checked)
        return std::unexpected(checked.error());
    auto contracts = flare::readContracts(*access->client, flare::registryAddress(), stop);
    if (!contracts)
        return std::unexpected(contracts.error());
    return Opened{std::move(*access), std::move(*contracts)};
}

Result<flare::Address> addressOr(const std::string &text,
                                 const std::optional<flare::Address> &other)
{
    if (!text.empty())
        return ethereum::parseAddress(text);
    return other.value_or(flare::Address{});
}

Status readAmounts(const ipc::FlareAction &asked, flare::ActionRequest &request)
{
    if (!asked.amount.empty()) {
        const auto amount = ethereum::Uint256::parse(asked.amount);
        if (!amount)
            return std::unexpected(amount.error());
        request.amount = *amount;
    }
    for (const ipc::FlareShare &share : asked.delegates) {
        const auto to = ethereum::parseAddress(share.address);
        if (!to)
            return std::unexpected(to.error());
        request.delegates.push_back({*to, static_cast<std::uint32_t>(std::max(share.bips, 0))});
    }
    if (asked.rewardEpoch)
        request.rewardEpoch = static_cast<std::uint32_t>(*asked.rewardEpoch);
    request.isWrapped = asked.wrap;
    return {};
}

Result<flare::ActionRequest> readRequest(const FlareActs &acts, const ipc::FlareAction &asked)
{
    const auto kind = flare::actionFrom(asked.action);
    if (!kind)
        return fail(ErrorCode::InvalidInput,
                    std::format("\"{}\" is none of register, preregister, delegate, undelegate, "
                                "wrap, unwrap and claim",
                                asked.action));
    flare::ActionRequest request{.kind = *kind};
    const auto identity = addressOr(asked.identity, acts.identity);
    const auto from = identity ? addressOr(asked.from, *identity) : identity;
    const auto recipient = addressOr(asked.recipient, std::nullopt);
    if (!identity || !from || !recipient)
        return std::unexpected(!identity ? identity.error()
                               : !from   ? from.error()
                                         : recipient.error());
    request.identity = *identity;
    request.from = *from;
    if (!asked.recipient.empty())
        request.recipient = *recipient;
    if (auto read = readAmounts(asked, request); !read)
        return std::unexpected(read.error());
    if (!asked.claimData.empty()) {
        const auto data = flare::readRewardData(asked.claimData);
        if (!data)
            return std::unexpected(data.error());
        request.claims = flare::claimsOf(*data, request.from);
        if (request.claims.empty())
            return fail(ErrorCode::NotFound, "the data has no claim of the account that needs one");
    }
    return request;
}

/// Whoever is to register: sent by the account that signs for the identity, unless another is
/// named.
Status findSender(const ipc::FlareAction &asked, Opened &opened, flare::ActionRequest &request,
                  std::stop_token stop)
{
    if (!isRegistration(request.kind) || !asked.from.empty())
        return {};
    const auto entity =
        flare::readEntity(*opened.access.client, opened.contracts, request.identity, stop);
    if (!entity)
        return std::unexpected(entity.error());
    request.from = entity->signingPolicy;
    return {};
}

Result<ethereum::Signature> registrationSignature(keys::SignerClient &signer, const FlareActs &acts,
                                                  Opened &opened,
                                                  const flare::ActionRequest &request,
                                                  std::uint32_t rewardEpoch, std::stop_token stop)
{
    const auto entity =
        flare::readEntity(*opened.access.client, opened.contracts, request.identity, stop);
    if (!entity)
        return std::unexpected(entity.error());
    for (const keys::HeldKey &key : signer.keys()) {
        if (key.address != entity->signingPolicy || key.chainId != acts.setup.timing.chainId)
            continue;
        const auto reply =
            signer.ask(keys::RegistrationRequest{key.name, rewardEpoch, request.identity});
        if (!reply)
            return std::unexpected(reply.error());
        if (const auto *made = std::get_if<keys::SignatureReply>(&*reply))
            return made->signature;
    }
    return fail(ErrorCode::Denied,
                std::format("the signer holds no key of {}",
                            ethereum::toChecksummed(entity->signingPolicy)),
                "enrol it with chronactl key add --duty signing-policy");
}

struct Priced {
    ethereum::Transaction transaction;
    std::string problem; ///< what the chain says to it
};

/// Nonce, gas and fee of a transaction that is made now, and what the chain would say to it.
Result<Priced> priceNow(const FlareActs &acts, Opened &opened, const Action &action,
                        bool isComplete, std::stop_token stop)
{
    flare::ChainClient &client = *opened.access.client;
    Priced priced;
    ethereum::Transaction &transaction = priced.transaction;
    transaction.chainId = acts.setup.timing.chainId;
    transaction.to = action.contract.address;
    transaction.value = action.value;
    transaction.data = action.data;
    const auto nonce = client.nonce(action.from, flare::NonceAt::Pending, stop);
    const auto block = client.newestBlock(stop);
    if (!nonce || !block)
        return std::unexpected(!nonce ? nonce.error() : block.error());
    transaction.nonce = *nonce;
    if (!isComplete)
        return priced;
    const auto gas =
        client.estimateGas(action.from, action.contract.address, action.data, action.value, stop);
    if (!gas) {
        priced.problem = describe(gas.error());
        return priced;
    }
    transaction.gasLimit = ethereum::Uint256(*gas + *gas / 2);
    const auto fee = flare::feeFor(acts.fees, block->baseFee.value_or(ethereum::Uint256()), 0,
                                   *gas + *gas / 2, std::nullopt);
    if (!fee) {
        priced.problem = describe(fee.error());
        return priced;
    }
    transaction.maxPriorityFeePerGas = fee->tip;
    transaction.maxFeePerGas = fee->feeMax;
    return priced;
}

ipc::FlareActionReply tellAction(const FlareActs &acts, const Action &action, const Priced &priced)
{
    const ethereum::Transaction &transaction = priced.transaction;
    ipc::FlareActionReply reply;
    reply.network = std::string(acts.setup.timing.name);
    reply.chainId = static_cast<std::int64_t>(transaction.chainId);
    reply.from = ethereum::toChecksummed(action.from);
    reply.to = ethereum::toChecksummed(action.contract.address);
    reply.contract = action.contract.name;
    reply.function = action.function;
    for (const auto &[name, value] : action.arguments)
        reply.arguments.push_back({name, value});
    reply.value = action.value.toString();
    reply.data = ethereum::toHex(action.data);
    reply.nonce = static_cast<std::int64_t>(transaction.nonce);
    reply.gas = static_cast<std::int64_t>(transaction.gasLimit.toUint64().value_or(0));
    reply.tip = transaction.maxPriorityFeePerGas.toString();
    reply.feeMax = transaction.maxFeePerGas.toString();
    reply.costMax = (transaction.gasLimit * transaction.maxFeePerGas).toString();
    reply.problem = priced.problem;
    reply.warnings = action.warnings;
    return reply;
}

Status checkMainnet(const FlareActs &acts, bool mainnet)
{
    if (!acts.setup.isMain || mainnet)
        return {};
    return fail(
        ErrorCode::Denied,
        std::format("{} is a main network: coins there are worth money", acts.setup.timing.name),
        "look at it with --dry-run, then add --mainnet");
}

} // namespace

Result<ipc::FlareActionReply> actOnChain(const FlareActs &acts, storage::Pool &pool,
                                         const ipc::FlareAction &asked, std::stop_token stop)
{
    const bool isSent = asked.how == "send";
    if (!isSent && asked.how != "dry_run" && asked.how != "export")
        return fail(ErrorCode::InvalidInput, "how is dry_run, send or export");
    auto request = readRequest(acts, asked);
    if (!request)
        return std::unexpected(request.error());
    if (auto consent = isSent ? checkMainnet(acts, asked.mainnet) : Status(); !consent)
        return std::unexpected(consent.error());
    if (isSent && acts.isSubmitting && isRegistration(request->kind))
        return fail(ErrorCode::Conflict, "the service registers by itself while it submits",
                    "look at chronactl flare status");
    auto opened = openNodes(acts, stop);
    if (!opened)
        return std::unexpected(opened.error());
    if (auto found = findSender(asked, *opened, *request, stop); !found)
        return std::unexpected(found.error());
    std::unique_ptr<keys::SignerClient> signer;
    if (isSent && !acts.isSubmitting) {
        auto started = acts.startSigner(stop);
        if (!started)
            return std::unexpected(started.error());
        signer = std::move(*started);
    }
    auto action = flare::makeAction(*opened->access.client, opened->contracts, *request, stop);
    if (action && signer && isRegistration(request->kind)) {
        const auto signature =
            registrationSignature(*signer, acts, *opened, *request, action->rewardEpoch, stop);
        if (!signature)
            return std::unexpected(signature.error());
        request->signature = *signature;
        action = flare::makeAction(*opened->access.client, opened->contracts, *request, stop);
    }
    if (!action)
        return std::unexpected(action.error());
    const bool isComplete = !isRegistration(request->kind) || request->signature.has_value();
    const auto priced = priceNow(acts, *opened, *action, isComplete, stop);
    if (!priced)
        return std::unexpected(priced.error());
    ipc::FlareActionReply reply = tellAction(acts, *action, *priced);
    if (asked.how == "export" && priced->problem.empty() && isComplete)
        reply.unsignedPayload = ethereum::toHex(ethereum::signingPayload(priced->transaction));
    if (!isSent)
        return reply;
    if (!priced->problem.empty())
        return fail(ErrorCode::Denied, "not sent, for it would fail: " + priced->problem);
    auto hash = sendAction({.acts = acts,
                            .client = *opened->access.client,
                            .action = *action,
                            .gas = priced->transaction.gasLimit.toUint64().value_or(0)},
                           pool, signer.get(), stop);
    if (!hash)
        return std::unexpected(hash.error());
    reply.hash = std::move(*hash);
    return reply;
}

Result<ipc::FlareActionReply> sendSigned(const FlareActs &acts, const ipc::FlareSendSigned &asked,
                                         std::stop_token stop)
{
    const auto raw = ethereum::parseHex(asked.raw);
    if (!raw)
        return std::unexpected(raw.error());
    const auto decoded = ethereum::decodeSigned(*raw);
    if (!decoded)
        return std::unexpected(decoded.error());
    if (decoded->transaction.chainId != acts.setup.timing.chainId)
        return fail(ErrorCode::Denied,
                    std::format("the transaction is for chain {}, not for {}",
                                decoded->transaction.chainId, acts.setup.timing.name));
    if (auto consent = checkMainnet(acts, asked.mainnet); !consent)
        return std::unexpected(consent.error());
    const auto opened = openNodes(acts, stop);
    if (!opened)
        return std::unexpected(opened.error());
    const auto kind = flare::actionIn(opened->contracts, decoded->transaction);
    if (!kind)
        return std::unexpected(kind.error());
    Action action{.kind = *kind,
                  .from = decoded->from,
                  .contract = {std::string(flare::contractOf(*kind)), *decoded->transaction.to},
                  .function = std::string(flare::functionOf(*kind)),
                  .value = decoded->transaction.value,
                  .data = decoded->transaction.data};
    ipc::FlareActionReply reply = tellAction(acts, action, {decoded->transaction, {}});
    const auto sent = opened->access.client->send(*raw, stop);
    if (!sent)
        return std::unexpected(sent.error());
    if (sent->outcome != flare::SendOutcome::Accepted &&
        sent->outcome != flare::SendOutcome::AlreadyKnown)
        return fail(ErrorCode::Denied, "no node takes the transaction: " + sent->said);
    reply.hash = ethereum::toHex(ethereum::keccak256(*raw));
    return reply;
}

} // namespace chrona::service
