// SPDX-License-Identifier: AGPL-3.0-or-later
#include "learned_topics.h"

#include "chrona/base/clock.h"
#include "chrona/base/log.h"
#include "chrona/events/topic_learning.h"
#include "chrona/jobs/cron.h"
#include "chrona/storage/cluster_store.h"
#include "chrona/storage/correction_store.h"

#include <algorithm>
#include <array>
#include <format>
#include <set>

namespace chrona::service {
namespace {

using schema::CorrectionKind;

constexpr const char *kTopicModel = "topic";
constexpr const char *kRelevanceModel = "relevance";
constexpr std::uint32_t kCorrectionsMax = 20'000;
constexpr std::size_t kAssumedMax = 4'000;
constexpr std::chrono::days kAssumedFrom{14};
constexpr float kSureTopic = 0.6F;
constexpr float kGuessMin = 0.5F;

std::string_view builtInTopic(const events::TopicText &text)
{
    return schema::toString(events::classifyTopic(text).topic);
}

std::string_view builtInRelevance(const events::TopicText &text)
{
    return events::classifyTopic(text).topic == schema::Topic::None ? "irrelevant" : "relevant";
}

std::vector<events::LabelledText> labelled(const std::vector<storage::KeptCorrection> &kept)
{
    std::vector<events::LabelledText> texts;
    for (const storage::KeptCorrection &one : kept)
        texts.push_back({{one.title, one.summary, one.publisher}, one.correction.value});
    return texts;
}

/// Recent reports of whose topic the list is sure, the newest, in the order of time. None that a
/// person has labelled: the list may be wrong about it.
std::vector<events::LabelledText> assumedFrom(const std::vector<storage::Report> &reports,
                                              const std::set<schema::EventId> &corrected)
{
    std::vector<events::LabelledText> texts;
    for (auto report = reports.rbegin(); report != reports.rend(); ++report) {
        if (corrected.contains(report->event))
            continue;
        const events::TopicText text{report->title, {}, report->publisher};
        const auto guess = events::classifyTopic(text);
        if (guess.topic != schema::Topic::None && guess.confidence >= kSureTopic)
            texts.push_back({text, schema::toString(guess.topic)});
        if (texts.size() >= kAssumedMax)
            break;
    }
    std::ranges::reverse(texts);
    return texts;
}

/// Corrections are as they were when the models were made.
Result<bool> isUpToDate(storage::Connection &connection)
{
    const auto rows = connection.query(
        "SELECT coalesce((SELECT max(made_at) FROM chrona_world.correction WHERE kind IN (0, 3)), "
        "'-infinity') <= coalesce((SELECT min(made_at) FROM chrona_world.learned_model), "
        "'-infinity') AND (SELECT count(*) FROM chrona_world.correction WHERE kind IN (0, 3)) = "
        "coalesce((SELECT sum(corrections) FROM chrona_world.learned_model), 0)");
    if (!rows)
        return std::unexpected(rows.error());
    return rows->first().boolean(0);
}

struct Lesson {
    const char *name;
    events::BuiltInLabel builtIn;
    std::vector<storage::KeptCorrection> kept;
};

/// Nothing where there is too little to learn from: then no model is kept.
Result<std::optional<events::LearnedLabels>> learn(storage::Connection &connection,
                                                   const Lesson &lesson,
                                                   const std::vector<events::LabelledText> &assumed,
                                                   Instant now)
{
    const auto corrected = labelled(lesson.kept);
    auto learned = events::learnLabels(corrected, assumed, lesson.builtIn);
    if (!learned && learned.error().code != ErrorCode::InvalidInput)
        return std::unexpected(learned.error());
    if (!learned) {
        log::info("topics", "{} is not learned: {}", lesson.name, learned.error().what);
        if (auto done = storage::removeModel(connection, lesson.name); !done)
            return std::unexpected(done.error());
        return std::nullopt;
    }
    storage::LearnedModel model{lesson.name,
                                now,
                                static_cast<std::int64_t>(learned->corrections),
                                static_cast<std::int64_t>(learned->examples),
                                static_cast<std::int64_t>(learned->model.labels().size()),
                                learned->score,
                                learned->baseline,
                                learned->isBetter(),
                                learned->model.serialise()};
    if (auto done = storage::saveModel(connection, model); !done)
        return std::unexpected(done.error());
    return std::optional(std::move(*learned));
}

Result<std::shared_ptr<const events::TopicModel>> usedModel(storage::Connection &connection,
                                                            const char *name)
{
    const auto stored = storage::loadModel(connection, name);
    if (!stored)
        return std::unexpected(stored.error());
    if (!*stored || !(*stored)->isUsed)
        return nullptr;
    auto model = events::TopicModel::read((*stored)->bytes);
    if (!model) {
        log::warning("topics", "{}: {}", name, model.error().what);
        return nullptr;
    }
    return std::make_shared<const events::TopicModel>(std::move(*model));
}

} // namespace

Status LearnedTopics::load(storage::Connection &connection)
{
    auto topic = usedModel(connection, kTopicModel);
    if (!topic)
        return std::unexpected(topic.error());
    auto relevance = usedModel(connection, kRelevanceModel);
    if (!relevance)
        return std::unexpected(relevance.error());
    const std::scoped_lock lock(m_mutex);
    m_topic = std::move(*topic);
    m_relevance = std::move(*relevance);
    return {};
}

LearnedTopics::Model LearnedTopics::held(const Model &model) const
{
    const std::scoped_lock lock(m_mutex);
    return model;
}

std::optional<events::TopicGuess> LearnedTopics::topicOf(const events::TopicText &text) const
{
    const Model model = held(m_topic);
    if (!model)
        return std::nullopt;
    const auto guess = model->predict(text);
    const auto topic = schema::topicFrom(guess.label);
    if (!topic || guess.confidence < kGuessMin)
        return std::nullopt;
    return events::TopicGuess{*topic, guess.confidence};
}

double LearnedTopics::relevanceOf(const events::TopicText &text,
                                  std::optional<schema::Topic> said) const
{
    if (const Model model = held(m_relevance)) {
        const auto guess = model->predict(text);
        const auto share = double(guess.confidence);
        return guess.label == "relevant" ? share : 1 - share;
    }
    constexpr double kNoTopic = 0.15, kTopic = 0.5;
    const auto guess =
        said ? events::TopicGuess{*said, 1} : topicOf(text).value_or(events::classifyTopic(text));
    return guess.topic == schema::Topic::None ? kNoTopic
                                              : kTopic + (1 - kTopic) * double(guess.confidence);
}

Result<ModelsLearned> learnFromCorrections(storage::Connection &connection, Instant now)
{
    ModelsLearned made;
    const auto upToDate = isUpToDate(connection);
    if (!upToDate)
        return std::unexpected(upToDate.error());
    if (*upToDate)
        return made;
    const auto reports = storage::loadReports(connection, now - kAssumedFrom, now);
    if (!reports)
        return std::unexpected(reports.error());
    auto topics = storage::loadCorrections(connection, CorrectionKind::Topic, kCorrectionsMax);
    if (!topics)
        return std::unexpected(topics.error());
    auto words = storage::loadCorrections(connection, CorrectionKind::Relevance, kCorrectionsMax);
    if (!words)
        return std::unexpected(words.error());
    std::set<schema::EventId> corrected;
    for (const storage::KeptCorrection &one : *topics)
        corrected.insert(one.correction.event);
    const auto topic = learn(connection, {kTopicModel, builtInTopic, std::move(*topics)},
                             assumedFrom(*reports, corrected), now);
    if (!topic)
        return std::unexpected(topic.error());
    const auto relevance =
        learn(connection, {kRelevanceModel, builtInRelevance, std::move(*words)}, {}, now);
    if (!relevance)
        return std::unexpected(relevance.error());
    made.isAnew = true;
    if (*topic) {
        made.corrections = static_cast<std::int64_t>((*topic)->corrections);
        made.topicScore = (*topic)->score;
        made.topicBaseline = (*topic)->baseline;
        made.topicAgreement = (*topic)->agreement;
        made.topicIsUsed = (*topic)->isBetter();
    }
    return made;
}

JobRunner::Kind learningKind()
{
    const auto work = [](storage::Connection &connection, RunningJob &) -> Result<JobEffect> {
        const auto made = learnFromCorrections(connection, SystemClock().now());
        if (!made)
            return std::unexpected(made.error());
        return JobEffect{.resultJson =
                             std::format(R"({{"corrections":{},"score":{:.4f},"baseline":{:.4f},)"
                                         R"("agreement":{:.4f},"used":{},"anew":{}}})",
                                         made->corrections, made->topicScore, made->topicBaseline,
                                         made->topicAgreement, made->topicIsUsed, made->isAnew)};
    };
    return {std::string(jobs::queue::kEnrichment), kTopicsLearn, work};
}

Status scheduleLearning(storage::Connection &connection, Instant now)
{
    return jobs::saveSchedule(connection,
                              {.name = kTopicsLearn,
                               .queue = std::string(jobs::queue::kEnrichment),
                               .kind = kTopicsLearn,
                               .cron = "*/10 * * * *"},
                              now);
}

} // namespace chrona::service
