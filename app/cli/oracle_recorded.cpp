// SPDX-License-Identifier: AGPL-3.0-or-later
#include "oracle_recorded.h"

#include "row_files.h"

#include <algorithm>
#include <charconv>
#include <format>
#include <utility>

namespace chrona::cli {
namespace {

namespace fs = std::filesystem;
using formats::TickRecord;

constexpr std::int64_t kShiftMsMax = 3'600'000;

/// "VENUE=MS" of an option that may be given many times.
Result<std::map<std::string, std::int64_t, std::less<>>>
shiftsOf(const Arguments &arguments, std::string_view option, std::int64_t least)
{
    std::map<std::string, std::int64_t, std::less<>> shifts;
    for (const std::string &word : arguments.values(option)) {
        const std::size_t equals = word.find('=');
        std::int64_t shift = 0;
        const char *end = word.data() + word.size();
        const char *begin = equals == std::string::npos ? end : word.data() + equals + 1;
        const auto [stop, error] = std::from_chars(begin, end, shift);
        if (equals == 0 || error != std::errc{} || stop != end || shift < least ||
            shift > kShiftMsMax)
            return fail(ErrorCode::InvalidInput,
                        std::format("--{} must be VENUE=MILLISECONDS, at most an hour", option));
        shifts[word.substr(0, equals)] = shift;
    }
    return shifts;
}

oracle::Tick asTick(const TickRecord &record)
{
    oracle::Tick tick;
    tick.receivedMs = record.atMs;
    tick.exchangeMs = record.statedMs;
    tick.bid = record.bid;
    tick.ask = record.ask;
    tick.last = record.last;
    tick.size = record.size;
    tick.volume24h = record.volume24h;
    return tick;
}

std::string feedOf(const oracle::RecordedPlan &plan, const std::string &asked)
{
    return asked.empty() && plan.feeds.size() == 1 ? plan.feeds.front().name : asked;
}

/// One feed through all files, with what went wrong put in.
class Player {
public:
    Player(const RecordedSource &source, oracle::PublishingSink &sink)
        : m_source(source), m_sink(sink)
    {
    }

    Status begin(const oracle::RecordedPlan &plan)
    {
        auto replay = oracle::RecordedReplay::create(plan, feedOf(plan, m_source.feed));
        if (!replay)
            return std::unexpected(replay.error());
        if (m_replay && !isSameSetup(m_replay->setup(), replay->setup()))
            return fail(ErrorCode::InvalidInput,
                        "the venues of this feed changed in the course of the recording",
                        "replay the days before and after it apart");
        m_venues.clear();
        for (const auto &market : plan.markets)
            m_venues.push_back(market.venue);
        m_plan = plan;
        if (m_replay)
            return m_replay->follow(plan);
        m_replay.emplace(std::move(*replay));
        return {};
    }

    void take(const TickRecord &record)
    {
        sayDelayed(record.atMs);
        switch (record.kind) {
        case TickRecord::Kind::Begin:
            ++figures.runs;
            m_replay->begin();
            return;
        case TickRecord::Kind::Second: return m_replay->endSecond(record.atMs, m_sink);
        case TickRecord::Kind::Reveal:
            return m_replay->reveal(record.market, {.endMs = m_plan.epochStartMs +
                                                             (record.statedMs + 1) * m_plan.epochMs,
                                                    .q25 = record.bid,
                                                    .median = record.last,
                                                    .q75 = record.ask});
        case TickRecord::Kind::Tick: break;
        }
        if (record.market >= m_venues.size())
            return;
        const std::string &venue = m_venues[record.market];
        const OracleStress &stress = m_source.stress;
        if (stress.dropped.contains(venue))
            return;
        oracle::Tick tick = asTick(record);
        if (const auto skew = stress.skewMs.find(venue); skew != stress.skewMs.end())
            tick.exchangeMs += skew->second;
        if (const auto delay = stress.delayMs.find(venue); delay != stress.delayMs.end()) {
            tick.receivedMs += delay->second;
            m_delayed.emplace(tick.receivedMs, std::pair(record.market, tick));
            return;
        }
        m_replay->take(record.market, tick, m_sink);
    }

    RecordedFigures figures;
    [[nodiscard]] std::size_t ticks() const { return m_replay ? m_replay->ticks() : 0; }

private:
    static bool isSameSetup(const oracle::FeedSetup &a, const oracle::FeedSetup &b)
    {
        return a.currencies == b.currencies &&
               std::ranges::equal(a.venues, b.venues, {}, &oracle::VenueProfile::name,
                                  &oracle::VenueProfile::name);
    }
    void sayDelayed(std::int64_t nowMs)
    {
        while (!m_delayed.empty() && m_delayed.begin()->first <= nowMs) {
            const auto &[market, tick] = m_delayed.begin()->second;
            m_replay->take(market, tick, m_sink);
            m_delayed.erase(m_delayed.begin());
        }
    }

    const RecordedSource &m_source;
    oracle::PublishingSink &m_sink;
    std::optional<oracle::RecordedReplay> m_replay;
    oracle::RecordedPlan m_plan;
    std::vector<std::string> m_venues; ///< of each market
    std::multimap<std::int64_t, std::pair<std::uint32_t, oracle::Tick>> m_delayed;
};

constexpr std::string_view kRecordedHolds =
    "the folder must hold files that `oracle.record_ticks` made, DAY/TIME.ticks";

std::function<Status(const oracle::RecordedPlan &)>
keepIn(std::optional<oracle::RecordedPlan> &place)
{
    return [&place](const oracle::RecordedPlan &plan) -> Status {
        place = plan;
        return {};
    };
}

} // namespace

Result<bool> readRecordedFile(const fs::path &path, const RecordedReader &reader)
{
    const auto content = fileContent(path, kRecordedHolds);
    if (!content)
        return std::unexpected(content.error());
    auto segment = formats::TickSegmentReader::open(*content);
    if (!segment)
        return std::unexpected(segment.error());
    const auto plan = oracle::readPlan(segment->about());
    if (!plan)
        return std::unexpected(plan.error());
    if (auto begun = reader.begin(*plan); !begun)
        return std::unexpected(begun.error());
    std::vector<TickRecord> records;
    while (reader.take && segment->next(records))
        for (const TickRecord &record : records)
            reader.take(record);
    return segment->isAtEnd();
}

Result<std::vector<std::string>> recordedFeeds(const fs::path &folder)
{
    std::optional<oracle::RecordedPlan> plan;
    for (const fs::path &path : recordedFiles(folder)) {
        if (auto read = readRecordedFile(path, {.begin = keepIn(plan), .take = {}}); !read)
            return std::unexpected(read.error());
        break;
    }
    std::vector<std::string> feeds;
    if (plan)
        for (const oracle::FeedSetup &feed : plan->feeds)
            feeds.push_back(feed.name);
    return feeds;
}

std::vector<fs::path> recordedFiles(const fs::path &folder)
{
    std::vector<fs::path> files;
    std::error_code error;
    for (fs::recursive_directory_iterator it(folder, error), end; !error && it != end;
         it.increment(error))
        if (it->path().extension() == ".ticks")
            files.push_back(it->path());
    std::ranges::sort(files);
    return files;
}

Result<OracleStress> readStress(const Arguments &arguments)
{
    OracleStress stress;
    for (std::string &venue : arguments.values("drop"))
        stress.dropped.insert(std::move(venue));
    auto delays = shiftsOf(arguments, "delay", 0);
    auto skews = delays ? shiftsOf(arguments, "skew", -kShiftMsMax) : delays;
    if (!skews)
        return std::unexpected(skews.error());
    stress.delayMs = std::move(*delays);
    stress.skewMs = std::move(*skews);
    return stress;
}

Status applyStress(const OracleStress &stress, OracleInput &input)
{
    const auto place = [&](const std::string &venue) {
        return std::ranges::find(input.setup.venues, venue, &oracle::VenueProfile::name);
    };
    struct Numbered {
        oracle::Tick tick;
        std::uint64_t sequence;
    };
    std::vector<Numbered> ticks;
    for (std::size_t i = 0; i < input.ticks.size(); ++i)
        ticks.push_back({input.ticks[i], input.sequences[i]});
    const auto change = [&](const std::string &venue, auto what) -> Status {
        const auto found = place(venue);
        if (found == input.setup.venues.end())
            return fail(ErrorCode::NotFound, std::format("the recording has no venue {}", venue));
        what(static_cast<std::uint16_t>(found - input.setup.venues.begin()));
        return {};
    };
    for (const std::string &venue : stress.dropped)
        if (auto done = change(venue,
                               [&](std::uint16_t number) {
                                   std::erase_if(ticks, [&](const Numbered &each) {
                                       return each.tick.venue == number;
                                   });
                               });
            !done)
            return done;
    for (const auto &[venue, shift] : stress.skewMs)
        if (auto done = change(venue,
                               [&, ms = shift](std::uint16_t number) {
                                   for (Numbered &each : ticks)
                                       each.tick.exchangeMs += each.tick.venue == number ? ms : 0;
                               });
            !done)
            return done;
    for (const auto &[venue, shift] : stress.delayMs)
        if (auto done = change(venue,
                               [&, ms = shift](std::uint16_t number) {
                                   for (Numbered &each : ticks)
                                       each.tick.receivedMs += each.tick.venue == number ? ms : 0;
                               });
            !done)
            return done;
    if (!stress.delayMs.empty())
        std::ranges::stable_sort(ticks, {},
                                 [](const Numbered &each) { return each.tick.receivedMs; });
    input.ticks.clear();
    input.sequences.clear();
    for (const Numbered &each : ticks) {
        input.ticks.push_back(each.tick);
        input.sequences.push_back(each.sequence);
    }
    return {};
}

bool holdsRecordedTicks(const fs::path &folder)
{
    return !recordedFiles(folder).empty();
}

Result<oracle::FeedSetup> recordedSetup(const RecordedSource &source)
{
    const auto files = recordedFiles(source.folder);
    if (files.empty())
        return fail(ErrorCode::NotFound, "there are no recorded ticks",
                    std::string(kRecordedHolds));
    std::optional<oracle::RecordedPlan> plan;
    const auto read = readRecordedFile(files.front(), {.begin = keepIn(plan), .take = {}});
    if (!read)
        return std::unexpected(read.error());
    for (const auto *venues : {&source.stress.delayMs, &source.stress.skewMs})
        for (const auto &[venue, shift] : *venues)
            if (!std::ranges::contains(plan->markets, venue, &oracle::RecordedPlan::Market::venue))
                return fail(ErrorCode::NotFound,
                            std::format("the recording has no venue {}", venue));
    for (const std::string &venue : source.stress.dropped)
        if (!std::ranges::contains(plan->markets, venue, &oracle::RecordedPlan::Market::venue))
            return fail(ErrorCode::NotFound, std::format("the recording has no venue {}", venue));
    return oracle::RecordedReplay::create(*plan, feedOf(*plan, source.feed))
        .transform([](const oracle::RecordedReplay &replay) { return replay.setup(); });
}

Result<RecordedFigures> replayRecorded(const RecordedSource &source, oracle::PublishingSink &sink)
{
    Player player(source, sink);
    for (const fs::path &path : recordedFiles(source.folder)) {
        bool isFirst = player.figures.files++ == 0;
        const auto whole = readRecordedFile(
            path, {.begin = [&](const oracle::RecordedPlan &plan) { return player.begin(plan); },
                   .take =
                       [&](const TickRecord &record) {
                           if (std::exchange(isFirst, false))
                               player.figures.beginsInTheMiddle =
                                   record.kind != TickRecord::Kind::Begin;
                           player.take(record);
                       }});
        if (!whole)
            return std::unexpected(whole.error());
        if (!*whole)
            player.figures.cut.push_back(path.filename().string());
    }
    player.figures.ticks = player.ticks();
    return player.figures;
}

} // namespace chrona::cli
