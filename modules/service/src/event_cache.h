// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/result.h"
#include "chrona/schema/event.h"
#include "chrona/schema/event_columns.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace chrona::service {

/// Events as columns, with the tables that the columns point into.
struct EventSnapshot {
    std::shared_ptr<const schema::EventColumns> columns; ///< by observed_at, then id
    std::vector<std::string> sources;                    ///< keys
    std::vector<std::string> regions;                    ///< ISO 3166 codes; the first is empty
    std::optional<Instant> since{}; ///< older ones are not here; absent: all are
    std::uint64_t older = 0;        ///< about so many
};

/// What a reader of an earlier snapshot does to come to the present one.
struct EventDelta {
    std::vector<schema::EventId> removed; ///< take these out first
    schema::EventColumns rows;            ///< then add these; by observed_at
    bool tablesGrew = false;              ///< the cache's tables are longer than before
};

/// Keeps the columns of events in memory, 42 bytes each, so that a client gets a million of them
/// without a question to the database: of all, or of the newest where the loader stops there. Then
/// older ones that come in are left to the database too.
///
/// Nothing is loaded before the first request. What is stored meanwhile is handed in after its
/// commit and joined when somebody asks. Thread rule: one thread, the service's main one; only the
/// loading itself happens elsewhere.
class EventCache {
public:
    struct Loaded {
        schema::EventColumns columns; ///< by observed_at, then id
        std::vector<std::string> sources;
        std::vector<std::string> regions;
        std::optional<Instant> since{}; ///< the loader left out what is older
        std::uint64_t older = 0;        ///< about so many
    };
    using Answer = std::function<void(const Result<EventSnapshot> &)>;
    /// Begins to load and calls back on the main thread, once.
    using Loader = std::function<void(std::function<void(Result<Loaded>)>)>;

    explicit EventCache(Loader loader) : m_loader(std::move(loader)) {}

    /// Answers at once when loaded, else after loading.
    void request(Answer answer);
    enum class Revisions : bool { None, Some };
    /// A batch whose commit has succeeded, and whether it revised events that were known: those may
    /// have moved in time. Of what is known already, only rows that differ are replaced.
    /// `sourceKey` is the key of the events' one source.
    [[nodiscard]] EventDelta add(std::span<const schema::Event> events, std::string_view sourceKey,
                                 Revisions revisions);
    /// Forgets everything: many events went at once. The next request loads again.
    void reset();

    [[nodiscard]] bool isLoaded() const { return m_state == State::Loaded; }
    [[nodiscard]] const std::vector<std::string> &sources() const { return m_sources; }
    [[nodiscard]] const std::vector<std::string> &regions() const { return m_regions; }
    [[nodiscard]] std::uint64_t memoryBytes() const;

private:
    enum class State : std::uint8_t { Empty, Loading, Loaded };

    void take(Result<Loaded> loaded, std::uint64_t generation);
    void join();
    [[nodiscard]] EventSnapshot snapshot();
    [[nodiscard]] bool isOlder(Instant observedAt) const
    {
        return m_since && observedAt < *m_since;
    }
    /// What is known of an event of that time: the columns and the row in them.
    [[nodiscard]] std::optional<std::pair<const schema::EventColumns *, std::size_t>>
    find(std::int64_t id, std::int64_t observedAt) const;
    [[nodiscard]] std::uint16_t sourceIndex(std::string_view key);
    [[nodiscard]] std::uint16_t regionIndex(const std::string &code);

    Loader m_loader;
    State m_state = State::Empty;
    std::uint64_t m_generation = 0; ///< a load that began before reset() is thrown away
    std::vector<Answer> m_waiting;
    std::shared_ptr<const schema::EventColumns> m_base;
    schema::EventColumns m_tail; ///< since the last join, in order of arrival
    std::unordered_map<std::int64_t, std::size_t> m_tailRows; ///< the last row of each id
    std::vector<std::string> m_sources, m_regions;
    std::optional<Instant> m_since;
    std::uint64_t m_older = 0;
    std::unordered_map<std::string, std::uint16_t> m_sourceIndexes, m_regionIndexes;
};

/// Rows of `base` (ordered) and `tail` (in any order) in one order; where an id occurs more than
/// once the last row counts. Pure.
[[nodiscard]] schema::EventColumns joinColumns(const schema::EventColumns &base,
                                               const schema::EventColumns &tail);

} // namespace chrona::service
