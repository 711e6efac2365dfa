// SPDX-License-Identifier: AGPL-3.0-or-later
#include "exact_math.h"
#include "gazetteer.h"
#include "narrator.h"

#include <algorithm>
#include <format>

namespace chrona::sample {

namespace {

using schema::EntityRole;

// Incidents are told in general words on purpose: nothing here reports anything real.
constexpr std::string_view kConflictText[] = {"Exchange of fire reported near %h",
                                              "Shelling reported near %h, no details confirmed",
                                              "Drone activity reported over %h",
                                              "Clashes between armed groups near %h",
                                              "Checkpoint attacked near %h",
                                              "Ceasefire violation logged near %h",
                                              "Convoy halted near %h",
                                              "Infrastructure damaged near %h",
                                              "Local truce agreed near %h",
                                              "Civilians leave parts of %h",
                                              "Air alert lifted in %h after %q hours",
                                              "Mediators visit %h"};
constexpr std::string_view kProtestText[] = {"Thousands march in %c over living costs",
                                             "Strike halts public transport in %c",
                                             "Farmers block roads near %c",
                                             "Students gather in central %c",
                                             "Teachers' union calls strike in %n",
                                             "Port workers walk out in %n",
                                             "Rally in %c ends peacefully",
                                             "Police disperse crowd in %c",
                                             "Truck drivers slow traffic around %c",
                                             "Nurses protest outside ministry in %c"};
constexpr std::string_view kPolicyText[] = {"%n announces review of %t",
                                            "%n tightens rules on %t",
                                            "%n eases limits on %t",
                                            "%n sets out plan for %t",
                                            "Cabinet in %c backs new measures on %t",
                                            "%n delays decision on %t",
                                            "%n opens consultation on %t",
                                            "Regulator in %n publishes guidance on %t",
                                            "%n and partners agree framework on %t"};
constexpr std::string_view kPolicyMatters[] = {
    "export controls",    "fuel subsidies",     "bank capital",    "import tariffs",
    "grid investment",    "chip production",    "drug prices",     "housing supply",
    "data transfers",     "mining permits",     "pension ages",    "carbon pricing",
    "foreign investment", "port fees",          "farm support",    "airline emissions",
    "water rights",       "strategic reserves", "payment systems", "steel quotas"};
constexpr std::string_view kBillText[] = {
    "%n: %b bill passes first reading", "%n: committee amends %b bill",
    "%n: lower house approves %b act",  "%n: upper house delays vote on %b act",
    "%n: %b act signed into law",       "%n: %b bill withdrawn",
    "%n: hearing held on %b bill"};
constexpr std::string_view kBills[] = {"energy security",  "tax reform",  "consumer credit",
                                       "digital markets",  "rail safety", "forest protection",
                                       "defence spending", "budget",      "competition",
                                       "patent",           "shipping",    "labour standards",
                                       "broadband",        "health data", "critical minerals"};
constexpr std::string_view kSanctionText[] = {
    "%n adds %q entities to its restrictions list", "%n restricts trade with %o",
    "%n extends measures against %m for a year",    "%n removes %o from its restrictions list",
    "%n issues licence for dealings with %o",       "%n freezes assets linked to networks in %m"};
constexpr std::string_view kSpeechText[] = {"Deputy governor speaks on %t, %n",
                                            "Minister: %n will act on %t if needed",
                                            "Central banker in %c sees risks around %t",
                                            "%n: head of treasury addresses %t",
                                            "Governor's remarks on %t, %c",
                                            "Panel on %t with officials from %n"};
constexpr std::string_view kShippingText[] = {"Queue at %p grows to %q vessels",
                                              "Berth delays at %p average %q hours",
                                              "Vessel aground near %p, traffic diverted",
                                              "%p resumes normal operations",
                                              "Tug strike slows %p",
                                              "War-risk premium quoted higher for %p",
                                              "Container dwell time at %p at %q hours",
                                              "Tanker reports engine failure near %p",
                                              "Fog suspends pilotage at %p",
                                              "%o reroutes service calling at %p"};
constexpr std::string_view kOutageText[] = {"Power outage affects %k thousand customers around %c",
                                            "Grid operator in %n declares emergency",
                                            "Unplanned refinery shutdown near %c",
                                            "Pipeline flow reduced in %n",
                                            "Power plant of %o trips, %q megawatts offline",
                                            "Transmission line repaired near %c",
                                            "Gas terminal in %n reports partial outage"};
constexpr std::string_view kHealthText[] = {"%n reports rise in %d",
                                            "Cluster of %d cases in %c",
                                            "%n: weekly %d figures fall",
                                            "Hospitals in %c prepare for %d season",
                                            "%o reports trial results on %d",
                                            "Health officials in %n update guidance on %d",
                                            "%n approves treatment for %d by %o"};
constexpr std::string_view kIllnesses[] = {
    "influenza",         "dengue",    "measles", "cholera",
    "respiratory virus", "avian flu", "malaria", "food poisoning"};
constexpr std::string_view kOtherText[] = {"Museum reopens in %c",
                                           "%n names jury for national science prize",
                                           "Marathon in %c draws record field",
                                           "Partial eclipse visible from %c",
                                           "%c council renames central square",
                                           "Census begins in %n"};

struct NewsDesk {
    std::string_view topic;
    std::string_view patterns[6];
};
constexpr NewsDesk kDesks[] = {
    {"growth",
     {"Businesses in %c report slower orders", "%o cuts outlook, cites weaker demand in %n",
      "Survey: hiring plans improve in %n", "%n economy seen growing faster than thought",
      "Small firms in %c struggle with credit", "Analysts split on %n outlook"}},
    {"inflation",
     {"Food prices in %n climb again", "Rents in %c rise %q%% in a year",
      "%o raises prices for second time this year", "Wage talks in %n near agreement",
      "Fuel costs weigh on households in %n", "%n shoppers trade down, retailers say"}},
    {"trade policy",
     {"Exporters in %c await tariff ruling", "%n and neighbours near trade accord",
      "%o shifts production away from %n", "Customs backlog in %n eases",
      "Trade talks with %n enter final week", "%n exports of machinery rebound"}},
    {"elections",
     {"Polls tighten in %n", "Opposition in %n names candidate", "Early vote called in %n",
      "Turnout high in %c", "Coalition talks continue in %n", "Recount ordered in parts of %n"}},
    {"markets",
     {"Investors weigh %n bond sale", "%o shares in focus after update",
      "Funds return to %n stocks", "Currency of %n steadies", "Dealers in %c see thin volumes",
      "%o prices bond at tighter spread"}},
    {"energy supply",
     {"%o starts drilling off %n", "%n weighs new gas contract", "Solar output in %n hits record",
      "Storage levels in %n above average", "%o restarts plant near %c",
      "%n oil exports little changed"}},
    {"agriculture",
     {"Dry spell worries growers in %n", "%n wheat harvest revised up", "%o warns on crop costs",
      "Late frost hits orchards in %n", "Fertiliser supply improves in %n",
      "Coffee growers in %n report losses"}},
    {"transport",
     {"%c airport expands night flights", "Rail link to %c delayed", "%o orders new trains",
      "Road tolls rise in %n", "Airlines add routes to %c", "Ferry service to %c suspended"}},
    {"housing",
     {"Home sales in %c slow", "%n eases mortgage rules", "Builders in %c cut prices",
      "Office vacancies in %c fall", "%o buys housing portfolio in %n",
      "Permits in %n at two-year high"}},
    {"courts",
     {"Court in %c fines %o", "%n judge halts merger involving %o",
      "Appeal filed in %c over pipeline route", "%o settles dispute in %n",
      "Antitrust inquiry in %n widens", "Tribunal in %c rules for %o"}},
    {"science",
     {"Researchers in %c report battery advance", "%n launches weather satellite",
      "Deep-sea survey maps trench off %n", "Telescope near %c sees first light",
      "%o opens laboratory in %c", "Vaccine study in %n enters next phase"}},
};
constexpr NewsDesk kTechnologyDesk{
    "technology",
    {"%o unveils data centre near %c", "%o expands chip plant in %n",
     "%n drafts rules for automated systems", "Start-ups in %c raise record sums",
     "%o reports outage of cloud service", "%o and partners agree software standard"}};

} // namespace

void Narrator::conflict(Draft &draft, bool nearOil) const
{
    auto &[planned, random, event] = draft;
    std::vector<double> sums;
    for (const auto &spot : hotSpots())
        sums.push_back((spot.nearOilRoutes == nearOil ? spot.weight : 0) +
                       (sums.empty() ? 0 : sums.back()));
    // Half of a week's incidents are where that week's trouble is.
    const auto week = static_cast<std::uint64_t>((planned.observedAt - m_plan.span.begin) /
                                                 (7 * kDayMicroseconds));
    Random weekly(m_plan.options.seed, nearOil ? "week-oil" : "week", week);
    const std::size_t focus = weekly.pickByCumulative(sums);
    const HotSpot &spot = hotSpots()[random.chance(0.5) ? focus : random.pickByCumulative(sums)];
    event.title = filled(
        random.pick(kConflictText),
        {{'h', std::format("{}, {}", spot.name, countries()[countryIndex(spot.region)].name)},
         {'q', std::to_string(random.between(1, 9))}});
    addTopic(draft, "conflict");
    addRegion(draft, spot.region);
    placeAt(draft, spot.middle, spot.reachDegrees * 0.5);
}

void Narrator::protest(Draft &draft, bool nearOil) const
{
    constexpr std::string_view kNearOil[] = {"IQ", "IR", "LB", "IL", "YE", "LY", "SY"};
    const std::size_t country =
        nearOil ? countryIndex(draft.random.pick(kNearOil)) : countryOf(draft);
    const Scene scene = sceneIn(draft, country);
    const auto pattern = kProtestText[topicOf(draft, std::size(kProtestText))];
    draft.event.title = filled(pattern, {{'c', scene.city}, {'n', countries()[country].name}});
    addTopic(draft, "protest");
    addRegion(draft, scene.region);
    placeAt(draft, scene.at, 0.03);
}

void Narrator::policy(Draft &draft, bool inUs) const
{
    const std::size_t country = inUs ? countryIndex("US") : countryOf(draft);
    const Country &land = countries()[country];
    const auto matter = kPolicyMatters[topicOf(draft, std::size(kPolicyMatters))];
    draft.event.title = filled(draft.random.pick(kPolicyText),
                               {{'n', land.name}, {'c', land.capital}, {'t', matter}});
    draft.event.attributes = {{"matter", std::string(matter)}};
    addTopic(draft, matter.contains("tariff") || matter.contains("export") ? "trade policy"
                                                                           : "fiscal policy");
    addRegion(draft, land.code);
    placeAt(draft, land.capitalAt, 0.02);
}

void Narrator::legislation(Draft &draft) const
{
    const Country &land = countries()[countryOf(draft)];
    const auto bill = kBills[topicOf(draft, std::size(kBills))];
    draft.event.title = filled(draft.random.pick(kBillText), {{'n', land.name}, {'b', bill}});
    draft.event.attributes = {{"bill", std::string(bill)}};
    addTopic(draft, "legislation");
    addRegion(draft, land.code);
    placeAt(draft, land.capitalAt, 0.02);
}

void Narrator::sanction(Draft &draft) const
{
    constexpr std::string_view kIssuers[] = {"US", "US", "GB", "CA", "AU", "JP", "CH", "BE"};
    auto &random = draft.random;
    const Country &issuer = countries()[countryIndex(random.pick(kIssuers))];
    const Country &target = countries()[countryOf(draft)];
    const std::size_t organization = organizationOf(draft);
    draft.event.title =
        filled(random.pick(kSanctionText), {{'n', issuer.name},
                                            {'m', target.name},
                                            {'o', m_plan.cast.organizationNames[organization]},
                                            {'q', std::to_string(random.between(2, 60))}});
    addTopic(draft, "sanctions");
    addRegion(draft, issuer.code);
    addOrganization(draft, organization, EntityRole::Target);
    placeAt(draft, issuer.capitalAt, 0.02);
}

void Narrator::speech(Draft &draft) const
{
    const Country &land = countries()[countryIndex(draft.random.pick(kCentralBankCountries))];
    constexpr std::string_view kMatters[] = {"inflation",    "financial stability", "trade",
                                             "productivity", "energy costs",        "housing",
                                             "public debt",  "employment"};
    draft.event.title =
        filled(draft.random.pick(kSpeechText),
               {{'n', land.name}, {'c', land.capital}, {'t', draft.random.pick(kMatters)}});
    addTopic(draft, "monetary policy");
    addRegion(draft, land.code);
    addCentralBank(draft, land.code);
    placeAt(draft, land.capitalAt, 0.02);
}

void Narrator::shipping(Draft &draft) const
{
    auto &random = draft.random;
    static const std::vector<double> sums = [] {
        std::vector<double> result;
        for (const auto &place : seaPlaces())
            result.push_back(place.weight + (result.empty() ? 0 : result.back()));
        return result;
    }();
    const SeaPlace &place = seaPlaces()[random.pickByCumulative(sums)];
    const std::size_t organization = organizationOf(draft) / 8 * 8 + 7; // the shipping lines
    draft.event.title =
        filled(random.pick(kShippingText), {{'p', place.name},
                                            {'q', std::to_string(random.between(4, 90))},
                                            {'o', m_plan.cast.organizationNames[organization]}});
    addTopic(draft, "shipping");
    addPort(draft, place.name);
    if (!place.region.empty())
        addRegion(draft, place.region);
    addOrganization(draft, organization, EntityRole::Subject);
    placeAt(draft, place.at, place.isStrait ? 0.35 : 0.08);
}

void Narrator::outage(Draft &draft) const
{
    auto &random = draft.random;
    const Scene scene =
        sceneIn(draft, random.chance(0.5) ? countryIndex("US") : pickCountry(random));
    const std::size_t organization = organizationOf(draft) / 8 * 8; // the energy companies
    draft.event.title =
        filled(random.pick(kOutageText), {{'c', scene.city},
                                          {'n', countries()[scene.country].name},
                                          {'k', std::to_string(random.between(3, 400))},
                                          {'q', std::to_string(random.between(80, 1200))},
                                          {'o', m_plan.cast.organizationNames[organization]}});
    addTopic(draft, "power grid");
    addRegion(draft, scene.region);
    addOrganization(draft, organization, EntityRole::Subject);
    placeAt(draft, scene.at, 0.4);
}

void Narrator::health(Draft &draft) const
{
    const Scene scene = sceneIn(draft, countryOf(draft));
    const std::size_t organization = organizationOf(draft) / 8 * 8 + 6; // health care
    const auto illness = kIllnesses[topicOf(draft, std::size(kIllnesses))];
    draft.event.title = filled(draft.random.pick(kHealthText),
                               {{'c', scene.city},
                                {'n', countries()[scene.country].name},
                                {'d', illness},
                                {'o', m_plan.cast.organizationNames[organization]}});
    draft.event.attributes = {{"illness", std::string(illness)}};
    addTopic(draft, "public health");
    addRegion(draft, scene.region);
    placeAt(draft, scene.at, 0.1);
}

void Narrator::news(Draft &draft, bool isTechnology) const
{
    const NewsDesk &desk =
        isTechnology ? kTechnologyDesk : kDesks[topicOf(draft, std::size(kDesks))];
    const Scene scene = sceneIn(draft, countryOf(draft));
    const std::size_t organization =
        isTechnology ? organizationOf(draft) / 8 * 8 + 2 : organizationOf(draft);
    const std::string_view pattern = draft.random.pick(desk.patterns);
    draft.event.title = filled(pattern, {{'c', scene.city},
                                         {'n', countries()[scene.country].name},
                                         {'o', m_plan.cast.organizationNames[organization]},
                                         {'q', std::to_string(draft.random.between(2, 14))}});
    addTopic(draft, desk.topic);
    addRegion(draft, scene.region);
    if (pattern.contains("%o"))
        addOrganization(draft, organization, EntityRole::Subject);
    placeAt(draft, scene.at, 0.05);
}

void Narrator::other(Draft &draft) const
{
    const Scene scene = sceneIn(draft, countryOf(draft));
    draft.event.title = filled(draft.random.pick(kOtherText),
                               {{'c', scene.city}, {'n', countries()[scene.country].name}});
    addRegion(draft, scene.region);
    placeAt(draft, scene.at, 0.03);
}

} // namespace chrona::sample
