// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/flare/round_watch.h"

#include "participation.h"
#include "round_store.h"
#include "sql_bytes.h"

#include "chrona/flare/reward_prediction.h"

#include <algorithm>
#include <format>
#include <map>

namespace chrona::flare {
namespace {

using storage::Connection;

constexpr int kBenchingWindow = 20; ///< rounds that a result looks back

/// No reorganisation that can be undone reaches further back.
constexpr RoundId kRoundsReopened = 500;

/// What reveals of the window's rounds had to look like: the window may reach into the reward epoch
/// before, with other feeds. Nothing: that one is not indexed.
Result<std::optional<std::vector<ftso::RevealForm>>>
formsBefore(Connection &connection, ChainId chain, const NetworkSetup &setup,
            const RewardEpoch &epoch, RoundId round)
{
    std::vector<ftso::RevealForm> forms(kBenchingWindow, revealForm(epoch, setup));
    const RoundId others = epoch.firstRound - (round - kBenchingWindow);
    if (others <= 0)
        return forms;
    const auto before = rewardEpochOf(connection, chain, setup, epoch.firstRound - 1);
    if (!before && before.error().code == ErrorCode::NotFound)
        return std::nullopt;
    if (!before)
        return std::unexpected(before.error());
    std::fill_n(forms.begin(), std::min<RoundId>(others, kBenchingWindow),
                revealForm(*before, setup));
    return forms;
}

ftso::RoundInput inputFor(const RewardEpoch &epoch, const NetworkSetup &setup, RoundId round,
                          std::span<const StoredCall> calls)
{
    ftso::RoundInput input{.network = setup.timing,
                           .round = round,
                           .benchingWindow = kBenchingWindow,
                           .feeds = epoch.feeds,
                           .voters = {},
                           .submissions = {},
                           .revealMayBeBare = isFip16(setup, epoch.number)};
    const bool bySigningWeight = isFip16(setup, epoch.number);
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

/// What the relay has for the round: our protocol's result and the data connector's.
Status readFinals(Connection &connection, ChainId chain, RoundView &view)
{
    const auto logs = logsWith(connection, chain,
                               {.topic = topicOf(EventKind::RoundRelayed),
                                .word = 1,
                                .value = keyWord(static_cast<std::uint64_t>(view.round))});
    if (!logs)
        return std::unexpected(logs.error());
    for (const StoredLog &log : *logs) {
        const auto relayed = readRoundRelayed(log.log);
        if (!relayed)
            continue;
        auto &final = relayed->protocolId == ftso::kDataConnectorId ? view.fdcFinal : view.final;
        if (!final && (relayed->protocolId == ftso::kProtocolId ||
                       relayed->protocolId == ftso::kDataConnectorId))
            final = FinalResult{relayed->root, relayed->isSecure, log.time};
    }
    return {};
}

/// Fast updates by the address that signed them.
Status addFastUpdates(Connection &connection, ChainId chain, RoundView &view)
{
    const auto round = static_cast<std::uint64_t>(view.round);
    const auto rows = connection.query(
        "SELECT substring(key FROM 33 FOR 32), count(*)::int4 FROM chrona_oracle.log WHERE "
        "chain_id = $1 AND topic = $2 AND key >= $3 AND key < $4 GROUP BY 1",
        {chain, sqlBytes(topicOf(EventKind::FastUpdateSubmitted)), sqlBytes(keyWord(round)),
         sqlBytes(keyWord(round + 1))});
    if (!rows)
        return std::unexpected(rows.error());
    std::map<Bytes32, std::int32_t> counts;
    for (const storage::Row row : *rows)
        counts[fixedAt<32>(row, 0)] = row.int32(1);
    for (std::size_t i = 0; i < view.voters.size(); ++i)
        if (const auto found = counts.find(keyWord(view.epoch.voters[i].signingPolicy));
            found != counts.end())
            view.voters[i].fastUpdates = found->second;
    return {};
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
    RoundView view{.round = round, .epoch = std::move(*epoch)};
    if (auto read = readFinals(connection, chain, view); !read)
        return std::unexpected(read.error());
    auto forms = formsBefore(connection, chain, setup, view.epoch, round);
    if (!forms)
        return std::unexpected(forms.error());
    auto input = inputFor(view.epoch, setup, round, *calls);
    if (*forms)
        input.formsBefore = std::move(**forms);
    view.result = ftso::computeRound(input);
    view.isWhole = *forms && (*run)->firstTime <= from &&
                   (*run)->lastTime > ftso::lastRevealSecond(setup.timing, round);
    view.isClosed = (*run)->lastTime >= until;
    view.lastBlock = (*run)->nextBlock - 1;
    const Seconds begin = ftso::startOf(setup.timing, round);
    const auto first = std::ranges::find_if(
        *calls, [begin](const StoredCall &call) { return call.time >= begin; });
    addParticipation(view, setup, std::span(first, calls->end()));
    if (auto added = addFastUpdates(connection, chain, view); !added)
        return std::unexpected(added.error());
    return view;
}

Result<std::vector<RoundId>> RoundWatch::due(Connection &connection, int roundsMax)
{
    const auto run = indexedRun(connection, m_chain);
    if (!run)
        return std::unexpected(run.error());
    if (!*run)
        return std::vector<RoundId>{};
    const RoundId first =
        std::max(m_openFrom, ftso::votingEpochAt(m_setup.timing, (*run)->firstTime) + 1);
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
    // All that comes before what is due was closed: not asked again, for there are more each day.
    m_openFrom = std::max(m_openFrom,
                          std::min(rounds.empty() ? last : rounds.front(), last - kRoundsReopened));
    return rounds;
}

/// A closed round with a secure random says which feed was paid for in the rounds before it that
/// wait for one.
Status RoundWatch::predictBefore(Connection &connection, const RoundView &view)
{
    constexpr RoundId kRoundsWaiting = 30;
    if (!view.isClosed || !view.isWhole || !view.result.random.isSecure)
        return {};
    const auto rows = connection.query(
        "SELECT round FROM chrona_oracle.round WHERE chain_id = $1 AND round >= $2 AND round < $3 "
        "AND is_closed AND is_whole AND NOT is_rewarded AND voters > 0 ORDER BY round",
        {m_chain, view.round - kRoundsWaiting, view.round});
    if (!rows)
        return std::unexpected(rows.error());
    for (const storage::Row row : *rows) {
        const RoundId round = row.int64(0);
        auto waiting = m_before && m_before->round == round
                           ? Result<RoundView>(*m_before)
                           : viewRound(connection, m_chain, m_setup, round);
        if (!waiting)
            return std::unexpected(waiting.error());
        if (waiting->epoch.feeds.empty())
            continue;
        const auto offer = readEpochOffer(connection, m_chain, m_setup, waiting->epoch);
        if (!offer)
            return std::unexpected(offer.error());
        const std::size_t feed =
            drawnFeed(view.result.random.value, round, waiting->epoch.feeds.size());
        if (auto saved = savePredicted(connection, m_chain, *waiting, feed,
                                       predictRewards(*waiting, m_setup, *offer, feed));
            !saved)
            return saved;
    }
    return {};
}

Result<int> RoundWatch::step(Connection &connection, int roundsMax)
{
    const auto rounds = due(connection, roundsMax);
    if (!rounds)
        return std::unexpected(rounds.error());
    for (const RoundId round : *rounds) {
        auto view = viewRound(connection, m_chain, m_setup, round);
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
        if (auto done = predictBefore(connection, *view); !done)
            return std::unexpected(done.error());
        if (view->isClosed)
            m_before = std::move(*view);
    }
    return static_cast<int>(rounds->size());
}

} // namespace chrona::flare
