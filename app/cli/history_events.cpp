// SPDX-License-Identifier: AGPL-3.0-or-later
#include "history.h"

#include "chrona/schema/briefing_blocks.h"

#include <algorithm>
#include <map>
#include <set>

namespace chrona::cli {
namespace {

using std::chrono::days;

constexpr SourceFacts kFedDecisions{"federal-reserve",
                           "Board of Governors of the Federal Reserve System",
                           "https://www.federalreserve.gov/monetarypolicy/fomc.htm",
                           "public domain",
                           "Board of Governors of the Federal Reserve System.",
                           "fed"};
constexpr SourceFacts kRegister{"federal-register",
                                "Office of the Federal Register",
                                "https://www.federalregister.gov/presidential-documents",
                                "public domain",
                                "Office of the Federal Register.",
                                "register"};
constexpr SourceFacts kReleases{"us-weekly-releases",
                                "U.S. Energy Information Administration and Department of Labor",
                                "https://www.eia.gov/",
                                "public domain",
                                "U.S. Energy Information Administration; U.S. Department of Labor.",
                                "us-agencies"};
constexpr SourceFacts kNcei{"ncei-disasters",
                            "NOAA National Centers for Environmental Information",
                            "https://www.ncei.noaa.gov/",
                            "public domain",
                            "NOAA National Centers for Environmental Information.",
                            "noaa"};

std::string decisionTitle(double change, std::optional<double> target, bool scheduled)
{
    const std::string level =
        target ? schema::formatQuantity({*target, "%", 2, schema::SignRule::MinusOnly}) : "";
    const std::string suffix = scheduled ? "" : ", unscheduled";
    if (change == 0)
        return std::format("Federal Reserve leaves its target{}{}",
                           level.empty() ? " unchanged" : " at " + level, suffix);
    return std::format(
        "Federal Reserve {} its target by {}{}{}", change < 0 ? "cuts" : "raises",
        schema::formatQuantity({std::abs(change), "bp", 0, schema::SignRule::MinusOnly}),
        level.empty() ? "" : " to " + level, suffix);
}

float decisionSeverity(double change, bool scheduled)
{
    if (!scheduled)
        return 0.95F;
    if (change == 0)
        return 0.35F;
    return std::abs(change) >= 50 ? 0.8F : 0.6F;
}

Status takeDecisions(const HistoryTable &table, History &history)
{
    const schema::SourceId source = addSource(history, kFedDecisions);
    for (std::size_t row = 0; row < table.rowCount(); ++row) {
        const auto date = parseDate(table.text(row, "date"));
        const auto change = table.number(row, "change_bp");
        if (!date || !change)
            continue;
        const bool scheduled = table.text(row, "kind") != "unscheduled";
        schema::Event event =
            dayEvent(schema::EventType::RateDecision,
                     decisionTitle(*change, table.number(row, "target_upper_pct"), scheduled),
                     *date, source);
        event.url = std::string(kFedDecisions.homepage);
        event.severity = decisionSeverity(*change, scheduled);
        keepEvent(history, std::move(event));
    }
    return {};
}

/// The note beside an order tells of its later fate and is not read.
Status takeOrders(const HistoryTable &table, History &history)
{
    const schema::SourceId source = addSource(history, kRegister);
    for (std::size_t row = 0; row < table.rowCount(); ++row) {
        const auto date = parseDate(table.text(row, "date"));
        const std::string number(table.text(row, "eo_number"));
        if (!date || number.empty() || number.size() > 12)
            continue;
        schema::Event event =
            dayEvent(schema::EventType::PolicyDecision,
                     std::format("Executive Order {} signed", number), *date, source);
        event.url = std::string(kRegister.homepage);
        event.severity = 0.15F;
        keepEvent(history, std::move(event));
    }
    return {};
}

/// That there was a release is a fact of the day; its figure on file is of a later revision.
Status takeReleases(const HistoryTable &table, History &history)
{
    const schema::SourceId source = addSource(history, kReleases);
    for (std::size_t row = 0; row < table.rowCount(); ++row) {
        const auto date = parseDate(table.text(row, "nominal_release_date"));
        const std::string series(table.text(row, "series"));
        if (!date || series.empty())
            continue;
        const bool isEnergy = series.contains("crude") || series.contains("gas_storage");
        schema::Event event =
            dayEvent(isEnergy ? schema::EventType::EnergyReport : schema::EventType::MacroRelease,
                     std::format("{} (nominal date; the figure on file was "
                                 "revised later and is withheld)",
                                 releaseTitle(series)),
                     *date, source);
        event.severity = 0.15F;
        keepEvent(history, std::move(event));
    }
    history.notices.push_back("The figures of weekly_releases.csv are the last revisions; the "
                              "releases are dated nominally and their figures are withheld.");
    return {};
}

/// "Southeast Winter Storm (January 2000)": what stands in brackets names the end as well.
std::string_view withoutBrackets(std::string_view name)
{
    name = name.substr(0, name.find('('));
    while (name.ends_with(' '))
        name.remove_suffix(1);
    return name;
}

Status takeDisasters(const HistoryTable &table, History &history)
{
    const schema::SourceId source = addSource(history, kNcei);
    std::size_t leftOut = 0;
    for (std::size_t row = 0; row < table.rowCount(); ++row) {
        const auto begin = parseDate(table.text(row, "start_date"));
        const auto end = parseDate(table.text(row, "end_date"));
        const std::string_view type = table.text(row, "type");
        if (!begin || !end)
            continue;
        // A drought has no day on which it became known, and a storm's name stands for what it
        // became later; storms come from their tracks.
        if (*end - *begin > days(14) || type == "Tropical Cyclone") {
            ++leftOut;
            continue;
        }
        schema::Event event = dayEvent(
            schema::EventType::Disaster,
            std::format("{}: {}", type, withoutBrackets(table.text(row, "name"))), *begin, source);
        event.url = std::string(kNcei.homepage);
        event.severity = 0.3F;
        keepEvent(history, std::move(event));
    }
    history.notices.push_back(std::format(
        "Costs and deaths of disasters are final figures and are never shown; {} lasting ones and "
        "storms of us_billion_dollar_disasters.csv have no day on which they became known.",
        leftOut));
    return {};
}

/// Ratings follow a survey days later: only where something was seen is told.
Status takeTornadoes(const HistoryTable &table, History &history)
{
    constexpr SourceFacts kSpc{
        "spc-tornadoes", "NOAA Storm Prediction Center",  "https://www.spc.noaa.gov/",
        "public domain", "NOAA Storm Prediction Center.", "noaa"};
    const schema::SourceId source = addSource(history, kSpc);
    std::map<Date, std::set<std::string>> statesByDay;
    std::map<Date, schema::Geometry> placesByDay;
    for (std::size_t row = 0; row < table.rowCount(); ++row) {
        const auto date = parseDate(table.text(row, "date"));
        const auto latitude = table.number(row, "lat"), longitude = table.number(row, "lon");
        if (!date || table.text(row, "state").empty())
            continue;
        statesByDay[*date].insert(std::string(table.text(row, "state").substr(0, 2)));
        if (latitude && longitude && std::abs(*latitude) <= 90 && std::abs(*longitude) <= 180)
            placesByDay.try_emplace(*date, schema::Geometry::at({*longitude, *latitude}));
    }
    for (const auto &[date, states] : statesByDay) {
        std::string list;
        for (const std::string &state : states)
            list += (list.empty() ? "" : ", ") + state;
        schema::Event event =
            dayEvent(schema::EventType::Disaster, "Strong tornadoes in " + list, date, source);
        event.geometry = placesByDay[date];
        event.severity = std::min(0.1F + 0.03F * float(states.size()), 0.35F);
        event.url = std::string(kSpc.homepage);
        keepEvent(history, std::move(event));
    }
    return {};
}

} // namespace

Status addEvents(const std::filesystem::path &folder, History &history)
{
    struct File {
        std::string_view name, missing;
        Status (*take)(const HistoryTable &, History &);
    };
    static constexpr File kFiles[] = {
        {"fomc_decisions", "rate decisions are missing", takeDecisions},
        {"us_executive_orders_2000_2012", "executive orders are missing", takeOrders},
        {"weekly_releases", "weekly releases are missing", takeReleases},
        {"us_billion_dollar_disasters", "disasters are missing", takeDisasters},
        {"us_tornadoes_ef2plus", "tornadoes are missing", takeTornadoes},
    };
    for (const File &file : kFiles) {
        const auto taken =
            withTable(folder, file.name, file.missing, history,
                      [&](const HistoryTable &table) { return file.take(table, history); });
        if (!taken)
            return taken;
    }
    return {};
}

} // namespace chrona::cli
