// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/workspace/event_ids.h"

#include <algorithm>
#include <bit>

namespace chrona::workspace {

EventIdTable::EventIdTable(std::span<const std::int64_t> ids, std::span<const std::uint32_t> values)
{
    if (ids.empty())
        return;
    m_slots.resize(std::bit_ceil(ids.size() * 2));
    m_mask = m_slots.size() - 1;
    for (std::size_t index = 0; index < ids.size(); ++index) {
        std::size_t at = slotOf(ids[index]);
        while (m_slots[at].taken && m_slots[at].id != ids[index])
            at = (at + 1) & m_mask;
        if (m_slots[at].taken)
            continue;
        m_slots[at] = {ids[index], index < values.size() ? values[index] : 0U, true};
        m_valueMost = std::max(m_valueMost, m_slots[at].value);
        ++m_size;
    }
}

void EventIdTable::findEach(std::span<const std::int64_t> ids, std::uint32_t missing,
                            std::span<std::uint32_t> values) const
{
    constexpr std::size_t kAhead = 24; // about as many as the processor asks memory for at a time
    if (m_slots.empty()) {
        std::ranges::fill(values, missing);
        return;
    }
    for (std::size_t index = 0; index < ids.size(); ++index) {
        if (index + kAhead < ids.size())
            __builtin_prefetch(&m_slots[slotOf(ids[index + kAhead])]);
        values[index] = find(ids[index]).value_or(missing);
    }
}

} // namespace chrona::workspace
