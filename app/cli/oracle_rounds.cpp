// SPDX-License-Identifier: AGPL-3.0-or-later
#include "oracle_rounds.h"

#include "query.h"
#include "service_link.h"

#include "chrona/formats/json_writer.h"

#include <cstdlib>
#include <format>

namespace chrona::cli {
namespace {

using formats::JsonWriter;

std::string timeOf(const std::optional<Instant> &time)
{
    return time ? formatInstant(*time) : std::string();
}

/// One line of JSON from a list of members.
template <class Write> std::string line(Write write)
{
    std::string text;
    JsonWriter json(text);
    json.beginObject();
    write(json);
    json.endObject();
    return text + "\n";
}

std::string rowJson(const ipc::FtsoRound &round)
{
    return line([&](JsonWriter &json) {
        json.member("round", round.round)
            .member("reward_epoch", round.rewardEpoch)
            .member("ends_at", formatInstant(round.endsAt))
            .member("voters", round.voters)
            .member("commits", round.commits)
            .member("reveals", round.reveals)
            .member("offenders", round.offenders)
            .member("secure", round.isSecure)
            .member("whole", round.isWhole)
            .member("root", round.root)
            .member("final_root", round.finalRoot)
            .member("final_at", timeOf(round.finalAt))
            .member("verdict", round.verdict);
    });
}

std::string rowJson(const ipc::FtsoSubmission &each)
{
    return line([&](JsonWriter &json) {
        json.member("round", each.round)
            .member("identity", each.identity)
            .member("submit_address", each.submitAddress)
            .member("commit", each.commit)
            .member("reveal", each.reveal)
            .member("signature", each.signature)
            .member("committed_at", timeOf(each.committedAt))
            .member("revealed_at", timeOf(each.revealedAt))
            .member("signed_at", timeOf(each.signedAt))
            .member("feeds", each.feeds)
            .member("values", each.values)
            .member("in_primary_band", each.primary)
            .member("in_secondary_band", each.secondary)
            .member("within_half_percent", each.near);
    });
}

/// How many providers of a hundred come no closer: 75 is the border of the best quarter.
double percentileOf(const ipc::FtsoProviderEpoch &each)
{
    return 100.0 * (each.voters - each.rank + 1) / each.voters;
}

void writeValidators(JsonWriter &json, const std::vector<ipc::FtsoValidator> &validators)
{
    json.key("validators").beginArray();
    for (const ipc::FtsoValidator &each : validators) {
        json.beginObject().member("node", each.node).member("weight_wei", each.weight);
        if (!each.stake.empty())
            json.member("self_bond_wei", each.selfBond).member("stake_wei", each.stake);
        if (each.uptime)
            json.member("uptime_percent", *each.uptime);
        json.member("checks", each.checks).member("connected", each.connected).endObject();
    }
    json.endArray();
}

std::string rowJson(const ipc::FtsoProviderEpoch &each)
{
    return line([&](JsonWriter &json) {
        json.member("reward_epoch", each.rewardEpoch)
            .member("identity", each.identity)
            .member("delegation_address", each.delegationAddress)
            .member("fee_bips", each.feeBips)
            .member("vote_power_wei", each.votePower)
            .member("capped_vote_power_wei", each.cappedVotePower)
            .member("registration_weight", each.registrationWeight)
            .member("signing_weight", each.signingWeight)
            .member("share", each.share)
            .member("rounds", each.rounds)
            .member("commits", each.commits)
            .member("reveals", each.reveals)
            .member("signatures", each.signatures)
            .member("feeds", each.feeds)
            .member("in_primary_band", each.primary)
            .member("in_secondary_band", each.secondary)
            .member("within_half_percent", each.near)
            .member("rank", each.rank)
            .member("voters", each.voters);
        if (each.rank > 0 && each.voters > 0)
            json.member("percentile", percentileOf(each));
        if (each.capShare)
            json.member("cap_share", *each.capShare);
        json.member("fdc_rounds", each.fdcRounds)
            .member("fdc_votes", each.fdcVotes)
            .member("fdc_signatures", each.fdcSignatures)
            .member("fast_updates", each.fastUpdates)
            .member("fast_updates_of_all", each.fastUpdatesAll);
        if (each.passes)
            json.member("passes", *each.passes).member("passes_basis", each.passesBasis);
        if (each.burnt)
            json.member("burnt", *each.burnt);
        if (!each.staking.empty())
            json.member("staking", each.staking);
        if (!each.validators.empty())
            writeValidators(json, each.validators);
    });
}

/// As published; ≈ counted on from what was, ≥ since indexing began.
std::string passesOf(const ipc::FtsoProviderEpoch &each)
{
    if (!each.passes)
        return "-";
    return each.passesBasis == "published" ? std::to_string(*each.passes)
           : each.passesBasis == "counted" ? std::format("≈ {}", *each.passes)
                                           : std::format("≥ {}", *each.passes);
}

/// Of what its weight lets expect.
std::string updatesOf(const ipc::FtsoProviderEpoch &each)
{
    const double expected = each.share * static_cast<double>(each.fastUpdatesAll);
    return expected > 0
               ? std::format("{:.0f} %", 100 * static_cast<double>(each.fastUpdates) / expected)
               : "-";
}

std::string rowJson(const ipc::FtsoReward &each)
{
    return line([&](JsonWriter &json) {
        json.member("reward_epoch", each.rewardEpoch)
            .member("beneficiary", each.beneficiary)
            .member("kind", each.kind)
            .member("claimed_wei", each.claimed)
            .member("open_wei", each.open)
            .member("claimed_at", timeOf(each.claimedAt));
    });
}

std::string rowJson(const ipc::FtsoTransaction &each)
{
    return line([&](JsonWriter &json) {
        json.member("round", each.round)
            .member("purpose", each.purpose)
            .member("sender", each.sender)
            .member("nonce", each.nonce)
            .member("state", each.state)
            .member("hash", each.hash)
            .member("tries", each.tries)
            .member("fee_max_wei", each.feeMax)
            .member("fee_wei", each.fee)
            .member("sent_at", timeOf(each.sentAt))
            .member("mined_at", timeOf(each.minedAt));
    });
}

/// Asks, and writes each row as JSON or into the table.
template <class Query, class Rows, class Cells>
ExitCode list(Invocation &invocation, Query query, Rows rows, std::vector<Table::Column> columns,
              Cells cells,
              void (*tellMore)(std::ostream &out, const typename Query::Reply &reply) = nullptr)
{
    const auto limit = limitFrom(invocation.arguments);
    const auto before = invocation.arguments.integer("before");
    if (!limit || !before)
        return invocation.usage(!limit ? limit.error() : before.error());
    query.network = invocation.arguments.value("network").value_or("");
    query.before = *before;
    query.limit = *limit > 0 && *limit < 2'000 ? static_cast<std::uint32_t>(*limit) : 2'000;
    const auto reply = askService(invocation, query);
    if (!reply)
        return reply.error();
    Table table(std::move(columns));
    for (const auto &row : (*reply).*rows) {
        if (invocation.asJson)
            invocation.out() << rowJson(row);
        else
            table.add(cells(row));
    }
    if (!invocation.asJson)
        table.print(invocation.out());
    if (!invocation.asJson && tellMore != nullptr)
        tellMore(invocation.out(), *reply);
    return ExitCode::Done;
}

constexpr auto kRight = Table::Align::Right;

/// In millions of coins, as the minimal conditions are written.
std::string millionsOf(const std::string &wei)
{
    return wei.empty() ? "-" : std::format("{:.2f} M", std::strtod(wei.c_str(), nullptr) / 1e24);
}

/// Of the newest reward epoch that has some.
void printValidators(std::ostream &out, const ipc::FtsoProvidersReply &reply)
{
    for (const ipc::FtsoProviderEpoch &epoch : reply.providers) {
        if (epoch.validators.empty())
            continue;
        out << std::format("\nValidators in reward epoch {}: {}\n", epoch.rewardEpoch,
                           epoch.staking);
        Table table({{"NODE"},
                     {"CONNECTED", kRight},
                     {"LOOKS", kRight},
                     {"UPTIME", kRight},
                     {"SELF-BOND", kRight},
                     {"STAKE", kRight}});
        for (const ipc::FtsoValidator &each : epoch.validators)
            table.add({each.node, percentText(each.connected, each.checks),
                       std::to_string(each.checks),
                       each.uptime ? std::format("{:.2f} %", *each.uptime) : "-",
                       millionsOf(each.selfBond), millionsOf(each.stake)});
        table.print(out);
        return;
    }
}

ExitCode listRounds(Invocation &invocation)
{
    return list(invocation, ipc::FtsoRoundsQuery{}, &ipc::FtsoRoundsReply::rounds,
                {{"ROUND", kRight},
                 {"ENDS"},
                 {"VOTERS", kRight},
                 {"REVEALS", kRight},
                 {"OFFENDERS", kRight},
                 {"VERDICT"},
                 {"ROOT"}},
                [](const ipc::FtsoRound &round) -> std::vector<std::string> {
                    return {std::to_string(round.round),
                            formatInstant(round.endsAt),
                            std::to_string(round.voters),
                            std::to_string(round.reveals),
                            std::to_string(round.offenders),
                            round.verdict + (round.isWhole ? "" : ", not whole"),
                            round.root};
                });
}

ExitCode listSubmissions(Invocation &invocation)
{
    ipc::FtsoSubmissionsQuery query;
    query.identity = invocation.arguments.value("identity").value_or("");
    return list(invocation, std::move(query), &ipc::FtsoSubmissionsReply::submissions,
                {{"ROUND", kRight},
                 {"IDENTITY"},
                 {"COMMIT"},
                 {"REVEAL"},
                 {"SIGNATURE"},
                 {"VALUES", kRight},
                 {"IQR", kRight},
                 {"BAND", kRight}},
                [](const ipc::FtsoSubmission &each) -> std::vector<std::string> {
                    return {std::to_string(each.round),
                            each.identity,
                            each.commit,
                            each.reveal,
                            each.signature,
                            std::format("{}/{}", each.values, each.feeds),
                            std::to_string(each.primary),
                            std::to_string(each.secondary)};
                });
}

ExitCode listDelegations(Invocation &invocation)
{
    ipc::FtsoProvidersQuery query;
    query.identity = invocation.arguments.value("identity").value_or("");
    return list(
        invocation, std::move(query), &ipc::FtsoProvidersReply::providers,
        {{"EPOCH", kRight},
         {"RANK", kRight},
         {"PERCENTILE", kRight},
         {"IDENTITY"},
         {"FEE", kRight},
         {"SHARE", kRight},
         {"OF CAP", kRight},
         {"REVEALED", kRight},
         {"IQR", kRight},
         {"BAND", kRight},
         {"0.5 %", kRight},
         {"FDC", kRight},
         {"FAST", kRight},
         {"STAKING"},
         {"PASSES", kRight}},
        [](const ipc::FtsoProviderEpoch &each) -> std::vector<std::string> {
            return {std::to_string(each.rewardEpoch),
                    std::to_string(each.rank),
                    each.rank > 0 && each.voters > 0 ? std::format("{:.0f}", percentileOf(each))
                                                     : "-",
                    each.identity,
                    percentText(each.feeBips, 10'000),
                    std::format("{:.2f} %", 100 * each.share),
                    each.capShare ? std::format("{:.1f} %", 100 * *each.capShare) : "-",
                    percentText(each.reveals, each.rounds),
                    percentText(each.primary, each.feeds),
                    percentText(each.secondary, each.feeds),
                    percentText(each.near, each.feeds),
                    percentText(each.fdcSignatures, each.fdcRounds),
                    updatesOf(each),
                    each.staking.empty() ? "-" : each.staking,
                    passesOf(each)};
        },
        &printValidators);
}

ExitCode listRewards(Invocation &invocation)
{
    ipc::FtsoRewardsQuery query;
    query.beneficiary = invocation.arguments.value("identity").value_or("");
    return list(invocation, std::move(query), &ipc::FtsoRewardsReply::rewards,
                {{"EPOCH", kRight},
                 {"BENEFICIARY"},
                 {"KIND"},
                 {"CLAIMED WEI", kRight},
                 {"OPEN WEI", kRight}},
                [](const ipc::FtsoReward &each) -> std::vector<std::string> {
                    return {std::to_string(each.rewardEpoch), each.beneficiary, each.kind,
                            each.claimed, each.open};
                });
}

ExitCode listTransactions(Invocation &invocation)
{
    return list(invocation, ipc::FtsoTransactionsQuery{}, &ipc::FtsoTransactionsReply::transactions,
                {{"ROUND", kRight},
                 {"PURPOSE"},
                 {"NONCE", kRight},
                 {"STATE"},
                 {"TRIES", kRight},
                 {"FEE WEI", kRight},
                 {"HASH"}},
                [](const ipc::FtsoTransaction &each) -> std::vector<std::string> {
                    return {std::to_string(each.round),
                            each.purpose,
                            std::to_string(each.nonce),
                            each.state,
                            std::to_string(each.tries),
                            each.fee,
                            each.hash};
                });
}

} // namespace

std::string percentText(std::int64_t part, std::int64_t whole)
{
    return whole == 0 ? "-"
                      : std::format("{:.2f} %",
                                    100.0 * static_cast<double>(part) / static_cast<double>(whole));
}

std::optional<ExitCode> runOracleRounds(Invocation &invocation, std::string_view verb)
{
    if (verb == "rounds")
        return listRounds(invocation);
    if (verb == "submissions")
        return listSubmissions(invocation);
    if (verb == "delegations")
        return listDelegations(invocation);
    if (verb == "accuracy")
        return listOracleAccuracy(invocation);
    if (verb == "rewards")
        return listRewards(invocation);
    if (verb == "transactions")
        return listTransactions(invocation);
    return std::nullopt;
}

} // namespace chrona::cli
