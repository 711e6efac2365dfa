// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/ipc/messages_session.h"

#include <optional>
#include <string>
#include <vector>

/// How close a provider's values came, feed by feed, beside everybody else's. An empty network is
/// the one followed.
namespace chrona::ipc {

struct FtsoFeedAccuracy {
    std::string feed;
    std::int64_t rounds = 0;                           ///< that have a median of it
    std::int64_t values = 0;                           ///< given by this provider
    std::int64_t primary = 0, secondary = 0, near = 0; ///< in the bands; within 0.5 %
    double othersPrimary = 0, othersSecondary = 0;     ///< shares of all values of all others
    std::int32_t rank = 0;   ///< by the share in the primary band; 0: no value was given
    std::int32_t voters = 0; ///< who gave values
    /// The newest round with a median, in the feed's own units; of it the value that was given.
    std::int64_t lastRound = 0;
    std::optional<double> value;
    double median = 0, quartile1 = 0, quartile3 = 0, low = 0, high = 0;
    static constexpr auto fields()
    {
        using T = FtsoFeedAccuracy;
        return fieldList(required("feed", &T::feed), field("rounds", &T::rounds),
                         field("values", &T::values), field("primary", &T::primary),
                         field("secondary", &T::secondary), field("near", &T::near),
                         field("others_primary", &T::othersPrimary),
                         field("others_secondary", &T::othersSecondary), field("rank", &T::rank),
                         field("voters", &T::voters), field("last_round", &T::lastRound),
                         field("value", &T::value), field("median", &T::median),
                         field("quartile1", &T::quartile1), field("quartile3", &T::quartile3),
                         field("low", &T::low), field("high", &T::high));
    }
    friend bool operator==(const FtsoFeedAccuracy &, const FtsoFeedAccuracy &) = default;
};
struct FtsoAccuracyReply {
    static constexpr std::uint16_t kType = 0x0a1a;
    std::string identity;
    std::int64_t firstRound = 0, lastRound = 0; ///< looked at; both 0: none
    std::vector<FtsoFeedAccuracy> feeds;        ///< in the order of the newest round
    static constexpr auto fields()
    {
        using T = FtsoAccuracyReply;
        return fieldList(field("identity", &T::identity), field("first_round", &T::firstRound),
                         field("last_round", &T::lastRound), field("feeds", &T::feeds));
    }
    friend bool operator==(const FtsoAccuracyReply &, const FtsoAccuracyReply &) = default;
};
/// Over the newest rounds that are computed.
struct FtsoAccuracyQuery {
    static constexpr std::uint16_t kType = 0x0a19;
    using Reply = FtsoAccuracyReply;
    std::string network;
    std::string identity;       ///< empty: the provider followed
    std::uint32_t rounds = 240; ///< held by the service: at most a day
    static constexpr auto fields()
    {
        using T = FtsoAccuracyQuery;
        return fieldList(field("network", &T::network), field("identity", &T::identity),
                         field("rounds", &T::rounds));
    }
    friend bool operator==(const FtsoAccuracyQuery &, const FtsoAccuracyQuery &) = default;
};

} // namespace chrona::ipc
