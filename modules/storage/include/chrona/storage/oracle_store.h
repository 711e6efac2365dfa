// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/storage/connection.h"
#include "chrona/storage/provenance.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

/// What the oracle answered: written in batches, read one moment at a time.
namespace chrona::storage {

/// The numbers of feeds and venues, in the order in which they were named; made where they are new.
struct OracleNumbers {
    std::vector<std::int32_t> feeds;
    std::vector<std::int16_t> venues;
};
[[nodiscard]] Result<OracleNumbers> oracleNumbers(Connection &connection,
                                                  std::span<const std::string> feeds,
                                                  std::span<const std::string> venues);

struct OracleBar {
    Instant opensAt;
    std::int32_t widthMs = 1'000;
    std::int32_t feed = 0;
    std::int16_t venue = 0;
    double open = 0, high = 0, low = 0, close = 0;
    double volume = 0, turnover = 0;
    std::int32_t ticks = 0;
};

struct StoredAnswer {
    Instant at;
    std::int32_t feed = 0;
    double price = 0, confidenceBps = 0;
    std::int16_t sources = 0, state = 0;
    std::string explanation;  ///< bytes that the writer alone understands
    bool isSynthetic = false; ///< when read; what is written has the batch's
};

struct StoredEpoch {
    StoredAnswer answer;
    std::int64_t epoch = 0;
    double handIn = 0, bandProbability = 0;
};

struct StoredAnomaly {
    Instant at;
    std::int32_t feed = 0;
    std::int16_t venue = 0, kind = 0, reason = 0;
    double price = 0;
    std::int32_t count = 0;
};

/// Some seconds of everything.
struct OracleBatch {
    std::vector<OracleBar> bars; ///< seconds are appended; wider ones are joined to what is there
    std::vector<StoredAnswer> answers;
    std::vector<StoredEpoch> epochs;
    std::vector<StoredAnomaly> anomalies;
    Provenance provenance = Provenance::Real;
};
/// One transaction.
[[nodiscard]] Status storeOracleBatch(Connection &connection, const OracleBatch &batch);

/// The last answer of a feed at or before a moment, of a second or of an epoch's end; nullopt when
/// none is kept.
[[nodiscard]] Result<std::optional<StoredAnswer>>
loadOracleAnswer(Connection &connection, const std::string &feed, Instant at);

struct StoredVenueDay {
    Date day;
    double watchedSeconds = 0, heardSeconds = 0;
};
/// Adds to what the day has.
[[nodiscard]] Status addVenueDay(Connection &connection, std::int16_t venue,
                                 const StoredVenueDay &day);
/// Oldest first.
[[nodiscard]] Result<std::vector<StoredVenueDay>>
loadVenueDays(Connection &connection, const std::string &venue, Date from);

} // namespace chrona::storage
