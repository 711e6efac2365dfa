// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/schema/ids.h"
#include "chrona/storage/connection.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// The append-only log of what was fetched: chrona_world.raw_item. Appended and committed means
/// acknowledged. Consumers read it in order with a cursor each, and move the cursor in the
/// transaction that stores what they made of it, so each item has its effect once.
namespace chrona::storage {

struct RawItem {
    std::string sourceRef;   ///< the source's name for this payload; empty: its URL
    std::string kind;        ///< what the connector reads it as
    std::string url;
    std::string contentType;
    std::string payload;     ///< any bytes
    std::optional<Instant> publishedAt;
    Instant fetchedAt;
    friend bool operator==(const RawItem &, const RawItem &) = default;
};

/// A place in the log. Order of transactions, then of rows; a fresh cursor is at the beginning.
struct RawPosition {
    std::uint64_t transaction = 0;
    std::int64_t id = 0;
    friend auto operator<=>(const RawPosition &, const RawPosition &) = default;
};

struct LoggedItem {
    RawPosition position;
    schema::SourceId source;
    RawItem item;
};

struct AppendReport {
    std::int64_t appended = 0;
    std::int64_t duplicates = 0; ///< the same source, source_ref and payload as the latest one kept
};

/// One transaction, or a part of the caller's.
[[nodiscard]] Result<AppendReport> appendRaw(Connection &connection, schema::SourceId source,
                                             std::span<const RawItem> items);

/// What comes after the cursor, at most limit items and some 32 MiB of payload (at least one item).
/// Only what every transaction before it has settled: nothing can appear behind the cursor later.
[[nodiscard]] Result<std::vector<LoggedItem>> readRaw(Connection &connection,
                                                      std::string_view cursor, std::uint32_t limit);
/// The same behind a place that the reader knows: the next batch while one is being stored.
[[nodiscard]] Result<std::vector<LoggedItem>>
readRawAfter(Connection &connection, RawPosition position, std::uint32_t limit);
/// What was appended of a source in [from, to], the newest first, at most limit items and some 32
/// MiB of payload.
[[nodiscard]] Result<std::vector<LoggedItem>> loadRawBetween(Connection &connection,
                                                             schema::SourceId source, Instant from,
                                                             Instant to, std::uint32_t limit);
/// In the transaction that stored the effects. Conflict when the cursor has moved since `from`:
/// another consumer was there, roll back.
[[nodiscard]] Status advanceCursor(Connection &connection, std::string_view cursor,
                                   RawPosition from, RawPosition to);
[[nodiscard]] Result<RawPosition> loadCursor(Connection &connection, std::string_view cursor);

/// How far a cursor is behind, for the backpressure ladder.
struct RawLag {
    std::int64_t items = 0;
    std::optional<Instant> oldestAt; ///< fetched_at of the first item not yet consumed
};
[[nodiscard]] Result<RawLag> rawLag(Connection &connection, std::string_view cursor);

/// Sets an item aside that cannot be read, so that the cursor can go on. Same transaction.
[[nodiscard]] Status quarantine(Connection &connection, const LoggedItem &item,
                                std::string_view reason);

struct QuarantinedItem {
    RawPosition position;
    schema::SourceId source;
    std::string sourceRef;
    std::string reason;
    Instant at;
};
/// The newest first.
[[nodiscard]] Result<std::vector<QuarantinedItem>> loadQuarantine(Connection &connection,
                                                                  std::uint32_t limit = 1000);

} // namespace chrona::storage
