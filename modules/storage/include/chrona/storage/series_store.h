// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/schema/series.h"
#include "chrona/storage/event_store.h"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace chrona::storage {

/// By symbol; known ones are brought up to date.
[[nodiscard]] Result<StoreReport> storeInstruments(Connection &connection,
                                                   std::span<const schema::Instrument> instruments);
[[nodiscard]] Result<std::vector<schema::Instrument>> loadInstruments(Connection &connection);

/// By key; known ones are brought up to date.
[[nodiscard]] Result<StoreReport> storeSeries(Connection &connection,
                                              std::span<const schema::Series> series);
struct SeriesQuery {
    std::string text{};   ///< part of key or name, any case
    std::string metric{}; ///< empty: any
    std::string region{}; ///< empty: any
    std::uint32_t limit = 10'000;
};
[[nodiscard]] Result<std::vector<schema::Series>> loadSeries(Connection &connection,
                                                             const SeriesQuery &query = {});

/// A bar is known by instrument, frequency, opening and the moment since when it was available: a
/// corrected bar is a further one beside the first, and the same values again are a duplicate.
/// One transaction.
[[nodiscard]] Result<StoreReport> bulkStoreBars(Connection &connection,
                                                std::span<const schema::PriceBar> bars);

/// An observation is known by series, observed_at and the moment since when it was available: a
/// later vintage stands beside the earlier ones. The same value as the vintage before it is a
/// duplicate. One transaction.
[[nodiscard]] Result<StoreReport> bulkStoreObservations(
    Connection &connection, std::span<const schema::Observation> observations);

struct SeriesWindow {
    std::optional<Instant> from{}, to{}; ///< observed_at, of bars opens_at, in [from, to)
    std::optional<Instant> asOf{};       ///< the newest vintage available then; empty: the newest
};
/// One value a moment, by time.
[[nodiscard]] Result<std::vector<schema::Observation>> loadObservations(Connection &connection,
                                                                        schema::SeriesId series,
                                                                        const SeriesWindow &window);
/// The newest value at or before the window's end of each series: for choropleths.
[[nodiscard]] Result<std::vector<schema::Observation>> loadLatestObservations(
    Connection &connection, std::span<const schema::SeriesId> series, const SeriesWindow &window);
/// Every vintage, by observed_at, then by availability.
[[nodiscard]] Result<std::vector<schema::Observation>> loadVintages(Connection &connection,
                                                                    schema::SeriesId series,
                                                                    const SeriesWindow &window);
[[nodiscard]] Result<std::vector<schema::PriceBar>> loadBars(Connection &connection,
                                                             schema::InstrumentId instrument,
                                                             schema::Frequency frequency,
                                                             const SeriesWindow &window);

} // namespace chrona::storage
