// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/time.h"
#include "chrona/schema/evidence.h"
#include "chrona/schema/fault.h"
#include "chrona/schema/ids.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

/// Briefings as data: what is said, on what it rests, and the numbers behind each table and chart.
/// `report` makes a page of it, the workstation makes each sentence clickable.
namespace chrona::schema {

enum class StatementBasis : std::uint8_t {
    Reported,  ///< a source says so
    Computed,  ///< follows from numbers
    Conjecture ///< a hypothesis; shown as one
};
[[nodiscard]] std::string_view toString(StatementBasis basis);

/// One claim. Every claim has evidence, or it is not made.
struct Statement {
    std::string text; ///< plain, one or two sentences
    StatementBasis basis = StatementBasis::Reported;
    std::vector<Evidence> evidence;
    float confidence = 1; ///< 0–1
    friend bool operator==(const Statement &, const Statement &) = default;
};

enum class ColumnFormat : std::uint8_t { Text, Number, Percent, BasisPoints, Instant, Date };

struct TableColumn {
    std::string name;
    ColumnFormat format = ColumnFormat::Text;
    std::string unit;
    friend bool operator==(const TableColumn &, const TableColumn &) = default;
};

using Cell = std::variant<std::monostate, double, std::string, Instant>; ///< monostate: empty

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

enum class ChartKind : std::uint8_t { Line, Bar, Scatter, Histogram };
[[nodiscard]] std::string_view toString(ChartKind kind);

struct ChartSeries {
    std::string name;
    std::vector<double> x; ///< microseconds since 1970 where the chart's x is time
    std::vector<double> y; ///< as many as x; NaN: a gap
    friend bool operator==(const ChartSeries &, const ChartSeries &) = default;
};

enum class ChartAxis : std::uint8_t { Number, Time };

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
    friend bool operator==(const Chart &, const Chart &) = default;
};

using Block = std::variant<Statement, Table, Chart>;

enum class SectionKind : std::uint8_t {
    Headline,
    Overnight,
    Markets,
    Events,
    Signals,
    Macro,
    Calendar,
    Watchlist,
    Oracle,
    DataHealth,
    Sources,
};
[[nodiscard]] std::string_view toString(SectionKind kind);
[[nodiscard]] std::optional<SectionKind> sectionKindFrom(std::string_view text);

struct Section {
    SectionKind kind = SectionKind::Events;
    std::string heading;
    std::vector<Block> blocks;
    friend bool operator==(const Section &, const Section &) = default;
};

/// The morning note of one day. The same inputs make the same document.
struct Briefing {
    Date day;
    Instant coversFrom, coversUntil; ///< [from, until)
    Instant knownAt;                 ///< nothing that came later was used
    Instant generatedAt;
    std::string title;
    std::vector<Section> sections;
    std::vector<SourceId> sources;         ///< all that it rests on
    std::vector<std::string> attributions; ///< texts that their terms ask for
    std::uint32_t revision = 1;
    bool synthetic = false;
    friend bool operator==(const Briefing &, const Briefing &) = default;
};

enum class ChangeKind : std::uint8_t { New, Escalated, Eased, Corrected, Retracted, Ended };
[[nodiscard]] std::string_view toString(ChangeKind kind);

struct Change {
    ChangeKind kind = ChangeKind::New;
    Statement statement;
    float relevance = 0; ///< 0–1
    friend bool operator==(const Change &, const Change &) = default;
};

/// What one hour changed. An hour without changes is an update too.
struct HourlyUpdate {
    Instant hour; ///< its begin
    Instant knownAt;
    std::vector<Change> changes; ///< most relevant first
    std::vector<Statement> dataHealth;
    bool synthetic = false;
    friend bool operator==(const HourlyUpdate &, const HourlyUpdate &) = default;
};

[[nodiscard]] Faults validate(const Briefing &briefing);
[[nodiscard]] Faults validate(const HourlyUpdate &update);

} // namespace chrona::schema
