// SPDX-License-Identifier: AGPL-3.0-or-later
#include "oracle_backtest.h"

#include "oracle_recorded.h"

#include "chrona/formats/json_writer.h"
#include "chrona/oracle/backtest.h"

#include <algorithm>
#include <cmath>
#include <format>
#include <iterator>

namespace chrona::cli {
namespace {

namespace fs = std::filesystem;
using formats::TickRecord;
using oracle::BacktestDay;
using oracle::BacktestResult;
using oracle::DayScore;

/// Tables of a day, with the truth where somebody made it.
Result<BacktestDay> dayOfTables(const fs::path &folder)
{
    auto input = readOracleFolder(folder);
    if (!input)
        return std::unexpected(input.error());
    BacktestDay day{.name = folder.filename().string(),
                    .setup = std::move(input->setup),
                    .ticks = std::move(input->ticks),
                    .bands = std::move(input->bands)};
    std::error_code none;
    if (!fs::exists(folder / "truth.csv", none))
        return day;
    auto truth = readTruth(folder / "truth.csv");
    if (!truth)
        return std::unexpected(truth.error());
    day.truth = std::move(*truth);
    return day;
}

/// One feed of a day of kept ticks: its messages as the engine had them, and others' values.
class KeptDay {
public:
    KeptDay(std::string name, std::string feed) : m_feed(std::move(feed))
    {
        m_day.name = std::move(name);
    }

    Status begin(const oracle::RecordedPlan &plan)
    {
        const std::string wanted =
            m_feed.empty() && plan.feeds.size() == 1 ? plan.feeds.front().name : m_feed;
        const auto found = std::ranges::find(plan.feeds, wanted, &oracle::FeedSetup::name);
        if (found == plan.feeds.end())
            return fail(ErrorCode::NotFound, std::format("the recording has no feed {}", wanted),
                        "choose one with --feed");
        if (m_day.setup.venues.empty())
            m_day.setup = *found;
        else if (!std::ranges::equal(m_day.setup.venues, found->venues, {},
                                     &oracle::VenueProfile::name, &oracle::VenueProfile::name))
            return fail(ErrorCode::InvalidInput,
                        "the venues of this feed changed in the course of the day");
        m_number = static_cast<std::uint32_t>(found - plan.feeds.begin());
        m_day.epochsFromMs = plan.epochStartMs;
        m_day.epochMs = plan.epochMs;
        m_routes.clear();
        for (const oracle::RecordedRoute &route : plan.routes)
            if (route.feed == m_number)
                m_routes.push_back(route);
        std::ranges::stable_sort(m_routes, {}, &oracle::RecordedRoute::market);
        return {};
    }

    void take(const TickRecord &record)
    {
        if (record.kind == TickRecord::Kind::Reveal && record.market == m_number)
            m_day.bands.push_back(
                {.endMs = *m_day.epochsFromMs + (record.statedMs + 1) * m_day.epochMs,
                 .q25 = record.bid,
                 .median = record.last,
                 .q75 = record.ask,
                 .knownMs = record.atMs});
        if (record.kind != TickRecord::Kind::Tick)
            return;
        for (const oracle::RecordedRoute &route :
             std::ranges::equal_range(m_routes, record.market, {}, &oracle::RecordedRoute::market))
            m_day.ticks.push_back({.receivedMs = record.atMs,
                                   .exchangeMs = record.statedMs,
                                   .venue = route.venueInFeed,
                                   .currency = route.currency,
                                   .kind = route.kind,
                                   .bid = record.bid,
                                   .ask = record.ask,
                                   .last = record.last,
                                   .size = record.size,
                                   .volume24h = record.volume24h});
    }

    BacktestDay finish() { return std::move(m_day); }

private:
    std::string m_feed;
    std::uint32_t m_number = 0;
    std::vector<oracle::RecordedRoute> m_routes;
    BacktestDay m_day;
};

Result<BacktestDay> dayOfKeptTicks(const fs::path &folder, const std::string &feed)
{
    KeptDay day(folder.filename().string(), feed);
    for (const fs::path &path : recordedFiles(folder)) {
        const auto read = readRecordedFile(
            path, {.begin = [&](const oracle::RecordedPlan &plan) { return day.begin(plan); },
                   .take = [&](const TickRecord &record) { day.take(record); }});
        if (!read)
            return std::unexpected(read.error());
    }
    return day.finish();
}

/// A folder is a day, or holds days.
std::vector<fs::path> daysIn(const fs::path &folder)
{
    std::error_code error;
    std::vector<fs::path> found;
    for (const fs::directory_entry &each : fs::directory_iterator(folder, error))
        if (each.is_directory(error) &&
            (fs::exists(each.path() / "ticks.csv", error) || holdsRecordedTicks(each.path())))
            found.push_back(each.path());
    std::ranges::sort(found);
    if (found.empty())
        found.push_back(folder);
    return found;
}

std::string figure(double value, int digits = 2)
{
    return std::isfinite(value) ? std::format("{:.{}f}", value, digits) : "-";
}

void writeScore(formats::JsonWriter &json, const DayScore &score)
{
    json.beginObject()
        .member("median_bp", score.median)
        .member("p99_bp", score.p99)
        .member("max_bp", score.max)
        .member("missing", score.missing)
        .member("in_band", score.inBand)
        .member("distance_bp", score.distance)
        .endObject();
}

std::string dayAsJson(const std::string &feed, const BacktestResult::Day &day)
{
    std::string text;
    formats::JsonWriter json(text);
    json.beginObject().member("feed", feed).member("day", day.name);
    json.member("noise_factor", day.noiseFactor);
    json.key("plain");
    writeScore(json, day.plain);
    json.key("chosen");
    writeScore(json, day.chosen);
    json.key("stresses").beginObject();
    for (const oracle::StressScore &each : day.stresses) {
        json.key(each.name);
        writeScore(json, each.score);
    }
    json.endObject().endObject();
    return text + "\n";
}

/// How good something was, after what it is and one figure of it.
class ScoreTable {
public:
    ScoreTable(const char *what, const char *figureOfIt)
        : m_table({{what},
                   {figureOfIt, Table::Align::Right},
                   {"MEDIAN", Table::Align::Right},
                   {"P99", Table::Align::Right},
                   {"IN BAND", Table::Align::Right},
                   {"DISTANCE", Table::Align::Right},
                   {"WORST STRESS"},
                   {"P99", Table::Align::Right}})
    {
    }
    void add(const std::string &what, std::string figureOfIt, const DayScore &score,
             const oracle::StressScore *worst)
    {
        m_table.add({printable(what), std::move(figureOfIt), figure(score.median),
                     figure(score.p99), figure(score.inBand), figure(score.distance),
                     worst == nullptr ? "-" : printable(worst->name),
                     worst == nullptr ? "-" : figure(worst->score.p99)});
    }
    void print(std::ostream &out) const { m_table.print(out); }

private:
    Table m_table;
};

void printResult(std::ostream &out, const BacktestResult &result)
{
    ScoreTable table("DAY", "NOISE");
    for (const BacktestResult::Day &day : result.days) {
        const BacktestResult alone{.days = {day}};
        table.add(day.name, figure(day.noiseFactor, 1), day.chosen, alone.worst());
    }
    table.print(out);
    FactList facts;
    const auto mean = [&](const char *name, double DayScore::*figureOf) {
        const auto chosen = result.meanOf(figureOf, &BacktestResult::Day::chosen);
        const auto plain = result.meanOf(figureOf, &BacktestResult::Day::plain);
        facts.add(name, std::format("{} ± {} (as it ships: {})", figure(chosen.mean),
                                    chosen.standardError ? figure(*chosen.standardError) : "-",
                                    figure(plain.mean)));
    };
    mean("median error, bp", &DayScore::median);
    mean("99 %, bp", &DayScore::p99);
    mean("epochs in band", &DayScore::inBand);
    mean("from others' median, bp", &DayScore::distance);
    facts.add("errors are", result.isTruthKnown ? "from the truth"
                                                : "under stress, from the undisturbed answers");
    facts.print(out);
}

struct WalkedFeed {
    std::string feed;
    BacktestResult result;
};

/// Those that were asked for; else all that the first day's recording has. Tables hold one.
Result<std::vector<std::string>> feedsFor(const Invocation &invocation, const fs::path &firstDay)
{
    std::vector<std::string> feeds = invocation.arguments.values("feed");
    if (feeds.empty() && holdsRecordedTicks(firstDay))
        return recordedFeeds(firstDay);
    if (feeds.empty())
        feeds.emplace_back();
    return feeds;
}

Result<std::vector<BacktestDay>> daysOf(const std::vector<fs::path> &folders,
                                        const std::string &feed)
{
    std::vector<BacktestDay> days;
    for (const fs::path &folder : folders) {
        auto day = holdsRecordedTicks(folder) ? dayOfKeptTicks(folder, feed) : dayOfTables(folder);
        if (!day)
            return std::unexpected(day.error());
        days.push_back(std::move(*day));
    }
    return days;
}

/// All feeds beside each other: means over the days, and the worst that stress did to each.
void printWalked(std::ostream &out, const std::vector<WalkedFeed> &walked)
{
    ScoreTable table("FEED", "DAYS");
    for (const WalkedFeed &each : walked) {
        const auto mean = [&each](double DayScore::*figureOf) {
            return each.result.meanOf(figureOf, &BacktestResult::Day::chosen).mean;
        };
        DayScore means;
        means.median = mean(&DayScore::median);
        means.p99 = mean(&DayScore::p99);
        means.inBand = mean(&DayScore::inBand);
        means.distance = mean(&DayScore::distance);
        table.add(each.feed, std::to_string(each.result.days.size()), means, each.result.worst());
    }
    table.print(out);
}

} // namespace

ExitCode runOracleBacktest(Invocation &invocation)
{
    const auto &words = invocation.arguments.positionals();
    if (words.size() < 2)
        return invocation.usage("which days? Folders of kept ticks or of tables, in their order");
    std::vector<fs::path> folders;
    for (auto word = words.begin() + 1; word != words.end(); ++word)
        std::ranges::copy(daysIn(*word), std::back_inserter(folders));
    const auto feeds = feedsFor(invocation, folders.front());
    if (!feeds)
        return invocation.failed(feeds.error());
    std::vector<WalkedFeed> walked;
    for (const std::string &feed : *feeds) {
        auto days = daysOf(folders, feed);
        if (!days)
            return invocation.failed(days.error());
        auto result = oracle::backtest(*days);
        if (!result)
            return invocation.failed(result.error());
        walked.push_back({days->front().setup.name, std::move(*result)});
    }
    if (invocation.asJson) {
        for (const WalkedFeed &each : walked)
            for (const BacktestResult::Day &day : each.result.days)
                invocation.out() << dayAsJson(each.feed, day);
        return ExitCode::Done;
    }
    for (const WalkedFeed &each : walked) {
        if (walked.size() > 1)
            invocation.out() << printable(each.feed) << "\n";
        printResult(invocation.out(), each.result);
        if (walked.size() > 1)
            invocation.out() << "\n";
    }
    if (walked.size() > 1)
        printWalked(invocation.out(), walked);
    return ExitCode::Done;
}

} // namespace chrona::cli
