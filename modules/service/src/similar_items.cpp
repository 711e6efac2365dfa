// SPDX-License-Identifier: AGPL-3.0-or-later
// What stands in investigations, by meaning: notes, hypotheses, pins with what was kept of them.
#include "enrichment_desk.h"

#include "settings.h"

#include "chrona/base/hash.h"
#include "chrona/base/log.h"
#include "chrona/schema/text.h"
#include "chrona/storage/case_store.h"

#include <algorithm>
#include <ranges>
#include <unordered_map>
#include <unordered_set>

namespace chrona::service {
namespace {

using schema::CaseItem;
using schema::CaseItemKind;

constexpr std::size_t kItemTextBytes = 2'000;
constexpr std::size_t kItemsMax = 5'000; ///< the ones changed last
constexpr std::size_t kHitsMax = 50;
constexpr std::size_t kVectorsMax = 20'000; ///< kept in memory, half a kilobyte each
constexpr std::size_t kBatch = 64;
/// Below, the built-in vectors and those of models alike call anything like anything.
constexpr double kLeast = 0.12;

struct Candidate {
    schema::InvestigationId investigation;
    CaseItem item;
    std::string text;
    double similarity = 0;
};

/// The words of a kept thing: what stands between the quotes of its JSON.
std::string wordsOf(std::string_view json)
{
    std::string words;
    bool isInside = false;
    for (std::size_t i = 0; i < json.size() && words.size() < kItemTextBytes; ++i) {
        if (json[i] == '\\' && isInside) {
            ++i;
            words += ' ';
        } else if (json[i] == '"') {
            isInside = !isInside;
            words += ' ';
        } else if (isInside) {
            words += json[i];
        }
    }
    return words;
}

std::string textOf(const CaseItem &item, const schema::Investigation &investigation)
{
    std::string text = item.title + ' ' + item.text + ' ' + item.target.label;
    text += ' ' + item.target.query;
    for (const std::string &tag : item.tags)
        text += ' ' + tag;
    const auto kept =
        std::ranges::find(investigation.evidence, item.evidence, &schema::CaseEvidence::hash);
    if (kept != investigation.evidence.end())
        text += ' ' + wordsOf(kept->content);
    return schema::plainLine(text, kItemTextBytes);
}

Result<std::vector<Candidate>> candidatesFrom(storage::Connection &connection,
                                              const std::vector<storage::CaseListEntry> &cases)
{
    std::vector<Candidate> candidates;
    for (const storage::CaseListEntry &one : cases) {
        auto investigation = storage::loadCase(connection, one.id);
        if (!investigation)
            return std::unexpected(investigation.error());
        for (const CaseItem &item : investigation->items) {
            if (item.removed || item.kind == CaseItemKind::Link)
                continue;
            if (std::string text = textOf(item, *investigation); !text.empty())
                candidates.push_back({one.id, item, std::move(text), 0});
            if (candidates.size() == kItemsMax)
                return candidates;
        }
    }
    return candidates;
}

ipc::CasesReply replyFor(std::vector<storage::CaseListEntry> cases,
                         const std::vector<Candidate> &found, const std::string &model)
{
    ipc::CasesReply reply;
    reply.model = model;
    std::unordered_set<std::int64_t> named;
    for (const Candidate &one : found) {
        named.insert(one.investigation.value);
        reply.hits.push_back(
            {one.investigation, one.item.id, one.item.kind, schema::summaryOf(one.item)});
    }
    for (storage::CaseListEntry &one : cases)
        if (named.contains(one.id.value))
            reply.cases.push_back({one.id, std::move(one.title), one.state, std::move(one.tags),
                                   one.createdAt, one.updatedAt, one.pins, one.notes,
                                   one.hypotheses});
    return reply;
}

} // namespace

/// Of the built-in model where `client` is null. Known texts are not computed again.
Status EnrichmentDesk::addVectors(const std::vector<std::string> &texts, const std::string &model,
                                  const std::stop_token &stop)
{
    const auto client = model == events::kTextVectorModel ? nullptr : localClient();
    std::vector<std::string> unknown;
    {
        const std::scoped_lock lock(m_textMutex);
        if (m_textVectors.size() > kVectorsMax)
            m_textVectors.clear();
        for (const std::string &text : texts)
            if (!m_textVectors.contains(hashOf({model, text})))
                unknown.push_back(text);
    }
    for (auto batch : unknown | std::views::chunk(kBatch)) {
        const std::vector<std::string> asked(batch.begin(), batch.end());
        std::vector<events::TextVector> vectors;
        if (client) {
            const auto found = client->embed(model, asked, stop);
            if (!found)
                return std::unexpected(found.error());
            for (const std::vector<float> &vector : found->vectors)
                vectors.push_back(events::quantised(vector));
        } else {
            for (const std::string &text : asked)
                vectors.push_back(events::vectorOf({text, {}, {}}));
        }
        const std::scoped_lock lock(m_textMutex);
        for (std::size_t i = 0; i < asked.size() && i < vectors.size(); ++i)
            m_textVectors[hashOf({model, asked[i]})] = std::move(vectors[i]);
    }
    return {};
}

Result<ipc::CasesReply> EnrichmentDesk::similarItems(storage::Connection &connection,
                                                     const ipc::CasesRequest &asked,
                                                     const std::stop_token &stop)
{
    const std::string wanted = schema::plainLine(asked.text, ipc::SimilarQuery::kTextBytesMax);
    auto cases = storage::listCases(connection, {asked.withArchived, {}});
    if (!cases)
        return std::unexpected(cases.error());
    auto candidates = candidatesFrom(connection, *cases);
    if (!candidates)
        return std::unexpected(candidates.error());
    AskedVector question = vectorFor(wanted, stop);
    std::vector<std::string> texts;
    for (const Candidate &one : *candidates)
        texts.push_back(one.text);
    if (auto added = addVectors(texts, question.model, stop); !added) {
        log::warning("enrichment", "{}", describe(added.error()));
        question = {std::string(events::kTextVectorModel), events::vectorOf({wanted, {}, {}})};
        if (auto again = addVectors(texts, question.model, stop); !again)
            return std::unexpected(again.error());
    }
    {
        const std::scoped_lock lock(m_textMutex);
        for (Candidate &one : *candidates) {
            const auto known = m_textVectors.find(hashOf({question.model, one.text}));
            if (known != m_textVectors.end())
                one.similarity = events::cosine(question.vector, known->second);
        }
    }
    std::erase_if(*candidates, [](const Candidate &one) { return one.similarity < kLeast; });
    std::ranges::stable_sort(*candidates, std::greater{}, &Candidate::similarity);
    if (candidates->size() > kHitsMax)
        candidates->erase(candidates->begin() + kHitsMax, candidates->end());
    return replyFor(std::move(*cases), *candidates, question.model);
}

} // namespace chrona::service
