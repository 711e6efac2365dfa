// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/schema/event.h"
#include "chrona/schema/event_columns.h"
#include "chrona/storage/connection.h"
#include "chrona/storage/pool.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

namespace chrona::storage {

enum class Order : std::uint8_t { OldestFirst, NewestFirst };

/// Whose names the entities of an event bear: what sources said, which engines compute on, or that
/// of what a person merged them into, which whoever asks sees (ADR 0100).
enum class Naming : std::uint8_t { AsSaid, AsMerged };

/// Where a page ended; give it back for the next one.
struct EventPosition {
    Instant observedAt;
    schema::EventId id;
};

struct EventQuery {
    std::optional<Instant> from{}, to{};      ///< observed_at in [from, to)
    std::optional<schema::GeoBox> box{};      ///< of the point that stands for the place
    std::vector<schema::EventType> types{};   ///< empty: all
    std::vector<schema::SourceId> sources{};  ///< empty: all
    std::vector<std::string> regions{};       ///< empty: all; "US" takes "US-TX" too
    std::optional<schema::EntityId> entity{}; ///< or one that is merged with it
    std::string text{};                       ///< part of the title, in any case
    float confidenceMin = 0;
    float severityMin = 0;
    std::optional<Instant> asOf{}; ///< only what was available then, as it was said then
    bool withRetracted = false;
    Order order = Order::NewestFirst;
    std::optional<EventPosition> after{};
    std::uint32_t limit = 1000; ///< at most 100,000
    Naming naming = Naming::AsSaid;
};

/// Complete events with their entities.
[[nodiscard]] Result<std::vector<schema::Event>> findEvents(Connection &connection,
                                                            const EventQuery &query);
[[nodiscard]] Result<std::int64_t> countEvents(Connection &connection, const EventQuery &query);

[[nodiscard]] Result<schema::Event> loadEvent(Connection &connection, schema::EventId id,
                                              Naming naming = Naming::AsSaid);
/// Every revision, the oldest first, the current one last.
[[nodiscard]] Result<std::vector<schema::Event>> loadRevisions(Connection &connection,
                                                               schema::EventId id);
/// Events that were revised after a moment, as they stood then; by observed_at, then id. Exhausted
/// where there are more than `limit`.
[[nodiscard]] Result<std::vector<schema::Event>>
loadFormer(Connection &connection, Instant asOf, std::uint32_t limit = 200'000);

struct EventText {
    schema::EventId id;
    std::string title;
    std::string url;
};
/// In no particular order; unknown ids are left out. `asOf`: as they were called then; one that was
/// not known yet is called as it is now.
[[nodiscard]] Result<std::vector<EventText>> loadTexts(Connection &connection,
                                                       std::span<const schema::EventId> ids,
                                                       std::optional<Instant> asOf = {});

/// The two tables that columns point into. A table keeps the positions that it has, so columns
/// loaded earlier stay right. The first region is "" (none).
struct EventTables {
    std::vector<std::string> regions{std::string()};
    std::vector<schema::SourceId> sources;

    /// Position of a value, appended where it is new; 65,535 when the table is full.
    [[nodiscard]] std::uint16_t regionIndex(std::string_view region);
    [[nodiscard]] std::uint16_t sourceIndex(schema::SourceId source);

private:
    std::unordered_map<std::string, std::uint16_t> m_regionIndex{{std::string(), 0}};
    std::unordered_map<std::int64_t, std::uint16_t> m_sourceIndex;
};

struct ColumnWindow {
    std::optional<Instant> from{}, to{}; ///< observed_at in [from, to)
};
/// Appends the current revision of all events of a window to the columns, ordered by observed_at,
/// id. One snapshot of the database; a million rows in well under a second. On failure the columns
/// are as they were.
[[nodiscard]] Status loadEventColumns(Connection &connection, schema::EventColumns &columns,
                                      EventTables &tables, const ColumnWindow &window = {});
/// The same for all events, the older and the newer half side by side where the pool has a second
/// connection free; both see one snapshot.
[[nodiscard]] Status loadEventColumns(Pool &pool, schema::EventColumns &columns,
                                      EventTables &tables);

} // namespace chrona::storage
