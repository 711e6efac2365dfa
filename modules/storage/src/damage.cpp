// SPDX-License-Identifier: AGPL-3.0-or-later
#include "damage.h"

#include "chrona/base/log.h"

#include <libpq-fe.h>

#include <charconv>
#include <cstdlib>
#include <format>
#include <memory>
#include <vector>

namespace chrona::storage {
namespace {

template <auto Release> struct With {
    template <class Thing> void operator()(Thing *thing) const { Release(thing); }
};
using OptionsOwner = std::unique_ptr<PQconninfoOption, With<PQconninfoFree>>;
using SessionOwner = std::unique_ptr<pg_conn, With<PQfinish>>;
using AnswerOwner = std::unique_ptr<pg_result, With<PQclear>>;

/// To the same database as the same user.
SessionOwner secondSession(pg_conn *connection)
{
    const OptionsOwner options(PQconninfo(connection));
    std::vector<const char *> keywords;
    std::vector<const char *> values;
    for (const PQconninfoOption *each = options.get(); each && each->keyword; ++each) {
        if (each->val != nullptr) {
            keywords.push_back(each->keyword);
            values.push_back(each->val);
        }
    }
    keywords.push_back(nullptr);
    values.push_back(nullptr);
    return SessionOwner(PQconnectdbParams(keywords.data(), values.data(), 0));
}

struct Relation {
    std::string table;
    std::string index; ///< empty: the table itself, or what it keeps beside it
};

/// An index or the place of long values (TOAST) is told of by the table it belongs to.
std::optional<Relation> relationOf(pg_conn *connection, std::int64_t fileNode)
{
    constexpr const char *kSql =
        "WITH hit AS (SELECT c.oid, c.relkind FROM pg_catalog.pg_class c "
        "WHERE c.oid = pg_catalog.pg_filenode_relation(0, $1::oid)), "
        "owner AS (SELECT coalesce(i.indrelid, hit.oid) AS oid, "
        "CASE WHEN i.indrelid IS NULL THEN '' ELSE hit.oid::regclass::text END AS index "
        "FROM hit LEFT JOIN pg_catalog.pg_index i ON i.indexrelid = hit.oid) "
        "SELECT coalesce(t.oid, owner.oid)::regclass::text, owner.index FROM owner "
        "LEFT JOIN pg_catalog.pg_class t ON t.reltoastrelid = owner.oid";
    const SessionOwner second = secondSession(connection);
    if (!second || PQstatus(second.get()) != CONNECTION_OK)
        return std::nullopt;
    const AnswerOwner setup(PQexec(second.get(), "SET search_path = pg_catalog"));
    const std::string number = std::to_string(fileNode);
    const char *values[] = {number.c_str()};
    const AnswerOwner rows(
        PQexecParams(second.get(), kSql, 1, nullptr, values, nullptr, nullptr, 0));
    if (PQresultStatus(rows.get()) != PGRES_TUPLES_OK || PQntuples(rows.get()) != 1)
        return std::nullopt;
    return Relation{PQgetvalue(rows.get(), 0, 0), PQgetvalue(rows.get(), 0, 1)};
}

} // namespace

std::optional<DamagedFile> damagedFileIn(std::string_view message)
{
    constexpr std::string_view kBefore = "base/";
    const std::size_t at = message.find(kBefore);
    if (at == std::string_view::npos)
        return std::nullopt;
    std::string_view path = message.substr(at);
    path = path.substr(0, path.find_first_not_of("base/0123456789"));
    const std::string_view digits = path.substr(path.rfind('/') + 1);
    DamagedFile file{std::string(path)};
    const auto [end, failed] =
        std::from_chars(digits.data(), digits.data() + digits.size(), file.fileNode);
    if (failed != std::errc() || file.fileNode <= 0)
        return std::nullopt;
    return file;
}

void nameDamage(pg_conn *connection, Error &error)
{
    if (const auto file = damagedFileIn(error.what)) {
        const auto relation = relationOf(connection, file->fileNode);
        if (relation && !relation->index.empty()) {
            error.what = std::format("the index {} of the table {} is damaged on the disk: {}",
                                     relation->index, relation->table, error.what);
            error.remedy = std::format("check the disk, then: REINDEX INDEX {}", relation->index);
        } else if (relation) {
            error.what =
                std::format("the table {} is damaged on the disk: {}", relation->table, error.what);
        }
    }
    log::error("storage", "{}", describe(error));
}

} // namespace chrona::storage
