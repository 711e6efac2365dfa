// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/schema/targets.h"

#include "chrona/schema/entity.h"

#include "enum_names.h"

#include <algorithm>
#include <array>
#include <format>

namespace chrona::schema {
namespace {

constexpr auto kGroups = enumNames<TargetGroup>("broad", "sector", "macro", "volatility", "own");
constexpr auto kWarnings =
    enumNames<TargetWarning>("short_history", "gaps", "thin_trading", "unknown_liquidity");

using enum TargetGroup;
constexpr InstrumentClass kFund = InstrumentClass::Fund;

constexpr std::array kDefaultTargets{
    DefaultTarget{"SPY", "S&P 500 (SPDR)", kFund, Broad, ""},
    DefaultTarget{"QQQ", "Nasdaq-100 (Invesco)", kFund, Broad, ""},
    DefaultTarget{"IWM", "Russell 2000 (iShares)", kFund, Broad, ""},
    DefaultTarget{"XLE", "Energy (Select Sector)", kFund, Sector, "sector:energy"},
    DefaultTarget{"XLF", "Financials (Select Sector)", kFund, Sector, "sector:financials"},
    DefaultTarget{"XLK", "Technology (Select Sector)", kFund, Sector, "sector:technology"},
    DefaultTarget{"XLI", "Industrials (Select Sector)", kFund, Sector, "sector:industrials"},
    DefaultTarget{"XLY", "Consumer Discretionary (Select Sector)", kFund, Sector,
                  "sector:consumer_discretionary"},
    DefaultTarget{"XLP", "Consumer Staples (Select Sector)", kFund, Sector,
                  "sector:consumer_staples"},
    DefaultTarget{"XLV", "Health Care (Select Sector)", kFund, Sector, "sector:health_care"},
    DefaultTarget{"TLT", "US Treasuries 20+ years (iShares)", kFund, Macro, ""},
    DefaultTarget{"UUP", "US Dollar Index (Invesco)", kFund, Macro, ""},
    DefaultTarget{"GLD", "Gold (SPDR)", kFund, Macro, ""},
    DefaultTarget{"USO", "WTI Crude Oil (US Oil Fund)", kFund, Macro, ""},
    // The VIX itself cannot be held; this fund of its near futures can.
    DefaultTarget{"VIXY", "VIX short-term futures (ProShares)", InstrumentClass::Volatility,
                  Volatility, ""},
};

/// What a target of the group "macro" stands for; the others follow from their group.
struct MacroNode {
    std::string_view symbol, node;
};
constexpr std::array kMacroNodes{
    MacroNode{"TLT", "class:rates"},
    MacroNode{"UUP", "class:dollar"},
    MacroNode{"GLD", "commodity:gold"},
    MacroNode{"USO", "commodity:crude_oil"},
};

} // namespace

std::string_view toString(TargetGroup group)
{
    return kGroups.nameOf(group);
}

std::string_view toString(TargetWarning warning)
{
    return kWarnings.nameOf(warning);
}

std::span<const DefaultTarget> defaultTargets()
{
    return kDefaultTargets;
}

std::string_view nodeOf(const DefaultTarget &target)
{
    switch (target.group) {
    case Broad: return "class:broad";
    case Sector: return target.sector;
    case Volatility: return "class:volatility";
    case Macro: {
        const auto macro = std::ranges::find(kMacroNodes, target.symbol, &MacroNode::symbol);
        return macro == kMacroNodes.end() ? std::string_view() : macro->node;
    }
    case TargetGroup::Own: break;
    }
    return {};
}

std::string_view nodeOfTarget(std::string_view symbol)
{
    const auto found = std::ranges::find(kDefaultTargets, symbol, &DefaultTarget::symbol);
    return found == kDefaultTargets.end() ? std::string_view() : nodeOf(*found);
}

Instrument instrumentFor(const DefaultTarget &target)
{
    Instrument instrument;
    instrument.id = instrumentIdFor(target.symbol);
    instrument.symbol = target.symbol;
    instrument.name = target.name;
    instrument.instrumentClass = target.instrumentClass;
    instrument.currency = "USD";
    instrument.calendar = "XNYS";
    instrument.entity = entityIdFor(std::format("instrument:{}", target.symbol));
    instrument.isTarget = true;
    return instrument;
}

std::vector<TargetWarning> warningsFor(const TargetHistory &history, const TargetFloor &floor)
{
    std::vector<TargetWarning> warnings;
    if (history.sessions < floor.sessionsMin)
        warnings.push_back(TargetWarning::ShortHistory);
    if (history.sessionsExpected > history.sessions) {
        const double missing = double(history.sessionsExpected - history.sessions);
        if (missing / double(history.sessionsExpected) > floor.gapShareMax)
            warnings.push_back(TargetWarning::Gaps);
    }
    if (!history.medianTurnover)
        warnings.push_back(TargetWarning::UnknownLiquidity);
    else if (!(*history.medianTurnover >= floor.medianTurnoverMin))
        warnings.push_back(TargetWarning::ThinTrading);
    return warnings;
}

} // namespace chrona::schema
