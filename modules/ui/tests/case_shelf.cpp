// SPDX-License-Identifier: AGPL-3.0-or-later
// Investigations of the sample service: in memory, by the rules of the real one as far as windows
// can tell.
#include "sample_service.h"

#include <algorithm>

namespace chrona::ui::test {

using schema::CaseItem;
using schema::Investigation;
using schema::InvestigationId;

namespace {

Instant now()
{
    return std::chrono::floor<Duration>(std::chrono::system_clock::now());
}

Investigation *find(std::vector<Investigation> &cases, InvestigationId id)
{
    const auto found = std::ranges::find(cases, id, &Investigation::id);
    return found == cases.end() ? nullptr : &*found;
}

/// The item as it is stored then; nothing where the edit came too late.
std::optional<CaseItem> store(Investigation &investigation, CaseItem item,
                              std::vector<schema::CaseStep> &steps)
{
    const auto known = std::ranges::find(investigation.items, item.id, &CaseItem::id);
    const bool isNew = known == investigation.items.end();
    if (!isNew && schema::contentHashOf(*known) == schema::contentHashOf(item))
        return *known;
    if (!isNew && known->revision != item.revision)
        return std::nullopt;
    const bool turned = !isNew && known->removed != item.removed;
    item.revision = isNew ? 1 : known->revision + 1;
    item.changedAt = now();
    (isNew ? investigation.items.emplace_back() : *known) = item;
    steps.push_back({item.changedAt, item.id, item.kind,
                     isNew          ? schema::StepAction::Added
                     : !turned      ? schema::StepAction::Changed
                     : item.removed ? schema::StepAction::Removed
                                    : schema::StepAction::Restored,
                     item.revision, schema::contentHashOf(item), schema::summaryOf(item)});
    investigation.steps.push_back(steps.back());
    investigation.updatedAt = item.changedAt;
    return item;
}

} // namespace

void SampleService::handle(const ipc::CasesRequest &request,
                           const ipc::Responder<ipc::CasesRequest> &responder)
{
    ipc::CasesReply reply;
    for (const Investigation &one : m_cases) {
        ipc::CaseSummary summary;
        summary.id = one.id;
        summary.title = headOf(one)->title;
        summary.state = one.state;
        summary.updatedAt = one.updatedAt;
        bool isHit = request.text.empty();
        for (const CaseItem &item : one.items) {
            summary.pins += !item.removed && item.kind == schema::CaseItemKind::Pin;
            if (request.text.empty() || item.removed || !item.text.contains(request.text))
                continue;
            isHit = true;
            reply.hits.push_back({one.id, item.id, item.kind, summaryOf(item)});
        }
        if (isHit)
            reply.cases.push_back(summary);
    }
    responder.reply(reply);
}

void SampleService::handle(const ipc::CaseOpen &request,
                           const ipc::Responder<ipc::CaseOpen> &responder)
{
    if (const Investigation *known = find(m_cases, request.id))
        responder.reply({*known});
    else
        responder.fail({ErrorCode::NotFound, "no such investigation", {}, false});
}

void SampleService::handle(const ipc::CaseEdit &request,
                           const ipc::Responder<ipc::CaseEdit> &responder)
{
    Investigation *known = find(m_cases, request.investigation);
    if (!known) {
        known = &m_cases.emplace_back();
        known->id = request.investigation;
        known->createdAt = now();
    }
    ipc::CaseEditReply reply;
    for (CaseItem item : request.items) {
        const auto event = m_eventById.constFind(item.target.id);
        if (item.kind == schema::CaseItemKind::Pin && item.evidence == Hash128{} &&
            event != m_eventById.cend()) {
            schema::CaseEvidence evidence;
            evidence.content = "{\"title\":\"" + m_events[*event].title + "\"}";
            evidence.hash = schema::evidenceHashOf(evidence.content);
            evidence.source = "sample";
            evidence.redistribution = schema::Redistribution::Allowed;
            evidence.synthetic = true;
            evidence.takenAt = now();
            item.evidence = evidence.hash;
            known->evidence.push_back(evidence);
            reply.evidence.push_back(evidence);
        }
        if (const auto stored = store(*known, item, reply.steps)) {
            reply.items.push_back(*stored);
            continue;
        }
        reply.stale.push_back(item.id);
        reply.items.push_back(*std::ranges::find(known->items, item.id, &CaseItem::id));
    }
    m_server->publish(
        ipc::CaseChanged{request.investigation, reply.items, reply.evidence, reply.steps});
    responder.reply(reply);
}

void SampleService::editElsewhere(InvestigationId investigation, CaseItem item)
{
    ipc::CaseChanged news;
    news.investigation = investigation;
    if (const auto stored = store(*find(m_cases, investigation), std::move(item), news.steps))
        news.items.push_back(*stored);
    m_server->publish(news);
}

void SampleService::handle(const ipc::CaseArchive &request,
                           const ipc::Responder<ipc::CaseArchive> &responder)
{
    if (Investigation *known = find(m_cases, request.investigation))
        known->state = request.archived ? schema::InvestigationState::Archived
                                        : schema::InvestigationState::Open;
    responder.reply({});
    m_server->publish(ipc::CaseChanged{request.investigation, {}, {}, {}});
}

void SampleService::handle(const ipc::CaseImport &request,
                           const ipc::Responder<ipc::CaseImport> &responder)
{
    ipc::CaseImportReply reply;
    if (!find(m_cases, request.investigation.id)) {
        m_cases.push_back(request.investigation);
        reply.added = static_cast<std::uint32_t>(request.investigation.items.size());
    } else {
        reply.kept = static_cast<std::uint32_t>(request.investigation.items.size());
    }
    responder.reply(reply);
    m_server->publish(ipc::CaseChanged{request.investigation.id, {}, {}, {}});
}

} // namespace chrona::ui::test
