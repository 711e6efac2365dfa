// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/clock.h"
#include "chrona/schema/calendar.h"
#include "chrona/storage/connection.h"
#include "chrona/storage/series_store.h"

#include <QTest>

#include <cmath>
#include <cstdint>
#include <random>
#include <vector>

namespace chrona::service::testing {

/// Series and prices of which it is known what leads what:
/// "test:lead" moves the return of ONE three sessions later, "test:wild" how far TWO moves on
/// the next, "test:a" and "test:b" nothing. OWN moves as ONE does and is no target by itself.
class DiscoveryWorld {
public:
    static constexpr int kSessions = 1'100;

    DiscoveryWorld()
    {
        const Date today = std::chrono::floor<std::chrono::days>(SystemClock().now());
        for (Date day = today - std::chrono::days(2); std::ssize(days) < kSessions;
             day -= std::chrono::days(1))
            if (schema::sessionOn(schema::Calendar::NewYork, day))
                days.insert(days.begin(), day);
    }

    void store(storage::Connection &connection) const
    {
        std::mt19937_64 random(11);
        std::normal_distribution<double> noise;
        const auto draw = [&](double size) {
            std::vector<double> values;
            for (int t = 0; t < kSessions; ++t)
                values.push_back(size * noise(random));
            return values;
        };
        const auto lead = draw(1);
        const auto wild = draw(1);
        storeSeries(connection, "test:lead", lead);
        storeSeries(connection, "test:wild", wild);
        for (const char *key : {"test:a", "test:b"})
            storeSeries(connection, key, draw(1));
        auto one = draw(0.01);
        for (std::size_t t = 3; t < one.size(); ++t)
            one[t] += 0.004 * lead[t - 3];
        storePrices(connection, "ONE", one);
        auto two = draw(0.01);
        for (std::size_t t = 1; t < two.size(); ++t)
            two[t] *= std::exp(0.5 * wild[t - 1]);
        storePrices(connection, "TWO", two);
        storePrices(connection, "OWN", one, Role::Other);
    }

    std::vector<Date> days;

private:
    enum class Role : std::uint8_t { Target, Other };

    void storeSeries(storage::Connection &connection, const char *key,
                     const std::vector<double> &values) const
    {
        using namespace std::chrono_literals;
        schema::Series series;
        series.key = key;
        series.id = schema::seriesIdFor(series.key);
        series.name = key;
        series.frequency = schema::Frequency::Day;
        QVERIFY(storage::storeSeries(connection, {&series, 1}));
        std::vector<schema::Observation> observations;
        for (std::size_t t = 0; t < values.size(); ++t) {
            schema::FactTimes times;
            times.observedAt = days[t] + 15h;
            times.ingestedAt = times.observedAt + 1h;
            observations.push_back({series.id, times, values[t]});
        }
        QVERIFY(storage::bulkStoreObservations(connection, observations));
    }

    void storePrices(storage::Connection &connection, const char *symbol,
                     const std::vector<double> &returns, Role role = Role::Target) const
    {
        using namespace std::chrono_literals;
        schema::Instrument instrument;
        instrument.symbol = symbol;
        instrument.id = schema::instrumentIdFor(symbol);
        instrument.name = symbol;
        instrument.isTarget = role == Role::Target;
        QVERIFY(storage::storeInstruments(connection, {&instrument, 1}));
        std::vector<schema::PriceBar> bars;
        double price = 100;
        for (std::size_t t = 0; t < returns.size(); ++t) {
            price *= std::exp(returns[t]);
            schema::PriceBar bar;
            bar.instrument = instrument.id;
            bar.opensAt = days[t];
            bar.times.observedAt = days[t] + 20h;
            bar.times.ingestedAt = bar.times.observedAt + 10min;
            bar.open = bar.high = bar.low = bar.close = bar.adjustedClose = price;
            bars.push_back(bar);
        }
        QVERIFY(storage::bulkStoreBars(connection, bars));
    }
};

} // namespace chrona::service::testing
