// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/flare/transaction_sender.h"

#include "chrona/base/log.h"
#include "chrona/ethereum/transaction.h"

#include <algorithm>
#include <format>

namespace chrona::flare {
namespace {

using storage::Connection;

/// A node that was just told of a block may not have its receipts yet.
constexpr Seconds kPatience = 6;
/// A block from before a deadline may be told of after it.
constexpr Seconds kGrace = 12;

class ClientSigning final : public Signing {
public:
    explicit ClientSigning(keys::SignerClient &client) : m_client(client) {}
    Result<keys::SigningReply> ask(const keys::SigningRequest &request) override
    {
        return m_client.ask(request);
    }
    std::vector<keys::HeldKey> keys() const override { return m_client.keys(); }

private:
    keys::SignerClient &m_client;
};

Result<std::string> keyFor(const Signing &signing, const Address &sender, std::uint64_t chainId)
{
    for (const keys::HeldKey &key : signing.keys())
        if (key.address == sender && key.chainId == chainId)
            return key.name;
    return fail(ErrorCode::Denied,
                std::format("the signer holds no key of {}", ethereum::toChecksummed(sender)),
                "enrol it with chronactl key add");
}

} // namespace

std::unique_ptr<Signing> signingBy(keys::SignerClient &client)
{
    return std::make_unique<ClientSigning>(client);
}

std::uint64_t TransactionSender::gasFor(const Address &sender, const Address &to, ByteView data)
{
    constexpr std::uint64_t kPlenty = 2'500'000;
    // What any transaction costs, and a little for the contract.
    const auto zeros = static_cast<std::uint64_t>(std::ranges::count(data, std::uint8_t{0}));
    const std::uint64_t least = 81'000 + 16 * data.size() - 12 * zeros;
    const auto estimate = m_client.estimateGas(sender, to, data);
    const std::uint64_t gas = estimate && *estimate < kPlenty ? *estimate + *estimate / 2 : kPlenty;
    return std::clamp(gas, std::min(least, kPlenty), kPlenty);
}

Status TransactionSender::say(Connection &connection, Outgoing draft, Seconds now)
{
    const auto known =
        findOutgoing(connection, m_options.chain, draft.sender, draft.purpose, draft.round);
    if (!known)
        return std::unexpected(known.error());
    if (*known)
        return {};
    const auto nonce = m_client.nonce(draft.sender, NonceAt::Latest);
    if (!nonce)
        return std::unexpected(nonce.error());
    if (draft.gas == 0)
        draft.gas = gasFor(draft.sender, draft.recipient, draft.data);
    const auto planned = planOutgoing(connection, m_options.chain, std::move(draft), *nonce);
    if (!planned)
        return std::unexpected(planned.error());
    return planned->state == OutgoingState::Planned ? pursueOne(connection, *planned, now)
                                                    : Status();
}

Status TransactionSender::pursue(Connection &connection, Seconds now)
{
    const auto head = m_client.head();
    if (!head)
        return std::unexpected(head.error());
    const std::uint64_t safe = *head - std::min(*head, m_options.blocksUntilSafe);
    const auto open = openOutgoing(connection, m_options.chain, safe);
    if (!open)
        return std::unexpected(open.error());
    Status first;
    for (const Outgoing &outgoing : *open)
        if (auto done = pursueOne(connection, outgoing, now); !done && first)
            first = done;
    return first;
}

Result<Standing> TransactionSender::standingOf(const Outgoing &outgoing,
                                               std::span<const OutgoingTry> tries)
{
    std::vector<Bytes32> hashes;
    for (const OutgoingTry &attempt : tries)
        hashes.push_back(attempt.hash);
    return m_client.standing(outgoing.sender, hashes);
}

Result<Outgoing> TransactionSender::lookAgain(Connection &connection, const Outgoing &outgoing)
{
    const auto tries = triesOf(connection, outgoing.id);
    if (!tries)
        return std::unexpected(tries.error());
    const auto standing = standingOf(outgoing, *tries);
    if (!standing)
        return std::unexpected(standing.error());
    const auto mined = findInBlock(connection, outgoing, *tries, *standing);
    if (!mined)
        return std::unexpected(mined.error());
    if (!*mined)
        return outgoing;
    return findOutgoing(connection, m_options.chain, outgoing.sender, outgoing.purpose,
                        outgoing.round)
        .transform([&](const auto &row) { return row.value_or(outgoing); });
}

Result<bool> TransactionSender::findInBlock(Connection &connection, const Outgoing &outgoing,
                                            std::span<const OutgoingTry> tries,
                                            const Standing &standing)
{
    for (std::size_t i = 0; i < std::min(tries.size(), standing.receipts.size()); ++i) {
        const std::optional<Receipt> &receipt = standing.receipts[i];
        if (!receipt)
            continue;
        if (outgoing.minedBlock == receipt->block)
            return true; // known
        const auto block = m_client.blocks(receipt->block, 1, Bodies::HeadersOnly);
        if (!block)
            return std::unexpected(block.error());
        if (block->front().hash != receipt->blockHash)
            return fail(ErrorCode::Unavailable, "the chain moved while it was asked");
        const Mining mining{.hash = tries[i].hash,
                            .block = receipt->block,
                            .time = block->front().time,
                            .fee = Uint256(receipt->gasUsed) * receipt->gasPrice,
                            .succeeded = receipt->succeeded};
        if (auto done = setMined(connection, outgoing.id, mining); !done)
            return std::unexpected(done.error());
        m_goneSince.erase(outgoing.id);
        return true;
    }
    return false;
}

Status TransactionSender::pursueOne(Connection &connection, const Outgoing &outgoing, Seconds now)
{
    const auto tries = triesOf(connection, outgoing.id);
    if (!tries)
        return std::unexpected(tries.error());
    const auto standing = standingOf(outgoing, *tries);
    if (!standing)
        return std::unexpected(standing.error());
    const auto mined = findInBlock(connection, outgoing, *tries, *standing);
    if (!mined)
        return std::unexpected(mined.error());
    if (*mined)
        return {};
    if (standing->nonce > outgoing.nonce)
        return nonceIsGone(connection, outgoing, standing->nonce, now);
    m_goneSince.erase(outgoing.id);
    if (outgoing.minedBlock) {
        log::warning("flare", "a reorganisation took back the transaction with nonce {}",
                     outgoing.nonce);
        if (auto done = setState(connection, outgoing.id, OutgoingState::Sent); !done)
            return done;
    }
    if (now >= outgoing.until + kGrace)
        return setState(connection, outgoing.id, OutgoingState::GivenUp);
    if (now >= outgoing.until)
        return {};
    if (tries->empty())
        return sendNew(connection, outgoing, *tries, now);
    const OutgoingTry &last = tries->back();
    // Signed and perhaps not sent: the same bytes again can do no harm.
    if (!last.sentAt || outgoing.minedBlock)
        return send(connection, outgoing, last, now);
    if (now - *last.sentAt < m_options.outbidAfter ||
        static_cast<int>(tries->size()) >= m_options.triesMax)
        return {};
    return sendNew(connection, outgoing, *tries, now);
}

Status TransactionSender::nonceIsGone(Connection &connection, const Outgoing &outgoing,
                                      std::uint64_t chainNonce, Seconds now)
{
    const Seconds since = m_goneSince.try_emplace(outgoing.id, now).first->second;
    if (now - since < kPatience)
        return {};
    m_goneSince.erase(outgoing.id);
    log::warning("flare", "nonce {} was used by another transaction of {}", outgoing.nonce,
                 ethereum::toChecksummed(outgoing.sender));
    if (now >= outgoing.until)
        return setState(connection, outgoing.id, OutgoingState::GivenUp);
    const auto again = replanOutgoing(connection, m_options.chain, outgoing, chainNonce);
    return again ? sendNew(connection, *again, {}, now) : Status(std::unexpected(again.error()));
}

Status TransactionSender::sendNew(Connection &connection, const Outgoing &outgoing,
                                  std::span<const OutgoingTry> tries, Seconds now)
{
    const auto block = m_client.newestBlock();
    if (!block)
        return std::unexpected(block.error());
    const auto bid = highestBid(connection, m_options.chain, outgoing.sender, outgoing.nonce);
    const auto key = keyFor(m_signing, outgoing.sender, m_options.chainId);
    if (!bid)
        return std::unexpected(bid.error());
    if (!key)
        return refusedBySigner(connection, outgoing, key.error());
    const auto fee = feeFor(m_options.fees, block->baseFee.value_or(Uint256()),
                            static_cast<int>(tries.size()), outgoing.gas, *bid);
    if (!fee)
        return std::unexpected(fee.error());
    ethereum::Transaction transaction;
    transaction.chainId = m_options.chainId;
    transaction.nonce = outgoing.nonce;
    transaction.maxPriorityFeePerGas = fee->tip;
    transaction.maxFeePerGas = fee->feeMax;
    transaction.gasLimit = Uint256(outgoing.gas);
    transaction.to = outgoing.recipient;
    transaction.value = outgoing.value;
    transaction.data = outgoing.data;
    const auto reply =
        m_signing.ask(keys::TransactionRequest{*key, ethereum::signingPayload(transaction)});
    if (!reply)
        return refusedBySigner(connection, outgoing, reply.error());
    const auto *made = std::get_if<keys::SignedTransactionReply>(&*reply);
    if (made == nullptr)
        return fail(ErrorCode::Denied, "the signer did not sign the transaction");
    const auto decoded = ethereum::decodeSigned(made->raw);
    if (!decoded || decoded->transaction != transaction || decoded->from != outgoing.sender)
        return fail(ErrorCode::Corrupt, "the signer gave back another transaction");
    const OutgoingTry attempt{.number = static_cast<std::int16_t>(tries.size()),
                              .hash = made->hash,
                              .raw = made->raw,
                              .fee = *fee,
                              .sentAt = {}};
    if (auto kept = addTry(connection, outgoing.id, attempt); !kept)
        return kept;
    return send(connection, outgoing, attempt, now);
}

/// What is not to be signed must not hold up what comes after it.
Status TransactionSender::refusedBySigner(Connection &connection, const Outgoing &outgoing,
                                          const Error &error)
{
    if (error.code == ErrorCode::Denied)
        if (auto dropped = dropPlanned(connection, outgoing.id); !dropped)
            return dropped;
    return std::unexpected(error);
}

Status TransactionSender::send(Connection &connection, const Outgoing &outgoing,
                               const OutgoingTry &attempt, Seconds now)
{
    const auto sent = m_client.send(attempt.raw);
    if (!sent)
        return std::unexpected(sent.error()); // not known: the next pursue() asks for its receipt
    switch (sent->outcome) {
    case SendOutcome::Accepted:
    case SendOutcome::AlreadyKnown:
    // Whether ours or another's, the next pursue() finds out.
    case SendOutcome::NonceTooLow: return setSent(connection, outgoing.id, attempt.number, now);
    case SendOutcome::Underpriced:
        // Marked as sent long ago, so that it is outbid at the next look.
        return setSent(connection, outgoing.id, attempt.number, now - m_options.outbidAfter);
    case SendOutcome::NoFunds:
        return fail(
            ErrorCode::Exhausted,
            std::format("{} cannot pay: {}", ethereum::toChecksummed(outgoing.sender), sent->said),
            "fund the account");
    case SendOutcome::Refused: break;
    }
    return fail(ErrorCode::Unavailable,
                std::format("no node takes the transaction: {}", sent->said));
}

} // namespace chrona::flare
