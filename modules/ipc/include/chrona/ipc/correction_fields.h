// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/ipc/fields.h"
#include "chrona/schema/correction.h"

#include <string>
#include <vector>

/// What people and language models say about an event beside its source.
namespace chrona::ipc {

template <> struct LastOf<schema::CorrectionKind> {
    static constexpr schema::CorrectionKind value = schema::CorrectionKind::Relevance;
};

template <> struct FieldsOf<schema::Correction> {
    static constexpr auto fields()
    {
        using T = schema::Correction;
        return fieldList(required("event", &T::event), required("kind", &T::kind),
                         field("subject", &T::subject), required("value", &T::value),
                         field("made_at", &T::madeAt));
    }
};

/// What a language model made of a headline: a suggestion, and shown as one.
struct ModelSuggestion {
    std::string model;
    std::string topic;                 ///< as in schema::Topic; empty: none
    std::string line;                  ///< the story in one line
    std::vector<std::string> entities; ///< names of whom it is about
    Instant madeAt;
    static constexpr auto fields()
    {
        using T = ModelSuggestion;
        return fieldList(required("model", &T::model), field("topic", &T::topic),
                         field("line", &T::line), field("entities", &T::entities),
                         field("made_at", &T::madeAt));
    }
    friend bool operator==(const ModelSuggestion &, const ModelSuggestion &) = default;
};

/// How far enrichment has come, and what it has cost.
struct EnrichmentStatus {
    bool isDeferring = false;   ///< it lags: what comes in now is marked and looked at later
    std::int64_t waiting = 0;   ///< admitted, not done yet
    std::int64_t admitted = 0;  ///< of the last 24 hours
    std::int64_t notWorth = 0;  ///< the same
    std::int64_t deferred = 0;  ///< marked so now
    std::int64_t embedded = 0;  ///< vectors kept
    std::string embeddingModel; ///< "built-in", or the model's name
    std::string languageModel;  ///< empty: none is asked
    std::int64_t callsThisHour = 0, callsPerHour = 0;
    std::int64_t tokensToday = 0, tokensPerDay = 0;
    std::int64_t cacheHitsToday = 0, refusedAnswersToday = 0;
    static constexpr auto fields()
    {
        using T = EnrichmentStatus;
        return fieldList(
            field("is_deferring", &T::isDeferring), field("waiting", &T::waiting),
            field("admitted", &T::admitted), field("not_worth", &T::notWorth),
            field("deferred", &T::deferred), field("embedded", &T::embedded),
            field("embedding_model", &T::embeddingModel),
            field("language_model", &T::languageModel), field("calls_this_hour", &T::callsThisHour),
            field("calls_per_hour", &T::callsPerHour), field("tokens_today", &T::tokensToday),
            field("tokens_per_day", &T::tokensPerDay),
            field("cache_hits_today", &T::cacheHitsToday),
            field("refused_answers_today", &T::refusedAnswersToday));
    }
    friend bool operator==(const EnrichmentStatus &, const EnrichmentStatus &) = default;
};

} // namespace chrona::ipc
