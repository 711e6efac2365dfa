// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/hash.h"
#include "chrona/base/time.h"
#include "chrona/storage/connection.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace chrona::storage {

/// A briefing as it is kept: the document is its JSON text, byte by byte as it was given.
struct BriefingRecord {
    Date day;
    std::uint32_t revision = 0; ///< given by the store, counted from 1 for each day
    Instant knownAt;            ///< nothing later was used
    Instant storedAt;           ///< given by the store
    std::string title;
    Hash128 hash; ///< given by the store: of the document
    bool synthetic = false;
    std::string document;
};

/// Stores a further revision of its day and gives its number; the document that the newest revision
/// has already adds none. Two writers of one day: the later one fails retryable or waits.
[[nodiscard]] Result<std::uint32_t> storeBriefing(Connection &connection,
                                                  const BriefingRecord &briefing);
/// The newest revision of a day. NotFound where there is none.
[[nodiscard]] Result<BriefingRecord> loadBriefing(Connection &connection, Date day);
/// The newest day before `day` whose briefing knew nothing after `knownAt`; nullopt: none.
[[nodiscard]] Result<std::optional<BriefingRecord>> loadBriefingBefore(Connection &connection,
                                                                       Date day, Instant knownAt);

struct BriefingListQuery {
    std::optional<Date> from{}, to{}; ///< [from, to)
    std::string text{};               ///< part of the document, in any case; empty: all
    std::uint32_t limit = 400;
};
/// Newest day first, the newest revision of each, without documents.
[[nodiscard]] Result<std::vector<BriefingRecord>> listBriefings(Connection &connection,
                                                                const BriefingListQuery &query);

/// When the newest day with a price began, at or before a moment; nullopt: there are no prices.
[[nodiscard]] Result<std::optional<Instant>> newestDailyBar(Connection &connection, Instant until);

struct HourlyRecord {
    Instant hour;
    Instant knownAt;
    bool synthetic = false;
    std::string document; ///< JSON
    std::vector<std::byte> state;
};
/// The hour's update; one that is there is replaced.
[[nodiscard]] Status storeHourly(Connection &connection, const HourlyRecord &update);
/// The newest update whose hour begins at or before a moment; nullopt: none.
[[nodiscard]] Result<std::optional<HourlyRecord>> loadHourly(Connection &connection, Instant at);

/// What a language model made of given facts: kept for two years (`retention.h`), so that the same
/// facts make the same words.
struct ModelText {
    Hash128 asked; ///< of the model, the form of the question and the facts
    std::string model;
    std::string text; ///< empty: what it said did not hold, and it is not asked again
    Instant madeAt;
};
[[nodiscard]] Result<std::vector<ModelText>> findModelTexts(Connection &connection,
                                                            std::span<const Hash128> asked);
/// One that is there stays.
[[nodiscard]] Status saveModelText(Connection &connection, const ModelText &text);

} // namespace chrona::storage
