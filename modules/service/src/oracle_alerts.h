// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/time.h"
#include "chrona/ipc/oracle_alert_fields.h"
#include "chrona/oracle/feed.h"

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

namespace chrona::service {

/// From when an alert is raised, and from when it may be raised again.
struct AlertRules {
    double deviationBps = 50;      ///< of a venue that the engine no longer follows
    double disagreementBps = 25;   ///< half-width of the confidence band
    int thinSources = 3;           ///< as few sound venues, or fewer
    std::int64_t staleMs = 10'000; ///< without a sound answer
    std::int64_t holdMs = 5'000;   ///< what is over sooner is not told
    double rearmShare = 0.7;       ///< back below this part of the limit …
    std::int64_t rearmMs = 60'000; ///< … for so long, and it may be raised again
};

/// Hours of the day in which alerts are recorded and not announced; the same twice: never.
struct QuietHours {
    int from = 0, to = 0;
    /// How far the clock on the wall is from UTC at a moment; none: not at all.
    std::function<std::chrono::minutes(Instant)> fromUtc{};
    [[nodiscard]] bool holdAt(Instant at) const;
};

/// Tells what an operator should hear of: once when it begins, and when it is over. Pure; one
/// thread.
class AlertBook {
public:
    static constexpr std::size_t kEndedKept = 200;

    /// Ids begin with `firstId`: two books whose alerts are listed together do not share any.
    explicit AlertBook(AlertRules rules = {}, QuietHours quiet = {}, std::int64_t firstId = 1)
        : m_rules(rules), m_quiet(std::move(quiet)), m_nextId(firstId)
    {
    }

    struct Measure {
        double value = 0, limit = 0;
        bool isOver = false, isClear = false; ///< between the two nothing changes
    };
    /// Of the provider that is followed on chain.
    void observeProvider(ipc::OracleAlertKind kind, const std::string &subject,
                         const Measure &measure, std::int64_t atMs)
    {
        judge({kind, {}, subject}, measure, atMs);
    }
    void setQuietHours(QuietHours quiet) { m_quiet = std::move(quiet); }

    void observe(const oracle::FeedSetup &feed, const oracle::Answer &answer);
    void observeVenue(const std::string &venue, bool isHeard, std::int64_t atMs);
    /// Nothing is announced until then.
    void mute(std::optional<Instant> until) { m_mutedUntil = until; }
    [[nodiscard]] std::optional<Instant> mutedUntil(Instant now) const;
    [[nodiscard]] bool isQuiet(Instant now) const { return m_quiet.holdAt(now); }

    /// What was raised since the last call and is to be announced.
    [[nodiscard]] std::vector<ipc::OracleAlert> takeRaised();
    [[nodiscard]] std::size_t holding() const;
    /// Those that hold, then the newest that ended.
    [[nodiscard]] std::vector<ipc::OracleAlert> all(std::size_t limit) const;

private:
    /// Feed, and venue or subject.
    using Key = std::tuple<ipc::OracleAlertKind, std::string, std::string>;
    struct Watch {
        std::optional<std::int64_t> overSinceMs, underSinceMs;
        std::optional<ipc::OracleAlert> alert; ///< raised and not over
    };
    void judge(const Key &key, const Measure &measure, std::int64_t atMs);
    void raise(const Key &key, Watch &watch, const Measure &measure, Instant at);

    AlertRules m_rules;
    QuietHours m_quiet;
    std::optional<Instant> m_mutedUntil;
    std::map<Key, Watch> m_watches; ///< of what was ever over its limit
    /// Of a feed's answers: the last one, and the last sound one.
    struct Seen {
        std::int64_t anyMs = 0, soundMs = 0;
    };
    std::map<std::string, Seen, std::less<>> m_seen;
    std::deque<ipc::OracleAlert> m_ended;
    std::vector<ipc::OracleAlert> m_raised;
    std::int64_t m_nextId;
};

} // namespace chrona::service
