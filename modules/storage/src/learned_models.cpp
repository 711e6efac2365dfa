// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/storage/correction_store.h"

namespace chrona::storage {
namespace {

LearnedModel readModel(const Row &row)
{
    LearnedModel model;
    model.name = row.string(0);
    model.madeAt = row.instant(1);
    model.corrections = row.int64(2);
    model.examples = row.int64(3);
    model.labels = row.int64(4);
    model.score = row.float64(5);
    model.baseline = row.float64(6);
    model.isUsed = row.boolean(7);
    return model;
}

} // namespace

Status saveModel(Connection &connection, const LearnedModel &model)
{
    return connection
        .exec("INSERT INTO chrona_world.learned_model (name, made_at, corrections, examples, "
              "labels, score, baseline, is_used, bytes) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, "
              "$9) ON CONFLICT (name) DO UPDATE SET (made_at, corrections, examples, labels, "
              "score, baseline, is_used, bytes) = (EXCLUDED.made_at, EXCLUDED.corrections, "
              "EXCLUDED.examples, EXCLUDED.labels, EXCLUDED.score, EXCLUDED.baseline, "
              "EXCLUDED.is_used, EXCLUDED.bytes)",
              {model.name, model.madeAt, model.corrections, model.examples, model.labels,
               model.score, model.baseline, model.isUsed, std::as_bytes(std::span(model.bytes))})
        .transform([](std::int64_t) {});
}

Status removeModel(Connection &connection, const std::string &name)
{
    return connection.exec("DELETE FROM chrona_world.learned_model WHERE name = $1", {name})
        .transform([](std::int64_t) {});
}

Result<std::optional<LearnedModel>> loadModel(Connection &connection, const std::string &name)
{
    const auto rows = connection.query(
        "SELECT name, made_at, corrections, examples, labels, score, baseline, is_used, bytes "
        "FROM chrona_world.learned_model WHERE name = $1",
        {name});
    if (!rows)
        return std::unexpected(rows.error());
    if (rows->isEmpty())
        return std::nullopt;
    LearnedModel model = readModel(rows->first());
    const auto bytes = rows->first().bytes(8);
    model.bytes.assign(reinterpret_cast<const char *>(bytes.data()), bytes.size());
    return model;
}

Result<std::vector<LearnedModel>> loadModelScores(Connection &connection)
{
    const auto rows = connection.query(
        "SELECT name, made_at, corrections, examples, labels, score, baseline, is_used "
        "FROM chrona_world.learned_model ORDER BY name");
    if (!rows)
        return std::unexpected(rows.error());
    std::vector<LearnedModel> models;
    for (const Row row : *rows)
        models.push_back(readModel(row));
    return models;
}

} // namespace chrona::storage
