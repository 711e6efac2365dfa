// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/time.h"
#include "chrona/net/http.h"

#include <condition_variable>
#include <map>
#include <mutex>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace chrona::net {

/// Tokens come in at a steady rate up to a burst; a request takes one, if need be one of the
/// future. Pure arithmetic over given moments; one thread at a time.
class TokenBucket {
public:
    explicit TokenBucket(Rate rate) : m_rate(rate), m_tokens(static_cast<double>(rate.burst)) {}

    /// How long until a token is there. A clock that jumps back counts as standing still.
    [[nodiscard]] Duration waitFor(Instant now);
    /// Takes a token, if need be one that is still to come.
    void take(Instant now);

private:
    void fill(Instant now);

    Rate m_rate;
    double m_tokens;
    std::optional<Instant> m_filledAt;
};

/// What is known about everybody who is asked: buckets, requests in flight, and until when a host
/// wants to be left alone. Any thread. A party is a host ("host:example.org") or a source.
class Politeness {
public:
    struct Claim {
        std::string party;
        Rate rate;
    };

    /// The right to be in flight; given back on destruction. The Politeness must outlive it.
    class Ticket {
    public:
        Ticket(Politeness &politeness, std::vector<std::string> parties);
        Ticket(Ticket &&other) noexcept;
        Ticket &operator=(Ticket &&) = delete;
        ~Ticket();

    private:
        Politeness *m_politeness;
        std::vector<std::string> m_parties;
    };

    /// Takes a token of every claim and says how long the caller must wait before it may go.
    /// Nullopt when that is longer than waitMax; then nothing is taken.
    [[nodiscard]] std::optional<Duration> reserve(std::span<const Claim> claims, Instant now,
                                                  Duration waitMax);
    /// Waits until every claim has a place among the requests in flight; nullopt on a stop request.
    [[nodiscard]] std::optional<Ticket> enter(std::span<const Claim> claims, std::stop_token stop);

    void close(std::string_view party, Instant until);
    [[nodiscard]] std::optional<Instant> closedUntil(std::string_view party, Instant now) const;

private:
    struct Party {
        TokenBucket bucket;
        std::uint32_t inFlight = 0;
    };
    Party &partyFor(const Claim &claim);
    void leave(std::span<const std::string> parties);

    mutable std::mutex m_mutex;
    std::condition_variable_any m_left;
    std::map<std::string, Party, std::less<>> m_parties;
    std::map<std::string, Instant, std::less<>> m_closedUntil;
};

} // namespace chrona::net
