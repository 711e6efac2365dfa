// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/schema/event.h"

#include <cstdint>
#include <span>
#include <vector>

namespace chrona::schema {

/// Many events as flat columns, all of one length: what maps, timelines and tables work on. 38
/// bytes an event; texts stay in the database and are asked for by id when a row is looked at.
struct EventColumns {
    static constexpr std::uint8_t kSynthetic = 1;
    static constexpr std::uint8_t kRetracted = 2;
    static constexpr std::uint8_t kHasPlace = 4;
    static constexpr std::uint8_t kHasShape = 8; ///< more than a point; asked for by id

    std::vector<std::int64_t> id;
    std::vector<std::int64_t> observedAt;  ///< microseconds since 1970
    std::vector<std::int64_t> availableAt; ///< microseconds since 1970
    std::vector<float> longitude;          ///< 0 without kHasPlace
    std::vector<float> latitude;
    std::vector<std::uint8_t> type;       ///< EventType
    std::vector<std::uint8_t> severity;   ///< 0–255 for 0–1
    std::vector<std::uint8_t> confidence; ///< 0–255 for 0–1
    std::vector<std::uint8_t> flags;
    std::vector<std::uint16_t> source; ///< index into a table of sources that travels beside
    std::vector<std::uint16_t> region; ///< index into a table of region codes that travels beside

    [[nodiscard]] std::size_t size() const { return id.size(); }
    void reserve(std::size_t count);
    void clear();
    void append(const EventColumns &other);
    /// One row; sourceIndex and regionIndex are the caller's table positions.
    void append(const Event &event, std::uint16_t sourceIndex, std::uint16_t regionIndex);
    /// False when columns differ in length: bytes from a peer must be checked before use.
    [[nodiscard]] bool isConsistent() const;
};

} // namespace chrona::schema
