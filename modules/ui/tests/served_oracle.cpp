// SPDX-License-Identifier: AGPL-3.0-or-later
#include "served_oracle.h"

#include <cmath>

namespace chrona::ui::test {
namespace {

ipc::OracleVenueEntry venueOf(const char *name, std::size_t v, Instant now)
{
    ipc::OracleVenueEntry venue;
    venue.venue = name;
    venue.state = v == 9   ? ipc::OracleVenueState::Blocked
                  : v == 7 ? ipc::OracleVenueState::Polling
                  : v == 3 ? ipc::OracleVenueState::Silent
                           : ipc::OracleVenueState::Streaming;
    venue.since = now - std::chrono::hours(5);
    venue.heardAt = now - std::chrono::milliseconds(300 * (v + 1));
    venue.latencyMs = 24 + 17 * static_cast<double>(v);
    venue.detail = v == 9 ? "geo: not served here" : "";
    venue.days = {{"2026-11-25", 86'400, 86'400 - 120 * static_cast<double>(v)}};
    return venue;
}

ipc::OracleFeedEntry feedOf(const std::vector<ipc::OracleVenueEntry> &venues, const char *name,
                            double price, std::size_t f, Instant now)
{
    ipc::OracleFeedEntry entry;
    ipc::OracleAnswer &answer = entry.answer;
    answer.feed = name;
    answer.at = now;
    const bool isSound = f != 9;
    answer.state = isSound ? ipc::OracleAnswerState::Sound : ipc::OracleAnswerState::Abstained;
    answer.price = price;
    answer.confidenceBps = 1.4 + 0.3 * static_cast<double>(f);
    answer.filteredBps = -0.2;
    answer.currencies = {"USD", "USDT"};
    answer.rates = {1, 0.99987};
    answer.stateHash = "2f1c77b1a94e0d53";
    answer.vwap = price * 1.00002;
    answer.twap = price * 0.99998;
    answer.medianOfLast = answer.weightedMedianOfLast = answer.weightedMedianOfMid = price;
    for (std::size_t v = 0; v < venues.size(); ++v) {
        if ((v + f) % 5 == 4)
            continue; // not every venue has every market
        ipc::OracleVote vote;
        vote.venue = venues[v].venue;
        vote.standing = v == 9                  ? ipc::OracleStanding::Silent
                        : v == 3                ? ipc::OracleStanding::Stale
                        : v == 7 && f == 4      ? ipc::OracleStanding::Deviating
                        : v == 12 && f % 3 == 1 ? ipc::OracleStanding::Frozen
                                                : ipc::OracleStanding::Used;
        vote.deviationBps = v == 9             ? 0
                            : v == 7 && f == 4 ? -62.5
                                               : 0.4 * (static_cast<double>((v * 7 + f) % 11) - 5);
        vote.price = v == 9 ? 0 : price * (1 + vote.deviationBps * 1e-4);
        vote.weight = vote.standing == ipc::OracleStanding::Used ? 0.09 : 0;
        vote.ageMs = 250 * static_cast<std::int64_t>(v + 1);
        answer.sources += vote.weight > 0 ? 1 : 0;
        answer.votes.push_back(vote);
    }
    entry.handIn = isSound ? price : 0;
    entry.bandProbability = 0.81;
    entry.bandPosition = isSound ? 0.35 * (static_cast<double>(f) - 4) : 0;
    for (int i = 0; i < 120; ++i)
        entry.spark.push_back(price * (1 + 2e-4 * std::sin(0.11 * i + static_cast<double>(f))));
    entry.sparkStepMs = 1'000;
    return entry;
}

ipc::FtsoProviderEpoch epochOf(std::string identity, std::int64_t rewardEpoch, int rank)
{
    ipc::FtsoProviderEpoch each;
    each.rewardEpoch = rewardEpoch;
    each.identity = std::move(identity);
    each.feeBips = 2'000;
    each.share = 0.02;
    each.rounds = 1'000;
    each.commits = each.reveals = each.signatures = 1'000 - rank;
    each.feeds = 63'000;
    each.primary = 32'000 - 500 * rank;
    each.secondary = 52'000 - 500 * rank;
    each.near = 62'000;
    each.rank = rank;
    each.voters = 40;
    each.capShare = 0.31;
    each.fdcRounds = 900;
    each.fdcVotes = each.fdcSignatures = 880;
    each.fastUpdatesAll = 20'000;
    each.fastUpdates = 390;
    each.passes = 2;
    each.passesBasis = "counted";
    each.burnt = false;
    each.staking = "kept";
    each.validators = {{.node = "NodeID-Mvr4Mv2qL4xgHsuaASvRyDQD4JsgrohgZ",
                        .weight = "40000000000000000000000000",
                        .selfBond = "2500000000000000000000000",
                        .stake = "44500000000000000000000000",
                        .uptime = 99.75,
                        .checks = 1'200,
                        .connected = 1'188}};
    return each;
}

} // namespace

void ServedOracle::fill(Instant now)
{
    status = {};
    status.mode = ipc::OracleMode::Live;
    status.feeds = 10;
    status.feedsSound = 9;
    status.venues = 14;
    status.venuesHeard = 12;
    status.alerts = 1;
    status.ticksPerSecond = 412;
    status.epoch = 1'234'567;
    status.epochMs = 90'000;
    status.epochEndsAt = now + std::chrono::seconds(43);
    for (int r = 0; r < 40; ++r)
        status.rounds.push_back({.epoch = status.epoch - 40 + r,
                                 .endsAt = now - std::chrono::seconds(90 * (40 - r)),
                                 .sound = r == 11      ? 0U
                                          : r % 9 == 0 ? 8U
                                                       : 10U,
                                 .abstained = r == 11      ? 10U
                                              : r % 9 == 0 ? 2U
                                                           : 0U});
    const char *names[] = {"binance",  "bitfinex",  "bitget", "bitstamp", "bybit",
                           "coinbase", "cryptocom", "gate",   "gemini",   "htx",
                           "kraken",   "kucoin",    "mexc",   "okx"};
    const std::pair<const char *, double> pairs[] = {
        {"BTC/USD", 64'123.4}, {"ETH/USD", 3'121.87}, {"XRP/USD", 0.6214}, {"SOL/USD", 145.31},
        {"FLR/USD", 0.021337}, {"DOGE/USD", 0.14021}, {"ADA/USD", 0.4507}, {"LTC/USD", 82.13},
        {"USDT/USD", 0.99987}, {"USDC/USD", 1.00002}};
    for (std::size_t v = 0; v < std::size(names); ++v)
        venues.push_back(venueOf(names[v], v, now));
    for (std::size_t f = 0; f < std::size(pairs); ++f)
        feeds.push_back(feedOf(venues, pairs[f].first, pairs[f].second, f, now));
    chain.mode = "watch";
    chain.network = "coston2";
    chain.identity = "0x5a4e1f0c9d3b7a28e6c1d4f0b2a39587c6d1e0f4";
    for (int r = 0; r < 30; ++r) {
        ipc::FtsoSubmission said;
        said.round = status.epoch - 1 - r;
        said.identity = chain.identity;
        said.commit = "in_time";
        said.reveal = r == 4 ? "late" : r == 9 ? "mismatch" : "in_time";
        said.signature = r == 6 ? "none" : "in_time";
        said.committedAt = now - std::chrono::seconds(90 * (r + 1));
        said.feeds = said.values = 63;
        said.primary = 31 + r % 7;
        said.secondary = 52 + r % 5;
        said.near = 61;
        submissions.push_back(said);
    }
    fillProvider(now);
    alerts = {{.id = 2,
               .kind = ipc::OracleAlertKind::Deviation,
               .feed = "FLR/USD",
               .venue = "gate",
               .raisedAt = now - std::chrono::minutes(3),
               .endedAt = {},
               .measured = -62.5,
               .limit = 50},
              {.id = 1,
               .kind = ipc::OracleAlertKind::VenueDown,
               .feed = {},
               .venue = "htx",
               .raisedAt = now - std::chrono::hours(2),
               .endedAt = now - std::chrono::minutes(110),
               .measured = 1,
               .limit = 1}};
}

/// What is known of the provider followed, and of the others.
void ServedOracle::fillProvider(Instant now)
{
    chain.registeredNow = true;
    chain.registeredNext = false;
    chain.indexedBlock = 81'204;
    chain.headBlock = 81'207;
    chain.chainTime = now - std::chrono::seconds(2);
    chain.round = status.epoch;
    chain.rewardEpoch = 5'143;
    chain.duty = "commit";
    chain.dutyAt = now + std::chrono::seconds(31);
    chain.validatorProblem = "no node is known that serves the P-chain";
    chain.endpoints = {{.host = "node.example", .head = 81'207, .latencyMs = 40, .problem = {}}};
    chain.contracts = {{.name = "Relay", .address = "0x01"}, {.name = "WNat", .address = "0x02"}};
    chain.accounts = {{.role = "submit", .address = "0x03", .balance = "12300000000000000000"},
                      {.role = "identity",
                       .address = "0x04",
                       .balance = "0",
                       .isContract = true,
                       .owners = {"0x05", "0x06", "0x07"},
                       .threshold = 2}};
    economics.network = chain.network;
    economics.identity = chain.identity;
    economics.coin = "C2FLR";
    economics.epochs = {{.rewardEpoch = 5'143,
                         .rounds = 1'000,
                         .predictedRounds = 990,
                         .predicted = "1234500000000000000000",
                         .predictedSigning = "0",
                         .claimed = "0",
                         .open = "0",
                         .transactions = 2'900,
                         .fees = "29000000000000000000",
                         .feeMedian = "10000000000000000"}};
    economics.coinUsd = 0.02;
    economics.epochDays = 0.25;
    economics.feeBips = 2'000;
    economics.hostUsdPerMonth = 20;
    economics.votePower = "50000000000000000000000";
    accuracy.identity = chain.identity;
    accuracy.firstRound = status.epoch - 240;
    accuracy.lastRound = status.epoch - 1;
    for (const auto &[feed, median, off] : {std::tuple{"BTC/USD", 64'123.4, 0.2},
                                            {"FLR/USD", 0.021337, -0.9},
                                            {"XRP/USD", 0.6214, 1.4}}) {
        const double half = median * 2e-4;
        accuracy.feeds.push_back({.feed = feed,
                                  .rounds = 240,
                                  .values = 239,
                                  .primary = 120,
                                  .secondary = 200,
                                  .near = 239,
                                  .othersPrimary = 0.47,
                                  .othersSecondary = 0.8,
                                  .rank = 7,
                                  .voters = 40,
                                  .lastRound = status.epoch - 1,
                                  .value = median + off * 2 * half,
                                  .median = median,
                                  .quartile1 = median - half,
                                  .quartile3 = median + half,
                                  .low = median - 2.5 * half,
                                  .high = median + 2.5 * half});
    }
    for (const int rank : {3, 7, 21})
        providers.push_back(epochOf(rank == 7 ? chain.identity
                                              : "0x000000000000000000000000000000000000000" +
                                                    std::to_string(rank % 10),
                                    5'143, rank));
    providers.push_back(epochOf(chain.identity, 5'142, 19));
}

} // namespace chrona::ui::test
