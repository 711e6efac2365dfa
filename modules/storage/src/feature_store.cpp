// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/storage/feature_store.h"

#include "chrona/storage/copy.h"
#include "chrona/storage/partitions.h"
#include "conditions.h"

#include <algorithm>
#include <format>

namespace chrona::storage {
namespace {

using schema::Feature;
using schema::FeatureValue;

constexpr const char *kValues = "chrona_signal.feature_value";
constexpr std::int64_t kOwnFrom = 1'000'000; ///< positions of the user's definitions

Status withoutCount(const Result<std::int64_t> &counted)
{
    return counted.transform([](std::int64_t) {});
}

Status storeFeatureList(Connection &connection, const FeatureRows &rows)
{
    std::vector<std::int64_t> ids, versions, synthetic;
    std::vector<std::string> keys, names, units, regions;
    std::vector<std::int16_t> kinds, frequencies, empties, choices;
    for (const Feature &feature : rows.features) {
        ids.push_back(feature.id.value);
        versions.push_back(feature.version);
        synthetic.push_back(feature.synthetic ? 1 : 0);
        keys.push_back(feature.key);
        names.push_back(feature.name);
        units.push_back(feature.unit);
        regions.push_back(feature.region);
        kinds.push_back(static_cast<std::int16_t>(feature.kind));
        frequencies.push_back(static_cast<std::int16_t>(feature.frequency));
        empties.push_back(static_cast<std::int16_t>(feature.emptyBucket));
        choices.push_back(static_cast<std::int16_t>(feature.vintages));
    }
    return withoutCount(connection.exec(
        "INSERT INTO chrona_signal.feature AS f (id, key, definition, member, name, unit, region, "
        "version, kind, frequency, empty_bucket, vintage_choice, synthetic) "
        "SELECT id, key, $1, member, name, unit, region, version, kind, frequency, empty, choice, "
        "synthetic = 1 FROM unnest($2::int8[], $3::text[], $4::text[], $5::text[], $6::text[], "
        "$7::text[], $8::int8[], $9::int2[], $10::int2[], $11::int2[], $12::int2[], $13::int8[]) "
        "AS a(id, key, member, name, unit, region, version, kind, frequency, empty, choice, "
        "synthetic) ORDER BY id ON CONFLICT (id) DO UPDATE SET (name, unit, region, version, "
        "synthetic) = (EXCLUDED.name, EXCLUDED.unit, EXCLUDED.region, EXCLUDED.version, "
        "f.synthetic OR EXCLUDED.synthetic)",
        {rows.definition, ids, keys, rows.members, names, units, regions, versions, kinds,
         frequencies, empties, choices, synthetic}));
}

Status ensureRanges(Connection &connection, const std::vector<FeatureValue> &values)
{
    if (values.empty())
        return {};
    const auto [first, last] = std::ranges::minmax(values, {}, &FeatureValue::bucketAt);
    return ensurePartitions(connection, kValues, {first.bucketAt, last.bucketAt});
}

Status copyValues(Connection &connection, const char *sql, const std::vector<FeatureValue> &values)
{
    auto copy = connection.copyIn(sql);
    if (!copy)
        return std::unexpected(copy.error());
    for (const FeatureValue &value : values) {
        copy->beginRow(5);
        copy->int64(value.feature.value);
        copy->instant(value.bucketAt);
        copy->instant(value.knownAt);
        copy->float64(value.value);
        copy->int16(static_cast<std::int16_t>(value.basis));
        if (Status sent = copy->endRow(); !sent)
            return sent;
    }
    return withoutCount(copy->finish());
}

Status setRefreshed(Connection &connection, const FeatureRows &rows)
{
    return withoutCount(
        connection.exec("UPDATE chrona_signal.definition SET refreshed_at = $2 WHERE key = $1",
                        {rows.definition, rows.refreshedAt}));
}

Status deleteValues(Connection &connection, const std::string &definition)
{
    return withoutCount(
        connection.exec("DELETE FROM chrona_signal.feature_value v USING chrona_signal.feature f "
                        "WHERE f.definition = $1 AND v.feature_id = f.id",
                        {definition}));
}

/// Staged rows that are new; Conflict where one contradicts what was told.
Result<std::int64_t> mergeStaged(Connection &connection)
{
    const auto contradicted = connection.query(
        "SELECT count(*) FROM staged_feature_value s JOIN chrona_signal.feature_value v "
        "USING (feature_id, bucket_at, known_at) WHERE v.value IS DISTINCT FROM s.value");
    if (!contradicted)
        return std::unexpected(contradicted.error());
    if (const std::int64_t count = contradicted->first().int64(0); count > 0)
        return fail(ErrorCode::Conflict,
                    std::format("{} values differ from what was told before", count),
                    "build the feature anew");
    return connection.exec("INSERT INTO chrona_signal.feature_value SELECT DISTINCT ON "
                           "(feature_id, bucket_at, known_at) * FROM staged_feature_value "
                           "ON CONFLICT DO NOTHING");
}

Feature readFeature(const Row &row)
{
    Feature feature;
    feature.id = {row.int64(0)};
    feature.key = row.string(1);
    feature.name = row.string(2);
    feature.rule = row.string(3);
    feature.unit = row.string(4);
    feature.region = row.string(5);
    feature.version = static_cast<std::uint32_t>(row.int32(6));
    feature.kind = static_cast<schema::FeatureKind>(row.int16(7));
    feature.frequency = static_cast<schema::Frequency>(row.int16(8));
    feature.emptyBucket = static_cast<schema::EmptyBucket>(row.int16(9));
    feature.vintages = static_cast<schema::VintageChoice>(row.int16(10));
    feature.synthetic = row.boolean(11);
    return feature;
}

} // namespace

Status storeDefinitions(Connection &connection, std::span<const FeatureDefinition> definitions)
{
    std::vector<std::string> keys, rules;
    std::vector<std::int64_t> positions, inDiscovery, own;
    for (const FeatureDefinition &definition : definitions) {
        positions.push_back(static_cast<std::int64_t>(keys.size()) +
                            (definition.isOwn ? kOwnFrom : 0));
        keys.push_back(definition.key);
        rules.push_back(definition.rule);
        inDiscovery.push_back(definition.inDiscovery ? 1 : 0);
        own.push_back(definition.isOwn ? 1 : 0);
    }
    return withoutCount(connection.exec(
        "INSERT INTO chrona_signal.definition AS d (key, rule, position, in_discovery, is_own) "
        "SELECT key, rule, position, wanted = 1, own = 1 FROM unnest($1::text[], $2::text[], "
        "$3::int8[], $4::int8[], $5::int8[]) AS a(key, rule, position, wanted, own) "
        "ON CONFLICT (key) DO UPDATE SET "
        "refreshed_at = CASE WHEN d.rule = EXCLUDED.rule THEN d.refreshed_at END, "
        "fault = CASE WHEN d.rule = EXCLUDED.rule THEN d.fault ELSE '' END, "
        "rule = EXCLUDED.rule, position = EXCLUDED.position, in_discovery = EXCLUDED.in_discovery "
        "WHERE d.is_own = EXCLUDED.is_own",
        {keys, rules, positions, inDiscovery, own}));
}

Result<std::vector<FeatureDefinition>> loadDefinitions(Connection &connection)
{
    const auto rows = connection.query(
        "SELECT key, rule, is_enabled, in_discovery, refreshed_at, is_own, fault, "
        "(SELECT count(*) FROM chrona_signal.feature f WHERE f.definition = d.key) "
        "FROM chrona_signal.definition d ORDER BY position, key");
    if (!rows)
        return std::unexpected(rows.error());
    std::vector<FeatureDefinition> definitions;
    for (const Row row : *rows)
        definitions.push_back({row.string(0), row.string(1), row.boolean(2), row.boolean(3),
                               row.optionalInstant(4), row.boolean(5), row.string(6),
                               row.int64(7)});
    return definitions;
}

Result<bool> enableDefinition(Connection &connection, const std::string &key, bool isEnabled)
{
    return connection
        .exec("UPDATE chrona_signal.definition SET is_enabled = $2, fault = '' WHERE key = $1",
              {key, isEnabled})
        .transform([](std::int64_t count) { return count > 0; });
}

Result<std::int64_t> removeDefinition(Connection &connection, const std::string &key)
{
    auto transaction = JoinedTransaction::begin(connection);
    if (!transaction)
        return std::unexpected(transaction.error());
    const auto found = connection.query(
        "SELECT (SELECT count(*) FROM chrona_signal.feature f WHERE f.definition = d.key) "
        "FROM chrona_signal.definition d WHERE d.key = $1 AND d.is_own FOR UPDATE",
        {key});
    if (!found)
        return std::unexpected(found.error());
    if (found->isEmpty())
        return fail(ErrorCode::NotFound, std::format("there is no definition {} of your own", key),
                    "shipped ones can be disabled");
    const Status done = deleteValues(connection, key)
                            .and_then([&] {
                                return withoutCount(connection.exec(
                                    "DELETE FROM chrona_signal.definition WHERE key = $1", {key}));
                            })
                            .and_then([&] { return transaction->commit(); });
    if (!done)
        return std::unexpected(done.error());
    return found->first().int64(0);
}

Status setDefinitionFault(Connection &connection, const std::string &key, const std::string &fault)
{
    return withoutCount(connection.exec(
        "UPDATE chrona_signal.definition SET fault = $2 WHERE key = $1 AND fault <> $2",
        {key, fault}));
}

Status forgetRefreshes(Connection &connection)
{
    return withoutCount(connection.exec("UPDATE chrona_signal.definition SET refreshed_at = NULL "
                                        "WHERE refreshed_at IS NOT NULL"));
}

Result<std::int64_t> replaceFeatures(Connection &connection, const FeatureRows &rows)
{
    auto transaction = JoinedTransaction::begin(connection);
    if (!transaction)
        return std::unexpected(transaction.error());
    const Status stored =
        deleteValues(connection, rows.definition)
            .and_then([&] {
                return withoutCount(connection.exec(
                    "DELETE FROM chrona_signal.feature WHERE definition = $1", {rows.definition}));
            })
            .and_then([&] { return storeFeatureList(connection, rows); })
            .and_then([&] { return ensureRanges(connection, rows.values); })
            .and_then([&] {
                return copyValues(connection,
                                  "COPY chrona_signal.feature_value (feature_id, bucket_at, "
                                  "known_at, value, basis) FROM STDIN (FORMAT binary)",
                                  rows.values);
            })
            .and_then([&] { return setRefreshed(connection, rows); })
            .and_then([&] { return transaction->commit(); });
    if (!stored)
        return std::unexpected(stored.error());
    return static_cast<std::int64_t>(rows.values.size());
}

Result<std::int64_t> appendFeatures(Connection &connection, const FeatureRows &rows)
{
    auto transaction = JoinedTransaction::begin(connection);
    if (!transaction)
        return std::unexpected(transaction.error());
    const Status staged =
        storeFeatureList(connection, rows)
            .and_then([&] { return ensureRanges(connection, rows.values); })
            .and_then([&] {
                return connection.script("CREATE TEMP TABLE IF NOT EXISTS staged_feature_value "
                                         "(LIKE chrona_signal.feature_value) ON COMMIT DELETE "
                                         "ROWS; TRUNCATE staged_feature_value");
            })
            .and_then([&] {
                return copyValues(connection,
                                  "COPY staged_feature_value (feature_id, bucket_at, known_at, "
                                  "value, basis) FROM STDIN (FORMAT binary)",
                                  rows.values);
            });
    if (!staged)
        return std::unexpected(staged.error());
    const auto added = mergeStaged(connection);
    if (!added)
        return added;
    const Status done =
        setRefreshed(connection, rows).and_then([&] { return transaction->commit(); });
    if (!done)
        return std::unexpected(done.error());
    return added;
}

Result<std::vector<Feature>> findFeatures(Connection &connection, const FeatureQuery &query)
{
    Conditions where;
    if (!query.text.empty())
        where.add("(f.key ILIKE ? OR f.name ILIKE ?)", likeAnywhere(query.text));
    if (!query.region.empty())
        where.add("(f.region = ? OR split_part(f.region, '-', 1) = ?)", query.region);
    if (query.inDiscoveryOnly)
        where.add("d.in_discovery AND d.is_enabled AND f.frequency = ?",
                  static_cast<std::int16_t>(schema::Frequency::Day));
    if (!query.afterKey.empty())
        where.add("f.key > ?", query.afterKey);
    const std::string limit = where.placeholder(std::int64_t{query.limit});
    const std::string sql = std::format(
        "SELECT f.id, f.key, f.name, d.rule, f.unit, f.region, f.version, f.kind, f.frequency, "
        "f.empty_bucket, f.vintage_choice, f.synthetic FROM chrona_signal.feature f "
        "JOIN chrona_signal.definition d ON d.key = f.definition{} ORDER BY f.key LIMIT {}",
        where.sql(), limit);
    const auto rows = connection.query(sql.c_str(), where.parameters());
    if (!rows)
        return std::unexpected(rows.error());
    std::vector<Feature> features;
    features.reserve(rows->size());
    for (const Row row : *rows)
        features.push_back(readFeature(row));
    return features;
}

Result<FeatureTotals> featureTotals(Connection &connection)
{
    const auto rows = connection.query(
        "SELECT (SELECT count(*) FROM chrona_signal.feature), "
        "(SELECT count(*) FROM chrona_signal.feature_value), "
        "(SELECT CASE WHEN bool_and(refreshed_at IS NOT NULL) THEN min(refreshed_at) END "
        "FROM chrona_signal.definition WHERE is_enabled AND fault = '')");
    if (!rows)
        return std::unexpected(rows.error());
    const Row row = rows->first();
    return FeatureTotals{row.int64(0), row.int64(1), row.optionalInstant(2)};
}

Result<std::vector<FeatureValue>>
loadFeatureValues(Connection &connection, schema::FeatureId feature, const FeatureWindow &window)
{
    Conditions where;
    where.add("feature_id = ?", feature);
    if (window.from)
        where.add("bucket_at >= ?", *window.from);
    if (window.to)
        where.add("bucket_at < ?", *window.to);
    if (window.asOf)
        where.add("known_at <= ?", *window.asOf);
    const std::string sql =
        std::format("SELECT bucket_at, known_at, value, basis FROM chrona_signal.feature_value{} "
                    "ORDER BY bucket_at, known_at",
                    where.sql());
    const auto rows = connection.query(sql.c_str(), where.parameters());
    if (!rows)
        return std::unexpected(rows.error());
    std::vector<FeatureValue> values;
    values.reserve(rows->size());
    for (const Row row : *rows)
        values.push_back({feature, row.instant(0), row.instant(1), row.float64(2),
                          static_cast<schema::AvailabilityBasis>(row.int16(3))});
    return values;
}

Status forEachDiscoveryValue(Connection &connection, const FeatureValueSink &sink)
{
    return connection.copyOut(
        "COPY (SELECT v.feature_id, v.bucket_at, v.known_at, v.value, v.basis "
        "FROM chrona_signal.feature_value v JOIN chrona_signal.feature f ON f.id = v.feature_id "
        "JOIN chrona_signal.definition d ON d.key = f.definition "
        "WHERE d.in_discovery AND d.is_enabled AND f.frequency = 3 "
        "ORDER BY f.key, v.bucket_at, v.known_at) TO STDOUT (FORMAT binary)",
        [&sink](const CopyRow &row) {
            return sink({{row.int64(0)},
                         row.instant(1),
                         row.instant(2),
                         row.float64(3),
                         static_cast<schema::AvailabilityBasis>(row.int16(4))});
        });
}

Result<std::optional<Instant>> firstDiscoveryBucket(Connection &connection, Instant knownBy)
{
    // Feature by feature, so that the key is used and no value is read that is not asked for.
    return connection
        .query("SELECT min(first) FROM chrona_signal.feature f "
               "JOIN chrona_signal.definition d ON d.key = f.definition "
               "CROSS JOIN LATERAL (SELECT v.bucket_at AS first FROM chrona_signal.feature_value v "
               "WHERE v.feature_id = f.id AND v.known_at <= $1 ORDER BY v.bucket_at LIMIT 1) x "
               "WHERE d.in_discovery AND d.is_enabled AND f.frequency = 3",
               {knownBy})
        .transform([](const Rows &rows) -> std::optional<Instant> {
            const Row row = rows.first();
            return row.isNull(0) ? std::nullopt : std::optional(row.instant(0));
        });
}

} // namespace chrona::storage
