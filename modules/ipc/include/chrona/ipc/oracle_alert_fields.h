// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/time.h"
#include "chrona/ipc/fields.h"

#include <cstdint>
#include <optional>
#include <string>

/// What an operator of the oracle should hear of.
namespace chrona::ipc {

/// Of prices and venues, then of the provider that is followed on chain.
enum class OracleAlertKind : std::uint8_t {
    Deviation,
    Staleness,
    Thin,
    Disagreement,
    VenueDown,
    Unregistered,     ///< for the reward epoch that comes next
    LowBalance,       ///< of an account; measured in transactions that it can still pay
    Unavailable,      ///< share of rounds revealed in time, in percent
    Percentile,       ///< by the share of values in the primary band
    MinimalCondition, ///< of a protocol; measured in percent
    IndexerBehind,    ///< seconds
    ContractChanged   ///< the registry names another address
};
template <> struct LastOf<OracleAlertKind> {
    static constexpr OracleAlertKind value = OracleAlertKind::ContractChanged;
};

struct OracleAlert {
    std::int64_t id = 0;
    OracleAlertKind kind = OracleAlertKind::Deviation;
    std::string feed;  ///< empty: of a venue as a whole
    std::string venue; ///< empty: of the feed as a whole
    /// Of the provider: an account's role, a protocol, a contract's name.
    std::string subject{};
    Instant raisedAt;
    std::optional<Instant> endedAt; ///< absent: it still holds
    double measured = 0, limit = 0;
    bool quiet = false; ///< raised in quiet hours or while muted: recorded, not announced
    static constexpr auto fields()
    {
        using T = OracleAlert;
        return fieldList(required("id", &T::id), required("kind", &T::kind),
                         field("feed", &T::feed), field("venue", &T::venue),
                         field("subject", &T::subject), required("raised_at", &T::raisedAt),
                         field("ended_at", &T::endedAt), field("measured", &T::measured),
                         field("limit", &T::limit), field("quiet", &T::quiet));
    }
    friend bool operator==(const OracleAlert &, const OracleAlert &) = default;
};

} // namespace chrona::ipc
