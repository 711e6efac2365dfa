// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/ipc/messages_session.h"
#include "chrona/ipc/oracle_alert_fields.h"
#include "chrona/ipc/oracle_fields.h"
#include "chrona/ipc/oracle_link_fields.h"

#include <optional>
#include <string>
#include <vector>

/// The oracle: what it says, from whom, and why.
namespace chrona::ipc {

/// One epoch over all feeds.
struct OracleRound {
    std::int64_t epoch = 0;
    Instant endsAt;
    std::uint32_t sound = 0, abstained = 0; ///< feeds; both 0: nobody watched
    static constexpr auto fields()
    {
        using T = OracleRound;
        return fieldList(required("epoch", &T::epoch), required("ends_at", &T::endsAt),
                         field("sound", &T::sound), field("abstained", &T::abstained));
    }
    friend bool operator==(const OracleRound &, const OracleRound &) = default;
};

struct OracleStatus {
    static constexpr std::uint16_t kType = 0x0801;
    OracleMode mode = OracleMode::Off;
    bool synthetic = false;
    std::uint32_t feeds = 0, feedsSound = 0, venues = 0, venuesHeard = 0;
    std::uint32_t alerts = 0; ///< that hold now
    double ticksPerSecond = 0;
    std::int64_t epoch = 0;
    Instant epochEndsAt;
    std::int64_t epochMs = 0;
    std::optional<Instant> mutedUntil;
    bool quietHours = false;
    std::uint64_t lostBatches = 0;   ///< that the database was too slow to take
    std::string problem;             ///< why there is nothing; empty: all is well
    std::vector<OracleRound> rounds; ///< the last 40, oldest first
    /// The newest epoch whose revealed bands were learned from; absent: none was told yet.
    std::optional<std::int64_t> revealedEpoch;
    OracleRecording recording;
    static constexpr auto fields()
    {
        using T = OracleStatus;
        return fieldList(field("mode", &T::mode), field("synthetic", &T::synthetic),
                         field("feeds", &T::feeds), field("feeds_sound", &T::feedsSound),
                         field("venues", &T::venues), field("venues_heard", &T::venuesHeard),
                         field("alerts", &T::alerts), field("ticks_per_second", &T::ticksPerSecond),
                         field("epoch", &T::epoch), field("epoch_ends_at", &T::epochEndsAt),
                         field("epoch_ms", &T::epochMs), field("muted_until", &T::mutedUntil),
                         field("quiet_hours", &T::quietHours),
                         field("lost_batches", &T::lostBatches), field("problem", &T::problem),
                         field("rounds", &T::rounds), field("revealed_epoch", &T::revealedEpoch),
                         field("recording", &T::recording));
    }
    friend bool operator==(const OracleStatus &, const OracleStatus &) = default;
};

struct OracleStatusRequest {
    static constexpr std::uint16_t kType = 0x0800;
    using Reply = OracleStatus;
    static constexpr auto fields() { return fieldList(); }
    friend bool operator==(const OracleStatusRequest &, const OracleStatusRequest &) = default;
};

struct OracleFeedsReply {
    static constexpr std::uint16_t kType = 0x0803;
    std::vector<OracleFeedEntry> feeds; ///< in the order of the settings
    static constexpr auto fields() { return fieldList(field("feeds", &OracleFeedsReply::feeds)); }
    friend bool operator==(const OracleFeedsReply &, const OracleFeedsReply &) = default;
};

struct OracleFeedsRequest {
    static constexpr std::uint16_t kType = 0x0802;
    using Reply = OracleFeedsReply;
    std::string feed; ///< empty: all
    static constexpr auto fields() { return fieldList(field("feed", &OracleFeedsRequest::feed)); }
    friend bool operator==(const OracleFeedsRequest &, const OracleFeedsRequest &) = default;
};

struct OracleVenuesReply {
    static constexpr std::uint16_t kType = 0x0805;
    std::vector<OracleVenueEntry> venues; ///< by name
    static constexpr auto fields()
    {
        return fieldList(field("venues", &OracleVenuesReply::venues));
    }
    friend bool operator==(const OracleVenuesReply &, const OracleVenuesReply &) = default;
};

struct OracleVenuesRequest {
    static constexpr std::uint16_t kType = 0x0804;
    using Reply = OracleVenuesReply;
    static constexpr auto fields() { return fieldList(); }
    friend bool operator==(const OracleVenuesRequest &, const OracleVenuesRequest &) = default;
};

struct OracleExplainReply {
    static constexpr std::uint16_t kType = 0x0807;
    OracleAnswer answer;
    static constexpr auto fields()
    {
        return fieldList(required("answer", &OracleExplainReply::answer));
    }
    friend bool operator==(const OracleExplainReply &, const OracleExplainReply &) = default;
};

/// The last answer of a feed at or before a moment, as it was given. NotFound when none is kept.
struct OracleExplain {
    static constexpr std::uint16_t kType = 0x0806;
    using Reply = OracleExplainReply;
    std::string feed;
    std::optional<Instant> at; ///< absent: now
    static constexpr auto fields()
    {
        return fieldList(required("feed", &OracleExplain::feed), field("at", &OracleExplain::at));
    }
    friend bool operator==(const OracleExplain &, const OracleExplain &) = default;
};

struct OracleAlertsReply {
    static constexpr std::uint16_t kType = 0x0809;
    std::vector<OracleAlert> alerts; ///< those that hold, then the newest that ended
    static constexpr auto fields()
    {
        return fieldList(field("alerts", &OracleAlertsReply::alerts));
    }
    friend bool operator==(const OracleAlertsReply &, const OracleAlertsReply &) = default;
};

struct OracleAlertsRequest {
    static constexpr std::uint16_t kType = 0x0808;
    using Reply = OracleAlertsReply;
    std::uint32_t limit = 200;
    static constexpr auto fields()
    {
        return fieldList(field("limit", &OracleAlertsRequest::limit));
    }
    friend bool operator==(const OracleAlertsRequest &, const OracleAlertsRequest &) = default;
};

/// Alerts are recorded but not announced until then.
struct OracleMute {
    static constexpr std::uint16_t kType = 0x080a;
    using Reply = Done;
    std::int64_t minutes = 0; ///< 0: announce again; at most a day
    static constexpr auto fields() { return fieldList(required("minutes", &OracleMute::minutes)); }
    friend bool operator==(const OracleMute &, const OracleMute &) = default;
};

/// Told each second while the oracle runs, and when it begins or ends.
struct OracleChanged {
    static constexpr std::uint16_t kType = 0x0870;
    static constexpr Topic kTopic = Topic::Oracle;
    OracleStatus status;             ///< without rounds, but for the one that just ended
    std::vector<OracleAlert> raised; ///< to be announced
    static constexpr auto fields()
    {
        using T = OracleChanged;
        return fieldList(required("status", &T::status), field("raised", &T::raised));
    }
    friend bool operator==(const OracleChanged &, const OracleChanged &) = default;
};

} // namespace chrona::ipc
