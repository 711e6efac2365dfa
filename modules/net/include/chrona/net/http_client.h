// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/clock.h"
#include "chrona/net/http.h"
#include "chrona/net/politeness.h"
#include "chrona/net/transport.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>

namespace chrona::net {

/// Where retries and buckets wait. Tests replace it to see how long a wait would have been.
class Waiter {
public:
    virtual ~Waiter() = default;
    /// Returns when the time is over or a stop is requested.
    virtual void wait(std::chrono::milliseconds time, std::stop_token stop) = 0;
};

/// Asks public servers politely: token buckets by host and by source, concurrency caps, conditional
/// requests, Retry-After, backoff with full jitter, checked redirects, size limits before and after
/// inflation.
///
/// get() blocks the calling thread; any number of threads may call it at once. The client must
/// outlive every call.
class HttpClient {
public:
    struct Options {
        std::string userAgent;  ///< "Chrona/0.1 (+https://…)"; must not be empty
        Rate hostRate{2, 4, 2}; ///< of every host, whoever asks
        std::chrono::milliseconds backoffBase{500};
        std::chrono::milliseconds backoffMax{30'000};
        /// The longest single wait for a bucket, a retry or a Retry-After. What would take longer
        /// fails with Exhausted, and closedUntil() says until when the host wants to be left alone.
        std::chrono::milliseconds waitMax{60'000};
        std::uint64_t jitterSeed = 0; ///< 0: from the system
    };

    /// A null clock or waiter means the system's.
    [[nodiscard]] static Result<std::unique_ptr<HttpClient>>
    create(Options options, std::unique_ptr<Transport> transport,
           std::shared_ptr<const Clock> clock = {}, std::shared_ptr<Waiter> waiter = {});
    ~HttpClient();
    HttpClient(const HttpClient &) = delete;
    HttpClient &operator=(const HttpClient &) = delete;

    /// Asks, or posts where the request has a body. A final answer of 2xx or 304. Other statuses
    /// are errors: 404 and 410 NotFound, 401, 403 and 451 Denied, 429 Exhausted (retryable), 5xx
    /// Unavailable, the rest InvalidInput. A body over a limit is Exhausted, bytes that do not
    /// inflate or are cut short are Corrupt (retryable).
    [[nodiscard]] Result<Response> get(const Request &request, std::stop_token stop = {});

    /// Until when the host asked to be left alone; nullopt when it did not.
    [[nodiscard]] std::optional<Instant> closedUntil(std::string_view host) const;

private:
    struct State;
    explicit HttpClient(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

/// The wait before attempt n+1 (n from 1): uniformly from [0, min(cap, base · 2^(n-1))]. Full
/// jitter keeps many clients that failed together from coming back together. `uniform` is in [0,
/// 1).
[[nodiscard]] std::chrono::milliseconds backoff(int attempt, std::chrono::milliseconds base,
                                                std::chrono::milliseconds cap, double uniform);

/// Retry-After in seconds or as an HTTP date; nullopt when it is neither.
[[nodiscard]] std::optional<Duration> readRetryAfter(std::string_view value, Instant now);

/// Until when an answer received at `now` is fresh: max-age less Age, else Expires less Date
/// (RFC 9111 §4.2). Nullopt where nothing is said, or that it is to be asked for again.
[[nodiscard]] std::optional<Instant> readFreshUntil(const Headers &headers, Instant now);

} // namespace chrona::net
