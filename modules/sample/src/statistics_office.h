// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/time.h"
#include "chrona/schema/series.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// Macro and regional series as an office publishes them: a first print, then revisions, each with
/// its own time of publication.
namespace chrona::sample {

/// One first print, for its event.
struct Release {
    std::uint16_t spec; ///< row of macroSpecs()
    Instant publishedAt;
    Date period; ///< its last day
    double actual, previous, expected;
};

struct MacroSpec {
    std::string_view key;   ///< "us-cpi"
    std::string_view title; ///< "US consumer prices, yearly change"
    std::string_view region;
    std::string_view topic;
    std::string_view unit;
    double mean, deviation, persistence;
    double firstPrintError; ///< deviation of what the revision corrects
    int decimals;
    int months;    ///< 1 or 3
    int delayDays; ///< from the end of the period to the first print
    int hourUtc;
};
[[nodiscard]] std::span<const MacroSpec> macroSpecs();

struct Published {
    std::vector<schema::Series> series;
    std::vector<schema::Observation> observations; ///< by series, then period, then vintage
    std::vector<Release> releases;                 ///< in order of time
};

/// Everything published in [begin, end). Regional series: "sample:unemployment:US-TX" and two more
/// metrics for every state and province.
[[nodiscard]] Published publish(std::uint64_t seed, Instant begin, Instant end);

[[nodiscard]] schema::Series sampleSeries(std::string key, std::string name, std::string unit);
[[nodiscard]] schema::Observation statedObservation(schema::SeriesId series, Instant observedAt,
                                                    Instant publishedAt, double value);

} // namespace chrona::sample
