// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "byte_records.h"
#include "geo_parts.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace chrona::formats {

/// Reads the list of a topology's arcs as it comes in pieces, and packs each as soon as it is
/// whole. An arc with a fault takes its place with it; only what is no list of arcs fails. One
/// thread at a time.
class ArcScanner {
public:
    static constexpr std::size_t kPositionsMax = 4'000'000; ///< of one arc

    /// Both must outlive it.
    ArcScanner(MemoryBound &bound, ByteRecords &arcs);

    /// Takes bytes from behind the list's "[" on; how many, all of them unless the list ended.
    [[nodiscard]] Result<std::size_t> push(std::string_view bytes);
    [[nodiscard]] bool isDone() const { return m_isDone; }

private:
    enum class Expect : std::uint8_t { FirstOrEnd, Value, CommaOrEnd };
    [[nodiscard]] Status pushByte(char byte);
    [[nodiscard]] Status open();
    [[nodiscard]] Status close();
    [[nodiscard]] Status endPosition();
    [[nodiscard]] Status endArc();
    [[nodiscard]] Status endToken();
    [[nodiscard]] std::unexpected<Error> refuse(std::string_view why) const;
    void note(std::string path, std::string reason);

    MemoryBound &m_bound;
    ByteRecords &m_arcs;
    Expect m_expect = Expect::FirstOrEnd;
    std::size_t m_depth = 1; ///< 1: in the list, 2: in an arc, 3: in a position
    bool m_isDone = false;
    std::vector<NumberPair> m_positions; ///< of the arc that is being read
    std::optional<schema::Fault> m_fault;
    std::size_t m_position = 0, m_number = 0; ///< in the arc, in the position
    NumberPair m_pair{0, 0};
    std::array<char, 48> m_token{}; ///< longer is no number that anybody writes
    std::size_t m_tokenSize = 0;
    std::string m_packed;
};

/// What says that a document needs more memory than it may have.
[[nodiscard]] std::unexpected<Error> beyondMemory(const MemoryBound &bound);

} // namespace chrona::formats
