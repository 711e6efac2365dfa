// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/schema/event.h"
#include "chrona/schema/topic.h"
#include "chrona/storage/connection.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

/// Which reports costly steps are spent on, and what these steps found.
namespace chrona::storage {

/// Numbers are stored: append only.
enum class EnrichmentState : std::uint8_t { NotWorth, Deferred, Waiting, Done, GivenUp };

/// A report that waits for a decision, or for its costly steps.
struct EnrichmentItem {
    schema::EventId event;
    Instant observedAt;
    std::string title, summary, publisher;
    float novelty = 1;
    std::optional<bool> saidRelevant{};       ///< by a person
    std::optional<schema::Topic> saidTopic{}; ///< too
    int tries = 0;
    bool mayLeave = false; ///< the terms of its source let it be passed on
};
/// Reports that are in a story and undecided, or deferred; newest first.
[[nodiscard]] Result<std::vector<EnrichmentItem>> loadUndecided(Connection &connection,
                                                                Instant from, std::uint32_t limit);
/// Admitted ones whose steps are to be done, newest first.
[[nodiscard]] Result<std::vector<EnrichmentItem>> loadWaiting(Connection &connection,
                                                              std::uint32_t limit);

struct EnrichmentDecision {
    schema::EventId event;
    Instant observedAt;
    EnrichmentState state = EnrichmentState::NotWorth;
    float relevance = 0, novelty = 0;
};
[[nodiscard]] Status saveDecisions(Connection &connection,
                                   std::span<const EnrichmentDecision> decisions, Instant now);

struct NamedVector {
    std::string model;
    std::vector<std::int8_t> vector;
};
/// What the costly steps found. A failed one is tried again, at most three times.
struct EnrichmentResult {
    schema::EventId event;
    Instant observedAt;
    bool failed = false;
    std::vector<NamedVector> vectors{}; ///< one a model
    std::optional<Hash128> asked{};
};
[[nodiscard]] Status saveResults(Connection &connection, std::span<const EnrichmentResult> results);

struct EnrichmentCounts {
    std::int64_t waiting = 0, deferred = 0;  ///< now
    std::int64_t admitted = 0, notWorth = 0; ///< of the last 24 hours
    std::int64_t embedded = 0;               ///< vectors kept; not counted beyond 100,000
};
[[nodiscard]] Result<EnrichmentCounts> countEnrichment(Connection &connection, Instant now);

struct StoredVector {
    std::int64_t number = 0; ///< grows with every vector that is stored
    schema::EventId event;
    Instant observedAt;
    std::vector<std::int8_t> vector;
};
/// Of one model, those that were stored after that number: the latest ones, at most `limit`, by
/// their numbers.
[[nodiscard]] Result<std::vector<StoredVector>> loadVectors(Connection &connection,
                                                            const std::string &model,
                                                            std::int64_t after,
                                                            std::uint32_t limit);
[[nodiscard]] Result<std::optional<StoredVector>>
loadVector(Connection &connection, const std::string &model, schema::EventId event);

struct ModelAnswer {
    Hash128 asked; ///< of the model, the form of the question and the headline
    std::string model, topic, line;
    std::vector<std::string> entities;
    Instant madeAt;
};
[[nodiscard]] Result<std::optional<ModelAnswer>> findAnswer(Connection &connection,
                                                            const Hash128 &asked);
[[nodiscard]] Result<std::optional<ModelAnswer>> findAnswer(Connection &connection,
                                                            schema::EventId event);
[[nodiscard]] Status saveAnswer(Connection &connection, const ModelAnswer &answer);

/// What language models cost: kept, so that the caps hold over restarts too.
struct ModelSpending {
    std::int64_t calls = 0, tokens = 0, cacheHits = 0, refused = 0;
};
[[nodiscard]] Status addSpending(Connection &connection, Instant now, const ModelSpending &more);
struct ModelSpendings {
    ModelSpending hour, day; ///< since the hour and the day began, UTC
};
[[nodiscard]] Result<ModelSpendings> loadSpending(Connection &connection, Instant now);

/// Decisions and vectors older than 90 days go, answers and what they cost after 30.
[[nodiscard]] Status forgetEnrichment(Connection &connection, Instant now);

} // namespace chrona::storage
