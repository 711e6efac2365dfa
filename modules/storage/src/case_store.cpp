// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/storage/case_store.h"

#include "case_rows.h"

#include <algorithm>
#include <format>
#include <unordered_map>

namespace chrona::storage {
namespace {

using schema::CaseItem;
using schema::CaseItemId;
using schema::CaseStep;
using schema::InvestigationId;
using schema::InvestigationState;
using schema::StepAction;
using ItemsById = std::unordered_map<CaseItemId, CaseItem>;

StepAction actionOf(const CaseItem *before, const CaseItem &after)
{
    if (!before)
        return StepAction::Added;
    if (before->removed != after.removed)
        return after.removed ? StepAction::Removed : StepAction::Restored;
    return StepAction::Changed;
}

/// The investigation is there and may be changed, or this edit begins it.
Status enter(Connection &connection, InvestigationId id, std::span<const CaseItem> items,
             Instant now)
{
    auto state = lockCase(connection, id);
    if (!state)
        return std::unexpected(state.error());
    if (!*state) {
        const bool begins = std::ranges::any_of(items, [id](const CaseItem &item) {
            return item.kind == schema::CaseItemKind::Case && item.id.value == id.value;
        });
        if (!begins)
            return fail(ErrorCode::NotFound, "there is no such investigation");
        if (auto made = insertCase(connection, id, now, now); !made)
            return made;
        state = lockCase(connection, id);
        if (!state)
            return std::unexpected(state.error());
    }
    if (**state == InvestigationState::Archived)
        return fail(ErrorCode::Denied, "an archived investigation is not changed",
                    "open it again first");
    return {};
}

/// Stores one edit where it may be, and tells what became of it.
Status applyEdit(Connection &connection, InvestigationId id, const CaseItem *stored,
                 const CaseItem &edit, Instant now, CaseEdits &edits)
{
    if (stored && (stored->kind != edit.kind || stored->from != edit.from || stored->to != edit.to))
        return fail(ErrorCode::InvalidInput, "an item does not become one of another kind");
    const Hash128 hash = schema::contentHashOf(edit);
    if (stored && schema::contentHashOf(*stored) == hash) {
        edits.items.push_back(*stored);
        return {};
    }
    if (stored && stored->revision != edit.revision) {
        edits.items.push_back(*stored);
        edits.stale.push_back(edit.id);
        return {};
    }
    CaseItem next = edit;
    next.revision = stored ? stored->revision + 1 : 1;
    next.createdAt = stored ? stored->createdAt : now;
    next.changedAt = now;
    if (auto done = storeItem(connection, id, next); !done)
        return done;
    edits.steps.push_back({now, next.id, next.kind, actionOf(stored, next), next.revision, hash,
                           schema::summaryOf(next)});
    edits.items.push_back(std::move(next));
    return {};
}

std::string pattern(const std::string &text)
{
    std::string escaped = "%";
    for (const char c : text) {
        if (c == '%' || c == '_' || c == '\\')
            escaped += '\\';
        escaped += c;
    }
    return escaped + "%";
}

Result<std::vector<schema::CaseEvidence>> loadEvidence(Connection &connection, InvestigationId id)
{
    const auto rows = connection.query(
        "SELECT hash, content, taken_at, source, attribution, licence, redistribution, synthetic "
        "FROM chrona_case.evidence WHERE investigation_id = $1 ORDER BY taken_at, hash",
        {id});
    if (!rows)
        return std::unexpected(rows.error());
    std::vector<schema::CaseEvidence> all;
    for (const Row row : *rows)
        all.push_back({row.hash128(0), row.string(1), row.instant(2), row.string(3), row.string(4),
                       row.string(5), static_cast<schema::Redistribution>(row.int16(6)),
                       row.boolean(7)});
    return all;
}

} // namespace

Result<std::vector<CaseListEntry>> listCases(Connection &connection, const CaseListQuery &query)
{
    const auto rows = connection.query(
        "SELECT c.id, c.state, c.created_at, c.updated_at, h.title, h.tags, "
        "count(*) FILTER (WHERE i.kind = 1), count(*) FILTER (WHERE i.kind = 2), "
        "count(*) FILTER (WHERE i.kind = 3) FROM chrona_case.investigation c "
        "JOIN chrona_case.item h ON h.investigation_id = c.id AND h.id = c.id "
        "LEFT JOIN chrona_case.item i ON i.investigation_id = c.id AND NOT i.removed "
        "WHERE (c.state = 0 OR $1) AND ($2 = '' OR EXISTS (SELECT FROM chrona_case.item t "
        "WHERE t.investigation_id = c.id AND NOT t.removed AND concat_ws(' ', t.title, t.body, "
        "t.label, t.query, array_to_string(t.tags, ' ')) ILIKE $3)) "
        "GROUP BY c.id, h.title, h.tags ORDER BY c.updated_at DESC, c.id",
        {query.withArchived, query.text, pattern(query.text)});
    if (!rows)
        return std::unexpected(rows.error());
    std::vector<CaseListEntry> cases;
    for (const Row row : *rows)
        cases.push_back({{row.int64(0)},
                         static_cast<InvestigationState>(row.int16(1)),
                         row.instant(2),
                         row.instant(3),
                         row.string(4),
                         row.strings(5),
                         static_cast<std::uint32_t>(row.int64(6)),
                         static_cast<std::uint32_t>(row.int64(7)),
                         static_cast<std::uint32_t>(row.int64(8))});
    return cases;
}

Result<std::vector<CaseItemHit>> findCaseItems(Connection &connection, const CaseListQuery &query,
                                               std::uint32_t limit)
{
    const auto rows = connection.query(
        "SELECT i.investigation_id, " CHRONA_CASE_ITEM_COLUMNS " FROM chrona_case.item i "
        "JOIN chrona_case.investigation c ON c.id = i.investigation_id AND (c.state = 0 OR $1) "
        "WHERE NOT i.removed AND concat_ws(' ', i.title, i.body, i.label, i.query, "
        "array_to_string(i.tags, ' ')) ILIKE $2 ORDER BY i.changed_at DESC, i.id LIMIT $3",
        {query.withArchived, pattern(query.text), std::int64_t{limit}});
    if (!rows)
        return std::unexpected(rows.error());
    std::vector<CaseItemHit> hits;
    for (const Row row : *rows)
        hits.push_back({{row.int64(0)}, itemFrom(row, 1)});
    return hits;
}

Result<schema::Investigation> loadCase(Connection &connection, InvestigationId id)
{
    const auto rows = connection.query(
        "SELECT state, created_at, updated_at FROM chrona_case.investigation WHERE id = $1", {id});
    if (!rows)
        return std::unexpected(rows.error());
    if (rows->isEmpty())
        return fail(ErrorCode::NotFound, "there is no such investigation");
    schema::Investigation investigation;
    investigation.id = id;
    investigation.state = static_cast<InvestigationState>(rows->first().int16(0));
    investigation.createdAt = rows->first().instant(1);
    investigation.updatedAt = rows->first().instant(2);
    auto items = loadItems(connection, id);
    if (!items)
        return std::unexpected(items.error());
    auto evidence = loadEvidence(connection, id);
    if (!evidence)
        return std::unexpected(evidence.error());
    auto steps = loadSteps(connection, id);
    if (!steps)
        return std::unexpected(steps.error());
    investigation.items = std::move(*items);
    investigation.evidence = std::move(*evidence);
    investigation.steps = std::move(*steps);
    return investigation;
}

Result<std::vector<CaseItem>> loadCaseItems(Connection &connection, InvestigationId id,
                                            std::span<const CaseItemId> ids)
{
    std::vector<std::int64_t> numbers;
    for (const CaseItemId one : ids)
        numbers.push_back(one.value);
    const auto rows =
        connection.query("SELECT " CHRONA_CASE_ITEM_COLUMNS " FROM chrona_case.item i "
                         "WHERE i.investigation_id = $1 AND i.id = ANY ($2)",
                         {id, numbers});
    if (!rows)
        return std::unexpected(rows.error());
    std::vector<CaseItem> items;
    for (const Row row : *rows)
        items.push_back(itemFrom(row));
    return items;
}

Result<CaseEdits> editCase(Connection &connection, InvestigationId id,
                           std::span<const CaseItem> items, Instant now)
{
    auto transaction = JoinedTransaction::begin(connection);
    if (!transaction)
        return std::unexpected(transaction.error());
    if (auto entered = enter(connection, id, items, now); !entered)
        return std::unexpected(entered.error());
    std::vector<CaseItemId> ids;
    for (const CaseItem &item : items)
        ids.push_back(item.id);
    auto known = loadCaseItems(connection, id, ids);
    if (!known)
        return std::unexpected(known.error());
    ItemsById stored;
    for (CaseItem &item : *known)
        stored.emplace(item.id, std::move(item));
    CaseEdits edits;
    for (const CaseItem &item : items) {
        const auto found = stored.find(item.id);
        if (auto done = applyEdit(connection, id, found == stored.end() ? nullptr : &found->second,
                                  item, now, edits);
            !done)
            return std::unexpected(done.error());
    }
    if (!edits.steps.empty()) {
        if (auto done = storeSteps(connection, id, edits.steps); !done)
            return std::unexpected(done.error());
        if (auto done = touchCase(connection, id, now); !done)
            return std::unexpected(done.error());
    }
    if (auto done = transaction->commit(); !done)
        return std::unexpected(done.error());
    return edits;
}

Status storeCaseEvidence(Connection &connection, InvestigationId id,
                         std::span<const schema::CaseEvidence> evidence)
{
    for (const schema::CaseEvidence &one : evidence) {
        const auto done = connection.exec(
            "INSERT INTO chrona_case.evidence AS e (investigation_id, hash, content, taken_at, "
            "source, attribution, licence, redistribution, synthetic) VALUES ($1, $2, $3, $4, $5, "
            "$6, $7, $8, $9) ON CONFLICT (investigation_id, hash) DO UPDATE SET content = $3, "
            "redistribution = $8 WHERE e.content = '' AND $3 <> ''",
            {id, one.hash, one.content, one.takenAt, one.source, one.attribution, one.licence,
             static_cast<std::int16_t>(one.redistribution), one.synthetic});
        if (!done)
            return std::unexpected(done.error());
    }
    return {};
}

Status setCaseState(Connection &connection, InvestigationId id, InvestigationState state,
                    Instant now)
{
    const auto done = connection.exec(
        "UPDATE chrona_case.investigation SET state = $2, updated_at = $3 WHERE id = $1",
        {id, static_cast<std::int16_t>(state), now});
    if (!done)
        return std::unexpected(done.error());
    if (*done == 0)
        return fail(ErrorCode::NotFound, "there is no such investigation");
    return {};
}

} // namespace chrona::storage
