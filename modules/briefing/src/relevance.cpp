// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/briefing/relevance.h"

#include "chrona/briefing/causes.h"

#include <format>

namespace chrona::briefing {
namespace {

std::string rateKeyOf(schema::EventType type, std::string_view region)
{
    return std::format("{}:{}", unsigned(type), region.substr(0, 2));
}

} // namespace

void UsualRates::add(schema::EventType type, std::string_view region, std::size_t count)
{
    m_counts[rateKeyOf(type, region)] += count;
}

double UsualRates::hourlyMean(schema::EventType type, std::string_view region) const
{
    const auto found = m_counts.find(rateKeyOf(type, region));
    return found == m_counts.end() || m_hours <= 0 ? 0 : double(found->second) / m_hours;
}

Relevance relevanceOf(const schema::Event &event, const ExposureGraph::Reach &reach,
                      const UsualRates &usual)
{
    Relevance relevance;
    relevance.path = strongestPath(event, reach);
    relevance.exposure = relevance.path.weight;
    relevance.severity = event.severity;
    relevance.novelty = usual.noveltyOf(event);
    relevance.confidence = event.confidence;
    return relevance;
}

} // namespace chrona::briefing
