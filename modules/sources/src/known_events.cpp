// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/sources/known_events.h"

#include <algorithm>
#include <bit>
#include <utility>

namespace chrona::sources {

KnownEvents::KnownEvents(std::size_t eventsMax)
    : m_size(std::bit_ceil(std::max<std::size_t>(eventsMax / std::tuple_size_v<Bucket>, 1)))
{
}

bool KnownEvents::isRepeat(schema::EventId id, const Hash128 &content)
{
    if (id.isNull())
        return false;
    if (m_buckets.empty())
        m_buckets.resize(m_size);
    // An id is a part of a hash already.
    Bucket &bucket = m_buckets[static_cast<std::size_t>(id.value) & (m_size - 1)];
    auto known = std::ranges::find(bucket, id.value, &Statement::event);
    const bool isRepeat = known != bucket.end() && known->content == content;
    if (known == bucket.end())
        --known;
    *known = {id.value, content};
    std::rotate(bucket.begin(), known, known + 1);
    return isRepeat;
}

void KnownEvents::forgetAll()
{
    std::exchange(m_buckets, {});
}

} // namespace chrona::sources
