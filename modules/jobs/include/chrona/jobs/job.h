// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/time.h"
#include "chrona/schema/ids.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace chrona::jobs {

/// Work of one nature, with its own workers. The raw log is not among them: it is read by cursor.
namespace queue {
inline constexpr std::string_view kEnrichment = "enrichment";
inline constexpr std::string_view kFeatures = "features";
inline constexpr std::string_view kDiscovery = "discovery";
inline constexpr std::string_view kBriefing = "briefing";
inline constexpr std::string_view kImport = "import";
inline constexpr std::string_view kMaintenance = "maintenance";
} // namespace queue

/// What is to be done. Payloads are JSON objects of the kind's own making.
struct NewJob {
    std::string queue;
    std::string kind;
    std::string payload = "{}";
    std::string uniqueKey{};             ///< at most one live job of a queue has it; empty: none
    std::int16_t priority = 100;         ///< smaller goes first
    std::optional<Instant> runAt{};      ///< not before; nullopt: now
    std::optional<Instant> deadlineAt{}; ///< of no use afterwards
    std::int32_t attemptsMax = 10;
};

/// A job in the hands of a worker. (id, attempt) is the fence: who holds an older attempt has lost
/// it.
struct ClaimedJob {
    schema::JobId id;
    std::int32_t attempt = 0;
    std::int32_t attemptsMax = 0;
    std::string queue;
    std::string kind;
    std::string payload;
    std::string uniqueKey;
    std::string checkpoint; ///< what the attempt before saved; empty: nothing
    std::optional<Instant> deadlineAt;
};

/// How retries are spaced: full jitter over base · 2^(attempt-1), at most cap.
struct RetryPolicy {
    std::chrono::milliseconds base{2'000};
    std::chrono::milliseconds cap{3'600'000};
};

} // namespace chrona::jobs
