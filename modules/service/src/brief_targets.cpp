// SPDX-License-Identifier: AGPL-3.0-or-later
#include "brief_targets.h"

#include "chrona/schema/calendar.h"
#include "chrona/schema/targets.h"

#include <algorithm>
#include <array>
#include <format>

namespace chrona::service {
namespace {

using briefing::MoveUnit;
using briefing::TargetKind;
using briefing::TargetSeries;

constexpr std::string_view kInstrument = "instrument:";

/// How a shipped target of the group "macro" is told of; the others follow from their group.
struct MacroFacts {
    std::string_view symbol;
    TargetKind kind;
};
constexpr std::array kMacro{
    MacroFacts{"TLT", TargetKind::Rates},
    MacroFacts{"UUP", TargetKind::Dollar},
    MacroFacts{"GLD", TargetKind::Commodity},
    MacroFacts{"USO", TargetKind::Commodity},
};

const schema::DefaultTarget *shippedTarget(std::string_view symbol)
{
    const auto targets = schema::defaultTargets();
    const auto found = std::ranges::find(targets, symbol, &schema::DefaultTarget::symbol);
    return found == targets.end() ? nullptr : &*found;
}

TargetKind kindOf(const schema::DefaultTarget &target)
{
    switch (target.group) {
    case schema::TargetGroup::Broad: return TargetKind::Broad;
    case schema::TargetGroup::Sector: return TargetKind::Sector;
    case schema::TargetGroup::Volatility: return TargetKind::Volatility;
    case schema::TargetGroup::Macro: {
        const auto macro = std::ranges::find(kMacro, target.symbol, &MacroFacts::symbol);
        return macro == kMacro.end() ? TargetKind::Own : macro->kind;
    }
    case schema::TargetGroup::Own: break;
    }
    return TargetKind::Own;
}

void describeByClass(TargetSeries &target, schema::InstrumentClass instrumentClass)
{
    switch (instrumentClass) {
    case schema::InstrumentClass::Rate:
        target.kind = TargetKind::Rates;
        target.unit = MoveUnit::BasisPoints;
        target.levelUnit = "%";
        target.nodes.emplace_back("class:rates");
        break;
    case schema::InstrumentClass::Currency:
        target.kind = TargetKind::Dollar;
        target.decimals = 4;
        target.nodes.emplace_back("class:dollar");
        break;
    case schema::InstrumentClass::Commodity: target.kind = TargetKind::Commodity; break;
    case schema::InstrumentClass::Volatility:
        target.kind = TargetKind::Volatility;
        target.unit = MoveUnit::Points;
        target.nodes.emplace_back("class:volatility");
        break;
    case schema::InstrumentClass::Index:
        target.kind = TargetKind::Broad;
        target.nodes.emplace_back("class:broad");
        break;
    default: target.kind = TargetKind::Own; break;
    }
}

/// Reference rates against the euro that a desk looks at.
constexpr std::array<std::string_view, 6> kEuroRates{"ecb:EURUSD", "ecb:EURJPY", "ecb:EURGBP",
                                                     "ecb:EURCHF", "ecb:EURCAD", "ecb:EURAUD"};

} // namespace

TargetSeries targetFor(const schema::Instrument &instrument)
{
    TargetSeries target;
    target.evidence = {schema::EvidenceKind::Instrument, instrument.id.value, std::nullopt, {}};
    target.symbol = instrument.symbol;
    target.name = instrument.name.empty() ? instrument.symbol : instrument.name;
    target.calendar = schema::calendarFrom(instrument.calendar);
    target.nodes.push_back(std::format("{}{}", kInstrument, instrument.symbol));
    if (const schema::DefaultTarget *shipped = shippedTarget(instrument.symbol)) {
        target.kind = kindOf(*shipped);
        if (const std::string_view node = schema::nodeOf(*shipped); !node.empty())
            target.nodes.emplace_back(node);
        return target;
    }
    describeByClass(target, instrument.instrumentClass);
    return target;
}

std::optional<TargetSeries> targetFor(const schema::Series &series)
{
    const bool isYield = series.key.starts_with("treasury:");
    if (series.frequency != schema::Frequency::Day || series.synthetic ||
        (!isYield && !std::ranges::contains(kEuroRates, series.key)))
        return std::nullopt;
    TargetSeries target;
    target.evidence = {schema::EvidenceKind::Series, series.id.value, std::nullopt, {}};
    target.symbol = series.key;
    target.name = series.name.empty() ? series.key : series.name;
    target.calendar.reset();
    target.source = series.source;
    if (isYield) {
        target.kind = TargetKind::Rates;
        target.unit = MoveUnit::BasisPoints;
        target.levelUnit = "%";
        target.nodes = {"class:rates"};
    } else {
        target.kind = TargetKind::Dollar;
        target.decimals = 4;
        target.nodes = {"class:dollar", "currency:" + series.key.substr(series.key.size() - 3)};
        target.fixedAfter = std::chrono::hours(13) + std::chrono::minutes(15);
    }
    return target;
}

std::vector<std::string> nodesFor(std::string_view watchedNode)
{
    std::vector<std::string> nodes{std::string(watchedNode)};
    if (!watchedNode.starts_with(kInstrument))
        return nodes;
    if (const std::string_view node = schema::nodeOfTarget(watchedNode.substr(kInstrument.size()));
        !node.empty())
        nodes.emplace_back(node);
    return nodes;
}

std::size_t rankOf(std::string_view symbol)
{
    const auto targets = schema::defaultTargets();
    return std::size_t(std::ranges::find(targets, symbol, &schema::DefaultTarget::symbol) -
                       targets.begin());
}

} // namespace chrona::service
