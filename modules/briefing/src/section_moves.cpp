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

constexpr std::size_t kChartSessions = 260;
constexpr std::size_t kBarsMax = 12;

std::string unsignedChange(const Study &study, std::size_t at)
{
    schema::Quantity size =
        changeQuantity(std::abs(study.moves[at].change), study.moves[at].unit, study.target(at));
    size.sign = schema::SignRule::MinusOnly;
    return schema::formatQuantity(size);
}

std::string sinceText(const Extreme &extreme)
{
    if (!extreme.since)
        return std::format("of the whole record, which begins on {}",
                           spokenDate(extreme.recordBegin));
    return std::format("since {} ({})", spokenDate(*extreme.since),
                       counted(extreme.sessions, "session", "sessions"));
}

/// ", its largest one-day fall since … and its lowest close since …"; empty: nothing out of the
/// way.
std::string recordText(const Move &move, const TargetSeries &target)
{
    std::vector<std::string> parts;
    if (move.changeExtreme.kind != ExtremeKind::None)
        parts.push_back(std::format("its largest one-day {} {}",
                                    move.changeExtreme.kind == ExtremeKind::High ? "rise" : "fall",
                                    sinceText(move.changeExtreme)));
    if (move.levelExtreme.kind != ExtremeKind::None)
        parts.push_back(std::format(
            "its {} {} {}", move.levelExtreme.kind == ExtremeKind::High ? "highest" : "lowest",
            target.kind == TargetKind::Rates ? "level" : "close", sinceText(move.levelExtreme)));
    return parts.empty() ? std::string() : ", " + joined(parts);
}

Cell changeCell(double change, MoveUnit unit, const TargetSeries &target)
{
    if (!std::isfinite(change))
        return {};
    return changeQuantity(change, unit, target);
}

schema::TableRow moveRow(Study &study, std::size_t at)
{
    const Move &move = study.moves[at];
    const TargetSeries &target = study.target(at);
    schema::TableRow row;
    row.cells = {target.name,
                 std::string(headingOf(target.kind)),
                 levelQuantity(move.level, target),
                 changeCell(move.change, move.unit, target),
                 std::isfinite(move.sigma)
                     ? Cell(schema::Quantity{move.sigma, "σ", 1, schema::SignRule::Always})
                     : Cell(),
                 changeCell(move.change5, move.unit, target),
                 changeCell(move.change20, move.unit, target)};
    row.evidence = {study.citations.target(target)};
    return row;
}

schema::Table movesTable(Study &study)
{
    schema::Table table;
    table.title = "Moves of the day, most unusual first";
    table.columns = {{"Target", ColumnFormat::Text, ""},   {"Group", ColumnFormat::Text, ""},
                     {"Level", ColumnFormat::Number, ""},  {"1 day", ColumnFormat::Number, ""},
                     {"Own σ", ColumnFormat::Number, ""},  {"5 days", ColumnFormat::Number, ""},
                     {"20 days", ColumnFormat::Number, ""}};
    for (const std::size_t at : study.ranked)
        table.rows.push_back(moveRow(study, at));
    return table;
}

schema::Chart sigmaBars(Study &study)
{
    schema::Chart chart;
    const std::size_t first = study.ranked.front();
    chart.finding = std::format("{} moved furthest for its own volatility: {}",
                                study.target(first).name, sigmas(study.moves[first].sigma));
    chart.kind = schema::ChartKind::Bar;
    chart.x = schema::ChartAxis::Category;
    chart.yUnit = "σ of 60 sessions";
    schema::ChartSeries bars{"Move of the day", {}, {}};
    for (const std::size_t at : study.ranked) {
        if (bars.x.size() == kBarsMax || !std::isfinite(study.moves[at].sigma))
            break;
        bars.x.push_back(double(bars.x.size()));
        bars.y.push_back(study.moves[at].sigma);
        chart.categories.push_back(study.target(at).symbol);
        chart.evidence.push_back(study.citations.target(study.target(at)));
    }
    chart.series = {std::move(bars)};
    return chart;
}

/// What the levels of a chart are in. A fund's price is no index, and a currency's rate neither.
std::string axisUnitOf(const TargetSeries &target)
{
    if (!target.levelUnit.empty())
        return target.levelUnit;
    return target.unit == MoveUnit::Points ? "index points" : "level";
}

schema::Chart levelLine(Study &study, std::size_t at)
{
    const KnownColumn &column = study.columns[at];
    const TargetSeries &target = study.target(at);
    const std::size_t begin =
        column.days.size() > kChartSessions ? column.days.size() - kChartSessions : 0;
    schema::Chart chart;
    const double year = changeBetween(column, begin, column.days.size() - 1);
    chart.finding = std::format("{}: {} on the day, {} over {}", target.name, changeText(study, at),
                                schema::formatQuantity(changeQuantity(year, column.unit, target)),
                                counted(column.days.size() - 1 - begin, "session", "sessions"));
    chart.yUnit = axisUnitOf(target);
    schema::ChartSeries line{target.name, {}, {}};
    for (std::size_t i = begin; i < column.days.size(); ++i) {
        line.x.push_back(double(Instant(column.days[i]).time_since_epoch().count()));
        line.y.push_back(column.levels[i]);
    }
    chart.series = {std::move(line)};
    chart.evidence = {study.citations.target(target)};
    return chart;
}

/// "closed for Good Friday", "not published yet", …
std::string absenceText(const Study &study, std::size_t at)
{
    const TargetSeries &target = study.target(at);
    switch (study.moves[at].absence) {
    case Absence::MarketClosed: {
        const std::string_view why =
            target.calendar ? schema::closureOn(*target.calendar, study.inputs.day) : "weekend";
        return why.empty() ? "its market was closed"
                           : std::format("its market was closed: {}", why);
    }
    case Absence::NoData: return "no values are known";
    case Absence::Missing: return "no value of the day was known";
    case Absence::None: break;
    }
    return "its price jumped as in a split that nothing confirms";
}

void sayAbsent(Study &study, schema::Section &section)
{
    std::map<std::string, std::vector<std::size_t>> byReason;
    for (std::size_t at = 0; at < study.moves.size(); ++at) {
        if (!study.moves[at].counts())
            byReason[absenceText(study, at)].push_back(at);
    }
    for (const auto &[reason, targets] : byReason) {
        schema::Statement statement;
        std::vector<std::string> names;
        for (const std::size_t at : targets) {
            std::string name = study.target(at).name;
            const Move &move = study.moves[at];
            if (std::isfinite(move.level) && move.absence != Absence::None)
                name += std::format(" (last {} on {})", levelText(study, at), spokenDate(move.day));
            names.push_back(std::move(name));
            statement.evidence.push_back(study.citations.target(study.target(at)));
        }
        statement.text = std::format("No move is shown for {}: {}.", joined(names), reason);
        statement.basis = schema::StatementBasis::Computed;
        statement.key = "absent:" + reason;
        section.blocks.emplace_back(std::move(statement));
    }
}

/// The largest in per cent, where it is another one than the most unusual.
void sayLargestInPerCent(Study &study, schema::Section &section)
{
    std::size_t largest = study.ranked.front();
    double size = -1;
    for (const std::size_t at : study.ranked) {
        if (study.moves[at].unit == MoveUnit::Percent && std::abs(study.moves[at].change) > size) {
            size = std::abs(study.moves[at].change);
            largest = at;
        }
    }
    if (size < 0)
        return;
    section.blocks.emplace_back(schema::Statement{
        std::format("The largest move in per cent was that of {}, {}; the largest for its own "
                    "volatility was that of {}, {}.",
                    study.target(largest).name, changeText(study, largest),
                    study.target(study.ranked.front()).name,
                    sigmas(study.moves[study.ranked.front()].sigma)),
        schema::StatementBasis::Computed,
        {study.citations.target(study.target(largest)),
         study.citations.target(study.target(study.ranked.front()))},
        1,
        "largest"});
}

} // namespace

std::string changeText(const Study &study, std::size_t at)
{
    return schema::formatQuantity(
        changeQuantity(study.moves[at].change, study.moves[at].unit, study.target(at)));
}

std::string levelText(const Study &study, std::size_t at)
{
    return schema::formatQuantity(levelQuantity(study.moves[at].level, study.target(at)));
}

schema::Statement moveStatement(Study &study, std::size_t at)
{
    const Move &move = study.moves[at];
    const TargetSeries &target = study.target(at);
    schema::Statement statement;
    statement.basis = schema::StatementBasis::Computed;
    statement.key = "move:" + target.symbol;
    statement.evidence = {study.citations.target(target)};
    if (move.change == 0) {
        statement.text = std::format("{} was unchanged at {}.", target.name, levelText(study, at));
        return statement;
    }
    statement.text = std::format("{} {} {} to {}", target.name, move.change > 0 ? "rose" : "fell",
                                 unsignedChange(study, at), levelText(study, at));
    if (std::isfinite(move.sigma))
        statement.text += std::format(" ({})", sigmas(move.sigma));
    statement.text += recordText(move, target);
    if (move.skippedSessions)
        statement.text += std::format(", measured from the value of {}", spokenDate(move.before));
    statement.text += ".";
    if (std::abs(move.streak) >= study.policy.streakMin)
        statement.text += std::format(" It is the {} {} in a row.", ordinal(std::abs(move.streak)),
                                      move.streak > 0 ? "rise" : "fall");
    return statement;
}

schema::Section movesSection(Study &study)
{
    schema::Section section{schema::SectionKind::Markets, "Largest moves", {}};
    if (study.ranked.empty()) {
        section.blocks.emplace_back(schema::Statement{
            std::format("No target has a value for {}.", spokenDate(study.inputs.day)),
            schema::StatementBasis::Computed,
            {study.citations.inputs()},
            1,
            "moves:none"});
        sayAbsent(study, section);
        return section;
    }
    for (std::size_t i = 0; i < study.ranked.size() && i < study.policy.moversMax; ++i)
        section.blocks.emplace_back(moveStatement(study, study.ranked[i]));
    sayLargestInPerCent(study, section);
    section.blocks.emplace_back(movesTable(study));
    if (std::isfinite(study.moves[study.ranked.front()].sigma))
        section.blocks.emplace_back(sigmaBars(study));
    section.blocks.emplace_back(levelLine(study, study.ranked.front()));
    sayAbsent(study, section);
    return section;
}

} // namespace chrona::briefing
