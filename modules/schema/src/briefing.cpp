// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/schema/briefing.h"

#include "checks.h"
#include "enum_names.h"

#include <cmath>
#include <format>

namespace chrona::schema {
namespace {

constexpr auto kEvidenceKinds =
    enumNames<EvidenceKind>("event", "entity", "series", "instrument", "feature", "signal",
                            "cluster", "source", "boundary", "note");
constexpr auto kBases = enumNames<StatementBasis>("reported", "computed", "conjecture");
constexpr auto kChartKinds = enumNames<ChartKind>("line", "bar", "scatter", "histogram");
constexpr auto kSectionKinds =
    enumNames<SectionKind>("headline", "overnight", "markets", "events", "signals", "macro",
                           "calendar", "watchlist", "oracle", "data_health", "sources");
constexpr auto kChangeKinds =
    enumNames<ChangeKind>("new", "escalated", "eased", "corrected", "retracted", "ended");
constexpr std::size_t kStatementBytesMax = 4000;
constexpr std::size_t kTitleBytesMax = 500;

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
        checks.require(kBases.has(statement.basis), field + ".basis", "is unknown");
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
                checks.require(number == nullptr || std::isfinite(*number), row,
                               "holds a number that is not finite");
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
    return kBases.nameOf(basis);
}

std::string_view toString(ChartKind kind)
{
    return kChartKinds.nameOf(kind);
}

std::string_view toString(SectionKind kind)
{
    return kSectionKinds.nameOf(kind);
}

std::optional<SectionKind> sectionKindFrom(std::string_view text)
{
    return kSectionKinds.valueOf(text);
}

std::string_view toString(ChangeKind kind)
{
    return kChangeKinds.nameOf(kind);
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

Faults validate(const Briefing &briefing)
{
    Checks checks;
    checks.instant("day", briefing.day);
    checks.instant("covers_from", briefing.coversFrom);
    checks.instant("covers_until", briefing.coversUntil);
    checks.require(briefing.coversFrom < briefing.coversUntil, "covers_until",
                   "is not after covers_from");
    checks.instant("known_at", briefing.knownAt);
    checks.text("title", briefing.title, kTitleBytesMax, Presence::Required);
    checks.require(!briefing.sections.empty(), "sections", "are missing");
    for (std::size_t i = 0; i < briefing.sections.size(); ++i) {
        const Section &section = briefing.sections[i];
        const std::string field = std::format("sections[{}]", i);
        checks.require(kSectionKinds.has(section.kind), field + ".kind", "is unknown");
        checks.text(field + ".heading", section.heading, kTitleBytesMax, Presence::Required);
        for (std::size_t j = 0; j < section.blocks.size(); ++j)
            std::visit(BlockCheck{checks, std::format("{}.blocks[{}]", field, j)},
                       section.blocks[j]);
    }
    for (std::size_t i = 0; i < briefing.sources.size(); ++i)
        checks.require(!briefing.sources[i].isNull(), std::format("sources[{}]", i),
                       "names nothing");
    checks.require(briefing.revision >= 1, "revision", "is 0, counting begins at 1");
    return checks.take();
}

Faults validate(const HourlyUpdate &update)
{
    using namespace std::chrono;
    Checks checks;
    checks.instant("hour", update.hour);
    checks.require(update.hour.time_since_epoch() % hours(1) == Duration{0}, "hour",
                   "is not the begin of an hour");
    checks.require(update.knownAt >= update.hour, "known_at", "is before the hour began");
    for (std::size_t i = 0; i < update.changes.size(); ++i) {
        const Change &change = update.changes[i];
        const std::string field = std::format("changes[{}]", i);
        checks.require(kChangeKinds.has(change.kind), field + ".kind", "is unknown");
        checks.share(field + ".relevance", change.relevance);
        BlockCheck{checks, field + ".statement"}(change.statement);
    }
    for (std::size_t i = 0; i < update.dataHealth.size(); ++i)
        BlockCheck{checks, std::format("data_health[{}]", i)}(update.dataHealth[i]);
    return checks.take();
}

} // namespace chrona::schema
