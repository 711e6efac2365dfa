// SPDX-License-Identifier: AGPL-3.0-or-later
#include "study.h"

#include "words.h"

#include <algorithm>
#include <cmath>
#include <format>

namespace chrona::briefing {
namespace {

using schema::Cell;
using schema::ColumnFormat;

/// The target whose past is asked: the most unusual broad one, else the most unusual of all.
std::optional<std::size_t> mainTarget(const Study &study)
{
    for (const std::size_t at : study.ranked) {
        if (study.target(at).kind == TargetKind::Broad && std::isfinite(study.moves[at].sigma))
            return at;
    }
    if (!study.ranked.empty() && std::isfinite(study.moves[study.ranked.front()].sigma))
        return study.ranked.front();
    return std::nullopt;
}

/// Columns of the search, all on the main target's days.
struct EpisodeColumns {
    std::vector<std::vector<double>> values;
    std::vector<double> weights;
    std::vector<double> path; ///< in the unit of the changes
};

std::vector<double> alignedSigmas(const KnownColumn &column, const std::vector<Date> &onDays)
{
    std::vector<double> aligned(onDays.size(), kNone);
    std::size_t at = 0;
    for (std::size_t i = 0; i < onDays.size(); ++i) {
        while (at < column.days.size() && column.days[at] < onDays[i])
            ++at;
        if (at < column.days.size() && column.days[at] == onDays[i])
            aligned[i] = std::clamp(column.sigmas[at], -8.0, 8.0);
    }
    return aligned;
}

/// How high the target's volatility stood in its own past: 0–1 of the year before, as a regime.
std::vector<double> volatilityRegime(const KnownColumn &column)
{
    std::vector<double> level(column.days.size(), kNone);
    double mean = kNone;
    for (std::size_t i = 1; i < column.days.size(); ++i) {
        const double size = std::abs(column.changes[i]);
        if (std::isfinite(size))
            mean = std::isfinite(mean) ? mean * 0.97 + size * 0.03 : size;
        // Logarithms, so that 1 to 2 per cent a day counts as much as 2 to 4.
        level[i] = mean > 0 ? 2 * std::log(mean) : kNone;
    }
    return level;
}

EpisodeColumns episodeColumns(const Study &study, std::size_t main)
{
    EpisodeColumns columns;
    const KnownColumn &own = study.columns[main];
    for (std::size_t at = 0; at < study.columns.size(); ++at) {
        if (!study.moves[at].counts())
            continue;
        columns.values.push_back(alignedSigmas(study.columns[at], own.days));
        columns.weights.push_back(at == main ? 3 : 1);
    }
    const double targets = double(columns.values.size());
    columns.values.push_back(volatilityRegime(own));
    columns.weights.push_back(2);
    const auto counts = study.events.countsOn(own.days);
    for (std::size_t category = 0; category < schema::kEventCategoryCount; ++category) {
        std::vector<double> mix;
        for (const auto &day : counts)
            mix.push_back(std::log1p(day[category]));
        columns.values.push_back(std::move(mix));
        columns.weights.push_back(targets / 4 / double(schema::kEventCategoryCount));
    }
    double sum = 0;
    for (const double change : own.changes) {
        if (std::isfinite(change))
            sum += own.unit == MoveUnit::Percent ? 100 * std::log1p(change / 100) : change;
        columns.path.push_back(sum);
    }
    return columns;
}

double fromPath(double difference, MoveUnit unit)
{
    return unit == MoveUnit::Percent ? 100 * std::expm1(difference / 100) : difference;
}

schema::Quantity quantityAfter(const Study &study, std::size_t main, double difference)
{
    const MoveUnit unit = study.columns[main].unit;
    return changeQuantity(fromPath(difference, unit), unit, study.target(main));
}

schema::Table neighbourTable(Study &study, std::size_t main, const EpisodeResult &result)
{
    schema::Table table;
    table.title = std::format("Nearest days, and {} afterwards", study.target(main).name);
    table.columns = {{"Day", ColumnFormat::Text, ""},
                     {"Distance", ColumnFormat::Number, ""},
                     {"Move that day", ColumnFormat::Number, ""}};
    for (const std::size_t sessions : kHorizons)
        table.columns.push_back({std::format("+{} d", sessions), ColumnFormat::Number, ""});
    const auto evidence = study.citations.target(study.target(main));
    for (const Neighbour &neighbour : result.neighbours) {
        schema::TableRow row;
        row.cells = {spokenDate(neighbour.day), neighbour.distance,
                     changeQuantity(study.columns[main].changes[neighbour.at],
                                    study.columns[main].unit, study.target(main))};
        for (const double after : neighbour.after)
            row.cells.push_back(std::isfinite(after) ? Cell(quantityAfter(study, main, after))
                                                     : Cell());
        row.evidence = {evidence};
        table.rows.push_back(std::move(row));
    }
    return table;
}

schema::Table outcomeTable(Study &study, std::size_t main, const EpisodeResult &result)
{
    schema::Table table;
    table.title = "What followed";
    table.columns = {{"Sessions later", ColumnFormat::Text, ""},
                     {"n", ColumnFormat::Text, ""},
                     {"Median", ColumnFormat::Number, ""},
                     {"Lower quartile", ColumnFormat::Number, ""},
                     {"Upper quartile", ColumnFormat::Number, ""},
                     {"Rose", ColumnFormat::Text, ""},
                     {"Median of all days", ColumnFormat::Number, ""}};
    for (const Outcome &outcome : result.outcomes) {
        if (outcome.n == 0)
            continue;
        table.rows.push_back({{std::to_string(outcome.sessions), std::to_string(outcome.n),
                               quantityAfter(study, main, outcome.median),
                               quantityAfter(study, main, outcome.lowerQuartile),
                               quantityAfter(study, main, outcome.upperQuartile),
                               std::format("{} of {}", outcome.rose, outcome.n),
                               quantityAfter(study, main, outcome.medianOfAllDays)},
                              {study.citations.target(study.target(main))}});
    }
    return table;
}

schema::Chart outcomeChart(Study &study, std::size_t main, const EpisodeResult &result)
{
    schema::Chart chart;
    chart.x = schema::ChartAxis::Number;
    chart.xUnit = "sessions later";
    chart.yUnit = quantityAfter(study, main, 0).unit;
    schema::ChartSeries median{"median", {0}, {0}}, lower{"lower quartile", {0}, {0}},
        upper{"upper quartile", {0}, {0}}, all{"median of all days", {0}, {0}};
    for (const Outcome &outcome : result.outcomes) {
        for (schema::ChartSeries *series : {&median, &lower, &upper, &all})
            series->x.push_back(double(outcome.sessions));
        median.y.push_back(quantityAfter(study, main, outcome.median).value);
        lower.y.push_back(quantityAfter(study, main, outcome.lowerQuartile).value);
        upper.y.push_back(quantityAfter(study, main, outcome.upperQuartile).value);
        all.y.push_back(quantityAfter(study, main, outcome.medianOfAllDays).value);
    }
    const Outcome &last = result.outcomes.back();
    chart.finding = std::format(
        "After {}, {} ended {} sessions later between {} and {} in half of "
        "the cases",
        counted(result.neighbours.size(), "similar day", "similar days"), study.target(main).name,
        last.sessions, schema::formatQuantity(quantityAfter(study, main, last.lowerQuartile)),
        schema::formatQuantity(quantityAfter(study, main, last.upperQuartile)));
    chart.series = {std::move(median), std::move(lower), std::move(upper), std::move(all)};
    chart.evidence = {study.citations.target(study.target(main))};
    return chart;
}

} // namespace

schema::Section episodesSection(Study &study)
{
    schema::Section section{schema::SectionKind::Episodes, "Comparable days", {}};
    const auto main = mainTarget(study);
    EpisodeResult result;
    if (main) {
        const EpisodeColumns columns = episodeColumns(study, *main);
        std::vector<EpisodeAxis> axes;
        for (std::size_t i = 0; i < columns.values.size(); ++i)
            axes.push_back({columns.values[i], columns.weights[i]});
        const auto &dates = study.columns[*main].days;
        result = findEpisodes({dates, dates.size() - 1, axes, columns.path, study.policy.episodes,
                               study.policy.episodeSpacing});
    }
    if (result.neighbours.size() < 3) {
        section.blocks.emplace_back(
            schema::Statement{"Fewer than three earlier days can be compared with this one.",
                              schema::StatementBasis::Computed,
                              {study.citations.inputs()},
                              1,
                              "episodes:none"});
        return section;
    }
    const Outcome &week = result.outcomes[2];
    schema::Statement statement{
        std::format(
            "The {} nearest of {} by move, event mix and volatility were followed by a median of "
            "{} in {} after {} sessions (quartiles {} to {}, n = {}); any day was followed by {}. "
            "So few cases describe the past and forecast nothing.",
            result.neighbours.size(), counted(result.candidates, "earlier day", "earlier days"),
            schema::formatQuantity(quantityAfter(study, *main, week.median)),
            study.target(*main).name, week.sessions,
            schema::formatQuantity(quantityAfter(study, *main, week.lowerQuartile)),
            schema::formatQuantity(quantityAfter(study, *main, week.upperQuartile)), week.n,
            schema::formatQuantity(quantityAfter(study, *main, week.medianOfAllDays))),
        schema::StatementBasis::Computed,
        {study.citations.target(study.target(*main))},
        0.5F,
        "episodes"};
    section.blocks.emplace_back(std::move(statement));
    section.blocks.emplace_back(outcomeTable(study, *main, result));
    section.blocks.emplace_back(outcomeChart(study, *main, result));
    section.blocks.emplace_back(neighbourTable(study, *main, result));
    return section;
}

} // namespace chrona::briefing
