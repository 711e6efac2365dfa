// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/time.h"
#include "chrona/schema/fault.h"
#include "chrona/schema/ids.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace chrona::schema {

enum class IngestMode : std::uint8_t {
    Full,         ///< content may be kept and shown
    MetadataOnly, ///< titles, times and links only
    OwnKeyLocal,  ///< fetched as the user; never leaves this installation
};

enum class Redistribution : std::uint8_t { Allowed, WithAttribution, Forbidden };

enum class RetentionClass : std::uint8_t { Permanent, Years2, Days90, Days30, Hours24 };

enum class AuthNeed : std::uint8_t { None, ApiKey, UserAgentContact };

/// How often a source may be asked.
struct RatePolicy {
    double requestsPerSecond = 1;
    std::uint32_t burst = 1;
    std::optional<std::uint32_t> requestsPerDay;
    std::uint32_t concurrentMax = 1;
    friend bool operator==(const RatePolicy &, const RatePolicy &) = default;
};

/// One public source with everything that its terms ask of us. A connector without a complete entry
/// does not load.
struct Source {
    SourceId id;
    std::string key; ///< "usgs-earthquakes"
    std::string name;
    std::string connector; ///< the plugin that reads it; empty: imports only
    std::string homepage;
    std::string licence; ///< SPDX id or the licence's name
    std::string termsUrl;
    std::string termsCheckedOn; ///< date on which somebody read them
    Redistribution redistribution = Redistribution::Forbidden;
    RetentionClass retention = RetentionClass::Days30;
    std::string attribution; ///< the text to show
    RatePolicy rate;
    std::string userAgentRule; ///< what the source asks of it; empty: nothing
    AuthNeed auth = AuthNeed::None;
    std::string publisherFamily; ///< corroboration counts families, not feeds
    Duration cadence = std::chrono::minutes(15);
    IngestMode mode = IngestMode::MetadataOnly;
    std::vector<std::string> hosts; ///< the only hosts that may be asked
    std::string address; ///< where a person's own feed is; empty: the connector knows its own
    /// Its terms ask programs to keep to the host's robots.txt; so do all feeds of a person's own.
    bool keepsToRobots = false;
    bool enabled = true;
    bool synthetic = false;

    friend bool operator==(const Source &, const Source &) = default;
};

/// Numbers are stored and sent: append only.
enum class SourceState : std::uint8_t {
    Idle,
    Running,
    Late,
    Failing,
    Disabled,
    NeedsKey, ///< it takes the person's own key, and the keychain holds none
    Refused,  ///< its robots.txt asks programs like ours to stay away
};

struct SourceHealth {
    SourceId source;
    SourceState state = SourceState::Idle;
    std::optional<Instant> lastSuccessAt;
    std::optional<Instant> lastAttemptAt;
    std::optional<Instant> nextRunAt;
    std::string lastError;
    std::uint32_t failuresInRow = 0;
    std::uint64_t itemsTotal = 0;
    std::uint32_t requestsToday = 0;
    friend bool operator==(const SourceHealth &, const SourceHealth &) = default;
};

[[nodiscard]] SourceId sourceIdFor(std::string_view key);
[[nodiscard]] Faults validate(const Source &source);
[[nodiscard]] std::string_view toString(IngestMode mode);
[[nodiscard]] std::string_view toString(Redistribution redistribution);
[[nodiscard]] std::string_view toString(RetentionClass retention);
[[nodiscard]] std::string_view toString(AuthNeed auth);
[[nodiscard]] std::string_view toString(SourceState state);
[[nodiscard]] std::optional<IngestMode> ingestModeFrom(std::string_view text);
[[nodiscard]] std::optional<Redistribution> redistributionFrom(std::string_view text);
[[nodiscard]] std::optional<RetentionClass> retentionClassFrom(std::string_view text);
[[nodiscard]] std::optional<AuthNeed> authNeedFrom(std::string_view text);

} // namespace chrona::schema
