// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/result.h"
#include "chrona/base/time.h"
#include "chrona/schema/calendar.h"
#include "chrona/schema/series.h"

#include <cstddef>
#include <optional>
#include <vector>

/// Where time is cut. Pure; any thread.
namespace chrona::features {

/// When the day's decision is taken: what is available by then counts for that day, what comes a
/// minute later counts for the next one.
struct DecisionClock {
    enum class Rule : std::uint8_t {
        TimeOfDay,  ///< `offset` after midnight UTC, on half days too
        AfterClose, ///< `offset` after the session's close: half days decide earlier
    };
    schema::Calendar calendar = schema::Calendar::NewYork;
    Rule rule = Rule::TimeOfDay;
    Duration offset = std::chrono::hours(21);
};

/// One decision. The same shape as what the discovery engine takes.
struct Decision {
    Date date;
    Instant at;
};

/// The decisions of the days in [begin, end) on which the calendar's exchange trades. Fails with
/// InvalidInput for an offset outside 0 to 24 hours and for more than 200 years.
[[nodiscard]] Result<std::vector<Decision>> decisionsBetween(const DecisionClock &clock, Date begin,
                                                             Date end);

/// Contiguous stretches of time (begin, end]: what happens on an edge belongs to the one that ends.
class Buckets {
public:
    static constexpr std::size_t kCountMax = 2'000'000;

    /// One for each decision in [begin, end), from the decision before it: weekends and holidays
    /// belong to the next trading day, because that is when one can first act on them.
    [[nodiscard]] static Result<Buckets> daily(const DecisionClock &clock, Date begin, Date end);
    /// Hours in UTC.
    [[nodiscard]] static Result<Buckets> hourly(Date begin, Date end);

    [[nodiscard]] schema::Frequency frequency() const { return m_frequency; }
    [[nodiscard]] std::size_t count() const { return m_edges.size() - 1; }
    [[nodiscard]] Instant begin(std::size_t bucket) const { return m_edges[bucket]; }
    [[nodiscard]] Instant end(std::size_t bucket) const { return m_edges[bucket + 1]; }
    /// By which a bucket is stored: its begin, for days the UTC day that it begins on.
    [[nodiscard]] Instant label(std::size_t bucket) const;
    /// nullopt: before the first or after the last.
    [[nodiscard]] std::optional<std::size_t> indexOf(Instant instant) const;

private:
    Buckets(schema::Frequency frequency, std::vector<Instant> edges)
        : m_frequency(frequency), m_edges(std::move(edges))
    {
    }
    schema::Frequency m_frequency;
    std::vector<Instant> m_edges;
};

} // namespace chrona::features
