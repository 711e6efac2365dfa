// SPDX-License-Identifier: AGPL-3.0-or-later
#include "flare_act_sending.h"

#include "chrona/flare/transaction_sender.h"

#include <condition_variable>
#include <format>
#include <mutex>

namespace chrona::service {
namespace {

constexpr flare::Seconds kActionSeconds = 300; ///< of chain time until it is given up
constexpr int kLooksMax = 60;                  ///< a second apart

/// A second, unless the asker goes away.
bool pauseUnlessStopped(std::stop_token stop)
{
    std::mutex mutex;
    std::condition_variable_any wake;
    std::unique_lock lock(mutex);
    wake.wait_for(lock, stop, std::chrono::seconds(1), [] { return false; });
    return !stop.stop_requested();
}

/// Looks after a planned row until a block has it, and brings the hash of its last form.
Result<std::string> see(storage::Connection &connection, flare::ChainId chain,
                        const flare::Outgoing &draft, flare::ChainClient &client,
                        flare::TransactionSender *sender, std::stop_token stop)
{
    std::string hash;
    for (int look = 0; look < kLooksMax; ++look) {
        const auto row =
            flare::findOutgoing(connection, chain, draft.sender, draft.purpose, draft.round);
        if (!row)
            return std::unexpected(row.error());
        if (!*row) // taken back, for nothing of it was ever signed
            return fail(ErrorCode::Denied,
                        std::format("not signed: chrona-signer holds no key of {}, or its rules "
                                    "refuse",
                                    ethereum::toChecksummed(draft.sender)),
                        "chronactl key list --signing tells which keys there are");
        const auto tries = flare::triesOf(connection, (*row)->id);
        if (!tries)
            return std::unexpected(tries.error());
        if (!tries->empty())
            hash = ethereum::toHex(tries->back().hash);
        if ((*row)->state == flare::OutgoingState::Reverted)
            return fail(ErrorCode::Denied,
                        std::format("the contract refused transaction {}", hash));
        if ((*row)->state == flare::OutgoingState::Mined)
            return hash;
        if (!pauseUnlessStopped(stop))
            return hash;
        const auto newest = client.newestBlock(stop);
        if (sender != nullptr && newest)
            if (auto done = sender->pursueOnly(connection, **row, newest->time); !done)
                return std::unexpected(done.error());
    }
    if (hash.empty())
        return fail(ErrorCode::Timeout, "it is planned, and was not sent yet",
                    "chronactl oracle transactions tells what becomes of it");
    return hash;
}

} // namespace

Result<std::string> sendAction(const ActSending &sending, storage::Pool &pool,
                               keys::SignerClient *signer, std::stop_token stop)
{
    const FlareActs &acts = sending.acts;
    const flare::Action &action = sending.action;
    auto lease = pool.take(stop);
    if (!lease)
        return std::unexpected(lease.error());
    flare::ChainClient &client = sending.client;
    const auto chain = flare::openChain(**lease, acts.setup.timing.name);
    const auto newest = client.newestBlock(stop);
    if (!chain || !newest)
        return std::unexpected(!chain ? chain.error() : newest.error());
    flare::Outgoing draft{.sender = action.from,
                          .purpose = flare::purposeOf(action.kind),
                          .round = isRegistration(action.kind)
                                       ? flare::RoundId{action.rewardEpoch}
                                       : ftso::votingEpochAt(acts.setup.timing, newest->time),
                          .recipient = action.contract.address,
                          .data = action.data,
                          .gas = sending.gas,
                          .until = newest->time + kActionSeconds,
                          .value = action.value};
    const auto known =
        flare::findOutgoing(**lease, *chain, draft.sender, draft.purpose, draft.round);
    if (!known)
        return std::unexpected(known.error());
    if (*known)
        return fail(ErrorCode::Conflict, "the same was asked for a moment ago",
                    "look at chronactl oracle transactions, or ask again in two minutes");
    if (signer == nullptr) {
        const auto nonce = client.nonce(action.from, flare::NonceAt::Latest, stop);
        if (!nonce)
            return std::unexpected(nonce.error());
        if (auto planned = flare::planOutgoing(**lease, *chain, draft, *nonce); !planned)
            return std::unexpected(planned.error());
        return see(**lease, *chain, draft, client, nullptr, stop);
    }
    const auto signing = flare::signingBy(*signer);
    flare::TransactionSender sender(
        client, *signing,
        {.chain = *chain, .chainId = acts.setup.timing.chainId, .fees = acts.fees});
    if (auto said = sender.say(**lease, draft, newest->time); !said)
        return std::unexpected(said.error());
    return see(**lease, *chain, draft, client, &sender, stop);
}

} // namespace chrona::service
