// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/storage/connection.h"

#include <string>
#include <string_view>

namespace chrona::storage {

/// Keeps a table so that whoever wants to write to it waits, for as long as this lives. So a test
/// stops another process at one known step, and kills it there: what came before has happened, the
/// statement that waits and what comes after it never will.
class HeldTable {
public:
    [[nodiscard]] static Result<HeldTable> hold(std::string_view connectionString,
                                                std::string table);

    /// Whether a statement waits for the table.
    [[nodiscard]] bool hasWaiter();
    /// Ends all sessions of the database but this and the one given, as if their host had gone: a
    /// server goes on with what a dead client has sent, and that would still happen.
    [[nodiscard]] Status endOthers(Connection &spared);

private:
    HeldTable(Connection connection, std::string table)
        : m_connection(std::move(connection)), m_table(std::move(table))
    {
    }
    Connection m_connection;
    std::string m_table;
};

} // namespace chrona::storage
