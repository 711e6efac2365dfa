// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/storage/enrichment_store.h"

#include "chrona/schema/source.h"

#include <algorithm>
#include <format>

namespace chrona::storage {
namespace {

constexpr int kTriesMax = 3;

constexpr auto kForbidden = static_cast<std::int16_t>(schema::Redistribution::Forbidden);

constexpr const char *kItemColumns =
    "e.id, e.observed_at, e.title, e.summary, "
    "coalesce(e.attributes->>'first_published_by', e.attributes->>'publisher', ''), "
    "coalesce(m.novelty, 1::real), c.value, coalesce(n.tries, 0::int2), "
    "coalesce(s.redistribution, -1::int2), t.value";

constexpr const char *kItemJoins =
    "LEFT JOIN chrona_world.correction c ON c.event_id = e.id AND c.kind = 3 "
    "LEFT JOIN chrona_world.correction t ON t.event_id = e.id AND t.kind = 0 "
    "LEFT JOIN chrona_world.source s ON s.id = e.source_id ";

EnrichmentItem readEnrichmentItem(const Row &row)
{
    EnrichmentItem item;
    item.event = {row.int64(0)};
    item.observedAt = row.instant(1);
    item.title = row.string(2);
    item.summary = row.string(3);
    item.publisher = row.string(4);
    item.novelty = row.float32(5);
    if (!row.isNull(6))
        item.saidRelevant = row.text(6) == "relevant";
    item.tries = row.int16(7);
    item.mayLeave = row.int16(8) >= 0 && row.int16(8) != kForbidden;
    if (!row.isNull(9))
        item.saidTopic = schema::topicFrom(row.text(9));
    return item;
}

Result<std::vector<EnrichmentItem>> readEnrichmentItems(Result<Rows> rows)
{
    if (!rows)
        return std::unexpected(rows.error());
    std::vector<EnrichmentItem> items;
    for (const Row row : *rows)
        items.push_back(readEnrichmentItem(row));
    return items;
}

StoredVector readVector(const Row &row)
{
    StoredVector found{row.int64(0), {row.int64(1)}, row.instant(2), {}};
    for (const std::byte one : row.bytes(3))
        found.vector.push_back(static_cast<std::int8_t>(one));
    return found;
}

Result<std::optional<ModelAnswer>> readAnswer(Result<Rows> rows)
{
    if (!rows)
        return std::unexpected(rows.error());
    if (rows->isEmpty())
        return std::nullopt;
    const Row row = rows->first();
    return ModelAnswer{row.hash128(0), row.string(1),  row.string(2),
                       row.string(3),  row.strings(4), row.instant(5)};
}

Instant hourOf(Instant now)
{
    return std::chrono::floor<std::chrono::hours>(now);
}

ModelSpending readSpending(const Row &row, int first)
{
    return {row.int64(first), row.int64(first + 1), row.int64(first + 2), row.int64(first + 3)};
}

} // namespace

Result<std::vector<EnrichmentItem>> loadUndecided(Connection &connection, Instant from,
                                                  std::uint32_t limit)
{
    const std::string sql = std::format(
        "SELECT {} FROM chrona_world.cluster_member m JOIN chrona_world.event e "
        "ON e.id = m.event_id AND e.observed_at = m.observed_at "
        "LEFT JOIN chrona_world.enrichment n ON n.event_id = e.id {}"
        "WHERE m.observed_at >= $1 AND e.state <> 2 AND (n.event_id IS NULL OR n.state = 1) "
        "ORDER BY m.observed_at DESC, m.event_id LIMIT $2",
        kItemColumns, kItemJoins);
    return readEnrichmentItems(connection.query(sql.c_str(), {from, std::int64_t{limit}}));
}

Result<std::vector<EnrichmentItem>> loadWaiting(Connection &connection, std::uint32_t limit)
{
    const std::string sql =
        std::format("SELECT {} FROM chrona_world.enrichment n JOIN chrona_world.event e "
                    "ON e.id = n.event_id AND e.observed_at = n.observed_at "
                    "LEFT JOIN chrona_world.cluster_member m ON m.event_id = e.id {}"
                    "WHERE n.state = 2 ORDER BY n.observed_at DESC, n.event_id LIMIT $1",
                    kItemColumns, kItemJoins);
    return readEnrichmentItems(connection.query(sql.c_str(), {std::int64_t{limit}}));
}

Status saveDecisions(Connection &connection, std::span<const EnrichmentDecision> decisions,
                     Instant now)
{
    std::vector<std::int64_t> events;
    std::vector<Instant> times;
    std::vector<std::int16_t> states;
    std::vector<double> relevance, novelty;
    for (const EnrichmentDecision &decision : decisions) {
        events.push_back(decision.event.value);
        times.push_back(decision.observedAt);
        states.push_back(static_cast<std::int16_t>(decision.state));
        relevance.push_back(double(decision.relevance));
        novelty.push_back(double(decision.novelty));
    }
    return connection
        .exec("INSERT INTO chrona_world.enrichment (event_id, observed_at, state, relevance, "
              "novelty, decided_at) SELECT a.event, a.at, a.state, a.relevance, a.novelty, $6 "
              "FROM unnest($1::int8[], $2::timestamptz[], $3::int2[], $4::float8[], $5::float8[]) "
              "AS a(event, at, state, relevance, novelty) ON CONFLICT (event_id) DO UPDATE SET "
              "(state, relevance, novelty, decided_at) = (EXCLUDED.state, EXCLUDED.relevance, "
              "EXCLUDED.novelty, EXCLUDED.decided_at)",
              {events, times, states, relevance, novelty, now})
        .transform([](std::int64_t) {});
}

Status saveResults(Connection &connection, std::span<const EnrichmentResult> results)
{
    auto transaction = JoinedTransaction::begin(connection);
    if (!transaction)
        return std::unexpected(transaction.error());
    for (const EnrichmentResult &result : results) {
        const auto moved = connection.exec(
            "UPDATE chrona_world.enrichment SET tries = tries + 1, state = CASE WHEN NOT $2 THEN 3 "
            "WHEN tries + 1 >= $3 THEN 4 ELSE 2 END, asked = coalesce($4, asked) "
            "WHERE event_id = $1",
            {result.event, result.failed, std::int32_t{kTriesMax}, result.asked});
        if (!moved)
            return std::unexpected(moved.error());
        for (const auto &[model, vector] : result.vectors) {
            const auto stored = connection.exec(
                "INSERT INTO chrona_world.embedding (event_id, model, observed_at, vector) "
                "VALUES ($1, $2, $3, $4) ON CONFLICT (event_id, model) DO UPDATE SET "
                "number = DEFAULT, observed_at = EXCLUDED.observed_at, vector = EXCLUDED.vector",
                {result.event, model, result.observedAt, std::as_bytes(std::span(vector))});
            if (!stored)
                return std::unexpected(stored.error());
        }
    }
    return transaction->commit();
}

Result<EnrichmentCounts> countEnrichment(Connection &connection, Instant now)
{
    const auto rows = connection.query(
        "SELECT (SELECT count(*) FROM chrona_world.enrichment WHERE state = 2), "
        "(SELECT count(*) FROM chrona_world.enrichment WHERE state = 1), "
        "(SELECT count(*) FROM chrona_world.enrichment WHERE state IN (2, 3, 4) AND decided_at > "
        "$1), (SELECT count(*) FROM chrona_world.enrichment WHERE state = 0 AND decided_at > $1), "
        "(SELECT count(*) FROM (SELECT FROM chrona_world.embedding LIMIT 100000) v)",
        {now - std::chrono::hours(24)});
    if (!rows)
        return std::unexpected(rows.error());
    const Row row = rows->first();
    return EnrichmentCounts{row.int64(0), row.int64(1), row.int64(2), row.int64(3), row.int64(4)};
}

Result<std::vector<StoredVector>> loadVectors(Connection &connection, const std::string &model,
                                              std::int64_t after, std::uint32_t limit)
{
    const auto rows = connection.query(
        "SELECT * FROM (SELECT number, event_id, observed_at, vector FROM chrona_world.embedding "
        "WHERE model = $1 AND number > $2 ORDER BY number DESC LIMIT $3) latest ORDER BY number",
        {model, after, std::int64_t{limit}});
    if (!rows)
        return std::unexpected(rows.error());
    std::vector<StoredVector> vectors;
    for (const Row row : *rows)
        vectors.push_back(readVector(row));
    return vectors;
}

Result<std::optional<StoredVector>> loadVector(Connection &connection, const std::string &model,
                                               schema::EventId event)
{
    const auto rows =
        connection.query("SELECT number, event_id, observed_at, vector FROM chrona_world.embedding "
                         "WHERE model = $1 AND event_id = $2",
                         {model, event});
    if (!rows)
        return std::unexpected(rows.error());
    return rows->isEmpty() ? std::nullopt : std::optional(readVector(rows->first()));
}

Result<std::optional<ModelAnswer>> findAnswer(Connection &connection, const Hash128 &asked)
{
    return readAnswer(connection.query("SELECT asked, model, topic, line, entities, made_at "
                                       "FROM chrona_world.model_answer WHERE asked = $1",
                                       {asked}));
}

Result<std::optional<ModelAnswer>> findAnswer(Connection &connection, schema::EventId event)
{
    return readAnswer(
        connection.query("SELECT a.asked, a.model, a.topic, a.line, a.entities, a.made_at "
                         "FROM chrona_world.enrichment n JOIN chrona_world.model_answer a "
                         "ON a.asked = n.asked WHERE n.event_id = $1",
                         {event}));
}

Status saveAnswer(Connection &connection, const ModelAnswer &answer)
{
    return connection
        .exec(
            "INSERT INTO chrona_world.model_answer (asked, model, topic, line, entities, "
            "made_at) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (asked) DO NOTHING",
            {answer.asked, answer.model, answer.topic, answer.line, answer.entities, answer.madeAt})
        .transform([](std::int64_t) {});
}

Status addSpending(Connection &connection, Instant now, const ModelSpending &more)
{
    return connection
        .exec("INSERT INTO chrona_ops.model_spending AS s (hour, calls, tokens, cache_hits, "
              "refused) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (hour) DO UPDATE SET "
              "(calls, tokens, cache_hits, refused) = (s.calls + EXCLUDED.calls, "
              "s.tokens + EXCLUDED.tokens, s.cache_hits + EXCLUDED.cache_hits, "
              "s.refused + EXCLUDED.refused)",
              {hourOf(now), more.calls, more.tokens, more.cacheHits, more.refused})
        .transform([](std::int64_t) {});
}

Result<ModelSpendings> loadSpending(Connection &connection, Instant now)
{
    const auto rows =
        connection.query("SELECT coalesce(sum(calls) FILTER (WHERE hour = $1), 0)::int8, "
                         "coalesce(sum(tokens) FILTER (WHERE hour = $1), 0)::int8, "
                         "coalesce(sum(cache_hits) FILTER (WHERE hour = $1), 0)::int8, "
                         "coalesce(sum(refused) FILTER (WHERE hour = $1), 0)::int8, "
                         "coalesce(sum(calls), 0)::int8, coalesce(sum(tokens), 0)::int8, "
                         "coalesce(sum(cache_hits), 0)::int8, coalesce(sum(refused), 0)::int8 "
                         "FROM chrona_ops.model_spending WHERE hour >= $2",
                         {hourOf(now), Instant(std::chrono::floor<std::chrono::days>(now))});
    if (!rows)
        return std::unexpected(rows.error());
    return ModelSpendings{readSpending(rows->first(), 0), readSpending(rows->first(), 4)};
}

Status forgetEnrichment(Connection &connection, Instant now)
{
    using std::chrono::days;
    const std::pair<const char *, Instant> steps[] = {
        {"DELETE FROM chrona_world.enrichment WHERE observed_at < $1", now - days(90)},
        {"DELETE FROM chrona_world.embedding WHERE observed_at < $1", now - days(90)},
        {"DELETE FROM chrona_world.model_answer WHERE made_at < $1", now - days(30)},
        {"DELETE FROM chrona_ops.model_spending WHERE hour < $1", now - days(30)},
    };
    for (const auto &[sql, before] : steps)
        if (const auto done = connection.exec(sql, {before}); !done)
            return std::unexpected(done.error());
    return {};
}

} // namespace chrona::storage
