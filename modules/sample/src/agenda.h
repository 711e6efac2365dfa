// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "market_calendar.h"

#include "chrona/sample/world.h"

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

/// The plan of all events before any of their text exists: small rows, drawn stream by stream.
namespace chrona::sample {

/// A kind of event with one way of happening. Each has its own random numbers.
enum class Stream : std::uint8_t {
    WeatherUs,
    WeatherCanada,
    Cyclone,
    Quake,
    Volcano,
    Flood,
    Wildfire,
    Disaster,
    ConflictOil, ///< in hot spots near oil routes
    ConflictOther,
    ProtestOil, ///< a noisy echo of ConflictOil
    ProtestOther,
    PolicyUs,
    PolicyOther,
    Legislation,
    Sanction,
    Speech,
    Shipping,
    Outage,
    Health,
    Filing,
    TechnologyNews, ///< grows over the years
    News,
    Other,
    RateDecision, // from here on by schedule
    MacroRelease,
    EnergyReport,
    CalendarEntry,
    MarketMove, ///< follows the bars
};
inline constexpr std::size_t kStreamCount = 29;
inline constexpr std::size_t kDrawnStreamCount = 24; ///< those before RateDecision

struct StreamRule {
    Stream stream;
    std::string_view name; ///< names its random numbers and its references
    schema::EventType type;
    std::string_view source;   ///< key of its source
    double share;              ///< of all events; 0: by schedule, or the rest
    double seasonPeak;         ///< part of the year
    double seasonAmplitude;    ///< of the log of the intensity
    double trend;              ///< the same, over the whole world
    double noise;              ///< deviation of the log of the daily intensity
    double persistence;        ///< of that noise from day to day
    double weekend;            ///< intensity on Saturday and Sunday, 1: as on other days
    double storyShare;         ///< of its events that belong to stories
    std::int32_t delayMinutes; ///< mean time from the event to its publication
};
[[nodiscard]] const StreamRule &ruleOf(Stream stream);

/// One event to be: 32 bytes.
struct PlannedEvent {
    std::int64_t observedAt = 0; ///< microseconds since 1970
    std::uint32_t delaySeconds = 0;
    std::uint32_t number = 0;     ///< within its stream: seeds its random numbers, names it
    std::uint32_t anchor = kNone; ///< a row of its stream's own table
    float severity = 0;
    Stream stream = Stream::Other;

    static constexpr std::uint32_t kNone = 0xFFFF'FFFFU;
    [[nodiscard]] std::int64_t publishedAt() const
    {
        return observedAt + std::int64_t{delaySeconds} * 1'000'000;
    }
};

struct Quake {
    schema::GeoPoint at;
    float magnitude;
    float depthKm;
    std::uint16_t fault;
    bool isAftershock;
};

struct Storm {
    std::uint16_t basin;
    std::uint32_t firstPoint;
    std::uint32_t points;
};
struct StormPoint {
    schema::GeoPoint at;
    float windKnots;
    std::uint32_t storm;
};

/// Several events about one matter over days.
struct Story {
    std::uint32_t country;
    std::uint32_t topic; ///< meaning by stream
    std::uint32_t organization;
    std::uint32_t size;
};

/// The world's span in whole days.
struct Span {
    std::int64_t begin = 0, end = 0; ///< microseconds since 1970
    std::size_t days = 0;
    [[nodiscard]] double yearPart(std::size_t day) const; ///< 0–1: where in the year a day lies
    [[nodiscard]] bool isWeekend(std::size_t day) const;
};

struct Agenda {
    std::vector<PlannedEvent> events;
    std::vector<Quake> quakes;
    std::vector<Storm> storms;
    std::vector<StormPoint> stormPoints;
    std::vector<Story> stories;
};

inline constexpr std::int64_t kDayMicroseconds = 86'400'000'000;

/// How lively each day of a stream is.
[[nodiscard]] std::vector<double> intensities(std::uint64_t seed, const Span &span,
                                              const StreamRule &rule);

/// All drawn streams of the world, `eventCount` events in all, in no order.
[[nodiscard]] Agenda drawAgenda(std::uint64_t seed, const Span &span, std::size_t eventCount);

/// Parts of drawAgenda: append `count` events of streams whose places follow laws of their own.
struct DrawRequest {
    std::uint64_t seed = 0;
    Span span;
    std::size_t count = 0;
    std::span<const double> cumulative; ///< running sum of the daily intensities
};
void drawQuakes(const DrawRequest &request, Agenda &agenda);
void drawStorms(const DrawRequest &request, Agenda &agenda);
void drawStories(const DrawRequest &request, const StreamRule &rule, Agenda &agenda);

} // namespace chrona::sample
