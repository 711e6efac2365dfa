// SPDX-License-Identifier: AGPL-3.0-or-later
#include "benchmarks.h"

#include "chrona/features/vintages.h"

#include <chrono>
#include <format>
#include <random>

namespace chrona::bench {

namespace {

using namespace features;

constexpr std::size_t kFeatureEvents = 200'000;
constexpr int kYears = 10;

features::EventHistory manyEvents()
{
    std::mt19937_64 random(3);
    const auto below = [&](std::uint64_t n) { return static_cast<int>(random() % n); };
    const Instant begin = std::chrono::sys_days(std::chrono::year(2015) / 1 / 1);
    features::EventHistory history({"surprise", "magnitude", "novelty", "tone"});
    for (std::size_t i = 0; i < kFeatureEvents; ++i) {
        schema::Event event;
        event.id = {1 + static_cast<std::int64_t>(i - (i % 20 == 0 ? i % 7 : 0))};
        event.type = static_cast<schema::EventType>(below(schema::kEventTypeCount));
        event.times.observedAt = begin + std::chrono::minutes(below(kYears * 365 * 24 * 60));
        event.times.ingestedAt = event.times.observedAt + std::chrono::minutes(below(2'000));
        event.region = std::format("{}{}", static_cast<char>('A' + below(4)),
                                   static_cast<char>('A' + below(5)));
        event.severity = static_cast<float>(below(100)) / 100;
        EventWords words;
        words.topics.push_back(std::format("topic{}", below(40)));
        history.append(event, words);
    }
    return history;
}

} // namespace

Result<Report> benchFeatures()
{
    const features::EventHistory history = manyEvents();
    const auto buckets = Buckets::daily({}, std::chrono::sys_days(std::chrono::year(2015) / 1 / 2),
                                        std::chrono::sys_days(std::chrono::year(2025) / 1 / 2));
    if (!buckets)
        return std::unexpected(buckets.error());
    const Stopwatch watch;
    const EventTimeline timeline(history);
    const double ordered = watch.seconds();
    std::size_t features = 0;
    std::size_t vintages = 0;
    for (const auto &definition : defaultCatalogue()) {
        if (definition.source != Definition::Source::Events ||
            definition.bucket != schema::Frequency::Day)
            continue;
        const auto built = buildVintages(definition, timeline, *buckets);
        if (!built)
            return std::unexpected(built.error());
        features += built->size();
        for (const auto &feature : *built)
            vintages += feature.vintages.size();
    }
    return Report{
        {"features.build", watch.seconds() * 1e3, "ms",
         std::format("{} events into {} vintages of {} features over ten years, one thread",
                     kFeatureEvents, vintages, features)},
        {"features.order", ordered * 1e3, "ms", "of it: putting the statements in order"},
    };
}

} // namespace chrona::bench
