// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/workspace/event_ids.h"

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
        ++m_size;
    }
}

} // namespace chrona::workspace
