// SPDX-License-Identifier: AGPL-3.0-or-later
#include "oracle_live.h"

#include "service_link.h"
#include "words.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <format>

namespace chrona::cli {
namespace {

constexpr std::array<std::string_view, 6> kOracleVerbs{"status",  "feeds",  "venues",
                                                       "explain", "alerts", "mute"};

/// Nine significant digits: what a feed of any size needs, and no noise behind it.
std::string priceText(double price)
{
    return price > 0 ? std::format("{:.9g}", price) : "-";
}

std::string bpsText(double bps)
{
    return std::isfinite(bps) ? std::format("{:+.2f}", bps) : "-";
}

std::string shareText(const ipc::OracleVenueEntry &venue)
{
    double watched = 0, heard = 0;
    for (const ipc::OracleVenueDay &day : venue.days) {
        watched += day.watchedSeconds;
        heard += day.heardSeconds;
    }
    return watched > 0 ? std::format("{:.2f} %", 100 * heard / watched) : "-";
}

/// Of the connections of who is believed: how many say something.
std::string linksText(const ipc::OracleVenueEntry &venue)
{
    std::size_t used = 0, heard = 0;
    for (const ipc::OracleVenueLink &link : venue.links) {
        used += link.used ? 1 : 0;
        heard += link.used && (link.state == ipc::OracleVenueState::Streaming ||
                               link.state == ipc::OracleVenueState::Polling)
                     ? 1
                     : 0;
    }
    return std::format("{}/{}", heard, used);
}

void printStatus(std::ostream &out, const ipc::OracleStatus &status)
{
    FactList facts;
    facts.add("oracle", std::format("{}{}", wordFor(status.mode),
                                    status.synthetic ? " (synthetic ticks)" : ""));
    if (!status.problem.empty())
        facts.add("problem", status.problem);
    if (status.mode != ipc::OracleMode::Off) {
        facts.add("feeds", std::format("{} of {} sound", status.feedsSound, status.feeds));
        facts.add("venues", std::format("{} of {} heard", status.venuesHeard, status.venues));
        facts.add("ticks", std::format("{:.0f} a second", status.ticksPerSecond));
        facts.add("epoch",
                  std::format("{}, ends {}", status.epoch, formatInstant(status.epochEndsAt)));
        facts.add("alerts",
                  std::format("{}{}", status.alerts, status.quietHours ? " (quiet hours)" : ""));
        facts.add("muted until", textOf(status.mutedUntil));
        if (status.revealedEpoch)
            facts.add("learned from",
                      std::format("others' values up to epoch {}", *status.revealedEpoch));
        if (status.recording.on)
            facts.add("kept ticks",
                      std::format("{} files, {:.1f} MiB in {}{}", status.recording.segments,
                                  static_cast<double>(status.recording.bytes) / (1 << 20),
                                  status.recording.folder,
                                  status.recording.lostTicks > 0
                                      ? std::format(", {} ticks lost", status.recording.lostTicks)
                                      : ""));
        if (!status.recording.problem.empty())
            facts.add("ticks are not kept", status.recording.problem);
        if (status.lostBatches > 0)
            facts.add("not stored", std::format("{} batches", status.lostBatches));
    }
    facts.print(out);
}

void printFeeds(std::ostream &out, const ipc::OracleFeedsReply &reply)
{
    Table table({{"FEED"},
                 {"STATE"},
                 {"PRICE", Table::Align::Right},
                 {"±BP", Table::Align::Right},
                 {"SOURCES", Table::Align::Right},
                 {"MARKET"},
                 {"HAND IN", Table::Align::Right},
                 {"BAND", Table::Align::Right}});
    for (const ipc::OracleFeedEntry &entry : reply.feeds) {
        const ipc::OracleAnswer &answer = entry.answer;
        table.add({answer.feed, std::string(wordFor(answer.state)), priceText(answer.price),
                   answer.price > 0 ? std::format("{:.2f}", answer.confidenceBps) : "-",
                   std::format("{}/{}", answer.sources, answer.votes.size()),
                   std::string(wordFor(answer.regime)), priceText(entry.handIn),
                   entry.handIn > 0 ? bpsText(entry.bandPosition) : "-"});
    }
    table.print(out);
}

void printVenues(std::ostream &out, const ipc::OracleVenuesReply &reply)
{
    Table table({{"VENUE"},
                 {"STATE"},
                 {"HEARD"},
                 {"MS", Table::Align::Right},
                 {"CLOCK", Table::Align::Right},
                 {"ROWS", Table::Align::Right},
                 {"GAPS", Table::Align::Right},
                 {"MARKETS", Table::Align::Right},
                 {"FROM"},
                 {"LINKS", Table::Align::Right},
                 {"WEEK", Table::Align::Right},
                 {"LAST TROUBLE"}});
    for (const ipc::OracleVenueEntry &venue : reply.venues)
        table.add({venue.venue, std::string(wordFor(venue.state)), textOf(venue.heardAt),
                   std::format("{:.0f}", venue.latencyMs),
                   venue.clockOffsetMs ? std::format("{:+.0f}", *venue.clockOffsetMs) : "-",
                   std::to_string(venue.rows), std::to_string(venue.gaps),
                   std::format("{}/{}", venue.marketsHeard, venue.marketsAsked),
                   venue.collector.empty() ? "here" : venue.collector, linksText(venue),
                   shareText(venue), venue.detail.substr(0, 60)});
    table.print(out);
}

void printAnswer(std::ostream &out, const ipc::OracleAnswer &answer)
{
    FactList facts;
    facts.add("feed", answer.feed + (answer.synthetic ? " (synthetic)" : ""));
    facts.add("at", formatInstant(answer.at));
    facts.add("price",
              std::format("{} ±{:.2f} bp, {}, market {}", priceText(answer.price),
                          answer.confidenceBps, wordFor(answer.state), wordFor(answer.regime)));
    facts.add("filter", bpsText(answer.filteredBps) + " bp from the venues' weighted median");
    for (std::size_t c = 1; c < std::min(answer.rates.size(), answer.currencies.size()); ++c)
        facts.add(answer.currencies[c], priceText(answer.rates[c]));
    facts.add("VWAP / TWAP", priceText(answer.vwap) + " / " + priceText(answer.twap));
    facts.add("medians",
              std::format("last {}, weighted {}, of mids {}", priceText(answer.medianOfLast),
                          priceText(answer.weightedMedianOfLast),
                          priceText(answer.weightedMedianOfMid)));
    facts.add("state hash", answer.stateHash);
    facts.print(out);
    out << "\n";
    Table table({{"VENUE"},
                 {"STANDING"},
                 {"VOTE", Table::Align::Right},
                 {"WEIGHT", Table::Align::Right},
                 {"OFF BP", Table::Align::Right},
                 {"BASIS", Table::Align::Right},
                 {"SPREAD", Table::Align::Right},
                 {"SHARE", Table::Align::Right},
                 {"LAG S", Table::Align::Right},
                 {"AGE MS", Table::Align::Right},
                 {"FROM"}});
    for (const ipc::OracleVote &vote : answer.votes)
        table.add({vote.venue, std::string(wordFor(vote.standing)), priceText(vote.price),
                   std::format("{:.3f}", vote.weight),
                   vote.price > 0 ? bpsText(vote.deviationBps) : "-", bpsText(vote.basisBps),
                   std::format("{:.2f}", vote.halfSpreadBps), std::format("{:.3f}", vote.share),
                   std::format("{:.1f}", vote.lagSeconds), std::to_string(vote.ageMs),
                   vote.collector.empty() ? "here" : vote.collector});
    table.print(out);
}

void printAlerts(std::ostream &out, const ipc::OracleAlertsReply &reply)
{
    Table table({{"RAISED"},
                 {"ENDED"},
                 {"KIND"},
                 {"FEED"},
                 {"VENUE"},
                 {"MEASURED", Table::Align::Right},
                 {"LIMIT", Table::Align::Right},
                 {"TOLD"}});
    for (const ipc::OracleAlert &alert : reply.alerts)
        table.add({formatInstant(alert.raisedAt), textOf(alert.endedAt),
                   std::string(wordFor(alert.kind)), alert.feed, alert.venue,
                   std::format("{:.1f}", alert.measured), std::format("{:.1f}", alert.limit),
                   alert.quiet ? "no" : "yes"});
    table.print(out);
}

/// Asks, and prints the reply one way or the other.
template <class Request, class Print>
ExitCode show(Invocation &invocation, const Request &request, Print print)
{
    const auto reply = askService(invocation, request);
    if (!reply)
        return reply.error();
    print(*reply);
    return ExitCode::Done;
}

/// The usual case: JSON of the reply, or its table.
template <class Request, class Table>
ExitCode showAs(Invocation &invocation, const Request &request, Table table)
{
    return show(invocation, request, [&](const auto &reply) {
        if (invocation.asJson)
            invocation.out() << asJson(reply) << "\n";
        else
            table(invocation.out(), reply);
    });
}

ExitCode explain(Invocation &invocation, const std::string &feed)
{
    const auto at = invocation.arguments.instant("at");
    if (!at)
        return invocation.usage(at.error());
    return show(invocation, ipc::OracleExplain{.feed = feed, .at = *at}, [&](const auto &reply) {
        if (invocation.asJson)
            invocation.out() << asJson(reply.answer) << "\n";
        else
            printAnswer(invocation.out(), reply.answer);
    });
}

ExitCode mute(Invocation &invocation, const std::string &text)
{
    ipc::OracleMute request;
    const auto [end, error] =
        std::from_chars(text.data(), text.data() + text.size(), request.minutes);
    if (error != std::errc{} || end != text.data() + text.size())
        return invocation.usage("for how many minutes?");
    return show(invocation, request, [](const auto &) {});
}

ExitCode alerts(Invocation &invocation)
{
    const auto limit = invocation.arguments.integer("limit");
    if (!limit)
        return invocation.usage(limit.error());
    constexpr std::int64_t kLimit = 50, kLimitMax = 1'000;
    const std::int64_t wanted = limit->value_or(kLimit);
    if (wanted < 1 || wanted > kLimitMax)
        return invocation.usage(std::format("--limit must be 1 to {}", kLimitMax));
    return showAs(invocation, ipc::OracleAlertsRequest{.limit = static_cast<std::uint32_t>(wanted)},
                  printAlerts);
}

} // namespace

bool isLiveOracleVerb(std::string_view verb)
{
    return std::ranges::contains(kOracleVerbs, verb);
}

ExitCode runLiveOracle(Invocation &invocation)
{
    const auto &words = invocation.arguments.positionals();
    const std::string &verb = words.front();
    if (verb == "explain" && words.size() == 2)
        return explain(invocation, words[1]);
    if (verb == "mute" && words.size() == 2)
        return mute(invocation, words[1]);
    if (verb == "feeds" && words.size() <= 2)
        return showAs(invocation,
                      ipc::OracleFeedsRequest{.feed = words.size() == 2 ? words[1] : ""},
                      printFeeds);
    if (words.size() != 1 || verb == "explain" || verb == "mute")
        return invocation.usage("explain needs one feed, mute a number of minutes; the others "
                                "take nothing more");
    if (verb == "status")
        return showAs(invocation, ipc::OracleStatusRequest{}, printStatus);
    if (verb == "venues")
        return showAs(invocation, ipc::OracleVenuesRequest{}, printVenues);
    return alerts(invocation);
}

} // namespace chrona::cli
