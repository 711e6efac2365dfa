// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/ipc/columns.h"
#include "chrona/ipc/messages_session.h"
#include "chrona/ipc/schema_fields.h"
#include "chrona/schema/boundary.h"
#include "chrona/schema/series.h"

#include <string>
#include <vector>

namespace chrona::ipc {

struct SeriesQueryReply {
    static constexpr std::uint16_t kType = 0x0201;
    std::vector<schema::Series> series;
    std::string nextCursor; ///< empty: the end
    static constexpr auto fields()
    {
        return fieldList(field("series", &SeriesQueryReply::series),
                         field("next_cursor", &SeriesQueryReply::nextCursor));
    }
    friend bool operator==(const SeriesQueryReply &, const SeriesQueryReply &) = default;
};

struct SeriesQuery {
    static constexpr std::uint16_t kType = 0x0200;
    static constexpr std::uint32_t kLimitMax = 10'000;
    using Reply = SeriesQueryReply;
    std::string text;   ///< in key or name; empty: all
    std::string metric; ///< "unemployment_rate"
    std::string region; ///< code, or the beginning of one: "US"
    std::uint32_t limit = 1000;
    std::string cursor;
    static constexpr auto fields()
    {
        return fieldList(field("text", &SeriesQuery::text), field("metric", &SeriesQuery::metric),
                         field("region", &SeriesQuery::region), field("limit", &SeriesQuery::limit),
                         field("cursor", &SeriesQuery::cursor));
    }
    friend bool operator==(const SeriesQuery &, const SeriesQuery &) = default;
};

struct ColumnsReply {
    static constexpr std::uint16_t kType = 0x0203;
    std::uint64_t rows = 0;
    static constexpr auto fields() { return fieldList(required("rows", &ColumnsReply::rows)); }
    friend bool operator==(const ColumnsReply &, const ColumnsReply &) = default;
};

struct ObservationQuery {
    static constexpr std::uint16_t kType = 0x0202;
    static constexpr std::size_t kSeriesMax = 5000;
    using Reply = ColumnsReply;
    using Columns = ObservationColumns;
    std::vector<schema::SeriesId> series;
    std::optional<Instant> from; ///< observed_at, inclusive
    std::optional<Instant> to;   ///< exclusive
    std::optional<Instant> asOf; ///< the newest vintage that was available then; absent: now
    bool allVintages = false;
    static constexpr auto fields()
    {
        return fieldList(required("series", &ObservationQuery::series),
                         field("from", &ObservationQuery::from), field("to", &ObservationQuery::to),
                         field("as_of", &ObservationQuery::asOf),
                         field("all_vintages", &ObservationQuery::allVintages));
    }
    friend bool operator==(const ObservationQuery &, const ObservationQuery &) = default;
};

struct RegionValue {
    std::string region; ///< joins with schema::Boundary::code
    double value = 0;
    Instant observedAt;
    static constexpr auto fields()
    {
        return fieldList(required("region", &RegionValue::region),
                         required("value", &RegionValue::value),
                         field("observed_at", &RegionValue::observedAt));
    }
    friend bool operator==(const RegionValue &, const RegionValue &) = default;
};

struct MetricReply {
    static constexpr std::uint16_t kType = 0x0205;
    std::string unit;
    std::vector<RegionValue> values; ///< regions without a value are left out
    static constexpr auto fields()
    {
        return fieldList(field("unit", &MetricReply::unit), field("values", &MetricReply::values));
    }
    friend bool operator==(const MetricReply &, const MetricReply &) = default;
};

/// The newest value of every regional sibling at one moment: what a choropleth shows.
struct MetricQuery {
    static constexpr std::uint16_t kType = 0x0204;
    using Reply = MetricReply;
    std::string metric;          ///< schema::Series::metric
    std::optional<Instant> at;   ///< newest observation at or before; absent: newest of all
    std::optional<Instant> asOf; ///< only what was available then
    static constexpr auto fields()
    {
        return fieldList(required("metric", &MetricQuery::metric), field("at", &MetricQuery::at),
                         field("as_of", &MetricQuery::asOf));
    }
    friend bool operator==(const MetricQuery &, const MetricQuery &) = default;
};

struct InstrumentsReply {
    static constexpr std::uint16_t kType = 0x0207;
    std::vector<schema::Instrument> instruments; ///< by symbol
    static constexpr auto fields()
    {
        return fieldList(field("instruments", &InstrumentsReply::instruments));
    }
    friend bool operator==(const InstrumentsReply &, const InstrumentsReply &) = default;
};

struct InstrumentsRequest {
    static constexpr std::uint16_t kType = 0x0206;
    using Reply = InstrumentsReply;
    static constexpr auto fields() { return fieldList(); }
    friend bool operator==(const InstrumentsRequest &, const InstrumentsRequest &) = default;
};

struct BarQuery {
    static constexpr std::uint16_t kType = 0x0208;
    using Reply = ColumnsReply;
    using Columns = BarColumns;
    std::string symbol;
    schema::Frequency frequency = schema::Frequency::Day;
    std::optional<Instant> from; ///< opens_at, inclusive
    std::optional<Instant> to;   ///< exclusive
    std::optional<Instant> asOf; ///< only what was available then
    static constexpr auto fields()
    {
        return fieldList(required("symbol", &BarQuery::symbol),
                         field("frequency", &BarQuery::frequency), field("from", &BarQuery::from),
                         field("to", &BarQuery::to), field("as_of", &BarQuery::asOf));
    }
    friend bool operator==(const BarQuery &, const BarQuery &) = default;
};

struct BoundarySet {
    std::string name;
    std::int64_t boundaries = 0;
    std::int64_t bytes = 0; ///< of their outlines, as they are stored
    static constexpr auto fields()
    {
        return fieldList(required("name", &BoundarySet::name),
                         field("boundaries", &BoundarySet::boundaries),
                         field("bytes", &BoundarySet::bytes));
    }
    friend bool operator==(const BoundarySet &, const BoundarySet &) = default;
};

struct BoundaryReply {
    static constexpr std::uint16_t kType = 0x020b;
    std::vector<BoundarySet> sets;            ///< where no set was named
    std::vector<schema::Boundary> boundaries; ///< by code
    std::string nextCursor;                   ///< empty: the end
    static constexpr auto fields()
    {
        return fieldList(field("sets", &BoundaryReply::sets),
                         field("boundaries", &BoundaryReply::boundaries),
                         field("next_cursor", &BoundaryReply::nextCursor));
    }
    friend bool operator==(const BoundaryReply &, const BoundaryReply &) = default;
};

/// A page holds as many areas as stay below 4 MiB.
struct BoundaryQuery {
    static constexpr std::uint16_t kType = 0x020a;
    using Reply = BoundaryReply;
    std::string set; ///< empty: which sets there are
    std::string cursor;
    double step = 0; ///< degrees of the grid that outlines are put on, at most 1; 0: as they are
    static constexpr auto fields()
    {
        return fieldList(field("set", &BoundaryQuery::set),
                         field("cursor", &BoundaryQuery::cursor),
                         field("step", &BoundaryQuery::step));
    }
    friend bool operator==(const BoundaryQuery &, const BoundaryQuery &) = default;
};

} // namespace chrona::ipc
