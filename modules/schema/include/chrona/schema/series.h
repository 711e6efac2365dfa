// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/schema/availability.h"
#include "chrona/schema/fault.h"
#include "chrona/schema/ids.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace chrona::schema {

enum class Frequency : std::uint8_t {
    Tick,
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Quarter,
    Year,
    Irregular
};
[[nodiscard]] std::string_view toString(Frequency frequency);
[[nodiscard]] std::optional<Frequency> frequencyFrom(std::string_view text);

enum class VintageRule : std::uint8_t {
    Final,   ///< printed once, never revised
    Revised, ///< later vintages replace earlier ones; each is kept
    Rebased, ///< whole history changes at once
};

[[nodiscard]] std::string_view toString(VintageRule rule);
[[nodiscard]] std::optional<VintageRule> vintageRuleFrom(std::string_view text);

enum class InstrumentClass : std::uint8_t {
    Equity,
    Fund,
    Index,
    Rate,
    Currency,
    Commodity,
    Crypto,
    Volatility
};
[[nodiscard]] std::string_view toString(InstrumentClass instrumentClass);
[[nodiscard]] std::optional<InstrumentClass> instrumentClassFrom(std::string_view text);

struct Instrument {
    InstrumentId id;
    std::string symbol; ///< unique: "SPY"
    std::string name;
    InstrumentClass instrumentClass = InstrumentClass::Equity;
    std::string currency; ///< ISO 4217
    std::string calendar; ///< exchange calendar: "XNYS", "24x7"
    EntityId entity;
    bool isTarget = false; ///< discovery tests features against it
    bool synthetic = false;
    friend bool operator==(const Instrument &, const Instrument &) = default;
};

/// One bar. NaN where the source gives no value. A day's bar is dated by its exchange's day and
/// observed at that exchange's close.
struct PriceBar {
    InstrumentId instrument;
    Frequency frequency = Frequency::Day;
    Instant opensAt;
    FactTimes times; ///< observedAt: the close
    double open = 0, high = 0, low = 0, close = 0, volume = 0, adjustedClose = 0;
    friend bool operator==(const PriceBar &, const PriceBar &) = default;
};

struct Series {
    SeriesId id;
    std::string key; ///< unique: "fred:UNRATE", "demo:unemployment:US-TX"
    std::string name;
    std::string unit; ///< "percent", "USD/bbl"
    Frequency frequency = Frequency::Month;
    std::string region; ///< ISO 3166, FIPS
    VintageRule vintageRule = VintageRule::Revised;
    SourceId source;
    std::string metric; ///< what regional siblings share: "unemployment_rate"; empty: none
    bool synthetic = false;
    friend bool operator==(const Series &, const Series &) = default;
};

/// One value of a series in one vintage. NaN: the source says that there is none.
struct Observation {
    SeriesId series;
    FactTimes times;
    double value = 0;
    friend bool operator==(const Observation &, const Observation &) = default;
};

[[nodiscard]] InstrumentId instrumentIdFor(std::string_view symbol);
[[nodiscard]] SeriesId seriesIdFor(std::string_view key);
[[nodiscard]] Faults validate(const Instrument &instrument);
[[nodiscard]] Faults validate(const PriceBar &bar);
[[nodiscard]] Faults validate(const Series &series);
[[nodiscard]] Faults validate(const Observation &observation);

} // namespace chrona::schema
