// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/storage/event_titles.h"

#include "conditions.h"

#include "chrona/storage/copy.h"

namespace chrona::storage {

Result<std::vector<std::int64_t>> eventsTitled(Connection &connection,
                                               std::span<const std::string> words)
{
    if (words.empty())
        return fail(ErrorCode::InvalidInput, "no word to look for in titles");
    Conditions conditions;
    for (const std::string &word : words)
        conditions.add("title ILIKE ?", likeAnywhere(word));
    const std::string sql =
        "SELECT coalesce(array_agg(id), '{}') FROM chrona_world.event" + conditions.sql();
    const auto rows = connection.query(sql.c_str(), conditions.parameters());
    if (!rows)
        return std::unexpected(rows.error());
    return rows->first().int64s(0);
}

Result<TitleRanks> rankTitles(Connection &connection)
{
    TitleRanks ranks;
    const Status read =
        connection.copyOut("COPY (SELECT id, (dense_rank() OVER (ORDER BY lower(title)))::int4 "
                           "FROM chrona_world.event) TO STDOUT (FORMAT binary)",
                           [&ranks](const CopyRow &row) -> Status {
                               ranks.id.push_back(row.int64(0));
                               ranks.rank.push_back(static_cast<std::uint32_t>(row.int32(1)));
                               return {};
                           });
    if (!read)
        return std::unexpected(read.error());
    return ranks;
}

} // namespace chrona::storage
