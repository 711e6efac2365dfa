// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/flare/outgoing_store.h"
#include "chrona/keys/signer_client.h"

#include <map>

namespace chrona::flare {

/// Who signs. In the product chrona-signer, which looks into everything it is asked and refuses
/// what its rules do not allow.
class Signing {
public:
    virtual ~Signing() = default;
    [[nodiscard]] virtual Result<keys::SigningReply> ask(const keys::SigningRequest &request) = 0;
    [[nodiscard]] virtual std::vector<keys::HeldKey> keys() const = 0;
};
/// The client must outlive it.
[[nodiscard]] std::unique_ptr<Signing> signingBy(keys::SignerClient &client);

/// Gets planned transactions into blocks: signs, keeps what was signed, sends, watches, outbids
/// what is stuck, gives up what is too late, and notices when a reorganisation took one back. The
/// ledger of nonces is in the database, so all of it goes on after a crash. One thread.
class TransactionSender {
public:
    struct Options {
        ChainId chain = 0;
        std::uint64_t chainId = 0;
        FeeRules fees;
        Seconds outbidAfter = 6; ///< chain time without a block that has it
        int triesMax = 5;
        std::uint64_t blocksUntilSafe = 12;
    };
    TransactionSender(ChainClient &client, Signing &signing, Options options)
        : m_client(client), m_signing(signing), m_options(std::move(options))
    {
    }
    /// Plans and sends what was not planned before; for what was, does nothing: pursue() does.
    [[nodiscard]] Status say(storage::Connection &connection, Outgoing draft, Seconds now);
    /// Goes on with one row alone.
    [[nodiscard]] Status pursueOnly(storage::Connection &connection, const Outgoing &outgoing,
                                    Seconds now)
    {
        return pursueOne(connection, outgoing, now);
    }
    /// Goes on with all that is open. The first failure comes back, after all were tried.
    [[nodiscard]] Status pursue(storage::Connection &connection, Seconds now);
    /// What was given up may have got into a block all the same: the row as it is now.
    [[nodiscard]] Result<Outgoing> lookAgain(storage::Connection &connection,
                                             const Outgoing &outgoing);
    /// Half as much again as the node estimates, within reason: a node that says too little would
    /// make the call fail in its block.
    [[nodiscard]] std::uint64_t gasFor(const Address &sender, const Address &to, ByteView data);

private:
    [[nodiscard]] Status pursueOne(storage::Connection &connection, const Outgoing &outgoing,
                                   Seconds now);
    [[nodiscard]] Result<Standing> standingOf(const Outgoing &outgoing,
                                              std::span<const OutgoingTry> tries);
    [[nodiscard]] Result<bool> findInBlock(storage::Connection &connection,
                                           const Outgoing &outgoing,
                                           std::span<const OutgoingTry> tries,
                                           const Standing &standing);
    [[nodiscard]] Status sendNew(storage::Connection &connection, const Outgoing &outgoing,
                                 std::span<const OutgoingTry> tries, Seconds now);
    [[nodiscard]] Status send(storage::Connection &connection, const Outgoing &outgoing,
                              const OutgoingTry &attempt, Seconds now);
    [[nodiscard]] Status refusedBySigner(storage::Connection &connection, const Outgoing &outgoing,
                                         const Error &error);
    [[nodiscard]] Status nonceIsGone(storage::Connection &connection, const Outgoing &outgoing,
                                     std::uint64_t chainNonce, Seconds now);

    ChainClient &m_client;
    Signing &m_signing;
    Options m_options;
    std::map<std::int64_t, Seconds> m_goneSince; ///< rows whose nonce the chain has from elsewhere
};

} // namespace chrona::flare
