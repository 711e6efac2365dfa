// SPDX-License-Identifier: AGPL-3.0-or-later
#include "exact_math.h"
#include "gazetteer.h"
#include "narrator.h"

#include <algorithm>
#include <cmath>
#include <format>

namespace chrona::sample {

namespace {

using schema::EntityRole;

constexpr std::string_view kForms[] = {
    "annual report",       "quarterly report", "current report",        "insider transaction",
    "ownership statement", "proxy statement",  "prospectus supplement", "late-filing notice"};
constexpr std::string_view kMatters[] = {"results",
                                         "change of auditor",
                                         "new credit agreement",
                                         "departure of a director",
                                         "plant closure",
                                         "acquisition",
                                         "share buy-back",
                                         "dividend",
                                         "cybersecurity incident",
                                         "supply contract"};
constexpr std::string_view kMonths[] = {"January",   "February", "March",    "April",
                                        "May",       "June",     "July",     "August",
                                        "September", "October",  "November", "December"};
constexpr std::string_view kEntryText[] = {
    "%n: %q-year bond auction",       "%n: parliament returns from recess",
    "%n: budget statement",           "%n: index rebalancing takes effect",
    "%n: futures and options expiry", "%n: energy ministers meet",
    "%n: trade delegation visit",     "%n: public holiday, markets closed"};

/// The middle of New York's, London's, Frankfurt's … business district, for who files there.
const City &financialCentre(Random &random)
{
    static const std::vector<std::size_t> centres = [] {
        std::vector<std::size_t> result;
        for (std::size_t i = 0; i < cities().size(); ++i)
            if (cities()[i].isFinancialCentre)
                result.push_back(i);
        return result;
    }();
    // New York, the first of them, takes a third.
    return cities()[random.chance(0.35) ? centres.front() : centres[random.below(centres.size())]];
}

std::string signedNumber(double value, int decimals)
{
    return (value > 0 ? "+" : "") + number(value, decimals);
}

} // namespace

void Narrator::filing(Draft &draft) const
{
    auto &[planned, random, event] = draft;
    const std::size_t organization = random.below(kOrganizationCount);
    const City &centre = financialCentre(random);
    const auto form = random.pick(kForms);
    const std::string &name = m_plan.cast.organizationNames[organization];
    event.title = form == "current report"
                      ? std::format("{} files current report: {}", name, random.pick(kMatters))
                      : std::format("{} files {}", name, form);
    event.attributes = {{"form", std::string(form)}};
    addTopic(draft, "filings");
    addOrganization(draft, organization, EntityRole::Subject);
    addRegion(draft, centre.region);
    placeAt(draft, centre.at, 0.03);
}

void Narrator::rateDecision(Draft &draft) const
{
    auto &event = draft.event;
    const PolicyRate &item = m_plan.policyRates[draft.planned.anchor];
    const Country &land = countries()[countryIndex(kCentralBankCountries[item.bank])];
    const double step = item.rate - item.previous;
    const std::string rate = number(item.rate, 2);
    event.title =
        step == 0 ? std::format("{}: policy rate held at {}%", centralBankName(land.name), rate)
                  : std::format("{}: policy rate {} {} bp to {}%", centralBankName(land.name),
                                step > 0 ? "raised" : "cut", number(std::abs(step) * 100, 0), rate);
    event.attributes = {
        {"actual", item.rate}, {"previous", item.previous}, {"unit", std::string("percent")}};
    addTopic(draft, "monetary policy");
    addRegion(draft, land.code);
    addCentralBank(draft, land.code);
    placeAt(draft, land.capitalAt, 0.01);
}

void Narrator::macroRelease(Draft &draft) const
{
    auto &event = draft.event;
    const Release &item = m_plan.published.releases[draft.planned.anchor];
    const MacroSpec &spec = macroSpecs()[item.spec];
    const std::chrono::year_month_day period(item.period);
    const Country &land = countries()[countryIndex(spec.region)];
    event.title = std::format("{}, {}: {} {}, expected {}", spec.title,
                              kMonths[static_cast<unsigned>(period.month()) - 1],
                              number(item.actual, spec.decimals), spec.unit,
                              number(item.expected, spec.decimals));
    event.attributes = {{"actual", item.actual},
                        {"expected", item.expected},
                        {"previous", item.previous},
                        {"series", std::format("sample:macro:{}", spec.key)},
                        {"unit", std::string(spec.unit)}};
    addTopic(draft, spec.topic);
    addRegion(draft, land.code);
    placeAt(draft, land.capitalAt, 0.01);
}

void Narrator::energyReport(Draft &draft) const
{
    auto &event = draft.event;
    const EnergyWeek &item = m_plan.energyWeeks[draft.planned.anchor];
    constexpr std::string_view kNames[] = {"US crude stocks, weekly change",
                                           "US gas storage, weekly change", "US rig count"};
    constexpr std::string_view kUnits[] = {"million barrels", "billion cubic feet", "rigs"};
    const int decimals = item.kind == 0 ? 1 : 0;
    event.title =
        std::format("{}: {} {}, expected {}", kNames[item.kind],
                    item.kind == 2 ? number(item.actual, 0) : signedNumber(item.actual, decimals),
                    kUnits[item.kind], number(item.expected, decimals));
    event.attributes = {{"actual", item.actual},
                        {"expected", item.expected},
                        {"previous", item.previous},
                        {"unit", std::string(kUnits[item.kind])}};
    addTopic(draft, "energy supply");
    addRegion(draft, "US");
    addInstrument(draft, "USO", EntityRole::Instrument);
    placeAt(draft, countries()[countryIndex("US")].capitalAt, 0.01);
}

void Narrator::calendarEntry(Draft &draft) const
{
    const ScheduledEntry &item = m_plan.entries[draft.planned.anchor];
    const Country &land = countries()[item.country];
    constexpr std::string_view kYears[] = {"2", "5", "10", "30"};
    draft.event.title =
        filled(kEntryText[item.kind], {{'n', land.name}, {'q', draft.random.pick(kYears)}});
    addTopic(draft, "fiscal policy");
    addRegion(draft, land.code);
    placeAt(draft, land.capitalAt, 0.01);
}

void Narrator::marketMove(Draft &draft) const
{
    auto &event = draft.event;
    const Move &item = m_plan.moves[draft.planned.anchor];
    const InstrumentSpec &spec = instrumentSpecs()[item.instrument];
    const std::string change = signedNumber(item.change * 100, 2);
    event.title = std::format("{} ({}) closes {}%, a move of {} deviations", spec.symbol, spec.name,
                              change, number(std::abs(item.deviations), 1));
    event.attributes = {{"change_percent", exact::rounded(item.change * 100, 2)},
                        {"deviations", exact::rounded(item.deviations, 2)}};
    addTopic(draft, "markets");
    addInstrument(draft, spec.symbol, EntityRole::Subject);
    addRegion(draft, "US");
    placeAt(draft, cities().front().at, 0.005);
}

} // namespace chrona::sample
