// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/connect/venue.h"

#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <string_view>

/// What an error answer means. Venues state their codes in tables; HTTP statuses, limit headers and
/// common wordings are read in one place. Pure.
namespace chrona::connect {

/// What a venue's error body says; both texts may be empty.
struct ApiError {
    std::string code;
    std::string message;
};

struct ErrorRule {
    /// The whole code; "~words": the message mentions them (lower case); "#403": the HTTP status.
    std::string_view code;
    Outcome outcome = Outcome::Reject;
    std::string_view reason = "api_error";
    std::chrono::milliseconds wait{0}; ///< where the venue's documents state one; 0: none
};

inline constexpr std::string_view kRateLimit = "rate_limit";
inline constexpr std::string_view kSymbol = "symbol";
inline constexpr std::string_view kMaintenance = "maintenance";
inline constexpr std::string_view kGeo = "geo";

/// Judges an answer that carries an error body or an HTTP status of 300 and more. Never Accept.
[[nodiscard]] Verdict judgeError(const HttpReply &reply, const std::optional<ApiError> &error,
                                 std::span<const ErrorRule> rules);

/// Why a price that arrived now cannot be trusted: its stamp against the receive time.
[[nodiscard]] Verdict judgeClock(std::optional<std::int64_t> stampMs,
                                 std::optional<std::int64_t> receivedMs);

/// bid > ask.
[[nodiscard]] bool isCrossed(const Ticker &ticker);

} // namespace chrona::connect
