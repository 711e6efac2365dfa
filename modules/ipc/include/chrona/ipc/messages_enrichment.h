// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/ipc/correction_fields.h"
#include "chrona/ipc/schema_fields.h"

#include <optional>
#include <string>
#include <vector>

/// Corrections by people, the models that learn from them, and events that are like a text.
namespace chrona::ipc {

struct CorrectionReply {
    static constexpr std::uint16_t kType = 0x0921;
    std::optional<schema::Correction> before; ///< what stood there: give it back to undo
    static constexpr auto fields() { return fieldList(field("before", &CorrectionReply::before)); }
    friend bool operator==(const CorrectionReply &, const CorrectionReply &) = default;
};

/// Puts one thing of an event right, or takes that back. NotFound for an event or an entity that
/// does not exist; taking back what was never said is success.
struct CorrectionSave {
    static constexpr std::uint16_t kType = 0x0920;
    using Reply = CorrectionReply;
    schema::EventId event;
    schema::CorrectionKind kind = schema::CorrectionKind::Topic;
    std::string subject;
    std::string value; ///< as in schema::Correction; empty: taken back
    static constexpr auto fields()
    {
        using T = CorrectionSave;
        return fieldList(required("event", &T::event), required("kind", &T::kind),
                         field("subject", &T::subject), field("value", &T::value));
    }
    friend bool operator==(const CorrectionSave &, const CorrectionSave &) = default;
};

struct CorrectionEntry {
    schema::Correction correction;
    std::string title; ///< of the event, as it was corrected
    static constexpr auto fields()
    {
        using T = CorrectionEntry;
        return fieldList(required("correction", &T::correction), field("title", &T::title));
    }
    friend bool operator==(const CorrectionEntry &, const CorrectionEntry &) = default;
};

/// A model that learned from corrections. Scores are shares of corrected events whose label was
/// told rightly while they were left out of what is learned from.
struct LearnedModel {
    std::string name; ///< "topic", "relevance"
    Instant madeAt;
    std::int64_t corrections = 0; ///< that it learned from
    std::int64_t examples = 0;    ///< with those that the built-in rules labelled
    std::int64_t labels = 0;
    double score = 0;
    double baseline = 0; ///< of the built-in rules, on the same events
    bool isUsed = false; ///< it is better than the built-in rules
    static constexpr auto fields()
    {
        using T = LearnedModel;
        return fieldList(required("name", &T::name), field("made_at", &T::madeAt),
                         field("corrections", &T::corrections), field("examples", &T::examples),
                         field("labels", &T::labels), field("score", &T::score),
                         field("baseline", &T::baseline), field("is_used", &T::isUsed));
    }
    friend bool operator==(const LearnedModel &, const LearnedModel &) = default;
};

struct CorrectionsReply {
    static constexpr std::uint16_t kType = 0x0923;
    std::vector<CorrectionEntry> corrections; ///< newest first
    std::vector<LearnedModel> models;
    static constexpr auto fields()
    {
        using T = CorrectionsReply;
        return fieldList(field("corrections", &T::corrections), field("models", &T::models));
    }
    friend bool operator==(const CorrectionsReply &, const CorrectionsReply &) = default;
};

struct CorrectionsRequest {
    static constexpr std::uint16_t kType = 0x0922;
    static constexpr std::uint32_t kLimitMax = 10'000;
    using Reply = CorrectionsReply;
    std::uint32_t limit = 1'000;
    static constexpr auto fields() { return fieldList(field("limit", &CorrectionsRequest::limit)); }
    friend bool operator==(const CorrectionsRequest &, const CorrectionsRequest &) = default;
};

struct SimilarEvent {
    schema::Event event;
    double similarity = 0; ///< -1 to 1: the cosine of their vectors
    static constexpr auto fields()
    {
        using T = SimilarEvent;
        return fieldList(required("event", &T::event), field("similarity", &T::similarity));
    }
    friend bool operator==(const SimilarEvent &, const SimilarEvent &) = default;
};

struct SimilarReply {
    static constexpr std::uint16_t kType = 0x0925;
    std::vector<SimilarEvent> events; ///< most alike first
    std::string model;                ///< whose vectors were compared
    std::int64_t searched = 0;        ///< events that have one
    static constexpr auto fields()
    {
        using T = SimilarReply;
        return fieldList(field("events", &T::events), field("model", &T::model),
                         field("searched", &T::searched));
    }
    friend bool operator==(const SimilarReply &, const SimilarReply &) = default;
};

/// Events whose meaning is like that of a text, among those that enrichment has admitted.
struct SimilarQuery {
    static constexpr std::uint16_t kType = 0x0924;
    static constexpr std::uint32_t kLimitMax = 1'000;
    static constexpr std::size_t kTextBytesMax = 2'000;
    using Reply = SimilarReply;
    std::string text;
    std::optional<schema::EventId> event; ///< in place of a text: like this one
    std::optional<Instant> from, to;      ///< observed_at in [from, to)
    std::uint32_t limit = 20;
    static constexpr auto fields()
    {
        using T = SimilarQuery;
        return fieldList(field("text", &T::text), field("event", &T::event),
                         field("from", &T::from), field("to", &T::to), field("limit", &T::limit));
    }
    friend bool operator==(const SimilarQuery &, const SimilarQuery &) = default;
};

} // namespace chrona::ipc
