// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/result.h"
#include "chrona/schema/event_columns.h"

#include <QByteArray>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

/// Bulk rows as little-endian arrays. A block holds some rows of every column:
/// {u64 firstRow, u32 rows, u16 columns, u16 0}, then for each column {u8 type, u8 nameLength,
/// name}, zeros up to a multiple of 8, then the arrays, each padded to a multiple of 8.
namespace chrona::ipc {

/// Prices of one instrument, oldest first. NaN where the source gives no value.
struct BarColumns {
    std::vector<std::int64_t> opensAt;    ///< microseconds since 1970, as all times here
    std::vector<std::int64_t> observedAt; ///< the close
    std::vector<std::int64_t> availableAt;
    std::vector<double> open, high, low, close, volume, adjustedClose;
    friend bool operator==(const BarColumns &, const BarColumns &) = default;
};

/// Values of series, by series, then time. NaN: the source says that there is none.
struct ObservationColumns {
    std::vector<std::int64_t> series; ///< SeriesId
    std::vector<std::int64_t> observedAt;
    std::vector<std::int64_t> availableAt; ///< of this vintage
    std::vector<std::uint8_t> basis;       ///< schema::AvailabilityBasis
    std::vector<double> value;
    friend bool operator==(const ObservationColumns &, const ObservationColumns &) = default;
};

struct EventIdColumns {
    std::vector<std::int64_t> id;
    friend bool operator==(const EventIdColumns &, const EventIdColumns &) = default;
};

struct TitleRankColumns {
    std::vector<std::int64_t> id;
    std::vector<std::uint32_t> rank; ///< from 1; equal titles share one
    friend bool operator==(const TitleRankColumns &, const TitleRankColumns &) = default;
};

/// Edges of a part of the graph.
struct GraphEdgeColumns {
    std::vector<std::int64_t> from, to; ///< rows of GraphReply::nodes, then of the request's known
    std::vector<std::uint8_t> type;     ///< GraphEdgeType
    std::vector<float> weight;          ///< above 0
    std::vector<std::int64_t> begin;    ///< observed_at of the first event behind it; 0: undated
    std::vector<std::int64_t> end;      ///< of the last one
    std::vector<std::int64_t> evidence; ///< events behind it
    friend bool operator==(const GraphEdgeColumns &, const GraphEdgeColumns &) = default;
};

inline constexpr std::size_t kBlockBytesMax = 4U << 20;
/// What a sender aims at: large enough to be cheap, small enough to keep both sides in the cache.
inline constexpr std::size_t kBlockBytesWanted = 1U << 20;
/// Of one table that is received; 64 million rows are ten times what we promise.
inline constexpr std::uint64_t kRowsMax = 64'000'000;

struct RowRange {
    std::size_t first = 0;
    std::size_t count = 0;
};

/// For schema::EventColumns and the columns above.
template <class Columns> [[nodiscard]] std::size_t rowCount(const Columns &columns);
template <class Columns> [[nodiscard]] std::size_t bytesPerRow();
template <class Columns> [[nodiscard]] bool sameLength(const Columns &columns);
template <class Columns> void reserveRows(Columns &columns, std::size_t rows);
template <class Columns>
[[nodiscard]] QByteArray encodeBlock(const Columns &columns, RowRange range);
/// Appends the block's rows. It must begin where `columns` ends; after a failure `columns` is as
/// before.
template <class Columns>
[[nodiscard]] Status appendBlock(Columns &columns, std::span<const std::byte> block);

/// Gives one block after another, then nullopt. Called on the server's thread.
using BlockSource = std::function<std::optional<QByteArray>()>;

/// Holds on to the snapshot, not to copies of it: one block exists at a time.
template <class Columns> [[nodiscard]] BlockSource blocksOf(std::shared_ptr<const Columns> columns)
{
    const std::size_t step = std::max<std::size_t>(1, kBlockBytesWanted / bytesPerRow<Columns>());
    return [columns = std::move(columns), step,
            next = std::size_t{0}]() mutable -> std::optional<QByteArray> {
        const std::size_t rows = rowCount(*columns);
        if (next >= rows)
            return std::nullopt;
        const RowRange range{next, std::min(step, rows - next)};
        next += range.count;
        return encodeBlock(*columns, range);
    };
}

} // namespace chrona::ipc
