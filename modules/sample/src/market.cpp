// SPDX-License-Identifier: AGPL-3.0-or-later
#include "market.h"

#include "cast.h"
#include "exact_math.h"
#include "random.h"

#include <algorithm>
#include <cmath>
#include <format>

namespace chrona::sample {

namespace {

using enum schema::InstrumentClass;

// clang-format off
constexpr InstrumentSpec kInstrumentSpecs[] = {
    // symbol, name, class, start, market, rates, oil, dollar, own, drift, volume
    {"SPY", "US large companies", Fund, 330, 1.00, 0, 0, 0, .0018, .00035, 8e7},
    {"QQQ", "US technology-heavy index", Fund, 270, 1.14, .10, 0, 0, .0042, .00045, 5e7},
    {"IWM", "US small companies", Fund, 160, 1.15, -.10, .05, 0, .0060, .0002, 3e7},
    {"XLE", "Energy sector", Fund, 38, .80, -.05, .48, 0, .0085, .0003, 2e7},
    {"XLF", "Financial sector", Fund, 26, 1.05, -.38, 0, 0, .0058, .0003, 4.5e7},
    {"XLK", "Technology sector", Fund, 115, 1.18, .08, 0, 0, .0056, .0005, 1.1e7},
    {"XLI", "Industrial sector", Fund, 78, 1.00, -.10, .04, 0, .0050, .0003, 1.2e7},
    {"XLY", "Consumer discretionary sector", Fund, 145, 1.10, .05, -.04, 0, .0058, .0003, 5e6},
    {"XLP", "Consumer staples sector", Fund, 63, .55, .10, 0, 0, .0052, .0002, 1.2e7},
    {"XLV", "Health care sector", Fund, 105, .72, .04, 0, 0, .0060, .0003, 1e7},
    {"TLT", "Long US government bonds", Fund, 150, -.14, 1.50, 0, 0, .0032, -.0001, 2e7},
    {"UUP", "US dollar index", Fund, 25, -.06, -.05, 0, 1.0, .0012, .00005, 2e6},
    {"GLD", "Gold", Commodity, 170, .02, .30, .05, -.85, .0068, .0002, 8e6},
    {"USO", "Crude oil", Commodity, 32, .25, 0, 1.10, -.2, .0065, .0001, 6e6},
    {"VIXY", "Near-term volatility", Volatility, 400, -3.6, 0, 0, 0, .0240, -.0012, 3e6},
};
// clang-format on
constexpr double kMarketDeviation = .0092;
constexpr double kRatesDeviation = .0058;
constexpr double kOilDeviation = .0170;
constexpr double kDollarDeviation = .0036;

/// GARCH(1,1) with heavy-tailed innovations, warmed up.
std::vector<double> clusteredNoise(Random random, std::size_t days, double deviation)
{
    constexpr double kReaction = 0.08;
    constexpr double kMemory = 0.90;
    constexpr std::size_t kWarmUp = 250;
    const double variance = deviation * deviation;
    double current = variance;
    std::vector<double> result(days);
    for (std::size_t day = 0; day < days + kWarmUp; ++day) {
        const double value = std::sqrt(current) * random.student5();
        current = std::min(variance * (1 - kReaction - kMemory) + kReaction * value * value +
                               kMemory * current,
                           20 * variance);
        if (day >= kWarmUp)
            result[day - kWarmUp] = value;
    }
    return result;
}

/// How strong a relation is at a point of the world's time, 0–1.
double strength(RelationKind kind, double through)
{
    switch (kind) {
    case RelationKind::Regime: return through >= 0.5 ? 1 : 0;
    case RelationKind::Decaying: return exact::power(2, -4 * through);
    case RelationKind::Stable:
    case RelationKind::FirstPrint: break;
    }
    return 1;
}

} // namespace

std::span<const InstrumentSpec> instrumentSpecs()
{
    return kInstrumentSpecs;
}

std::size_t instrumentIndex(std::string_view symbol)
{
    return static_cast<std::size_t>(
        std::ranges::find(kInstrumentSpecs, symbol, &InstrumentSpec::symbol) -
        std::begin(kInstrumentSpecs));
}

std::vector<schema::Instrument> makeInstruments()
{
    std::vector<schema::Instrument> result;
    for (const auto &spec : kInstrumentSpecs) {
        schema::Instrument instrument;
        instrument.id = schema::instrumentIdFor(spec.symbol);
        instrument.symbol = spec.symbol;
        instrument.name = std::format("{} (synthetic prices)", spec.name);
        instrument.instrumentClass = spec.instrumentClass;
        instrument.currency = "USD";
        instrument.calendar = "XNYS";
        instrument.entity = schema::entityIdFor(instrumentKey(spec.symbol));
        instrument.isTarget = true;
        instrument.synthetic = true;
        result.push_back(std::move(instrument));
    }
    return result;
}

std::vector<std::vector<double>> plainReturns(std::uint64_t seed, std::size_t days)
{
    const auto market = clusteredNoise(Random(seed, "factor-market"), days, kMarketDeviation);
    const auto rates = clusteredNoise(Random(seed, "factor-rates"), days, kRatesDeviation);
    const auto oil = clusteredNoise(Random(seed, "factor-oil"), days, kOilDeviation);
    const auto dollar = clusteredNoise(Random(seed, "factor-dollar"), days, kDollarDeviation);
    std::vector<std::vector<double>> result;
    for (std::size_t i = 0; i < std::size(kInstrumentSpecs); ++i) {
        const auto &spec = kInstrumentSpecs[i];
        auto returns = clusteredNoise(Random(seed, "own-noise", i), days, spec.ownDeviation);
        for (std::size_t day = 0; day < days; ++day)
            returns[day] += spec.drift + spec.market * market[day] + spec.rates * rates[day] +
                            spec.oil * oil[day] + spec.dollar * dollar[day];
        result.push_back(std::move(returns));
    }
    return result;
}

double deviationOf(std::span<const double> values)
{
    double sum = 0;
    double squares = 0;
    for (const double value : values) {
        sum += value;
        squares += value * value;
    }
    const auto count = static_cast<double>(values.size());
    return count < 1 ? 0
                     : std::sqrt(std::max(0.0, squares / count - (sum / count) * (sum / count)));
}

std::vector<double> scores(std::span<const double> feature)
{
    const bool isCount = std::ranges::all_of(feature, [](double value) { return value >= 0; });
    std::vector<double> result(feature.begin(), feature.end());
    double sum = 0;
    for (auto &value : result) {
        if (isCount)
            value = exact::log(1 + value);
        sum += value;
    }
    const double mean = result.empty() ? 0 : sum / static_cast<double>(result.size());
    const double deviation = deviationOf(result) + 1e-12;
    for (auto &value : result)
        value = std::clamp((value - mean) / deviation, -5.0, 5.0);
    return result;
}

void plant(const PlantedRelation &relation, std::span<const double> feature,
           std::vector<double> &returns)
{
    const auto z = scores(feature);
    const double scale = relation.sign * relation.correlation * deviationOf(returns);
    const auto lag = static_cast<std::size_t>(relation.lagDays);
    for (std::size_t day = lag; day < returns.size(); ++day) {
        const double through = static_cast<double>(day) / static_cast<double>(returns.size());
        returns[day] += scale * strength(relation.kind, through) * z[day - lag];
    }
}

std::vector<DailyBar> barsFrom(std::uint64_t seed, std::size_t instrument,
                               std::span<const double> returns)
{
    Random random(seed, "bars", instrument);
    const auto &spec = kInstrumentSpecs[instrument];
    const double deviation = deviationOf(returns) + 1e-12;
    double logPrice = exact::log(spec.startPrice);
    std::vector<DailyBar> result;
    for (const double step : returns) {
        const double before = exact::exp(logPrice);
        logPrice += step;
        const double close = exact::rounded(exact::exp(logPrice), 4);
        const double open =
            exact::rounded(before * exact::exp(0.25 * step + 0.2 * deviation * random.normal()), 4);
        const double above = exact::exp(deviation * random.exponential(0.35));
        const double below = exact::exp(-deviation * random.exponential(0.35));
        const double busy =
            exact::exp(0.25 * random.normal() + 0.35 * std::min(4.0, std::abs(step) / deviation));
        result.push_back({open, exact::rounded(std::max(open, close) * above, 4),
                          exact::rounded(std::min(open, close) * below, 4), close,
                          exact::rounded(spec.volume * busy * 0.8, 0)});
    }
    return result;
}

} // namespace chrona::sample
