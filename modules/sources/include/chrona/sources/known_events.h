// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/hash.h"
#include "chrona/schema/ids.h"

#include <array>
#include <cstddef>
#include <vector>

namespace chrona::sources {

/// What was said last about the events that were heard of most recently: a bounded memory in front
/// of the database, so that the entries of a feed which it repeats every time cost next to nothing.
///
/// It only ever saves work. An event that it does not know, or knows with other words, goes on to
/// the database, which decides; and what has gone on is what counts as said last, whether it is
/// stored yet or not. So ask in the order of the log, store in that order, and forget everything
/// when something that went on was not stored or somebody else may have stored. It starts empty.
/// See docs/adr/0092-known-events.md.
///
/// One thread at a time. Some 25 bytes an event of its bound; nothing before the first.
class KnownEvents {
public:
    explicit KnownEvents(std::size_t eventsMax = 262'144);

    /// True when this is what was said last. If not, it is so from now on. False for a null id.
    [[nodiscard]] bool isRepeat(schema::EventId id, const Hash128 &content);
    void forgetAll();

private:
    struct Statement {
        std::int64_t event = 0; ///< 0: none
        Hash128 content;
    };
    /// Events of one place: the most recent first; the last one makes room.
    using Bucket = std::array<Statement, 8>;

    std::size_t m_size;
    std::vector<Bucket> m_buckets;
};

} // namespace chrona::sources
