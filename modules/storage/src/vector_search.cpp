// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/storage/vector_search.h"

#include <format>
#include <iterator>

namespace chrona::storage {
namespace {

constexpr std::size_t kIndexedDimensionsMax = 4'000; // of pgvector's half-precision index
constexpr std::size_t kDimensionsMax = 16'000;       // of its half-precision vectors
constexpr std::int64_t kTakenAtOnce = 1'000;
constexpr std::int64_t kCountedMax = 1'000'000;

/// Of two that make it at once, one waits.
constexpr const char *kLock = "SELECT pg_advisory_xact_lock(4843872156)";

constexpr const char *kMake =
    "CREATE SCHEMA IF NOT EXISTS chrona_vector;"
    "CREATE EXTENSION IF NOT EXISTS vector WITH SCHEMA chrona_vector;"
    "CREATE TABLE IF NOT EXISTS chrona_vector.model ("
    "id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL UNIQUE, "
    "dimensions bigint NOT NULL, taken_to bigint NOT NULL DEFAULT 0)";

/// As pgvector reads it; whole numbers of a byte are exact in half precision.
std::string written(std::span<const std::byte> vector)
{
    std::string text(1, '[');
    for (const std::byte one : vector)
        std::format_to(std::back_inserter(text), "{}{}", text.size() > 1 ? "," : "",
                       int(static_cast<std::int8_t>(one)));
    return text += ']';
}

/// Vectors as one statement takes them.
struct Columns {
    std::vector<std::int64_t> events;
    std::vector<Instant> times;
    std::vector<std::string> directions;
    std::int64_t lastNumber = 0;
};

/// Those of another size are passed over.
Columns columnsOf(const Rows &rows, std::size_t dimensions)
{
    Columns columns;
    for (const Row row : rows) {
        columns.lastNumber = row.int64(0);
        if (row.bytes(3).size() != dimensions)
            continue;
        columns.events.push_back(row.int64(1));
        columns.times.push_back(row.instant(2));
        columns.directions.push_back(written(row.bytes(3)));
    }
    return columns;
}

} // namespace

struct VectorSearch::Table {
    std::int64_t id = 0;
    std::size_t dimensions = 0;
    std::int64_t takenTo = 0; ///< the number of the last vector that was looked at
    [[nodiscard]] std::string name() const { return std::format("chrona_vector.near_{}", id); }
};

Result<std::optional<VectorSearch>> VectorSearch::open(Connection &connection)
{
    const auto available =
        connection.query("SELECT FROM pg_catalog.pg_available_extensions WHERE name = 'vector'");
    if (!available)
        return std::unexpected(available.error());
    if (available->isEmpty())
        return std::nullopt;
    auto transaction = Transaction::begin(connection);
    if (!transaction)
        return std::unexpected(transaction.error());
    if (auto locked = connection.exec(kLock); !locked)
        return std::unexpected(locked.error());
    if (auto made = connection.script(kMake); !made) {
        if (made.error().code == ErrorCode::Denied)
            return std::nullopt;
        return std::unexpected(made.error());
    }
    const auto found = connection.query(
        "SELECT quote_ident(n.nspname), string_to_array(e.extversion, '.')::int[] >= '{0,8}' "
        "FROM pg_catalog.pg_extension e JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace "
        "WHERE e.extname = 'vector'");
    if (!found)
        return std::unexpected(found.error());
    if (found->isEmpty())
        return fail(ErrorCode::Corrupt, "pgvector was made and is not there");
    VectorSearch search(found->first().string(0), found->first().boolean(1));
    if (auto done = transaction->commit(); !done)
        return std::unexpected(done.error());
    return search;
}

Result<std::optional<VectorSearch::Table>> VectorSearch::tableOf(Connection &connection,
                                                                 const std::string &model) const
{
    const auto rows = connection.query(
        "SELECT id, dimensions, taken_to FROM chrona_vector.model WHERE name = $1", {model});
    if (!rows)
        return std::unexpected(rows.error());
    if (rows->isEmpty())
        return std::nullopt;
    const Row row = rows->first();
    return Table{row.int64(0), static_cast<std::size_t>(row.int64(1)), row.int64(2)};
}

Result<VectorSearch::Table> VectorSearch::makeTable(Connection &connection,
                                                    const std::string &model,
                                                    std::size_t dimensions) const
{
    const auto rows = connection.query(
        "INSERT INTO chrona_vector.model (name, dimensions) VALUES ($1, $2) RETURNING id",
        {model, static_cast<std::int64_t>(dimensions)});
    if (!rows)
        return std::unexpected(rows.error());
    const Table table{rows->first().int64(0), dimensions, 0};
    std::string sql = std::format(
        "CREATE TABLE {0} (event_id bigint PRIMARY KEY, observed_at timestamptz NOT NULL, "
        "direction {1}.halfvec({2}) NOT NULL); CREATE INDEX ON {0} (observed_at);",
        table.name(), m_extension, dimensions);
    if (dimensions <= kIndexedDimensionsMax)
        sql += std::format("CREATE INDEX ON {} USING hnsw (direction {}.halfvec_cosine_ops)",
                           table.name(), m_extension);
    if (auto made = connection.script(sql); !made)
        return std::unexpected(made.error());
    return table;
}

/// The next ones, in one transaction with how far it has come; false where there are no more.
Result<bool> VectorSearch::takeSome(Connection &connection, const std::string &model) const
{
    auto transaction = JoinedTransaction::begin(connection);
    if (!transaction)
        return std::unexpected(transaction.error());
    if (auto locked = connection.exec(kLock); !locked)
        return std::unexpected(locked.error());
    auto table = tableOf(connection, model);
    if (!table)
        return std::unexpected(table.error());
    const auto rows =
        connection.query("SELECT number, event_id, observed_at, vector FROM chrona_world.embedding "
                         "WHERE model = $1 AND number > $2 ORDER BY number LIMIT $3",
                         {model, *table ? (*table)->takenTo : 0, kTakenAtOnce});
    if (!rows)
        return std::unexpected(rows.error());
    if (rows->isEmpty())
        return false;
    const std::size_t dimensions = rows->first().bytes(3).size();
    if (!*table) {
        if (dimensions == 0 || dimensions > kDimensionsMax)
            return false;
        auto made = makeTable(connection, model, dimensions);
        if (!made)
            return std::unexpected(made.error());
        *table = *made;
    }
    const Columns columns = columnsOf(*rows, (*table)->dimensions);
    (*table)->takenTo = columns.lastNumber;
    const auto stored = connection.exec(
        std::format("INSERT INTO {0} (event_id, observed_at, direction) "
                    "SELECT a.event, a.at, a.direction::{1}.halfvec FROM unnest($1::int8[], "
                    "$2::timestamptz[], $3::text[]) AS a(event, at, direction) "
                    "ON CONFLICT (event_id) DO UPDATE SET (observed_at, direction) = "
                    "(EXCLUDED.observed_at, EXCLUDED.direction)",
                    (*table)->name(), m_extension)
            .c_str(),
        {columns.events, columns.times, columns.directions});
    if (!stored)
        return std::unexpected(stored.error());
    if (auto moved = connection.exec("UPDATE chrona_vector.model SET taken_to = $2 WHERE id = $1",
                                     {(*table)->id, (*table)->takenTo});
        !moved)
        return std::unexpected(moved.error());
    if (auto done = transaction->commit(); !done)
        return std::unexpected(done.error());
    return static_cast<std::int64_t>(rows->size()) == kTakenAtOnce;
}

Status VectorSearch::follow(Connection &connection, const std::string &model) const
{
    for (bool more = true; more;) {
        const auto taken = takeSome(connection, model);
        if (!taken)
            return std::unexpected(taken.error());
        more = *taken;
    }
    return {};
}

Status VectorSearch::forget(Connection &connection, const std::string &model, Instant before) const
{
    const auto table = tableOf(connection, model);
    if (!table)
        return std::unexpected(table.error());
    if (!*table)
        return {};
    return connection
        .exec(std::format("DELETE FROM {} WHERE observed_at < $1", (*table)->name()).c_str(),
              {before})
        .transform([](std::int64_t) {});
}

Result<std::vector<VectorSearch::Match>> VectorSearch::find(Connection &connection,
                                                            const Query &query) const
{
    auto transaction = JoinedTransaction::begin(connection); // for what is set within it
    if (!transaction)
        return std::unexpected(transaction.error());
    const auto table = tableOf(connection, query.model);
    if (!table)
        return std::unexpected(table.error());
    if (!*table || (*table)->dimensions != query.vector.size())
        return std::vector<Match>{};
    if (m_iterates)
        if (auto set = connection.script("SET LOCAL hnsw.iterative_scan = strict_order"); !set)
            return std::unexpected(set.error());
    const auto rows = connection.query(
        std::format("SELECT n.event_id, 1 - (n.direction OPERATOR({1}.<=>) $1::{1}.halfvec) "
                    "FROM {0} n WHERE ($2::timestamptz IS NULL OR n.observed_at >= $2) "
                    "AND ($3::timestamptz IS NULL OR n.observed_at < $3) "
                    "AND ($4::int8 IS NULL OR n.event_id <> $4) "
                    "ORDER BY n.direction OPERATOR({1}.<=>) $1::{1}.halfvec LIMIT $5",
                    (*table)->name(), m_extension)
            .c_str(),
        {written(std::as_bytes(query.vector)), query.from, query.to, query.without,
         std::int64_t{query.limit}});
    if (!rows)
        return std::unexpected(rows.error());
    std::vector<Match> matches;
    for (const Row row : *rows)
        if (row.float64(1) > 0)
            matches.push_back({{row.int64(0)}, row.float64(1)});
    return matches;
}

Result<std::int64_t> VectorSearch::size(Connection &connection, const std::string &model) const
{
    const auto table = tableOf(connection, model);
    if (!table)
        return std::unexpected(table.error());
    if (!*table)
        return 0;
    return connection
        .query(std::format("SELECT count(*) FROM (SELECT FROM {} LIMIT $1) n", (*table)->name())
                   .c_str(),
               {kCountedMax})
        .transform([](const Rows &rows) { return rows.first().int64(0); });
}

} // namespace chrona::storage
