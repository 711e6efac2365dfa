// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace chrona::workspace {

/// Numbers by event id: a flat table for asking about a million rows one after another. Immutable
/// once built, so any thread may read it.
class EventIdTable {
public:
    EventIdTable() = default;
    /// `values` is as long as `ids`, or empty: then every id has 0. Of an id that occurs twice the
    /// first counts.
    explicit EventIdTable(std::span<const std::int64_t> ids,
                          std::span<const std::uint32_t> values = {});

    [[nodiscard]] std::optional<std::uint32_t> find(std::int64_t id) const
    {
        if (m_slots.empty())
            return std::nullopt;
        for (std::size_t at = slotOf(id);; at = (at + 1) & m_mask) {
            if (!m_slots[at].taken)
                return std::nullopt;
            if (m_slots[at].id == id)
                return m_slots[at].value;
        }
    }
    [[nodiscard]] bool contains(std::int64_t id) const { return find(id).has_value(); }
    /// The same for many at once, several times as fast: while one is looked at, the next ones are
    /// on their way from memory. `values` is as long as `ids`; those unknown get `missing`.
    void findEach(std::span<const std::int64_t> ids, std::uint32_t missing,
                  std::span<std::uint32_t> values) const;
    /// The largest value; 0 where there is none.
    [[nodiscard]] std::uint32_t valueMost() const { return m_valueMost; }
    [[nodiscard]] std::size_t size() const { return m_size; }

private:
    struct Slot {
        std::int64_t id = 0;
        std::uint32_t value = 0;
        bool taken = false;
    };
    [[nodiscard]] std::size_t slotOf(std::int64_t id) const
    {
        // Ids are hashes already in most cases; the multiplication spreads those that are counted.
        return static_cast<std::size_t>(static_cast<std::uint64_t>(id) * 0x9E3779B97F4A7C15U >>
                                        32) &
               m_mask;
    }

    std::vector<Slot> m_slots; ///< a power of two, at most half of them taken
    std::size_t m_mask = 0;
    std::size_t m_size = 0;
    std::uint32_t m_valueMost = 0;
};

} // namespace chrona::workspace
