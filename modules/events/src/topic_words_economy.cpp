// SPDX-License-Identifier: AGPL-3.0-or-later
#include "topic_lexicon.h"

namespace chrona::events {
namespace {

constexpr FieldWords kEconomy[] = {
    {Field::MonetaryPolicy,
     "federal_reserve fed ecb fomc central_bank rate_hike rate_cut interest_rate "
     "rate_decision monetary_policy taper tapering quantitative_easing bank_of_england "
     "bank_of_japan boj boe pboc rba rbi bank_of_canada snb yellen bernanke powell draghi "
     "lagarde greenspan carney key_rate basis_points hawkish dovish reserve_bank bundesbank "
     "stimulus_program asset_purchases",
     "policymaker rates easing tightening liquidity governor minutes accommodative "
     "lending_rate central_banker bond_buying"},
    {Field::Inflation,
     "inflation cpi ppi consumer_prices producer_prices deflation disinflation price_index "
     "core_inflation cost_of_living price_pressures hyperinflation pce",
     "prices price_rises wholesale_prices costs"},
    {Field::Employment,
     "jobs unemployment payroll nonfarm jobless jobless_claims labor_market labour_market "
     "hiring layoff job_cuts job_growth minimum_wage unemployment_rate redundancies "
     "job_openings",
     "job workers wage employment employers strike union employees labor workforce staff "
     "work recruitment pensions"},
    {Field::Growth,
     "gdp recession economic_growth economy industrial_production retail_sales pmi "
     "manufacturing consumer_confidence economic_recovery housing_starts home_sales slowdown "
     "current_account factory_orders durable_goods economists business_confidence "
     "home_prices economic_output",
     "economic growth recovery outlook factory survey housing mortgage output forecast imf "
     "world_bank oecd homes construction euro_zone eurozone builders slump"},
    {Field::Fiscal,
     "budget deficit national_debt debt_ceiling austerity sovereign_debt bailout treasury "
     "tax_cut tax_hike taxes fiscal fiscal_cliff budget_cuts government_shutdown irs "
     "stimulus_package finance_minister spending_cuts tax_reform public_debt surplus "
     "taxpayers default",
     "tax debt spending pension finance_ministry bonds social_security medicare_cuts "
     "revenues"},
    {Field::Trade,
     "tariff trade_deal trade_war exports imports wto trade_deficit trade_surplus "
     "customs_duty protectionism free_trade nafta usmca anti_dumping trade_talks export_ban "
     "import_duties dumping_duties container_shipping",
     "trade shipping port freight cargo export import quota textile supply_chain customs"},
    {Field::Energy,
     "oil crude brent wti opec natural_gas gasoline gas_prices oil_prices refinery pipeline "
     "shale fracking lng coal petroleum barrel barrels nuclear_power power_plant solar_power "
     "wind_farm renewable_energy electricity exxon chevron gazprom bp shell petrobras "
     "keystone fuel_prices pump_prices oil_price drilling rig oilfield",
     "energy gas fuel power_grid solar utility reactor uranium emissions ethanol pump diesel "
     "blackout megawatt wind_power biofuel carbon"},
    {Field::Companies,
     "earnings profit quarterly_profit net_income ceo cfo shareholders merger acquisition "
     "takeover buyout ipo bankruptcy chapter_11 revenue dividend subsidiary hostile_bid "
     "quarterly_results fourth_quarter third_quarter second_quarter first_quarter q1 q2 q3 "
     "q4 guidance profit_warning restructuring private_equity files_for_bankruptcy "
     "activist_investor chief_executive chairman stake same_store_sales eps sec_filing "
     "joint_venture antitrust buyback spinoff reports_loss conglomerate nasdaq_listing "
     "businessweek forbes fortune stake_in to_buy to_acquire acquires unit_sale",
     "company sales firm results quarter business deal bid corp inc ltd plc billion million "
     "manufacturer executive board investment loss industry offer acquire corporate "
     "expansion unit startup contract banks bank insurer lender lawsuit settlement plant "
     "factory boss brand owner partner valuation reuters bloomberg marketing advertising "
     "jpmorgan goldman_sachs citigroup bank_of_america wells_fargo morgan_stanley "
     "credit_suisse ubs deutsche_bank hsbc barclays aig boeing airbus general_electric "
     "siemens procter unilever nestle berkshire buffett icahn alibaba hedge_fund walmart "
     "wal_mart mcdonald starbucks coca_cola pepsi"},
    {Field::Markets,
     "stocks stock_market wall_street dow nasdaq s&p s&p_500 ftse nikkei dax hang_seng "
     "shares investors bond_yields treasury_yields forex dollar euro yen sterling currency "
     "futures commodities gold_price bullion equities bull_market bear_market selloff "
     "price_target traders stoxx sensex nifty asx russell hedge_funds volatility vix "
     "short_interest market_close nyse downgraded upgraded analyst_rating eur_usd usd_jpy "
     "gbp_usd bitcoin premarket rupee marketwatch barrons seeking_alpha motley_fool "
     "thestreet zacks investor valuewalk nyse_listed dow_jones stock_price share_price "
     "market_cap wall_st overvalued undervalued",
     "stock market markets trading index analysts rally gold silver copper aluminium peso "
     "rouble ruble yuan pound bond yield fund funds etf portfolio investing upgrade "
     "downgrade gains losses points session close rating invest outperform copper_price corn "
     "wheat soybean"},
    {Field::Retail,
     "retailer store_closings stores supermarket department_store black_friday shoppers "
     "holiday_sales grocery walmart target_corp macys costco kohls sears abercrombie "
     "restaurant_chain fast_food pizza burger chain_store best_buy radioshack home_depot "
     "lowes kroger safeway nordstrom outlet",
     "retail store shopping consumer brand restaurant apparel clothing mall franchise chain "
     "menu goods coupon"},
};

} // namespace

std::span<const FieldWords> economyWords()
{
    return kEconomy;
}

} // namespace chrona::events
