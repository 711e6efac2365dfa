// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/storage/migrations.h"

#include "chrona/base/hash.h"
#include "chrona/base/log.h"
#include "chrona/storage/partitions.h"
#include "sql_script.h"

#include <map>

namespace chrona::storage {
namespace {

// The record of what was applied must exist before the first migration, so it is made apart.
constexpr const char *kCreateRecord = "CREATE TABLE IF NOT EXISTS chrona_ops.schema_migration ("
                                      "version integer PRIMARY KEY, name text NOT NULL, "
                                      "sha256 bytea NOT NULL CHECK (octet_length(sha256) = 32), "
                                      "applied_at timestamptz NOT NULL DEFAULT now(), "
                                      "duration_ms bigint NOT NULL)";
constexpr const char *kTakeLock = "SELECT pg_advisory_xact_lock(4843872154)";

struct Applied {
    std::string name;
    std::string sha256;
};
using Record = std::map<int, Applied>;

std::string checksumOf(const Migration &migration)
{
    const Hash256 hash = sha256(migration.sql);
    return {hash.begin(), hash.end()};
}

Result<Record> readRecord(Connection &connection)
{
    auto rows = connection.query("SELECT version, name, sha256 FROM chrona_ops.schema_migration");
    if (!rows)
        return std::unexpected(rows.error());
    Record record;
    for (const Row row : *rows)
        record[row.int32(0)] = {row.string(1), row.string(2)};
    return record;
}

Status checkRecord(const Record &record, std::span<const Migration> migrations)
{
    const int newest = migrations.empty() ? 0 : migrations.back().version;
    for (const auto &[version, applied] : record) {
        const auto known = std::ranges::find(migrations, version, &Migration::version);
        if (version > newest) {
            return fail(ErrorCode::Conflict,
                        std::format("the database has schema version {}, this program knows {}",
                                    record.rbegin()->first, newest),
                        "start the newer version of Chrona that wrote it, or restore a backup");
        }
        if (known == migrations.end() || checksumOf(*known) != applied.sha256) {
            return fail(ErrorCode::Conflict,
                        std::format("migration {} ({}) was applied with other content than this "
                                    "program has", version, applied.name),
                        "start the version of Chrona that wrote the database");
        }
    }
    return {};
}

/// Under the lock, in a transaction: whoever comes second finds the work done.
Status prepareRecord(Connection &connection)
{
    auto transaction = Transaction::begin(connection);
    if (!transaction)
        return std::unexpected(transaction.error());
    for (const char *sql : {kTakeLock, "CREATE SCHEMA IF NOT EXISTS chrona_ops", kCreateRecord}) {
        if (auto done = transaction->exec(sql); !done)
            return std::unexpected(done.error());
    }
    return transaction->commit();
}

Status runStatements(Transaction &transaction, const Migration &migration,
                     const MigrationProgress &progress)
{
    const std::vector<std::string_view> statements = splitStatements(migration.sql);
    for (std::size_t i = 0; i < statements.size(); ++i) {
        if (progress)
            progress({migration.version, i, statements.size()});
        if (auto done = transaction.exec(std::string(statements[i]).c_str()); !done) {
            Error error = done.error();
            error.what = std::format("migration {} ({}), statement {}: {}", migration.version,
                                     migration.name, i + 1, error.what);
            return std::unexpected(std::move(error));
        }
    }
    return {};
}

Status apply(Connection &connection, const Migration &migration, const MigrationProgress &progress)
{
    auto transaction = Transaction::begin(connection);
    if (!transaction)
        return std::unexpected(transaction.error());
    // Waiting for the disk after each is most of what a first start waits for. What a power cut
    // takes is the newest ones, whole, and they are applied again; nothing else is written before
    // the partitions are made, whose commit waits for all.
    for (const char *sql : {"SET LOCAL synchronous_commit = off", kTakeLock}) {
        if (auto done = transaction->exec(sql); !done)
            return std::unexpected(done.error());
    }
    // Taking the lock may have meant waiting for another program that did this one.
    auto present = transaction->query(
        "SELECT FROM chrona_ops.schema_migration WHERE version = $1", {migration.version});
    if (!present)
        return std::unexpected(present.error());
    if (!present->isEmpty())
        return {};
    const auto begin = std::chrono::steady_clock::now();
    if (Status done = runStatements(*transaction, migration, progress); !done)
        return done;
    const auto duration = std::chrono::duration_cast<std::chrono::milliseconds>(
        std::chrono::steady_clock::now() - begin);
    auto recorded = transaction->exec(
        "INSERT INTO chrona_ops.schema_migration (version, name, sha256, duration_ms) "
        "VALUES ($1, $2, $3, $4)",
        {migration.version, migration.name, sha256(migration.sql),
         std::int64_t{duration.count()}});
    if (!recorded)
        return std::unexpected(recorded.error());
    if (Status done = transaction->commit(); !done)
        return done;
    log::info("storage", "applied migration {} ({}) in {} ms", migration.version, migration.name,
              duration.count());
    return {};
}

} // namespace

Status migrate(Connection &connection, std::span<const Migration> migrations,
               const MigrationProgress &progress)
{
    if (Status done = prepareRecord(connection); !done)
        return done;
    auto record = readRecord(connection);
    if (!record)
        return std::unexpected(record.error());
    if (Status done = checkRecord(*record, migrations); !done)
        return done;
    for (const Migration &migration : migrations) {
        if (record->contains(migration.version))
            continue;
        if (Status done = apply(connection, migration, progress); !done)
            return done;
    }
    return {};
}

Status migrate(Connection &connection, const MigrationProgress &progress)
{
    if (Status done = migrate(connection, builtInMigrations(), progress); !done)
        return done;
    return ensurePartitions(connection);
}

Result<int> schemaVersion(Connection &connection)
{
    auto exists = connection.query("SELECT to_regclass('chrona_ops.schema_migration') IS NOT NULL");
    if (!exists)
        return std::unexpected(exists.error());
    if (!exists->first().boolean(0))
        return 0;
    return connection.query("SELECT coalesce(max(version), 0) FROM chrona_ops.schema_migration")
        .transform([](const Rows &rows) { return rows.first().int32(0); });
}

} // namespace chrona::storage
