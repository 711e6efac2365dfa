// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/ethereum/abi.h"
#include "chrona/flare/chain_client.h"
#include "chrona/flare/contracts.h"
#include "chrona/ftso/round.h"
#include "chrona/storage/connection.h"

namespace chrona::flare {

using ChainId = std::int16_t; ///< of our table, not the network's number

/// The unbroken run of blocks that is in the database.
struct IndexedRun {
    std::uint64_t firstBlock = 0, nextBlock = 0;
    Seconds firstTime = 0, lastTime = 0;
};

/// Makes the network's row where it is missing.
[[nodiscard]] Result<ChainId> openChain(storage::Connection &connection, std::string_view network);
[[nodiscard]] Result<std::optional<IndexedRun>> indexedRun(storage::Connection &connection,
                                                           ChainId chain);

/// Appends blocks with the calls of `submission` in them and their logs, all or nothing, and moves
/// the end of the run. `expectedNext` is where the caller believes the run to end; nothing: it is
/// empty. Conflict when it ends elsewhere: another indexer is at work. Unavailable when the first
/// block's parent is not the last one that is there: the chain moved.
[[nodiscard]] Status appendBlocks(storage::Connection &connection, ChainId chain,
                                  std::optional<std::uint64_t> expectedNext,
                                  std::span<const Block> blocks, std::span<const Log> logs,
                                  const Address &submission);
/// Takes back all blocks from `firstBad` on, and what was computed from them.
[[nodiscard]] Status takeBack(storage::Connection &connection, ChainId chain,
                              std::uint64_t firstBad);
/// Of the newest blocks only.
[[nodiscard]] Result<std::optional<Bytes32>> blockHash(storage::Connection &connection,
                                                       ChainId chain, std::uint64_t number);

struct StoredCall {
    std::int16_t kind = 0; ///< 1, 2, 3: submitN; 4: submitSignatures
    Address sender{};
    Seconds time = 0;
    std::uint64_t block = 0;
    std::uint32_t position = 0;
    Bytes data;
};
/// With from ≤ time < until, in the chain's order.
[[nodiscard]] Result<std::vector<StoredCall>>
callsBetween(storage::Connection &connection, ChainId chain, Seconds from, Seconds until);

struct StoredLog {
    ethereum::EventLog log;
    std::uint64_t block = 0;
    Seconds time = 0;
};
/// Events by their first topic and a word of their key (0: the second topic, 1: the third), in the
/// chain's order.
struct LogQuery {
    Bytes32 topic{};
    int word = 0;
    Bytes32 value{};
};
[[nodiscard]] Bytes32 keyWord(std::uint64_t number);
[[nodiscard]] Bytes32 keyWord(const Address &address);
[[nodiscard]] Result<std::vector<StoredLog>> logsWith(storage::Connection &connection,
                                                      ChainId chain, const LogQuery &query);
/// All events with this first topic from a block on.
[[nodiscard]] Result<std::vector<StoredLog>> logsSince(storage::Connection &connection,
                                                       ChainId chain, const Bytes32 &topic,
                                                       std::uint64_t firstBlock);

/// Payloads are needed for some rounds only, and values of each provider fill a disk: calls go
/// after these days, what each provider did in a round after more, what was committed to after one.
/// Rounds, events and the ledger of nonces stay.
inline constexpr int kCallDaysKept = 8, kDetailDaysKept = 60;
[[nodiscard]] Status forgetOld(storage::Connection &connection, ChainId chain,
                               const ftso::Network &timing, Seconds now);

/// Keeps what the registry says, and notes what changed since it was first read.
[[nodiscard]] Status saveContracts(storage::Connection &connection, ChainId chain,
                                   std::span<const NamedContract> contracts);

[[nodiscard]] Status saveWrappedSupply(storage::Connection &connection, ChainId chain,
                                       const Uint256 &supply);

} // namespace chrona::flare
