// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/briefing/exposure_graph.h"
#include "chrona/schema/event.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>

/// How much an event matters for what is watched. Pure; any thread.
namespace chrona::briefing {

/// Why an event is told, factor by factor.
struct Relevance {
    double exposure = 0; ///< of the watchlist: strongest path
    double severity = 0;
    double novelty = 0; ///< 1: nothing like it lately; shrinks with what is usual
    double confidence = 0;
    ExposurePath path;
    [[nodiscard]] double score() const { return exposure * severity * novelty * confidence; }
};

/// How often events of one type happen in one country: what is usual is no news.
class UsualRates {
public:
    explicit UsualRates(double hours = 72) : m_hours(hours) {}
    /// So many of them happened in the hours that are looked at.
    void add(schema::EventType type, std::string_view region, std::size_t count = 1);
    [[nodiscard]] double hourlyMean(schema::EventType type, std::string_view region) const;
    [[nodiscard]] double noveltyOf(const schema::Event &event) const
    {
        return 1 / (1 + 4 * hourlyMean(event.type, event.region));
    }

private:
    double m_hours;
    std::unordered_map<std::string, std::size_t> m_counts;
};

[[nodiscard]] Relevance relevanceOf(const schema::Event &event, const ExposureGraph::Reach &reach,
                                    const UsualRates &usual);

} // namespace chrona::briefing
