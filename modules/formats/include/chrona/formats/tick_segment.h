// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/result.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// Files of recorded ticks: a head that says what was listened to, then blocks of packed records,
/// each with a checksum. Appended to only; a file that was cut anywhere reads up to its last whole
/// block. Pure; any bytes may be given.
namespace chrona::formats {

/// One entry of a recording, in the order in which it counted. Every bit of it is kept.
struct TickRecord {
    enum class Kind : std::uint8_t {
        Tick,
        Second, ///< `atMs` was answered
        Reveal, ///< of others' values: `market` is a feed, `statedMs` an epoch; bid, last and ask
                ///< are its quartiles and median
        Begin   ///< whoever answers began anew
    };
    Kind kind = Kind::Tick;
    bool isPolled = false;
    std::uint8_t collector = 0;
    std::uint32_t market = 0;
    std::int64_t atMs = 0;     ///< received, or counted
    std::int64_t heardMs = 0;  ///< by who listened
    std::int64_t statedMs = 0; ///< by the venue
    double bid = 0, ask = 0, last = 0, size = 0, volume24h = 0;
};

inline constexpr std::size_t kTickBlockMax = 100'000; ///< records

[[nodiscard]] std::string tickSegmentHead(std::string_view about);
/// At most kTickBlockMax records; what is beyond is not written.
[[nodiscard]] std::string tickBlock(std::span<const TickRecord> records);

/// One block alone, as it is sent; false where the bytes are none.
[[nodiscard]] bool readTickBlock(std::string_view bytes, std::vector<TickRecord> &records);

class TickSegmentReader {
public:
    /// The bytes must outlive it. Corrupt where they do not begin as a segment does.
    [[nodiscard]] static Result<TickSegmentReader> open(std::string_view bytes);

    [[nodiscard]] std::string_view about() const { return m_about; }
    /// The next block's records instead of what `records` held; false when no whole block follows.
    [[nodiscard]] bool next(std::vector<TickRecord> &records);
    /// Passes over the next block, having looked at its checksum alone.
    [[nodiscard]] bool skip();
    /// Up to where the file is sound, as far as it was read.
    [[nodiscard]] std::size_t soundBytes() const { return m_at; }
    [[nodiscard]] bool isAtEnd() const { return m_at == m_bytes.size(); }

private:
    struct Block {
        std::string_view packed;
        std::uint32_t rawBytes = 0, count = 0;
        std::size_t end = 0;
    };
    [[nodiscard]] bool look(Block &block) const;

    std::string_view m_bytes, m_about;
    std::size_t m_at = 0;
};

} // namespace chrona::formats
