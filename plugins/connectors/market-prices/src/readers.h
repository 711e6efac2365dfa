// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/connect/draft_list.h"
#include "chrona/schema/calendar.h"

#include <chrono>
#include <limits>

/// One reader for each form of payload. All are pure and fail where nothing can be read.
namespace chrona::prices {

inline constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
/// A price of the end of the day is published when the day is over.
inline constexpr Duration kPublishedAfter = std::chrono::hours(24);

using Drafts = Result<std::vector<connect::Draft>>;

[[nodiscard]] Drafts readTiingoJson(const connect::RawItem &item);
[[nodiscard]] Drafts readTiingoCsv(const connect::RawItem &item);

/// Fails with Exhausted, to be tried again, when the answer is a note about the rate; Alpha Vantage
/// says so within a reply that is otherwise a success.
[[nodiscard]] Drafts readAlphaVantageBars(const connect::RawItem &item);
[[nodiscard]] Drafts readAlphaVantageQuote(const connect::RawItem &item);
[[nodiscard]] Drafts readAlphaVantageRate(const connect::RawItem &item);

[[nodiscard]] Drafts readTreasuryXml(const connect::RawItem &item);
[[nodiscard]] Drafts readTreasuryCsv(const connect::RawItem &item);
[[nodiscard]] Drafts readEcbRates(const connect::RawItem &item);
[[nodiscard]] Drafts readValet(const connect::RawItem &item);

/// A share or fund that trades in New York, which is all that the free plans give.
[[nodiscard]] schema::Instrument sharesOf(std::string_view symbol);

/// The instrument that Tiingo's reply is about: the reply itself does not say. From the address,
/// else from the payload's name. Empty: unknown.
[[nodiscard]] std::string tiingoSymbolOf(const connect::RawItem &item);

} // namespace chrona::prices
