// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <vector>

namespace chrona::events {

/// Beginnings of the phrases of a table, as bits: nearly every word of a text begins none, and then
/// the table need not be asked, nor longer phrases be tried. May say yes where there is none.
class PhraseStarts {
public:
    explicit PhraseStarts(std::size_t bits)
        : m_bits(std::bit_ceil(std::max<std::size_t>(bits, 64)) / 64)
    {
    }

    /// The hash of the first word, of the first two, …: each beginning, and the whole phrase.
    void add(std::uint64_t beginning) { m_bits[slot(beginning)] |= bit(beginning); }
    [[nodiscard]] bool mayBegin(std::uint64_t beginning) const
    {
        return (m_bits[slot(beginning)] & bit(beginning)) != 0;
    }

private:
    [[nodiscard]] std::size_t slot(std::uint64_t hash) const
    {
        return (hash >> 6) & (m_bits.size() - 1);
    }
    [[nodiscard]] static std::uint64_t bit(std::uint64_t hash) { return 1ULL << (hash & 63); }
    std::vector<std::uint64_t> m_bits;
};

} // namespace chrona::events
