// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "oracle_desk.h"

#include "chrona/storage/connection.h"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

/// What is known of others' values on a network, in the oracle's words. The oracle knows of no
/// network, and a network's rounds are its epochs only where the plan says so.
namespace chrona::service {

/// Makes the plan's epochs those of a network; false where there is no such network.
bool followRounds(OraclePlan &plan, std::string_view network);

/// Reads each round's bands once, as they become known. One thread.
class OracleReveals {
public:
    static constexpr int kRoundsMax = 16; ///< that a forecast can still be remembered of

    OracleReveals(std::string network, const OraclePlan &plan);
    /// Those that are new, known from `nowMs` on.
    [[nodiscard]] Result<std::vector<DeskReveal>> next(storage::Connection &connection,
                                                       std::int64_t nowMs);

private:
    std::string m_network;
    std::map<std::string, std::uint32_t, std::less<>> m_feeds;
    std::int64_t m_seen = -1;
};

} // namespace chrona::service
