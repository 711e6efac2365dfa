// SPDX-License-Identifier: AGPL-3.0-or-later
#include "history.h"

#include "chrona/schema/calendar.h"
#include "chrona/schema/series.h"

#include <algorithm>
#include <map>

namespace chrona::cli {
namespace {

using briefing::MoveUnit;
using briefing::TargetKind;
using briefing::TargetSeries;
using std::chrono::days;
using std::chrono::hours;

constexpr SourceFacts kEia{"eia-spot",
                           "U.S. Energy Information Administration, spot prices",
                           "https://www.eia.gov/petroleum/",
                           "public domain",
                           "U.S. Energy Information Administration: spot prices.",
                           "eia"};
constexpr SourceFacts kTreasury{"us-treasury",
                                "U.S. Treasury, par yield curve",
                                "https://home.treasury.gov/",
                                "public domain",
                                "U.S. Department of the Treasury: par yields.",
                                "treasury"};
constexpr SourceFacts kFedRates{"federal-reserve",
                                "Board of Governors of the Federal Reserve System",
                                "https://www.federalreserve.gov/",
                                "public domain",
                                "Board of Governors of the Federal Reserve System.",
                                "fed"};
constexpr SourceFacts kEcb{"ecb-reference-rates",
                           "European Central Bank, reference rates",
                           "https://www.ecb.europa.eu/",
                           "free with source",
                           "Source: European Central Bank reference rates.",
                           "ecb"};
constexpr SourceFacts kCboe{
    "cboe-vix", "Cboe, VIX", "https://www.cboe.com/", "PDDL-1.0", "Cboe VIX by DataHub.", "cboe"};
constexpr SourceFacts kIndices{"index-history",
                               "Daily index history",
                               "https://github.com/vega/vega-datasets",
                               "BSD-3-Clause",
                               "S&P 500: Vega datasets authors. Nasdaq Composite: Kevin Sheppard.",
                               "indices"};
constexpr SourceFacts kOther{"history-other", "Other series of the folder", "", "not stated", "",
                             "other"};

/// When a day's value could be known, in New York's time of day.
enum class Known : std::uint8_t { Evening, NextMorning, NextMonday };

/// What is known of a column by its name; others go by the end of theirs.
struct ColumnFacts {
    std::string_view column, symbol, name;
    TargetKind kind;
    MoveUnit unit;
    std::string_view levelUnit;
    int decimals;
    const SourceFacts *source;
    std::string_view nodes; ///< separated by blanks
    Known known = Known::Evening;
};

using enum TargetKind;
constexpr MoveUnit kPct = MoveUnit::Percent, kBp = MoveUnit::BasisPoints, kPts = MoveUnit::Points;

constexpr ColumnFacts kColumns[] = {
    {"wti_usd_bbl", "WTI", "WTI crude", Commodity, kPct, "USD/bbl", 2, &kEia,
     "commodity:crude_oil"},
    {"brent_usd_bbl", "BRENT", "Brent crude", Commodity, kPct, "USD/bbl", 2, &kEia,
     "commodity:crude_oil"},
    {"henryhub_usd_mmbtu", "HENRYHUB", "Henry Hub gas", Commodity, kPct, "USD/MMBtu", 2, &kEia,
     "commodity:natural_gas"},
    {"vix_close", "VIX", "VIX", Volatility, kPts, "", 2, &kCboe, "class:volatility"},
    {"ust3m_pct", "UST3M", "3-month Treasury", Rates, kBp, "%", 2, &kTreasury, "class:rates"},
    {"ust2y_pct", "UST2Y", "2-year Treasury", Rates, kBp, "%", 2, &kTreasury, "class:rates"},
    {"ust5y_pct", "UST5Y", "5-year Treasury", Rates, kBp, "%", 2, &kTreasury, "class:rates"},
    {"ust10y_pct", "UST10Y", "10-year Treasury", Rates, kBp, "%", 2, &kTreasury, "class:rates"},
    {"ust30y_pct", "UST30Y", "30-year Treasury", Rates, kBp, "%", 2, &kTreasury, "class:rates"},
    {"dff_pct", "DFF", "Effective federal funds rate", Rates, kBp, "%", 2, &kFedRates,
     "class:rates", Known::NextMorning},
    {"usd_broad_idx", "USDBROAD", "Broad dollar index", Dollar, kPct, "", 4, &kFedRates,
     "class:dollar", Known::NextMonday},
    {"eurusd_ecb", "EURUSD", "EUR/USD", Dollar, kPct, "", 4, &kEcb, "class:dollar"},
    {"usdjpy_ecb", "USDJPY", "USD/JPY", Dollar, kPct, "", 2, &kEcb, "class:dollar currency:JPY"},
    {"usdcad_ecb", "USDCAD", "USD/CAD", Dollar, kPct, "", 4, &kEcb, "class:dollar currency:CAD"},
    {"usdchf_ecb", "USDCHF", "USD/CHF", Dollar, kPct, "", 4, &kEcb, "class:dollar currency:CHF"},
    {"gbpusd_ecb", "GBPUSD", "GBP/USD", Dollar, kPct, "", 4, &kEcb, "class:dollar currency:GBP"},
    {"audusd_ecb", "AUDUSD", "AUD/USD", Dollar, kPct, "", 4, &kEcb, "class:dollar currency:AUD"},
};

constexpr ColumnFacts kSymbols[] = {
    {"SPX", "SPX", "S&P 500", Broad, kPct, "", 2, &kIndices, "class:broad"},
    {"IXIC", "IXIC", "Nasdaq Composite", Broad, kPct, "", 2, &kIndices,
     "class:broad sector:technology"},
    {"DJI", "DJI", "Dow Jones Industrial Average", Broad, kPct, "", 2, &kIndices, "class:broad"},
    {"RUT", "RUT", "Russell 2000", Broad, kPct, "", 2, &kIndices, "class:broad"},
    {"VIX", "VIX", "VIX", Volatility, kPts, "", 2, &kCboe, "class:volatility"},
};

std::string upper(std::string_view text)
{
    std::string out(text);
    std::ranges::transform(out, out.begin(),
                           [](char c) { return c >= 'a' && c <= 'z' ? char(c - 'a' + 'A') : c; });
    return out;
}

TargetSeries targetOf(const ColumnFacts &facts, History &history)
{
    TargetSeries target;
    target.symbol = facts.symbol;
    target.name = facts.name;
    target.kind = facts.kind;
    target.unit = facts.unit;
    target.levelUnit = facts.levelUnit;
    target.decimals = std::uint8_t(facts.decimals);
    target.evidence = {schema::EvidenceKind::Instrument,
                       schema::instrumentIdFor(facts.symbol).value, std::nullopt, ""};
    target.source = addSource(history, *facts.source);
    target.basis = schema::AvailabilityBasis::Assumed;
    std::string_view nodes = facts.nodes;
    while (!nodes.empty()) {
        const std::size_t end = std::min(nodes.find(' '), nodes.size());
        target.nodes.emplace_back(nodes.substr(0, end));
        nodes.remove_prefix(std::min(end + 1, nodes.size()));
    }
    // Only New York's own sessions are known by rule; bonds, spots and fixings keep other days.
    if (facts.source != &kIndices && facts.source != &kCboe)
        target.calendar.reset();
    if (facts.source == &kEcb)
        target.fixedAfter = hours(13) + std::chrono::minutes(15);
    return target;
}

/// By the end of the name, as the columns of market_daily are named.
ColumnFacts factsByEnding(std::string_view column, std::string_view symbol)
{
    ColumnFacts facts{column, symbol, column, Own, kPct, "", 2, &kOther, ""};
    if (column.ends_with("_pct")) {
        facts.kind = Rates;
        facts.unit = kBp;
        facts.levelUnit = "%";
        facts.nodes = "class:rates";
        facts.source = &kTreasury;
    } else if (column.ends_with("_ecb")) {
        facts.kind = Dollar;
        facts.decimals = 4;
        facts.nodes = "class:dollar";
        facts.source = &kEcb;
    } else if (column.contains("_usd_")) {
        facts.kind = Commodity;
        facts.levelUnit = "USD";
    }
    return facts;
}

Instant knownAt(Date day, Known known)
{
    switch (known) {
    case Known::Evening: return decisionOn(day);
    case Known::NextMorning: return decisionOn(day) + hours(15);
    case Known::NextMonday: break;
    }
    const unsigned weekday = std::chrono::weekday(day).iso_encoding();
    return decisionOn(day + days(8 - int(weekday)));
}

void append(TargetSeries &target, Date day, double value, Known known)
{
    target.days.push_back(day);
    target.values.push_back(value);
    target.knownAt.push_back(knownAt(day, known));
}

Status addColumns(const HistoryTable &table, History &history)
{
    std::vector<Date> dates;
    for (std::size_t row = 0; row < table.rowCount(); ++row) {
        const auto date = parseDate(table.text(row, "date"));
        if (!date)
            return fail(ErrorCode::InvalidInput,
                        std::format("market_daily, row {}: no date", row + 2));
        dates.push_back(*date);
    }
    for (std::size_t column = 0; column < table.columns().size(); ++column) {
        const std::string &name = table.columns()[column];
        if (name == "date")
            continue;
        const std::string symbol = upper(name.substr(0, name.find('_')));
        const auto known = std::ranges::find(kColumns, name, &ColumnFacts::column);
        const ColumnFacts facts =
            known != std::end(kColumns) ? *known : factsByEnding(name, symbol);
        TargetSeries target = targetOf(facts, history);
        for (std::size_t row = 0; row < table.rowCount(); ++row) {
            if (const auto value = finiteNumber(table.text(row, column)))
                append(target, dates[row], *value, facts.known);
        }
        const bool isTaken =
            std::ranges::contains(history.targets, target.symbol, &TargetSeries::symbol);
        if (!isTaken)
            history.targets.push_back(std::move(target));
    }
    return {};
}

Status addBars(const HistoryTable &table, History &history)
{
    std::map<std::string, TargetSeries, std::less<>> bySymbol;
    for (std::size_t row = 0; row < table.rowCount(); ++row) {
        const std::string symbol(table.text(row, "symbol"));
        const auto date = parseDate(table.text(row, "date"));
        const auto close = table.number(row, "close");
        if (!date || symbol.empty())
            return fail(ErrorCode::InvalidInput,
                        std::format("ohlcv_daily, row {}: no symbol or no date", row + 2));
        if (!close)
            continue;
        auto found = bySymbol.find(symbol);
        if (found == bySymbol.end()) {
            const auto known = std::ranges::find(kSymbols, symbol, &ColumnFacts::column);
            const ColumnFacts facts =
                known != std::end(kSymbols)
                    ? *known
                    : ColumnFacts{symbol, symbol, symbol, Own, kPct, "", 2, &kIndices, ""};
            found = bySymbol.emplace(symbol, targetOf(facts, history)).first;
        }
        const auto adjusted = table.number(row, "adjusted_close");
        append(found->second, *date, *close, Known::Evening);
        if (std::ranges::contains(table.columns(), "adjusted_close"))
            found->second.adjusted.push_back(adjusted.value_or(*close));
    }
    for (auto &[symbol, target] : bySymbol)
        history.targets.push_back(std::move(target));
    return {};
}

/// Files are sorted as they come; the engine wants ascending days.
Status checkOrder(const History &history)
{
    for (const TargetSeries &target : history.targets) {
        if (!std::ranges::is_sorted(target.days))
            return fail(ErrorCode::InvalidInput,
                        std::format("the days of {} are not ascending", target.symbol));
    }
    return {};
}

} // namespace

Status addMarkets(const std::filesystem::path &folder, History &history)
{
    const auto bars = withTable(
        folder, "ohlcv_daily", "moves of indices are missing", history,
        [&](const HistoryTable &table) -> Status {
            static constexpr std::string_view kNeeded[] = {"symbol", "date", "close"};
            return table.require(kNeeded).and_then([&] { return addBars(table, history); });
        });
    if (!bars)
        return bars;
    const auto columns = withTable(
        folder, "market_daily", "rates, commodities and currencies are missing", history,
        [&](const HistoryTable &table) -> Status {
            static constexpr std::string_view kNeeded[] = {"date"};
            return table.require(kNeeded).and_then([&] { return addColumns(table, history); });
        });
    return columns.and_then([&] { return checkOrder(history); });
}

} // namespace chrona::cli
