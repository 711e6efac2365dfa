// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "market_calendar.h"

#include "chrona/sample/truth.h"
#include "chrona/schema/series.h"

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

/// Daily prices: four common factors and own noise, both with volatility that clusters, plus
/// whatever was planted.
namespace chrona::sample {

struct InstrumentSpec {
    std::string_view symbol;
    std::string_view name;
    schema::InstrumentClass instrumentClass;
    double startPrice;
    double market, rates, oil, dollar; ///< loadings
    double ownDeviation;               ///< of the daily return
    double drift;                      ///< of the daily return
    double volume;
};
[[nodiscard]] std::span<const InstrumentSpec> instrumentSpecs();
[[nodiscard]] std::size_t instrumentIndex(std::string_view symbol);
[[nodiscard]] std::vector<schema::Instrument> makeInstruments();

/// Returns [instrument][day] without anything planted, in logs.
[[nodiscard]] std::vector<std::vector<double>> plainReturns(std::uint64_t seed, std::size_t days);
[[nodiscard]] double deviationOf(std::span<const double> values);
/// ln(1 + x) or x, centred, scaled and cut at five deviations: what relations work on.
[[nodiscard]] std::vector<double> scores(std::span<const double> feature);

/// Adds sign · correlation · deviation · z[t - lag] with the relation's course over time.
void plant(const PlantedRelation &relation, std::span<const double> feature,
           std::vector<double> &returns);

struct DailyBar {
    double open, high, low, close, volume;
};
[[nodiscard]] std::vector<DailyBar> barsFrom(std::uint64_t seed, std::size_t instrument,
                                             std::span<const double> returns);

} // namespace chrona::sample
