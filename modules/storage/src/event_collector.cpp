// SPDX-License-Identifier: AGPL-3.0-or-later
#include "event_collector.h"

#include "packed_event.h"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace chrona::storage {

using schema::EventColumns;

namespace {

std::uint8_t toByte(float share)
{
    return static_cast<std::uint8_t>(std::lround(std::clamp(share, 0.0F, 1.0F) * 255));
}

} // namespace

Status EventCollector::add(std::string_view packed)
{
    const auto event = unpackEvent(packed);
    if (!event)
        return fail(ErrorCode::Corrupt, "a packed event is cut off");
    std::uint8_t flags = event->isSynthetic ? EventColumns::kSynthetic : 0;
    if (event->state == schema::EventState::Retracted)
        flags |= EventColumns::kRetracted;
    const bool hasPlace = !std::isnan(event->longitude);
    if (hasPlace)
        flags |= EventColumns::kHasPlace;
    if (event->hasShape)
        flags |= EventColumns::kHasShape;
    m_columns.id.push_back(event->id);
    m_columns.observedAt.push_back(event->observedAt.time_since_epoch().count());
    m_columns.availableAt.push_back(event->availableAt.time_since_epoch().count());
    m_columns.longitude.push_back(hasPlace ? event->longitude : 0);
    m_columns.latitude.push_back(hasPlace ? event->latitude : 0);
    m_columns.type.push_back(static_cast<std::uint8_t>(event->type));
    m_columns.severity.push_back(toByte(event->severity));
    m_columns.confidence.push_back(toByte(event->confidence));
    m_columns.flags.push_back(flags);
    m_columns.source.push_back(sourceIndex(event->source));
    m_columns.region.push_back(regionIndex(event->region));
    return {};
}

std::uint16_t EventCollector::sourceIndex(std::int64_t source)
{
    if (m_columns.source.empty() || source != m_source) {
        m_source = source;
        m_sourceIndex = m_tables.sourceIndex({source});
    }
    return m_sourceIndex;
}

std::uint16_t EventCollector::regionIndex(std::string_view region)
{
    std::uint64_t code = 0;
    if (region.size() > sizeof code)
        return m_tables.regionIndex(region);
    std::memcpy(&code, region.data(), region.size());
    Seen &seen = m_seen[(code * 0x9E37'79B9'7F4A'7C15U) >> (64 - kSeenBits)];
    if (seen.code != code)
        seen = {code, m_tables.regionIndex(region)};
    return seen.index;
}

} // namespace chrona::storage
