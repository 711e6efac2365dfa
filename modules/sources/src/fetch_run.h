// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "robots_book.h"

#include "chrona/connect/connector.h"
#include "chrona/net/http_client.h"
#include "chrona/schema/source.h"
#include "chrona/sources/acquisition.h"
#include "chrona/storage/pool.h"

#include <cstdint>
#include <optional>
#include <stop_token>

namespace chrona::sources {

/// What one run of one source came to.
struct FetchOutcome {
    Status status;
    std::int64_t items = 0; ///< appended to the log
    std::uint32_t requests = 0;
    std::optional<Instant> closedUntil;
    bool lacksKey = false;               ///< it takes a person's own key and there is none
    std::optional<Instant> refusedUntil; ///< a robots.txt asked us to stay away
    std::optional<Duration> pause;       ///< that a robots.txt wants between two requests
};

struct FetchParts {
    storage::Pool &pool;
    net::HttpClient &http;
    const connect::Connector &connector;
    const KeyOf &keyOf;
    RobotsBook &robots;
};

/// Asks the source once and appends what came, its cursor and its validators in one transaction.
/// Holds no connection while it waits for the network.
[[nodiscard]] FetchOutcome runFetch(const FetchParts &parts, const schema::Source &source,
                                    std::optional<std::uint32_t> budget, Instant now,
                                    std::stop_token stop);

} // namespace chrona::sources
