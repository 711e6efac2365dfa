// SPDX-License-Identifier: AGPL-3.0-or-later
#include "benchmarks.h"

#ifdef CHRONA_BENCH_EVM
#include "chrona/flare/indexer.h"
#include "chrona/flare/oracle_world.h"
#include "chrona/storage/test_database.h"

#include <QFile>

#include <format>
#endif

namespace chrona::bench {

#ifdef CHRONA_BENCH_EVM
namespace {

constexpr int kRoundsIndexed = 20, kBlocksBetween = 40, kProviders = 5;
constexpr std::uint32_t kRewardEpoch = 6'349; ///< the first after the test chain's first day

/// So many rounds of five providers, with blocks in between that hold nothing for us.
void play(flare::EvmNode &node, flare::OracleWorld &world)
{
    const std::vector<ftso::FeedValue> values{10'000, 100'000, 100'000'000};
    node.setAutomine(false);
    for (int i = 0; i < kRoundsIndexed; ++i) {
        const flare::RoundId round = world.firstRound + i;
        const flare::Seconds start = ftso::startOf(world.timing, round);
        if (i > 0)
            for (const flare::TestProvider &provider : world.providers)
                world.reveal(provider, round - 1);
        for (int block = 0; block <= kBlocksBetween; ++block)
            node.mineAt(start + 20 + block);
        for (const flare::TestProvider &provider : world.providers)
            world.commit(provider, round, values);
        node.mineAt(start + 80);
    }
}

} // namespace
#endif

/// What a network's blocks take into the database, from a node on this machine. Nothing where that
/// is not installed: tests install it.
Status addIndexing([[maybe_unused]] Report &report)
{
#ifdef CHRONA_BENCH_EVM
    if (!QFile::exists(QStringLiteral(CHRONA_BINARY_DIR "/evm-place")))
        return {};
    flare::EvmNode node;
    flare::OracleWorld world(node, kProviders, kRewardEpoch);
    play(node, world);
    const auto database = storage::TestDatabase::open();
    if (!database)
        return fail(ErrorCode::Unavailable, "there is no database to measure with");
    auto connection = storage::Connection::open(database->freshConnectionString());
    if (!connection)
        return std::unexpected(connection.error());
    const auto chain = flare::openChain(*connection, "coston2");
    if (!chain)
        return std::unexpected(chain.error());
    const auto client = node.client();
    const std::uint64_t head = node.head();
    constexpr std::uint64_t kBatch = 100;
    const Stopwatch reading;
    for (std::uint64_t first = 0; first <= head; first += kBatch) {
        const auto blocks = client->blocks(first, std::min(kBatch, head + 1 - first),
                                           flare::Bodies::WithTransactions);
        if (!blocks)
            return std::unexpected(blocks.error());
    }
    const double readSeconds = reading.seconds();
    flare::Indexer indexer(*client, {.chain = *chain,
                                     .submission = flare::submissionAddress(),
                                     .contracts = {world.relay, world.world}});
    const Stopwatch watch;
    for (bool isAtHead = false; !isAtHead;) {
        const auto progress = indexer.step(*connection);
        if (!progress)
            return std::unexpected(progress.error());
        isAtHead = progress->isAtHead();
    }
    const double seconds = watch.seconds();
    const auto blocks = static_cast<double>(head + 1);
    const std::string work =
        std::format("{} blocks of a local EVM, {} rounds of {} providers in them", head + 1,
                    kRoundsIndexed, kProviders);
    report.push_back({"flare.indexed", blocks / seconds, "blocks/s", work});
    report.push_back({"flare.blocks_read", blocks / readSeconds, "blocks/s",
                      "the same blocks asked of the node and checked, kept nowhere"});
#endif
    return {};
}

} // namespace chrona::bench
