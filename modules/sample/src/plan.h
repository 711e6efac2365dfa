// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "agenda.h"
#include "cast.h"
#include "market.h"
#include "statistics_office.h"

#include "chrona/sample/world.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace chrona::sample {

struct PolicyRate {
    std::uint16_t bank; ///< row of kCentralBankCountries
    Instant at;
    double rate, previous;
};
struct EnergyWeek {
    Instant at;
    std::uint8_t kind; ///< 0 crude stocks, 1 gas storage, 2 rig count
    double actual, previous, expected;
};
struct ScheduledEntry {
    Instant at;
    std::uint16_t kind;
    std::uint16_t country; ///< row of countries()
};
struct Move {
    std::uint16_t instrument;
    std::uint32_t day;
    double change; ///< of the price, as a part
    double deviations;
};

/// A daily feature of the world as a series: its value of trading day t, known at that day's close.
struct FeatureTrack {
    std::string key;
    std::vector<double> firstPrint; ///< a trading day each
    std::vector<double> revised;    ///< empty: never revised
    int revisionDays = 0;           ///< trading days until the revision
};

/// Everything that is decided before any text is written.
struct World::Plan {
    WorldOptions options;
    Span span;
    std::vector<TradingDay> tradingDays;
    Agenda agenda; ///< events in order of observed_at
    Cast cast;
    std::vector<schema::Instrument> instruments;
    std::vector<schema::Boundary> boundaries;
    Published published;
    std::vector<FeatureTrack> features;
    std::vector<std::vector<DailyBar>> bars; ///< [instrument][day]
    std::vector<PolicyRate> policyRates;
    std::vector<EnergyWeek> energyWeeks;
    std::vector<ScheduledEntry> entries;
    std::vector<Move> moves;
    Truth truth;

    /// Events a day of a stream, by time of publication, between one close and the next.
    [[nodiscard]] std::vector<double> dailyRate(Stream stream, float severityMin = 0) const;
};

/// What the calendar brings: releases, rate decisions, energy reports, entries; at most `countMax`
/// events of them, the latest.
void addScheduled(World::Plan &plan, std::size_t countMax);
/// Prices with everything planted, the market's own events, features and truth.
void addMarket(World::Plan &plan, std::size_t moveCount);

} // namespace chrona::sample
