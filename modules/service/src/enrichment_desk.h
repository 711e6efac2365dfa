// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "job_runner.h"
#include "learned_topics.h"

#include "chrona/assist/model_budget.h"
#include "chrona/assist/model_client.h"
#include "chrona/events/novelty.h"
#include "chrona/events/text_vector.h"
#include "chrona/ipc/messages_case.h"
#include "chrona/ipc/messages_enrichment.h"
#include "chrona/storage/enrichment_store.h"
#include "chrona/storage/vector_search.h"

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace chrona::service {

class Settings;

inline constexpr const char *kEnrichmentRefresh = "enrichment.refresh";

struct EnrichmentMade {
    std::int64_t decided = 0, admitted = 0, deferred = 0;
    std::int64_t vectors = 0;
    std::int64_t asked = 0;     ///< headlines that a model was asked about
    std::int64_t fromCache = 0; ///< that it had answered before
    std::int64_t refused = 0;   ///< answers that were none
};

/// Costly steps beside the stream of reports, never in its way: which reports they are spent on
/// (relevance × novelty), their vectors, and what a language model suggests. A job does it; what it
/// cannot keep up with is marked deferred. Any thread, one run at a time.
class EnrichmentDesk {
public:
    struct Parts {
        const Settings &settings;
        const LearnedTopics &topics;
        std::function<Result<std::string>()> cloudKey; ///< from the keychain
        std::string userAgent;
    };
    explicit EnrichmentDesk(Parts parts);

    [[nodiscard]] Result<EnrichmentMade> run(storage::Connection &connection, Instant now,
                                             const std::stop_token &stop);
    [[nodiscard]] JobRunner::Kind kind();

    [[nodiscard]] Result<ipc::EnrichmentStatus> status(storage::Connection &connection,
                                                       Instant now) const;
    /// Events like a text or an event, among those that have a vector.
    [[nodiscard]] Result<ipc::SimilarReply> similar(storage::Connection &connection,
                                                    const ipc::SimilarQuery &asked,
                                                    const std::stop_token &stop);
    /// What stands in investigations and is like a text, best first.
    [[nodiscard]] Result<ipc::CasesReply> similarItems(storage::Connection &connection,
                                                       const ipc::CasesRequest &asked,
                                                       const std::stop_token &stop);

private:
    static constexpr std::uint32_t kIndexMax = 50'000;
    using Items = std::vector<storage::EnrichmentItem>;
    [[nodiscard]] Status decide(storage::Connection &connection, Instant now, EnrichmentMade &made);
    [[nodiscard]] Status work(storage::Connection &connection, Instant now, const Items &items,
                              EnrichmentMade &made, const std::stop_token &stop);
    void embed(const Items &items, std::vector<storage::EnrichmentResult> &results,
               const std::stop_token &stop) const;
    [[nodiscard]] std::unique_ptr<assist::ModelClient> localClient() const;

    struct AskedVector {
        std::string model;
        events::TextVector vector;
    };
    [[nodiscard]] AskedVector vectorFor(const std::string &text, const std::stop_token &stop) const;
    struct Index {
        events::VectorIndex vectors{kIndexMax};
        std::int64_t filledTo = 0; ///< the number of the last vector that is in it
    };
    [[nodiscard]] Status fillIndex(storage::Connection &connection, const std::string &model);
    struct Found {
        std::vector<events::VectorMatch> matches;
        std::int64_t searched = 0;
    };
    using VectorQuery = events::VectorIndex::Query;
    /// By pgvector; nothing where it is not there or fails.
    [[nodiscard]] std::optional<Found> searchDatabase(storage::Connection &connection,
                                                      const std::string &model,
                                                      const VectorQuery &query);
    [[nodiscard]] Result<Found> searchMemory(storage::Connection &connection,
                                             const std::string &model, const VectorQuery &query);
    [[nodiscard]] std::optional<storage::VectorSearch>
    vectorSearch(storage::Connection &connection);
    void followVectors(storage::Connection &connection, Instant now);
    [[nodiscard]] Status addVectors(const std::vector<std::string> &texts, const std::string &model,
                                    const std::stop_token &stop);

    Parts m_parts;
    std::mutex m_running;
    std::optional<events::AdmissionBudget> m_budget;
    std::int64_t m_itemsPerHour = -1;                    ///< of the budget
    std::mutex m_indexMutex;                             ///< of what follows
    std::map<std::string, Index, std::less<>> m_indexes; ///< by model: the built-in and one other
    /// Of the database; empty within where that has none, and until it was asked.
    std::optional<std::optional<storage::VectorSearch>> m_search;
    std::mutex m_textMutex; ///< of what follows
    std::map<Hash128, events::TextVector> m_textVectors; ///< by model and text
};

[[nodiscard]] Status scheduleEnrichment(storage::Connection &connection, Instant now);

} // namespace chrona::service
