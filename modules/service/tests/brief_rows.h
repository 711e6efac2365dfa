// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/schema/calendar.h"
#include "chrona/schema/targets.h"
#include "chrona/storage/event_store.h"
#include "chrona/storage/feature_store.h"
#include "chrona/storage/series_store.h"
#include "chrona/storage/signal_store.h"
#include "chrona/storage/source_store.h"

#include <QTest>

#include <algorithm>
#include <string>
#include <vector>

/// Rows of a small past for briefings and alerts.
namespace chrona::service::testing {

using std::chrono::hours;

inline const Date kDay = std::chrono::sys_days(std::chrono::year(2018) / 6 / 5); // a Tuesday

/// SPY, up and down by a fixed step, and a move of the last day.
inline void storeBars(storage::Connection &connection, Instant knownFrom, double lastMove)
{
    const schema::Instrument instrument = schema::instrumentFor(schema::defaultTargets()[0]);
    QVERIFY(storage::storeInstruments(connection, {&instrument, 1}));
    const auto sessions = schema::sessionsBetween(
        schema::Calendar::NewYork, parseDate("2017-11-01").value(), kDay + std::chrono::days(1));
    std::vector<schema::PriceBar> bars;
    double price = 100;
    for (std::size_t i = 0; i < sessions.size(); ++i) {
        const bool isLast = i + 1 == sessions.size();
        price *= isLast ? 1 + lastMove : i % 2 == 0 ? 1.004 : 0.996;
        schema::PriceBar bar;
        bar.instrument = instrument.id;
        bar.opensAt = sessions[i].opensAt;
        bar.times.observedAt = sessions[i].closesAt;
        bar.times.publishedAt = std::max(sessions[i].closesAt, isLast ? knownFrom : Instant{});
        bar.times.ingestedAt = *bar.times.publishedAt;
        bar.times.basis = schema::AvailabilityBasis::Stated;
        bar.open = bar.high = bar.low = bar.close = bar.adjustedClose = price;
        bars.push_back(bar);
    }
    QVERIFY(storage::bulkStoreBars(connection, bars));
}

inline void storeEvent(storage::Connection &connection, const char *ref, schema::EventType type,
                       Instant when, Instant known)
{
    schema::Source source;
    source.key = "wire";
    source.id = schema::sourceIdFor(source.key);
    source.name = "The Wire";
    source.redistribution = schema::Redistribution::WithAttribution;
    QVERIFY(storage::storeSources(connection, {&source, 1}));
    schema::Event event;
    event.type = type;
    event.title = std::string("Event ") + ref;
    event.times = {when, known, known, schema::AvailabilityBasis::Stated, Duration{0}};
    event.region = "US";
    event.source = source.id;
    event.sourceRef = ref;
    event.severity = 0.9F;
    event.confidence = 0.9F;
    event.contentHash = hashOf({ref});
    event.id = schema::eventIdFor(event);
    const auto stored = storage::storeEvents(connection, {&event, 1});
    QVERIFY2(stored, stored ? "" : stored.error().what.c_str());
}

/// A search that ended then and found that storms lead SPY, and that there are many now.
inline void storeElevatedSignal(storage::Connection &connection, Instant finished)
{
    schema::Feature feature;
    feature.key = "events.count.US";
    feature.id = schema::featureIdFor(feature.key);
    feature.name = "Storms (US)";
    const storage::FeatureDefinition definition{.key = "events.count", .rule = "key=events.count"};
    QVERIFY(storage::storeDefinitions(connection, {&definition, 1}));
    QVERIFY(
        storage::replaceFeatures(connection, {"events.count", {feature}, {"US"}, {}, finished}));
    storage::SignalRecord record;
    schema::Signal &signal = record.signal;
    signal.feature = feature.id;
    signal.target = schema::instrumentIdFor("SPY");
    signal.effect = 0.12;
    signal.id = schema::signalIdFor(signal.feature, signal.target, signal.effect);
    signal.window = {1, 5};
    signal.novelty = {2.5, 0.98, 0.05, true, true};
    record.view = "whole";
    storage::DiscoveryRun run;
    run.startedAt = run.dataUntil = finished - hours(1);
    run.finishedAt = finished;
    run.parameters = "{}";
    QVERIFY(storage::storeDiscovery(connection, run, {&record, 1}, {}));
}

} // namespace chrona::service::testing
