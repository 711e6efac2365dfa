// SPDX-License-Identifier: AGPL-3.0-or-later
#include "case_evidence.h"
#include "database_work.h"
#include "duties.h"
#include "handlers.h"

#include "chrona/base/clock.h"
#include "chrona/schema/investigation.h"
#include "chrona/storage/case_store.h"

#include <algorithm>
#include <format>
#include <unordered_set>

namespace chrona::service {
namespace {

using schema::CaseEvidence;
using schema::CaseItem;
using schema::CaseItemKind;

constexpr std::size_t kSearchBytesMax = 500;

Result<ipc::CasesReply> listFor(storage::Connection &connection, const ipc::CasesRequest &asked)
{
    if (asked.text.size() > kSearchBytesMax)
        return fail(ErrorCode::InvalidInput, "that is too long to be searched for");
    const storage::CaseListQuery query{asked.withArchived, asked.text};
    auto cases = storage::listCases(connection, query);
    if (!cases)
        return std::unexpected(cases.error());
    ipc::CasesReply reply;
    for (storage::CaseListEntry &one : *cases)
        reply.cases.push_back({one.id, std::move(one.title), one.state, std::move(one.tags),
                               one.createdAt, one.updatedAt, one.pins, one.notes, one.hypotheses});
    if (asked.text.empty())
        return reply;
    const auto hits = storage::findCaseItems(connection, query);
    if (!hits)
        return std::unexpected(hits.error());
    for (const storage::CaseItemHit &hit : *hits)
        reply.hits.push_back(
            {hit.investigation, hit.item.id, hit.item.kind, schema::summaryOf(hit.item)});
    return reply;
}

Status checkEdit(const ipc::CaseEdit &asked)
{
    if (asked.investigation.value <= 0 || asked.items.size() > ipc::CaseEdit::kItemsMax)
        return fail(ErrorCode::InvalidInput, "no investigation, or too many items at once");
    std::unordered_set<schema::CaseItemId> ids;
    for (const CaseItem &item : asked.items) {
        const bool isHead = item.id.value == asked.investigation.value;
        if (const auto faults = schema::validate(item); !faults.empty())
            return fail(ErrorCode::InvalidInput,
                        std::format("item {}: {}", item.id.value, schema::describe(faults)));
        if (isHead != (item.kind == CaseItemKind::Case) || (isHead && item.removed))
            return fail(ErrorCode::InvalidInput, "an investigation has one head, and keeps it");
        if (!ids.insert(item.id).second)
            return fail(ErrorCode::InvalidInput, "an item comes twice in one edit");
    }
    return {};
}

enum class Evidence : std::uint8_t { WhereMissing, Anew };

/// Gives pins their evidence, and what was taken.
Result<std::vector<CaseEvidence>> addEvidence(storage::Connection &connection,
                                              std::vector<CaseItem> &items, Evidence which,
                                              Instant now)
{
    std::vector<CaseEvidence> taken;
    for (CaseItem &item : items) {
        const bool isMissing = item.evidence == Hash128{};
        if (item.kind != CaseItemKind::Pin || item.removed || item.withheld ||
            (which == Evidence::WhereMissing && !isMissing))
            continue;
        auto evidence = takeEvidence(connection, item.target, now);
        if (!evidence)
            return std::unexpected(evidence.error());
        if (!*evidence)
            continue;
        item.evidence = (*evidence)->hash;
        taken.push_back(std::move(**evidence));
    }
    return taken;
}

Result<ipc::CaseEditReply> editWith(storage::Connection &connection, schema::InvestigationId id,
                                    std::vector<CaseItem> items, Evidence which)
{
    const Instant now = SystemClock().now();
    auto transaction = storage::Transaction::begin(connection);
    if (!transaction)
        return std::unexpected(transaction.error());
    auto evidence = addEvidence(connection, items, which, now);
    if (!evidence)
        return std::unexpected(evidence.error());
    auto edits = storage::editCase(connection, id, items, now);
    if (!edits)
        return std::unexpected(edits.error());
    if (auto done = storage::storeCaseEvidence(connection, id, *evidence); !done)
        return std::unexpected(done.error());
    if (auto done = transaction->commit(); !done)
        return std::unexpected(done.error());
    return ipc::CaseEditReply{std::move(edits->items), std::move(edits->stale),
                              std::move(*evidence), std::move(edits->steps)};
}

Result<ipc::CaseEditReply> snapshot(storage::Connection &connection, const ipc::CaseSnapshot &asked)
{
    auto investigation = storage::loadCase(connection, asked.investigation);
    if (!investigation)
        return std::unexpected(investigation.error());
    std::vector<CaseItem> pins;
    for (CaseItem &item : investigation->items)
        if (item.kind == CaseItemKind::Pin && !item.removed &&
            (asked.pins.empty() || std::ranges::contains(asked.pins, item.id)))
            pins.push_back(std::move(item));
    return editWith(connection, asked.investigation, std::move(pins), Evidence::Anew);
}

Result<ipc::CaseImportReply> mergeFrom(storage::Connection &connection,
                                       const schema::Investigation &from)
{
    if (const auto faults = schema::validate(from); !faults.empty())
        return fail(ErrorCode::InvalidInput,
                    "the investigation is not sound: " + schema::describe(faults));
    return storage::mergeCase(connection, from, SystemClock().now())
        .transform([](const storage::CaseMerge &merged) {
            return ipc::CaseImportReply{merged.added, merged.updated, merged.kept, merged.copies};
        });
}

} // namespace

void Handlers::handle(ipc::CasesRequest request, Responder<ipc::CasesRequest> responder)
{
    answerFrom(m_parts.database, m_parts.workers, responder,
               [asked = std::move(request), &duties = m_parts.duties,
                stop = responder.stopToken()](storage::Connection &connection)
                   -> Result<ipc::CasesReply> {
                   if (asked.text.size() <= kSearchBytesMax && asked.byMeaning &&
                       !asked.text.empty())
                       return duties.similarItems(connection, asked, stop);
                   return listFor(connection, asked);
               });
}

void Handlers::handle(ipc::CaseOpen request, Responder<ipc::CaseOpen> responder)
{
    answerFrom(m_parts.database, m_parts.workers, std::move(responder),
               [id = request.id](storage::Connection &connection) {
                   return storage::loadCase(connection, id).transform([](auto investigation) {
                       return ipc::CaseReply{std::move(investigation)};
                   });
               });
}

void Handlers::handle(ipc::CaseEdit request, Responder<ipc::CaseEdit> responder)
{
    if (const Status sound = checkEdit(request); !sound)
        return responder.fail(sound.error());
    answerFrom(
        m_parts.database, m_parts.workers, std::move(responder),
        [asked = std::move(request), &tell = m_parts.tellCase](storage::Connection &connection) {
            const schema::InvestigationId id = asked.investigation;
            auto reply = editWith(connection, id, asked.items, Evidence::WhereMissing);
            if (reply && !reply->steps.empty())
                tell({id, reply->items, reply->evidence, reply->steps});
            return reply;
        });
}

void Handlers::handle(ipc::CaseSnapshot request, Responder<ipc::CaseSnapshot> responder)
{
    answerFrom(
        m_parts.database, m_parts.workers, std::move(responder),
        [asked = std::move(request), &tell = m_parts.tellCase](storage::Connection &connection) {
            auto reply = snapshot(connection, asked);
            if (reply && !reply->steps.empty())
                tell({asked.investigation, reply->items, reply->evidence, reply->steps});
            return reply;
        });
}

void Handlers::handle(ipc::CaseArchive request, Responder<ipc::CaseArchive> responder)
{
    answerFrom(m_parts.database, m_parts.workers, std::move(responder),
               [asked = request,
                &tell = m_parts.tellCase](storage::Connection &connection) -> Result<ipc::Done> {
                   const auto state = asked.archived ? schema::InvestigationState::Archived
                                                     : schema::InvestigationState::Open;
                   const auto done = storage::setCaseState(connection, asked.investigation, state,
                                                           SystemClock().now());
                   if (!done)
                       return std::unexpected(done.error());
                   tell({asked.investigation, {}, {}, {}});
                   return ipc::Done{};
               });
}

void Handlers::handle(ipc::CaseImport request, Responder<ipc::CaseImport> responder)
{
    answerFrom(
        m_parts.database, m_parts.workers, std::move(responder),
        [asked = std::move(request), &tell = m_parts.tellCase](storage::Connection &connection) {
            auto reply = mergeFrom(connection, asked.investigation);
            if (reply)
                tell({asked.investigation.id, {}, {}, {}});
            return reply;
        });
}

} // namespace chrona::service
