// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/schema/series.h"

#include "chrona/base/hash.h"

#include "checks.h"
#include "enum_names.h"

#include <cmath>

namespace chrona::schema {
namespace {

constexpr auto kFrequencies = enumNames<Frequency>("tick", "minute", "hour", "day", "week", "month",
                                                   "quarter", "year", "irregular");
constexpr auto kVintageRules = enumNames<VintageRule>("final", "revised", "rebased");
constexpr auto kClasses = enumNames<InstrumentClass>("equity", "fund", "index", "rate", "currency",
                                                     "commodity", "crypto", "volatility");
constexpr std::size_t kSeriesNameBytesMax = 500;

bool isCurrencyCode(std::string_view code)
{
    return code.size() == 3 &&
           std::ranges::all_of(code, [](char c) { return c >= 'A' && c <= 'Z'; });
}

} // namespace

std::string_view toString(Frequency frequency)
{
    return kFrequencies.nameOf(frequency);
}

std::optional<Frequency> frequencyFrom(std::string_view text)
{
    return kFrequencies.valueOf(text);
}

std::string_view toString(VintageRule rule)
{
    return kVintageRules.nameOf(rule);
}

std::optional<VintageRule> vintageRuleFrom(std::string_view text)
{
    return kVintageRules.valueOf(text);
}

std::string_view toString(InstrumentClass instrumentClass)
{
    return kClasses.nameOf(instrumentClass);
}

std::optional<InstrumentClass> instrumentClassFrom(std::string_view text)
{
    return kClasses.valueOf(text);
}

InstrumentId instrumentIdFor(std::string_view symbol)
{
    return {idFrom(hashOf({"instrument", symbol}))};
}

SeriesId seriesIdFor(std::string_view key)
{
    return {idFrom(hashOf({"series", key}))};
}

Faults validate(const Instrument &instrument)
{
    Checks checks;
    checks.key("symbol", instrument.symbol, Presence::Required);
    checks.require(instrument.id == instrumentIdFor(instrument.symbol), "id",
                   "does not follow from the symbol");
    checks.text("name", instrument.name, kSeriesNameBytesMax, Presence::Required);
    checks.require(kClasses.has(instrument.instrumentClass), "instrument_class", "is unknown");
    checks.require(isCurrencyCode(instrument.currency), "currency", "is not an ISO 4217 code");
    checks.key("calendar", instrument.calendar, Presence::Required);
    return checks.take();
}

Faults validate(const PriceBar &bar)
{
    Checks checks;
    checks.require(!bar.instrument.isNull(), "instrument", "is missing");
    checks.require(kFrequencies.has(bar.frequency), "frequency", "is unknown");
    checks.instant("opens_at", bar.opensAt);
    checks.times(bar.times);
    checks.require(bar.opensAt <= bar.times.observedAt, "opens_at", "is after the close");
    // Prices may be negative (WTI did so in April 2020) but not infinite.
    checks.nanOrFinite("open", bar.open);
    checks.nanOrFinite("high", bar.high);
    checks.nanOrFinite("low", bar.low);
    checks.finite("close", bar.close);
    checks.nanOrNotNegative("volume", bar.volume);
    checks.nanOrFinite("adjusted_close", bar.adjustedClose);
    // NaN compares false, so what is missing is no fault here.
    checks.require(!(bar.low > bar.high), "low", "is above high");
    checks.require(!(bar.open > bar.high || bar.open < bar.low), "open", "is outside low to high");
    checks.require(!(bar.close > bar.high || bar.close < bar.low), "close",
                   "is outside low to high");
    return checks.take();
}

Faults validate(const Series &series)
{
    Checks checks;
    checks.key("key", series.key, Presence::Required);
    checks.require(series.id == seriesIdFor(series.key), "id", "does not follow from the key");
    checks.text("name", series.name, kSeriesNameBytesMax, Presence::Required);
    checks.text("unit", series.unit, 100, Presence::Optional);
    checks.require(kFrequencies.has(series.frequency), "frequency", "is unknown");
    checks.regionCode("region", series.region, Presence::Optional);
    checks.require(kVintageRules.has(series.vintageRule), "vintage_rule", "is unknown");
    checks.key("metric", series.metric, Presence::Optional);
    return checks.take();
}

Faults validate(const Observation &observation)
{
    Checks checks;
    checks.require(!observation.series.isNull(), "series", "is missing");
    checks.times(observation.times);
    checks.nanOrFinite("value", observation.value);
    return checks.take();
}

} // namespace chrona::schema
