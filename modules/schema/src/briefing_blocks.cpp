// SPDX-License-Identifier: AGPL-3.0-or-later
#include "block_checks.h"

#include "enum_names.h"

#include <algorithm>
#include <cmath>
#include <format>

namespace chrona::schema {
namespace {

constexpr auto kEvidenceKinds =
    enumNames<EvidenceKind>("event", "entity", "series", "instrument", "feature", "signal",
                            "cluster", "source", "boundary", "note");
constexpr auto kStatementBases = enumNames<StatementBasis>("reported", "computed", "conjecture");
constexpr auto kSignRules = enumNames<SignRule>("minus_only", "always");
constexpr auto kColumnFormats =
    enumNames<ColumnFormat>("text", "number", "percent", "basis_points", "instant", "date");
constexpr auto kChartKinds = enumNames<ChartKind>("line", "bar", "scatter", "histogram");
constexpr auto kAxes = enumNames<ChartAxis>("number", "time", "category");
constexpr std::size_t kStatementBytesMax = 4000;
constexpr std::size_t kGivenBytesMax = 32'000; // an explanation's facts

void checkEvidence(Checks &checks, const std::string &field, const std::vector<Evidence> &evidence)
{
    for (std::size_t i = 0; i < evidence.size(); ++i)
        checks.part(std::format("{}.evidence[{}]", field, i), validate(evidence[i]));
}

struct BlockCheck {
    Checks &checks;
    std::string field;

    void operator()(const Statement &statement) const
    {
        checks.text(field + ".text", statement.text, kStatementBytesMax, Presence::Required);
        checks.require(kStatementBases.has(statement.basis), field + ".basis", "is unknown");
        checks.text(field + ".given", statement.given, kGivenBytesMax, Presence::Optional);
        checks.share(field + ".confidence", statement.confidence);
        checks.require(!statement.evidence.empty(), field + ".evidence", "is missing");
        checkEvidence(checks, field, statement.evidence);
    }

    void operator()(const Table &table) const
    {
        checks.text(field + ".title", table.title, kTitleBytesMax, Presence::Required);
        checks.require(!table.columns.empty(), field + ".columns", "are missing");
        for (std::size_t i = 0; i < table.rows.size(); ++i) {
            const std::string row = std::format("{}.rows[{}]", field, i);
            checks.require(table.rows[i].cells.size() == table.columns.size(), row,
                           "has not as many cells as there are columns");
            for (const Cell &cell : table.rows[i].cells) {
                const auto *number = std::get_if<double>(&cell);
                const auto *quantity = std::get_if<Quantity>(&cell);
                checks.require((number == nullptr || std::isfinite(*number)) &&
                                   (quantity == nullptr || std::isfinite(quantity->value)),
                               row, "holds a number that is not finite");
                checks.require(quantity == nullptr || quantity->decimals <= kDecimalsMax, row,
                               "prints more decimals than a number has");
            }
            checkEvidence(checks, row, table.rows[i].evidence);
        }
    }

    void operator()(const Chart &chart) const
    {
        checks.text(field + ".finding", chart.finding, kTitleBytesMax, Presence::Required);
        checks.require(kChartKinds.has(chart.kind), field + ".kind", "is unknown");
        checks.require(!chart.series.empty(), field + ".series", "are missing");
        for (std::size_t i = 0; i < chart.series.size(); ++i) {
            const ChartSeries &series = chart.series[i];
            const std::string name = std::format("{}.series[{}]", field, i);
            checks.require(series.x.size() == series.y.size(), name, "has not as many x as y");
            for (double x : series.x) {
                if (!std::isfinite(x)) {
                    checks.add(name + ".x", "holds a number that is not finite");
                    break;
                }
            }
        }
        for (std::size_t i = 0; i < chart.shaded.size(); ++i)
            checks.require(chart.shaded[i].from < chart.shaded[i].to,
                           std::format("{}.shaded[{}]", field, i), "does not end after its begin");
        checks.require(!chart.evidence.empty(), field + ".evidence", "is missing");
        checkEvidence(checks, field, chart.evidence);
    }

    void operator()(const Map &map) const
    {
        checks.text(field + ".finding", map.finding, kTitleBytesMax, Presence::Required);
        checks.point(field + ".extent", {map.extent.west, map.extent.south});
        checks.point(field + ".extent", {map.extent.east, map.extent.north});
        checks.require(map.extent.south < map.extent.north && map.extent.west < map.extent.east,
                       field + ".extent", "is empty");
        for (std::size_t i = 0; i < map.marks.size(); ++i) {
            const std::string mark = std::format("{}.marks[{}]", field, i);
            checks.point(mark + ".at", map.marks[i].at);
            checks.share(mark + ".size", map.marks[i].size);
            checks.text(mark + ".label", map.marks[i].label, kTitleBytesMax, Presence::Optional);
        }
        for (std::size_t i = 0; i < map.areas.size(); ++i)
            checks.finite(std::format("{}.areas[{}].value", field, i), map.areas[i].value);
        checks.require(!map.evidence.empty(), field + ".evidence", "is missing");
        checkEvidence(checks, field, map.evidence);
    }
};

} // namespace

std::string_view toString(EvidenceKind kind)
{
    return kEvidenceKinds.nameOf(kind);
}

std::optional<EvidenceKind> evidenceKindFrom(std::string_view text)
{
    return kEvidenceKinds.valueOf(text);
}

std::string_view toString(StatementBasis basis)
{
    return kStatementBases.nameOf(basis);
}

std::optional<StatementBasis> statementBasisFrom(std::string_view text)
{
    return kStatementBases.valueOf(text);
}

std::string_view toString(SignRule rule)
{
    return kSignRules.nameOf(rule);
}

std::optional<SignRule> signRuleFrom(std::string_view text)
{
    return kSignRules.valueOf(text);
}

std::string_view toString(ColumnFormat format)
{
    return kColumnFormats.nameOf(format);
}

std::optional<ColumnFormat> columnFormatFrom(std::string_view text)
{
    return kColumnFormats.valueOf(text);
}

std::string_view toString(ChartKind kind)
{
    return kChartKinds.nameOf(kind);
}

std::optional<ChartKind> chartKindFrom(std::string_view text)
{
    return kChartKinds.valueOf(text);
}

std::string_view toString(ChartAxis axis)
{
    return kAxes.nameOf(axis);
}

std::optional<ChartAxis> chartAxisFrom(std::string_view text)
{
    return kAxes.valueOf(text);
}

void checkBlock(Checks &checks, const std::string &field, const Block &block)
{
    std::visit(BlockCheck{checks, field}, block);
}

std::string formatQuantity(const Quantity &quantity)
{
    if (!std::isfinite(quantity.value))
        return "–";
    const int decimals = std::min(quantity.decimals, kDecimalsMax);
    std::string digits = std::format("{:.{}f}", std::abs(quantity.value), decimals);
    const bool isNothing = digits.find_first_not_of("0.") == std::string::npos;
    const std::size_t point = std::min(digits.find('.'), digits.size());
    for (std::size_t at = point; at > 3; at -= 3)
        digits.insert(at - 3, ",");
    std::string text;
    if (!isNothing && quantity.value < 0)
        text = "\u2212";
    else if (!isNothing && quantity.sign == SignRule::Always)
        text = "+";
    text += digits;
    if (!quantity.unit.empty())
        text += "\u00A0" + quantity.unit;
    return text;
}

std::string formatCell(const Cell &cell, const TableColumn &column)
{
    if (const auto *text = std::get_if<std::string>(&cell))
        return *text;
    if (const auto *quantity = std::get_if<Quantity>(&cell))
        return formatQuantity(*quantity);
    if (const auto *instant = std::get_if<Instant>(&cell))
        return column.format == ColumnFormat::Date
                   ? formatDate(std::chrono::floor<std::chrono::days>(*instant))
                   : formatInstant(*instant);
    const auto *number = std::get_if<double>(&cell);
    if (number == nullptr)
        return {};
    switch (column.format) {
    case ColumnFormat::Percent: return formatQuantity({*number, "%", 2, SignRule::Always});
    case ColumnFormat::BasisPoints: return formatQuantity({*number, "bp", 0, SignRule::Always});
    default: return formatQuantity({*number, column.unit, 2, SignRule::MinusOnly});
    }
}

std::vector<Evidence> evidenceOf(const Block &block)
{
    if (const auto *statement = std::get_if<Statement>(&block))
        return statement->evidence;
    if (const auto *chart = std::get_if<Chart>(&block))
        return chart->evidence;
    if (const auto *map = std::get_if<Map>(&block))
        return map->evidence;
    std::vector<Evidence> all;
    for (const TableRow &row : std::get<Table>(block).rows)
        all.insert(all.end(), row.evidence.begin(), row.evidence.end());
    return all;
}

Faults validate(const Evidence &evidence)
{
    Checks checks;
    checks.require(kEvidenceKinds.has(evidence.kind), "kind", "is unknown");
    checks.require(evidence.id != 0, "id", "is missing");
    if (evidence.asOf)
        checks.instant("as_of", *evidence.asOf);
    checks.text("label", evidence.label, 2000, Presence::Optional);
    return checks.take();
}

} // namespace chrona::schema
