// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/flare/chain_store.h"

namespace chrona::flare {

/// Brings a network's blocks into the database, from where it stopped last. Each step is one
/// transaction: a crash loses at most the step under way. When the chain was reorganised, the
/// blocks that are gone are taken back first. One thread.
class Indexer {
public:
    struct Options {
        ChainId chain = 0;
        Address submission{};
        std::vector<Address> contracts; ///< whose events are kept
        std::uint64_t firstBlock = 0;   ///< where nothing is indexed yet
        std::uint64_t batchMax = 100;   ///< blocks a step; fewer where a node refuses that many
    };
    struct Progress {
        std::uint64_t indexed = 0; ///< blocks of this step
        std::uint64_t next = 0, head = 0;
        Seconds time = 0;                           ///< of the newest indexed block
        std::optional<std::uint64_t> takenBackTo{}; ///< the chain was reorganised above this block
        [[nodiscard]] bool isAtHead() const { return next > head; }
    };

    Indexer(ChainClient &client, Options options)
        : m_client(client), m_options(std::move(options)), m_batch(m_options.batchMax)
    {
    }
    /// Corrupt when the chain is another one than that in the database, as far back as is known.
    [[nodiscard]] Result<Progress> step(storage::Connection &connection, std::stop_token stop = {});

private:
    [[nodiscard]] Result<std::uint64_t> append(storage::Connection &connection,
                                               std::optional<std::uint64_t> next,
                                               std::uint64_t head, std::stop_token stop);
    [[nodiscard]] Result<std::optional<std::uint64_t>>
    forkBelow(storage::Connection &connection, const IndexedRun &run, std::stop_token stop);

    ChainClient &m_client;
    Options m_options;
    std::uint64_t m_batch;
};

} // namespace chrona::flare
