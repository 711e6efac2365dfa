// SPDX-License-Identifier: AGPL-3.0-or-later
#include "benchmarks.h"
#include "measured_database.h"

#include "chrona/storage/entity_store.h"
#include "chrona/storage/migrations.h"

#include <array>
#include <format>

namespace chrona::bench {
namespace {

constexpr int kNames = 1'000'000;
constexpr int kAskedPerKind = 60;

/// Two made-up words each, always the same: letters of a hash.
Status fillNames(storage::Connection &connection)
{
    if (auto done = storage::migrate(connection); !done)
        return done;
    const std::string sql = std::format(
        "INSERT INTO chrona_world.entity (id, kind, key, name, attributes, synthetic) "
        "SELECT n, 2, 'organization:bench-' || n, "
        "initcap(translate(substr(md5(n::text), 1, 7), '0123456789', 'ghijklmnop')) || ' ' || "
        "initcap(translate(substr(md5((-n)::text), 1, 6), '0123456789', 'qrstuvwxyz')), "
        "'{{}}'::jsonb, true FROM generate_series(1, {}) n", kNames);
    if (auto done = connection.exec(sql.c_str()); !done)
        return std::unexpected(done.error());
    if (auto done = connection.exec("ANALYZE chrona_world.entity"); !done)
        return std::unexpected(done.error());
    return {};
}

struct Typed {
    const char *name;
    std::size_t from, length; ///< of a name that there is
};

Status addTyped(Report &report, storage::Connection &connection, const Typed &typed)
{
    std::vector<double> times;
    for (int asked = 0; asked < kAskedPerKind; ++asked) {
        const auto row = connection.query(
            std::format("SELECT name FROM chrona_world.entity WHERE id = {}",
                        1 + asked * (kNames / kAskedPerKind)).c_str());
        if (!row)
            return std::unexpected(row.error());
        const std::string name = row->isEmpty() ? std::string() : row->first().string(0);
        if (name.size() < typed.from + typed.length)
            continue;
        const Stopwatch watch;
        const auto found = storage::findEntities(
            connection, {.text = name.substr(typed.from, typed.length), .kinds = {}, .limit = 20});
        if (!found || found->empty())
            return found ? fail(ErrorCode::Corrupt, "a name that is there was not found")
                         : std::unexpected(found.error());
        times.push_back(watch.seconds() * 1e3);
    }
    report.push_back({std::format("palette.{}_p95", typed.name), percentile(times, 0.95), "ms",
                      std::format("{} names, {} questions, 20 answers each", kNames,
                                  times.size())});
    return {};
}

} // namespace

Result<Report> benchPalette()
{
    const auto database = MeasuredDatabase::open();
    if (!database)
        return std::unexpected(database.error());
    auto connection = storage::Connection::open(database->connectionString());
    if (!connection)
        return std::unexpected(connection.error());
    if (auto filled = fillNames(*connection); !filled)
        return std::unexpected(filled.error());
    Report report;
    constexpr std::array kTyped{Typed{"two_letters", 0, 2}, Typed{"three_letters", 0, 3},
                                Typed{"beginning", 0, 6}, Typed{"within", 2, 4},
                                Typed{"second_word", 8, 5}};
    for (const Typed &typed : kTyped)
        if (auto done = addTyped(report, *connection, typed); !done)
            return std::unexpected(done.error());
    return report;
}

} // namespace chrona::bench
