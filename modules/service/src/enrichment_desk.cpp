// SPDX-License-Identifier: AGPL-3.0-or-later
#include "enrichment_desk.h"

#include "model_questions.h"
#include "settings.h"

#include "chrona/base/clock.h"
#include "chrona/base/log.h"
#include "chrona/jobs/cron.h"
#include "chrona/schema/text.h"

#include <algorithm>
#include <format>

namespace chrona::service {
namespace {

constexpr std::chrono::days kUndecidedFrom{3};
constexpr std::uint32_t kUndecidedMax = 5'000;
constexpr std::uint32_t kWorkBatch = 64;
constexpr std::size_t kEmbedBytesMax = 1'000; ///< of a text that a model makes a vector of

events::TopicText topicText(const storage::EnrichmentItem &item)
{
    return {item.title, item.summary, item.publisher};
}

double relevanceFor(const storage::EnrichmentItem &item, const LearnedTopics &topics)
{
    if (item.saidRelevant)
        return *item.saidRelevant ? 1 : 0;
    return topics.relevanceOf(topicText(item), item.saidTopic);
}

std::string embeddedText(const storage::EnrichmentItem &item)
{
    std::string text = item.title;
    if (!item.summary.empty())
        text += ". " + item.summary;
    if (text.size() > kEmbedBytesMax)
        text.resize(kEmbedBytesMax);
    return schema::plainLine(text, kEmbedBytesMax);
}

storage::EnrichmentState stateFor(events::Admission admission)
{
    switch (admission) {
    case events::Admission::Admitted: return storage::EnrichmentState::Waiting;
    case events::Admission::Deferred: return storage::EnrichmentState::Deferred;
    case events::Admission::NotWorth: break;
    }
    return storage::EnrichmentState::NotWorth;
}

} // namespace

EnrichmentDesk::EnrichmentDesk(Parts parts) : m_parts(std::move(parts)) {}

/// The best first: an empty budget is kept for them.
Status EnrichmentDesk::decide(storage::Connection &connection, Instant now, EnrichmentMade &made)
{
    const auto items = storage::loadUndecided(connection, now - kUndecidedFrom, kUndecidedMax);
    if (!items)
        return std::unexpected(items.error());
    const auto counts = storage::countEnrichment(connection, now);
    if (!counts)
        return std::unexpected(counts.error());
    const std::int64_t perHour = m_parts.settings.number("enrichment.items_per_hour");
    if (!m_budget || m_itemsPerHour != perHour)
        m_budget.emplace(
            events::AdmissionPolicy{.itemsPerHour = double(perHour), .burst = double(perHour) / 4},
            now);
    m_itemsPerHour = perHour;
    std::vector<storage::EnrichmentDecision> decisions;
    for (const storage::EnrichmentItem &item : *items)
        decisions.push_back({item.event, item.observedAt, storage::EnrichmentState::NotWorth,
                             float(relevanceFor(item, m_parts.topics)),
                             std::clamp(item.novelty, 0.0F, 1.0F)});
    std::ranges::stable_sort(decisions, std::greater(),
                             [](const auto &one) { return one.relevance * one.novelty; });
    std::int64_t room = m_parts.settings.number("enrichment.waiting_max") - counts->waiting;
    for (storage::EnrichmentDecision &decision : decisions) {
        const events::Merit merit{double(decision.relevance), double(decision.novelty)};
        decision.state = room > 0 || merit.score() < events::AdmissionPolicy{}.scoreMin
                             ? stateFor(m_budget->decide(merit, now))
                             : storage::EnrichmentState::Deferred;
        room -= decision.state == storage::EnrichmentState::Waiting ? 1 : 0;
        made.admitted += decision.state == storage::EnrichmentState::Waiting ? 1 : 0;
        made.deferred += decision.state == storage::EnrichmentState::Deferred ? 1 : 0;
    }
    made.decided += static_cast<std::int64_t>(decisions.size());
    return storage::saveDecisions(connection, decisions, now);
}

std::unique_ptr<assist::ModelClient> EnrichmentDesk::localClient() const
{
    const std::string address = m_parts.settings.text("assist.ollama");
    if (address.empty() || m_parts.settings.text("assist.embedding_model").empty())
        return nullptr;
    auto client = assist::ModelClient::open({.kind = assist::ModelEndpoint::Kind::Ollama,
                                             .address = address,
                                             .keyOf = {},
                                             .userAgent = m_parts.userAgent});
    if (!client)
        log::warning("enrichment", "{}", describe(client.error()));
    return client ? std::move(*client) : nullptr;
}

/// The built-in vectors always, so that a search works while no model does.
void EnrichmentDesk::embed(const Items &items, std::vector<storage::EnrichmentResult> &results,
                           const std::stop_token &stop) const
{
    std::vector<std::string> texts;
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (auto vector = events::vectorOf(topicText(items[i])); !vector.empty())
            results[i].vectors.push_back(
                {std::string(events::kTextVectorModel), std::move(vector)});
        texts.push_back(embeddedText(items[i]));
    }
    const auto client = localClient();
    if (!client)
        return;
    const std::string model = m_parts.settings.text("assist.embedding_model");
    const auto found = client->embed(model, texts, stop);
    if (!found)
        return log::info("enrichment", "{}", describe(found.error()));
    for (std::size_t i = 0; i < items.size(); ++i)
        if (auto vector = events::quantised(found->vectors[i]); !vector.empty())
            results[i].vectors.push_back({model, std::move(vector)});
}

Status EnrichmentDesk::work(storage::Connection &connection, Instant now, const Items &items,
                            EnrichmentMade &made, const std::stop_token &stop)
{
    std::vector<storage::EnrichmentResult> results;
    for (const storage::EnrichmentItem &item : items)
        results.push_back({item.event, item.observedAt});
    embed(items, results, stop);
    if (const auto choice = modelChoice(m_parts.settings, m_parts)) {
        const auto relevance = [this](const storage::EnrichmentItem &item) {
            return relevanceFor(item, m_parts.topics);
        };
        if (auto asked = askAbout(connection, *choice, items, relevance, results, now, made, stop);
            !asked)
            return asked;
    }
    for (storage::EnrichmentResult &result : results) {
        result.failed = result.vectors.empty();
        made.vectors += static_cast<std::int64_t>(result.vectors.size());
    }
    return storage::saveResults(connection, results);
}

Result<EnrichmentMade> EnrichmentDesk::run(storage::Connection &connection, Instant now,
                                           const std::stop_token &stop)
{
    const std::scoped_lock lock(m_running);
    EnrichmentMade made;
    if (auto done = decide(connection, now, made); !done)
        return std::unexpected(done.error());
    while (!stop.stop_requested()) {
        const auto items = storage::loadWaiting(connection, kWorkBatch);
        if (!items)
            return std::unexpected(items.error());
        if (items->empty())
            break;
        if (auto done = work(connection, now, *items, made, stop); !done)
            return std::unexpected(done.error());
    }
    if (auto done = storage::forgetEnrichment(connection, now); !done)
        return std::unexpected(done.error());
    followVectors(connection, now);
    return made;
}

JobRunner::Kind EnrichmentDesk::kind()
{
    const auto refresh = [this](storage::Connection &connection,
                                RunningJob &job) -> Result<JobEffect> {
        const auto made = run(connection, SystemClock().now(), job.stopToken());
        if (!made)
            return std::unexpected(made.error());
        return JobEffect{
            .resultJson = std::format(R"({{"decided":{},"admitted":{},"deferred":{},"vectors":{},)"
                                      R"("asked":{},"from_cache":{},"refused":{}}})",
                                      made->decided, made->admitted, made->deferred, made->vectors,
                                      made->asked, made->fromCache, made->refused)};
    };
    return {std::string(jobs::queue::kEnrichment), kEnrichmentRefresh, refresh};
}

Status scheduleEnrichment(storage::Connection &connection, Instant now)
{
    return jobs::saveSchedule(connection,
                              {.name = kEnrichmentRefresh,
                               .queue = std::string(jobs::queue::kEnrichment),
                               .kind = kEnrichmentRefresh,
                               .cron = "* * * * *"},
                              now);
}

Result<ipc::EnrichmentStatus> EnrichmentDesk::status(storage::Connection &connection,
                                                     Instant now) const
{
    const auto counts = storage::countEnrichment(connection, now);
    if (!counts)
        return std::unexpected(counts.error());
    const auto spent = storage::loadSpending(connection, now);
    if (!spent)
        return std::unexpected(spent.error());
    ipc::EnrichmentStatus status;
    status.waiting = counts->waiting;
    status.admitted = counts->admitted;
    status.notWorth = counts->notWorth;
    status.deferred = counts->deferred;
    status.isDeferring = counts->deferred > 0 ||
                         counts->waiting >= m_parts.settings.number("enrichment.waiting_max");
    status.embedded = counts->embedded;
    const std::string embedding = m_parts.settings.text("assist.embedding_model");
    status.embeddingModel = embedding.empty() || m_parts.settings.text("assist.ollama").empty()
                                ? std::string(events::kTextVectorModel)
                                : embedding;
    if (const auto choice = modelChoice(m_parts.settings, m_parts)) {
        status.languageModel = choice->model;
        status.callsPerHour = choice->limits.callsPerHour;
        status.tokensPerDay = choice->limits.tokensPerDay;
    }
    status.callsThisHour = spent->hour.calls;
    status.tokensToday = spent->day.tokens;
    status.cacheHitsToday = spent->day.cacheHits;
    status.refusedAnswersToday = spent->day.refused;
    return status;
}

} // namespace chrona::service
