// SPDX-License-Identifier: AGPL-3.0-or-later
#include "commands.h"
#include "oracle_backtest.h"
#include "oracle_collectors.h"
#include "oracle_files.h"
#include "oracle_live.h"
#include "oracle_recorded.h"
#include "oracle_rounds.h"

#include <format>

namespace chrona::cli {
namespace {

constexpr OptionSpec kOracleOptions[] = {
    {"out", "DIR2", "replay: the folder for the results; made where it is not there"},
    {"explain", "T_MS", "replay: print how the answer of this moment came about, as JSON"},
    {"feed", "FEED", "replay, backtest: of kept ticks, which feed; backtest: repeated, or all"},
    {"drop", "VENUE", "replay: as if this venue had said nothing; may be repeated"},
    {"delay", "VENUE=MS", "replay: as if this venue had been heard later; may be repeated"},
    {"skew", "VENUE=MS", "replay: as if this venue's clock had been ahead; may be repeated"},
    {"pairing", "FILE", "collectors add: the line that the collector printed (default: stdin)"},
    {"at", "TIME", "explain: the moment; default: now"},
    {"network", "NETWORK", "rounds and the like: of this network (default: the one followed)"},
    {"identity", "ADDRESS", "submissions, accuracy, delegations, rewards: of this provider only"},
    {"before", "N", "rounds and the like: those before this round or reward epoch"},
    {"limit", "N", "alerts: how many (default 50); rounds and the like: default 1000, most 2000"},
};

/// What is replayed, and how.
struct ReplayOrder {
    std::filesystem::path folder, out;
    std::optional<std::int64_t> explainMs;
    std::string feed;
    OracleStress stress;
};

Status writeReplay(Invocation &invocation, const ReplayOrder &order, const OracleInput &input,
                   const ReplayFiles &files)
{
    const std::filesystem::path &out = order.out;
    const auto &explainMs = order.explainMs;
    std::error_code error;
    std::filesystem::create_directories(out, error);
    if (error)
        return fail(ErrorCode::Unavailable,
                    std::format("{} cannot be made: {}", out.string(), error.message()),
                    "choose a folder that can be written");
    if (auto done = files.write(out); !done)
        return done;
    for (const std::string &row : input.refusedRows)
        invocation.err() << printable(row) << "\n";
    if (explainMs && files.explanation().empty())
        return fail(ErrorCode::NotFound, std::format("there is no answer at {}", *explainMs),
                    "answers are at whole seconds of the recording");
    if (explainMs)
        invocation.out() << files.explanation();
    else if (invocation.asJson)
        invocation.out() << std::format(
            "{{\"ticks\":{},\"refused_rows\":{},\"answers\":{},\"abstained\":{},\"epochs\":{},"
            "\"flagged\":{}}}\n",
            files.ticks, input.refusedCount, files.answers, files.abstained, files.epochs,
            files.flagged);
    else
        invocation.out() << std::format(
            "{} ticks ({} rows refused): {} answers, {} of them abstained; {} epochs; {} ticks "
            "flagged\n",
            files.ticks, input.refusedCount, files.answers, files.abstained, files.epochs,
            files.flagged);
    return {};
}

Status replayTables(Invocation &invocation, const ReplayOrder &order)
{
    auto input = readOracleFolder(order.folder);
    if (!input)
        return std::unexpected(input.error());
    if (auto stressed = applyStress(order.stress, *input); !stressed)
        return stressed;
    auto feed = oracle::Feed::create(input->setup);
    if (!feed)
        return std::unexpected(feed.error());
    const auto plan = oracle::planFor(input->ticks);
    if (!plan)
        return std::unexpected(plan.error());
    oracle::BandLayer band;
    ReplayFiles files(*input, order.explainMs);
    if (auto done = oracle::replay(*feed, band, input->ticks, input->bands, *plan, files); !done)
        return done;
    return writeReplay(invocation, order, *input, files);
}

Status replayKeptTicks(Invocation &invocation, const ReplayOrder &order)
{
    const RecordedSource source{order.folder, order.feed, order.stress};
    auto setup = recordedSetup(source);
    if (!setup)
        return std::unexpected(setup.error());
    OracleInput input;
    input.setup = std::move(*setup);
    ReplayFiles files(input, order.explainMs);
    const auto figures = replayRecorded(source, files);
    if (!figures)
        return std::unexpected(figures.error());
    for (const std::string &file : figures->cut)
        invocation.err() << printable(file) << " ends in half a block, which is left out\n";
    if (figures->beginsInTheMiddle)
        invocation.err() << "the beginning of the run is not there: until the engine has learned "
                            "the venues anew, answers differ from those given then\n";
    return writeReplay(invocation, order, input, files);
}

void printScores(std::ostream &out, const OracleScores &scores)
{
    FactList facts;
    const auto &prices = scores.prices;
    facts.add("answers", std::format("{} ({} missing)", prices.answers, prices.missing));
    facts.add("error, median", std::format("{:.3f} bp", prices.median));
    facts.add("p95 / p99 / max",
              std::format("{:.2f} / {:.2f} / {:.1f} bp", prices.p95, prices.p99, prices.max));
    facts.add("calm, median", std::format("{:.3f} bp, {:.2f} % within 8 bp", prices.calmMedian,
                                          100 * prices.calmWithin8));
    facts.add("30 s after onset", std::format("{:.2f} bp", prices.afterOnset));
    facts.add("truth in the band", std::format("{:.1f} %", 100 * prices.coverage));
    facts.add("bad prices", std::format("precision {:.3f}, recall {:.3f}", scores.flags.precision,
                                        scores.flags.recall));
    for (const auto &kind : scores.flags.kinds)
        facts.add("  " + printable(kind.kind), std::format("{} of {}", kind.found, kind.bad));
    facts.add("false alarms",
              std::format("{} of {} ticks", scores.flags.falseAlarms, scores.flags.ticks));
    if (scores.band)
        facts.add("epochs in band",
                  std::format("{} of {}, longest run outside {}", scores.band->inside,
                              scores.band->epochs, scores.band->longestOutside));
    facts.print(out);
}

ExitCode runReplay(Invocation &invocation)
{
    const auto &words = invocation.arguments.positionals();
    const auto out = invocation.arguments.value("out");
    if (words.size() != 2 || !out)
        return invocation.usage("which folder, and where does the result go? Both are needed");
    auto stress = readStress(invocation.arguments);
    if (!stress)
        return invocation.usage(stress.error());
    const auto explainMs = invocation.arguments.integer("explain");
    if (!explainMs)
        return invocation.usage(explainMs.error());
    const ReplayOrder order{words[1], *out, *explainMs,
                            invocation.arguments.value("feed").value_or(""), std::move(*stress)};
    const auto done = holdsRecordedTicks(order.folder) ? replayKeptTicks(invocation, order)
                                                       : replayTables(invocation, order);
    if (!done)
        return invocation.failed(done.error());
    return ExitCode::Done;
}

ExitCode runScore(Invocation &invocation)
{
    const auto &words = invocation.arguments.positionals();
    if (words.size() != 3)
        return invocation.usage("score needs the recording's folder and the replay's");
    const auto scores = scoreOracleFolders({words[1], words[2]});
    if (!scores)
        return invocation.failed(scores.error());
    if (invocation.asJson)
        invocation.out() << scoresAsJson(*scores);
    else
        printScores(invocation.out(), *scores);
    return ExitCode::Done;
}

ExitCode runOracle(Invocation &invocation)
{
    const auto &words = invocation.arguments.positionals();
    if (!words.empty() && words.front() == "replay")
        return runReplay(invocation);
    if (!words.empty() && words.front() == "score")
        return runScore(invocation);
    if (!words.empty() && words.front() == "backtest")
        return runOracleBacktest(invocation);
    if (!words.empty() && words.front() == "collectors")
        return runOracleCollectors(invocation);
    if (!words.empty() && isLiveOracleVerb(words.front()))
        return runLiveOracle(invocation);
    if (words.size() == 1)
        if (const auto done = runOracleRounds(invocation, words.front()))
            return *done;
    return invocation.usage("what about the oracle? status, feeds, venues, explain FEED, alerts, "
                            "mute MINUTES, collectors, replay DIR, score DIR DIR2, "
                            "backtest DIR…, rounds, submissions, accuracy, "
                            "delegations, rewards or transactions");
}

} // namespace

const Command kOracle{
    .name = "oracle",
    .summary = "One price from many venues: what it says now and why; rounds on chain; replays "
               "and scores of recordings",
    .usage = "status | feeds [FEED] | venues | explain FEED [--at TIME] | alerts | mute MINUTES | "
             "collectors [add NAME HOST:PORT | remove NAME] | "
             "rounds | submissions | accuracy | delegations | rewards | transactions | "
             "replay DIR --out DIR2 | score DIR DIR2 | backtest DIR…",
    .options = kOracleOptions,
    .notes =
        "status, feeds, venues, explain, alerts and mute ask the running service. explain tells "
        "how an\n"
        "answer came about: every venue's vote, weight and standing, as it was given then (of "
        "each\n"
        "second for some days, of each epoch's end for two years). mute records alerts without\n"
        "announcing them for so many minutes; 0 announces again. `chronactl config set oracle.live "
        "true`\n"
        "connects the venues; without it the sample world's ticks are priced, where it is loaded.\n"
        "collectors are programs on other hosts (chronad --role collector) that listen to the "
        "same\n"
        "venues; add pairs one with the line that its --pairing prints.\n"
        "With `oracle.record_ticks` every message is kept; replay of that folder, or of a day in "
        "it,\n"
        "answers as it was answered then, to the bit. Else\n"
        "DIR holds venues.csv (venue,quote,share,mode,half_spread_bp) and ticks.csv\n"
        "(seq,recv_ms,exch_ms,venue,symbol,bid,ask,last,size,vol24h, in order of arrival); "
        "peers.csv,\n"
        "where there is one, is used an epoch after each row's end. replay writes consensus.csv "
        "(a\n"
        "row a second; fewer than three sources means that the engine abstained and repeats its "
        "last\n"
        "good price), epochs.csv and flags.csv. score compares them with DIR's truth.csv,\n"
        "labels.csv, episodes.csv and peers.csv.\n"
        "backtest walks over such folders, or over days of kept ticks, in their order: each day\n"
        "with what was learned on those before, then under stress (venues dropped, late, with "
        "wrong\n"
        "clocks); it tells each day's error and its worst stress, and the means over days, of "
        "every\n"
        "feed that was kept or of those named.\n"
        "rounds, submissions, delegations, rewards and transactions ask the service for what it "
        "saw\n"
        "and sent on chain (chronactl flare), newest first; accuracy tells of each feed how close "
        "the\n"
        "provider came in the last --limit rounds (240, a day at most), and everybody else.",
    .run = runOracle,
};

} // namespace chrona::cli
