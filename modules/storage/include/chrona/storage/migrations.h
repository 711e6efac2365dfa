// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/storage/connection.h"

#include <functional>
#include <span>
#include <string>
#include <string_view>

namespace chrona::storage {

/// One numbered file of modules/storage/migrations.
struct Migration {
    int version;
    std::string_view name;
    std::string_view sql;
};

/// What is built in, in order.
[[nodiscard]] std::span<const Migration> builtInMigrations();

struct MigrationStep {
    int version;
    std::size_t statement; ///< about to run, from 0
    std::size_t statements;
};
using MigrationProgress = std::function<void(const MigrationStep &)>;

/// Brings the database to this program's schema. Forward only; each file is one transaction with
/// its record in chrona_ops.schema_migration, so a migration that was killed begins again where it
/// was. Several programs may call this at once: an advisory lock lets one work.
///
/// Conflict when an applied file differs from ours, or when the database is newer than the program;
/// nothing is changed then. Touches schemas named chrona_* only.
[[nodiscard]] Status migrate(Connection &connection, const MigrationProgress &progress = {});
[[nodiscard]] Status migrate(Connection &connection, std::span<const Migration> migrations,
                             const MigrationProgress &progress = {});

/// The newest applied version; 0 for a database that Chrona has not seen.
[[nodiscard]] Result<int> schemaVersion(Connection &connection);

} // namespace chrona::storage
