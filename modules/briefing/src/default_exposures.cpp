// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/briefing/exposure_graph.h"

namespace chrona::briefing {

namespace {

struct Row {
    std::string_view from, to;
    double weight;
    std::string_view why;
};

/// Weights are judgements in steps of a tenth, kept low where a link is loose: a long path must not
/// reach the strength of a direct one.
constexpr Row kRows[] = {
    // What kinds of events touch
    {"type:rate_decision", "topic:monetary_policy", 1.0, "it sets the price of money"},
    {"type:speech", "topic:monetary_policy", 0.5, "it may say where rates go"},
    {"type:macro_release", "topic:growth", 0.7, "it measures the economy"},
    {"type:macro_release", "topic:monetary_policy", 0.5, "central banks act on it"},
    {"type:energy_report", "commodity:crude_oil", 0.8, "it counts barrels in store"},
    {"type:energy_report", "commodity:natural_gas", 0.8, "it counts gas in store"},
    {"type:conflict", "topic:geopolitics", 0.8, "it raises the risk of war"},
    {"type:sanction", "topic:geopolitics", 0.6, "it cuts trade"},
    {"type:legislation", "topic:fiscal_policy", 0.4, "it moves taxes and spending"},
    {"type:policy_decision", "topic:government", 0.3, "it directs the administration"},
    {"type:shipping", "commodity:crude_oil", 0.4, "crude travels by sea"},
    {"type:outage", "sector:energy", 0.4, "what stands still does not deliver"},
    {"type:filing", "class:broad", 0.1, "one company is a small part of the market"},
    {"type:market_move", "topic:risk_appetite", 0.6, "falling prices make sellers"},
    {"type:health", "topic:growth", 0.4, "people stay at home"},
    // Topics to what trades
    {"topic:monetary_policy", "class:rates", 0.9, "short rates follow the policy rate"},
    {"topic:monetary_policy", "class:broad", 0.8, "rates discount later earnings"},
    {"topic:monetary_policy", "class:dollar", 0.7, "rate differences move currencies"},
    {"topic:monetary_policy", "class:volatility", 0.7, "surprises move option prices"},
    {"topic:monetary_policy", "sector:financials", 0.8, "rates are banks' price"},
    {"topic:monetary_policy", "commodity:gold", 0.6, "gold pays no interest"},
    {"topic:monetary_policy", "commodity:crude_oil", 0.2, "demand follows credit"},
    {"topic:growth", "class:broad", 0.6, "earnings follow growth"},
    {"topic:growth", "class:rates", 0.6, "yields follow expected growth"},
    {"topic:growth", "commodity:crude_oil", 0.5, "demand follows growth"},
    {"topic:growth", "class:volatility", 0.4, "doubt is priced in options"},
    {"topic:inflation", "class:rates", 0.8, "yields make up for inflation"},
    {"topic:geopolitics", "commodity:crude_oil", 0.7, "supply lies where conflicts are"},
    {"topic:geopolitics", "commodity:gold", 0.5, "it is held against trouble"},
    {"topic:geopolitics", "class:broad", 0.5, "risk is sold first"},
    {"topic:geopolitics", "class:volatility", 0.6, "protection is bought"},
    {"topic:geopolitics", "class:rates", 0.4, "safe bonds are sought"},
    {"topic:geopolitics", "class:dollar", 0.3, "the reserve currency is sought"},
    {"topic:terrorism", "class:broad", 0.7, "risk is sold first"},
    {"topic:terrorism", "class:volatility", 0.7, "protection is bought"},
    {"topic:terrorism", "class:rates", 0.5, "safe bonds are sought"},
    {"topic:financial_stability", "class:broad", 0.9, "credit carries every business"},
    {"topic:financial_stability", "sector:financials", 1.0, "it is about them"},
    {"topic:financial_stability", "class:volatility", 0.9, "protection is bought"},
    {"topic:financial_stability", "class:rates", 0.8, "safe bonds are sought"},
    {"topic:risk_appetite", "class:broad", 0.5, "selling spreads"},
    {"topic:risk_appetite", "class:volatility", 0.6, "protection is bought"},
    {"topic:fiscal_policy", "class:rates", 0.4, "deficits are paid by bonds"},
    {"topic:fiscal_policy", "class:broad", 0.4, "taxes take from earnings"},
    {"topic:government", "class:broad", 0.2, "rules touch some businesses"},
    {"topic:politics", "class:dollar", 0.5, "votes move currencies"},
    {"topic:politics", "class:broad", 0.3, "votes move risk"},
    {"topic:epidemic", "topic:growth", 0.7, "people stay at home"},
    // Places to what trades
    {"region:gulf_of_mexico", "commodity:crude_oil", 0.7, "platforms and refineries stand there"},
    {"region:gulf_of_mexico", "commodity:natural_gas", 0.8, "gas is produced there"},
    {"region:middle_east", "commodity:crude_oil", 0.8, "a third of crude is produced there"},
    {"region:us_northeast", "commodity:natural_gas", 0.4, "homes there are heated with gas"},
    {"country:US", "class:broad", 0.15, "the index is of its companies"},
    {"country:JP", "currency:JPY", 0.5, "it is the country's currency"},
    {"country:CA", "currency:CAD", 0.4, "it is the country's currency"},
    {"country:AU", "currency:AUD", 0.4, "it is the country's currency"},
    {"country:GB", "currency:GBP", 0.5, "it is the country's currency"},
    {"country:CH", "currency:CHF", 0.5, "it is the country's currency"},
    {"country:JP", "class:broad", 0.1, "supply chains reach there"},
    {"country:CN", "class:broad", 0.3, "demand and supply chains reach there"},
    {"country:CN", "commodity:crude_oil", 0.4, "it is the largest importer"},
    {"country:IQ", "region:middle_east", 0.9, "it lies there"},
    {"country:SA", "region:middle_east", 1.0, "it lies there"},
    {"country:IR", "region:middle_east", 1.0, "it lies there"},
    {"country:KW", "region:middle_east", 0.9, "it lies there"},
    {"country:CL", "commodity:copper", 0.8, "a quarter of copper is mined there"},
    {"country:RU", "commodity:crude_oil", 0.5, "it is a large exporter"},
    // Commodities to sectors
    {"commodity:crude_oil", "sector:energy", 0.9, "it is what they sell"},
    {"commodity:crude_oil", "currency:CAD", 0.4, "it is Canada's export"},
    {"commodity:crude_oil", "class:broad", 0.2, "energy is a cost and a sector"},
    {"commodity:natural_gas", "sector:energy", 0.4, "it is part of what they sell"},
    {"commodity:copper", "currency:AUD", 0.2, "metals are Australia's export"},
    {"sector:financials", "class:broad", 0.4, "it is a part of the index"},
    {"sector:technology", "class:broad", 0.4, "it is a part of the index"},
    {"sector:energy", "class:broad", 0.15, "it is a part of the index"},
};

} // namespace

std::span<const ExposureRule> defaultExposureRules()
{
    static const std::vector<ExposureRule> kRules = [] {
        std::vector<ExposureRule> rules;
        for (const Row &row : kRows)
            rules.push_back(
                {std::string(row.from), std::string(row.to), row.weight, std::string(row.why)});
        return rules;
    }();
    return kRules;
}

} // namespace chrona::briefing
