// SPDX-License-Identifier: AGPL-3.0-or-later
#include "model_questions.h"

#include "model_asking.h"
#include "settings.h"

#include "chrona/assist/headline_questions.h"
#include "chrona/base/log.h"

#include <algorithm>

namespace chrona::service {
namespace {

/// A headline that is to be asked about, and where its answer belongs.
struct Open {
    std::size_t place;
    assist::HeadlineText text;
    Hash128 key;
};

/// A question to a cloud passes the headline on, which is for the terms of its source to allow.
bool mayBeAsked(const ModelChoice &choice, const storage::EnrichmentItem &item)
{
    return choice.endpoint.kind == assist::ModelEndpoint::Kind::Ollama || item.mayLeave;
}

/// Takes what was answered before; the rest is open.
Result<std::vector<Open>> openOnes(storage::Connection &connection, const ModelChoice &choice,
                                   const std::vector<storage::EnrichmentItem> &items,
                                   const std::vector<std::size_t> &worth,
                                   std::vector<storage::EnrichmentResult> &results,
                                   EnrichmentMade &made)
{
    std::vector<Open> open;
    for (const std::size_t place : worth) {
        const assist::HeadlineText text{items[place].title, items[place].publisher};
        const Hash128 key = assist::answerKey(choice.model, text);
        const auto known = storage::findAnswer(connection, key);
        if (!known)
            return std::unexpected(known.error());
        if (*known) {
            results[place].asked = key;
            ++made.fromCache;
        } else {
            open.push_back({place, text, key});
        }
    }
    return open;
}

/// One question; false when it makes no sense to ask on.
Result<bool> askOnce(storage::Connection &connection, assist::ModelClient &client,
                     const ModelChoice &choice, std::span<const Open> open,
                     std::vector<storage::EnrichmentResult> &results, Instant now,
                     EnrichmentMade &made, const std::stop_token &stop)
{
    std::vector<assist::HeadlineText> texts;
    for (const Open &one : open)
        texts.push_back(one.text);
    const auto question = assist::questionAbout(choice.model, texts);
    auto asked =
        askWithinCaps(connection, client, choice.limits, question, now, "enrichment", stop);
    if (!asked)
        return std::unexpected(asked.error());
    if (!*asked)
        return false;
    auto &[answer, more] = **asked;
    const auto read = answer ? assist::readAnswers(answer->content, texts.size())
                             : std::unexpected(answer.error());
    for (std::size_t i = 0; read && i < open.size(); ++i) {
        const auto &one = read->at(i);
        if (!one) {
            ++more.refused;
            continue;
        }
        const storage::ModelAnswer kept{open[i].key, choice.model,  one->topic,
                                        one->line,   one->entities, now};
        if (auto saved = storage::saveAnswer(connection, kept); !saved)
            return std::unexpected(saved.error());
        results[open[i].place].asked = open[i].key;
    }
    if (!read) {
        log::warning("enrichment", "{}", describe(read.error()));
        more.refused += answer ? static_cast<std::int64_t>(open.size()) : 0;
    }
    made.asked += static_cast<std::int64_t>(open.size());
    made.refused += more.refused;
    if (auto counted = storage::addSpending(connection, now, more); !counted)
        return std::unexpected(counted.error());
    return answer.has_value();
}

} // namespace

std::optional<ModelChoice> modelChoice(const Settings &settings, const EnrichmentDesk::Parts &parts)
{
    ModelChoice choice;
    choice.limits = {settings.number("assist.calls_per_hour"),
                     settings.number("assist.tokens_per_day"),
                     double(settings.number("assist.relevance_percent")) / 100};
    choice.endpoint.userAgent = parts.userAgent;
    if (settings.flag("assist.cloud")) {
        choice.endpoint.kind = assist::ModelEndpoint::Kind::Cloud;
        choice.endpoint.address = settings.text("assist.cloud_address");
        choice.endpoint.keyOf = parts.cloudKey;
        choice.model = settings.text("assist.cloud_model");
    } else {
        choice.endpoint.address = settings.text("assist.ollama");
        choice.model = settings.text("assist.model");
    }
    if (choice.endpoint.address.empty() || choice.model.empty())
        return std::nullopt;
    return choice;
}

Status askAbout(storage::Connection &connection, const ModelChoice &choice,
                const std::vector<storage::EnrichmentItem> &items,
                const std::function<double(const storage::EnrichmentItem &)> &relevance,
                std::vector<storage::EnrichmentResult> &results, Instant now, EnrichmentMade &made,
                const std::stop_token &stop)
{
    std::vector<std::size_t> worth;
    for (std::size_t i = 0; i < items.size(); ++i)
        if (relevance(items[i]) >= choice.limits.relevanceMin && mayBeAsked(choice, items[i]))
            worth.push_back(i);
    const auto before = made.fromCache;
    const auto open = openOnes(connection, choice, items, worth, results, made);
    if (!open)
        return std::unexpected(open.error());
    if (made.fromCache > before)
        if (auto counted =
                storage::addSpending(connection, now, {.cacheHits = made.fromCache - before});
            !counted)
            return counted;
    if (open->empty())
        return {};
    const auto client = assist::ModelClient::open(choice.endpoint);
    if (!client) {
        log::warning("enrichment", "{}", describe(client.error()));
        return {};
    }
    std::span<const Open> rest(*open);
    while (!rest.empty() && !stop.stop_requested()) {
        const auto part = rest.first(std::min(rest.size(), assist::kHeadlinesPerQuestion));
        const auto goOn = askOnce(connection, **client, choice, part, results, now, made, stop);
        if (!goOn)
            return std::unexpected(goOn.error());
        if (!*goOn)
            break;
        rest = rest.subspan(part.size());
    }
    return {};
}

} // namespace chrona::service
