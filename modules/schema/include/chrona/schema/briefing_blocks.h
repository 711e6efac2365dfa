// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/time.h"
#include "chrona/schema/event.h"
#include "chrona/schema/evidence.h"
#include "chrona/schema/geometry.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

/// What a section of a briefing is made of: claims, tables, charts and maps, each with its
/// evidence.
namespace chrona::schema {

enum class StatementBasis : std::uint8_t {
    Reported,  ///< a source says so
    Computed,  ///< follows from numbers
    Conjecture ///< a hypothesis; shown as one
};
[[nodiscard]] std::string_view toString(StatementBasis basis);
[[nodiscard]] std::optional<StatementBasis> statementBasisFrom(std::string_view text);

/// One claim. Every claim has evidence, or it is not made.
struct Statement {
    std::string text; ///< plain, one or two sentences
    StatementBasis basis = StatementBasis::Reported;
    std::vector<Evidence> evidence;
    float confidence = 1; ///< 0–1
    /// What the claim is about, the same from day to day ("move:SPX"), so that two briefings can be
    /// compared; empty: of this day alone.
    std::string key{};
    /// Where a language model's words stand in `text`: what was said before them. Empty: none do.
    std::string given{};
    friend bool operator==(const Statement &, const Statement &) = default;
};

enum class SignRule : std::uint8_t { MinusOnly, Always };
[[nodiscard]] std::string_view toString(SignRule rule);
[[nodiscard]] std::optional<SignRule> signRuleFrom(std::string_view text);

/// The key of a passage that only a model says, of an explanation; `given` has its facts.
inline constexpr std::string_view kModelSummaryKey = "model:summary";

/// A number as it is printed: the value stays whole beside it.
struct Quantity {
    double value = 0;
    std::string unit; ///< "%", "bp", "USD/bbl"; empty: a bare number
    std::uint8_t decimals = 2;
    SignRule sign = SignRule::MinusOnly;
    friend bool operator==(const Quantity &, const Quantity &) = default;
};
/// "+1,204.50 USD", with a true minus sign and a no-break space before the unit. What rounds to
/// nothing has no sign. "–" for a number that is not finite.
[[nodiscard]] std::string formatQuantity(const Quantity &quantity);
inline constexpr std::uint8_t kDecimalsMax = 9;

enum class ColumnFormat : std::uint8_t { Text, Number, Percent, BasisPoints, Instant, Date };
[[nodiscard]] std::string_view toString(ColumnFormat format);
[[nodiscard]] std::optional<ColumnFormat> columnFormatFrom(std::string_view text);

struct TableColumn {
    std::string name;
    ColumnFormat format = ColumnFormat::Text;
    std::string unit;
    friend bool operator==(const TableColumn &, const TableColumn &) = default;
};

/// monostate: empty. A Quantity may stand in a column of numbers and brings its own unit.
using Cell = std::variant<std::monostate, double, std::string, Instant, Quantity>;

struct TableRow {
    std::vector<Cell> cells;
    std::vector<Evidence> evidence;
    friend bool operator==(const TableRow &, const TableRow &) = default;
};

struct Table {
    std::string title;
    std::vector<TableColumn> columns;
    std::vector<TableRow> rows;
    friend bool operator==(const Table &, const Table &) = default;
};
/// The cell as it is printed in its column.
[[nodiscard]] std::string formatCell(const Cell &cell, const TableColumn &column);

enum class ChartKind : std::uint8_t { Line, Bar, Scatter, Histogram };
[[nodiscard]] std::string_view toString(ChartKind kind);
[[nodiscard]] std::optional<ChartKind> chartKindFrom(std::string_view text);

struct ChartSeries {
    std::string name;
    std::vector<double> x; ///< microseconds since 1970 where the chart's x is time
    std::vector<double> y; ///< as many as x; NaN: a gap
    friend bool operator==(const ChartSeries &, const ChartSeries &) = default;
};

enum class ChartAxis : std::uint8_t {
    Number,
    Time,
    Category ///< x counts `categories` from 0
};
[[nodiscard]] std::string_view toString(ChartAxis axis);
[[nodiscard]] std::optional<ChartAxis> chartAxisFrom(std::string_view text);

struct ChartSpan {
    double from = 0, to = 0; ///< on x
    std::string label;
    friend bool operator==(const ChartSpan &, const ChartSpan &) = default;
};

struct Chart {
    std::string finding; ///< the title: says what the chart shows
    ChartKind kind = ChartKind::Line;
    ChartAxis x = ChartAxis::Time;
    std::string xUnit, yUnit;
    std::vector<ChartSeries> series;
    std::vector<ChartSpan> shaded;
    std::vector<Evidence> evidence;
    std::vector<std::string> categories{};
    friend bool operator==(const Chart &, const Chart &) = default;
};

struct MapMark {
    GeoPoint at;
    std::string label;
    double size = 0.5; ///< 0–1; the area of the mark grows with it
    EventCategory category = EventCategory::News;
    friend bool operator==(const MapMark &, const MapMark &) = default;
};

struct MapArea {
    std::string code; ///< "DE", "US-TX"
    double value = 0;
    friend bool operator==(const MapArea &, const MapArea &) = default;
};

/// Marks and shaded areas over the shipped boundaries.
struct Map {
    std::string finding;
    GeoBox extent{-180, -60, 180, 75};
    std::vector<MapMark> marks;
    std::vector<MapArea> areas; ///< all countries, or all states
    std::string unit;           ///< of the areas' values
    std::vector<Evidence> evidence;
    friend bool operator==(const Map &, const Map &) = default;
};

using Block = std::variant<Statement, Table, Chart, Map>;

/// What a block rests on, those of a table's rows included.
[[nodiscard]] std::vector<Evidence> evidenceOf(const Block &block);

} // namespace chrona::schema
