// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/flare/indexer.h"

#include "chrona/base/log.h"
#include "chrona/flare/events.h"

#include <algorithm>
#include <format>

namespace chrona::flare {

using storage::Connection;

/// A block that the chain and the database share, when the database's newest is gone: looked for in
/// doubling steps, so that a deep reorganisation costs few questions and a few blocks are read
/// twice.
Result<std::optional<std::uint64_t>> Indexer::forkBelow(Connection &connection,
                                                        const IndexedRun &run, std::stop_token stop)
{
    const std::uint64_t last = run.nextBlock - 1;
    for (std::uint64_t depth = 0;; depth = 2 * depth + 1) {
        const std::uint64_t number = last - std::min(depth, last - run.firstBlock);
        const auto ours = blockHash(connection, m_options.chain, number);
        if (!ours)
            return std::unexpected(ours.error());
        if (!*ours)
            return fail(ErrorCode::Corrupt, "the chain is another one than that which was indexed",
                        "check flare.rpc, or clear the network's tables to begin anew");
        const auto theirs = m_client.blocks(number, 1, Bodies::HeadersOnly, stop);
        if (!theirs)
            return std::unexpected(theirs.error());
        if (theirs->front().hash == **ours)
            return depth == 0 ? std::nullopt : std::optional(number);
        if (number == run.firstBlock)
            return fail(ErrorCode::Corrupt, "the chain is another one than that which was indexed",
                        "check flare.rpc, or clear the network's tables to begin anew");
    }
}

Result<std::uint64_t> Indexer::append(Connection &connection, std::optional<std::uint64_t> next,
                                      std::uint64_t head, std::stop_token stop)
{
    const std::uint64_t first = next.value_or(m_options.firstBlock);
    const std::uint64_t count = std::min(m_batch, head - first + 1);
    const auto blocks = m_client.blocks(first, count, Bodies::WithTransactions, stop);
    if (!blocks)
        return std::unexpected(blocks.error());
    const auto logs = m_options.contracts.empty() ? Result<std::vector<Log>>(std::vector<Log>{})
                                                  : m_client.logs({.first = first,
                                                                   .last = first + count - 1,
                                                                   .addresses = m_options.contracts,
                                                                   .topics = followedTopics()},
                                                                  stop);
    if (!logs)
        return std::unexpected(logs.error());
    // The two answers are of one chain only when the logs' blocks are these.
    for (const Log &log : *logs)
        if (log.blockHash != (*blocks)[log.block - first].hash)
            return fail(ErrorCode::Unavailable, "the chain moved while it was read");
    if (auto done =
            appendBlocks(connection, m_options.chain, next, *blocks, *logs, m_options.submission);
        !done)
        return std::unexpected(done.error());
    return count;
}

Result<Indexer::Progress> Indexer::step(Connection &connection, std::stop_token stop)
{
    const auto head = m_client.head(stop);
    if (!head)
        return std::unexpected(head.error());
    const auto run = indexedRun(connection, m_options.chain);
    if (!run)
        return std::unexpected(run.error());
    Progress progress{.head = *head};
    progress.next = *run ? (*run)->nextBlock : m_options.firstBlock;
    progress.time = *run ? (*run)->lastTime : 0;
    // A node that lags says nothing about blocks that it does not have.
    if (*run && *head + 1 >= progress.next) {
        const auto fork = forkBelow(connection, **run, stop);
        if (!fork)
            return std::unexpected(fork.error());
        if (*fork) {
            log::warning("flare", "the chain was reorganised: blocks above {} are taken back",
                         **fork);
            if (auto done = takeBack(connection, m_options.chain, **fork + 1); !done)
                return std::unexpected(done.error());
            progress.takenBackTo = **fork;
            progress.next = **fork + 1;
        }
    }
    if (progress.isAtHead())
        return progress;
    const auto next = *run ? std::optional(progress.next) : std::nullopt;
    const auto indexed = append(connection, next, *head, stop);
    if (!indexed) {
        m_batch = std::max<std::uint64_t>(1, m_batch / 2);
        return std::unexpected(indexed.error());
    }
    // Slowly: a node that limits the range of logs refuses each attempt at more.
    m_batch = std::min(m_options.batchMax, m_batch + 1 + m_batch / 16);
    progress.indexed = *indexed;
    progress.next += *indexed;
    const auto after = indexedRun(connection, m_options.chain);
    if (!after)
        return std::unexpected(after.error());
    progress.time = *after ? (*after)->lastTime : 0;
    return progress;
}

} // namespace chrona::flare
