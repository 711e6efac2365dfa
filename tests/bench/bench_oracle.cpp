// SPDX-License-Identifier: AGPL-3.0-or-later
#include "benchmarks.h"
#include "tick_world.h"

#include "chrona/oracle/aggregates.h"
#include "chrona/oracle/replay.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>
#include <format>
#include <span>

namespace chrona::bench {
namespace {

using namespace oracle;

/// The machine is shared: the best of them is the program's own time.
constexpr int kOracleRounds = 5;
constexpr std::size_t kReplayFeeds = 63;
constexpr std::size_t kAggregated = 1'000;

/// Bytes copied in memory: nothing is done with ticks faster than moving them.
double secondsToCopy(std::span<const Tick> ticks)
{
    std::vector<Tick> copy(ticks.size());
    return bestOf(kOracleRounds,
                  [&] { std::memcpy(copy.data(), ticks.data(), ticks.size_bytes()); });
}

/// Bare parsing of the same numbers from text: what any reader of recordings must spend.
double secondsToParse(std::span<const Tick> ticks)
{
    std::string text;
    for (const Tick &tick : ticks)
        text += std::format("{:.7f} {:.7f} {:.7f} ", tick.bid, tick.ask, tick.last);
    double sum = 0;
    const double seconds = bestOf(kOracleRounds, [&] {
        const char *at = text.data();
        const char *const end = at + text.size();
        while (at < end) {
            double value = 0;
            at = std::from_chars(at, end, value).ptr + 1;
            sum += value;
        }
    });
    return sum > 0 ? seconds : 0;
}

class CountingSink final : public PublishingSink {
public:
    void judged(std::size_t, const TickVerdict &verdict) override
    {
        flagged += verdict.judged != TickClass::Sound;
    }
    void answered(const Answer &answer) override { sum += answer.price; }
    void epochEnded(std::int64_t, const Answer &, const BandChoice &choice) override
    {
        sum += choice.price;
    }
    std::size_t flagged = 0;
    double sum = 0;
};

/// All the ways side by side over as many ticks: VWAP and TWAP, four medians, and the consensus.
double secondsToAggregate(const oracle::tests::TickWorld &world)
{
    double sum = 0;
    double best = 1e300;
    const auto ticks = std::span(world.ticks);
    auto feed = Feed::create(world.setup);
    Answer answer;
    for (std::size_t from = 0; from + kAggregated <= ticks.size(); from += kAggregated) {
        const auto part = ticks.subspan(from, kAggregated);
        const Stopwatch watch;
        TradeWindow window(3'600);
        std::array<WeightedPrice, kAggregated> prices, weighted;
        for (std::size_t i = 0; i < part.size(); ++i) {
            const double mid = (part[i].bid + part[i].ask) / 2;
            window.add(part[i].receivedMs, part[i].last, part[i].size);
            prices[i] = {part[i].last, 1};
            weighted[i] = {mid, world.setup.venues[part[i].venue].share};
        }
        const std::int64_t at = part.back().receivedMs;
        sum += window.vwap(at) + window.twap(at) + weightedMedianInPlace(prices) +
               weightedMedianInPlace(weighted);
        const double plain = watch.seconds();
        for (const Tick &tick : part)
            feed->update(tick);
        const Stopwatch answering;
        feed->answer(at, answer);
        sum += answer.price;
        best = std::min(best, plain + answering.seconds());
    }
    return sum > 0 ? best : 0;
}

struct EpochEdge {
    double seconds = 0;
    double sum = 0;
};

/// Every feed answered and its submission chosen, one after the other.
EpochEdge answerAll(std::vector<Feed> &feeds, std::vector<BandLayer> &bands,
                    std::vector<Answer> &answers, std::int64_t atMs)
{
    EpochEdge edge;
    const Stopwatch watch;
    for (std::size_t i = 0; i < feeds.size(); ++i) {
        feeds[i].answer(atMs, answers[i]);
        edge.sum += bands[i].choose(answers[i]).price;
    }
    edge.seconds = watch.seconds();
    return edge;
}

Result<double> secondsAtEpochEdge(const oracle::tests::TickWorld &world)
{
    std::vector<Feed> feeds;
    std::vector<BandLayer> bands(kReplayFeeds);
    std::vector<Answer> answers(kReplayFeeds);
    const auto ticks =
        std::span(world.ticks).first(std::min<std::size_t>(6'000, world.ticks.size()));
    for (std::size_t i = 0; i < kReplayFeeds; ++i) {
        auto feed = Feed::create(world.setup);
        if (!feed)
            return std::unexpected(feed.error());
        for (const Tick &tick : ticks)
            feed->update(tick);
        feeds.push_back(std::move(*feed));
    }
    double best = 1e300;
    for (int second = 1; second <= 40; ++second) {
        const std::int64_t at = ticks.back().receivedMs + second * 1'000;
        const EpochEdge edge = answerAll(feeds, bands, answers, at);
        for (std::size_t i = 0; i < kReplayFeeds; ++i)
            bands[i].observe(answers[i]);
        best = std::min(best, edge.seconds);
    }
    return best;
}

} // namespace

Result<Report> benchOracle()
{
    const oracle::tests::TickWorld world =
        oracle::tests::makeTickWorld({.seed = 7, .seconds = 14'400});
    const auto ticks = std::span(world.ticks);
    const auto count = static_cast<double>(ticks.size());
    const auto plan = planFor(ticks);
    if (!plan)
        return std::unexpected(plan.error());
    Status replayed;
    const double update = bestOf(kOracleRounds, [&] {
        auto feed = Feed::create(world.setup);
        for (const Tick &tick : ticks)
            feed->update(tick);
    });
    const double whole = bestOf(kOracleRounds, [&] {
        auto feed = Feed::create(world.setup);
        BandLayer band;
        CountingSink sink;
        replayed = replay(*feed, band, ticks, {}, *plan, sink);
    });
    if (!replayed)
        return std::unexpected(replayed.error());
    const auto edge = secondsAtEpochEdge(world);
    if (!edge)
        return std::unexpected(edge.error());
    const std::string copied =
        std::format("one copy of the same {} MiB in memory", ticks.size_bytes() >> 20);
    return Report{
        {"oracle.aggregate", secondsToAggregate(world) * 1e6, "us",
         "1000 ticks: VWAP, TWAP, median, weighted median, and a consensus answer",
         "one copy of 1000 ticks", secondsToCopy(ticks.first(kAggregated)) * 1e6},
        {"oracle.update", update / count * 1e9, "ns",
         std::format("one feed update, 12 venues, mean of {} ticks", ticks.size()), copied,
         secondsToCopy(ticks) / count * 1e9},
        {"oracle.epoch_edge", *edge * 1e6, "us",
         "63 feeds of 12 venues answered, explained and a submission chosen"},
        {"oracle.replay", count / whole, "ticks/s",
         std::format("{} ticks with an answer a second, one core", ticks.size()),
         "bare parsing of their three prices from text", count / secondsToParse(ticks)},
    };
}

} // namespace chrona::bench
