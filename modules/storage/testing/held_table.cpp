// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/storage/held_table.h"

#include <format>
#include <utility>

namespace chrona::storage {

Result<HeldTable> HeldTable::hold(std::string_view connectionString, std::string table)
{
    auto connection = Connection::open(connectionString);
    if (!connection)
        return std::unexpected(connection.error());
    // The mode that lets everybody read and nobody write, nor lock a row.
    const auto held =
        connection->script(std::format("BEGIN; LOCK TABLE {} IN EXCLUSIVE MODE", table));
    if (!held)
        return std::unexpected(held.error());
    return HeldTable(std::move(*connection), std::move(table));
}

bool HeldTable::hasWaiter()
{
    const auto rows = m_connection.query("SELECT EXISTS (SELECT 1 FROM pg_catalog.pg_locks "
                                         "WHERE NOT granted AND relation = $1::text::regclass)",
                                         {m_table});
    return rows && rows->first().boolean(0);
}

Status HeldTable::endOthers(Connection &spared)
{
    const auto own = spared.query("SELECT pg_catalog.pg_backend_pid()");
    if (!own)
        return std::unexpected(own.error());
    // Waits until each is gone: its locks are free then, and what it began is undone. One that
    // ended by itself meanwhile cannot be ended, so what is left is counted anew.
    constexpr std::string_view kOthers =
        "FROM pg_catalog.pg_stat_activity WHERE datname = current_database() AND "
        "backend_type = 'client backend' AND pid NOT IN (pg_catalog.pg_backend_pid(), $1)";
    const auto ask = [&](std::string_view what) {
        return m_connection.query(std::format("SELECT {} {}", what, kOthers).c_str(),
                                  {own->first().int32(0)});
    };
    const auto ended = ask("count(pg_catalog.pg_terminate_backend(pid, 30000))");
    const auto cleared = m_connection.query("SELECT pg_catalog.pg_stat_clear_snapshot()");
    const auto left = ask("count(*)");
    for (const auto *asked : {&ended, &cleared, &left})
        if (!*asked)
            return std::unexpected(asked->error());
    if (left->first().int64(0) > 0)
        return fail(ErrorCode::Timeout, "a session did not end");
    return {};
}

} // namespace chrona::storage
