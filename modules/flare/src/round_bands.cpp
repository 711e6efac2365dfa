// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/flare/round_bands.h"

#include "chrona/flare/value_provider.h"

#include <algorithm>
#include <cmath>

namespace chrona::flare {
namespace {

double unscaled(std::int32_t value, std::int16_t decimals)
{
    return static_cast<double>(value) / std::pow(10.0, decimals);
}

} // namespace

Result<std::vector<RoundBand>> bandsAfter(storage::Connection &connection, std::string_view network,
                                          RoundId after, int roundsMax)
{
    auto rows = connection.query(
        "WITH newest AS (SELECT r.chain_id, r.round FROM chrona_oracle.round r "
        "JOIN chrona_oracle.chain c ON c.id = r.chain_id WHERE c.network = $1 AND r.round > $2 "
        "AND r.is_whole ORDER BY r.round DESC LIMIT $3) "
        "SELECT f.round, f.feed_id, f.decimals, f.quartile1, f.median, f.quartile3 "
        "FROM chrona_oracle.round_feed f JOIN newest n USING (chain_id, round) "
        "WHERE f.median IS NOT NULL AND f.quartile1 IS NOT NULL AND f.quartile3 IS NOT NULL "
        "ORDER BY f.round, f.position",
        {std::string(network), after, std::int64_t{roundsMax}});
    if (!rows)
        return std::unexpected(rows.error());
    std::vector<RoundBand> bands;
    for (const storage::Row row : *rows) {
        const auto bytes = row.bytes(1);
        ftso::FeedId id{};
        if (bytes.size() != id.size())
            continue;
        std::ranges::transform(bytes, id.begin(),
                               [](std::byte each) { return std::uint8_t(each); });
        const std::int16_t decimals = row.int16(2);
        bands.push_back({.round = row.int64(0),
                         .feed = feedName(id),
                         .quartile1 = unscaled(row.int32(3), decimals),
                         .median = unscaled(row.int32(4), decimals),
                         .quartile3 = unscaled(row.int32(5), decimals)});
    }
    return bands;
}

} // namespace chrona::flare
