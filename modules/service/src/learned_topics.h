// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "job_runner.h"

#include "chrona/events/topic_model.h"

#include <memory>
#include <mutex>
#include <optional>
#include <string_view>

namespace chrona::service {

inline constexpr const char *kTopicsLearn = "topics.learn";

/// What was learned from corrections, as it is used for what comes in. Any thread.
class LearnedTopics {
public:
    /// Takes the models that are stored and said to be used; what cannot be read is not used.
    [[nodiscard]] Status load(storage::Connection &connection);

    /// What the learned model says of a topic; nothing where there is none, or it is not sure.
    [[nodiscard]] std::optional<events::TopicGuess> topicOf(const events::TopicText &text) const;
    /// 0–1: of the model of relevance, else by whether there is a topic at all, a person's word
    /// about that before what is found.
    [[nodiscard]] double relevanceOf(const events::TopicText &text,
                                     std::optional<schema::Topic> said = {}) const;

private:
    using Model = std::shared_ptr<const events::TopicModel>;
    [[nodiscard]] Model held(const Model &model) const;

    mutable std::mutex m_mutex;
    Model m_topic, m_relevance;
};

struct ModelsLearned {
    bool isAnew = false; ///< corrections have changed since the stored models were made
    std::int64_t corrections = 0;
    double topicScore = 0, topicBaseline = 0, topicAgreement = 0;
    bool topicIsUsed = false;
};
/// Learns from all corrections of topic and relevance, together with recent reports of which the
/// built-in list is sure, and stores the models with their scores. Too few corrections take the
/// stored model away.
[[nodiscard]] Result<ModelsLearned> learnFromCorrections(storage::Connection &connection,
                                                         Instant now);

[[nodiscard]] JobRunner::Kind learningKind();
[[nodiscard]] Status scheduleLearning(storage::Connection &connection, Instant now);

} // namespace chrona::service
