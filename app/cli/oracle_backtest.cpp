// SPDX-License-Identifier: AGPL-3.0-or-later
#include "oracle_backtest.h"

#include "oracle_recorded.h"
#include "row_files.h"

#include "chrona/formats/json_writer.h"
#include "chrona/formats/tick_segment.h"
#include "chrona/oracle/backtest.h"
#include "chrona/oracle/recording.h"

#include <algorithm>
#include <cmath>
#include <format>

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
        for (const oracle::RecordedRoute &route : std::ranges::equal_range(
                 m_routes, record.market, {}, &oracle::RecordedRoute::market))
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
        const auto content = fileContent(path, "the folder must hold files of kept ticks");
        if (!content)
            return std::unexpected(content.error());
        auto reader = formats::TickSegmentReader::open(*content);
        if (!reader)
            return std::unexpected(reader.error());
        const auto plan = oracle::readPlan(reader->about());
        if (!plan)
            return std::unexpected(plan.error());
        if (auto begun = day.begin(*plan); !begun)
            return std::unexpected(begun.error());
        std::vector<TickRecord> records;
        while (reader->next(records))
            for (const TickRecord &record : records)
                day.take(record);
    }
    return day.finish();
}

/// A folder is a day, or holds days.
std::vector<fs::path> daysIn(const fs::path &folder)
{
    std::error_code error;
    std::vector<fs::path> found;
    for (const fs::directory_entry &each : fs::directory_iterator(folder, error))
        if (each.is_directory(error) && (fs::exists(each.path() / "ticks.csv", error) ||
                                         holdsRecordedTicks(each.path())))
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

std::string dayAsJson(const BacktestResult::Day &day)
{
    std::string text;
    formats::JsonWriter json(text);
    json.beginObject().member("day", day.name).member("noise_factor", day.noiseFactor);
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

void printResult(std::ostream &out, const BacktestResult &result)
{
    constexpr auto kRight = Table::Align::Right;
    Table table({{"DAY"},
                 {"NOISE", kRight},
                 {"MEDIAN", kRight},
                 {"P99", kRight},
                 {"IN BAND", kRight},
                 {"DISTANCE", kRight},
                 {"WORST STRESS"},
                 {"P99", kRight}});
    for (const BacktestResult::Day &day : result.days) {
        const BacktestResult alone{.days = {day}};
        const oracle::StressScore *worst = alone.worst();
        table.add({printable(day.name), figure(day.noiseFactor, 1), figure(day.chosen.median),
                   figure(day.chosen.p99), figure(day.chosen.inBand), figure(day.chosen.distance),
                   worst == nullptr ? "-" : printable(worst->name),
                   worst == nullptr ? "-" : figure(worst->score.p99)});
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

} // namespace

ExitCode runOracleBacktest(Invocation &invocation)
{
    const auto &words = invocation.arguments.positionals();
    if (words.size() < 2)
        return invocation.usage("which days? Folders of kept ticks or of tables, in their order");
    const std::string feed = invocation.arguments.value("feed").value_or("");
    std::vector<BacktestDay> days;
    for (auto word = words.begin() + 1; word != words.end(); ++word)
        for (const fs::path &folder : daysIn(*word)) {
            auto day = holdsRecordedTicks(folder) ? dayOfKeptTicks(folder, feed)
                                                  : dayOfTables(folder);
            if (!day)
                return invocation.failed(day.error());
            days.push_back(std::move(*day));
        }
    const auto result = oracle::backtest(days);
    if (!result)
        return invocation.failed(result.error());
    if (invocation.asJson)
        for (const BacktestResult::Day &day : result->days)
            invocation.out() << dayAsJson(day);
    else
        printResult(invocation.out(), *result);
    return ExitCode::Done;
}

} // namespace chrona::cli
