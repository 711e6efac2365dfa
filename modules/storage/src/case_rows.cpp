// SPDX-License-Identifier: AGPL-3.0-or-later
#include "case_rows.h"

namespace chrona::storage {

using schema::CaseItem;
using schema::CaseStep;
using schema::InvestigationId;

namespace {

std::optional<double> side(const schema::PinTarget &target, double schema::GeoBox::*which)
{
    return target.box ? std::optional((*target.box).*which) : std::nullopt;
}

Status asStatus(const Result<std::int64_t> &rows)
{
    if (!rows)
        return std::unexpected(rows.error());
    return {};
}

std::int16_t small(auto value)
{
    return static_cast<std::int16_t>(value);
}

} // namespace

CaseItem itemFrom(const Row &row, int first)
{
    int at = first;
    CaseItem item;
    item.id = {row.int64(at++)};
    item.kind = static_cast<schema::CaseItemKind>(row.int16(at++));
    item.revision = static_cast<std::uint32_t>(row.int64(at++));
    item.removed = row.boolean(at++);
    item.createdAt = row.instant(at++);
    item.changedAt = row.instant(at++);
    item.title = row.string(at++);
    item.text = row.string(at++);
    item.tags = row.strings(at++);
    schema::PinTarget &target = item.target;
    target.kind = static_cast<schema::PinKind>(row.int16(at++));
    target.id = row.int64(at++);
    target.key = row.string(at++);
    target.label = row.string(at++);
    target.query = row.string(at++);
    target.begin = row.optionalInstant(at++);
    target.end = row.optionalInstant(at++);
    if (!row.isNull(at))
        target.box = {row.float64(at), row.float64(at + 1), row.float64(at + 2),
                      row.float64(at + 3)};
    at += 4;
    target.types = static_cast<std::uint32_t>(row.int64(at++));
    item.from = {row.int64(at++)};
    item.to = {row.int64(at++)};
    item.bearing = static_cast<schema::Bearing>(row.int16(at++));
    item.strength = row.float32(at++);
    item.confidence = row.float32(at++);
    item.x = row.float32(at++);
    item.y = row.float32(at++);
    item.evidence = row.hash128(at++);
    item.copyOf = {row.int64(at++)};
    item.withheld = row.boolean(at++);
    return item;
}

Status storeItem(Connection &connection, InvestigationId id, const CaseItem &item)
{
    const schema::PinTarget &target = item.target;
    return asStatus(connection.exec(
        "INSERT INTO chrona_case.item (investigation_id, id, kind, revision, removed, created_at, "
        "changed_at, hash, title, body, tags, pin_kind, target_id, target_key, label, query, "
        "window_begin, window_end, west, south, east, north, event_types, from_item, to_item, "
        "bearing, strength, confidence, x, y, evidence, copy_of, withheld) VALUES ($1, $2, $3, $4, "
        "$5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, "
        "$24, $25, $26, $27, $28, $29, $30, $31, $32, $33) ON CONFLICT (investigation_id, id) DO "
        "UPDATE SET revision = $4, removed = $5, changed_at = $7, hash = $8, title = $9, "
        "body = $10, tags = $11, pin_kind = $12, target_id = $13, target_key = $14, label = $15, "
        "query = $16, window_begin = $17, window_end = $18, west = $19, south = $20, east = $21, "
        "north = $22, event_types = $23, bearing = $26, strength = $27, confidence = $28, x = $29, "
        "y = $30, evidence = $31, copy_of = $32, withheld = $33",
        {id,
         item.id,
         small(item.kind),
         std::int64_t{item.revision},
         item.removed,
         item.createdAt,
         item.changedAt,
         schema::contentHashOf(item),
         item.title,
         item.text,
         item.tags,
         small(target.kind),
         target.id,
         target.key,
         target.label,
         target.query,
         target.begin,
         target.end,
         side(target, &schema::GeoBox::west),
         side(target, &schema::GeoBox::south),
         side(target, &schema::GeoBox::east),
         side(target, &schema::GeoBox::north),
         std::int64_t{target.types},
         item.from,
         item.to,
         small(item.bearing),
         item.strength,
         item.confidence,
         item.x,
         item.y,
         item.evidence,
         item.copyOf,
         item.withheld}));
}

Status storeSteps(Connection &connection, InvestigationId id, const std::vector<CaseStep> &steps)
{
    std::vector<std::int64_t> items, revisions;
    std::vector<std::int16_t> kinds, actions;
    std::vector<Instant> times;
    std::vector<Hash128> hashes;
    std::vector<std::string> summaries;
    for (const CaseStep &step : steps) {
        items.push_back(step.item.value);
        times.push_back(step.at);
        kinds.push_back(small(step.kind));
        actions.push_back(small(step.action));
        revisions.push_back(step.revision);
        hashes.push_back(step.hash);
        summaries.push_back(step.summary);
    }
    return asStatus(connection.exec(
        "INSERT INTO chrona_case.step (investigation_id, item_id, at, kind, action, revision, "
        "hash, summary) SELECT $1, * FROM unnest($2::int8[], $3::timestamptz[], $4::int2[], "
        "$5::int2[], $6::int8[], $7::bytea[], $8::text[]) ON CONFLICT DO NOTHING",
        {id, items, times, kinds, actions, revisions, hashes, summaries}));
}

Result<std::vector<CaseStep>> loadSteps(Connection &connection, InvestigationId id)
{
    const auto rows = connection.query(
        "SELECT at, item_id, kind, action, revision, hash, summary FROM chrona_case.step "
        "WHERE investigation_id = $1 ORDER BY at, item_id, revision, hash",
        {id});
    if (!rows)
        return std::unexpected(rows.error());
    std::vector<CaseStep> steps;
    steps.reserve(rows->size());
    for (const Row row : *rows)
        steps.push_back({row.instant(0),
                         {row.int64(1)},
                         static_cast<schema::CaseItemKind>(row.int16(2)),
                         static_cast<schema::StepAction>(row.int16(3)),
                         static_cast<std::uint32_t>(row.int64(4)),
                         row.hash128(5),
                         row.string(6)});
    return steps;
}

Result<std::vector<CaseItem>> loadItems(Connection &connection, InvestigationId id)
{
    const auto rows =
        connection.query("SELECT " CHRONA_CASE_ITEM_COLUMNS " FROM chrona_case.item i "
                         "WHERE i.investigation_id = $1 ORDER BY i.created_at, i.id",
                         {id});
    if (!rows)
        return std::unexpected(rows.error());
    std::vector<CaseItem> items;
    items.reserve(rows->size());
    for (const Row row : *rows)
        items.push_back(itemFrom(row));
    return items;
}

Result<std::optional<schema::InvestigationState>> lockCase(Connection &connection,
                                                           InvestigationId id)
{
    const auto rows = connection.query(
        "SELECT state FROM chrona_case.investigation WHERE id = $1 FOR UPDATE", {id});
    if (!rows)
        return std::unexpected(rows.error());
    if (rows->isEmpty())
        return std::nullopt;
    return static_cast<schema::InvestigationState>(rows->first().int16(0));
}

Status insertCase(Connection &connection, InvestigationId id, Instant createdAt, Instant now)
{
    // Two who begin the same one at once: the later waits here and then finds it.
    return asStatus(
        connection.exec("INSERT INTO chrona_case.investigation (id, state, created_at, updated_at) "
                        "VALUES ($1, 0, $2, $3) ON CONFLICT (id) DO NOTHING",
                        {id, createdAt, now}));
}

Status touchCase(Connection &connection, InvestigationId id, Instant now)
{
    return asStatus(connection.exec(
        "UPDATE chrona_case.investigation SET updated_at = $2 WHERE id = $1", {id, now}));
}

} // namespace chrona::storage
