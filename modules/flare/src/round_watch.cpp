// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/flare/round_watch.h"

#include "participation.h"
#include "round_store.h"

#include <algorithm>
#include <format>

namespace chrona::flare {
namespace {

using storage::Connection;

constexpr int kBenchingWindow = 20; ///< rounds that a result looks back

ftso::RoundInput inputFor(const RewardEpoch &epoch, const NetworkSetup &setup, RoundId round,
                          std::span<const StoredCall> calls)
{
    ftso::RoundInput input{.network = setup.timing,
                           .round = round,
                           .benchingWindow = kBenchingWindow,
                           .feeds = epoch.feeds,
                           .voters = {},
                           .submissions = {}};
    const bool bySigningWeight =
        setup.medianBySigningWeightFrom && epoch.number >= *setup.medianBySigningWeightFrom;
    for (const EpochVoter &voter : epoch.voters)
        input.voters.push_back(
            {voter.submit, bySigningWeight ? Uint256(voter.signingWeight) : voter.cappedVotePower});
    for (const StoredCall &call : calls)
        if (call.kind == 1 || call.kind == 2)
            input.submissions.push_back({call.kind == 1 ? ftso::SubmissionFunction::Submit1
                                                        : ftso::SubmissionFunction::Submit2,
                                         call.sender, call.time, call.block, call.position,
                                         call.data});
    return input;
}

Result<std::optional<FinalResult>> finalResult(Connection &connection, ChainId chain, RoundId round)
{
    const auto logs = logsWith(connection, chain,
                               {.topic = topicOf(EventKind::RoundRelayed),
                                .word = 1,
                                .value = keyWord(static_cast<std::uint64_t>(round))});
    if (!logs)
        return std::unexpected(logs.error());
    for (const StoredLog &log : *logs)
        if (const auto relayed = readRoundRelayed(log.log);
            relayed && relayed->protocolId == ftso::kProtocolId)
            return FinalResult{relayed->root, relayed->isSecure, log.time};
    return std::nullopt;
}

} // namespace

Result<RoundView> viewRound(Connection &connection, ChainId chain, const NetworkSetup &setup,
                            RoundId round)
{
    const auto run = indexedRun(connection, chain);
    if (!run || !*run)
        return !run ? std::unexpected(run.error())
                    : fail(ErrorCode::NotFound, "nothing is indexed yet");
    auto epoch = rewardEpochOf(connection, chain, setup, round);
    if (!epoch)
        return std::unexpected(epoch.error());
    const Seconds from = ftso::startOf(setup.timing, round - kBenchingWindow);
    const Seconds until = ftso::startOf(setup.timing, round + 2);
    const auto calls = callsBetween(connection, chain, from, until);
    if (!calls)
        return std::unexpected(calls.error());
    auto final = finalResult(connection, chain, round);
    if (!final)
        return std::unexpected(final.error());
    RoundView view{.round = round, .epoch = std::move(*epoch)};
    view.final = *final;
    view.result = ftso::computeRound(inputFor(view.epoch, setup, round, *calls));
    view.isWhole =
        (*run)->firstTime <= from && (*run)->lastTime > ftso::lastRevealSecond(setup.timing, round);
    view.isClosed = (*run)->lastTime >= until;
    view.lastBlock = (*run)->nextBlock - 1;
    const Seconds begin = ftso::startOf(setup.timing, round);
    const auto first = std::ranges::find_if(
        *calls, [begin](const StoredCall &call) { return call.time >= begin; });
    addParticipation(view, setup, std::span(first, calls->end()));
    return view;
}

Result<std::vector<RoundId>> RoundWatch::due(Connection &connection, int roundsMax)
{
    const auto run = indexedRun(connection, m_chain);
    if (!run)
        return std::unexpected(run.error());
    if (!*run)
        return std::vector<RoundId>{};
    const RoundId first = ftso::votingEpochAt(m_setup.timing, (*run)->firstTime) + 1;
    // The newest round whose reveals are over.
    const RoundId last =
        ftso::votingEpochAt(m_setup.timing, (*run)->lastTime - m_setup.timing.revealSeconds) - 1;
    const auto rows = connection.query(
        "SELECT n FROM generate_series($2::int8, $3::int8) AS n WHERE NOT EXISTS (SELECT FROM "
        "chrona_oracle.round AS r WHERE r.chain_id = $1 AND r.round = n AND (r.is_closed OR "
        "r.last_block >= $4)) ORDER BY n LIMIT $5",
        {m_chain, first, last, static_cast<std::int64_t>((*run)->nextBlock) - 1,
         std::int64_t{roundsMax}});
    if (!rows)
        return std::unexpected(rows.error());
    std::vector<RoundId> rounds;
    for (const storage::Row row : *rows)
        rounds.push_back(row.int64(0));
    return rounds;
}

Result<int> RoundWatch::step(Connection &connection, int roundsMax)
{
    const auto rounds = due(connection, roundsMax);
    if (!rounds)
        return std::unexpected(rounds.error());
    int written = 0;
    for (const RoundId round : *rounds) {
        const auto view = viewRound(connection, m_chain, m_setup, round);
        if (!view && view.error().code == ErrorCode::NotFound) {
            if (auto done = saveUnknownRound(connection, m_chain, m_setup, round); !done)
                return std::unexpected(done.error());
            continue;
        }
        if (!view)
            return std::unexpected(view.error());
        if (m_delegationsOf.insert(view->epoch.number).second)
            if (auto done = saveDelegations(connection, m_chain, view->epoch); !done)
                return std::unexpected(done.error());
        if (auto done = saveRound(connection, m_chain, *view); !done)
            return std::unexpected(done.error());
        ++written;
    }
    return written;
}

} // namespace chrona::flare
