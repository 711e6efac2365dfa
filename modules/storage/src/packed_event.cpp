// SPDX-License-Identifier: AGPL-3.0-or-later
#include "packed_event.h"

#include "wire.h"

#include <bit>

namespace chrona::storage {
namespace {

constexpr std::size_t kFixedBytes = 4 * sizeof(std::int64_t) + 5 * sizeof(std::int32_t);

constexpr int kTypeShift = 16;
constexpr std::int32_t kShapeBit = 1 << 8;
constexpr int kStateShift = 1;
constexpr std::int32_t kStateMask = 0x7F;
constexpr std::int32_t kSyntheticBit = 1;

float floatAt(const char *from)
{
    return std::bit_cast<float>(wire::read<std::int32_t>(from));
}

} // namespace

void pack(std::string &to, const PackedEvent &event)
{
    wire::append(to, event.id);
    wire::append(to, wire::fromInstant(event.observedAt));
    wire::append(to, wire::fromInstant(event.availableAt));
    wire::append(to, event.source);
    for (const float value : {event.longitude, event.latitude, event.severity, event.confidence})
        wire::append(to, std::bit_cast<std::int32_t>(value));
    wire::append(to, (static_cast<std::int32_t>(event.type) << kTypeShift) |
                         (event.hasShape ? kShapeBit : 0) |
                         (static_cast<std::int32_t>(event.state) << kStateShift) |
                         (event.isSynthetic ? kSyntheticBit : 0));
    to += event.region;
}

std::optional<PackedEvent> unpackEvent(std::string_view bytes)
{
    if (bytes.size() < kFixedBytes)
        return std::nullopt;
    const char *at = bytes.data();
    const auto bits = wire::read<std::int32_t>(at + 48);
    return PackedEvent{
        .id = wire::read<std::int64_t>(at),
        .observedAt = wire::toInstant(wire::read<std::int64_t>(at + 8)),
        .availableAt = wire::toInstant(wire::read<std::int64_t>(at + 16)),
        .source = wire::read<std::int64_t>(at + 24),
        .longitude = floatAt(at + 32),
        .latitude = floatAt(at + 36),
        .severity = floatAt(at + 40),
        .confidence = floatAt(at + 44),
        .type = static_cast<schema::EventType>(bits >> kTypeShift),
        .state = static_cast<schema::EventState>((bits >> kStateShift) & kStateMask),
        .hasShape = (bits & kShapeBit) != 0,
        .isSynthetic = (bits & kSyntheticBit) != 0,
        .region = bytes.substr(kFixedBytes),
    };
}

} // namespace chrona::storage
